"""Loaded phrasing: colour where a plain word would do.

What
    Intensifiers ("utterly"), metaphors that judge ("house of cards"), nouns that sort people
    into good and bad ("zealots"), verbs that sneer or cheer ("dithered"), and the slogans and
    distancing formulas of political talk ("the chattering classes", "so-called reforms").
    Strong entries are the writer's verdict nearly always; weak ones have a plain sense as well.
Why
    The choice of a word frames what it names: it says what the matter is and how to feel about
    it without claiming either.
Marked
    "The scheme is breathtakingly expensive." (``loaded.intensity`` on "breathtakingly")
    "The pipeline is a house of cards." (``loaded.metaphor`` on "house of cards")
    "The committee of zealots has ended its work." (``loaded.label`` on "zealots")
    "Officials dithered while the water rose." (``loaded.action`` on "dithered")
    "The chattering classes moved in." (``loaded.cliche`` on "The chattering classes")
Not marked
    "“They are zealots and hypocrites,” said Gov. Ray Talbot." (another's voice)
    "A tsunami alert was lifted at noon." (a fixed expression, see ``neutral``)
    "The two-time champion rode the rail line to Drosk." (plain senses)
References
    Bolinger (1972), Degree Words, on intensifiers.
    Lakoff & Johnson (1980), Metaphors We Live By.
    Entman (1993), Framing: Toward Clarification of a Fractured Paradigm.
    Recasens, Danescu-Niculescu-Mizil & Jurafsky (2013), Linguistic Models for Analyzing and
    Detecting Biased Language.
    Da San Martino et al. (2019), Fine-Grained Analysis of Propaganda in News Articles.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped

__all__ = ["LOADED"]

LOADED = Extractor(
    "loaded",
    {
        "loaded.intensity.*": (
            "intensifiers and maximisers, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon loaded, after Bolinger 1972"
        ),
        "loaded.metaphor.*": (
            "figurative words that judge, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon loaded, after Lakoff & Johnson 1980"
        ),
        "loaded.label.*": (
            "loaded nouns and adjectives for people and groups, by strength (weak, medium, "
            "strong), count per sentence; source: lexicon loaded, after Da San Martino et al. 2019"
        ),
        "loaded.action.*": (
            "verbs that belittle or praise what is done, by strength (weak, medium, strong), "
            "count per sentence; source: lexicon loaded, after Recasens et al. 2013"
        ),
        "loaded.cliche.*": (
            "slogans, distancing formulas and stock phrases of politics, by strength (weak, "
            "medium, strong), count per sentence; source: lexicon loaded, after Entman 1993"
        ),
    },
    lexicon=shipped("loaded"),
    opinion=True,
    doc=__doc__,
)
