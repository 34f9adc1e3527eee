"""Sentences by the thousand: their tokens as numbers, and what is known of a token by number.

What costs time is done once per distinct stretch of characters. A text is cut at its white
space; a stretch met before has its tokens' numbers ready, and the numbers of a whole batch are
gathered in one step into one flat array. What is known of a token as written (its form in the
lexicons, its weight) stands in a column by number, and is worked out when the token is new.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

import numpy as np

from framing.stretches import Stretches, Table
from framing.text import normalise, offsets, split

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

__all__ = ["Batch", "Vocabulary", "joined"]

Found = TypeVar("Found")

#: From so many texts on a table is asked for all their stretches together; it is made anew when
#: so many times as many are known.
_MANY, _GROWN = 50, 1.25
_ZERO = np.zeros(1, np.intp)


def joined(starts: NDArray[Any], sizes: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows of many stretches of rows, one after the other, and where each ends there.

    Examples
    --------
    >>> rows, ends = joined(np.array([7, 2, 7]), np.array([2, 1, 2]))
    >>> rows.tolist(), ends.tolist()
    ([7, 8, 2, 7, 8], [2, 3, 5])
    """
    ends = np.cumsum(sizes, dtype=np.intp)
    # Row i of all is row i + shift of where they lie.
    shift = np.repeat(starts - ends + sizes, sizes)
    return shift + np.arange(len(shift)), ends


class _Column:
    """A value per token as written, worked out when the token is new.

    Parameters
    ----------
    work : callable
        Token as written → its value.
    dtype : data type
        Of a value.
    """

    def __init__(self, work: Callable[[str], object], dtype: DTypeLike) -> None:
        self._work, self._dtype = work, dtype
        self._values: NDArray[Any] = np.empty(0, dtype)

    def upto(self, raw: Sequence[str]) -> NDArray[Any]:
        """Return the values of these tokens; those of its beginning are known already."""
        known = len(self._values)
        if len(raw) > known:
            new = np.fromiter(map(self._work, raw[known:]), self._dtype, len(raw) - known)
            self._values = np.concatenate([self._values, new])
        return self._values


class _Numbers(dict[str, int]):
    """Token as written → its number."""

    def __init__(self) -> None:
        super().__init__()
        self.raw: list[str] = []

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self.raw)
        self.raw.append(token)
        return number


class _Stretches(dict[str, int]):
    """What stands between two white spaces → its number; cut, its tokens lie in ``flat``."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = _Numbers()
        self.flat, self.starts, self.sizes = array("i"), array("i"), array("i")
        self._texts: list[str] = []
        self._lengths, self._offsets = array("i"), array("i")
        self._table, self._in_table = Table([]), 0

    def __missing__(self, stretch: str) -> int:
        number = self[stretch] = len(self)
        self._texts.append(stretch)
        return number

    def cut(self, texts: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the numbers of all stretches of some texts, and how many each text has."""
        if len(texts) < _MANY or not self._in_table:
            stretches = [text.split() for text in texts]
            counts = np.fromiter(map(len, stretches), np.intp, len(texts))
            every = chain.from_iterable(stretches)
            numbers = np.fromiter(map(self.__getitem__, every), np.intp, int(counts.sum()))
        else:
            found = Stretches(texts)
            counts, numbers = found.counts, self._table.find(found)
            for at in (numbers < 0).nonzero()[0].tolist():
                numbers[at] = self[found[at]]
        if len(texts) >= _MANY and len(self) > _GROWN * self._in_table:
            self._table, self._in_table = Table(self._texts), len(self)
        self._tokenise()
        return numbers, counts

    def _tokenise(self) -> None:
        """Cut the stretches met since the last time into tokens, all together."""
        new = list(map(split, self._texts[len(self.sizes) :]))
        sizes = list(map(len, new))
        self.starts.extend(accumulate(sizes[:-1], initial=len(self.flat)) if new else ())
        self.sizes.extend(sizes)
        self.flat.extend(map(self.numbers.__getitem__, chain.from_iterable(new)))

    def measured(self) -> tuple[array[int], array[int]]:
        """Return how long each stretch is, and where in its stretch each token of ``flat`` begins.

        Scores need neither, so it is worked out when first asked for.
        """
        for stretch in self._texts[len(self._lengths) :]:
            self._lengths.append(len(stretch))
            self._offsets.extend(offsets(stretch))
        return self._lengths, self._offsets


