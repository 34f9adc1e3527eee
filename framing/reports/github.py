"""Workflow commands, which GitHub shows as annotations in the changed files."""

from __future__ import annotations

from collections.abc import Iterable

from framing.reports.characters import one_line, shorten, visible
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding

__all__ = ["commands"]

_SHOWN = 200


def commands(findings: Iterable[Finding]) -> str:
    """Return one workflow command for each finding.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    str
        Lines of ``::error file=…,line=…::reason``; nothing in a draft can make another command.

    Examples
    --------
    >>> from framing.checking.findings import Finding
    >>> place = ("a,b.txt", "FR103", "news", False, "50%?", 1, 4, 1, 10, 3, 9, 4, 10)
    >>> print(commands([Finding(*place)]), end="")
    ::notice file=a%2Cb.txt,line=1,endLine=1,col=4,endColumn=10,title=FR103 (news desk)::50%25?
    """
    return "".join(map(_command, findings))


def _command(one: Finding) -> str:
    level = "error" if one.fails else "notice"
    place = f"line={one.line},endLine={one.end_line}"
    if one.line == one.end_line:  # columns of different lines would be refused
        place += f",col={one.column},endColumn={one.end_column}"
    message = one_line(one.reason)
    if one.text:
        message += f" – {shorten(one_line(one.text), _SHOWN)}"
    title = _property(f"{one.code} ({one.desk} desk)")
    return f"::{level} file={_property(one.path)},{place},title={title}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
