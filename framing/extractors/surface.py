"""Surface: what a sentence is built of, whatever it is about.

What
    Function words in thirty small classes, marks of punctuation, endings of words, length.
    Phrases inside phrases count too: "don't" is a ``surface.do`` and a ``surface.negation``.
Why
    Registers differ in their function words more steadily than in their subjects. Reports are
    in the past and the third person and full of prepositions of time and place; comment says
    "is", "we", "you", "not", "must", "so". Each class weighs little; together they are the
    ground on which the rated words stand.
Marked
    "We must not wait, however." (``surface.first_plural``, ``surface.must``,
    ``surface.negation``, ``surface.comma``, ``surface.contrast``)
Not marked
    "“We must not wait,” she said." (she is "we"; her words are no part of the author's style)
    "US officials left." (the country, not the pronoun)
    "An ill-fated plan" (a hyphen is no dash)
References
    Quirk, Greenbaum, Leech & Svartvik (1985), A Comprehensive Grammar of the English Language,
    on the closed classes and on suffixes.
    Biber (1988), Variation across Speech and Writing, on the same features across registers.
    Wiebe, Bruce & O'Hara (1999), Development and use of a gold-standard data set for
    subjectivity classifications, ACL, on pronouns, modals and adverbs.
    Krüger, Lukowiak, Sonntag, Warzecha & Stede (2017), Classifying news versus opinions in
    newspapers, Natural Language Engineering 23.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2

from framing.evidence import Extractor
from framing.lexicon import shipped

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
_SUFFIXES = (
    *("able", "less", "ment", "ness", "tion"),
    *("est", "ful", "ing", "ism", "ist", "ity", "ive", "ous"),
    *("al", "ly"),
)
_BY_SUFFIX = {suffix: (f"surface.suffix_{suffix}",) for suffix in _SUFFIXES}
_SHORTEST = 6


def _shape(raw: str) -> tuple[str, ...]:
    if len(raw) >= _SHORTEST and raw.islower():
        for size in (4, 3, 2):
            found = _BY_SUFFIX.get(raw[-size:])
            if found:
                return found
    return _MARKS.get(raw, ())


#: Tokens of a usual news sentence; only a longer or shorter one says something by its length.
_USUAL_LENGTH = 24


def _measure(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    if words:
        yield "surface.length", log2(len(words) / _USUAL_LENGTH)


_CLASSES = {
    "and": "the conjunction “and”",
    "article": "the definite article",
    "be_past": "forms of “be” in the past",
    "be_present": "forms of “be” in the present",
    "can": "can, may and might",
    "cause": "connectives of cause (because, therefore)",
    "condition": "connectives of condition (if, unless)",
    "contrast": "connectives of contrast (but, although)",
    "degree": "adverbs of degree and focus (very, only)",
    "demonstrative": "demonstratives (this, those, such)",
    "did": "did and didn't",
    "do": "forms of “do” in the present",
    "first_plural": "first person plural (we, our)",
    "first_singular": "first person singular (I, my)",
    "generic": "people and things in general (everyone, society)",
    "had": "had and hadn't",
    "have": "forms of “have” in the present",
    "indefinite": "indefinite determiners (a, another, one)",
    "it": "it and its",
    "must": "words of obligation (must, should, need)",
    "negation": "negation (not, never, don't)",
    "now": "adverbs of the present and of recurrence (now, still, again)",
    "of": "the preposition “of”",
    "preposition_place": "prepositions of place (in, across)",
    "preposition_time": "prepositions of time (after, during)",
    "quantity": "quantifiers (all, many, more)",
    "question_word": "question words and relative pronouns (who, what, why)",
    "second": "second person (you, your)",
    "third_plural": "third person plural (they, their)",
    "third_singular": "third person singular of people (he, her)",
    "will": "will and shall",
    "would": "would and could",
}
_PUNCTUATION = {
    "comma": "commas",
    "semicolon": "semicolons",
    "colon": "colons",
    "dash": "dashes, hyphens inside words not among them",
    "parenthesis": "opening round brackets",
}

SURFACE = Extractor(
    "surface",
    {
        **{
            f"surface.{name}": f"{what}, count per sentence; source: lexicon surface, after Biber"
            " 1988 and Quirk et al. 1985"
            for name, what in _CLASSES.items()
        },
        **{
            f"surface.{name}": f"{what}, count per sentence; source: framing"
            for name, what in _PUNCTUATION.items()
        },
        **{
            f"surface.suffix_{suffix}": f"lower-case words of {_SHORTEST} and more letters in"
            f" -{suffix}, count per sentence; source: Quirk et al. 1985"
            for suffix in _SUFFIXES
        },
        "surface.length": "length of the sentence, log2 of the number of tokens over 24;"
        " source: Biber 1988",
    },
    lexicon=shipped("surface"),
    shape=_shape,
    measure=_measure,
    overlapping=True,
    doc=__doc__,
)
