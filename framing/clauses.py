"""Clauses: where what a source says begins and where its author takes over.

No parser: a clause ends at the punctuation and the conjunctions by which an author takes the
word back. Every look ahead or back is bounded, so that any text takes linear time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import add

from framing.grammar import (
    ADVERB,
    AND,
    ASK,
    AUXILIARY,
    BE,
    BITS,
    COMMA,
    CUT,
    DASH,
    DAY,
    DETERMINER,
    ED,
    ENDS,
    FINITE,
    HAVE,
    ING,
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
    TITLE,
)
from framing.kinds import (
    BREAKS,
    COMMAS,
    DECIDES,
    ENDINGS,
    FRAMES,
    FRAMES_END,
    KINDS,
    NO_KIND,
    QUOTED,
    SPEECHES,
    STARTS,
    SUBORDINATES,
    SURE_VERBS,
    VERBS,
)

__all__ = [
    "MAY_END",
    "REACH",
    "Line",
    "Mode",
    "after_titles",
    "clause_end",
    "clause_start",
    "complement",
    "frame_in",
    "has_verb",
    "quoted_at",
]

#: No clause is followed further than this many tokens.
REACH = 250
#: What may end what somebody says.
MAY_END = frozenset(",?!")


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


_BEHIND = 5
_NO_WORDS, _NO_RAW, _NO_BITS = [""] * _BEHIND, ["."] * _BEHIND, [ENDS] * _BEHIND
_NO_QUOTES = bytes(_BEHIND)


class Line:
    """The tokens of one sentence, as the rooms of hearing see them.

    Attributes
    ----------
    words, raw : list of str
        Tokens, normalised and as written.
    quoted : sequence of bool
        Which of them stand between quotation marks; bytes will do.
    bits : list of int
        What each word can be, see :mod:`framing.grammar`.
    kinds : bytes
        The kind of each token, see :mod:`framing.kinds`. Bits and kinds are worked out if they are
        not given; the point of an abbreviation (:func:`after_titles`) has none.
    size : int
        How many there are.

    Behind the last token all but the kinds go on for a few places, with ends that have no word. So
    what stands next to a token can be looked at without asking whether there is anything; -1, too,
    is such a place.
    """

    __slots__ = ("_first_speech", "bits", "kinds", "quoted", "raw", "size", "words")

    def __init__(
        self,
        words: list[str],
        raw: list[str],
        quoted: Sequence[int],
        bits: list[int] | None = None,
        kinds: bytes = b"",
    ) -> None:
        self.size = len(words)
        if bits is None:
            bits, kinds = _looked_up(words, quoted)
        self.kinds = kinds
        self.words, self.raw, self.bits = words + _NO_WORDS, raw + _NO_RAW, bits + _NO_BITS
        self.quoted: Sequence[bool] = bytes(quoted) + _NO_QUOTES  # type: ignore[assignment]
        self._first_speech = -1

    def word(self, at: int) -> str:
        """Return the token at a place, "" outside the sentence."""
        return self.words[at] if 0 <= at < self.size else ""

    def is_(self, at: int, mask: int) -> bool:
        """Whether the token at a place is one of a class; outside the sentence it is an end."""
        return bool((self.bits[at] if 0 <= at < self.size else ENDS) & mask)

    def capital(self, at: int) -> bool:
        """Whether the token at a place begins with a capital."""
        return 0 <= at < self.size and self.raw[at][0].isupper()

    def closes(self, at: int) -> bool:
        """Whether what stands at a place of the sentence may end what somebody says."""
        return self.quoted[at] or self.words[at] in MAY_END

    def find(self, at: int, mask: int, reach: int = REACH) -> int:
        """First unquoted token of a class from ``at`` on; 0 if none is near."""
        bits, quoted, end = self.bits, self.quoted, min(at + reach, self.size)
        question = _FOUND.get(mask)
        if question is not None:
            ahead = self.kinds[at:end].translate(question).find(1)
            return 0 if ahead < 0 else at + ahead
        for index in range(at, end):
            if bits[index] & mask and not quoted[index]:
                return index
        return 0

    def left_of(self, at: int, passed: int) -> int:
        """Return the token before ``at``, adverbs or whatever else is passed over."""
        bits, quoted = self.bits, self.quoted
        index = at - 1
        while index >= 0 and bits[index] & passed and not quoted[index]:
            if not index and not bits[0] & passed & ~LY:
                break
            index -= 1
        return index

    def all_quoted(self, start: int, end: int) -> bool:
        """Whether these tokens are quotations and nothing else."""
        return start < end and self.quoted[start] and False not in self.quoted[start:end]

    def first_speech(self) -> int:
        """Return the first token at which somebody is said to say something; the size if none."""
        if self._first_speech < 0:
            told = compress(range(1, self.size), self.kinds[1:].translate(SPEECHES))
            self._first_speech = next(filter(self.verbal, told), self.size)
        return self._first_speech

    def verbal(self, at: int) -> bool:
        """Whether a verb of speech is one here: no noun, name, infinitive or passive."""
        if self.raw[at][0].isupper() or self.bits[at - 1] & (DETERMINER | BE):
            return False
        return self.words[at - 1] != "to"


#: What is looked for by searching bytes.
_FOUND = {COMMA: COMMAS, ENDS: ENDINGS, SUBORDINATE: SUBORDINATES}


def _looked_up(words: list[str], quoted: Sequence[int]) -> tuple[list[int], bytes]:
    """Return the bits and the kinds of the tokens of one sentence."""
    bits, kinds = list(map(BITS.__getitem__, words)), bytearray(map(KINDS.__getitem__, words))
    for point in after_titles(words):
        bits[point], kinds[point] = 0, NO_KIND
    if True in quoted:
        kinds = bytearray(map(add, kinds, map(QUOTED.__mul__, quoted)))
    return bits, bytes(kinds)


def after_titles(words: list[str]) -> list[int]:
    """Return the points that end nothing: after a title, if not the only one and at the end.

    Examples
    --------
    >>> after_titles(["mr", ".", "orlan", "left", "."])
    [1]
    """
    found: list[int] = []
    points = words.count(".")
    if points > 1 or (points and words[-1] != "."):
        index = -1
        for _ in range(points):
            index = words.index(".", index + 1)
            if index and BITS[words[index - 1]] & TITLE:
                found.append(index)
    return found


def has_verb(line: Line, start: int, end: int) -> bool:
    """Whether a finite verb is likely among these tokens."""
    start, end = max(start, 0), min(end, line.size, start + REACH)
    kinds = line.kinds[start:end]
    if 1 in kinds.translate(SURE_VERBS):
        return True
    commas = 0
    for index in compress(range(start, end), kinds.translate(VERBS)):
        if line.bits[index] & COMMA:
            commas += 1
        elif index > start and _verb_in_context(line, index, start, end, commas):
            return True
    return False


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
    return (
        index > start + 1
        and line.raw[index].islower()
        and bool(before & PRONOUN or line.raw[index - 1][0].isupper())
    )


def relative(line: Line, that: int) -> bool:
    """Whether "that" opens a relative clause: a verb follows at once."""
    return line.is_(that + 1, AUXILIARY | PAST | PRESENT | ED) and not line.is_(that + 1, NOMINAL)


def complement(line: Line, at: int, reach: int = 10) -> int:
    """Where the that-clause or question of a verb begins; 0 if none follows closely."""
    bits = line.bits
    if line.words[at + 1] == "," and not line.quoted[at + 1]:
        that = line.find(at + 3, COMMA, 7) + 1  # said, however, that …
        return that + 1 if that > 1 and line.is_(that, THAT) and not quoted_at(line, that) else 0
    ahead = line.kinds[at + 1 : at + reach].translate(DECIDES)
    place = -1
    while (place := ahead.find(1, place + 1)) >= 0:
        index = at + 1 + place
        kind = bits[index]
        if line.quoted[index]:
            return 0
        if kind & THAT:
            if index == at + 1:
                return index + 1
            carried = bits[index - 1] & NOUN and not bits[index - 1] & DAY
            return 0 if carried or relative(line, index) else index + 1
        if kind & QUESTION and line.words[index] in ("whether", "how", "why"):
            over = index == at + 2 and bits[index - 1] & PREPOSITION
            if index == at + 1 or over or bits[at] & ASK:
                return index
        if kind & (ENDS | AUXILIARY | CUT) or line.words[index] == ":":
            return 0
        if index > at + 1 and kind & SAY and not bits[index - 1] & DETERMINER:
            return 0
    return 0


def clause_end(line: Line, at: int, mode: int = Mode.CLAUSE) -> int:
    """First token after the clause: the sentence's end, or where the author takes over."""
    bits, quoted = line.bits, line.quoted
    end = min(line.size, at + REACH)
    passed = 0
    for index in compress(range(at, end), line.kinds[at:end].translate(BREAKS)):
        if index < passed:
            continue
        kind = bits[index]
        if kind & CUT or (kind & DASH and index > at):
            passed = _past_insertion(line, index)
            if not passed:
                return index
        elif kind & COMMA:
            if mode & Mode.FRONTED and index > at + 1:
                return index
            if _goes_on_without(line, at, index, mode) or (
                _turns(line, index + 1, mode) and not _only_fronted(line, at, index, mode)
            ):
                return index
        elif kind & AND and _goes_on_without(line, at, index, mode):
            return index
    while end > at and bits[end - 1] & POINT and not quoted[end - 1]:
        end -= 1
    return end


