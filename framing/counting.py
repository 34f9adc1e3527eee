"""Counting evidence and words in many sentences: chunk by chunk, over processes.

A chunk is all that is held of sentences beside the sentences themselves; what remains of it is a
sparse matrix, or counts of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
import scipy.sparse as sp

from framing.evidence import Extractor
from framing.extraction import Extraction
from framing.voice import by_tokens, others, sentence_of

__all__ = ["Counts", "Words", "count", "counts", "words"]

#: So many sentences are read at a time.
_CHUNK = 5_000

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


def count(texts: Sequence[str], extraction: Extraction) -> Counts:
    """Add up the evidence of some sentences by feature.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "rhetoric")
    >>> found = count(["Why? Why?", "It rained."], extraction)
    >>> found.names, found.matrix.toarray().tolist()
    (['rhetoric.question_mark'], [[2.0], [0.0]])
    """
    numbers: dict[str, int] = {}
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text in texts:
        totals: dict[str, float] = {}
        marks = extraction.marks(sentence_of(text))
        for feature in marks.matched[2::3]:
            totals[feature] = totals.get(feature, 0.0) + 1.0
        for feature, value in marks.measured:
            totals[feature] = totals.get(feature, 0.0) + value
        for _, _, feature, value in marks.voiced:
            totals[feature] = totals.get(feature, 0.0) + value
        for mark in marks.sought:
            totals[mark.feature] = totals.get(mark.feature, 0.0) + mark.value
        data.extend(totals.values())
        columns.extend([numbers.setdefault(feature, len(numbers)) for feature in totals])
        ends.append(len(data))
    matrix = sp.csr_matrix(
        (np.asarray(data, dtype=np.float64), columns, ends), shape=(len(texts), len(numbers))
    )
    return Counts(list(numbers), matrix)


def counts(
    texts: Sequence[str], extraction: Extraction, n_jobs: int | None = None
) -> Iterator[Counts]:
    """Yield the evidence of many sentences, chunk by chunk.

    Parameters
    ----------
    texts : sequence of str
    extraction : Extraction
    n_jobs : int, optional
        Processes to use, as joblib counts them.
    """
    here = partial(count, extraction=extraction)
    yield from _chunkwise(here, _count_there, extraction.extractors, (texts,), n_jobs)


def _count_there(extractors: tuple[Extractor, ...], texts: Sequence[str]) -> Counts:
    """Count in another process, which keeps the extractors ready for its next chunk."""
    if not _ready or _ready[0].extractors != extractors:
        _ready[:] = [Extraction(extractors)]
    return count(texts, _ready[0])


#: In a worker: the extractors of the chunk before.
_ready: list[Extraction] = []


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
    >>> for number, text in enumerate(["Let us see.", "Let us go to Ek.", "“We rest.”"]):
    ...     found.add(text, number)
    >>> sorted(found.chosen(max_names=0.5))
    ['^ let', 'let', 'let us', 'us']
    """

    def __init__(self, enough: int, pairs: bool = False) -> None:
        self.enough, self.pairs = enough, pairs
        self._articles: dict[str, set[Any]] = {}
        self._capitals: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()

    def add(self, text: str, article: Any) -> None:
        """Count the words of a sentence, but not those of another's voice."""
        sentence = sentence_of(text)
        found, raw = sentence.tokens.words, sentence.tokens.raw
        other = others(len(raw), by_tokens(sentence.tokens, sentence.voices))
        seen: set[str] = set()
        previous = ""
        for index, word in enumerate(found):
            if index:
                self._inside[word] += 1
                self._capitals[word] += raw[index][0].isupper()
            usable = word[0].isalpha() and not (other and other[index])
            if usable:
                seen.add(word)
                if self.pairs and previous:
                    seen.add(f"{previous} {word}")
            previous = word if usable else ""
        if self.pairs and found and found[0][0].isalpha() and not (other and other[0]):
            seen.add(f"^ {found[0]}")
        for phrase in seen:
            where = self._articles.setdefault(phrase, set())
            if len(where) < self.enough:
                where.add(article)

    def join(self, other: Words) -> None:
        """Add what was counted in other sentences."""
        for phrase, articles in other._articles.items():
            where = self._articles.setdefault(phrase, set())
            if len(where) < self.enough:
                where |= articles
        self._capitals.update(other._capitals)
        self._inside.update(other._inside)

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
    for part in _chunkwise(
        partial(_words_there, (enough, pairs)),
        _words_there,
        (enough, pairs),
        (texts, articles),
        n_jobs,
    ):
        total.join(part)
    return total


def _words_there(
    settings: tuple[int, bool], texts: Sequence[str], articles: Sequence[Any]
) -> Words:
    found = Words(*settings)
    for text, article in zip(texts, articles, strict=True):
        found.add(text, article)
    return found


def _chunkwise(
    here: Callable[..., T],
    there: Callable[..., T],
    settings: Any,
    columns: tuple[Sequence[Any], ...],
    n_jobs: int | None,
) -> Iterator[T]:
    """Yield what is made of each chunk, in order: here, or with the settings elsewhere."""
    size = len(columns[0])
    parts = (tuple(column[at : at + _CHUNK] for column in columns) for at in range(0, size, _CHUNK))
    if n_jobs in (None, 1) or size <= _CHUNK:
        for part in parts:
            yield here(*part)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(there)(settings, *part) for part in parts
    )
