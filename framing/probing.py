"""Hash tables in arrays, asked for thousands of keys in one go.

Open addressing with linear probing: a row stands in the slot that its key's hash names, or in the
first free one behind. Each look is one array operation for all keys that are still looked for. The
keys themselves stay with whoever asks, who compares them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MULTIPLIER", "Slots"]

#: 2**64 over the golden ratio: Fibonacci hashing.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_FREE = -1
#: Slots per row, at least: hardly any key is looked for in more than two.
_ROOM = 16


class Slots:
    """The rows of a table by the hashes of their keys.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_rows,)
        The keys of the rows, or something mixed from them; equal for different keys, it costs time.

    Examples
    --------
    >>> keys = np.array([7, 11, 4], np.uint64)
    >>> slots = Slots(keys)
    >>> asked = np.array([4, 5, 7], np.uint64)
    >>> slots.find(slots.places(asked), lambda rows, at: keys[rows] == asked[at]).tolist()
    [2, -1, 0]
    """

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._shift = np.uint64(64 - max(len(keys) * _ROOM, 2).bit_length())
        self._last = (1 << (64 - int(self._shift))) - 1
        self._rows = np.full(self._last + 1, _FREE, np.int32)
        rows, places = np.arange(len(keys), dtype=np.int32), self.places(keys)
        while len(rows):
            free = self._rows[places] == _FREE
            self._rows[places[free]] = rows[free]  # of several that want a slot, one gets it
            left = self._rows[places] != rows
            rows, places = rows[left], (places[left] + 1) & self._last

    def filled(self) -> NDArray[np.bool_]:
        """Return which slots have a row; a key whose first slot has none is not in the table."""
        filled: NDArray[np.bool_] = self._rows != _FREE
        return filled

    def places(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the slot in which each key is looked for first."""
        return ((keys * MULTIPLIER) >> self._shift).view(np.int64)

    def find(
        self,
        places: NDArray[np.int64],
        same: Callable[[NDArray[np.int32], Any], NDArray[np.bool_]],
    ) -> NDArray[np.int32]:
        """Return the row of each key that is looked for, -1 if there is none.

        Parameters
        ----------
        places : ndarray of int
            What :meth:`places` says of the keys.
        same : callable
            Rows, and an index of those of the keys with which they are compared → whether each
            row has the key. Of row -1, which is none, it may say anything.
        """
        found = self._rows.take(places)
        (left,) = (~same(found, slice(None)) & (found != _FREE)).nonzero()
        places = places.take(left)
        while len(left):  # another key's row is there: what is looked for may be in the next slot
            places = (places + 1) & self._last
            found[left] = rows = self._rows.take(places)
            (going,) = (~same(rows, left) & (rows != _FREE)).nonzero()
            left, places = left.take(going), places.take(going)
        return found
