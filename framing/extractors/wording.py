"""Wording: single words and pairs of words, chosen in training.

What
    One feature per word or pair of neighbouring words of the author that was frequent enough in
    the training text; ``^ word`` is a word that begins a sentence. The vocabulary lives in the
    model's weights, not in a file of this package.
Why
    No list foresees every habit of comment ("let us", "the truth is"). What is learned here is
    held close to zero by a stronger penalty than the rated lexicons, so that it fills their
    gaps and does not outvote them. Names are never in it: a word that the training text mostly
    capitalises inside sentences is left out, and so are numbers.
Marked
    "Let us be clear." (``wording.let us``, if training chose it)
Not marked
    "“Let us be clear,” she said." (not the author's words)
    "Drosk voted." (names are not learned)
References
    Pang, Lee & Vaithyanathan (2002), Thumbs up? Sentiment classification using machine learning
    techniques, EMNLP, on words and pairs of words as features.
    Wiebe, Wilson, Bruce, Bell & Martin (2004), Learning subjective language, Computational
    Linguistics 30, on learned n-grams as clues.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import phrases

__all__ = ["WORDING"]

WORDING = Extractor(
    "wording",
    {
        "wording.*": "a word or pair of words of the author, count per sentence;"
        " source: chosen in training"
    },
    lexicon=phrases("wording", ()),
    overlapping=True,
    learned=True,
    doc=__doc__,
)
