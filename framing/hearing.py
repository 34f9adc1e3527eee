"""Hearing many sentences at once: the same voices as :func:`framing.voice.heard` finds in each.

Which sentences have anything to hear, and at which words, is worked out for all tokens of a
batch together; only what hangs on a frame or stands between quotation marks is then walked
sentence by sentence, by the same functions as a sentence alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from framing.batch import Batch
from framing.clauses import Line
from framing.grammar import BITS
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
from framing.voice import Heard, between, voices_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["hear_all"]


def hear_all(
    batch: Batch, follows: Sequence[bool] | None = None
) -> Iterator[tuple[int, list[Heard]]]:
    """Yield the number of each text that has voices, and these, in order.

    Parameters
    ----------
    batch : Batch
    follows : sequence of bool, optional
        Whether a text goes on in the paragraph of the text before it, and with a quotation that
        this one left open. By default each stands alone.

    Examples
    --------
    >>> from framing.batch import Vocabulary
    >>> batch = Vocabulary().batch(["It rained.", "It failed, critics say."])
    >>> list(hear_all(batch))
    [(1, [Heard(start=0, end=2, kind='attributed', speaker=(3, 4), source='vague')])]
    """
    values, bounds = batch.vocabulary.values, batch.bounds
    is_mark = values(MARKS.__contains__, np.bool_)[batch.tokens]
    marked = np.flatnonzero(batch.having(np.flatnonzero(is_mark)))
    quoted = np.zeros(len(batch.tokens), np.bool_)
    quotes = _quotes(batch, marked, follows)
    for number, found in quotes.items():
        start, end = bounds[number : number + 2].tolist()
        quoted[start:end] = between(found, end - start)
    seen = values(SEEN.__getitem__, np.int64)[batch.tokens]
    stops = _stops(batch, seen, quoted)
    walked = batch.having(stops)
    filled = np.diff(bounds) > 0
    walked[filled] |= seen[bounds[:-1][filled]] & OPENS != 0  # "In A's view, …"
    walked[list(quotes)] = True
    numbers = np.flatnonzero(walked)
    places = (stops - bounds[batch.owners[stops]]).tolist()
    lows, highs = np.searchsorted(stops, [bounds[numbers], bounds[numbers + 1]]).tolist()
    lists = batch.lists(numbers, batch.normal, batch.written, values(_bits, object))
    for number, (words, raw, bits), low, high in zip(
        numbers.tolist(), lists, lows, highs, strict=True
    ):
        found = quotes.get(number) or []
        quoted_here = between(found, len(words)) if found else [False] * len(words)
        line = Line(words, raw, quoted_here, bits)
        voices = voices_of(line, found, places[low:high])
        if voices:
            yield number, voices


def _quotes(
    batch: Batch, marked: NDArray[np.intp], follows: Sequence[bool] | None
) -> dict[int, list[Quotation]]:
    """Return the quoted stretches of each text that has any."""
    quotes: dict[int, list[Quotation]] = {}
    awaited, last = "", -1
    for number, (raw,) in zip(marked.tolist(), batch.lists(marked, batch.written), strict=True):
        if awaited and follows:
            awaited = _go_on(quotes, batch, follows, last + 1, number, awaited)
        found, awaited = quotations(batch.texts[number], raw, awaited if follows else "")
        if found:
            quotes[number] = found
        last = number
    if awaited and follows:
        _go_on(quotes, batch, follows, last + 1, len(batch.texts), awaited)
    return quotes


def _go_on(
    quotes: dict[int, list[Quotation]],
    batch: Batch,
    follows: Sequence[bool],
    start: int,
    end: int,
    awaited: str,
) -> str:
    """Let an open quotation run over texts without marks; return the mark still awaited."""
    for number in range(start, end):
        if not follows[number]:
            return ""
        size = int(batch.bounds[number + 1] - batch.bounds[number])
        if size:
            quotes[number] = [Quotation(0, size, False)]
    return awaited if end == len(follows) or follows[end] else ""


def _bits(raw: str) -> int:
    """Return what a token as written can be, see :mod:`framing.grammar`."""
    return BITS[NORMAL[raw]]


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
