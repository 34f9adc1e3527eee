"""Hearing many sentences at once: the same voices as :func:`framing.voice.heard` finds in each.

Which sentences have anything to hear, and at which words, is worked out for all tokens of a
batch together; only what hangs on a frame or stands between quotation marks is then walked
sentence by sentence, by the same functions as a sentence alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from framing.batch import Batch
from framing.clauses import Line
from framing.grammar import BITS, TITLE
from framing.quotations import MARKS, Quotation, quotations
from framing.stops import (
    AFTER,
    BEFORE,
    HERE,
    OPENS,
    OUTSIDE,
    QUOTED,
    QUOTED_BEFORE,
    SECOND,
    SEEN,
    STOP,
    THAT,
    THAT_SAID,
    WORTH,
)
from framing.text import NORMAL
from framing.voice import Heard, voices_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["hear_all"]


def hear_all(batch: Batch) -> Iterator[tuple[int, list[Heard]]]:
    """Yield the number of each text that has voices, and these, in order.

    Examples
    --------
    >>> from framing.batch import Vocabulary
    >>> batch = Vocabulary().batch(["It rained.", "It failed, critics say."])
    >>> list(hear_all(batch))
    [(1, [Heard(start=0, end=2, kind='attributed', speaker=(3, 4), source='vague')])]
    """
    values, bounds = batch.vocabulary.values, batch.bounds
    raw = batch.column(batch.written)
    quotes, marks = _quotes(batch, raw)
    seen = values(SEEN.__getitem__, np.int64)[batch.tokens]
    stops = _stops(batch, seen, np.frombuffer(marks, np.bool_))
    walked = batch.having(stops)
    filled = batch.sizes > 0
    walked[filled] |= seen[bounds[:-1][filled]] & OPENS != 0  # "In A's view, …"
    walked[list(quotes)] = True
    numbers = np.flatnonzero(walked)
    starts, ends = bounds[numbers], bounds[numbers + 1]
    places = (stops - bounds[batch.owners[stops]]).tolist()
    lows, highs = np.searchsorted(stops, [starts, ends]).tolist()
    words, bits = batch.column(batch.normal), _classes(batch)
    for number, start, end, low, high in zip(
        numbers.tolist(), starts.tolist(), ends.tolist(), lows, highs, strict=True
    ):
        line = Line(words[start:end], raw[start:end], marks[start:end], bits[start:end])
        voices = voices_of(line, quotes.get(number, ()), places[low:high])
        if voices:
            yield number, voices


def _quotes(batch: Batch, raw: list[str]) -> tuple[dict[int, list[Quotation]], bytes]:
    """Return the quotations of each text that has any, and the tokens between marks as ones."""
    marks = np.flatnonzero(batch.vocabulary.values(MARKS.__contains__, np.bool_)[batch.tokens])
    found: dict[int, list[Quotation]] = {}
    quoted = bytearray(len(raw))
    numbers = np.flatnonzero(batch.having(marks))
    starts, ends = batch.bounds[numbers], batch.bounds[numbers + 1]
    for number, start, end in zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True):
        pairs, _ = quotations(batch.texts[number], raw[start:end])
        if pairs:
            found[number] = pairs
            for opened, closed, _ in pairs:
                quoted[start + opened : start + closed] = b"\1" * (closed - opened)
    return found, bytes(quoted)


def _classes(batch: Batch) -> list[int]:
    """Return what each token can be, see :func:`framing.clauses.classes`."""
    bits: list[int] = batch.column(batch.vocabulary.values(_bits, object))
    points = batch.vocabulary.values(_point, np.int8)[batch.tokens]
    after = np.flatnonzero((points[:-1] == _TITLE) & (points[1:] == _POINT)) + 1
    if len(after):
        owners = batch.owners[after]
        alone = np.bincount(batch.owners[points == _POINT])[owners] == 1
        last = after + 1 == batch.bounds[owners + 1]
        for at in after[(owners == batch.owners[after - 1]) & ~(alone & last)].tolist():
            bits[at] = 0
    return bits


def _bits(raw: str) -> int:
    """Return what a token as written can be, see :mod:`framing.grammar`."""
    return BITS[NORMAL[raw]]


_POINT, _TITLE = 1, 2


def _point(raw: str) -> int:
    """Whether a token is a point, or a title that can stand before one."""
    return _POINT if raw == "." else _TITLE if _bits(raw) & TITLE else 0


def _stops(batch: Batch, seen: NDArray[np.int64], quoted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Where a walk has to stop and look, see :func:`framing.stops.places`."""
    at = np.flatnonzero(seen & STOP)
    owners = batch.owners[at]
    inside = at - batch.bounds[owners]
    neighbours = np.concatenate([[0, 0], seen, [0]])  # token i is number i + 2
    pattern = seen[at] & HERE
    pattern |= np.where(inside > 0, neighbours[at + 1] & BEFORE, OUTSIDE)
    pattern |= np.where(inside > 1, neighbours[at] & SECOND, 0)
    pattern |= np.where(at + 1 < batch.bounds[owners + 1], neighbours[at + 3] & AFTER, 0)
    pattern |= np.where(quoted[at], QUOTED, 0)
    pattern |= np.where((inside > 0) & quoted[at - 1], QUOTED_BEFORE, 0)
    that = batch.having(np.flatnonzero(seen & THAT))
    pattern |= np.where(that[owners], THAT_SAID, 0)
    patterns, which = np.unique(pattern, return_inverse=True)
    worth = np.array(list(map(WORTH.__getitem__, patterns.tolist())), np.bool_)
    return at[worth[which]] if len(at) else at
