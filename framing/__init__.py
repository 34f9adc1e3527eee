"""framing: which sentences of a news article report, in which the writer comments, and why.

Names are imported when first used, so that ``import framing`` costs next to nothing.
"""

from __future__ import annotations

#: What typing's is; importing it would take a tenth of a check.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from framing.analysis import Analysis, analyze, analyze_all
    from framing.claims import Claim, Claims
    from framing.comparison import Comparison, compare
    from framing.errors import FramingError
    from framing.evidence import Evidence, Extractor, extractor
    from framing.features import EditorialClassifier, EvidenceVectorizer
    from framing.lexicon import Lexicon
    from framing.many import analyze_many
    from framing.model import Contribution, LinearModel, Verdict, load_model
    from framing.profile import Profile, profile_of
    from framing.scoring import score
    from framing.text import Document, Sentence

__version__ = "0.1.0"

_HOMES = {
    "Analysis": "analysis",
    "analyze": "analysis",
    "analyze_all": "analysis",
    "Claim": "claims",
    "Claims": "claims",
    "Comparison": "comparison",
    "compare": "comparison",
    "FramingError": "errors",
    "Evidence": "evidence",
    "Extractor": "evidence",
    "extractor": "evidence",
    "EditorialClassifier": "features",
    "EvidenceVectorizer": "features",
    "Lexicon": "lexicon",
    "analyze_many": "many",
    "Contribution": "model",
    "LinearModel": "model",
    "Verdict": "model",
    "load_model": "model",
    "Profile": "profile",
    "profile_of": "profile",
    "score": "scoring",
    "Document": "text",
    "Sentence": "text",
}

__all__ = [
    "Analysis",
    "Claim",
    "Claims",
    "Comparison",
    "Contribution",
    "Document",
    "EditorialClassifier",
    "Evidence",
    "EvidenceVectorizer",
    "Extractor",
    "FramingError",
    "Lexicon",
    "LinearModel",
    "Profile",
    "Sentence",
    "Verdict",
    "__version__",
    "analyze",
    "analyze_all",
    "analyze_many",
    "compare",
    "extractor",
    "load_model",
    "profile_of",
    "score",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"framing.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
