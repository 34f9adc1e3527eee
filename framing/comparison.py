"""Two texts beside each other: drafts of one story, or two outlets on one event.

Sentences are paired by their words: the same first, then the most alike. What has no partner
was added or removed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from framing.analysis import Analysis, analyze
from framing.model import LinearModel, Verdict
from framing.profile import devices
from framing.text import JUDGED
from framing.values import Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "STATUSES", "Comparison", "Pair", "compare"]

#: What can have become of a sentence.
STATUSES = ("same", "moved", "edited", "added", "removed")

#: The columns of :meth:`Comparison.to_frame`.
COLUMNS = (
    "status",
    "relabelled",
    "label_a",
    "label_b",
    "probability_a",
    "probability_b",
    "similarity",
    "line_a",
    "line_b",
    "text_a",
    "text_b",
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Pair(Value):
    """A sentence of one text, of the other, or of both.

    Attributes
    ----------
    status : str
        One of :data:`STATUSES`: ``"same"`` words in the same order of sentences; ``"moved"``, the
        same words elsewhere; ``"edited"``, mostly the same words; ``"added"``, in b alone;
        ``"removed"``, in a alone.
    a, b : Verdict or None
        The sentence as judged in each text.
    similarity : float
        Share of words in common, 0 to 1 (Ratcliff & Obershelp 1988, over words).
    """

    status: str
    a: Verdict | None
    b: Verdict | None
    similarity: float

    @property
    def relabelled(self) -> bool:
        """Whether a sentence that is in both texts has another label in b than in a."""
        return self.a is not None and self.b is not None and self.a.label != self.b.label


class Comparison(Value):
    """What differs between two texts.

    Attributes
    ----------
    a, b : Analysis
    pairs : tuple of Pair
        In the order of b; what was removed stands where it stood in a.
    """

    a: Analysis
    b: Analysis
    pairs: tuple[Pair, ...]

    def counts(self) -> dict[str, int]:
        """Return how many sentences each status has, and how many were relabelled."""
        found = {status: sum(one.status == status for one in self.pairs) for status in STATUSES}
        return found | {"relabelled": sum(one.relabelled for one in self.pairs)}

    def devices(self) -> dict[str, tuple[float, float]]:
        """Return family of evidence → its marks per 100 judged sentences in a and in b."""
        a, b = devices(self.a), devices(self.b)
        return {family: (a.get(family, 0.0), b.get(family, 0.0)) for family in sorted({*a, *b})}

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair, with the columns of :data:`COLUMNS`."""
        import pandas as pd

        return pd.DataFrame([_cells(one) for one in self.pairs], columns=list(COLUMNS))

    def devices_frame(self) -> pd.DataFrame:
        """Return one row a family: marks per 100 judged sentences in a, in b, and b less a."""
        import pandas as pd

        rows = [(family, a, b, b - a) for family, (a, b) in self.devices().items()]
        return pd.DataFrame(rows, columns=["family", "a", "b", "difference"])

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {
            "schema_version": "1",
            "a": {"name": self.a.document.name, "editorial": _share(self.a)},
            "b": {"name": self.b.document.name, "editorial": _share(self.b)},
            "counts": self.counts(),
            "devices": [
                {"family": family, "a": a, "b": b} for family, (a, b) in self.devices().items()
            ],
            "pairs": [dict(zip(COLUMNS, _cells(one), strict=True)) for one in self.pairs],
        }

    def __str__(self) -> str:
        from framing.reports.comparison import as_text

        return as_text(self)


def _share(analysis: Analysis) -> float | None:
    judged = [verdict for verdict in analysis if verdict.label is not None]
    if not judged:
        return None
    return sum(verdict.label == "editorial" for verdict in judged) / len(judged)


def _cells(one: Pair) -> tuple[Any, ...]:
    a, b = one.a, one.b
    return (
        one.status,
        one.relabelled,
        a.label if a else None,
        b.label if b else None,
        a.probability if a else None,
        b.probability if b else None,
        one.similarity,
        a.sentence.line if a else None,
        b.sentence.line if b else None,
        a.sentence.text if a else None,
        b.sentence.text if b else None,
    )


