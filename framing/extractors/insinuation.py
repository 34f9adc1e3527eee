"""Insinuation: motives read and conclusions left for the reader to draw.

What
    Words that impute a motive ("publicity stunt", "smokescreen", "self-serving") and phrases
    that suggest a link without stating it ("comes at a particularly convenient time", "what he
    fails to mention").
Why
    Nobody but the person concerned can be quoted on a motive. Where the sentence has no source,
    the suspicion is the writer's, and it works because it is never said outright.
Marked
    "The visit was a publicity stunt." (``insinuation.motive`` on "publicity stunt")
    "The ministry has been suspiciously quiet." (``insinuation.phrase`` on "suspiciously quiet")
Not marked
    "The opposition called the inquiry a smokescreen." (an attributed view)
    "A stunt driver was hurt on the set of the film." (a fixed expression, see ``neutral``)
References
    Grice (1975), Logic and Conversation, on implicature.
    Fowler (1991), Language in the News: Discourse and Ideology in the Press.
    Da San Martino et al. (2019), Fine-Grained Analysis of Propaganda in News Articles, on doubt.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["INSINUATION"]

INSINUATION = Extractor(
    "insinuation",
    {
        "insinuation.motive.*": (
            "words that impute a motive, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon insinuation, after Fowler 1991"
        ),
        "insinuation.phrase.*": (
            "phrases that suggest without stating, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon insinuation, after Grice 1975"
        ),
    },
    lexicon=shipped("insinuation"),
    opinion=True,
    doc=__doc__,
)
