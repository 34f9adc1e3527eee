"""Clauses: where what a source says begins and where its author takes over.

No parser: a clause ends at the punctuation and the conjunctions by which an author takes the
word back. Every look ahead or back is bounded, so that any text takes linear time.
"""

from __future__ import annotations

from itertools import compress

from framing.grammar import (
    ADVERB,
    AND,
    ASK,
    AUXILIARY,
    BE,
    CAPITAL,
    COMMA,
    CUT,
    DAY,
    DETERMINER,
    ED,
    ENDS,
    FINITE,
    HAVE,
    ING,
    LOWER,
    LY,
    MODAL,
    NOMINAL,
    NOUN,
    PAST,
    POINT,
    PREPOSITION,
    PRESENT,
    PRONOUN,
    QUESTION,
    SAY,
    SAYING,
    SUBORDINATE,
    TAKE_BACK,
    THAT,
)
from framing.kinds import (
    BREAKS,
    DECIDES,
    FRAMES,
    FRAMES_END,
    PAUSES,
    STARTS,
    SURE_VERBS,
    VERBS,
)
from framing.line import REACH, Line

__all__ = [
    "Mode",
    "clause_end",
    "clause_start",
    "complement",
    "frame_in",
    "has_verb",
    "quoted_at",
]


class Mode:
    """What kind of clause is followed, for it decides what ends it.

    Plain numbers to be joined with ``|``: an ``IntFlag`` takes ten times as long.
    """

    CLAUSE = 0
    #: It stands before the author's own clause and ends at its comma.
    FRONTED = 1
    #: It has no subject of its own: "to act", "of lying".
    BARE = 2
    #: It hangs on a participle: the main clause goes on after ", and".
    PARTICIPLE = 4


def has_verb(line: Line, start: int, end: int) -> bool:
    """Whether a finite verb is likely among these tokens."""
    if start < 0:
        start = 0
    kinds = line.kinds[start : end if end - start < REACH else start + REACH]
    if 1 in kinds.translate(SURE_VERBS):
        return True
    commas, end = 0, start + len(kinds)
    for index in compress(range(start, end), kinds.translate(VERBS)):
        if line.bits[index] & COMMA:
            commas += 1
        elif index > start and _verb_in_context(line, index, start, end, commas):
            return True
    return False


_PRONOUN_OR_NAME = PRONOUN | CAPITAL


def _verb_in_context(line: Line, index: int, start: int, end: int, commas: int) -> bool:
    """Whether a word that may be a verb is one, by the word before it."""
    kind, before = line.bits[index], line.bits[index - 1]
    if kind & BE:  # the clitic: it's, that's
        return bool(before & (PRONOUN | THAT | QUESTION))
    if kind & (ED | PAST):
        # ", locked the shop and walked home" goes on with the verb that stood before
        return not (before & AND or (before & COMMA and commas < 2))
    if kind & PRONOUN:
        return line.words[index] != "it" and index + 1 < end
    if before & DETERMINER:
        return False
    if kind & FINITE:
        return True
    return index > start + 1 and kind & LOWER > 0 and before & _PRONOUN_OR_NAME > 0


def relative(line: Line, that: int) -> bool:
    """Whether "that" opens a relative clause: a verb follows at once."""
    return line.is_(that + 1, AUXILIARY | PAST | PRESENT | ED) and not line.is_(that + 1, NOMINAL)


def complement(line: Line, at: int, reach: int = 10) -> int:
    """Where the that-clause or question of a verb begins; 0 if none follows closely."""
    bits, quoted, first = line.bits, line.quoted, at + 1
    follows = bits[first]
    if follows & THAT:
        return 0 if quoted[first] else first + 1
    if follows & COMMA and not quoted[first]:
        that = line.find(at + 3, COMMA, 7) + 1  # said, however, that …
        return that + 1 if that > 1 and line.bits[that] & THAT and not quoted_at(line, that) else 0
    for index in line.ones(DECIDES, first, at + reach):
        kind = bits[index]
        if kind & THAT:
            carried = bits[index - 1] & NOUN and not bits[index - 1] & DAY
            return 0 if carried or relative(line, index) else index + 1
        if kind & QUESTION and line.words[index] in ("whether", "how", "why"):
            over = index == first + 1 and bits[first] & PREPOSITION
            if index == first or over or bits[at] & ASK:
                return index
        if line.words[index] == ":" or (
            index > first and kind & SAY and not bits[index - 1] & DETERMINER
        ):
            return 0
    return 0


