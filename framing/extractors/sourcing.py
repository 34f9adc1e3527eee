"""Sourcing: who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterator

from framing.evidence import Evidence, Extractor
from framing.lexicon import shipped
from framing.text import Sentence

__all__ = ["SOURCING"]


def _find(sentence: Sentence) -> Iterator[Evidence]:
    size = len(sentence.tokens.words) or 1
    starts = sentence.tokens.starts
    for voice in sentence.voices:
        share = sum(voice.start <= start < voice.end for start in starts) / size
        if voice.kind == "scare":
            yield Evidence(voice.start, voice.end, "sourcing.scare")
            continue
        yield Evidence(voice.start, voice.end, f"sourcing.{voice.kind}", share)
        yield Evidence(voice.start, voice.end, f"sourcing.any_{voice.kind}")
        if voice.speaker:
            yield Evidence(*voice.speaker, f"sourcing.speaker.{voice.source}")


SOURCING = Extractor(
    "sourcing",
    {
        "sourcing.report.*": "report verbs and nouns",
        "sourcing.attribution.*": "phrases that attribute",
        "sourcing.vague.*": "phrases for nobody in particular",
        "sourcing.quotation": "share of the tokens between quotation marks",
        "sourcing.attributed": "share of the tokens in an attributed clause",
        "sourcing.any_*": "count",
        "sourcing.scare": "scare quotes",
        "sourcing.speaker.*": "speakers",
    },
    _find,
    lexicon=shipped("sourcing"),
    quoted=True,
    doc=__doc__,
)
