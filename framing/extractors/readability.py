"""Readability: how hard a sentence is to read, by four measures that need no dictionary.

What
    Four classic indices over the whole sentence, whoever speaks, not below zero. Not loaded
    unless a model asks for it: the measures are textstat's.
Why
    Comment tends to shorter words and livelier sentences than wire copy, but not steadily; so
    no shipped model uses it. It is here for studies, and because a desk may want to know.
Marked
    "The commission postponed implementation." (all of it, with a value by each measure)
Not marked
    "12.5 %" (there is no word to read)
References
    Smith & Senter (1967), Automated Readability Index, AMRL-TR-66-220.
    Björnsson (1968), Läsbarhet, on LIX.
    Coleman & Liau (1975), A computer readability formula designed for machine scoring, Journal
    of Applied Psychology 60.
    Anderson (1983), Lix and Rix: variations on a little-known readability index, Journal of
    Reading 26.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.evidence import Evidence, Extractor
from framing.text import Sentence

__all__ = ["READABILITY"]


def _find(sentence: Sentence) -> Iterator[Evidence]:
    if not any(word[0].isalpha() for word in sentence.tokens.words):
        return
    import textstat  # more than a second, which only a model that asks for it should pay

    text = sentence.text
    for feature, measure in (
        ("readability.ari", textstat.automated_readability_index),
        ("readability.coleman_liau", textstat.coleman_liau_index),
        ("readability.lix", textstat.lix),
        ("readability.rix", textstat.rix),
    ):
        yield Evidence(0, len(text), feature, max(float(measure(text)), 0.0))


READABILITY = Extractor(
    "readability",
    {
        "readability.ari": "automated readability index of the sentence, US school grade;"
        " source: Smith & Senter 1967, computed by textstat",
        "readability.coleman_liau": "Coleman–Liau index of the sentence, US school grade;"
        " source: Coleman & Liau 1975, computed by textstat",
        "readability.lix": "LIX of the sentence, points; source: Björnsson 1968, computed by"
        " textstat",
        "readability.rix": "RIX of the sentence, long words per sentence; source: Anderson 1983,"
        " computed by textstat",
    },
    _find,
    quoted=True,
    doc=__doc__,
)
