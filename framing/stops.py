"""Stops: the words at which hearing has to stop and look.

What no frame can hang on is passed over by the words on either side, for most sentences have
nothing else. What matters of a word as a neighbour are a few bits. Joined, those of the word and
of its neighbours are a pattern, a number; what a pattern is worth is worked out once
(:data:`WORTH`). So a sentence alone and a batch of thousands ask the same question
(:mod:`framing.hearing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from itertools import compress, count
from operator import or_

from framing import grammar
from framing.grammar import ABOUT, BITS, noun_too
from framing.text import NORMAL
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "AFTER",
    "ANYWHERE",
    "BEFORE",
    "BETWEEN",
    "CLOSED",
    "CLOSES",
    "HELD",
    "HERE",
    "NEAR",
    "NEARBY",
    "NOTHING_AFTER",
    "OUTSIDE",
    "SECOND",
    "SEEN",
    "STOP",
    "WALK",
    "WORTH",
    "opens",
    "places",
]

_number = count()


def _bits(names: int) -> tuple[list[int], int]:
    """Return so many new bits, and all of them joined."""
    bits = [1 << next(_number) for _ in range(names)]
    return bits, sum(bits)


# What all tokens are asked for fits into a byte: whether a walk may have to stop at a word, whether
# it can end what is said, and what it is closely behind another: "that" or a question, "to" or
# "against", "as", or something between quotation marks.
(STOP, CLOSES, _ASKED, _INFINITIVE, _AS_WHAT, _MARKED), _ = _bits(6)
NEARBY = _ASKED | _INFINITIVE | _AS_WHAT | _MARKED
# The word itself.
(_COMMA, _COLON, _LOOK, _CUT, _SURE, _SAYING, _FINITE, _NOUN, _HOLD, _PASSIVE), _A = _bits(10)
(_NOUN_TOO, _CAPITAL, _MOOD, _STAND, _ATTITUDE), _B = _bits(5)
# What it can report, see framing.reported.content: a clause with "that", one without it, to
# somebody, an infinitive behind somebody, something as something, or something else.
(_SPEECH, _SAY, _TOLD, _URGE, _DESCRIBE, _MORE), _C = _bits(6)
# The word before, the one before that, and the one after.
(_STRESSED, _NOMINAL, _PASSED, _BE, _DETERMINER, _TO, _AUTHOR, _PLURAL, _ON), _D = _bits(9)
(_CAPITAL_BEFORE, OUTSIDE), _E = _bits(2)
(_INTENT,), SECOND = _bits(1)
(_AS, _FOR, _IN, _FROM, _CARRIES, _THAT, _CAPITAL_AFTER, _ABOUT, _BY, _POINTS), _F = _bits(10)
(_ENDS, _NO_CLAUSE), _G = _bits(2)
# What stands anywhere in the sentence.
(_THAT_SAID, _VIEW, _PUT, _MOST), ANYWHERE = _bits(4)
# The place: between quotation marks, beside some, or behind something that can end what is said.
(_QUOTED, _QUOTED_BEFORE, _QUOTED_AFTER, CLOSED), _ = _bits(4)

#: Which bits of a word are asked for at which place.
HERE = _A | _B | _C | _QUOTED
BEFORE, AFTER = CLOSES | _D | _E | _QUOTED_BEFORE, _F | _G | _QUOTED_AFTER
#: What a word is besides if it stands between quotation marks.
BETWEEN = _MARKED | CLOSES | _QUOTED | _QUOTED_BEFORE | _QUOTED_AFTER
#: What stands behind the last word.
NOTHING_AFTER = _ENDS | _NO_CLAUSE
#: What a place may be worth.
WALK, HELD = 1, 2
#: How far behind a verb is looked for what it reports.
NEAR = 16

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
    (_NOUN, grammar.NOUN),
    (_HOLD, grammar.HOLD),
    (_PASSIVE, grammar.PASSIVE),
    (_MOOD, grammar.MOOD),
    (_STAND, grammar.STAND),
    (_ATTITUDE, grammar.ATTITUDE),
    (_SPEECH, grammar.SPEECH),
    (_SAY, grammar.SAY),
    (_TOLD, grammar.TELL | grammar.ASK),
    (_URGE, grammar.URGE),
    (_DESCRIBE, grammar.DESCRIBE),
    (_MORE, grammar.PROMISE | grammar.ACT | grammar.ACCUSE | grammar.CALL | grammar.BLAME),
    (_STRESSED, grammar.STRESSED),
    (_NOMINAL, grammar.NOMINAL),
    (_PASSED, grammar.PASSED),
    (_BE, grammar.BE),
    (_DETERMINER, grammar.DETERMINER),
    (_AUTHOR, grammar.AUTHOR),
    (_PLURAL, grammar.PRONOUN | grammar.VAGUE | grammar.COMMA | grammar.AND),
    (_INTENT, grammar.INTENT),
    (_CARRIES, grammar.THAT | grammar.HAVE),
    (_THAT | _THAT_SAID, grammar.THAT),
    (_ENDS, grammar.ENDS | grammar.AND | grammar.ADVERBIAL),
    (_NO_CLAUSE, grammar.ENDS | grammar.AND),
    (_ASKED, grammar.THAT | grammar.QUESTION),
    (_VIEW, grammar.VIEW | grammar.VAGUE),
    (_PUT, grammar.SAY | grammar.REPORT | grammar.PUT),
)
_WORDS = {
    ":": _COLON | _POINTS,
    "out": _POINTS,
    "to": _TO | _IN | _INFINITIVE,
    "against": _INFINITIVE,
    "in": _IN,
    "from": _FROM,
    "for": _FOR,
    "as": _AS | _AS_WHAT,
    "on": _ON,
    "by": _BY | _CARRIES,
    "among": _CARRIES,
    "is": _CARRIES,
    "was": _CARRIES,
    ",": CLOSES,
    "?": CLOSES,
    "!": CLOSES,
    "who": _PLURAL,
    "people": _PLURAL,
    "least": _MOST,
    "most": _MOST,
}
_CAPITALS = _CAPITAL | _CAPITAL_BEFORE | _CAPITAL_AFTER
_LIMIT = 200_000


@cache
def _meaning(bits: int) -> int:
    """Return what the classes of a word mean here; many words share few sets of classes."""
    seen = 0
    for bit, mask in _MEANING:
        if bits & mask:
            seen |= bit
    if bits & grammar.PREPOSITION and not bits & grammar.ADVERBIAL:
        seen |= _NO_CLAUSE
    return seen


class _Seen(dict[str, int]):
    """Token as written → the bits by which it and its neighbours are judged."""

    def __missing__(self, raw: str) -> int:
        if len(self) > _LIMIT:
            self.clear()
        word = NORMAL[raw]
        seen = _meaning(BITS[word]) | _WORDS.get(word, 0)
        if seen & _FINITE and noun_too(word):
            seen |= _NOUN_TOO
        if word in ABOUT:
            seen |= _ABOUT
        if word[-1] == "s":
            seen |= _PLURAL
        if raw[0].isupper():
            seen |= _CAPITALS
        self[raw] = seen
        return seen


class _Worth(dict[int, int]):
    """Pattern → whether a walk must stop there, and whether an attitude may be held there."""

    def __missing__(self, pattern: int) -> int:
        if len(self) > _LIMIT:
            self.clear()
        worth = 0
        if not pattern & _QUOTED:
            worth = WALK * _hangs(pattern) | HELD * _held(pattern)
        self[pattern] = worth
        return worth


def _hangs(pattern: int) -> bool:
    """Whether something may hang on a word."""
    if pattern & _COMMA:
        return pattern & (_AS | _IN) > 0 and bool(opens(pattern))
    if pattern & _COLON:
        return pattern & (_QUOTED_AFTER | _ON) > 0
    if pattern & _LOOK or (pattern & _CUT and opens(pattern)):
        return True
    hangs = _is_verb(pattern)
    if hangs and not pattern & _SURE:
        hangs = _reports(pattern) or (not pattern & _SAYING and _trails(pattern))
    return (
        hangs
        or (pattern & _NOUN > 0 and pattern & _CARRIES > 0 and pattern & _THAT_SAID > 0)
        or (pattern & _HOLD > 0 and pattern & _THAT > 0)
        or (pattern & _PASSIVE > 0 and pattern & _STRESSED > 0)
    )


def _is_verb(pattern: int) -> bool:
    """Whether a word may be one of report here, finite or not."""
    if pattern & _SURE:
        return pattern & _STRESSED > 0
    if pattern & _SAYING:
        return not pattern & _NOMINAL
    return pattern & _FINITE > 0 and _active(pattern)


def _held(pattern: int) -> bool:
    """Whether somebody's attitude may be told."""
    if pattern & _MOOD or (pattern & _ATTITUDE and not pattern & _SPEECH):
        return True
    if pattern & (_STAND | _ATTITUDE) and pattern & _ABOUT:
        return True
    if not pattern & _PASSIVE or not pattern & _BY:
        return False
    named = pattern & (_NOUN | _HOLD) and pattern & _THAT_SAID
    return pattern & _STRESSED > 0 or named > 0 or _is_verb(pattern)


