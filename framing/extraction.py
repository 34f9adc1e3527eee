"""All extractors over one sentence: one pass over the tokens, then the sentence functions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat

from framing.contract import finding, hearing, measuring, shaping
from framing.evidence import Evidence, Extractor, _nothing
from framing.lexicon import ANY, BLOCK, NOTHING, START, Entry, Trie
from framing.text import NORMAL, Sentence
from framing.values import TYPE_CHECKING, NamedTuple
from framing.voice import Heard, by_tokens, others

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Extraction"]

#: The extractor that asks for marks in another's voice, renamed ``quoted.family``.
QUOTED = "quoted"
_MEMO_LIMIT = 200_000
#: What ``Evidence(*fields)`` does, three times as fast.
_evidence = partial(tuple.__new__, Evidence)


class _Known(NamedTuple):
    """What is known of a token as written, whatever stands around it.

    ``features`` compete with those of phrases, ``alone`` are the names under which the token
    counts where no phrase stands, in the author's voice and in another's.
    """

    word: str
    shapes: tuple[str, ...]
    features: tuple[str, ...]
    longer: Trie | None
    alone: _Counted


class _Memo(dict[str, _Known]):
    """Token as written → what is known of it, worked out when first met."""

    def __init__(self, extraction: Extraction, initial: bool) -> None:
        super().__init__()
        self._extraction, self._initial = extraction, initial

    def __missing__(self, raw: str) -> _Known:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        known = self[raw] = self._extraction.look_up(raw, self._initial)
        return known


def seen_as(raw: str, initial: bool) -> tuple[str, str]:
    """Return under which form lexicons know a token, and as what its shape is seen.

    Examples
    --------
    >>> seen_as("Hope", initial=False), seen_as("Hope", initial=True)
    (('hope', 'Hope'), ('hope', 'hope'))
    """
    # In the text, the lexicons' own signs are signs like others.
    word = "" if raw in (ANY, START) else NORMAL[raw]
    # The first word of a sentence has a capital that says nothing.
    return word, raw if not (initial and word) or (raw.isupper() and len(raw) > 1) else word


class _Families(dict[str, str]):
    """Feature → its family, the part before the first point."""

    def __missing__(self, feature: str) -> str:
        family = self[feature] = feature.partition(".")[0]
        return family


#: For the author's voice and another's: the names under which something counts there.
_Counted = tuple[tuple[str, ...], tuple[str, ...]]
_NOWHERE: _Counted = (), ()


class Extraction:
    """A set of extractors made ready to run together.

    Parameters
    ----------
    extractors : iterable of Extractor
    keeps : callable
        Name under which a phrase or shape counts → whether it is wanted. By default all are; the
        name is "" of what does not count at all.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "interjection")
    >>> text = "Also, a justification to stay is much needed."
    >>> [text[e.start : e.end] for e in extraction.evidence(Sentence(text))]
    ['Also', 'is much needed']
    """

    def __init__(
        self, extractors: Iterable[Extractor], keeps: Callable[[str], bool] = bool
    ) -> None:
        self.extractors = tuple(extractors)
        self._keeps = keeps
        lexicons = [one.lexicon for one in self.extractors if one.lexicon]
        self.trie = Trie(lexicons)
        self._shapes = [shape for one in self.extractors if (shape := shaping(one))]
        self.finders = [one for one in self.extractors if one.find is not _nothing]
        self._measures = [measure for one in self.extractors if (measure := measuring(one))]
        self._hearers = [hear for one in self.extractors if (hear := hearing(one))]
        self.opinions = frozenset(one.name for one in self.extractors if one.opinion)
        self.overlapping = frozenset(one.name for one in self.extractors if one.overlapping)
        self._quoted = frozenset(one.name for one in self.extractors if one.quoted)
        self._echoed = (
            frozenset(one.name for one in self.extractors if not (one.quoted or one.overlapping))
            if any(one.name == QUOTED for one in self.extractors)
            else frozenset()
        )
        self._families = _Families()
        self._named: dict[str, _Counted] = {BLOCK: _NOWHERE}
        self._start = self.trie[START]
        self._memo = _Memo(self, initial=False)
        self._initial = _Memo(self, initial=True)

    def look_up(self, raw: str, initial: bool) -> _Known:
        """Work out what is known of a token.

        Parameters
        ----------
        raw : str
            The token as written.
        initial : bool
            Whether it stands where a capital says nothing.
        """
        word, seen = seen_as(raw, initial)
        features, longer = self.trie[word]
        if features and seen[0].isupper():
            features = self.without_opinions(features)
        shapes = self.shapes(seen)
        return _Known(word, shapes, features, longer, self.names((*shapes, *features)))

    def names(self, features: Iterable[str]) -> _Counted:
        """Return the names under which features count in the author's voice and in another's."""
        own, other = _NOWHERE
        for feature in features:
            more_own, more_other = self._name(feature)
            own, other = own + more_own, other + more_other
        return own, other

    def _name(self, feature: str) -> _Counted:
        found = self._named.get(feature)
        if found is None:
            names = feature, self.heard(feature, by_other=True)
            own, other = ((name,) if self._keeps(name) else () for name in names)
            found = self._named[feature] = own, other
        return found

    def shapes(self, raw: str) -> tuple[str, ...]:
        """Features of a single token's shape."""
        found: tuple[str, ...] = ()
        for shape in self._shapes:
            found += shape(raw)
        return found

    def matches(self, raw: Sequence[str], other: Sequence[bool] | None = None) -> list[Any]:
        """Find phrases and shapes in tokens as written.

        Parameters
        ----------
        raw : sequence of str
            All tokens of one sentence.
        other : sequence of bool, optional
            Which of them somebody else than the author speaks.

        Returns
        -------
        list of start, end, name, start, end, name, …
            Half-open token numbers, by start, and the name under which the mark counts. Of the
            phrases of one family that begin inside each other only the first and longest,
            unless the family is overlapping. One flat list, for there are many marks.
        """
        first = next((i for i, token in enumerate(raw) if token[0].isalnum()), -1)
        titled = first >= 0 and in_title_case(raw, first)
        known = list(map((self._initial if titled else self._memo).__getitem__, raw))
        begins = False  # whether a phrase of a sentence's beginning may stand at the first word
        if first >= 0:
            known[first] = self._initial[raw[first]]
            begins = _goes_on(self._start, known, first)
        found: list[Any] = []
        voices = other or [False] * len(raw)
        settled = 0
        last = len(known) - 1
        for index, (_, _, _, longer, alone) in enumerate(known):
            if index < settled:
                continue
            if longer is not None and index < last:
                following, gap = longer[known[index + 1].word], longer[ANY]
                if (following is not NOTHING and _goes_on(following, known, index + 2)) or (
                    gap is not NOTHING and _goes_on(gap, known, index + 2)
                ):
                    settled = self._window(known, index, first, voices, found)
                    continue
            if begins and index == first:
                settled = self._window(known, index, first, voices, found)
                continue
            end = index + 1
            for name in alone[voices[index]]:
                found += index, end, name
        return found

    def _window(
        self,
        known: Sequence[_Known],
        begin: int,
        first: int,
        voices: Sequence[bool],
        found: list[Any],
    ) -> int:
        """Settle phrases, see :meth:`_settle`, and give them the names under which they count."""
        window: list[tuple[int, int, str]] = []
        end = self._settle(known, begin, first, window)
        for start, stop, feature in window:
            for name in self._name(feature)[voices[start]]:
                found += start, stop, name
        return end

    def settled(
        self, raw: Sequence[str], initial: Sequence[bool], first: int
    ) -> list[tuple[int, int, str]]:
        """Settle which phrases count among some tokens of a sentence, whoever speaks them.

        Parameters
        ----------
        raw : sequence of str
            As many tokens as the phrases that begin among them reach.
        initial : sequence of bool
            Whether a token stands where a capital says nothing.
        first : int
            Which of them is the first word of the sentence, -1 if none is.

        Returns
        -------
        list of (start, end, feature)
            Half-open token numbers.
        """
        memos = (self._memo, self._initial)
        known = [memos[begins][token] for token, begins in zip(raw, initial, strict=True)]
        found: list[tuple[int, int, str]] = []
        index = 0
        while index < len(known):
            index = self._settle(known, index, first, found)
        return found

    def _settle(
        self,
        known: Sequence[_Known],
        begin: int,
        first: int,
        found: list[tuple[int, int, str]],
    ) -> int:
        """Settle what counts from a token on, until no phrase reaches further; return where."""
        taken: dict[str, int] = {}  # family → end of its last phrase of several tokens
        index, reach = begin, begin + 1
        while index < reach:
            _, shapes, features, longer, _ = known[index]
            end = index + 1
            found.extend([(index, end, feature) for feature in shapes])
            here: list[tuple[int, str]] = []
            if index == first:
                self._follow(self._start, known, index, here)
            if longer is not None and end < len(known):
                self._beyond(longer, known, end, here)
            if here or index > begin:
                here.extend([(end, feature) for feature in features])
                reach = max(reach, self._keep(here, index, taken, found))
            else:
                found.extend([(index, end, one) for one in features if one != BLOCK])
            index = end
        return reach

    def without_opinions(self, features: Iterable[str]) -> tuple[str, ...]:
        """Leave out the features of opinion: the word is a name."""
        return tuple(one for one in features if self._families[one] not in self.opinions)

    @staticmethod
    def _follow(
        entry: Entry, known: Sequence[_Known], at: int, here: list[tuple[int, str]]
    ) -> None:
        """Collect ``(end, feature)`` of every phrase that goes on from ``entry``."""
        for feature in entry.features:
            here.append((at, feature))  # noqa: PERF401 there are hardly ever two
        if entry.longer is not None and at < len(known):
            Extraction._beyond(entry.longer, known, at, here)

    @staticmethod
    def _beyond(
        longer: Trie, known: Sequence[_Known], at: int, here: list[tuple[int, str]]
    ) -> None:
        """Collect the same of the phrases that go on with a token, or with any."""
        for following in (longer[known[at].word], longer[ANY]):
            if following is not NOTHING:
                Extraction._follow(following, known, at + 1, here)

    def _keep(
        self,
        here: list[tuple[int, str]],
        index: int,
        taken: dict[str, int],
        found: list[tuple[int, int, str]],
    ) -> int:
        """Keep the longest phrase per family that is neither taken nor blocked.

        Returns the furthest end of a phrase.
        """
        families = self._families
        if len(here) == 1 and not taken and here[0][1] != BLOCK:
            ((end, feature),) = here
            found.append((index, end, feature))
            if end > index + 1:
                taken[families[feature]] = end
            return end
        longest: dict[str, int] = {}
        for end, feature in here:
            family = families[feature]
            if end > longest.get(family, 0):
                longest[family] = end
        blocked = longest.pop(BLOCK, 0)
        if blocked > taken.get(BLOCK, 0):
            taken[BLOCK] = blocked
        else:
            blocked = taken.get(BLOCK, 0)
        overlapping = self.overlapping
        for end, feature in here:
            family = families[feature]
            if family in overlapping or (
                (end > blocked or family not in self.opinions)
                and taken.get(family, 0) <= index
                and end == longest.get(family)
            ):
                found.append((index, end, feature))
        for family, end in longest.items():
            if end > index + 1 and taken.get(family, 0) <= index:
                taken[family] = end
        return max(taken.values(), default=0)

    def heard(self, feature: str, by_other: bool) -> str:
        """Return the name under which a mark counts in a voice; "" if it does not count."""
        if not by_other:
            return feature
        family = self._families[feature]
        if family in self._quoted:
            return feature
        return f"{QUOTED}.{family}" if family in self._echoed else ""

    def evidence(self, sentence: Sentence) -> list[Evidence]:
        """Return all evidence in a sentence, by start.

        Raises
        ------
        ExtractorError
            If an extractor fails, or yields what it did not declare or spans outside the sentence.
        """
        return self.marks(sentence).evidence(sentence)

    def marks(self, sentence: Sentence) -> Marks:
        """Return the same as marks, from which evidence can be made when it is wanted."""
        tokens = sentence.tokens
        voices = by_tokens(tokens, sentence.voices) if sentence.voices else []
        other = others(len(tokens), voices) if voices else None
        return Marks(
            self.matches(tokens.raw, other),
            list(self.measured(tokens.words)),
            list(self.voiced(len(tokens), voices)),
            list(self.sought(sentence, other)) if self.finders else [],
        )

    def measured(self, words: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Yield ``(feature, value)`` of the sentence as a whole."""
        for measure in self._measures:
            yield from measure(words)

    def voiced(self, size: int, voices: Sequence[Heard]) -> Iterator[tuple[int, int, str, float]]:
        """Yield ``(start, end, feature, value)`` by token numbers for the voices."""
        if voices:
            for hear in self._hearers:
                yield from hear(size, voices)

    def sought(self, sentence: Sentence, other: Sequence[bool] | None) -> Iterator[Evidence]:
        """Yield what the extractors' own functions find in a sentence, checked."""
        for one in self.finders:
            for mark in finding(one, sentence):
                name = self.heard(
                    mark.feature, other is not None and _spoken_by_other(mark, sentence, other)
                )
                if name:
                    yield mark if name == mark.feature else mark._replace(feature=name)


def _goes_on(entry: Entry, known: Sequence[_Known], at: int) -> bool:
    """Whether a phrase ends before a token, or may go on with it."""
    longer = entry.longer
    return bool(entry.features) or (
        longer is not None
        and at < len(known)
        and (longer[known[at].word] is not NOTHING or longer[ANY] is not NOTHING)
    )


class Marks(NamedTuple):
    """What was found in one sentence.

    Attributes
    ----------
    matched : list
        See :meth:`Extraction.matches`.
    measured : list of (feature, value)
        Of the sentence as a whole.
    voiced : list of (start, end, feature, value)
        Of its voices, by token numbers.
    sought : list of Evidence
        By the extractors' own functions.
    """

    matched: list[Any]
    measured: list[tuple[str, float]]
    voiced: list[tuple[int, int, str, float]]
    sought: list[Evidence]

    def total(self, weights: Mapping[str, float]) -> float:
        """Add up the marks by the weights of their features."""
        weight = weights.get
        total = sum(map(weight, self.matched[2::3], repeat(0.0)))
        for feature, value in self.measured:
            total += weight(feature, 0.0) * value
        for _, _, feature, value in self.voiced:
            total += weight(feature, 0.0) * value
        for mark in self.sought:
            total += weight(mark.feature, 0.0) * mark.value
        return total

    def evidence(self, sentence: Sentence) -> list[Evidence]:
        """Return the marks as evidence in their sentence, by start."""
        found = self._unsorted(sentence)
        found.sort()
        return found

    def by_feature(self, sentence: Sentence) -> dict[str, list[Evidence]]:
        """Return the same by feature."""
        grouped: dict[str, list[Evidence]] = {}
        for mark in self._unsorted(sentence):
            feature = mark[2]
            if feature in grouped:
                grouped[feature].append(mark)
            else:
                grouped[feature] = [mark]
        for marks in grouped.values():
            if len(marks) > 1:
                marks.sort()
        return grouped

    def _unsorted(self, sentence: Sentence) -> list[Evidence]:
        starts, raw = sentence.tokens.starts, sentence.tokens.raw
        matched, whole = self.matched, len(sentence.text)
        found = [
            _evidence((starts[start], starts[end - 1] + len(raw[end - 1]), feature, 1.0))
            for start, end, feature in zip(matched[::3], matched[1::3], matched[2::3], strict=True)
        ]
        found += [Evidence(0, whole, feature, value) for feature, value in self.measured]
        found += [
            Evidence(starts[start], starts[end - 1] + len(raw[end - 1]), feature, value)
            for start, end, feature, value in self.voiced
        ]
        found += self.sought
        return found


def in_title_case(raw: Sequence[str], first: int) -> bool:
    """Whether a sentence Writes Most Words Like This: capitals there make no names.

    Examples
    --------
    >>> in_title_case("Council Approves the Shameful Plan".split(), 0)
    True
    """
    if first + 2 >= len(raw) or not raw[first + 1][0].isupper():
        return False
    letters = [token[0].isupper() for token in raw if token[0].isalpha() and len(token) > 3]
    return len(letters) > 2 and sum(letters) > 0.75 * len(letters)


def _spoken_by_other(mark: Evidence, sentence: Sentence, other: Sequence[bool]) -> bool:
    first = bisect_left(sentence.tokens.starts, mark.start)
    return first < len(other) and sentence.tokens.starts[first] < mark.end and other[first]