class Vocabulary:
    """The distinct tokens of all batches so far, numbered as they are met.

    Examples
    --------
    >>> vocabulary = Vocabulary()
    >>> batch = vocabulary.batch(["It's so.", "", "So it is."])
    >>> batch.tokens.tolist(), batch.bounds.tolist()
    ([0, 1, 2, 3, 4, 5, 6, 3], [0, 4, 4, 8])
    >>> [vocabulary.raw[number] for number in batch.tokens]
    ['It', "'s", 'so', '.', 'So', 'it', 'is', '.']
    """

    def __init__(self) -> None:
        self._stretches = _Stretches()
        self._columns: dict[Callable[[str], object], _Column] = {}
        #: What functions of a text's words say of so many, whatever they are.
        self.by_size: dict[Callable[[Sequence[str]], object], dict[int, Any]] = {}

    @property
    def raw(self) -> list[str]:
        """Tokens as written, by number."""
        return self._stretches.numbers.raw

    def __len__(self) -> int:
        """How many stretches of text are remembered."""
        return len(self._stretches)

    def batch(self, texts: Sequence[str]) -> Batch:
        """Cut texts into tokens."""
        known = self._stretches
        numbers, counts = known.cut(texts)
        sizes = np.asarray(known.sizes).take(numbers)
        places, ends = joined(np.asarray(known.starts).take(numbers), sizes)
        tokens = np.asarray(known.flat).take(places).astype(np.intp)
        bounds = np.concatenate([_ZERO, ends])[np.concatenate([_ZERO, counts.cumsum()])]
        return Batch(texts, tokens, bounds, self, Cut(numbers, counts, sizes, places))

    def starts(self, texts: Sequence[str], cut: Cut) -> NDArray[np.int32]:
        """Return where in its text each token of a batch begins."""
        lengths, offsets = map(np.asarray, self._stretches.measured())
        wide = lengths[cut.stretches] + 1  # one space behind each, as nearly everywhere
        begins = np.cumsum(wide) - wide
        firsts = np.append(0, np.cumsum(cut.counts))
        totals = np.append(begins, np.sum(wide))[firsts]
        begins -= np.repeat(totals[:-1], cut.counts)
        odd = np.diff(totals) != np.fromiter(map(len, texts), np.intp, len(texts)) + 1
        for number in np.flatnonzero(odd).tolist():
            text, end = texts[number], 0
            for at, stretch in enumerate(text.split(), firsts[number]):
                begins[at] = text.find(stretch, end)
                end = begins[at] + len(stretch)
        found: NDArray[np.int32] = np.repeat(begins, cut.sizes) + offsets[cut.places]
        return found.astype(np.int32)

    def values(self, work: Callable[[str], object], dtype: DTypeLike) -> NDArray[Any]:
        """Return what a function says of each token as written, by number.

        It is called once per token, so it must always say the same.
        """
        if work not in self._columns:
            self._columns[work] = _Column(work, dtype)
        return self._columns[work].upto(self.raw)


class Cut(NamedTuple):
    """How the texts of a batch were cut at their white space.

    Attributes
    ----------
    stretches : ndarray of int
        The numbers of all stretches.
    counts : ndarray of int
        How many each text has.
    sizes : ndarray of int
        How many tokens each stretch has.
    places : ndarray of int
        Where among the tokens of all stretches each token of the batch lies.
    """

    stretches: NDArray[np.intp]
    counts: NDArray[np.intp]
    sizes: NDArray[np.intp]
    places: NDArray[np.intp]


