"""Phrases of several tokens, found in all tokens of a batch at once.

The phrases make a tree of states: a state is what several phrases begin with. From every token
that begins a phrase all states are followed together, one token further in each round, so that a
round costs a few array operations however many tokens there are. A step is a look into a hash
table of (state, word) pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, repeat
from typing import TYPE_CHECKING

import numpy as np

from framing.lexicon import ANY, START
from framing.probing import Slots

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Automaton"]

_NO_STATE = -1
#: What stands where a sentence has ended; no phrase has it.
_NO_WORD = -1


class Automaton:
    """A set of phrases.

    Parameters
    ----------
    phrases : iterable of str
        Tokens joined by single spaces; ``^`` and ``*`` as in :mod:`framing.lexicon`. Those of one
        token are left out.

    Examples
    --------
    >>> automaton = Automaton(["war of words", "of words", "war * end", "^ it is", "war"])
    >>> words = np.array([automaton.word(w) for w in "it is war of words war of end".split()])
    >>> starts, stops = automaton.find(words, np.array([0, len(words)]), np.array([0]))
    >>> list(zip(starts.tolist(), stops.tolist()))
    [(0, 2), (2, 5), (3, 5), (5, 8)]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        several = [phrase for phrase in phrases if " " in phrase]
        lengths = np.fromiter(map(str.count, several, repeat(" ")), np.intp, len(several)) + 1
        written = " ".join(several).split(" ") if several else []
        known = dict(zip(dict.fromkeys(written), count(1), strict=False))
        size = self._size = len(known) + 3
        words = np.fromiter(map(known.__getitem__, written), np.int64, len(written))
        any_word, start = known.pop(ANY, 0), known.pop(START, 0)
        self._words = known
        states, self._ended, (state_of, word_of, next_of) = _grown(words, lengths, size)
        #: State after any word, and after each word that begins a phrase.
        self._gaps = np.full(states, _NO_STATE)
        self._first = np.full(size, _NO_STATE)
        self._start = _NO_STATE
        begins = (state_of == 0) & (word_of != start)
        self._first[word_of[begins]] = next_of[begins]
        for at in np.flatnonzero((state_of == 0) & (word_of == start)):
            self._start = int(next_of[at])
        wild = word_of == any_word
        self._gaps[state_of[wild]] = next_of[wild]
        inner = (state_of > 0) & ~wild
        pairs = state_of[inner] * size + word_of[inner]
        self._slots = Slots(pairs.view(np.uint64))
        #: Asked first, for it is small and refuses nearly all pairs that are not there.
        self._maybe = self._slots.filled()
        # A last pair stands for none.
        self._pairs, self._next = np.append(pairs, -1), np.append(next_of[inner], _NO_STATE)

    def _steps(self, pairs: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Return which of the (state, word) pairs lead on, by number, and to which states."""
        places = self._slots.places(pairs.view(np.uint64))
        (asked,) = self._maybe.take(places).nonzero()
        pairs = pairs.take(asked)
        rows = self._slots.find(
            places.take(asked), lambda rows, at: self._pairs.take(rows) == pairs[at]
        )
        (known,) = (rows >= 0).nonzero()
        return asked.take(known), self._next.take(rows.take(known))

    def word(self, word: str) -> int:
        """Return the number of a word; 0 if no phrase has it."""
        return self._words.get(word, 0)

    def find(
        self, words: NDArray[np.int64], bounds: NDArray[np.int64], firsts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the phrases among the tokens of many sentences.

        Parameters
        ----------
        words : ndarray of int, shape (n_tokens,)
            What :meth:`word` says of each token.
        bounds : ndarray of int, shape (n_sentences + 1,)
            Where each sentence begins, and where the last one ends.
        firsts : ndarray of int
            The tokens at which a phrase of a sentence's beginning may stand.

        Returns
        -------
        starts, stops : ndarray of int
            Half-open places of all phrases, by start; what several phrases share is there once.
        """
        following = np.append(words, _NO_WORD)
        following[bounds] = _NO_WORD
        begun = self._first.take(words)
        (starts,) = (begun != _NO_STATE).nonzero()
        states, stops = begun.take(starts), starts + 1
        asked = following.take(stops)
        if self._start != _NO_STATE:
            starts = np.concatenate([starts, firsts])
            states = np.concatenate([states, np.full(len(firsts), self._start)])
            stops = np.concatenate([stops, firsts])
            asked = np.concatenate([asked, words.take(firsts)])
        found_starts, found_stops = [], []
        while len(states):
            going, reached = self._steps(states * self._size + asked)
            gaps = self._gaps.take(states)
            (wild,) = ((gaps != _NO_STATE) & (asked != _NO_WORD)).nonzero()
            if len(wild):
                going = np.concatenate([going, wild])
                reached = np.concatenate([reached, gaps.take(wild)])
            states, starts, stops = reached, starts.take(going), stops.take(going) + 1
            asked = following.take(stops)
            (ended,) = self._ended.take(states).nonzero()
            found_starts.append(starts.take(ended))
            found_stops.append(stops.take(ended))
        if not found_starts:
            return starts, stops
        all_starts, all_stops = np.concatenate(found_starts), np.concatenate(found_stops)
        order = np.argsort(all_starts, kind="stable")
        return all_starts[order], all_stops[order]


def _grown(
    words: NDArray[np.int64], lengths: NDArray[np.intp], size: int
) -> tuple[int, NDArray[np.bool_], tuple[NDArray[np.int64], ...]]:
    """Grow the tree of phrases, one word further in each round.

    Parameters
    ----------
    words : ndarray of int
        The words of all phrases by number, one phrase after the other.
    lengths : ndarray of int
        How many words each phrase has.
    size : int
        Larger than the number of each word.

    Returns
    -------
    states : int
        How many there are; no phrase begun is state 0.
    ended : ndarray of bool, shape (states,)
        Whether a phrase ends in a state.
    steps : tuple of ndarray of int
        State, word and following state of each step.
    """
    at = np.cumsum(lengths) - lengths
    state = np.zeros(len(lengths), np.int64)
    states, ends = 1, [state[:0]]
    steps = [[state[:0]] * 3]
    while len(at):
        pairs, following = np.unique(state * size + words[at], return_inverse=True)
        steps.append([*np.divmod(pairs, size), np.arange(states, states + len(pairs))])
        state = states + following
        states += len(pairs)
        ends.append(state[lengths == 1])
        going = lengths > 1
        at, lengths, state = at[going] + 1, lengths[going] - 1, state[going]
    ended = np.zeros(states, np.bool_)
    ended[np.concatenate(ends)] = True
    return states, ended, tuple(map(np.concatenate, zip(*steps, strict=True)))
