"""Reports on a model that was measured: text for a terminal, Markdown for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from framing.reports.characters import one_line, visible, width
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

__all__ = ["as_table", "markdown", "text"]

#: So many failures of a probe are named in a table, and so many cells; JSON has more.
_SHOWN, _CELLS = 3, 12
#: So wide is the first column at least.
_NARROWEST = 13
_NUMBER = re.compile(r"[\d.%–]+")
_ESCAPES = {ord(mark): f"\\{mark}" for mark in "\\`*<>&|"}
#: What measures are called where they are read.
_CALLED = {
    "macro_f1": "macro-F1",
    "editorial_f1": "editorial F1",
    "auc": "AUC",
    "ece": "ECE",
    "called": "at the threshold",
    "called_at_recall_70": "at 70 % recall",
    "share": "share of all",
    "editorial": "right, editorial",
    "reporting": "right, reporting",
    "rare_alone": "rare comments found alone",
    "rare_in_context": "rare comments found in context",
}

_UNDEFINED = "–"
_MEASURES = ("measure", "value", "95 % interval")


class _Table(NamedTuple):
    title: str
    header: Sequence[str]
    rows: list[tuple[str, ...]]


def text(report: dict[str, Any]) -> str:
    """Lay out measures for a terminal.

    Parameters
    ----------
    report : dict
        Name of the data set → what ``framing evaluate --format json`` prints of it.

    Returns
    -------
    str
        Lines, each ended by a newline.

    Examples
    --------
    >>> found = {"auc": {"value": 0.875, "low": 0.8, "high": 0.95}}
    >>> print(text({"ours": {"sentences": 9, "threshold": 0.4, "measures": found}}), end="")
    ours: 9 sentences, threshold 0.40
      AUC            0.875  [0.800, 0.950]
    """
    lines = []
    for name, one in report.items():
        lines.append(f"{name}: {one['sentences']} sentences, threshold {one['threshold']:.2f}")
        for title, header, rows in _tables(one):
            if title:
                lines.append(title)
            # What three columns of measures are needs no header.
            shown = rows if header is _MEASURES else [tuple(header), *rows]
            widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
            widths[0] = max(widths[0], _NARROWEST)
            for row in shown:
                cells = map(_pad, row, widths, [True] + [False] * len(row))
                lines.append(f"  {'  '.join(cells)}".rstrip())
    return "".join(f"{visible(line)}\n" for line in lines)


def _pad(cell: str, columns: int, left: bool) -> str:
    """Align what counts to the right and what names to the left."""
    gap = " " * (columns - width(cell))
    return cell + gap if left or not _NUMBER.fullmatch(cell) else gap + cell


def markdown(report: dict[str, Any], level: int = 2) -> str:
    """Lay out measures as Markdown tables.

    Parameters
    ----------
    report : dict
        As for :func:`text`.
    level : int
        Of the headings.

    Examples
    --------
    >>> found = {"auc": {"value": 0.875, "low": 0.8, "high": 0.95}}
    >>> print(markdown({"ours": {"sentences": 9, "threshold": 0.4, "measures": found}}), end="")
    ## ours
    <BLANKLINE>
    9 sentences, threshold 0.40.
    <BLANKLINE>
    | measure | value | 95 % interval |
    |---|---|---|
    | AUC | 0.875 | [0.800, 0.950] |
    """
    parts = []
    for name, one in report.items():
        parts.append(f"{'#' * level} {_cell(name)}")
        parts.append(f"{one['sentences']} sentences, threshold {one['threshold']:.2f}.")
        for title, header, rows in _tables(one):
            if title:
                parts.append(f"{'#' * (level + 1)} {_cell(title)}")
            parts.append(as_table(header, rows))
    return "\n\n".join(parts) + "\n"


def as_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""Lay out a Markdown table.

    Examples
    --------
    >>> print(as_table(("outlet", "n"), [("a|b", "7")]))
    | outlet | n |
    |---|---|
    | a\|b | 7 |
    """
    lines = [header, ["---"] * len(header), *rows]
    shown = ["| " + " | ".join(map(_cell, line)) + " |" for line in lines]
    shown[1] = shown[1].replace(" ", "")
    return "\n".join(shown)


def _cell(text: str) -> str:
    """Keep what a data set names from being markup, and from ending a cell."""
    escaped = one_line(visible(text)).translate(_ESCAPES)
    return re.sub(r"\](?=[(\[:])", r"\]", escaped)


def _tables(one: dict[str, Any]) -> Iterator[_Table]:
    """Yield a table for each part of what was measured on one set."""
    yield _measures("", one["measures"])
    if "context" in one:
        yield _measures("in context of the article", one["context"])
    if "source_only" in one:
        yield _measures("opinionated through a source alone, called editorial", one["source_only"])
    if "abstention" in one:
        yield _curve(one["abstention"])
    if "sure" in one:
        yield _measures("verdicts that are not marked unsure", one["sure"])
    for column, cells in one.get("cells", {}).items():
        yield _cells(column, cells)
    for peer, found in one.get("against", {}).items():
        title = f"against {peer} ({found['score']}, threshold {found['threshold']:.2f})"
        yield _measures(title, found["measures"])
    if "behaviour" in one:
        yield _probes(one["behaviour"])


def _measures(title: str, measures: dict[str, dict[str, float | None]]) -> _Table:
    rows: list[tuple[str, ...]] = [
        (_CALLED.get(key, key), *_with_range(value)) for key, value in measures.items()
    ]
    return _Table(title, _MEASURES, rows)


def _with_range(found: dict[str, float | None]) -> tuple[str, str]:
    if None in found.values():
        return _UNDEFINED, "not defined on these sentences"
    return _number(found["value"]), f"[{_number(found['low'])}, {_number(found['high'])}]"


def _number(value: float | None) -> str:
    return _UNDEFINED if value is None else f"{value:.3f}"


def _curve(points: list[dict[str, float]]) -> _Table:
    rows: list[tuple[str, ...]] = [
        (f"{one['coverage']:.0%}", _number(one["error"]), _number(one["macro_f1"]))
        for one in points
    ]
    title = "abstention: only the surest sentences get a label"
    return _Table(title, ("with a label", "wrong", "macro-F1"), rows)


def _cells(column: str, cells: list[dict[str, Any]]) -> _Table:
    rows: list[tuple[str, ...]] = [
        (
            one["name"],
            str(one["sentences"]),
            str(one["editorial"]),
            _number(one["macro_f1"]),
            _number(one["auc"]),
            _number(one["accuracy"]),
            f"[{one['low']:.3f}, {one['high']:.3f}]",
        )
        for one in cells[:_CELLS]
    ]
    title = f"by {column}, the worst first"
    if len(cells) > _CELLS:
        title += f" ({_CELLS} of {len(cells)})"
    header = (column, "sentences", "editorial", "macro-F1", "AUC", "accuracy", "95 % interval")
    return _Table(title, header, rows)


def _probes(probes: list[dict[str, Any]]) -> _Table:
    rows: list[tuple[str, ...]] = [
        (
            one["name"],
            one["measure"],
            _number(one["value"]),
            str(one["tried"]),
            ", ".join(map(str, one["worst"][:_SHOWN])),
        )
        for one in probes
    ]
    header = ("probe", "measure", "value", "sentences", "worst rows, from 0")
    return _Table("behaviour", header, rows)
