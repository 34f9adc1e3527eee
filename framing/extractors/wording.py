"""Wording: single words and pairs of words, chosen in training.

The vocabulary lives in the model's weights. Names are never in it: a word that the training
text mostly capitalises inside sentences is left out.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import phrases

__all__ = ["WORDING"]

WORDING = Extractor(
    "wording",
    {"wording.*": "a word or pair of words learned in training, count per sentence"},
    lexicon=phrases("wording", ()),
    overlapping=True,
    learned=True,
    doc=__doc__,
)