_LONGEST_INSERTION = 40


def _past_insertion(line: Line, opening: int) -> int:
    """Where a clause goes on behind what stands in brackets or dashes, or behind "; that"."""
    if line.words[opening] == ";":
        after = opening + 1 + line.is_(opening + 1, AND)
        return after if line.is_(after, THAT) else 0
    closer = ")" if line.words[opening] == "(" else line.words[opening]
    last = min(opening + _LONGEST_INSERTION, line.size)
    for index in range(opening + 2, last):
        if line.words[index] == closer and not line.quoted[index]:
            return 0 if line.is_(index + 1, ENDS | AND | TAKE_BACK) else index + 1
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
    kind, word = line.bits[at], line.words[at]
    if kind & TAKE_BACK:
        if line.word(at + 1) == "on" and line.word(at + 3) == "other":
            return False  # on the one hand …, yet on the other
        if line.word(at + 1) in ("that", "also", "not", "instead", "if", "when", "only"):
            return False
        return not _shifted(line, at + 1)
    if kind & AND:
        return (
            frame_in(line, at + 1)
            or line.is_(at + 1, HAVE)
            or line.word(at + 1) in ("for", "on", "this", "yet", "then")
            or bool(mode & Mode.PARTICIPLE and _new_clause(line, at + 1))
        )
    if word == "which":
        return line.word(at + 1) in ("is", "was") and not has_verb(line, at + 2, at + 6)
    if word == "according" or (kind & SAYING and not quoted_at(line, at)):
        return True
    if word in ("a", "an", "the") and line.is_(at + 1, NOUN) and line.is_(at + 2, THAT):
        return True  # a charge that she denies
    return frame_in(line, at)


