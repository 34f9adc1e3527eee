"""Stretches of text between white space, cut out of thousands of texts in one go.

Texts are looked at as bytes. What a short stretch says fits into a few numbers of eight bytes, and
a hash table is asked for the stretches of all texts together. It answers for none that it was not
given, and for no long one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.probing import MULTIPLIER, Slots

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Stretches", "Table"]

#: A stretch of so many times eight bytes is short.
_PARTS = 3
_LONGEST = 8 * _PARTS
_FOLD = np.uint64(32)
#: By number of bytes, what is kept of a part.
_KEPT = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
#: Between texts stands a byte that no text has.
_BETWEEN = b"\xff"
_HALVES = "surrogatepass"
_WHITE = np.zeros(256, np.bool_)
_WHITE[[*b"\t\n\v\f\r\x1c\x1d\x1e\x1f ", *_BETWEEN]] = True
_OTHER_WHITE = re.compile(
    f"[{''.join(chr(code) for code in range(128, 0x3001) if chr(code).isspace())}]"
)


class Stretches:
    """Texts cut at their white space, as :meth:`str.split` does.

    Parameters
    ----------
    texts : sequence of str

    Attributes
    ----------
    counts : ndarray of int, shape (n_texts,)
        How many stretches each text has.
    sizes : ndarray of int, shape (n_stretches,)
        How many bytes each has in UTF-8.
    parts : list of ndarray of int
        Its first eight bytes as a number, the next eight, and so on.
    having : list of slice or ndarray of int
        Which stretches have any of these bytes; of the first, all.

    Examples
    --------
    >>> found = Stretches(["It’s so.", "", " So\u00a0it is."])
    >>> found.counts.tolist(), [found[at] for at in range(len(found))]
    ([2, 0, 3], ['It’s', 'so.', 'So', 'it', 'is.'])
    """

    def __init__(self, texts: Sequence[str]) -> None:
        if not all(map(str.isascii, texts)):
            texts = [_OTHER_WHITE.sub(" ", text) for text in texts]
        try:
            data = _BETWEEN.join([b"", *map(str.encode, texts), b""])
        except UnicodeEncodeError:  # half a surrogate pair
            data = _BETWEEN.join([b"", *(text.encode("utf-8", _HALVES) for text in texts), b""])
        codes = np.frombuffer(data, np.uint8)
        (white,) = _is_white(codes).nonzero()
        (between,) = (codes.take(white) == _BETWEEN[0]).nonzero()
        starts = white[:-1] + 1
        sizes = white[1:] - starts
        if not sizes.all():  # two white spaces side by side
            something = sizes > 0
            between = np.append(0, np.cumsum(something))[between]
            starts, sizes = starts[something], sizes[something]
        self.counts: NDArray[np.intp] = between[1:] - between[:-1]
        self.sizes: NDArray[np.intp] = sizes
        padded = data + bytes(8)
        windows: NDArray[np.uint64] = np.ndarray((len(data),), "<u8", padded, strides=(1,))
        self.having: list[slice | NDArray[np.intp]] = [slice(None)]
        self.parts = [windows[starts] & _kept(self.sizes)]
        (having,) = (sizes > 8).nonzero()
        for before in range(8, _LONGEST, 8):
            having = having[self.sizes[having] > before]
            part = np.zeros(len(starts), np.uint64)
            kept = _kept(self.sizes[having] - before)
            part[having] = windows[starts[having] + before] & kept
            self.having.append(having)
            self.parts.append(part)
        self._data, self._starts = data, starts

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, at: int) -> str:
        start = self._starts[at]
        return self._data[start : start + self.sizes[at]].decode("utf-8", _HALVES)


def _is_white(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    # A few comparisons are faster than a look into a table.
    if codes.min() >= 28 or not np.any((codes < 9) | ((codes > 13) & (codes < 28))):
        white: NDArray[np.bool_] = (codes <= 32) | (codes == _BETWEEN[0])
        return white
    return _WHITE.take(codes)


def _kept(sizes: NDArray[np.intp]) -> NDArray[np.uint64]:
    kept: NDArray[np.uint64] = _KEPT.take(sizes, mode="clip")
    return kept


class Table:
    """Short stretches by number.

    Parameters
    ----------
    known : sequence of str
        Distinct stretches, numbered as they stand here.

    Examples
    --------
    >>> Table(["so.", "It’s"]).find(Stretches(["It’s so.", "It is so."])).tolist()
    [1, 0, -1, -1, 0]
    """

    def __init__(self, known: Sequence[str]) -> None:
        given = Stretches(known)
        short = np.flatnonzero(given.sizes <= _LONGEST)
        self._slots = Slots(_mixed(given)[short])
        # A last row stands for none.
        self._numbers = np.append(short, -1)
        self._sizes = np.append(given.sizes[short], -1)
        self._parts = [np.append(part[short], np.uint64(0)) for part in given.parts]

    def find(self, asked: Stretches) -> NDArray[np.intp]:
        """Return the number of each stretch, -1 if it is not known."""
        rows = self._slots.find(self._slots.places(_mixed(asked)), partial(self._same, asked))
        numbers: NDArray[np.intp] = self._numbers.take(rows)
        return numbers

    def _same(self, asked: Stretches, rows: NDArray[np.int32], at: Any) -> NDArray[np.bool_]:
        sizes, (first, *further) = asked.sizes[at], asked.parts
        same: NDArray[np.bool_] = self._sizes.take(rows) == sizes
        same &= self._parts[0].take(rows) == first[at]
        (long,) = (same & (sizes > 8)).nonzero()
        for known, part in zip(self._parts[1:], further, strict=True):
            same[long] &= known.take(rows[long]) == part[at][long]
        return same


def _mixed(asked: Stretches) -> NDArray[np.uint64]:
    """Return a number for each stretch, mixed from its size and its parts."""
    mixed = asked.sizes.astype(np.uint64)
    for having, part in zip(asked.having, asked.parts, strict=True):
        some = (mixed[having] ^ part[having]) * MULTIPLIER
        mixed[having] = some ^ (some >> _FOLD)
    return mixed
