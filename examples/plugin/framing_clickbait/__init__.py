"""Clickbait for framing: an extractor made of a function and a list of phrases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import framing
from framing.lexicon import load

__all__ = ["CLICKBAIT"]


@framing.extractor(
    "clickbait",
    {
        "clickbait.tease": "phrases that promise and do not tell, count per sentence;"
        " source: lexicon clickbait",
        "clickbait.countdown": "a number that opens a sentence about the reader, count per"
        " sentence; source: house style 4",
    },
)
def countdown(sentence: framing.Sentence) -> Iterator[framing.Evidence]:
    """Clickbait: sentences that want to be clicked.

    What
        Phrases that promise and do not tell; and countdowns, where a number opens a sentence
        that goes on to speak to the reader.
    Why
        A report gives the news in its first line. Who holds it back has something to sell.
    Marked
        "You won't believe what the council did." (``clickbait.tease`` on "You won't believe")
        "9 reasons you should move to Lomsk" (``clickbait.countdown`` on "9 reasons")
    Not marked
        "9 boats left the harbour." (nobody is spoken to)
        "“You won't believe it,” she said." (her words, not the author's)
    References
        Chakraborty, Paranjape, Kakarla & Ganguly (2016), Stop Clickbait, ASONAM.
    """
    tokens = sentence.tokens
    words = tokens.words
    if len(words) > 1 and words[0].isdecimal() and not {"you", "your"}.isdisjoint(words):
        yield framing.Evidence(tokens.starts[0], tokens.ends[1], "clickbait.countdown")


CLICKBAIT = countdown.with_lexicon(load(Path(__file__).with_name("clickbait.tsv")))
