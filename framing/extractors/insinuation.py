"""Insinuation."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["INSINUATION"]

INSINUATION = Extractor(
    "insinuation",
    {
        "insinuation.motive.*": "insinuation.motive, count per sentence",
        "insinuation.phrase.*": "insinuation.phrase, count per sentence",
    },
    lexicon=shipped("insinuation"),
    doc=__doc__,
)
