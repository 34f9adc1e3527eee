"""Evaluation."""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["EVALUATION"]

EVALUATION = Extractor(
    "evaluation",
    {
        "evaluation.positive.*": "evaluation.positive, count per sentence",
        "evaluation.negative.*": "evaluation.negative, count per sentence",
        "evaluation.neutral.*": "evaluation.neutral, count per sentence",
        "evaluation.emotion.*": "evaluation.emotion, count per sentence",
        "evaluation.abstraction.*": "evaluation.abstraction, count per sentence",
        "evaluation.phrase.*": "evaluation.phrase, count per sentence",
    },
    lexicon=shipped("evaluation"),
    doc=__doc__,
)
