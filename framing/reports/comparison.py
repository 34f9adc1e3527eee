"""Comparisons for reading: what appeared, what went, what reads otherwise now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from framing.reports.characters import one_line, visible
from framing.reports.csv import table
from framing.reports.layout import plural
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.comparison import Comparison, Pair
    from framing.model import Verdict

__all__ = ["as_csv", "as_text"]

_COLUMNS = 80
_INDENT = "    "
_SIGNS = {"added": "+", "removed": "-", "edited": "~", "moved": ">", "same": " "}


def as_text(found: Comparison, *, all_sentences: bool = False) -> str:
    r"""Show what differs between two texts.

    Parameters
    ----------
    found : Comparison
    all_sentences : bool
        Show also the sentences that are the same in both.

    Returns
    -------
    str
        Lines ended by a newline.

    Examples
    --------
    >>> from framing.comparison import compare
    >>> from framing.model import LinearModel
    >>> found = compare("It rained.", "It rained. It snowed.", model=LinearModel({}, -1.0))
    >>> print(as_text(found), end="")
    a: <text>: 1 sentence judged, 0 % editorial
    b: <text>: 2 sentences judged, 0 % editorial
    <BLANKLINE>
    + b:1:12  reporting 0.27
        It snowed.
    <BLANKLINE>
    1 same, 0 moved, 0 edited, 1 added, 0 removed; 0 relabelled
    """
    lines = [_text("a", found.a), _text("b", found.b), ""]
    for pair in found.pairs:
        if all_sentences or pair.status != "same" or pair.relabelled:
            lines.extend(_pair(pair))
    if lines[-1]:
        lines.append("")
    rows = found.devices()
    if rows:
        lines.append("devices, marks per 100 sentences         a      b")
        for family, (a, b) in sorted(rows.items(), key=lambda one: -abs(one[1][1] - one[1][0])):
            lines.append(f"  {visible(family):<34} {a:5.0f}  {b:5.0f}  {b - a:+5.0f}")
        lines.append("")
    counts = found.counts()
    listed = ", ".join(f"{counts[status]} {status}" for status in list(counts)[:-1])
    lines.append(f"{listed}; {counts['relabelled']} relabelled")
    return "\n".join(lines) + "\n"


def _text(name: str, analysis: Analysis) -> str:
    judged = sum(verdict.label is not None for verdict in analysis)
    editorial = sum(verdict.label == "editorial" for verdict in analysis)
    share = f"{editorial / judged:.0%}".replace("%", " %") if judged else "nothing"
    return (
        f"{name}: {visible(analysis.document.name)}: {plural(judged, 'sentence')} judged,"
        f" {share} editorial"
    )


def _pair(pair: Pair) -> Iterator[str]:
    """Yield the lines of one pair."""
    judged = [f"{name}:{_verdict(one)}" for name, one in (("a", pair.a), ("b", pair.b)) if one]
    changed = "  RELABELLED" if pair.relabelled else ""
    yield f"{_SIGNS[pair.status]} {'  ->  '.join(judged)}{changed}"
    texts = [one.sentence.text for one in (pair.a, pair.b) if one is not None]
    if pair.status in ("same", "moved"):
        del texts[0]
    for text in texts:
        yield from wrap(one_line(text), _COLUMNS, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _verdict(one: Verdict) -> str:
    sentence = one.sentence
    return f"{sentence.line}:{sentence.column}  {one.label} {one.probability:.2f}"


def as_csv(found: Comparison, columns: Sequence[str]) -> str:
    r"""Return one row a pair.

    Examples
    --------
    >>> from framing.comparison import compare
    >>> from framing.model import LinearModel
    >>> found = compare("It rained.", "It rained.", model=LinearModel({}, -1.0))
    >>> as_csv(found, ["status", "label_b"])
    'status,label_b\nsame,reporting\n'
    """
    rows = found.to_dict()["pairs"]
    return table(columns, ([row[name] for name in columns] for row in rows))
