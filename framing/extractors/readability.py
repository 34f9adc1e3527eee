"""Readability."""

from __future__ import annotations

from collections.abc import Iterator

from framing.evidence import Evidence, extractor
from framing.text import Sentence

__all__ = ["READABILITY"]

_MEASURES = {
    "readability.ari": "automated_readability_index",
    "readability.coleman_liau": "coleman_liau_index",
    "readability.lix": "lix",
    "readability.rix": "rix",
}


@extractor(
    "readability",
    {
        "readability.ari": "automated readability index, grade levels; source: textstat",
        "readability.coleman_liau": "Coleman–Liau index, grade levels; source: textstat",
        "readability.lix": "LIX, points; source: textstat",
        "readability.rix": "RIX, points; source: textstat",
    },
)
def READABILITY(sentence: Sentence) -> Iterator[Evidence]:  # noqa: N802
    """Readability."""
    import textstat

    if any(word[0].isalpha() for word in sentence.tokens.words):
        for feature, measure in _MEASURES.items():
            value = max(float(getattr(textstat, measure)(sentence.text)), 0.0)
            yield Evidence(0, len(sentence.text), feature, value)
