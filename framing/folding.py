"""Scores without evidence: a model's weights folded into the tokens and phrases they rest on.

The same sum as :meth:`framing.model.LinearModel.judge` makes, for thousands of sentences at once:

1. Tokens become numbers (:mod:`framing.batch`).
2. Voices are heard (:mod:`framing.hearing`).
3. Every token adds what it adds wherever it stands: one number, looked up by token, by voice and
   by whether it begins its sentence.
4. Phrases of several tokens are found (:mod:`framing.automaton`). Where some overlap or stand
   alone is a window. What its phrases change in the sum of its tokens is settled by
   :meth:`framing.extraction.Extraction.settled`, which also explains sentences, and remembered.
5. What extractors say of whole sentences and of voices is added.

Tests hold both paths equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from math import fsum
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framing.automaton import Automaton
from framing.batch import Batch, Vocabulary
from framing.contract import hearing, measuring
from framing.density import NONE, USUAL_LENGTH
from framing.extraction import Extraction, seen_as
from framing.hearing import hear_all
from framing.lexicon import ANY, BLOCK, START
from framing.text import NORMAL
from framing.voice import Heard, others, sentence_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CODES", "OTHER", "VOICED", "Folded", "Read", "settled"]

#: So many sentences are scored at once: enough to share the cost of a step, few enough to stay
#: in the processor's cache.
_BATCH = 2_000
#: So many stretches of text and windows are remembered.
_REMEMBERED = 200_000

# What decides a token's amount: whether another voice speaks it, and whether its capital says
# nothing. At _FIRST a phrase of a sentence's beginning may stand.
OTHER, _INITIAL, _FIRST = 1, 2, 4
CODES = 8
_AMOUNTS = np.dtype((np.float64, _FIRST))
#: What is heard in a voice has so many parts, see :data:`framing.evidence.Hear`.
VOICED = 4

_ALNUM, _UPPER, _LETTERS, _LETTERS_UPPER = 1, 2, 4, 8
_NOTHING, _YES = np.zeros(2, np.int8), np.ones(1, np.bool_)


class Read(NamedTuple):
    """Sentences that were read together, and what their scores are the sum of.

    Attributes
    ----------
    batch : Batch
    heard : mapping of int to list of Heard
        Number of each sentence with voices → these.
    codes : ndarray of int, shape (n_tokens,)
        What each token's place is, see :data:`OTHER`.
    starts, ends : ndarray of int
        Half-open windows of tokens in which phrases of several tokens stand.
    voiced : list of start, end, feature, value, start, …
        What extractors hear in voices. One flat list, for there are many marks, and the garbage
        collector walks through each tuple that is kept.
    voicing : ndarray of int, shape (len(voiced) / 4,)
        In which sentence.
    scores : ndarray of float, shape (n_sentences,)
    """

    batch: Batch
    heard: Mapping[int, list[Heard]]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    voiced: list[Any]
    voicing: NDArray[np.intp]
    scores: NDArray[np.float64]


class Folded:
    """A model's weights by token.

    Parameters
    ----------
    extraction : Extraction
        The model's extractors.
    weights : mapping of str to float
        Feature → weight.
    base : float
        Score of a sentence without evidence.
    density : tuple of (float, float)
        See :func:`framing.density.thinning`.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "rhetoric")
    >>> Folded(extraction, {"rhetoric.question_mark": 0.5}, -1.0).scores(["Why? Why?", "So."])
    [0.0, -1.0]
    """

    def __init__(
        self,
        extraction: Extraction,
        weights: Mapping[str, float],
        base: float,
        density: tuple[float, float] = NONE,
    ) -> None:
        self._extraction, self._weights, self._base = extraction, weights, base
        self._density = density
        self._voices = (_Weights(extraction, weights, False), _Weights(extraction, weights, True))
        #: Word → its features with tabs between them: strings, of which there may be many.
        self._single: dict[str, str] = {}
        self._sums: dict[tuple[str, ...], tuple[float, float]] = {}
        phrases: list[str] = []
        for one in extraction.extractors:
            for row in one.lexicon.rows if one.lexicon else ():
                phrase, _, rest = row.partition("\t")
                if " " in phrase:
                    phrases.append(phrase)
                elif (feature := rest.partition("\t")[0]) != BLOCK:
                    known = self._single.get(phrase)
                    self._single[phrase] = f"{known}\t{feature}" if known else feature
        self._automaton = Automaton(phrases)
        weighed = [one for one in extraction.extractors if any(map(one.declares, weights))]
        self._measures = [measure for one in weighed if (measure := measuring(one))]
        self._hearers = [hear for one in weighed if (hear := hearing(one))]
        #: Held while something is worked out that is remembered.
        self.lock = Lock()
        self._forget()

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return the score of each sentence, given alone."""
        found: list[float] = []
        for start in range(0, len(texts), _BATCH):
            with self.lock:  # what is remembered grows while it is read
                try:
                    found.extend(self._read(texts[start : start + _BATCH]).scores.tolist())
                except BaseException:  # also Ctrl-C: what is remembered may be half-written
                    self._forget()
                    raise
        return found

    def _forget(self) -> None:
        self._vocabulary = Vocabulary()
        self._changes: dict[bytes, float] = {}  # they name tokens by number

    def read(self, texts: Sequence[str], *paragraphs: Any) -> Read:
        """Read sentences, and keep what their scores are the sum of.

        Parameters
        ----------
        texts : sequence of str
        *paragraphs
            Further arguments of :func:`framing.hearing.hear_all`.
        """
        with self.lock:
            try:
                return self._read(texts, *paragraphs)
            except BaseException:
                self._forget()
                raise

    def _read(self, texts: Sequence[str], *paragraphs: Any) -> Read:
        if len(self._vocabulary) > _REMEMBERED or len(self._changes) > _REMEMBERED:
            self._forget()
        batch = self._vocabulary.batch(texts)
        heard = dict(hear_all(batch, *paragraphs))
        codes = self._codes(batch, heard)
        starts, ends = self._windows(batch, codes)
        amounts = self._vocabulary.values(self._amounts, _AMOUNTS)
        amounts = amounts.take(batch.tokens * _FIRST + (codes & (OTHER | _INITIAL)))
        total = np.zeros(len(texts))
        total += np.bincount(batch.owners, amounts, len(texts))
        if len(starts):
            changes = self._changed(batch, codes, amounts, starts, ends)
            total += np.bincount(batch.owners[starts], changes, len(total))
        voiced, voicing = self._voiced(batch, heard)
        total += self._whole(batch, heard, voiced, voicing)
        scores = self._base + total * self._thinned(batch.sizes)
        return Read(batch, heard, codes, starts, ends, voiced, voicing, scores)

    def _thinned(self, sizes: NDArray[np.intp]) -> NDArray[np.float64] | float:
        """Return :func:`framing.density.thinning` of many sentences."""
        offset, power = self._density
        if not power:
            return 1.0
        factors: NDArray[np.float64] = (
            (USUAL_LENGTH + offset) / (np.maximum(sizes, 1) + offset)
        ) ** power
        return factors

    def _amounts(self, raw: str) -> tuple[float, ...]:
        """Return what a token adds where nothing competes, by code."""
        usual, first = self.counted(raw)
        return (*self._amount(usual), *self._amount(first))

    def counted(self, raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the features of a token where nothing competes.

        First where its capital says something, then where it says nothing.
        """
        word, first = seen_as(raw, initial=True)
        usual = self._features(word, raw)
        return usual, usual if first == raw else self._features(word, first)

    def _features(self, word: str, seen: str) -> tuple[str, ...]:
        known = self._single.get(word)
        features: Sequence[str] = known.split("\t") if known else ()
        if features and seen[0].isupper():
            features = self._extraction.without_opinions(features)
        return (*self._extraction.shapes(seen), *features)

    def _amount(self, features: tuple[str, ...]) -> tuple[float, ...]:
        """Return what features add in the author's voice and in another's."""
        sums = self._sums.get(features)
        if sums is None:
            own, other = (sum(map(voice.__getitem__, features)) for voice in self._voices)
            sums = self._sums[features] = own, other
        return sums

    def _codes(self, batch: Batch, heard: Mapping[int, list[Heard]]) -> NDArray[np.int64]:
        """Return for each token where it stands: who speaks it, and whether it begins."""
        starts, ends = batch.bounds[:-1], batch.bounds[1:]
        places = starts.tolist()
        shapes = self._vocabulary.values(_letters, np.int8).take(batch.tokens)
        codes = np.zeros(len(batch.tokens), np.int64)
        # titles, see framing.extraction.in_title_case
        (words,) = (shapes & _ALNUM).nonzero()
        first = np.concatenate([words, [len(codes)]])[words.searchsorted(starts)]
        begun = first < ends
        first = first[begun]
        titled = np.zeros(len(starts), np.bool_)
        second = np.concatenate([shapes, _NOTHING])[first + 1] & _UPPER > 0
        titled[begun] = second & (first + 2 < ends[begun])
        (may,) = titled[batch.owners].nonzero()
        if len(may):
            owners, shapes = batch.owners[may], shapes[may]
            letters, upper = (
                np.bincount(owners, shapes & mask > 0, len(starts))
                for mask in (_LETTERS, _LETTERS_UPPER)
            )
            titled &= (letters > 2) & (upper > 0.75 * letters)
            codes[may[titled[owners]]] = _INITIAL
        codes[first] = _INITIAL | _FIRST
        if heard:
            others = bytearray(len(codes))
            for number, voices in heard.items():
                begin = places[number]
                for start, end, kind, _, _ in voices:
                    if kind != "scare":
                        others[begin + start : begin + end] = b"\1" * (end - start)
            codes[np.frombuffer(others, np.bool_)] |= OTHER
        return codes

    def _windows(
        self, batch: Batch, codes: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the half-open windows in which phrases of several tokens stand."""
        words = self._vocabulary.values(self._phrase_word, np.int64).take(batch.tokens)
        (firsts,) = (codes & _FIRST).nonzero()
        starts, stops = self._automaton.find(words, batch.bounds, firsts)
        if not len(starts):
            return starts, stops
        reach = np.maximum.accumulate(stops)
        begins = starts[1:] >= reach[:-1]
        return starts[np.concatenate([_YES, begins])], reach[np.concatenate([begins, _YES])]

    def _changed(
        self,
        batch: Batch,
        codes: NDArray[np.int64],
        amounts: NDArray[np.float64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> list[float]:
        """Return what the phrases of each window change in the sum of its tokens' amounts."""
        places = batch.tokens * CODES + codes
        written, size = places.tobytes(), places.itemsize
        windows = map(slice, (starts * size).tolist(), (ends * size).tolist())
        keys = list(map(written.__getitem__, windows))
        found = list(map(self._changes.get, keys))
        for at, change in enumerate(found):
            if change is None:
                window = slice(starts[at], ends[at])
                found[at] = self._changes[keys[at]] = self._phrases(
                    batch.tokens[window], codes[window]
                ) - fsum(amounts[window].tolist())
        return found  # type: ignore[return-value]

    def _phrase_word(self, raw: str) -> int:
        return 0 if raw in (ANY, START) else self._automaton.word(NORMAL[raw])

    def _phrases(self, tokens: NDArray[np.intp], codes: NDArray[np.int64]) -> float:
        """Return what all adds that counts in a window."""
        raw, places = self._vocabulary.raw, codes.tolist()
        found = settled(self._extraction, [raw[token] for token in tokens.tolist()], places)
        return fsum([self._voices[places[start] & OTHER][name] for start, _, name in found])

    def _voiced(
        self, batch: Batch, heard: Mapping[int, list[Heard]]
    ) -> tuple[list[Any], NDArray[np.intp]]:
        """Return what extractors hear in voices, and in which sentence, see :class:`Read`."""
        sizes = batch.sizes.tolist()
        found: list[Any] = []
        ends = [0]
        for hear in self._hearers:
            for number, voices in heard.items():
                found.extend(chain.from_iterable(hear(sizes[number], voices)))
                ends.append(len(found))
        sentences = np.array([*heard] * len(self._hearers), np.intp)
        return found, np.repeat(sentences, np.diff(ends) // VOICED)

    def _whole(
        self,
        batch: Batch,
        heard: Mapping[int, list[Heard]],
        voiced: list[Any],
        voicing: NDArray[np.intp],
    ) -> NDArray[np.float64]:
        """Return what extractors say of each sentence as a whole and of its voices."""
        weight, extraction = self._weights.get, self._extraction
        weights = np.fromiter(map(weight, voiced[2::VOICED], repeat(0.0)), float, len(voicing))
        whole = np.zeros(len(batch.texts))
        whole += np.bincount(voicing, weights * voiced[3::VOICED], len(whole))
        if extraction.finders:
            for number, text in enumerate(batch.texts):
                if size := int(batch.sizes[number]):
                    other = others(size, heard.get(number, ()))
                    for mark in extraction.sought(sentence_of(text), other):
                        whole[number] += weight(mark.feature, 0.0) * mark.value
        if self._measures:
            whole += batch.measured(self._measured)
        return whole

    def _measured(self, words: Sequence[str]) -> float:
        """Return what extractors that measure all words add."""
        weight = self._weights.get
        return sum(
            weight(feature, 0.0) * value
            for measure in self._measures
            for feature, value in measure(words)
        )


def settled(
    extraction: Extraction, raw: Sequence[str], codes: Sequence[int]
) -> list[tuple[int, int, str]]:
    """Settle which phrases count in a window, see :meth:`Extraction.settled`."""
    firsts = [at for at, code in enumerate(codes) if code & _FIRST]
    initial = [code & _INITIAL > 0 for code in codes]
    return extraction.settled(raw, initial, firsts[0] if firsts else -1)


class _Weights(dict[str, float]):
    """Feature → its weight when somebody speaks it: the author or another."""

    def __init__(
        self, extraction: Extraction, weights: Mapping[str, float], by_other: bool
    ) -> None:
        super().__init__()
        self._extraction, self._weights, self._by_other = extraction, weights, by_other

    def __missing__(self, feature: str) -> float:
        name = self._extraction.heard(feature, self._by_other)
        weight = self[feature] = self._weights.get(name, 0.0)
        return weight


def _letters(raw: str) -> int:
    """Return what of a token tells a title, and where a sentence begins."""
    first = raw[0]
    upper, letters = first.isupper(), first.isalpha() and len(raw) > 3
    return (
        first.isalnum() * _ALNUM
        | upper * _UPPER
        | letters * _LETTERS
        | (letters and upper) * _LETTERS_UPPER
    )
