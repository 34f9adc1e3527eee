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
from framing.quotations import MARKS, quotations
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
    tokens, bounds = batch.tokens, batch.bounds
    is_mark = batch.vocabulary.values(MARKS.__contains__, np.bool_)[tokens]
    marked = np.flatnonzero(batch.having(np.flatnonzero(is_mark)))
    quoted = np.zeros(len(tokens), np.bool_)
    quotes = {}
    for number, one in zip(marked.tolist(), batch.tokens_of(marked), strict=True):
        found, _ = quotations(batch.texts[number], one)
        quotes[number] = found
        for start, end, _ in found:
            quoted[bounds[number] + start : bounds[number] + end] = True
    seen = batch.vocabulary.values(SEEN.__getitem__, np.int64)[tokens]
    stops = _stops(batch, seen, quoted)
    walked = batch.having(stops)
    filled = np.diff(bounds) > 0
    walked[filled] |= seen[bounds[:-1][filled]] & OPENS != 0  # "In A's view, …"
    walked[marked] = True
    numbers = np.flatnonzero(walked)
    lows, highs = (
        np.searchsorted(stops, bounds[numbers]),
        np.searchsorted(stops, bounds[numbers + 1]),
    )
    inside = (stops - bounds[batch.owners[stops]]).tolist()
    for number, one, low, high in zip(
        numbers.tolist(), batch.tokens_of(numbers), lows.tolist(), highs.tolist(), strict=True
    ):
        voices = voices_of(one, quotes.get(number, ()), inside[low:high])
        if voices:
            yield number, voices


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