def clause_end(line: Line, at: int, mode: int = Mode.CLAUSE) -> int:
    """First token after the clause: the sentence's end, or where the author takes over."""
    start, known, end = line.ended
    if start != at or known != mode:
        end = _clause_end(line, at, mode)
        line.ended = at, mode, end
    return end


def _clause_end(line: Line, at: int, mode: int) -> int:
    bits, quoted = line.bits, line.quoted
    end = min(line.size, at + REACH)
    passed = 0
    # At "and" only a clause without a verb ends, or a quotation.
    breaks = BREAKS if line.marked or mode & Mode.BARE else PAUSES
    for index in compress(range(at, end), line.kinds[at:end].translate(breaks)):
        if index < passed:
            continue
        kind = bits[index]
        if kind & _COMMA_OR_AND:
            if kind & COMMA and mode & Mode.FRONTED and index > at + 1:
                return index
            if (mode & Mode.BARE or (quoted[index - 1] and index > at)) and _goes_on_without(
                line, at, index
            ):
                return index
            if (
                kind & COMMA
                and _turns(line, index + 1, mode)
                and not _only_fronted(line, at, index, mode)
            ):
                return index
        elif kind & CUT or index > at:
            passed = _past_insertion(line, index)
            if not passed:
                return index
    while end > at and bits[end - 1] & POINT and not quoted[end - 1]:
        end -= 1
    return end


_LONGEST_INSERTION = 40
_COMMA_OR_AND = COMMA | AND
_TURNING = AND | TAKE_BACK
#: What the main clause goes on with.
_GOING_ON = PAST | ED | HAVE
#: Behind "but" and its like: the source goes on; behind "and": the author does.
_STAYING = frozenset(["that", "also", "not", "instead", "if", "when", "only"])
_STARTING = frozenset(["for", "on", "this", "yet", "then"])


def _past_insertion(line: Line, opening: int) -> int:
    """Where a clause goes on behind what stands in brackets or dashes, or behind "; that"."""
    if line.words[opening] == ";":
        after = opening + 1 + line.is_(opening + 1, AND)
        return after if line.bits[after] & THAT else 0
    closer = ")" if line.words[opening] == "(" else line.words[opening]
    last = min(opening + _LONGEST_INSERTION, line.size)
    for index in range(opening + 2, last):
        if line.words[index] == closer and not line.quoted[index]:
            return 0 if line.bits[index + 1] & (ENDS | AND | TAKE_BACK) else index + 1
        if line.words[index] == ";":
            return 0
    return 0


def _only_fronted(line: Line, start: int, comma: int, mode: int) -> bool:
    """Whether no clause has been finished yet: "that honestly, …", "that if it fails, …"."""
    if mode & (Mode.BARE | Mode.FRONTED) or comma - start > _LONGEST_INSERTION:
        return False
    if line.bits[start] & SUBORDINATE and not line.find(start, COMMA, comma - start):
        return True
    opens = line.bits[start] & (PREPOSITION | ADVERB | LY) or comma == start + 1
    return bool(opens) and not has_verb(line, start, comma)


def _turns(line: Line, at: int, mode: int) -> bool:
    """Whether the author speaks again from here, after a comma."""
    if at >= line.size:
        return False
    bits, words = line.bits, line.words
    kind, word, follows = bits[at], words[at], words[at + 1]
    if kind & TAKE_BACK:
        if follows == "on" and words[at + 3] == "other":
            return False  # on the one hand …, yet on the other
        return follows not in _STAYING and not _shifted(line, at + 1)
    if kind & AND:
        return (
            frame_in(line, at + 1)
            or bits[at + 1] & HAVE > 0
            or follows in _STARTING
            or bool(mode & Mode.PARTICIPLE and _new_clause(line, at + 1))
        )
    if word == "which":
        return follows in ("is", "was") and not has_verb(line, at + 2, at + 6)
    if word == "according" or (kind & SAYING and not line.quoted[at]):
        return True
    charged = kind & DETERMINER and bits[at + 1] & NOUN and bits[at + 2] & THAT
    if charged and word in ("a", "an", "the"):
        return True  # a charge that she denies
    return frame_in(line, at)


