"""Surface."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2

from framing.evidence import Evidence, Extractor
from framing.lexicon import shipped
from framing.text import Sentence

__all__ = ["SURFACE"]

_MARKS = {
    ",": ("surface.comma",),
    ";": ("surface.semicolon",),
    ":": ("surface.colon",),
    "—": ("surface.dash",),
    "–": ("surface.dash",),
    "--": ("surface.dash",),
    "-": ("surface.dash",),
    "(": ("surface.parenthesis",),
}
_SUFFIXES = {
    "ly": "surface.suffix_ly", "ous": "surface.suffix_ous", "ful": "surface.suffix_ful",
    "ive": "surface.suffix_ive", "ism": "surface.suffix_ism", "ist": "surface.suffix_ist",
    "ness": "surface.suffix_ness", "ity": "surface.suffix_ity", "tion": "surface.suffix_tion",
    "less": "surface.suffix_less", "able": "surface.suffix_able", "al": "surface.suffix_al",
    "ing": "surface.suffix_ing", "est": "surface.suffix_est", "ment": "surface.suffix_ment",
}  # fmt: skip


def _shape(raw: str) -> tuple[str, ...]:
    found = _MARKS.get(raw, ())
    if not found and len(raw) > 5 and raw.islower():
        for length in (4, 3, 2):
            feature = _SUFFIXES.get(raw[-length:])
            if feature:
                return (feature,)
    return found


def _find(sentence: Sentence) -> Iterator[Evidence]:
    size = len(sentence.tokens.words)
    if size:
        yield Evidence(0, len(sentence.text), "surface.length", log2(1 + size))


SURFACE = Extractor(
    "surface",
    {"surface.*": "surface"},
    _find,
    lexicon=shipped("surface"),
    shape=_shape,
    overlapping=True,
    doc=__doc__,
)
