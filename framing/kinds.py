"""Kinds of tokens, one byte each: a walk that looks for the next of something searches bytes.

The rooms of hearing ask again and again for the next comma, the next verb, the nearest word before
which a subject ends. All that they ask so stands here, each question as a table of 256 bytes.
Tokens for which all questions have the same answers are of one kind, a number below 128, plus 128
between quotation marks; a sentence is the bytes of its tokens' kinds. ``kinds.translate(table)``
is then a row of ones and zeros, in which ``find`` is as fast as a loop looks at one token. A
question whose ones need a second look may have twos (:data:`SURE`), which need none.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from framing.grammar import (
    AND,
    AUXILIARY,
    BITS,
    COMMA,
    CUT,
    DASH,
    ED,
    ENDS,
    ES,
    FINITE,
    INSTRUMENT,
    LOOK,
    PAST,
    PREPOSITION,
    PRESENT,
    PRONOUN,
    QUESTION,
    SAY,
    SAYING,
    SPEECH,
    STOP,
    SUBORDINATE,
    TAKE_BACK,
    THAT,
)

__all__ = [
    "BREAKS",
    "COMMAS",
    "DECIDES",
    "ENDINGS",
    "FRAMES",
    "FRAMES_END",
    "FRONTINGS",
    "HEAD_ENDS",
    "INFINITIVES",
    "INSTRUMENTS",
    "INTERROGATIVES",
    "KINDS",
    "NO_KIND",
    "PAUSES",
    "PHRASE_ENDS",
    "QUOTED",
    "SPEECHES",
    "STARTS",
    "SUBJECT_ENDS",
    "SUBORDINATES",
    "SURE",
    "SURE_VERBS",
    "VERBS",
]

#: Added to the kind of a token between quotation marks.
QUOTED = 128
#: The answer for what needs no second look.
SURE = 2


class Question(bytearray):
    """What is asked of a token, answered by its kind: 256 times 0, 1 or 2.

    Parameters
    ----------
    mask : int
        Classes of which a word must be able to be one.
    but : int
        Classes of which it must not.
    sure : int
        Those of the classes for which the answer is :data:`SURE`.
    words, but_words, sure_words : collection of str
        Words for which the answer is yes, no, or :data:`SURE`, whatever their classes.
    quoted : int or None
        The answer for all that stands between quotation marks; None if the marks do not matter.
    """

    def __init__(
        self,
        mask: int,
        *,
        but: int = 0,
        sure: int = 0,
        words: Collection[str] = (),
        but_words: Collection[str] = (),
        sure_words: Collection[str] = (),
        quoted: int | None = 0,
    ) -> None:
        super().__init__(2 * QUOTED)
        self.mask, self.but, self.sure = mask, but, sure
        self.words, self.but_words, self.sure_words = words, but_words, sure_words
        self.quoted = quoted

    @property
    def named(self) -> tuple[str, ...]:
        """The words whose classes do not tell the answer."""
        return *self.words, *self.but_words, *self.sure_words

    def asked(self, word: str) -> int:
        """Return the answer for a word in the author's text."""
        bits = BITS[word]
        if bits & self.sure or word in self.sure_words:
            return SURE
        is_one = bits & self.mask and not bits & self.but and word not in self.but_words
        return bool(is_one or word in self.words)

    def learn(self, kind: int, answer: int) -> None:
        """Note the answer for a kind."""
        self[kind] = answer
        self[kind + QUOTED] = answer if self.quoted is None else self.quoted


COMMAS = Question(COMMA)
ENDINGS = Question(ENDS)
SUBORDINATES = Question(SUBORDINATE)
#: Where a subject may end, on the way to the left; where a noun phrase may, to the right.
SUBJECT_ENDS = Question(
    STOP | LOOK | THAT | TAKE_BACK | AND | SUBORDINATE | AUXILIARY | SAY,
    sure=COMMA,
    sure_words=(";", ":", "that", "but", "because", "?", "!"),
    quoted=SURE,
)
PHRASE_ENDS = Question(
    STOP | DASH | COMMA | AND,
    words=("but", "that", "as", "when", "(", ":", "who", "which", "whose"),
    quoted=True,
)
#: Where the head of a noun phrase ends.
HEAD_ENDS = Question(PREPOSITION, words=("close", "near"), quoted=None)
#: What decides something between a verb and its clause.
DECIDES = Question(THAT | QUESTION | LOOK | SAY, sure=ENDS | AUXILIARY | CUT, quoted=SURE)
#: Where a question begins behind its verb, where an infinitive may; and what is said may stand
#: before the verb behind "what".
INTERROGATIVES = Question(QUESTION, sure=ENDS, sure_words=("for", "about", "of"), quoted=SURE)
INFINITIVES = Question(0, words=("to",), sure=ENDS, quoted=SURE)
FRONTINGS = Question(0, words=("what", "which", "whom"), sure=ENDS, quoted=SURE)
#: Where a clause may end, and before what one may begin.
BREAKS = Question(COMMA | CUT | DASH | AND)
PAUSES = Question(COMMA | CUT | DASH)
STARTS = Question(COMMA | STOP | LOOK | TAKE_BACK)
#: What is a finite verb, and what may be one or tells of one.
SURE_VERBS = Question(AUXILIARY | PRESENT, but_words=("'s",))
VERBS = Question(AUXILIARY | PRESENT | PAST | ED | ES | FINITE | PRONOUN | COMMA)
SPEECHES = Question(SAY)
#: What may introduce a source, and what ends the search for one.
FRAMES = Question(SPEECH, but=SAYING, quoted=None)
FRAMES_END = Question(ENDS, quoted=None)
INSTRUMENTS = Question(INSTRUMENT, quoted=None)

_QUESTIONS = (
    *(COMMAS, ENDINGS, SUBORDINATES, SUBJECT_ENDS, PHRASE_ENDS, DECIDES, BREAKS, PAUSES),
    *(INTERROGATIVES, INFINITIVES, FRONTINGS),
    *(STARTS, HEAD_ENDS, SURE_VERBS, VERBS, SPEECHES, FRAMES, FRAMES_END, INSTRUMENTS),
)
_NAMED = frozenset(word for one in _QUESTIONS for word in one.named)

#: The kind of a token of which all is denied.
NO_KIND = 0


class _Kinds(dict[str, int]):
    """Normalised token → its kind, worked out when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._by_answers: dict[tuple[int, ...], int] = {}
        self._by_bits: dict[int, int] = {}
        self._kind((0,) * len(_QUESTIONS))  # NO_KIND

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        bits = BITS[word]
        kind = self._by_bits.get(bits)
        if kind is None or word in _NAMED:
            kind = self._kind(tuple([question.asked(word) for question in _QUESTIONS]))
            if word not in _NAMED:
                self._by_bits[bits] = kind
        self[word] = kind
        return kind

    def _kind(self, answers: tuple[int, ...]) -> int:
        kind = self._by_answers.get(answers)
        if kind is None:
            # Threads may meet the same answers at once: each takes a number of its own, whose
            # answers are known before anybody is told of it, and all keep the first.
            kind = next(self._numbers)
            if kind >= QUOTED:
                raise OverflowError("more kinds of tokens than a byte holds")
            for question, answer in zip(_QUESTIONS, answers, strict=True):
                question.learn(kind, answer)
            kind = self._by_answers.setdefault(answers, kind)
        return kind


KINDS = _Kinds()
