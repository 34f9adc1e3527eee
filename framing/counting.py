"""Counting evidence and words in many sentences: chunk by chunk, over processes.

A chunk is all that is held of sentences beside the sentences themselves; what remains of it is a
sparse matrix, or counts of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
import scipy.sparse as sp

from framing.batch import Batch
from framing.density import NONE
from framing.evidence import Extractor
from framing.extraction import QUOTED, Extraction
from framing.folding import OTHER, Folded
from framing.unfolding import Unfolder
from framing.voice import sentence_of

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

__all__ = ["Counter", "Counts", "Words", "counts", "words"]

#: So many sentences are read at a time.
_CHUNK = 5_000
#: So many of them share an array, see :mod:`framing.folding`.
_TOGETHER = 2_000

T = TypeVar("T")


class Counts(NamedTuple):
    """Evidence of some sentences.

    Attributes
    ----------
    names : list of str
        The features that were met.
    matrix : csr_matrix of shape (n, n_names)
        The sums of their values.
    """

    names: list[str]
    matrix: sp.csr_matrix

    def onto(self, columns: Mapping[str, int]) -> sp.csr_matrix:
        """Return the matrix with other columns; features that have none are left out.

        Examples
        --------
        >>> counts = Counts(["b", "a"], sp.csr_matrix([[1.0, 2.0], [0.0, 3.0]]))
        >>> counts.onto({"a": 0, "c": 1}).toarray().tolist()
        [[2.0, 0.0], [3.0, 0.0]]
        """
        known = [(at, columns[name]) for at, name in enumerate(self.names) if name in columns]
        rows, places = zip(*known, strict=True) if known else ((), ())
        shape = (len(self.names), len(columns))
        moved = self.matrix @ sp.csr_matrix((np.ones(len(known)), (rows, places)), shape=shape)
        moved.sort_indices()
        return sp.csr_matrix(moved)


class Counter:
    """Extractors made ready to count with.

    Parameters
    ----------
    extractors : sequence of Extractor

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> counter = Counter([one for one in BUILTIN if one.name == "rhetoric"])
    >>> found = counter.count(["Why? Why?", "It rained."])
    >>> found.names, found.matrix.toarray().tolist()
    (['rhetoric.question_mark'], [[2.0], [0.0]])
    """

    def __init__(self, extractors: Sequence[Extractor]) -> None:
        self.extractors = tuple(extractors)
        self._unfolder: Unfolder | None = None
        if all(map(_is_enumerable, self.extractors)):
            weights = dict.fromkeys(_features(self.extractors), 0.0)
            extraction = Extraction(self.extractors, weights.__contains__)
            folded = Folded(extraction, weights, 0.0)
            self._unfolder = Unfolder(folded, extraction, weights, NONE)
        else:
            self._extraction = Extraction(self.extractors)

    def count(self, texts: Sequence[str]) -> Counts:
        """Add up the evidence of some sentences by feature."""
        if self._unfolder is None:
            return self._one_by_one(texts)
        rows, columns, values = [], [], []
        for start in range(0, len(texts), _TOGETHER):
            read = self._unfolder.folded.read(texts[start : start + _TOGETHER])
            owner, feature, value = self._unfolder.unfold(read).marks()
            rows.append(owner + start)
            columns.append(feature)
            values.append(value)
        met, which = np.unique(_joined(columns, np.int32), return_inverse=True)
        matrix = sp.csr_matrix(
            (_joined(values, np.float64), (_joined(rows, np.intp), which)),
            shape=(len(texts), len(met)),
        )
        return Counts(self._unfolder.names[met].tolist(), matrix)

    def _one_by_one(self, texts: Sequence[str]) -> Counts:
        """Count what only an extractor's own code can find."""
        numbers: dict[str, int] = {}
        marks = [
            (row, numbers.setdefault(mark.feature, len(numbers)), mark.value)
            for row, text in enumerate(texts)
            for mark in self._extraction.evidence(sentence_of(text))
        ]
        rows, columns, values = zip(*marks, strict=True) if marks else ((), (), ())
        shape = (len(texts), len(numbers))
        return Counts(list(numbers), sp.csr_matrix((values, (rows, columns)), shape, np.float64))


def _is_enumerable(one: Extractor) -> bool:
    """Whether all features of an extractor are known before it has read anything.

    ``evaluation.*`` stands for what its lexicon holds; what code of somebody else's would make of
    such a name nobody knows.
    """
    code = [work for work in (one.shape, one.measure, one.hear) if work is not None]
    return not Extraction([one]).finders and (
        all(work.__module__.partition(".")[0] == "framing" for work in code)
        or not any(name.endswith("*") for name in one.features)
    )


def _features(extractors: Sequence[Extractor]) -> set[str]:
    """Return all that evidence can be called."""
    names = {f"{QUOTED}.{one.name}" for one in extractors}
    for one in extractors:
        names.update(name for name in one.features if not name.endswith("*"))
        names.update(one.lexicon.features if one.lexicon else ())
    return names


def _joined(parts: list[NDArray[Any]], dtype: DTypeLike) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype), *parts])


def counts(
    texts: Sequence[str], extractors: Sequence[Extractor], n_jobs: int | None = None
) -> Iterator[Counts]:
    """Yield the evidence of many sentences, chunk by chunk.

    Parameters
    ----------
    texts : sequence of str
    extractors : sequence of Extractor
    n_jobs : int, optional
        Processes to use, as joblib counts them.
    """
    yield from _chunkwise(_count, tuple(extractors), (texts,), n_jobs)