def _shifted(line: Line, at: int) -> bool:
    """Whether a clause stands in the tense of what was said: ", but it would cost more"."""
    if not line.is_(at, PRONOUN | NOMINAL):
        return False
    for index in range(at + 1, min(at + 7, line.size)):
        if line.bits[index] & (ENDS | PAST | ED) or line.quoted[index]:
            return False
        if line.bits[index] & AUXILIARY:
            return line.words[index] in ("would", "could") and line.word(index + 1) != "never"
    return False


def quoted_at(line: Line, at: int) -> bool:
    """Whether a token stands between quotation marks."""
    return 0 <= at < line.size and line.quoted[at]


def _new_clause(line: Line, at: int) -> bool:
    """Whether a clause with a subject and a verb of its own begins here."""
    return not line.is_(at, THAT | AUXILIARY | ED) and has_verb(
        line, at, line.find(at, ENDS) or line.size
    )


def _goes_on_without(line: Line, start: int, at: int, mode: int) -> bool:
    """Whether the main clause goes on here with another verb of its subject.

    That is heard where a quotation has just closed, or where the clause itself has no finite
    verb: "urged them to leave and called the police".
    """
    closed = at > start and line.quoted[at - 1]
    if not closed and not mode & Mode.BARE:
        return False
    verb = at + 1 + (line.bits[at] & COMMA > 0 and line.is_(at + 1, AND | TAKE_BACK))
    if line.is_(verb, LY):
        verb += 1
    if not line.is_(verb, PAST | ED | HAVE) or quoted_at(line, verb):
        return False
    return closed or not any(bits & AUXILIARY for bits in line.bits[start:at])


def frame_in(line: Line, at: int) -> bool:
    """Whether another source is introduced before the next comma."""
    if line.is_(at, AUXILIARY):
        return False  # the subject stands before: ", should write to her"
    kinds = line.kinds[at : at + 9]
    for index in compress(range(at, at + 9), kinds.translate(FRAMES)):
        if line.verbal(index):
            return 1 not in kinds[: index - at].translate(FRAMES_END)
    return False


def clause_start(line: Line, at: int) -> int:
    """Where the clause that ends at token ``at`` begins."""
    bits, words = line.bits, line.words
    end = max(at - REACH, -1)
    back = line.kinds[end + 1 : max(at + 1, 0)].translate(STARTS)[::-1]
    for index in compress(range(at, end, -1), back):
        if bits[index] & COMMA:
            if line.first_speech() < index and frame_in(line, index + 1):
                return index + 1 + line.is_(index + 1, AND)
        elif words[index] in (";", ":") or (
            words[index] in ("but", "while", "although", "though")
            and (index == 0 or bits[index - 1] & COMMA)
        ):
            return index + 1
    return max(at - REACH + 1, 0)


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
            before = line.word(index - 1)
            return index - (before in ("ever", "not"))
    return 0
