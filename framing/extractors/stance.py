"""Stance."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["STANCE"]

STANCE = Extractor(
    "stance",
    {
        "stance.attitude.*": "stance.attitude, count per sentence",
        "stance.certainty.*": "stance.certainty, count per sentence",
        "stance.necessity.*": "stance.necessity, count per sentence",
        "stance.certain.*": "stance.certain, count per sentence",
        "stance.deontic.*": "stance.deontic, count per sentence",
        "stance.phrase.*": "stance.phrase, count per sentence",
    },
    lexicon=shipped("stance"),
    doc=__doc__,
)
