"""Speakers: the noun phrase that names a source, and how well it is known."""

from __future__ import annotations

from functools import partial

from framing.clauses import has_verb
from framing.grammar import (
    AND,
    AUTHOR,
    AUXILIARY,
    CAPITAL,
    COMMA,
    DASH,
    DETERMINER,
    ENDS,
    LOWER,
    NOUN,
    OBLIQUE,
    PRONOUN,
    RELATIVE,
    ROLE,
    SAY,
    SELF,
    STOP,
    SUBORDINATE,
    VAGUE,
)
from framing.kinds import HEAD_ENDS, PHRASE_ENDS, SUBJECT_ENDS, SURE
from framing.line import Line
from framing.values import NamedTuple

__all__ = [
    "AUTHORS",
    "Frame",
    "Heard",
    "Notes",
    "Span",
    "apposition",
    "head_end",
    "is_author",
    "is_source",
    "outermost",
    "phrase_end",
    "source_of",
]

#: Half-open token numbers.
Span = tuple[int, int]


class Heard(NamedTuple):
    """A voice by token numbers: what :class:`framing.text.Voice` is by offsets.

    Attributes
    ----------
    start, end : int
        Half-open token numbers of what the source says or thinks.
    kind : str
        As in :class:`framing.text.Voice`.
    speaker : tuple of (int, int) or None
        Half-open token numbers of the source.
    source : str or None
        ``"named"``, ``"unnamed"``, ``"vague"`` or None.
    """

    start: int
    end: int
    kind: str
    speaker: tuple[int, int] | None = None
    source: str | None = None


class Frame(NamedTuple):
    """A place at which somebody is said to say or think something.

    Attributes
    ----------
    at : int
        Token number of the word that says so.
    speaker : tuple of (int, int) or None
        Half-open token numbers of the source.
    source : str or None
        As in :class:`Heard`.
    """

    at: int
    speaker: tuple[int, int] | None
    source: str | None