def opens(pattern: Any) -> Any:
    """Whether a fronted frame may begin: "as they put it" and "in their view" need the latter.

    Examples
    --------
    >>> opens(SEEN["For"]), opens(SEEN["In"]), opens(SEEN["In"] | SEEN["view"])
    (True, False, True)
    """
    put = (pattern & _AS > 0) & (pattern & _PUT > 0)
    viewed = (pattern & (_IN | _FROM) > 0) & (pattern & _VIEW > 0)
    return (pattern & _FOR > 0) | put | viewed


def _active(pattern: int) -> bool:
    """Whether a report verb may be an active one, by the word on either side."""
    if pattern & OUTSIDE:
        return False
    if pattern & _PASSED:
        return not pattern & _BE or pattern & _QUOTED_BEFORE > 0
    if pattern & _DETERMINER:
        return False
    if pattern & _QUOTED_BEFORE:
        return True
    if pattern & _TO:
        return pattern & _INTENT > 0
    if pattern & _AUTHOR:
        return False
    if pattern & _CAPITAL and pattern & _CAPITAL_BEFORE:  # United States
        return pattern & _CAPITAL_AFTER > 0
    return pattern & (_PLURAL | _THAT) > 0 or not pattern & _NOUN_TOO


def _trails(pattern: int) -> bool:
    """Whether what is said may stand before its verb."""
    if not pattern & _SPEECH or not pattern & CLOSED:
        return False
    return pattern & (_TOLD | _ENDS | CLOSES) > 0


