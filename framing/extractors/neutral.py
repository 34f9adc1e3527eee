"""Neutral: fixed expressions of plain reporting that hold a word which elsewhere is loaded.

What
    A list of expressions ("critical condition", "stunt driver", "3 May"). It has no feature of its
    own: the words inside such an expression count for no other family, unless a phrase begins
    before the expression or goes on beyond it.
Why
    Words carry an opinion in one sense and none in another, and the fixed expressions of courts,
    weather, sport and medicine are where the plain sense is certain.
Marked
    Nothing: the family only keeps others silent.
Not marked
    "Two passengers were in critical condition." (no ``evaluation`` on "critical")
    "The firm applied to the patent office." (no ``stance`` on "patent")
    "A tropical storm is expected by noon." (no ``loaded`` on "storm")
References
    Sag et al. (2002), Multiword Expressions: A Pain in the Neck for NLP.
    Wiebe & Mihalcea (2006), Word Sense and Subjectivity.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["NEUTRAL"]

NEUTRAL = Extractor("neutral", {}, lexicon=shipped("neutral"), doc=__doc__)
