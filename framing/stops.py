"""Stops: the words at which hearing has to stop and look.

What no frame can hang on is passed over by the words on either side, for most sentences have
nothing else. What matters of a word as a neighbour are a few bits. Joined, those of the word and
of its neighbours are a pattern, a number; what a pattern is worth is worked out once
(:data:`WORTH`). So a sentence alone and a batch of thousands ask the same question
(:mod:`framing.hearing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import compress

from framing import grammar
from framing.grammar import BITS, noun_too
from framing.text import NORMAL

__all__ = [
    "AFTER",
    "BEFORE",
    "HERE",
    "OPENS",
    "OUTSIDE",
    "QUOTED",
    "QUOTED_BEFORE",
    "SECOND",
    "SEEN",
    "STOP",
    "THAT",
    "THAT_SAID",
    "WORTH",
    "places",
]

# -- the word itself
STOP = 1 << 0  #: a walk may have to stop here
_COMMA = 1 << 1
_LOOK = 1 << 2
_CUT = 1 << 3
_SURE = 1 << 4
_SAYING = 1 << 5
_FINITE = 1 << 6
_NOUN = 1 << 7
_PASSIVE = 1 << 8
_NOUN_TOO = 1 << 9
_CAPITAL = 1 << 10
_HELD = 1 << 30  #: an attitude, see :mod:`framing.attitudes`
# -- as the word before
_STRESSED = 1 << 11
_NOMINAL = 1 << 12
_PASSED = 1 << 13
_BE = 1 << 14
_DETERMINER = 1 << 15
_TO = 1 << 16
_AUTHOR = 1 << 17
_PLURAL = 1 << 18
_CAPITAL_BEFORE = 1 << 19
OUTSIDE = 1 << 20  #: there is no word before
# -- as the word after
_INSERTER = 1 << 21
OPENS = 1 << 22  #: opens a fronted frame: in, for, to, as, from
_HANGS = 1 << 23
THAT = 1 << 24
_CAPITAL_AFTER = 1 << 25
# -- as the second word before
_INTENT = 1 << 26
# -- the place
QUOTED = 1 << 27
QUOTED_BEFORE = 1 << 28
THAT_SAID = 1 << 29  #: somewhere in the sentence stands "that"

#: Which bits of a word are asked for at which place.
HERE = (1 << 11) - 1 | _HELD
BEFORE = (1 << 20) - (1 << 11)
AFTER = _INSERTER | OPENS | _HANGS | THAT | _CAPITAL_AFTER
SECOND = _INTENT

_ATTITUDES = grammar.ATTITUDE | grammar.MOOD | grammar.STAND
_STOPS_AT = grammar.TRIGGER | grammar.LOOK | grammar.COMMA | grammar.CUT | _ATTITUDES
_MEANING = (
    (STOP, _STOPS_AT),
    (_COMMA, grammar.COMMA),
    (_LOOK, grammar.LOOK),
    (_CUT, grammar.CUT),
    (_SURE, grammar.SURE),
    (_SAYING, grammar.SAYING),
    (_FINITE, grammar.FINITE),
    (_NOUN, grammar.NOUN | grammar.HOLD),
    (_PASSIVE, grammar.PASSIVE),
    (_HELD, _ATTITUDES),
    (_STRESSED, grammar.STRESSED),
    (_NOMINAL, grammar.NOMINAL),
    (_PASSED, grammar.PASSED),
    (_BE, grammar.BE),
    (_DETERMINER, grammar.DETERMINER),
    (_AUTHOR, grammar.AUTHOR),
    (_PLURAL, grammar.PRONOUN | grammar.VAGUE | grammar.COMMA | grammar.AND),
    (_INSERTER, grammar.INSERTER),
    (OPENS, grammar.OPENER),
    (_HANGS, grammar.HANGS),
    (THAT, grammar.THAT),
    (_INTENT, grammar.INTENT),
)
_CAPITALS = _CAPITAL | _CAPITAL_BEFORE | _CAPITAL_AFTER
_LIMIT = 200_000


@cache
def _meaning(bits: int) -> int:
    """Return what the classes of a word mean here; many words share few sets of classes."""
    seen = 0
    for bit, mask in _MEANING:
        if bits & mask:
            seen |= bit
    return seen


class _Seen(dict[str, int]):
    """Token as written → the bits by which it and its neighbours are judged."""

    def __missing__(self, raw: str) -> int:
        if len(self) > _LIMIT:
            self.clear()
        word = NORMAL[raw]
        seen = _meaning(BITS[word])
        if seen & _FINITE and noun_too(word):
            seen |= _NOUN_TOO
        if word == "to":
            seen |= _TO
        if word[-1] == "s" or word in ("who", "people"):
            seen |= _PLURAL
        if raw[0].isupper():
            seen |= _CAPITALS
        self[raw] = seen
        return seen


class _Worth(dict[int, bool]):
    """Pattern → whether a walk must stop there."""

    def __missing__(self, pattern: int) -> bool:
        if len(self) > _LIMIT:
            self.clear()
        worth = self[pattern] = _worth(pattern)
        return worth


def _worth(pattern: int) -> bool:
    if pattern & _COMMA:
        return bool(pattern & _INSERTER and not pattern & QUOTED)
    if pattern & QUOTED:
        return False
    if pattern & (_LOOK | _HELD) or (pattern & _CUT and pattern & OPENS):
        return True
    if pattern & _SURE:
        worth = bool(pattern & _STRESSED)
    elif pattern & _SAYING:
        worth = not pattern & _NOMINAL
    else:
        worth = pattern & _FINITE > 0 and _active(pattern)
    return (
        worth
        or (pattern & _NOUN > 0 and pattern & _HANGS > 0 and pattern & THAT_SAID > 0)
        or (pattern & _PASSIVE > 0 and pattern & _STRESSED > 0)
    )


def _active(pattern: int) -> bool:
    """Whether a report verb may be an active one, by the word on either side."""
    if pattern & OUTSIDE:
        return False
    if pattern & _PASSED:
        return not pattern & _BE or pattern & QUOTED_BEFORE > 0
    if pattern & _DETERMINER:
        return False
    if pattern & QUOTED_BEFORE:
        return True
    if pattern & _TO:
        return pattern & _INTENT > 0
    if pattern & _AUTHOR:
        return False
    if pattern & _CAPITAL and pattern & _CAPITAL_BEFORE:  # United States
        return pattern & _CAPITAL_AFTER > 0
    return pattern & (_PLURAL | THAT) > 0 or not pattern & _NOUN_TOO


SEEN = _Seen()
WORTH = _Worth()


@cache
def _stopping() -> frozenset[str]:
    """Return the words at which a walk may have to stop."""
    return grammar.listing(_STOPS_AT)


def places(words: list[str], raw: list[str], quoted: Sequence[int]) -> list[int]:
    """Where a walk has to stop and look, in one sentence."""
    found = []
    seen: list[int] | None = None
    said = 0
    for at in compress(range(len(words)), map(_stopping().__contains__, words)):
        if seen is None:
            seen = list(map(SEEN.__getitem__, raw))
            said = THAT_SAID if "that" in words else 0
        pattern = seen[at] & HERE | said
        if at:
            pattern |= seen[at - 1] & BEFORE
            if at > 1:
                pattern |= seen[at - 2] & SECOND
            if quoted[at - 1]:
                pattern |= QUOTED_BEFORE
        else:
            pattern |= OUTSIDE
        if at + 1 < len(seen):
            pattern |= seen[at + 1] & AFTER
        if quoted[at]:
            pattern |= QUOTED
        if WORTH[pattern]:
            found.append(at)
    return found
