"""Interjection."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["INTERJECTION"]

INTERJECTION = Extractor(
    "interjection",
    {
        "interjection.phrase.*": "interjection.phrase, count per sentence",
    },
    lexicon=shipped("interjection"),
    doc=__doc__,
)
