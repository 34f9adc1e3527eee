"""A line: one sentence, as the rooms of hearing look at its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import add

from framing.grammar import (
    BE,
    BITS,
    CAPITAL,
    COMMA,
    DETERMINER,
    ENDS,
    LY,
    SUBORDINATE,
    TITLE,
    WRITTEN,
)
from framing.kinds import (
    COMMAS,
    ENDINGS,
    KINDS,
    NO_KIND,
    QUOTED,
    SPEECHES,
    SUBORDINATES,
    SURE,
    Question,
)

__all__ = [
    "BEHIND",
    "MAY_END",
    "NO_BITS",
    "NO_WORD",
    "REACH",
    "Line",
    "after_titles",
]

#: No clause is followed further than this many tokens.
REACH = 250
_NO_VERB_BEHIND = DETERMINER | BE
#: What may end what somebody says.
MAY_END = frozenset(",?!")


#: For so many places the columns of a line go on behind its last token, with these.
BEHIND = 5
NO_WORD, NO_BITS = "", ENDS
_NO_WORDS, _NO_BITS = [NO_WORD] * BEHIND, [NO_BITS] * BEHIND
_NO_QUOTES = bytes(BEHIND)
_NOWHERE = (-1, 0, 0)


class Line:
    """The tokens of one sentence, as the rooms of hearing see them.

    Parameters
    ----------
    words, raw : list of str
        Its tokens, normalised and as written.
    quoted : sequence of bool
        Which of them stand between quotation marks; bytes will do.

    Attributes
    ----------
    words : list of str
    quoted : sequence of bool
    marked : bool
        Whether any of them stands between quotation marks.
    bits : list of int
        What each word can be and how it is written, see :mod:`framing.grammar`; nothing for the
        point of an abbreviation (:func:`after_titles`).
    kinds : bytes
        The kind of each token, see :mod:`framing.kinds`.
    size : int
        How many there are.
    ended : tuple of (int, int, int)
        Of the clause last followed to its end, start, mode and end; it may be asked for again.

    Behind the last token all but the kinds go on for a few places, with ends that have no word. So
    what stands next to a token can be looked at without asking whether there is anything; -1, too,
    is such a place.
    """

    __slots__ = ("_first_speech", "bits", "ended", "kinds", "marked", "quoted", "size", "words")

    def __init__(self, words: list[str], raw: list[str], quoted: Sequence[int]) -> None:
        self.size = len(words)
        bits, self.kinds = _looked_up(words, raw, quoted)
        self.words, self.bits = words + _NO_WORDS, bits + _NO_BITS
        self.quoted: Sequence[bool] = bytes(quoted) + _NO_QUOTES  # type: ignore[assignment]
        self.marked, self._first_speech, self.ended = 1 in quoted, -1, _NOWHERE

    @classmethod
    def ready(
        cls, size: int, words: list[str], quoted: bytes, bits: list[int], kinds: bytes
    ) -> Line:
        """Return a line whose columns, but the kinds, go on behind it already."""
        line = cls.__new__(cls)
        line.size, line.words, line.bits, line.kinds = size, words, bits, kinds
        line.quoted = quoted  # type: ignore[assignment]
        line.marked, line._first_speech, line.ended = 1 in quoted, -1, _NOWHERE
        return line

    def word(self, at: int) -> str:
        """Return the token at a place, "" outside the sentence."""
        return self.words[at] if 0 <= at < self.size else ""

    def is_(self, at: int, mask: int) -> bool:
        """Whether the token at a place is one of a class; outside the sentence it is an end."""
        return bool((self.bits[at] if 0 <= at < self.size else ENDS) & mask)

    def capital(self, at: int) -> bool:
        """Whether the token at a place begins with a capital."""
        return self.bits[at] & CAPITAL > 0

    def closes(self, at: int) -> bool:
        """Whether what stands at a place of the sentence may end what somebody says."""
        return self.quoted[at] or self.words[at] in MAY_END

    def find(self, at: int, mask: int, reach: int = REACH) -> int:
        """First unquoted token of a class from ``at`` on; 0 if none is near."""
        question = _FOUND.get(mask)
        if question is not None:
            ahead = self.kinds[at : at + reach].translate(question).find(1)
            return 0 if ahead < 0 else at + ahead
        bits, quoted = self.bits, self.quoted
        for index in range(at, min(at + reach, self.size)):
            if bits[index] & mask and not quoted[index]:
                return index
        return 0

    def ones(self, question: Question, start: int, end: int) -> Iterator[int]:
        """Return the tokens of which a question says 1, up to the first with a sure answer."""
        answers = self.kinds[start:end].translate(question)
        sure = answers.find(SURE)
        return compress(range(start, end), answers if sure < 0 else answers[:sure])

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
            told = filter(self.verbal, self.ones(SPEECHES, 1, self.size))
            self._first_speech = next(told, self.size)
        return self._first_speech

    def verbal(self, at: int) -> bool:
        """Whether a verb of speech is one here: no noun, name, infinitive or passive."""
        if self.bits[at] & CAPITAL or self.bits[at - 1] & _NO_VERB_BEHIND:
            return False
        return self.words[at - 1] != "to"


#: What is looked for by searching bytes.
_FOUND = {COMMA: COMMAS, ENDS: ENDINGS, SUBORDINATE: SUBORDINATES}


def _looked_up(words: list[str], raw: list[str], quoted: Sequence[int]) -> tuple[list[int], bytes]:
    """Return the bits and the kinds of the tokens of one sentence."""
    bits, kinds = list(map(WRITTEN.__getitem__, raw)), bytearray(map(KINDS.__getitem__, words))
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
