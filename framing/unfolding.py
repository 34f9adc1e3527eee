"""Evidence in bulk: the scores of thousands of sentences taken apart into what they are sums of.

:mod:`framing.folding` scores sentences without naming a feature. What it had read is kept here in
compact arrays, and when somebody looks at the contributions of a sentence, those of its
neighbours are worked out with it, for array operations cost as much for one as for a hundred.

The same contributions as :meth:`framing.model.LinearModel.judge` finds one by one; tests hold
both equal.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, count, pairwise, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing.batch import joined
from framing.density import thinning
from framing.evidence import Evidence
from framing.extraction import Extraction
from framing.folding import CODES, OTHER, Folded, Read, settled
from framing.text import Voice
from framing.voice import by_offsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framing.batch import Vocabulary

__all__ = ["Unfolded", "Unfolder"]

#: So many sentences are taken apart together.
_TOGETHER = 128
#: What decides under which names a token counts, see :data:`framing.folding.OTHER`.
_PLACES = 4
_SETS = np.dtype((np.int32, _PLACES))
#: The number of the set of no features.
_EMPTY = 0

#: What ``Evidence(*fields)`` does, three times as fast.
_evidence = partial(tuple.__new__, Evidence)

#: What a :class:`framing.model.Contribution` is made of.
Found = tuple[str, float, tuple[Evidence, ...], tuple[()]]


class _Marks(NamedTuple):
    """Marks, one a row."""

    owner: NDArray[Any]
    start: NDArray[Any]
    end: NDArray[Any]
    feature: NDArray[Any]
    value: NDArray[np.float64]


class _Taken(NamedTuple):
    """Neighbouring sentences taken apart; plain numbers, of which the evidence is made."""

    marks: list[int]
    evidence: list[list[Any]]
    groups: list[int]
    amounts: list[list[Any]]


class _Rows:
    """Rows of a few numbers in flat columns, cut into stretches that are known by number."""

    def __init__(self, width: int) -> None:
        self._columns = [array("i") for _ in range(width)]
        self._starts, self._sizes = array("i"), array("i")

    def add(self, rows: Sequence[Sequence[int]]) -> int:
        """Keep a stretch of rows; return its number."""
        self._starts.append(len(self._columns[0]))
        self._sizes.append(len(rows))
        for column, values in zip(self._columns, zip(*rows, strict=True), strict=False):
            column.extend(values)
        return len(self._starts) - 1

    def take(self, numbers: NDArray[Any]) -> tuple[NDArray[np.intp], list[NDArray[np.int32]]]:
        """Return the rows of many stretches, joined: for each which one it is of; the columns."""
        sizes = np.asarray(self._sizes)[numbers]
        rows, _ = joined(np.asarray(self._starts)[numbers], sizes)
        of = np.repeat(np.arange(len(numbers)), sizes)
        return of, [np.asarray(column)[rows] for column in self._columns]


class _Names:
    """Under which features the tokens and the windows of one vocabulary count, by number."""

    def __init__(self, extraction: Extraction, numbers: dict[str, int], words: Vocabulary) -> None:
        self._extraction, self._numbers, self.vocabulary = extraction, numbers, words
        self.tokens = _Rows(1)
        self._sets: dict[tuple[str, ...], int] = {(): self.tokens.add([])}
        self.windows = _Rows(3)
        self._windows: dict[bytes, int] = {}

    def sets(self) -> NDArray[np.int32]:
        """Return for each token of the vocabulary its set of features, by place."""
        values: NDArray[np.int32] = self.vocabulary.values(self._places, _SETS)
        return values

    def _places(self, raw: str) -> list[int]:
        """Return the numbers of the sets of features that a token has in each place."""
        return [
            self._set(alone)
            for initial in (False, True)
            for alone in self._extraction.look_up(raw, initial).alone
        ]

    def _set(self, features: tuple[str, ...]) -> int:
        number = self._sets.get(features)
        if number is None:
            rows = [(self._numbers[name],) for name in features]
            number = self._sets[features] = self.tokens.add(rows)
        return number

    def window(self, keys: NDArray[np.int64]) -> int:
        """Return the number of a window, given as its tokens and places in one number each."""
        known = keys.tobytes()
        number = self._windows.get(known)
        if number is None:
            number = self._windows[known] = self.windows.add(self._settled(keys))
        return number

    def _settled(self, keys: NDArray[np.int64]) -> list[tuple[int, int, int]]:
        tokens, codes = zip(*(divmod(key, CODES) for key in keys.tolist()), strict=True)
        raw, numbers = self.vocabulary.raw, self._numbers
        return [
            (start, end, numbers[name])
            for start, end, feature in settled(
                self._extraction, [raw[one] for one in tokens], codes
            )
            if (name := self._extraction.heard(feature, codes[start] & OTHER > 0)) in numbers
        ]


class Unfolder:
    """Makes what a model read in bulk ready to be taken apart.

    Parameters
    ----------
    folded : Folded
    extraction : Extraction
        The same as of `folded`.
    weights : mapping of str to float
    density : tuple of (float, float)

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "rhetoric")
    >>> weights = {"rhetoric.question_mark": 0.5}
    >>> folded = Folded(extraction, weights, -1.0)
    >>> unfolder = Unfolder(folded, extraction, weights, (0.0, 0.0))
    >>> list(unfolder.unfold(folded.read(["So.", "Why?"])).found(1))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('rhetoric.question_mark', 0.5,
      (Evidence(start=3, end=4, feature='rhetoric.question_mark', value=1.0),), ())]
    """

    def __init__(
        self,
        folded: Folded,
        extraction: Extraction,
        weights: Mapping[str, float],
        density: tuple[float, float],
    ) -> None:
        self.folded, self.density = folded, density
        #: By name, so that numbers sort as names do.
        self.features = sorted(weights)
        self.weights = np.array([weights[name] for name in self.features], np.float64)
        self.names = np.array(self.features, object)
        self._extraction = extraction
        self._numbers = {name: number for number, name in enumerate(self.features)}
        self._names: _Names | None = None

    def unfold(self, read: Read) -> Unfolded:
        """Keep what is needed to take scores apart."""
        words = read.batch.vocabulary
        with self.folded.lock:
            names = self._names
            if names is None or names.vocabulary is not words:
                names = self._names = _Names(self._extraction, self._numbers, words)
            return Unfolded(self, read, names)

    def whole(self, read: Read, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> _Marks:
        """Return the marks of whole sentences and of voices, by sentence."""
        known, batch, extraction = self._numbers, read.batch, self._extraction
        sizes, bounds = batch.sizes.tolist(), batch.bounds.tolist()
        voiced = [
            (number, bounds[number] + start, bounds[number] + end - 1, known[feature], value)
            for number, voices in read.heard.items()
            for start, end, feature, value in extraction.voiced(sizes[number], voices)
            if feature in known
        ]
        number, first, last, feature, value = zip(*voiced, strict=True) if voiced else [()] * 5
        measured = batch.measured(self._measured)
        owner = np.repeat(np.arange(len(sizes)), list(map(len, measured)))
        of_all = list(chain.from_iterable(measured))
        lengths = np.fromiter(map(len, batch.texts), np.int32, len(sizes))
        owners = np.concatenate([np.array(number, np.intp), owner])
        order = np.argsort(owners, kind="stable")
        return _Marks(
            owners[order],
            np.append(starts[np.array(first, np.intp)], np.zeros_like(owner))[order],
            np.append(ends[np.array(last, np.intp)], lengths[owner])[order],
            np.array([*feature, *map(itemgetter(0), of_all)], np.intp)[order],
            np.array([*value, *map(itemgetter(1), of_all)], np.float64)[order],
        )

    def _measured(self, words: Sequence[str]) -> list[tuple[int, float]]:
        """Return what extractors that measure all words find, by number of the feature."""
        known = self._numbers
        return [
            (known[feature], value)
            for feature, value in self._extraction.measured(words)
            if feature in known
        ]


class Unfolded:
    """Sentences that were read together, and what their scores are the sum of."""

    def __init__(self, unfolder: Unfolder, read: Read, names: _Names) -> None:
        batch = read.batch
        self._unfolder, self._names = unfolder, names
        self._bounds, self._scores = batch.bounds, read.scores
        self._heard = dict(read.heard)
        self._tokens = batch.tokens.astype(np.int32)
        self._starts = batch.starts()
        sizes = batch.vocabulary.values(len, np.int32)
        self._ends: NDArray[np.int32] = self._starts + sizes[batch.tokens]
        self._whole = unfolder.whole(read, self._starts, self._ends)
        self._codes = read.codes.astype(np.int8)
        self._windows = read.starts.astype(np.int32), read.ends.astype(np.int32)
        self._taken: tuple[int, _Taken] = -1, _Taken([], [], [], [])

    def scored(self) -> Iterator[tuple[float, Unfolded, int]]:
        """Yield the score of each sentence, this, and its number."""
        return zip(self._scores.tolist(), repeat(self), count(), strict=False)

    def voices(self) -> Iterator[tuple[Voice, ...]]:
        """Yield the voices of each sentence, by offsets; once."""
        heard, self._heard = self._heard, {}
        starts, ends = self._starts.tolist(), self._ends.tolist()
        bounds = self._bounds.tolist()
        for number, (first, last) in enumerate(pairwise(bounds)):
            voices = heard.pop(number, None)
            yield by_offsets(voices, starts[first:last], ends[first:last]) if voices else ()

    @property
    def sizes(self) -> list[int]:
        """How many tokens each sentence has."""
        sizes: list[int] = np.diff(self._bounds).tolist()
        return sizes

    def sums(self, work: Callable[[str], Sequence[int]], width: int) -> NDArray[np.int64]:
        """Return the numbers, so many, that a function says of the tokens of each sentence, added.

        Their shape is (width, n_sentences).
        """
        with self._unfolder.folded.lock:
            values = self._names.vocabulary.values(work, np.dtype((np.int64, width)))
        sums = np.zeros((len(self._tokens) + 1, width), np.int64)
        np.cumsum(values[self._tokens], axis=0, out=sums[1:])
        return np.diff(sums[self._bounds], axis=0).T

    def marks(self) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float64]]:
        """Return all marks: of which sentence and which feature, by number, and the value."""
        with self._unfolder.folded.lock:
            found = self._marks(0, self._bounds)
        return found.owner, found.feature, found.value

    def found(self, number: int) -> Iterator[Found]:
        """Yield what each feature adds to the score of a sentence, and its evidence.

        Each tuple is to be used up before the next.
        """
        part, at = divmod(number, _TOGETHER)
        known, taken = self._taken
        if part != known:
            with self._unfolder.folded.lock:
                taken = self._take(part * _TOGETHER)
            self._taken = part, taken
        some = slice(*taken.marks[at : at + 2])
        marks = list(map(_evidence, zip(*[column[some] for column in taken.evidence], strict=True)))
        some = slice(*taken.groups[at : at + 2])
        names, amounts, firsts, lasts = (column[some] for column in taken.amounts)
        evidence = [
            (marks[first],) if last - first == 1 else tuple(marks[first:last])
            for first, last in zip(firsts, lasts, strict=True)
        ]
        return zip(names, amounts, evidence, repeat(()), strict=False)

    def _take(self, first: int) -> _Taken:
        """Take some neighbouring sentences apart."""
        bounds = self._bounds[first : first + _TOGETHER + 1]
        marks = self._marks(first, bounds)
        unfolder, sentences = self._unfolder, len(bounds) - 1
        width = len(unfolder.features)
        group = marks.owner * width + marks.feature
        order = _order(group, marks.start, marks.end, sentences * width)
        group, values = group[order], marks.value[order]
        begins = np.append(True, group[1:] != group[:-1])[: len(order)]
        firsts = np.flatnonzero(begins)
        owner, feature = np.divmod(group[firsts], width)
        sizes = np.diff(bounds).tolist()
        thinned = {size: thinning(size, unfolder.density) for size in set(sizes)}
        # One after the other, as they are added up in a sentence alone.
        value = np.bincount(np.cumsum(begins) - 1, values)
        amount = (
            unfolder.weights[feature] * value * np.array([thinned[size] for size in sizes])[owner]
        )
        rank = np.lexsort((-np.abs(amount), owner))  # stable: features are in order already
        each = np.arange(sentences + 1)
        cuts = np.searchsorted(group, each * width)
        # Small numbers, and ones: objects that are there already.
        lasts = np.append(firsts[1:], len(order)) - cuts[owner]
        firsts -= cuts[owner]
        shown = np.full(len(order), 1.0, object)
        shown[values != 1.0] = values[values != 1.0].tolist()
        return _Taken(
            cuts.tolist(),
            [
                marks.start[order].tolist(),
                marks.end[order].tolist(),
                unfolder.names[group % width].tolist(),
                shown.tolist(),
            ],
            np.searchsorted(owner, each).tolist(),
            [
                unfolder.names[feature[rank]].tolist(),
                amount[rank].tolist(),
                firsts[rank].tolist(),
                lasts[rank].tolist(),
            ],
        )

    def _marks(self, first: int, bounds: NDArray[np.intp]) -> _Marks:
        """Return all marks in some neighbouring sentences."""
        low, high = bounds[[0, -1]].tolist()
        part = slice(low, high)
        tokens, codes, names = self._tokens[part], self._codes[part], self._names
        opened, closed = (
            window[slice(*np.searchsorted(self._windows[0], [low, high]))] - low
            for window in self._windows
        )
        sets = names.sets()[tokens, codes % _PLACES]
        depth = np.bincount(opened, minlength=len(sets) + 1)
        depth -= np.bincount(closed, minlength=len(sets) + 1)
        sets[np.cumsum(depth[:-1]) > 0] = _EMPTY
        begin, (feature,) = names.tokens.take(sets)
        keys = tokens.astype(np.int64) * CODES + codes
        windows = [
            names.window(keys[start:end])
            for start, end in zip(opened.tolist(), closed.tolist(), strict=True)
        ]
        of, (start, end, of_phrases) = names.windows.take(np.array(windows, np.intp))
        begin, last = (
            np.concatenate([begin, opened[of] + start]),
            np.concatenate([begin, opened[of] + end - 1]),
        )
        owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        rows = self._whole
        some = slice(*np.searchsorted(rows.owner, [first, first + len(bounds) - 1]))
        return _Marks(
            np.concatenate([owner[begin], rows.owner[some] - first]),
            np.concatenate([self._starts[part][begin], rows.start[some]]),
            np.concatenate([self._ends[part][last], rows.end[some]]),
            np.concatenate([feature, of_phrases, rows.feature[some]]),
            np.concatenate([np.ones(len(begin)), rows.value[some]]),
        )


def _order(
    group: NDArray[np.intp], start: NDArray[np.int32], end: NDArray[np.int32], groups: int
) -> NDArray[np.intp]:
    """Return the order by group, start and end."""
    longest = int(end.max(initial=0)) + 1
    if groups * longest**2 < 2**63:  # one number for all three sorts faster
        return np.argsort((group * longest + start) * longest + end)
    return np.lexsort((end, start, group))
