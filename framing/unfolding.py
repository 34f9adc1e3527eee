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
from functools import lru_cache, partial
from itertools import chain, count, islice, pairwise, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing.batch import joined
from framing.density import thinning
from framing.evidence import Evidence
from framing.extraction import Extraction
from framing.folding import CODES, OTHER, VOICED, Folded, Read, settled
from framing.text import Voice
from framing.verdict import Contribution
from framing.voice import by_offsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framing.batch import Vocabulary

__all__ = ["Unfolded", "Unfolder"]

#: So many sentences are taken apart together.
_TOGETHER = 256
#: So many of these get their evidence made at once: enough to share the cost of a call, few enough
#: for the garbage collector to take no notice.
_FEW = 4
#: What decides under which names a token counts, see :data:`framing.folding.OTHER`.
_SETS = np.dtype((np.int32, CODES))
#: The number of the set of no features.
_EMPTY = 0

#: ``_new(Evidence, fields)`` is ``Evidence(*fields)``, several times as fast.
_new = tuple.__new__


class _Marks(NamedTuple):
    """Marks, one a row."""

    owner: NDArray[Any]
    start: NDArray[Any]
    end: NDArray[Any]
    feature: NDArray[Any]
    value: NDArray[np.float64]


class _Taken(NamedTuple):
    """Neighbouring sentences taken apart; numbers, of which the evidence is made.

    In arrays, for these the garbage collector need not walk through.

    Attributes
    ----------
    columns : tuple of ndarray
        Start, end, name and value of all marks. Those of a few sentences lie together: first the
        first mark of each feature, as the features are ranked, then all further ones.
    amounts : ndarray of float
        Of all features, as they are ranked.
    features : list of int
        Where among these each sentence begins.
    marks, several : list of int
        Where among the marks and among the rows of ``further`` each few sentences begin.
    further : ndarray of int, shape (n, 3)
        For each feature with several marks its number, and the half-open numbers of its marks
        among the further ones, all counted in its few sentences.
    """

    columns: tuple[NDArray[Any], ...]
    amounts: NDArray[np.float64]
    features: list[int]
    marks: list[int]
    several: list[int]
    further: NDArray[np.intp]

    def contributions(self, few: int) -> tuple[list[int], tuple[Contribution, ...]]:
        """Return where the contributions of each of a few sentences begin, and these."""
        some = slice(*self.marks[few : few + 2])
        starts, ends, names, values = [column[some].tolist() for column in self.columns]
        rows = zip(starts, ends, names, values, strict=True)
        marks = map(_new, repeat(Evidence), rows)
        cuts = self.features[few * _FEW : (few + 1) * _FEW + 1]
        first, last = cuts[0], cuts[-1]
        evidence: list[tuple[Evidence, ...]] = list(zip(islice(marks, last - first), strict=True))
        further = list(marks)
        for feature, start, end in self.further[slice(*self.several[few : few + 2])].tolist():
            evidence[feature] += tuple(further[start:end])
        parts = zip(names, self.amounts[first:last].tolist(), evidence, repeat(()), strict=False)
        return [cut - first for cut in cuts], tuple(map(_new, repeat(Contribution), parts))


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
        sizes = np.asarray(self._sizes).take(numbers)
        of = np.repeat(np.arange(len(numbers)), sizes)
        shift = np.asarray(self._starts).take(numbers) + sizes - np.cumsum(sizes)
        rows = shift.take(of) + np.arange(len(of))
        return of, [np.asarray(column).take(rows) for column in self._columns]