class Batch:
    """The tokens of many texts in one array.

    Attributes
    ----------
    texts : sequence of str
    tokens : ndarray of int, shape (n_tokens,)
        The numbers of all tokens.
    bounds : ndarray of int, shape (n_texts + 1,)
        Text ``i`` has ``tokens[bounds[i] : bounds[i + 1]]``.
    vocabulary : Vocabulary
        What the numbers mean.
    """

    def __init__(
        self,
        texts: Sequence[str],
        tokens: NDArray[np.intp],
        bounds: NDArray[np.intp],
        vocabulary: Vocabulary,
        cut: Cut,
    ) -> None:
        self.texts, self.tokens, self.bounds = texts, tokens, bounds
        self.vocabulary = vocabulary
        self._cut = cut
        #: How many tokens each text has, and for each token the number of its text.
        self.sizes: NDArray[np.intp] = bounds[1:] - bounds[:-1]
        self.owners: NDArray[np.intp] = np.repeat(np.arange(len(texts)), self.sizes)

    def starts(self) -> NDArray[np.int32]:
        """Return where in its text each token begins.

        Examples
        --------
        >>> Vocabulary().batch(["It's so.", " So  it is."]).starts().tolist()
        [0, 2, 5, 7, 1, 5, 8, 10]
        """
        return self.vocabulary.starts(self.texts, self._cut)

    def having(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return for each text whether one of these tokens, by place, is its."""
        found = np.zeros(len(self.texts), np.bool_)
        found[self.owners[places]] = True
        return found

    def lists(
        self, chosen: NDArray[np.intp], *columns: NDArray[Any]
    ) -> Iterator[tuple[list[Any], ...]]:
        """Return for each of these texts, by number, what its tokens have in some columns."""
        of_chosen = np.zeros(len(self.texts), np.bool_)
        of_chosen[chosen] = True
        tokens = self.tokens[of_chosen[self.owners]]
        ends = np.cumsum(self.sizes[chosen]).tolist()
        starts = [0, *ends]
        return zip(
            *(
                [values[start:end] for start, end in zip(starts, ends, strict=False)]
                for column in columns
                for values in (column.take(tokens).tolist(),)
            ),
            strict=True,
        )

    def column(self, column: NDArray[Any]) -> list[Any]:
        """Return what all tokens have in a column."""
        values: list[Any] = column.take(self.tokens).tolist()
        return values

    @property
    def written(self) -> NDArray[Any]:
        """The column of tokens as written."""
        return self.vocabulary.values(str, object)

    @property
    def normal(self) -> NDArray[Any]:
        """The column of tokens as lexicons know them."""
        return self.vocabulary.values(normalise, object)

    def measured(self, measure: Callable[[Sequence[str]], Found]) -> list[Found]:
        """Return what a function says of each text's words.

        It must always say the same of the same words. Most want to know only how many there are;
        of as many such a function is not asked again, by no batch of this vocabulary.
        """
        by_size: dict[int, Found] = self.vocabulary.by_size.setdefault(measure, {})
        sizes = self.sizes.tolist()
        found = list(map(by_size.get, sizes))
        for number, value in enumerate(found):
            if value is None and (value := by_size.get(sizes[number])) is None:
                words = _Words(self, number, sizes[number])
                value = measure(words)
                if not words.seen:
                    by_size[len(words)] = value
            found[number] = value
        return found  # type: ignore[return-value]


class _Words(Sequence[str]):
    """The normal forms of one text's tokens, made when first looked at."""

    __slots__ = ("_batch", "_number", "_size", "_words")

    def __init__(self, batch: Batch, number: int, size: int) -> None:
        self._batch, self._number, self._size = batch, number, size
        self._words: list[str] | None = None

    def __len__(self) -> int:
        return self._size

    @property
    def seen(self) -> bool:
        """Whether anybody has asked for more than how many there are."""
        return self._words is not None

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if self._words is None:
            (self._words,) = next(self._batch.lists(np.array([self._number]), self._batch.normal))
        return self._words[index]
