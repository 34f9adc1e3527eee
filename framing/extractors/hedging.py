"""Hedging: words by which a writer keeps a claim at arm's length.

What
    Single words (modals, adverbs, "so-called", "sort of") and phrases ("it is tempting to think",
    "at least on paper") that lower the commitment to a claim, by strength: how far they speak
    for a comment when no source is near.
Why
    A reporter gives the doubt to a source; a writer who draws a conclusion that no source drew
    softens it instead. Alone a hedge proves little, so most of them are weak.
Marked
    "Perhaps the board never meant to read the report." (``hedging.word`` on "Perhaps")
    "The plan works, at least on paper." (``hedging.phrase`` on "at least on paper")
Not marked
    "Analysts said the merger would probably fail." (the doubt is the analysts')
    "The lorry was parked in a way that blocked the gate." (manner, not doubt)
    "The election is on 3 May." (the month)
References
    Lakoff (1973), Hedges: A Study in Meaning Criteria and the Logic of Fuzzy Concepts.
    Hyland (1998), Hedging in Scientific Research Articles.
    Farkas et al. (2010), The CoNLL-2010 Shared Task, on hedges and their scope.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["HEDGING"]

HEDGING = Extractor(
    "hedging",
    {
        "hedging.word.*": (
            "single words that lower the commitment to a claim, by strength (weak, "
            "medium, strong), count per sentence; source: lexicon hedging, after Hyland 1998"
        ),
        "hedging.phrase.*": (
            "phrases that lower the commitment to a claim, by strength (weak, medium, "
            "strong), count per sentence; source: lexicon hedging, after Hyland 1998"
        ),
    },
    lexicon=shipped("hedging"),
    opinion=True,
    doc=__doc__,
)