class _Names:
    """Under which features the tokens and the windows of one vocabulary count, by number."""

    def __init__(
        self, extraction: Extraction, folded: Folded, numbers: dict[str, int], words: Vocabulary
    ) -> None:
        self._extraction, self._numbers, self.vocabulary = extraction, numbers, words
        self._counted = folded.counted
        self.tokens = _Rows(1)
        self._sets: dict[tuple[str, ...], int] = {(): self.tokens.add([])}
        self._voiced: dict[tuple[str, ...], list[int]] = {}
        self.windows = _Rows(3)
        self._windows: dict[bytes, int] = {}

    def sets(self) -> NDArray[np.int32]:
        """Return for each token of the vocabulary its set of features, by place; flat."""
        return self.vocabulary.values(self._places, _SETS).reshape(-1)

    def _places(self, raw: str) -> list[int]:
        """Return the numbers of the sets of features that a token has in each place."""
        usual, first = map(self._by_voice, self._counted(raw))
        return [*usual, *first] * 2

    def _by_voice(self, features: tuple[str, ...]) -> list[int]:
        """Return the sets of names under which features count: the author's and another's."""
        found = self._voiced.get(features)
        if found is None:
            names = self._extraction.names(features)
            found = self._voiced[features] = list(map(self._set, names))
        return found

    def _set(self, features: tuple[str, ...]) -> int:
        number = self._sets.get(features)
        if number is None:
            rows = [(self._numbers[name],) for name in features]
            number = self._sets[features] = self.tokens.add(rows)
        return number

    def numbers(
        self, places: NDArray[np.int32], starts: Sequence[int], ends: Sequence[int]
    ) -> list[int]:
        """Return the numbers of some windows of places, half-open."""
        known, written, size = self._windows, places.tobytes(), places.itemsize
        found = []
        for start, end in zip(starts, ends, strict=True):
            key = written[start * size : end * size]
            number = known.get(key)
            if number is None:
                number = known[key] = self.windows.add(self._settled(places[start:end]))
            found.append(number)
        return found

    def _settled(self, places: NDArray[np.int32]) -> list[tuple[int, int, int]]:
        tokens, codes = zip(*(divmod(key, CODES) for key in places.tolist()), strict=True)
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
    >>> (found,) = unfolder.unfold(folded.read(["So.", "Why?"])).found(1)
    >>> found.amount, found.evidence
    (0.5, (Evidence(start=3, end=4, feature='rhetoric.question_mark', value=1.0),))
    """

    def __init__(
        self,
        folded: Folded,
        extraction: Extraction,
        weights: Mapping[str, float],
        density: tuple[float, float],
    ) -> None:
        self.folded = folded
        #: By name, so that numbers sort as names do.
        self.features = sorted(weights)
        self.weights = np.array([weights[name] for name in self.features], np.float64)
        self.names = np.array(self.features, object)
        self.thinned = lru_cache(maxsize=1_000)(partial(thinning, density=density))
        self._extraction = extraction
        self._numbers = {name: number for number, name in enumerate(self.features)}
        self._names: _Names | None = None

    def unfold(self, read: Read) -> Unfolded:
        """Keep what is needed to take scores apart."""
        words = read.batch.vocabulary
        with self.folded.lock:
            names = self._names
            if names is None or names.vocabulary is not words:
                names = self._names = _Names(self._extraction, self.folded, self._numbers, words)
            return Unfolded(self, read, names)

    def whole(self, read: Read, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> _Marks:
        """Return the marks of whole sentences and of voices, by sentence."""
        batch = read.batch
        voiced = [read.voiced[at::VOICED] for at in range(VOICED)]
        voiced[2] = list(map(self._numbers.get, voiced[2], repeat(-1)))
        first, end, of = (np.array(column, np.intp) for column in voiced[:3])
        wanted = of >= 0
        voicing = read.voicing[wanted]
        begin = batch.bounds[voicing]
        measured = batch.measured(self._measured)
        owner = np.repeat(np.arange(len(measured)), list(map(len, measured)))
        features, values = (
            list(map(itemgetter(at), chain.from_iterable(measured))) for at in range(2)
        )
        lengths = np.fromiter(map(len, batch.texts), np.int32, len(measured))
        owners = np.concatenate([voicing, owner])
        order = np.argsort(owners, kind="stable")
        return _Marks(
            owners[order],
            np.append(starts[begin + first[wanted]], np.zeros_like(owner))[order],
            np.append(ends[begin + end[wanted] - 1], lengths[owner])[order],
            np.append(of[wanted], np.array(features, np.intp))[order],
            np.append(np.array(voiced[3], np.float64)[wanted], values)[order],
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
        #: Tokens and where they stand in one number each.
        self._places = (batch.tokens * CODES + read.codes).astype(np.int32)
        self._starts = batch.starts()
        sizes = batch.vocabulary.values(len, np.int32)
        self._ends: NDArray[np.int32] = self._starts + sizes[batch.tokens]
        self._whole = unfolder.whole(read, self._starts, self._ends)
        self._windows = read.starts.astype(np.int32), read.ends.astype(np.int32)
        self._taken: tuple[int, _Taken | None] = -1, None
        self._made: tuple[int, list[int], tuple[Contribution, ...]] = -1, [], ()

    def scored(self) -> Iterator[tuple[float, Unfolded, int]]:
        """Yield the score of each sentence, this, and its number."""
        return zip(self._scores.tolist(), repeat(self), count(), strict=False)

    def voices(self) -> Iterator[tuple[Voice, ...]]:
        """Yield the voices of each sentence, by offsets; once."""
        heard, self._heard = self._heard, {}
        starts, ends = self._starts, self._ends
        for number, (first, last) in enumerate(pairwise(self._bounds.tolist())):
            voices = heard.pop(number, None)
            if voices:
                yield by_offsets(voices, starts[first:last].tolist(), ends[first:last].tolist())
            else:
                yield ()

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
        sums = np.zeros((len(self._places) + 1, width), np.int64)
        np.cumsum(values.take(self._places // CODES, axis=0), axis=0, out=sums[1:])
        return np.diff(sums.take(self._bounds, axis=0), axis=0).T

    def marks(self) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float64]]:
        """Return all marks: of which sentence and which feature, by number, and the value."""
        with self._unfolder.folded.lock:
            found = self._marks(0, self._bounds)
        return found.owner, found.feature, found.value

    def found(self, number: int) -> tuple[Contribution, ...]:
        """Return what each feature adds to the score of a sentence, and its evidence."""
        few, at = divmod(number, _FEW)
        known, cuts, made = self._made
        if few != known:
            cuts, made = self._make(few)
            self._made = few, cuts, made
        return made[cuts[at] : cuts[at + 1]]

    def _make(self, few: int) -> tuple[list[int], tuple[Contribution, ...]]:
        """Make the contributions of a few sentences."""
        part, few = divmod(few, _TOGETHER // _FEW)
        known, taken = self._taken
        if taken is None or part != known:
            with self._unfolder.folded.lock:
                taken = self._take(part * _TOGETHER)
            self._taken = part, taken
        return taken.contributions(few)

    def _take(self, first: int) -> _Taken:
        """Take some neighbouring sentences apart."""
        bounds = self._bounds[first : first + _TOGETHER + 1]
        marks = self._marks(first, bounds)
        unfolder, sentences = self._unfolder, len(bounds) - 1
        width = len(unfolder.features)
        group = marks.owner * width + marks.feature
        order = _order(group, marks.start, marks.end, sentences * width)
        group, value = group.take(order), marks.value.take(order)
        begins = np.ones(len(order), np.bool_)
        np.not_equal(group[1:], group[:-1], out=begins[1:])
        firsts = np.flatnonzero(begins)
        owner, feature = group.take(firsts) // width, marks.feature.take(order.take(firsts))
        # One after the other, as they are added up in a sentence alone.
        values = np.bincount(np.cumsum(begins) - 1, value)
        factors = np.array(list(map(unfolder.thinned, np.diff(bounds).tolist())))
        amount = unfolder.weights.take(feature) * values * factors.take(owner)
        rank = _ranked(owner, np.abs(amount))
        few = np.arange(0, sentences + _FEW, _FEW)
        of_few, marks_of_few = np.searchsorted(owner, few), np.searchsorted(group, few * width)
        # A feature's further marks lie behind those of features before it.
        further = firsts - np.arange(len(firsts))
        further -= (marks_of_few - of_few).take(owner // _FEW)
        sizes = np.diff(firsts, append=len(order))
        ranked = np.flatnonzero(sizes.take(rank) > 1)
        several = rank.take(ranked)
        of_several, begin = owner.take(several), further.take(several)
        laid = np.concatenate([firsts.take(rank), np.flatnonzero(~begins)])
        laid = laid.take(np.argsort(group.take(laid) // (width * _FEW), kind="stable"))
        order, value = order.take(laid), value.take(laid)
        odd = np.flatnonzero(value != 1.0)
        shown = np.full(len(order), 1.0, object)  # nearly all are: one object for all
        shown[odd] = value[odd].tolist()
        return _Taken(
            (
                marks.start.take(order),
                marks.end.take(order),
                unfolder.names.take(marks.feature.take(order)),
                shown,
            ),
            amount.take(rank),
            np.searchsorted(owner, np.arange(sentences + 1)).tolist(),
            marks_of_few.tolist(),
            np.searchsorted(of_several, few).tolist(),
            np.column_stack(
                [
                    ranked - of_few.take(of_several // _FEW),
                    begin,
                    begin + sizes.take(several) - 1,
                ]
            ),
        )

    def _marks(self, first: int, bounds: NDArray[np.intp]) -> _Marks:
        """Return all marks in some neighbouring sentences."""
        low, high = bounds[[0, -1]].tolist()
        part = slice(low, high)
        places, names, rows = self._places[part], self._names, self._whole
        opened, closed = (
            window[slice(*np.searchsorted(self._windows[0], [low, high]))] - low
            for window in self._windows
        )
        sets = names.sets().take(places)
        sets[joined(opened, closed - opened)[0]] = _EMPTY
        begin, (feature,) = names.tokens.take(sets)
        windows = names.numbers(places, opened.tolist(), closed.tolist())
        of, (start, end, of_phrases) = names.windows.take(np.array(windows, np.intp))
        opened = opened.take(of)
        begin, last = (
            np.concatenate([begin, opened + start]),
            np.concatenate([begin, opened + end - 1]),
        )
        owner = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        some = slice(*np.searchsorted(rows.owner, [first, first + len(bounds) - 1]))
        return _Marks(
            np.concatenate([owner.take(begin), rows.owner[some] - first]),
            np.concatenate([self._starts[part].take(begin), rows.start[some]]),
            np.concatenate([self._ends[part].take(last), rows.end[some]]),
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


def _ranked(owner: NDArray[np.intp], size: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the order by owner, the largest first; of equal ones none moves."""
    step = 2.0 * float(size.max(initial=1.0))
    rank = np.argsort(owner * step - size, kind="stable")
    left = size[rank]
    # The difference has less digits than the size: what is nearly equal may stand wrong.
    if ((left[1:] > left[:-1]) & (owner[1:] == owner[:-1])).any():
        return np.lexsort((-size, owner))
    return rank