def _shifted(line: Line, at: int) -> bool:
    """Whether a clause stands in the tense of what was said: ", but it would cost more"."""
    if not line.bits[at] & (PRONOUN | NOMINAL):
        return False
    for index in range(at + 1, min(at + 7, line.size)):
        if line.bits[index] & (ENDS | PAST | ED) or line.quoted[index]:
            return False
        if line.bits[index] & AUXILIARY:
            return line.words[index] in ("would", "could") and line.words[index + 1] != "never"
    return False


def quoted_at(line: Line, at: int) -> bool:
    """Whether a token stands between quotation marks."""
    return 0 <= at < line.size and line.quoted[at]


def _new_clause(line: Line, at: int) -> bool:
    """Whether a clause with a subject and a verb of its own begins here."""
    return not line.is_(at, THAT | AUXILIARY | ED) and has_verb(
        line, at, line.find(at, ENDS) or line.size
    )


def _goes_on_without(line: Line, start: int, at: int) -> bool:
    """Whether the main clause goes on here with another verb of its subject.

    That may be where a quotation has just closed, or where the clause itself has no finite verb:
    "urged them to leave and called the police".
    """
    bits = line.bits
    verb = at + 1 + (bits[at] & COMMA > 0 and bits[at + 1] & _TURNING > 0)
    if bits[verb] & LY:
        verb += 1
    if not bits[verb] & _GOING_ON or line.quoted[verb]:
        return False
    closed = at > start and line.quoted[at - 1]
    return closed or not any(kind & AUXILIARY for kind in bits[start:at])


def frame_in(line: Line, at: int) -> bool:
    """Whether another source is introduced before the next comma."""
    if line.bits[at] & AUXILIARY:
        return False  # the subject stands before: ", should write to her"
    kinds = line.kinds[at : at + 9]
    frames = kinds.translate(FRAMES)
    place = frames.find(1)
    while place >= 0:
        if line.verbal(at + place):
            return 1 not in kinds[:place].translate(FRAMES_END)
        place = frames.find(1, place + 1)
    return False


def clause_start(line: Line, at: int) -> int:
    """Where the clause that ends at token ``at`` begins."""
    bits, words = line.bits, line.words
    first = max(at - REACH, -1) + 1
    back = line.kinds[first : max(at + 1, 0)].translate(STARTS)
    place = back.rfind(1)
    while place >= 0:
        index = first + place
        if bits[index] & COMMA:
            if line.first_speech() < index and frame_in(line, index + 1):
                return index + 1 + (bits[index + 1] & AND > 0)
        elif words[index] in (";", ":") or (
            words[index] in ("but", "while", "although", "though")
            and (index == 0 or bits[index - 1] & COMMA)
        ):
            return index + 1
        place = back.rfind(1, 0, place)
    return first


def subject_clause_end(line: Line, start: int, end: int) -> int:
    """End of a that-clause inside the subject: before the sentence's own verb."""
    seen = inside = False
    bits, quoted = line.bits, line.quoted
    for index in range(start, end):
        kind = bits[index]
        if quoted[index]:
            continue
        if kind & COMMA:
            return index
        if line.words[index] in _OPENS_ANOTHER:
            inside = True
        if kind & (AUXILIARY | PAST | PRESENT | ED) and _begins_group(line, index, start):
            if seen and not inside:
                return index
            inside, seen = False, True
    return end


_OPENS_ANOTHER = frozenset(
    ["who", "that", "which", "because", "and", "but", "when", "while", "how"]
)


def _begins_group(line: Line, index: int, start: int) -> bool:
    """Whether a verb here is the first of its group."""
    if index == start or line.words[index] in ("'s", "be", "been"):
        return False
    before = line.bits[index - 1]
    if before & (AUXILIARY | LY):
        return False
    return not line.bits[index] & ED or not before & (DETERMINER | NOMINAL)


def gerund(line: Line, at: int) -> int:
    """Where the gerund of a verb begins, "under oath" and "ever" passed over; 0 if none."""
    for index in range(at + 1, min(at + 6, line.size)):
        if line.quoted[index] or line.bits[index] & (ENDS | MODAL | NOMINAL | THAT):
            return 0
        if line.bits[index] & ING:
            before = line.words[index - 1]
            return index - (before in ("ever", "not"))
    return 0
