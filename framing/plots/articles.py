"""Pictures of articles: where they comment, what decided, which devices they use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from framing.plots.drawing import (
    ALT,
    EDITORIAL,
    INK,
    PALE,
    REPORTING,
    axes_of,
    cut,
    plain,
    pyplot,
    shown,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from framing.analysis import Analysis
    from framing.model import Verdict

__all__ = ["commentary", "contributions", "devices"]

_LONGEST_QUOTE = 28
_MOST_COLUMNS = 4


def commentary(analysis: Analysis, ax: Axes | None = None) -> Axes:
    """Draw where in an article the commentary sits: a barcode, a bar a sentence.

    The height is the probability that a sentence is editorial; editorial sentences are filled
    and reporting ones are outlined. Sentences that are not judged leave a gap, and headlines are
    dotted off.

    Parameters
    ----------
    analysis : Analysis
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.plots import alt_text
    >>> ax = commentary(analyze("The vote is on Monday. It is a shameful plan."))
    >>> alt_text(ax)
    'Commentary along <text>: 1 of 2 judged sentences editorial, at sentence 2 of 2.'
    """
    ax = axes_of(ax, 8, 2)
    total = len(analysis)
    for label, face, edge in (
        ("reporting", "white", REPORTING),
        ("editorial", EDITORIAL, EDITORIAL),
    ):
        placed = [(at, one) for at, one in enumerate(analysis, 1) if one.label == label]
        ax.bar(
            [at for at, _ in placed],
            [one.probability or 0.0 for _, one in placed],
            width=0.8,
            color=face,
            edgecolor=edge,
            linewidth=1,
            label=f"{label} ({len(placed)})",
        )
    heads = [at for at, one in enumerate(analysis, 1) if one.sentence.kind == "headline"]
    for at in heads:
        ax.axvline(at + 0.5, color=PALE, linestyle=":", linewidth=1)
    ax.set_xlim(0.4, max(total, 1) + 0.6)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1])
    ax.set_xlabel("sentence")
    ax.set_ylabel("P(editorial)")
    ax.set_title(f"Commentary along {shown(analysis.document.name)}", loc="left", fontsize=10)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=8)
    plain(ax, "left", "bottom")
    found = [at for at, one in enumerate(analysis, 1) if one.label == "editorial"]
    judged = sum(one.label is not None for one in analysis)
    where = f", at sentence {_listed(found)} of {total}" if found else ""
    ALT[ax] = (
        f"Commentary along {analysis.document.name}: {len(found)} of {judged} judged sentences"
        f" editorial{where}."
    )
    return ax


def _listed(numbers: Sequence[int], most: int = 12) -> str:
    first = ", ".join(map(str, numbers[:most]))
    return f"{first} and {len(numbers) - most} more" if len(numbers) > most else first


def contributions(verdict: Verdict, ax: Axes | None = None, *, top: int = 8) -> Axes:
    """Draw how a sentence's score adds up: a waterfall from the base to the score.

    Bars to the right speak for editorial and are hatched; bars to the left speak for reporting.

    Parameters
    ----------
    verdict : Verdict
        Of a sentence that was judged.
    ax : matplotlib.axes.Axes, optional
    top : int
        How many contributions have a bar of their own, the largest; the rest share one.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the sentence was not judged.
    """
    if verdict.score is None or verdict.base is None:
        raise ValueError(f"a {verdict.sentence.kind} is not judged, so nothing adds up to a score")
    steps = [
        (f"{one.feature}  “{_quote(verdict, one.evidence)}”", one.amount)
        for one in verdict.contributions[:top]
    ]
    rest = verdict.contributions[top:]
    if rest:
        steps.append((f"{len(rest)} more", sum(one.amount for one in rest)))
    ax = axes_of(ax, 8, 0.32 * (len(steps) + 2) + 1.2)
    reached = verdict.base
    ax.barh(0, reached, color=PALE, height=0.6)
    _amount(ax, 0, min(reached, 0), max(reached, 0), reached)
    for row, (_, amount) in enumerate(steps, 1):
        ax.barh(
            row,
            amount,
            left=reached,
            height=0.6,
            color=EDITORIAL if amount > 0 else REPORTING,
            hatch="///" if amount > 0 else "",
            edgecolor="white",
            linewidth=0,
        )
        _amount(ax, row, min(reached, reached + amount), max(reached, reached + amount), amount)
        ax.plot([reached, reached], [row - 0.7, row + 0.3], color=PALE, linewidth=0.8)
        reached += amount
    last = len(steps) + 1
    ax.barh(last, verdict.score, color=INK, height=0.6)
    _amount(ax, last, min(verdict.score, 0), max(verdict.score, 0), verdict.score)
    names = ["base", *(name for name, _ in steps), f"score: {verdict.label}"]
    ax.set_yticks(range(last + 1), [shown(name) for name in names], fontsize=8)
    ax.invert_yaxis()
    ax.axvline(0, color=INK, linewidth=0.8)
    marks = [0.0, verdict.base, *np.cumsum([verdict.base, *(amount for _, amount in steps)])]
    room = 0.16 * (max(marks) - min(marks) or 1.0)  # for the amounts beside the bars
    ax.set_xlim(min(marks) - room, max(marks) + room)
    ax.set_xlabel("score: to the left reporting, to the right editorial (hatched)")
    ax.set_title(fill(shown(cut(verdict.sentence.text, 130)), 68), loc="left", fontsize=9)
    ax.tick_params(axis="y", length=0)
    plain(ax, "bottom")
    largest = "; ".join(f"{name} {amount:+.2f}" for name, amount in steps[:3])
    ALT[ax] = (
        f"How the score of “{cut(verdict.sentence.text, 120)}” adds up: base"
        f" {verdict.base:+.2f}, then {largest or 'nothing'}; in all {verdict.score:+.2f},"
        f" {verdict.label}."
    )
    return ax


def _amount(ax: Axes, row: int, left: float, right: float, amount: float) -> None:
    """Write an amount beside its bar, on the side to which the bar points."""
    ax.annotate(
        f"{amount:+.2f}",
        (right if amount >= 0 else left, row),
        xytext=(4 if amount >= 0 else -4, 0),
        textcoords="offset points",
        ha="left" if amount >= 0 else "right",
        va="center",
        fontsize=8,
        color=INK,
    )


def _quote(verdict: Verdict, evidence: Sequence[Any]) -> str:
    text = verdict.sentence.text
    words = dict.fromkeys(text[mark.start : mark.end] for mark in evidence)
    return cut(", ".join(words), _LONGEST_QUOTE)


def devices(
    outlets: Mapping[str, Sequence[Analysis]] | pd.DataFrame,
    ax: Sequence[Axes] | None = None,
    *,
    outlet: str = "outlet",
) -> NDArray[Any]:
    """Draw which devices each outlet uses: small multiples on one scale.

    Parameters
    ----------
    outlets : mapping of str to sequence of Analysis, or DataFrame
        By outlet; or what :func:`framing.analyze_many` returns with ``level="documents"``, with
        a column that names the outlet. Articles count by their judged sentences.
    ax : sequence of matplotlib.axes.Axes, optional
        One for each outlet.
    outlet : str
        The frame's column.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (n_outlets,)

    Raises
    ------
    ValueError
        If there is no outlet, or not as many axes as outlets.
    """
    if isinstance(outlets, Mapping):
        rates = _rates(outlets)
    else:
        rates = _rates_of_frame(outlets, outlet)
    if not rates:
        raise ValueError("there is no outlet to draw")
    families = sorted({family for one, _ in rates.values() for family in one})
    if ax is None:
        rows = -(-len(rates) // _MOST_COLUMNS)
        columns = -(-len(rates) // rows)  # as even as can be: nine are three rows of three
        _, made = pyplot().subplots(
            rows,
            columns,
            figsize=(1.2 + 2.1 * columns, (0.6 + 0.26 * max(len(families), 2)) * rows + 0.5),
            sharex=True,
            sharey=True,
            squeeze=False,
            layout="constrained",
        )
        for spare in made.ravel()[len(rates) :]:
            spare.set_axis_off()
        axes = made.ravel()[: len(rates)]
        for lowest in axes[-columns:]:  # what stands above a gap has no scale below it
            lowest.tick_params(labelbottom=True)
    else:
        axes = np.asarray(ax, dtype=object).ravel()
        if len(axes) != len(rates):
            raise ValueError(f"{len(rates)} outlets need as many axes, not {len(axes)}")
    highest = max((value for one, _ in rates.values() for value in one.values()), default=1.0)
    mean = {
        family: float(np.mean([one.get(family, 0.0) for one, _ in rates.values()]))
        for family in families
    }
    for place, (name, (one, sentences)) in zip(axes, rates.items(), strict=True):
        values = [one.get(family, 0.0) for family in families]
        place.barh(families, values, color=EDITORIAL, height=0.6)
        place.plot([mean[family] for family in families], families, "|", color=INK, ms=11, mew=1.6)
        place.set_xlim(0, highest * 1.1 or 1)
        place.set_title(f"{shown(cut(name, 24))}\n{sentences} sentences", fontsize=9, loc="left")
        place.tick_params(labelsize=8)
        place.tick_params(axis="y", length=0)
        plain(place, "bottom")
        told = ", ".join(
            f"{family} {value:.0f}" for family, value in zip(families, values, strict=True)
        )
        ALT[place] = f"Devices of {name}, marks per 100 sentences: {told or 'none'}."
    if not axes[0].yaxis_inverted():
        axes[0].invert_yaxis()
    figure = axes[0].get_figure()
    if ax is None and figure is not None:
        figure.supxlabel("marks per 100 sentences; the tick is the mean of the outlets", fontsize=9)
    drawn: NDArray[Any] = axes
    return drawn


_Rates = dict[str, tuple[dict[str, float], int]]


def _rates(outlets: Mapping[str, Sequence[Analysis]]) -> _Rates:
    """Return outlet → marks per 100 sentences by family, and the number of sentences."""
    from framing.profile import devices as count

    found: _Rates = {}
    for name, analyses in outlets.items():
        verdicts = [verdict for analysis in analyses for verdict in analysis]
        found[name] = count(verdicts), sum(one.label is not None for one in verdicts)
    return found


def _rates_of_frame(frame: pd.DataFrame, outlet: str) -> _Rates:
    found: _Rates = {}
    columns = [name for name in frame.columns if str(name).startswith("devices.")]
    for name, rows in frame.groupby(outlet, sort=True):
        judged = rows["judged"].fillna(0)
        total = float(judged.sum())
        found[str(name)] = (
            {
                column.partition(".")[2]: float((rows[column].fillna(0) * judged).sum() / total)
                for column in columns
                if total
            },
            int(total),
        )
    return found
