"""Facticity."""

from __future__ import annotations

import re

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["FACTICITY"]

_YEAR = re.compile(r"(?:1[89]|20)\d\ds?")


def _shape(raw: str) -> tuple[str, ...]:
    if raw[0].isdigit():
        return ("facticity.year",) if _YEAR.fullmatch(raw) else ("facticity.number",)
    if raw[0].isupper():
        if len(raw) > 1 and raw.isupper():
            return ("facticity.acronym",)
        return ("facticity.name",) if len(raw) > 1 else ()
    if raw.endswith("ed") and len(raw) > 4:
        return ("facticity.past",)
    return ()


FACTICITY = Extractor(
    "facticity",
    {
        "facticity.word.*": "words of plain reporting",
        "facticity.phrase.*": "phrases of plain reporting",
        "facticity.background.*": "phrases that give background",
        "facticity.date": "dates",
        "facticity.money": "money",
        "facticity.quantity": "quantities",
        "facticity.past": "past tense",
        "facticity.year": "years",
        "facticity.number": "numbers",
        "facticity.acronym": "acronyms",
        "facticity.name": "capitalised words inside the sentence",
    },
    lexicon=shipped("facticity"),
    shape=_shape,
    doc=__doc__,
)
