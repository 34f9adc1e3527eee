"""What a verb reports: where its clause, infinitive, gerund or object begins."""

from __future__ import annotations

from framing.clauses import Mode, clause_end, complement, gerund, has_verb
from framing.grammar import (
    ACCUSE,
    ACT,
    ADVERB,
    ADVERBIAL,
    AND,
    ASK,
    AUXILIARY,
    BE,
    BLAME,
    CALL,
    COMMA,
    DAY,
    DENY,
    DESCRIBE,
    DETERMINER,
    ENDS,
    ES,
    GREETING,
    HAVE,
    ING,
    LOWER,
    LY,
    NOMINAL,
    OBLIQUE,
    PREPOSITION,
    PROMISE,
    PRONOUN,
    QUESTION,
    QUOTE,
    SAY,
    SPEECH,
    SUBORDINATE,
    TELL,
    THAT,
    URGE,
    VERB,
)
from framing.kinds import FRONTINGS, INFINITIVES, INTERROGATIVES
from framing.line import Line

__all__ = ["content", "fronted", "only_quoted", "past_addressee", "past_day", "quotation_follows"]

_PROMISE_OR_URGE = PROMISE | URGE
_REST = ASK | ACT | URGE | ACCUSE | DESCRIBE | CALL | BLAME
_ENDS_OR_AND = ENDS | AND
_BEHIND_GREETING = ENDS | AND | PREPOSITION | SUBORDINATE
_OF_FOR, _AS = ("of", "for"), ("as",)
_NOT_CALLED = frozenset(["for", "by", "off", "up", "back", "out", "itself"])


def content(line: Line, at: int, bits: int, mode: int) -> tuple[int, int]:
    """First token of what a verb reports, and whether it has a subject; 0 if nothing."""
    if bits & _PROMISE_OR_URGE:
        if bits & PROMISE and (start := _to(line, at, bits)):
            return start, Mode.BARE
        if bits & URGE and line.words[at + 1] == "against":
            return at + 2, Mode.BARE
    if bits & SPEECH and (start := complement(line, at)):
        return start, Mode.CLAUSE
    if bits & _REST:
        if bits & ASK and (start := _question(line, at)):
            return start, Mode.CLAUSE
        if bits & ACT and (start := gerund(line, at) or (_object(line, at) if bits & DENY else 0)):
            return start, Mode.BARE
        if bits & URGE and (start := _urged(line, at)):
            return start, Mode.BARE
        if bits & (ACCUSE | DESCRIBE):
            start = _of_or_as(line, at, bits)
            if start or not bits & CALL:
                return start, Mode.BARE
        if bits & (CALL | BLAME):
            return _called(line, at), Mode.BARE
    if bits & SAY:
        return _unmarked(line, at, mode), Mode.CLAUSE
    return 0, Mode.CLAUSE


def _to(line: Line, at: int, bits: int) -> int:
    """``vowed to …``, ``expects prices to …``."""
    if line.words[at + 1] == "to":
        # "wanted to know how": the question is what was asked
        return 0 if line.bits[at + 2] & ASK and line.bits[at + 3] & QUESTION else at + 1
    if bits & URGE:
        for index in range(at + 1, min(at + 9, line.size)):
            stops = line.bits[index] & (ENDS | THAT | AUXILIARY)
            if line.quoted[index] or (stops and line.words[index] != "'s"):
                return 0
            if line.words[index] == "to" and not line.bits[index + 1] & (DETERMINER | ENDS):
                return at + 1
    return 0


def _question(line: Line, at: int) -> int:
    """``asked him who …``."""
    return next(line.ones(INTERROGATIVES, at + 1, at + 7), 0)


def _object(line: Line, at: int) -> int:
    """``denies any wrongdoing``: not "denied them access"."""
    stopped = line.is_(at + 1, ENDS | ADVERBIAL | OBLIQUE | THAT)
    return 0 if stopped or line.quoted[at + 1] else at + 1


def _urged(line: Line, at: int) -> int:
    """``urged them to act``: the infinitive, not the one who is urged."""
    if line.words[at + 1] == "not":
        return 0
    tos = line.ones(INFINITIVES, at + 1, at + 9)
    return next((to for to in tos if _begins_infinitive(line, at, to)), 0)


def _begins_infinitive(line: Line, at: int, to: int) -> bool:
    if to == at + 1 and (
        not line.words[at].startswith("appeal") or "to" in line.words[to + 2 : to + 6]
    ):
        return False  # "appealed to donors to act"
    stops = line.is_(to + 1, DETERMINER | PRONOUN | ENDS)
    return to + 1 < line.size and not stops and not line.capital(to + 1)


def _of_or_as(line: Line, at: int, bits: int) -> int:
    """``accused them of …``, ``described it as …``, ``described scenes of …``."""
    wanted = (_OF_FOR if bits & ACCUSE else ()) + (_AS if bits & DESCRIBE else ())
    # "what some see as": the object stands before the verb
    nearest = at + 1 if fronted(line, at) else at + 2
    for index in range(at + 1, min(at + 12, line.size)):
        if line.bits[index] & ENDS:
            return _charged(line, at, index) if bits & ACCUSE else 0
        if line.words[index] in wanted and not line.quoted[index] and index >= nearest:
            return _unless_quoted(line, index + 1)
    return _charged(line, at, at + 1) if bits & ACCUSE else 0


