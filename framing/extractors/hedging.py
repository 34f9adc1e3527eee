"""Hedging: words by which a writer keeps a claim at arm's length."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["HEDGING"]

HEDGING = Extractor(
    "hedging",
    {
        "hedging.word.*": "hedging words by strength, count per sentence",
        "hedging.phrase.*": "hedging phrases by strength, count per sentence",
    },
    lexicon=shipped("hedging"),
    doc=__doc__,
)
