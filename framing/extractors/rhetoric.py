"""Rhetoric: questions, irony, contrast, generalisation, sentence openers."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["RHETORIC"]

_MARKS = {
    "?": ("rhetoric.question_mark",),
    "!": ("rhetoric.exclamation_mark",),
    "…": ("rhetoric.ellipsis",),
    "...": ("rhetoric.ellipsis",),
}


def _shape(raw: str) -> tuple[str, ...]:
    return _MARKS.get(raw, ())


RHETORIC = Extractor(
    "rhetoric",
    {
        "rhetoric.comparison.*": "comparisons",
        "rhetoric.generaliser.*": "words that generalise",
        "rhetoric.generalisation.*": "phrases that generalise",
        "rhetoric.consequence.*": "connectives that conclude",
        "rhetoric.contrast.*": "connectives that oppose",
        "rhetoric.question.*": "frames of rhetorical questions",
        "rhetoric.irony.*": "frames of irony",
        "rhetoric.question_mark": "question marks outside quotations",
        "rhetoric.exclamation_mark": "exclamation marks outside quotations",
        "rhetoric.ellipsis": "ellipses outside quotations",
    },
    lexicon=shipped("rhetoric"),
    shape=_shape,
    doc=__doc__,
)