def _charged(line: Line, at: int, start: int) -> int:
    """``accused the mayor, a former judge, of lying``; ``charged them with lying``."""
    for index in range(start, min(at + 30, line.size - 1)):
        kind, word = line.bits[index], line.words[index]
        if line.quoted[index] or (kind & (ENDS | AUXILIARY) and not kind & COMMA):
            return 0
        if word in ("of", "with") and line.bits[index + 1] & ING:
            return index + 1
    return 0


def fronted(line: Line, at: int) -> bool:
    """Whether what a verb is about stands before its subject: what he calls."""
    before = line.kinds[max(at - 7, 0) : max(at - 1, 0)].translate(FRONTINGS)
    return before.rstrip(b"\0")[-1:] == b"\1"


def only_quoted(line: Line, at: int, bits: int) -> bool:
    """Whether all that a verb reports stands between quotation marks."""
    if bits & (SPEECH | CALL | DESCRIBE | QUOTE) and quotation_follows(line, at):
        return True
    return bits & ACCUSE > 0 and _accused_in_quotation(line, at)


def _accused_in_quotation(line: Line, at: int) -> bool:
    """``accused them of “…”``."""
    for index in range(at + 1, min(at + 12, line.size)):
        if line.quoted[index]:
            return line.words[index - 1] in ("of", "for")
    return False


def _unless_quoted(line: Line, at: int) -> int:
    """Return the place itself, unless nothing but a quotation stands there."""
    if at >= line.size:
        return 0
    if not line.quoted[at]:
        return at
    end = at
    while end < line.size and line.quoted[end]:
        end += 1
    joined = line.is_(end, AND) and line.words[end + 1].endswith("ing")
    return at if joined else 0


def _called(line: Line, at: int) -> int:
    """Read ``called it a disgrace``, ``blamed it on …``."""
    if line.bits[at + 1] & (ENDS | ADVERBIAL) or line.words[at + 1] in _NOT_CALLED:
        return 0
    if line.bits[at] & BLAME:
        return _unless_quoted(line, at + 1)
    if fronted(line, at):
        return _unless_quoted(line, at + 1)
    one = line.is_(at + 1, OBLIQUE) or line.words[at + 1] in ("it", "this", "that", "themselves")
    if line.words[at + 2] in _NOT_CALLED or (line.bits[at + 3] & ENDS and not one):
        return 0  # "called him up", "did not call the surgeon"
    return 0 if quotation_follows(line, at) else at + 1


def _unmarked(line: Line, at: int, mode: int) -> int:
    """Find a clause without "that": after the addressee and the day, if it has a verb."""
    start = at + 1
    bits, words = line.bits, line.words
    if line.quoted[start + 1] and bits[start] & (ADVERB | LY):
        start += 1  # replied only "no comment"
    start = past_day(line, start)
    if bits[at] & TELL:
        start = past_addressee(line, start)
    if start >= line.size or line.quoted[start]:
        return start if start < line.size else 0
    kind, word, follows = bits[start], words[start], words[start + 1]
    if kind & _ENDS_OR_AND or word in ("nor", "or", "as"):
        return 0
    if kind & PREPOSITION and follows not in ("least", "most"):
        return 0
    if kind & GREETING and bits[start + 1] & _BEHIND_GREETING:
        return 0  # said goodbye to
    end = clause_end(line, start, mode)
    if not kind & SUBORDINATE:
        end = line.find(start + 1, SUBORDINATE, end - start - 1) or end
    if has_verb(line, start, end) or _nominal_clause(line, start, end):
        return start
    return 0


def past_day(line: Line, start: int) -> int:
    """Return the place behind ``on Monday``."""
    day = start + (line.words[start] == "on")
    if line.bits[day] & DAY and line.words[day + 1] not in ("'s", "'"):
        return day + 1
    return start


def past_addressee(line: Line, start: int) -> int:
    """``told the court …``, but not ``warned the plan would fail``."""
    after = start + line.is_(start, NOMINAL) + 1
    return start if line.bits[after] & (AUXILIARY | VERB) else after


def _nominal_clause(line: Line, start: int, end: int) -> bool:
    """Whether a clause that begins with its article has a verb in -s, or a quotation."""
    if not line.bits[start] & (NOMINAL | PRONOUN):
        return False
    for index in range(start + 1, min(end, start + 10)):
        if line.quoted[index]:
            return True
        if line.bits[index] & PREPOSITION:
            return False
        before, after = line.bits[index - 1], index + 1
        if (
            index > start + 1
            and line.bits[index] & ES
            and not before & (ES | DETERMINER | NOMINAL | AND)
            and after < end
            and not line.bits[after] & (ENDS | AND | PREPOSITION | BE | HAVE)
            and line.bits[index] & LOWER
        ):
            return True
    return False


def quotation_follows(line: Line, at: int) -> bool:
    """Whether a quotation stands in the clause after ``at``."""
    if True not in line.quoted[at + 1 : at + 14]:
        return False
    for index in range(at + 1, min(at + 14, line.size)):
        if line.quoted[index]:
            return True
        if line.bits[index] & ENDS and not line.bits[index] & COMMA:
            return False
    return False
