"""As many sentences as one likes, made by varying a few: other numbers, other names.

A corpus that only repeats itself would flatter whatever remembers tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from random import Random

_SYLLABLES = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeio"]
_NAMES = 20_000
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]+")


def varied(texts: Sequence[str], count: int, seed: int = 0) -> Iterator[str]:
    """Yield so many sentences: some names, all numbers are others each time."""
    chance = Random(seed)
    names = [
        "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title() for _ in range(_NAMES)
    ]

    def number(found: re.Match[str]) -> str:
        return str(chance.randint(1, 10 ** len(found[0])))

    def name(found: re.Match[str]) -> str:
        # Few are met often and many seldom, as names are.
        new = names[int(_NAMES * chance.random() ** 3)]
        return new if chance.random() < 0.5 else found[0]

    for text in islice(cycle(texts), count):
        yield _NAME.sub(name, _NUMBER.sub(number, " ".join(text.split())))
