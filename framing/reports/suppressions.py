"""What editors let stand: a table for audits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from framing.reports.characters import one_line, visible, width
from framing.reports.json import dump
from framing.values import NamedTuple

__all__ = ["Row", "json", "table"]


class Row(NamedTuple):
    """A suppression.

    Attributes
    ----------
    where : str
        ``path:line``.
    scope : str
        sentence, block or file.
    codes : tuple of str
        Empty for all rules.
    used : int
        How many findings it suppresses.
    reason : str
    wrong : str
        Why it is void, "" if it is not.
    """

    where: str
    scope: str
    codes: tuple[str, ...]
    used: int
    reason: str
    wrong: str


def table(rows: Sequence[Row]) -> str:
    """Return the suppressions as a table for people.

    Examples
    --------
    >>> print(table([Row("a.txt:3", "sentence", ("FR001",), 1, "agreed", "")]), end="")
    where    scope     rules  findings  reason
    a.txt:3  sentence  FR001         1  agreed
    """
    if not rows:
        return "no suppressions\n"
    shown = [("where", "scope", "rules", "findings", "reason"), *map(_cells, rows)]
    widths = [max(width(row[at]) for row in shown) for at in range(4)]
    lines = []
    for row in shown:
        cells = [_pad(row[at], widths[at], right=at == 3) for at in range(4)]
        lines.append("  ".join([*cells, row[4]]).rstrip())
    return "".join(f"{line}\n" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    reason = f"void: {row.wrong}" if row.wrong else row.reason or "(no reason given)"
    rules = visible(",".join(row.codes)) or "all"
    return visible(row.where), row.scope, rules, str(row.used), one_line(reason)


def _pad(text: str, columns: int, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space


def json(rows: Iterable[Row]) -> str:
    """Return the suppressions as JSON.

    Examples
    --------
    >>> json([]).split()
    ['{', '"schema_version":', '"1",', '"suppressions":', '[]', '}']
    """
    return dump(
        {
            "schema_version": "1",
            "suppressions": [{**row._asdict(), "codes": list(row.codes)} for row in rows],
        }
    )
