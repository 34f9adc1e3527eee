"""A Markdown page: what a job's summary shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.reports.characters import one_line, shorten
from framing.reports.findings import stale
from framing.reports.findings import summary as in_one_line
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["page"]

_SHOWN = 300
# Everything by which Markdown or HTML could make something else of a draft's words, mentions
# and references to issues among them.
_SPECIAL = r"[\\`*_{}\[\]<>#!|~&@:$]"


def page(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    """Return a page: the summary, a table of findings, one of what was suppressed.

    Parameters
    ----------
    findings : sequence of Finding
    suppressed : sequence of Suppressed
    summary : Summary

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> print(page([], [], Summary(1, 3)), end="")
    ## framing check
    <BLANKLINE>
    checked 3 sentences in 1 file; 0 findings
    """
    lines = ["## framing check", "", _plain(in_one_line(summary))]
    if summary.stale:
        lines += ["", _plain(stale(summary.stale))]
    if summary.errors:
        lines += ["", *(f"- not checked: {_plain(error)}" for error in summary.errors)]
    if summary.dropped:
        lines += ["", *(f"- left out: {_plain(one.reason)}" for one in summary.dropped)]
    if findings:
        lines += ["", "| place | rule | desk | sentence | why |", "|---|---|---|---|---|"]
        for one in findings:
            rule = one.code if one.fails else f"{one.code} (advice)"
            cells = (_where(one), rule, _plain(one.desk), _sentence(one), _plain(one.reason))
            lines.append(f"| {' | '.join(cells)} |")
    if suppressed:
        lines += ["", "| suppressed | rule | reason |", "|---|---|---|"]
        for row in suppressed:
            where, why = _plain(row.where), _plain(row.reason)
            lines.append(f"| {where} | {row.finding.code} | {why} |")
    return "\n".join(lines) + "\n"


def _where(one: Finding) -> str:
    return f"{_plain(one.path)}:{one.line}:{one.column}"


def _sentence(one: Finding) -> str:
    """Return the sentence with its marked words in bold."""
    if len(one.text) > _SHOWN:
        return _plain(shorten(one_line(one.text), _SHOWN))
    marked: list[tuple[int, int]] = []
    for start, end in sorted(one.marks):
        if marked and start <= marked[-1][1]:
            marked[-1] = (marked[-1][0], max(end, marked[-1][1]))
        else:
            marked.append((start, end))
    at = 0
    text = ""
    for start, end in marked:
        text += f"{_plain(one.text[at:start])}<b>{_plain(one.text[start:end])}</b>"
        at = end
    return text + _plain(one.text[at:])


def _plain(text: str) -> str:
    """Return a text of which Markdown and HTML make nothing."""
    return re.sub(_SPECIAL, lambda found: f"&#{ord(found.group())};", one_line(text))
