"""Facticity: what can be checked: figures, dates, money, names, events in the past.

What
    Words and phrases in which news tells plain events, phrases that give background, dates,
    money, quantities, past tense; and, by the shape of a single word, years, other numbers,
    acronyms and capitalised words inside the sentence. ``facticity.word``,
    ``facticity.phrase`` and ``facticity.background`` end in the strength ``weak``, ``medium``
    or ``strong``.
Why
    Half of telling comment from report is to know a report: who, what, when, where, how many.
    This is the evidence that speaks against "editorial". Names are counted, never learned: no
    feature knows which name it was.
Marked
    "Two men were arrested on Friday in Drosk." (``facticity.phrase`` on "were arrested
    on", ``facticity.date`` on "Friday", ``facticity.name`` on "Drosk")
    "Prices rose 4 % in 2019." (``facticity.past`` on "rose", ``facticity.number`` on "4",
    ``facticity.quantity`` on "%", ``facticity.year`` on "2019")
Not marked
    "Drosk is a disgrace." (a capital that begins the sentence says nothing)
    "Indeed, speed matters." (not every "-ed" is a past tense)
    "“It fell by 40 percent in 2019,” she said." (her figures: ``quoted.facticity``)
References
    Tuchman (1972), Objectivity as strategic ritual, American Journal of Sociology 77.
    Biber (1988), Variation across Speech and Writing, on past tense and narrative.
    Wiebe, Bruce & O'Hara (1999), Development and use of a gold-standard data set for
    subjectivity classifications, ACL, on cardinal numbers.
    Krüger, Lukowiak, Sonntag, Warzecha & Stede (2017), Classifying news versus opinions in
    newspapers, Natural Language Engineering 23.
"""

from __future__ import annotations

from framing.evidence import Extractor
from framing.lexicon import shipped
from framing.patterns import late

__all__ = ["FACTICITY"]

_YEAR = late(r"(?:1[89]|20)\d\ds?")


def _shape(raw: str) -> tuple[str, ...]:
    if raw[0].isdigit():
        return ("facticity.year",) if _YEAR.fullmatch(raw) else ("facticity.number",)
    if raw[0].isupper():
        if len(raw) == 1:
            return ()
        return ("facticity.acronym",) if raw.isupper() else ("facticity.name",)
    # No verb ends in "-dr" (hundred), and few have a past in "-eed" (indeed, speed): those are in
    # the lexicon (agreed).
    if raw.endswith("ed") and len(raw) > 4 and not raw.endswith(("eed", "dred")):
        return ("facticity.past",)
    return ()


FACTICITY = Extractor(
    "facticity",
    {
        "facticity.word.*": "words of plain reporting (manslaughter, ratifies) by strength,"
        " count per sentence; source: lexicon facticity",
        "facticity.phrase.*": "phrases of plain reporting (was arrested) by strength, count per"
        " sentence; source: lexicon facticity",
        "facticity.background.*": "phrases that give background (best known for) by strength,"
        " count per sentence; source: lexicon facticity",
        "facticity.date": "days, months, times of day, count per sentence; source: lexicon"
        " facticity",
        "facticity.money": "currencies and their signs, count per sentence; source: lexicon"
        " facticity",
        "facticity.quantity": "number words and units of measure, count per sentence; source:"
        " lexicon facticity, after Wiebe et al. 1999",
        "facticity.past": "past tense by the ending -ed or a list of irregular forms, count per"
        " sentence; source: lexicon facticity, after Biber 1988",
        "facticity.year": "years from 1800 to 2099 (1987, 1990s), count per sentence;"
        " source: framing",
        "facticity.number": "other tokens that begin with a digit (1,250, 10:30), count per"
        " sentence; source: Wiebe et al. 1999",
        "facticity.acronym": "words of two and more characters in capitals, count per sentence;"
        " source: framing",
        "facticity.name": "capitalised words after the sentence's first, count per sentence;"
        " source: framing",
    },
    lexicon=shipped("facticity"),
    shape=_shape,
    doc=__doc__,
)
