"""Hearing many sentences at once: the same voices as :func:`framing.voice.heard` finds in each.

Which sentences have anything to hear, and at which words, is worked out for all tokens of a
batch together; only what hangs on a frame or stands between quotation marks is then walked
sentence by sentence, by the same functions as a sentence alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from framing.batch import Batch, joined
from framing.grammar import TITLE, WRITTEN
from framing.kinds import KINDS, NO_KIND
from framing.kinds import QUOTED as QUOTED_KIND
from framing.line import BEHIND, NO_BITS, NO_WORD, Line, after_titles
from framing.quotations import MARKS, Quotation, quotations
from framing.stops import (
    AFTER,
    ANYWHERE,
    BEFORE,
    BETWEEN,
    CLOSED,
    CLOSES,
    HELD,
    HERE,
    NEAR,
    NEARBY,
    NOTHING_AFTER,
    OUTSIDE,
    SECOND,
    SEEN,
    STOP,
    WALK,
    WORTH,
    opens,
)
from framing.text import NORMAL, normalise, tokenise
from framing.voice import Heard, by_offsets, ends_reported, in_its_words, told_apart, voices_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["hear_all"]


def _never(number: int, awaited: str) -> bool:
    return False


def hear_all(
    batch: Batch,
    follows: Sequence[bool] | None = None,
    closed: Callable[[int, str], bool] = _never,
) -> Iterator[tuple[int, list[Heard]]]:
    """Yield the number of each text that has voices, and these, in order.

    Parameters
    ----------
    batch : Batch
    follows : sequence of bool, optional
        Whether a text goes on in the paragraph of the text before it, and with a quotation that
        this one left open. By default each stands alone.
    closed : callable, optional
        Number of a text that begins a paragraph, closing mark that is missing → whether the
        quotation goes on there, see :func:`framing.voice.hear`.

    Examples
    --------
    >>> from framing.batch import Vocabulary
    >>> batch = Vocabulary().batch(["It rained.", "It failed, critics say."])
    >>> list(hear_all(batch))
    [(1, [Heard(start=0, end=2, kind='attributed', speaker=(3, 4), source='vague')])]
    """
    if follows is None:
        return _walked(batch, None, closed)
    heard = dict(_walked(batch, follows, closed))
    added = False
    for number in _in_its_words(batch):
        if follows[number] and number not in heard and number - 1 in heard:
            tokens = tokenise(batch.texts[number - 1])
            before = by_offsets(heard[number - 1], tokens.starts, tokens.ends)
            if ends_reported(tokens, before):
                heard[number] = [Heard(0, int(batch.sizes[number]), "attributed")]
                added = True
    return iter(sorted(heard.items()) if added else heard.items())


def _in_its_words(batch: Batch) -> list[int]:
    """Return the texts that may be free indirect speech, see :func:`framing.voice.in_its_words`."""
    long = np.flatnonzero(batch.sizes > 1)
    second = batch.tokens[batch.bounds[:-1][long] + 1]
    may = long[batch.vocabulary.values(_is_would, np.bool_)[second]]
    return [
        number
        for number, (words,) in zip(may.tolist(), batch.lists(may, batch.normal), strict=True)
        if in_its_words(words)
    ]


def _is_would(raw: str) -> bool:
    return NORMAL[raw] == "would"


def _walked(
    batch: Batch, follows: Sequence[bool] | None, closed: Callable[[int, str], bool]
) -> Iterator[tuple[int, list[Heard]]]:
    """Yield the voices of each text by its marks and frames."""
    values, bounds = batch.vocabulary.values, batch.bounds
    quotes, written, marks = _quotes(batch, follows, closed)
    seen = values(SEEN.__getitem__, np.int64).take(batch.tokens)
    seen[np.frombuffer(marks, np.bool_)] |= BETWEEN
    (filled,) = batch.sizes.nonzero()
    firsts = bounds[filled]
    anywhere = np.zeros(len(batch.texts), np.int64)
    anywhere[filled] = np.bitwise_or.reduceat(seen, firsts) & ANYWHERE if len(filled) else 0
    stops, worth = _stops(batch, seen, anywhere)
    walked = batch.having(stops)
    walked[filled] |= opens(seen[firsts] | anywhere[filled])  # "In A's view, …"
    lines = _lines(batch, walked.nonzero()[0], marks)
    needs_line = walked.tolist()
    walks, holds = stops[worth & WALK > 0], _by_text(batch, stops[worth & HELD > 0])
    cuts = np.searchsorted(walks, bounds).tolist()
    places = (walks - bounds[batch.owners[walks]]).tolist()
    nowhere: list[int] = []
    walked[list(quotes)] = True
    for number in walked.nonzero()[0].tolist():
        pairs, raw = quotes.get(number, ()), written.get(number, ())
        if needs_line[number]:
            at_stops = places[cuts[number] : cuts[number + 1]]
            voices = voices_of(next(lines), at_stops, holds.get(number, nowhere), pairs, raw)
        else:
            voices = [told_apart(raw, pair) for pair in pairs]
        if voices:
            yield number, voices


def _quotes(
    batch: Batch, follows: Sequence[bool] | None, closed: Callable[[int, str], bool]
) -> tuple[dict[int, list[Quotation]], dict[int, list[str]], bytes]:
    """Return the quotations of each text that has any, what is written there, and the marks.

    Tokens between marks are ones. A text without a mark, in which a quotation goes on, is not
    written out.
    """
    (marks,) = batch.vocabulary.values(MARKS.__contains__, np.bool_).take(batch.tokens).nonzero()
    found: dict[int, list[Quotation]] = {}
    written: dict[int, list[str]] = {}
    quoted = bytearray(len(batch.tokens))
    by_text = _by_text(batch, marks)
    awaited, last = "", -1
    columns = batch.lists(np.array([*by_text], np.intp), batch.written)
    for (number, places), (raw,) in zip(by_text.items(), columns, strict=True):
        if awaited and follows:
            awaited = _run_on(found, batch, follows, closed, range(last + 1, number), awaited)
        awaited = awaited if follows else ""
        pairs, awaited = quotations(batch.texts[number], raw, awaited, places)
        if pairs:
            found[number], written[number] = pairs, raw
        last = number
    if awaited and follows:
        _run_on(found, batch, follows, closed, range(last + 1, len(follows)), awaited)
    bounds = batch.bounds.tolist()
    for number, pairs in found.items():
        start = bounds[number]
        for begin, end, _ in pairs:
            quoted[start + begin : start + end] = b"\1" * (end - begin)
    return found, written, bytes(quoted)


def _run_on(
    found: dict[int, list[Quotation]],
    batch: Batch,
    follows: Sequence[bool],
    closed: Callable[[int, str], bool],
    numbers: range,
    awaited: str,
) -> str:
    """Let an open quotation run over texts without marks; return the mark that is awaited then."""
    for number in numbers:
        if not (follows[number] or closed(number, awaited)):
            return ""
        if batch.sizes[number]:
            found[number] = [Quotation(0, int(batch.sizes[number]), False)]
    at = numbers.stop
    goes_on = at == len(follows) or follows[at] or closed(at, awaited)
    return awaited if goes_on else ""


def _by_text(batch: Batch, at: NDArray[np.intp]) -> dict[int, list[int]]:
    """Return some tokens by text, numbered from its first."""
    found: dict[int, list[int]] = {}
    owners = batch.owners[at]
    for number, place in zip(owners.tolist(), (at - batch.bounds[owners]).tolist(), strict=True):
        found.setdefault(number, []).append(place)
    return found


def _lines(batch: Batch, numbers: NDArray[np.intp], marks: bytes) -> Iterator[Line]:
    """Yield some texts as a walk sees them, all cut from the same columns."""
    values, sizes = batch.vocabulary.values, batch.sizes[numbers]
    rows, ends = joined(batch.bounds[numbers], sizes + BEHIND)
    behind = (ends[:, None] - np.arange(1, BEHIND + 1)).ravel()
    rows[behind] = 0
    tokens = batch.tokens.take(rows)
    words, bits = (
        values(normalise, object).take(tokens),
        values(WRITTEN.__getitem__, object).take(tokens),
    )
    words[behind], bits[behind] = NO_WORD, NO_BITS
    quoted = np.frombuffer(marks, np.uint8)[rows]
    quoted[behind] = 0
    kinds = values(_kind, np.uint8).take(tokens)
    for point in _after_titles(words, values(_point, np.int8).take(tokens), ends):
        bits[point], kinds[point] = 0, NO_KIND
    kinds += QUOTED_KIND * quoted
    all_words, all_bits = words.tolist(), bits.tolist()
    all_quoted, all_kinds = quoted.tobytes(), kinds.tobytes()
    start = 0
    for size, end in zip(sizes.tolist(), ends.tolist(), strict=True):
        yield Line.ready(
            size,
            all_words[start:end],
            all_quoted[start:end],
            all_bits[start:end],
            all_kinds[start : start + size],
        )
        start = end


def _after_titles(
    words: NDArray[np.object_], points: NDArray[np.int8], ends: NDArray[np.intp]
) -> list[int]:
    """Return the points of abbreviations; only a line in which one follows a title has any."""
    (titled,) = ((points[:-1] == _TITLE) & (points[1:] == _POINT)).nonzero()
    found: list[int] = []
    for line in set(np.searchsorted(ends, titled, "right").tolist()):
        start, end = int(ends[line - 1]) if line else 0, int(ends[line]) - BEHIND
        found += [start + point for point in after_titles(words[start:end].tolist())]
    return found


def _kind(raw: str) -> int:
    """Return the kind of a token as written, see :mod:`framing.kinds`."""
    return KINDS[NORMAL[raw]]


_POINT, _TITLE = 1, 2


def _point(raw: str) -> int:
    """Whether a token is a point, or a title that can stand before one."""
    return _POINT if raw == "." else _TITLE if WRITTEN[raw] & TITLE else 0


def _stops(
    batch: Batch, seen: NDArray[np.int64], anywhere: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.int8]]:
    """Where a walk has to stop and look, and what for, see :func:`framing.stops.places`."""
    small = seen.astype(np.uint8)
    (at,) = (small & STOP > 0).nonzero()
    if not len(at):
        return at, np.zeros(0, np.int8)
    owners = batch.owners[at]
    inside, left = at - batch.bounds[owners], batch.bounds[owners + 1] - at
    neighbours = np.concatenate([[0, 0], seen, [0]])  # token i is number i + 2
    pattern = seen[at] & HERE | anywhere[owners]
    pattern |= np.where(inside > 0, neighbours[at + 1] & BEFORE, OUTSIDE)
    pattern |= np.where(inside > 1, neighbours[at] & SECOND, 0)
    pattern |= np.where(left > 1, neighbours[at + 3] & AFTER, NOTHING_AFTER)
    near = np.concatenate([small[1:], np.zeros(NEAR, np.uint8)])
    for step in (1, 2, 4, 8):  # each is joined with as many behind it as it has in it
        near[:-step] |= near[step:]
    pattern |= near[at] & np.uint8(NEARBY)
    (closes,) = (small & CLOSES > 0).nonzero()
    last = np.concatenate([[-1], closes])[closes.searchsorted(at)]
    pattern |= np.where(last >= batch.bounds[owners], CLOSED, 0)
    worth = np.fromiter(map(WORTH.__getitem__, pattern.tolist()), np.int8, len(at))
    return at[worth > 0], worth[worth > 0]