def _count(extractors: tuple[Extractor, ...], texts: Sequence[str]) -> Counts:
    """Count in whatever process, which keeps the extractors ready for the next chunk."""
    if not _ready or _ready[0].extractors != extractors:
        _ready[:] = [Counter(extractors)]
    return _ready[0].count(texts)


#: The extractors of the chunk before.
_ready: list[Counter] = []


class Words:
    """How many articles have a word or pair of words, and how often it has a capital.

    Parameters
    ----------
    enough : int
        Further articles that have a word are not counted.
    pairs : bool
        Whether pairs of words are counted too.

    Examples
    --------
    >>> found = Words(2, pairs=True)
    >>> found.add(["Let us see.", "Let us go to Ek.", "“We rest.”"], [0, 1, 2])
    >>> sorted(found.chosen(max_names=0.5))
    ['^ let', 'let', 'let us', 'us']
    """

    def __init__(self, enough: int, pairs: bool = False) -> None:
        self.enough, self.pairs = enough, pairs
        self._articles: dict[str, set[Any]] = {}
        self._capitals: defaultdict[str, int] = defaultdict(int)
        self._inside: defaultdict[str, int] = defaultdict(int)

    def add(self, texts: Sequence[str], articles: Sequence[Any]) -> None:
        """Count the words of some sentences, but not those of another's voice."""
        for start in range(0, len(texts), _TOGETHER):
            part = slice(start, start + _TOGETHER)
            read = _listener().read(texts[part])
            self._add(read.batch, read.codes & OTHER > 0, articles[part])

    def _add(self, batch: Batch, other: NDArray[np.bool_], articles: Sequence[Any]) -> None:
        first = np.zeros(len(batch.tokens), np.bool_)
        first[batch.bounds[:-1][batch.sizes > 0]] = True
        tokens, which = np.unique(batch.tokens, return_inverse=True)
        words, written = batch.normal[tokens].tolist(), batch.written[tokens].tolist()
        inside = np.bincount(which[~first], minlength=len(tokens)).tolist()
        for word, raw, times in zip(words, written, inside, strict=True):
            self._inside[word] += times
            self._capitals[word] += times * raw[0].isupper()
        numbers: dict[str, int] = {}
        number = np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)
        alpha = np.array([word[0].isalpha() for word in words], np.bool_)
        here = number[which] if len(which) else number
        usable = alpha[which] & ~other if len(which) else alpha
        owner = batch.owners
        forms = list(numbers)
        self._note(owner[usable], here[usable], forms, articles)
        if self.pairs:
            begun = np.flatnonzero(usable & first)
            self._note(owner[begun], here[begun], [f"^ {form}" for form in forms], articles)
            second = np.flatnonzero(usable[1:] & usable[:-1] & ~first[1:]) + 1
            both = here[second - 1] * len(forms) + here[second]
            known, place = np.unique(both, return_inverse=True)
            names = [
                f"{forms[a]} {forms[b]}"
                for a, b in zip(*divmod(known, len(forms) or 1), strict=True)
            ]
            self._note(owner[second], place, names, articles)

    def _note(
        self,
        owner: NDArray[np.intp],
        number: NDArray[np.int64],
        phrases: Sequence[str],
        articles: Sequence[Any],
    ) -> None:
        """Note which articles have which phrases, both given by number."""
        for at, one in np.unique(np.column_stack([owner, number]), axis=0).tolist():
            where = self._articles.setdefault(phrases[one], set())
            if len(where) < self.enough:
                where.add(articles[at])

    def join(self, other: Words) -> None:
        """Add what was counted in other sentences."""
        for phrase, articles in other._articles.items():
            where = self._articles.setdefault(phrase, set())
            if len(where) < self.enough:
                where |= articles
        for word, times in other._inside.items():
            self._inside[word] += times
            self._capitals[word] += other._capitals[word]

    def chosen(self, max_names: float) -> list[str]:
        """Return what enough articles have, without names."""
        inside = self._inside
        names = {word for word, n in self._capitals.items() if n > max_names * inside[word]}
        names -= {"i"}
        return [
            phrase
            for phrase, where in self._articles.items()
            if len(where) >= self.enough and names.isdisjoint(phrase.split(" "))
        ]


@cache
def _listener() -> Folded:
    """Return what hears voices, and looks for nothing else."""
    return Folded(Extraction(()), {}, 0.0)


def words(
    texts: Sequence[str],
    articles: Sequence[Any],
    enough: int,
    *,
    pairs: bool = False,
    n_jobs: int | None = None,
) -> Words:
    """Count the words of many sentences; see :class:`Words`."""
    total = Words(enough, pairs)
    for part in _chunkwise(_words, (enough, pairs), (texts, articles), n_jobs):
        total.join(part)
    return total


def _words(settings: tuple[int, bool], texts: Sequence[str], articles: Sequence[Any]) -> Words:
    found = Words(*settings)
    found.add(texts, articles)
    return found


def _chunkwise(
    work: Callable[..., T], settings: Any, columns: tuple[Sequence[Any], ...], n_jobs: int | None
) -> Iterator[T]:
    """Yield what is made of the settings and each chunk, in order."""
    size = len(columns[0])
    parts = (tuple(column[at : at + _CHUNK] for column in columns) for at in range(0, size, _CHUNK))
    if n_jobs in (None, 1) or size <= _CHUNK:
        for part in parts:
            yield work(settings, *part)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(work)(settings, *part) for part in parts
    )
