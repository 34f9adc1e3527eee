"""Claims for reading: who says what, statement by statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from framing.reports.characters import one_line, shorten, visible
from framing.reports.csv import table
from framing.reports.layout import plural
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.claims import Claim, Claims

__all__ = ["as_csv", "as_text"]

_LONGEST = 76


def as_text(found: Iterable[Claims]) -> str:
    """List the claims of drafts, two lines for each.

    Parameters
    ----------
    found : iterable of Claims
        Those of one draft after another.

    Returns
    -------
    str
        Lines ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> analysis = analyze("It failed, Ada Crane said.", model=LinearModel({}, -1.0))
    >>> print(as_text([analysis.claims()]), end="")
    <text>:1:1: Ada Crane (named) said, paraphrased
        It failed
    1 claim; 1 named, 0 unnamed, 0 vague, 0 without a source
    """
    lines: list[str] = []
    sources: list[str | None] = []
    for claims in found:
        name = visible(claims.document)
        for one in claims:
            sources.append(one.source)
            lines.append(f"{name}:{one.line}:{one.column}: {_source(one)}, {one.form}")
            lines.append(f"    {shorten(one_line(one.text), _LONGEST)}")
    kinds = ", ".join(f"{sources.count(kind)} {kind}" for kind in ("named", "unnamed", "vague"))
    lines.append(
        f"{plural(len(sources), 'claim')}; {kinds}, {sources.count(None)} without a source"
    )
    return "\n".join(lines) + "\n"


def _source(one: Claim) -> str:
    """Say who speaks, and what was concluded."""
    if one.speaker is None:
        who = "no source named"
    else:
        who = visible(one_line(one.speaker))
        if one.resolved:
            written = visible(one_line(one.as_written)) if one.as_written else "from before"
            who += f" [{written}]"
        if one.source:
            who += f" ({one.source})"
    return f"{who} {visible(one_line(one.verb))}" if one.verb else who


def as_csv(found: Sequence[Claims], columns: Sequence[str]) -> str:
    r"""Return the claims of drafts as CSV, one row each.

    Examples
    --------
    >>> from framing.claims import COLUMNS, Claims
    >>> as_csv([Claims("a.txt", ())], COLUMNS[:3])
    'document,sentence,line\n'
    """
    rows = (row for claims in found for row in claims.to_dict())
    return table(columns, ([row[name] for name in columns] for row in rows))
