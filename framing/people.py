"""People: who is named in an article, so that a pronoun or a surname can be followed back.

Plain rules, and no list of names: the nearest person before who has been named is meant. What
is concluded so is marked as concluded; it is a help for reading, never evidence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from framing.grammar import (
    BITS,
    DAY,
    DETERMINER,
    OBLIQUE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    ROLE,
    TITLE,
    VAGUE,
)
from framing.line import Line
from framing.speakers import main_subject
from framing.text import Sentence

__all__ = ["People", "Speaker"]

_PARTICLES = frozenset(["al", "bin", "da", "de", "del", "den", "der", "di", "la", "van", "von"])
_PERSON = frozenset(["he", "she", "him", "her"])
_PLURAL = frozenset(["they", "them", "we"])
_LEADING = frozenset(["maybe", "perhaps", "whatever"])
_LOOK_BACK = 8
_MOST_NEAR = 50
_MALE = frozenset(["mr", "sir", "lord"])
_FEMALE = frozenset(["mrs", "ms", "miss", "dame", "lady"])


class Speaker(NamedTuple):
    """A source, and how it was found.

    Attributes
    ----------
    name : str or None
        By the fullest name known.
    as_written : str or None
        What the sentence itself calls it.
    resolved : bool
        Whether `name` is a conclusion from what stands before.
    source : str or None
        What is known of a source that the sentence itself does not name.
    """

    name: str | None
    as_written: str | None
    resolved: bool
    source: str | None = None


class _Met(NamedTuple):
    """Somebody or something that was mentioned."""

    sentence: int
    place: int
    name: str
    sure: bool


class People:
    """Those whom an article has named so far."""

    def __init__(self) -> None:
        self._by_surname: dict[str, str] = {}
        self._sure: set[str] = set()
        self._met: list[_Met] = []
        self._bodies: list[tuple[int, str]] = []
        self._subject: tuple[int, str] | None = None
        self._many: list[str] = []
        self._last: str | None = None
        self._last_source: str | None = None
        self._sources: dict[str, str | None] = {}

    def meet(self, number: int, sentence: Sentence) -> None:
        """Note whom a sentence names in the author's own words or another's paraphrase."""
        quotations = [(v.start, v.end) for v in sentence.voices if v.kind == "quotation"]
        starts = sentence.tokens.starts
        for first, last, sure in _names(sentence):
            at = bisect_right(quotations, (starts[first], len(sentence.text))) - 1
            if at < 0 or quotations[at][1] <= starts[first]:
                self._note(number, first, _text(sentence, first, last), sure)
        subject = _thing(sentence)
        if subject is not None:
            self._subject = number, _text(sentence, *subject)

    def _note(self, number: int, place: int, name: str, sure: bool) -> None:
        surname = name.rpartition(" ")[2]
        if " " in name:
            self._by_surname.setdefault(surname, name)
        full = self._by_surname.get(surname)
        if full is None:
            return
        if sure:
            self._sure.add(full)
        self._met.append(_Met(number, place, full, full in self._sure))

    def speaker(
        self,
        number: int,
        sentence: Sentence,
        span: tuple[int, int] | None,
        source: str | None,
        *,
        framed: bool,
    ) -> Speaker:
        """Return who speaks, by what a sentence calls the source.

        Parameters
        ----------
        number : int
            The sentence's.
        sentence : Sentence
        span : tuple of (int, int) or None
            Half-open token numbers of the source.
        source : str or None
            ``"named"``, ``"unnamed"`` or ``"vague"``, as the sentence alone has it.
        framed : bool
            Whether the sentence says at all that somebody speaks.
        """
        if span is None:
            # Speech alone: the last who spoke; in a passive, nobody is named.
            if framed or self._last is None:
                return Speaker(None, None, False)
            return Speaker(self._last, None, True, self._last_source)
        span = _trimmed(sentence, span)
        written = _text(sentence, *span)
        word = sentence.tokens.words[span[0]]
        if span[1] - span[0] == 1 and BITS[word] & (PRONOUN | OBLIQUE):
            name = self._whom(number, sentence, span[0], word)
            source = self._sources.get(name or "", "named" if name and word in _PERSON else None)
            return Speaker(name or written, written, name is not None, source)
        name, known = _name_in(sentence, span), source
        if name is None:
            name = _name_behind(sentence, span[1])
            known = "named" if name else source
        if name is None:
            self._spoke(number, written, source)
            return Speaker(written, written, False, source)
        full = self._by_surname.get(name.rpartition(" ")[2], name)
        if full in self._sure or " " not in name:
            name = full
        if len(name.split()) > 1 and not BITS[sentence.tokens.words[span[0]]] & DETERMINER:
            self._note(number, span[0], name, False)
        self._spoke(number, name, known)
        return Speaker(name, written, False, known)

    def _spoke(self, number: int, name: str, source: str | None) -> None:
        self._last, self._last_source = name, source
        self._sources[name] = source
        if name not in self._sure:
            head = name.split(" of ")[0].split(" at ")[0].split(",")[0].split(" in ")[0]
            if _is_plural(head):
                self._many.append(name)
            else:
                self._bodies.append((number, name))

    def _whom(self, number: int, sentence: Sentence, place: int, word: str) -> str | None:
        """Follow a pronoun back."""
        if word == "it":
            return self._which(number)
        if word in _PLURAL:
            return self._many[-1] if self._many else None
        if word not in _PERSON:
            return None
        first = bisect_left(self._met, number - _LOOK_BACK, key=lambda one: one.sentence)
        near = self._met[max(first, len(self._met) - _MOST_NEAR) :]
        if not near:
            return self._last
        best = max(near, key=lambda one: (one.sentence + 1.5 * one.sure, -one.place))
        return best.name

    def _which(self, number: int) -> str | None:
        """Follow "it" back: to the body that has just spoken, else to what was spoken of."""
        spoke = self._bodies[-1] if self._bodies else None
        subject = self._subject
        before = number - 1
        if subject and subject[0] == before and (spoke is None or spoke[0] < before):
            return subject[1]
        return spoke[1] if spoke else None


def _trimmed(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """Leave out of a source what only leads to it: "for a leader who", "perhaps the mayor"."""
    words = sentence.tokens.words
    first, last = span
    if words[last - 1] == ")" and "(" in words[:first]:
        # "Marcus Odell (Ind, Stoke Abbas) said": the name stands before the bracket.
        last = max(at for at in range(first) if words[at] == "(")
        first = last
        while first and _capital(sentence.tokens.raw[first - 1]):
            first -= 1
        if first == last:
            return span
    while first + 1 < last and (BITS[words[first]] & PREPOSITION or words[first] in _LEADING):
        first += 1
    for at in range(first + 1, last):
        if BITS[words[at]] & RELATIVE:
            last = at
            break
    if last - first > 1 and BITS[words[last - 1]] & PRONOUN:
        first = last - 1
    return first, last


def _name_behind(sentence: Sentence, last: int) -> str | None:
    """Return the name set behind a description: "his agent, Benny Kalou, …"."""
    tokens = sentence.tokens
    if tokens.words[last : last + 1] != [","]:
        return None
    for first, end in _runs(tokens.raw, tokens.words, last + 1, len(tokens)):
        closed = end == len(tokens) or tokens.raw[end] in (",", ".")
        if first == last + 1 and closed and end - first in (2, 3):
            return _text(sentence, first, end)
        break
    return None


def _thing(sentence: Sentence) -> tuple[int, int] | None:
    """Return the subject with which a sentence begins, if "it" can stand for it: "the report"."""
    tokens = sentence.tokens
    words = tokens.words
    if len(words) < 3 or words[0] not in ("the", "a", "an"):
        return None
    line = Line(words, tokens.raw, bytes(len(words)))
    span = main_subject(line, 0, known=False)
    return None if span is None or _is_plural(_text(sentence, *span)) else span


def _is_plural(head: str) -> bool:
    last = head.rpartition(" ")[2].lower()
    return (last.endswith("s") and not last.endswith(("ss", "us"))) or last == "people"


def _text(sentence: Sentence, first: int, last: int) -> str:
    """Return the words of some tokens as written, without the comma or clitic that ends them."""
    tokens = sentence.tokens
    while last > first + 1 and tokens.raw[last - 1] in (",", "'s", "’s", "'", "’"):
        last -= 1
    text = sentence.text[tokens.starts[first] : tokens.starts[last - 1] + len(tokens.raw[last - 1])]
    return " ".join(text.split())


def _capital(raw: str) -> bool:
    return raw[0].isupper() and raw[0].isalpha()


def _runs(
    raw: Sequence[str], words: Sequence[str], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised tokens, by token numbers."""
    at = first
    while at < last:
        if not _capital(raw[at]):
            at += 1
            continue
        end = at + 1
        while end < last:
            point = raw[end] == "." and BITS[words[end - 1]] & TITLE
            joins = words[end] in _PARTICLES or raw[end] == "&"
            if _capital(raw[end]) or (point and end + 1 < last):
                end += 1
            elif joins and end + 1 < last and _capital(raw[end + 1]):
                end += 2
            else:
                break
        yield at, end
        at = end