def outermost(found: list[Heard]) -> list[Heard]:
    """Return voices by start, without those that lie inside another."""
    kept: list[Heard] = []
    for one in sorted(dict.fromkeys(found), key=lambda one: (one.start, -one.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


_LONGEST = 14
_JOINS = AND | SUBORDINATE
_BREAKS_PHRASE = AUXILIARY | SAY
_WHO = ROLE | NOUN | VAGUE
_SPEAKING = ROLE | VAGUE | OBLIQUE | PRONOUN
_TELLING = _SPEAKING | SELF | CAPITAL
_PRONOUNS = PRONOUN | OBLIQUE
_PEOPLE = ROLE | VAGUE
#: A sentence's first word has a capital that says nothing if it can be one of these.
_NO_NAME_FIRST = ROLE | VAGUE | NOUN | SAY | DETERMINER
_SUBJECT_STOPS = COMMA | STOP | DASH | RELATIVE
_POSSESSIVE = frozenset(["his", "her", "their", "its"])
_VAGUE_FIRST = frozenset(["some", "many", "others", "most", "several", "few", "those"])
_NO_NAME = frozenset(["unnamed", "anonymous", "unidentified"])
_COUNTED = frozenset(["the", "two", "three", "four", "police", "a", "an", "his", "her"])
_NO_NAMES = frozenset(
    ["the", "a", "an", "one", "two", "three", "four", "five", "another", "police"]
)
_NOBODY = frozenset(["evidence", "prices", "everything", "this", "that", "all"])


def subject_start(line: Line, left: int) -> int:
    """Leftmost token of the noun phrase that ends at ``left``."""
    first = left - _LONGEST + 1
    if first < 0:
        first = 0
    back = line.kinds[first : left + 1].translate(SUBJECT_ENDS) if left >= 0 else b""
    bits = line.bits
    while back := back.rstrip(b"\0"):
        after = first + len(back)
        if back[-1] == SURE:
            return after
        index = after - 1
        kind = bits[index]
        if kind & _JOINS:
            if not bits[after] & CAPITAL:
                if not kind & AND or not _joined(line, index):
                    return after
            elif kind & SUBORDINATE and not kind & AND:
                return after
        if (
            kind & _BREAKS_PHRASE
            and index < left
            and (
                (kind & AUXILIARY and line.words[index] != "'s")
                or (kind & SAY and kind & LOWER and not kind & _WHO)
            )
        ):
            return after
        back = back[:-1]
    return min(first, left + 1)


def _joined(line: Line, conjunction: int) -> bool:
    """Whether "and" joins two noun phrases: what stands before it is short and has no verb."""
    bits = line.bits
    start = conjunction
    while start and not (bits[start - 1] & (COMMA | STOP) or line.quoted[start - 1]):
        start -= 1
        if conjunction - start > 5:
            return False
    return start < conjunction and not has_verb(line, start, conjunction)


def phrase_end(line: Line, at: int, stop: tuple[str, ...] = ()) -> int:
    """First token after the noun phrase that begins at ``at``."""
    end = min(at + 60, line.size)
    for index in line.ones(PHRASE_ENDS, at, end):
        # "and" may join two names
        joined = line.bits[index] & AND and line.bits[index + 1] & CAPITAL
        if line.quoted[index] or not joined:
            end = index
            break
    return next((at for at in range(at, end) if line.words[at] in stop), end) if stop else end


def apposition(line: Line, left: int) -> int:
    """Return the comma that opens the apposition ending at ``left``; 0 if there is none."""
    for index in range(left - 1, max(left - 18, 0), -1):
        if line.bits[index] & COMMA and not line.quoted[index]:
            return index
    return 0


def main_subject(line: Line, start: int, known: bool = True) -> Span | None:
    """Return the noun phrase with which a clause begins, up to its verb or comma.

    ``known`` asks that it be somebody who can speak.
    """
    for index in range(start + 1, min(start + _LONGEST, line.size)):
        stops = line.bits[index] & _SUBJECT_STOPS or line.words[index] == ":"
        if stops or line.quoted[index] or has_verb(line, index - 1, index + 1):
            return (start, index) if not known or is_source(line, start, index) else None
    return None


def is_author(line: Line, speaker: Span) -> bool:
    """Whether the author speaks, alone or with everybody: I, we, nobody."""
    first, last = speaker
    if first >= last:
        return False
    short = last - first < 3
    return (short and line.bits[last - 1] & AUTHOR > 0) or line.words[first] in AUTHORS


AUTHORS = frozenset(["i", "we", "you", "let"])


def is_source(line: Line, start: int, end: int) -> bool:
    """Whether a noun phrase can be somebody or a document that speaks."""
    if start >= end:
        return False
    for index, kind in enumerate(line.bits[start : min(end, line.size)], start):
        if kind & _TELLING:
            if kind & SELF:
                return False
            if kind & _SPEAKING and (not kind & PRONOUN or line.words[index] != "it"):
                return True
            if kind & CAPITAL and index:
                return True
    return start == 0 and end > 1 and _initial_name(line)


def _initial_name(line: Line) -> bool:
    """Whether the sentence's first word is likely a name: its capital says nothing."""
    return (
        line.bits[0] & CAPITAL > 0
        and not line.bits[0] & (NOUN | SAY | DETERMINER | SUBORDINATE)
        and line.words[0] not in _NOBODY
    )


def head_end(line: Line, first: int, last: int) -> int:
    """Where the head of a noun phrase ends: before "of the bill", "at the port"."""
    behind = line.kinds[first + 1 : last].translate(HEAD_ENDS).find(1)
    return last if behind < 0 else first + 1 + behind


def source_of(line: Line, speaker: Span) -> str:
    """Whether a source is named, has only a role, or is nobody in particular.

    Returns
    -------
    str
        ``"named"``, ``"unnamed"`` or ``"vague"``.
    """
    first, last = speaker
    bits = line.bits
    if bits[first] & _PRONOUNS:
        return "named"
    span = line.words[first:last]
    word = span[0]
    if word in _POSSESSIVE and len(span) == 1:
        return "named"
    if word in _VAGUE_FIRST:
        return "vague"
    if not _NO_NAME.isdisjoint(span):
        return "unnamed"
    head = head_end(line, first, last) if last - first > 1 else last
    last_bits = bits[head - 1]
    if not (word in ("a", "an") or (last_bits & _PEOPLE and last_bits & LOWER)):
        for index, kind in enumerate(bits[first:head], first):
            if (
                kind & CAPITAL
                and line.words[index] not in _NO_NAMES
                and (index or not bits[0] & _NO_NAME_FIRST)
            ):
                return "named"
    return "vague" if last_bits & VAGUE and word not in _COUNTED else "unnamed"


#: What ``Heard(*fields)`` and ``Frame(*fields)`` do, three times as fast.
_heard, _frame = partial(tuple.__new__, Heard), partial(tuple.__new__, Frame)


class Notes:
    """What a walk over a sentence has found so far: attributions, frames and who speaks there."""

    __slots__ = ("_source", "_speaker", "found", "frames", "line")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.found: list[Heard] = []
        self.frames: list[Frame] = []
        #: Who was asked about last, for that is nearly always who is asked about next.
        self._speaker: Span | None = None
        self._source: str | None = None

    def add(self, start: int, end: int, speaker: Span | None) -> None:
        """Give tokens to a source."""
        line = self.line
        while end > start and line.bits[end - 1] & ENDS and not line.quoted[end - 1]:
            end -= 1
        if end > start:
            if speaker is not self._speaker:
                speaker = self._known(speaker)
            self.found.append(_heard((start, end, "attributed", speaker, self._source)))

    def note(self, at: int, speaker: Span | None) -> None:
        """Note that somebody speaks here."""
        if speaker is not self._speaker:
            speaker = self._known(speaker)
        self.frames.append(_frame((at, speaker, self._source)))

    def _known(self, speaker: Span | None) -> Span | None:
        """Work out how well a source is known, and return it, None if it is nobody."""
        if speaker and 0 <= speaker[0] < speaker[1]:
            self._speaker, self._source = speaker, source_of(self.line, speaker)
        else:
            self._speaker = self._source = None
        return self._speaker

    def last_speaker(self) -> Span | None:
        """Return the source of the frame before, for what is joined to it."""
        return self.frames[-1].speaker if self.frames else None