def _reports(pattern: int) -> bool:
    """Whether something may follow that is said."""
    if pattern & (_MORE | _POINTS | _MARKED) or (pattern & _SPEECH and pattern & _ASKED):
        return True
    if pattern & _SAY and (pattern & (_TOLD | _MOST) or not pattern & _NO_CLAUSE):
        return True
    if pattern & _DESCRIBE and pattern & _AS_WHAT:
        return True
    return pattern & _URGE > 0 and pattern & _INFINITIVE > 0


SEEN = _Seen()
WORTH = _Worth()


def places(words: list[str], raw: list[str], quoted: Sequence[int]) -> tuple[list[int], list[int]]:
    """Where in one sentence a walk has to stop, and where somebody's attitude may be told.

    What stands anywhere is taken to stand near: for one sentence it is not worth to look closer.
    """
    stops: list[int] = []
    held: list[int] = []
    seen: list[int] = []
    for at in compress(range(len(words)), map(_STOPS_AT.__and__, map(BITS.__getitem__, words))):
        if not seen:
            seen = [*map(SEEN.__getitem__, raw), NOTHING_AFTER]
            if 1 in quoted:
                seen = list(map(or_, seen, [*map(BETWEEN.__mul__, quoted), 0]))
            met = reduce(or_, seen)
            anywhere = met & (ANYWHERE | NEARBY) | (CLOSED if met & CLOSES else 0)
        pattern = seen[at] & HERE | seen[at + 1] & AFTER | anywhere
        if at:
            pattern |= seen[at - 1] & BEFORE | seen[at - 2] & SECOND
        else:
            pattern |= OUTSIDE
        worth = WORTH[pattern]
        if worth & WALK:
            stops.append(at)
        if worth & HELD:
            held.append(at)
    return stops, held
