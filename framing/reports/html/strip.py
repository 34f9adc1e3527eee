"""The strip above an article: where in it the commentary sits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.model import Verdict
from framing.reports.html.markup import Element, element
from framing.reports.html.sentence import degree, percent
from framing.reports.layout import plural

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["strip", "where"]

_WIDE, _HIGH = 1000, 40
_LEAST = 3
_PARTS = ("first", "second", "last")


def strip(analysis: Analysis) -> Element:
    """Draw a bar a sentence: as wide as it is long, as high as it is probably editorial.

    Parameters
    ----------
    analysis : Analysis
        What to draw.
    """
    judged = [verdict for verdict in analysis if verdict.probability is not None]
    total = sum(len(verdict.sentence.text) for verdict in analysis) or 1
    bars = []
    before = 0
    for verdict in analysis:
        if verdict.probability is not None:
            bars.append(_bar(verdict, _WIDE * before / total, total))
        before += len(verdict.sentence.text)
    return element(
        "svg",
        element("rect", class_="fr-ground", x=0, y=_HIGH - 1, width=_WIDE, height=1),
        *bars,
        class_="fr-strip",
        viewBox=f"0 0 {_WIDE} {_HIGH}",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"Where the article comments: {where(judged)}",
    )


def _bar(verdict: Verdict, left: float, total: int) -> Element:
    probability = verdict.probability or 0.0
    high = max(probability * _HIGH, _LEAST)
    found = verdict.label == "editorial"
    one = verdict.sentence
    return element(
        "rect",
        element("title", f"line {one.line}: {verdict.label} {percent(probability)}"),
        class_=f"fr-bar-{degree(verdict)}" if found else "fr-bar-0",
        x=round(left, 1),
        y=round(_HIGH - high, 1),
        # A gap between the bars, so that sentences can be counted.
        width=round(max(_WIDE * len(one.text) / total - 2, 1), 1),
        height=round(high, 1),
    )


def where(judged: Sequence[Verdict]) -> str:
    """Say in which third of an article its editorial sentences stand.

    Examples
    --------
    >>> from framing.text import Sentence
    >>> plain = Verdict(Sentence("It rained."), "reporting", 0.1)
    >>> where([plain, plain, Verdict(Sentence("Shame!"), "editorial", 0.9)])
    '1 of 3 sentences, 1 in the last third'
    """
    counts = [0, 0, 0]
    for number, verdict in enumerate(judged):
        if verdict.label == "editorial":
            counts[3 * number // len(judged)] += 1
    parts = [
        f"{count} in the {name} third" for count, name in zip(counts, _PARTS, strict=True) if count
    ]
    return ", ".join([f"{sum(counts)} of {plural(len(judged), 'sentence')}", *parts])