def compare(
    a: Analysis | str | os.PathLike[str],
    b: Analysis | str | os.PathLike[str],
    *,
    similarity: float = 0.6,
    model: LinearModel | None = None,
    threshold: float | None = None,
) -> Comparison:
    """Set two texts beside each other.

    Parameters
    ----------
    a, b : Analysis, str or Path
        The earlier and the later draft, or two outlets' articles; as for
        :func:`framing.analyze`, a ``str`` is the text itself.
    similarity : float
        Share of words in common from which two sentences are one, edited; 0 to 1.
    model, threshold
        As for :func:`framing.analyze`.

    Returns
    -------
    Comparison

    Raises
    ------
    ReadError
        If a path cannot be read as text.

    Examples
    --------
    >>> before = "The pier closed on Monday. Rain is expected."
    >>> after = "The pier closed on Monday. It is a disgraceful, shameful decision."
    >>> found = compare(before, after)
    >>> [(pair.status, pair.b.label if pair.b else None) for pair in found.pairs]
    [('same', 'reporting'), ('removed', None), ('added', 'editorial')]
    """
    if not 0 < similarity <= 1:
        raise ValueError(f"similarity is above 0 and at most 1, not {similarity}")
    one, other = (
        text if isinstance(text, Analysis) else analyze(text, model=model, threshold=threshold)
        for text in (a, b)
    )
    return Comparison(one, other, tuple(_pairs(_prose(one), _prose(other), similarity)))


def _prose(analysis: Analysis) -> list[Verdict]:
    """Return the sentences that are compared: captions and bylines are no part of the story."""
    return [verdict for verdict in analysis if verdict.sentence.kind in JUDGED]


def _words(verdict: Verdict) -> tuple[str, ...]:
    """Return a sentence's words without case, marks and spaces."""
    return tuple(word.replace("’", "'").lower() for word in _WORD.findall(verdict.sentence.text))


def _pairs(a: Sequence[Verdict], b: Sequence[Verdict], least: float) -> Iterator[Pair]:
    """Yield the pairs in the order of b, what was removed before what stood behind it."""
    words_a, words_b = [_words(one) for one in a], [_words(one) for one in b]
    partner: dict[int, int] = {}
    in_order: set[int] = set()
    for first, second, size in SequenceMatcher(
        None, words_a, words_b, autojunk=False
    ).get_matching_blocks():
        for step in range(size):
            partner[second + step] = first + step
            in_order.add(second + step)
    alike = _alike(words_a, words_b, partner, least)
    partner |= {there: here for there, (here, _) in alike.items()}
    left = sorted(set(range(len(a))) - set(partner.values()))
    for there, verdict in enumerate(b):
        here = partner.get(there)
        # As in any diff, what went stands before what came in its place.
        following = here if there in in_order else _next_in_order(there, partner, in_order)
        while left and (following is None or left[0] < following):
            yield Pair("removed", a[left.pop(0)], None, 0.0)
        if here is None:
            yield Pair("added", None, verdict, 0.0)
        elif there in in_order:
            yield Pair("same", a[here], verdict, 1.0)
        else:
            ratio = alike[there][1]
            yield Pair("moved" if ratio == 1 else "edited", a[here], verdict, ratio)
    for here in left:
        yield Pair("removed", a[here], None, 0.0)


def _next_in_order(there: int, partner: dict[int, int], in_order: set[int]) -> int | None:
    """Return the number in a of the next sentence that stayed in its place, None at the end."""
    return next((partner[one] for one in sorted(in_order) if one > there), None)


def _alike(
    a: Sequence[tuple[str, ...]],
    b: Sequence[tuple[str, ...]],
    partner: dict[int, int],
    least: float,
) -> dict[int, tuple[int, float]]:
    """Pair what has no partner yet, the most alike first: b's number → a's, and how alike."""
    taken = set(partner.values())
    matcher: SequenceMatcher[str] = SequenceMatcher(None, autojunk=False)
    found: list[tuple[float, int, int, int]] = []
    for there, words in enumerate(b):
        if there in partner or not words:
            continue
        matcher.set_seq2(words)
        for here, others in enumerate(a):
            if here in taken or not others:
                continue
            matcher.set_seq1(others)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                ratio = matcher.ratio()
                if ratio >= least:
                    found.append((-ratio, abs(here - there), there, here))
    pairs: dict[int, tuple[int, float]] = {}
    for negative, _, there, here in sorted(found):
        if there not in pairs and here not in taken:
            pairs[there] = here, -negative
            taken.add(here)
    return pairs