def _names(sentence: Sentence) -> Iterator[tuple[int, int, bool]]:
    """Yield what looks like the name of a person, and whether it surely is one."""
    tokens = sentence.tokens
    raw, words = tokens.raw, tokens.words
    for first, last in _runs(raw, words, 0, len(raw)):
        begin, titled = _past_titles(words, first, last)
        if first and BITS[words[first - 1]] & ROLE:
            titled = True  # prosecutor Anil Chowdhury
        if begin == 0 and BITS[words[0]] & DETERMINER:
            begin = 1
        if begin >= last:
            continue
        named = titled or _is_described(words, raw, last)
        yield begin, last, named and not BITS[words[last - 1]] & (ROLE | VAGUE)


def _past_titles(words: Sequence[str], first: int, last: int) -> tuple[int, bool]:
    """Return where a name begins behind titles and offices, and whether there are any."""
    begin = first
    for at in range(first, last):
        if (BITS[words[at]] & (TITLE | ROLE) or words[at] == ".") and at + 1 < last:
            begin = at + 1
    return begin, begin > first


def _is_described(words: Sequence[str], raw: Sequence[str], last: int) -> bool:
    """``…, 67, …``, ``…, who …``, ``…, a lawyer, …``: what is said of people."""
    if last + 1 >= len(words) or words[last] != ",":
        return False
    after = words[last + 1]
    if after.isdigit() and len(after) < 3:
        return True
    return after in ("who", "whose")


def _name_in(sentence: Sentence, span: tuple[int, int]) -> str | None:
    """Return the name in a source, None if it goes by a description only."""
    tokens = sentence.tokens
    first, last = span
    words, raw = tokens.words, tokens.raw
    best: tuple[int, int] | None = None
    for start, end in _runs(raw, words, first, last):
        if any(BITS[word] & PREPOSITION or word == "(" for word in words[first:start]):
            break  # analysts at Corbin & Lowe
        if end < last and words[end] in ("'s", "'"):
            continue
        if all(BITS[word] & DAY for word in words[start:end]):
            continue
        begin, _ = _past_titles(words, start, end)
        if begin == 0 and end - begin == 1 and BITS[words[0]] & (ROLE | VAGUE | DETERMINER):
            continue
        if begin == 0 and BITS[words[0]] & DETERMINER:
            begin = 1 if end > 1 else begin
        if begin >= end:
            continue
        if best is None or end - begin >= best[1] - best[0]:
            best = (begin, end)
    if best is None:
        return None
    if best[1] < last and raw[best[1]].islower() and not BITS[words[best[1]]] & PREPOSITION:
        return None  # a Calloway spokesman
    return _text(sentence, *best)
