"""XML: JUnit for test reports, checkstyle for linters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from framing.reports.characters import one_line, shorten, visible
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["checkstyle", "junit"]

_FIRST = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SHOWN = 200
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def _quoted(text: object) -> str:
    """Return a text as it may stand in XML, in elements and in attributes.

    What XML 1.0 forbids even as an entity is shown as an escape.
    """
    shown = visible(str(text)).translate(_ENTITIES)
    return re.sub("[\ufffe\uffff]", lambda found: f"\\u{ord(found.group()):04x}", shown)


def junit(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    """Return a test suite: a test for each finding, one for each draft without any.

    Parameters
    ----------
    findings : sequence of Finding
        Those that fail are failures; advice is the output of a test that passed.
    suppressed : sequence of Suppressed
        Tests that were skipped.
    summary : Summary
        Its errors are errors.

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> print(junit([], [], Summary(paths=("a.txt",))), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="framing" tests="1" failures="0" errors="0" skipped="0">
      <testsuite name="framing check" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="a.txt" name="no findings"/>
      </testsuite>
    </testsuites>
    """
    cases: list[str] = []
    for one in findings:
        where = f"{one.path}:{one.line}:{one.column}"
        why = f"{one_line(one.reason)} ({one.desk} desk)"
        what = f"{where}: {shorten(one_line(one.text), _SHOWN)}" if one.text else where
        if one.fails:
            inside = (
                f'<failure message="{_quoted(why)}" type="{one.code}">{_quoted(what)}</failure>'
            )
        else:
            inside = f"<system-out>{_quoted(f'{why} {what}')}</system-out>"
        cases.append(_case(one.path, f"{one.code} {one.line}:{one.column}", inside))
    for row in suppressed:
        inside = f'<skipped message="{_quoted(f"{row.where}: {one_line(row.reason)}")}"/>'
        one = row.finding
        cases.append(_case(one.path, f"{one.code} {one.line}:{one.column}", inside))
    named = {one.path for one in findings} | {one.finding.path for one in suppressed}
    clean = [path for path in summary.paths if path not in named]
    cases += [_case(path, "no findings") for path in clean]
    for error in summary.errors:
        cases.append(_case("framing", "check", f'<error message="{_quoted(error)}"/>'))
    failures = sum(one.fails for one in findings)
    counts = (
        f'tests="{len(cases)}" failures="{failures}" errors="{len(summary.errors)}"'
        f' skipped="{len(suppressed)}"'
    )
    return (
        f'{_FIRST}<testsuites name="framing" {counts}>\n'
        f'  <testsuite name="framing check" {counts}>\n'
        + "".join(cases)
        + "  </testsuite>\n</testsuites>\n"
    )


def _case(path: str, name: str, inside: str = "") -> str:
    start = f'    <testcase classname="{_quoted(path)}" name="{_quoted(name)}"'
    return f"{start}>{inside}</testcase>\n" if inside else f"{start}/>\n"


def checkstyle(
    findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary
) -> str:
    """Return findings draft by draft, as checkstyle does.

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> print(checkstyle([], [], Summary()), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <checkstyle version="4.3">
    </checkstyle>
    """
    lines = [_FIRST, '<checkstyle version="4.3">\n']
    for path, group in groupby(findings, key=lambda one: one.path):
        lines.append(f'  <file name="{_quoted(path)}">\n')
        for one in group:
            message = f"{one_line(one.reason)} ({one.desk} desk)"
            lines.append(
                f'    <error line="{one.line}" column="{one.column}"'
                f' severity="{"error" if one.fails else "info"}"'
                f' message="{_quoted(message)}" source="framing.{one.code}"/>\n'
            )
        lines.append("  </file>\n")
    return "".join([*lines, "</checkstyle>\n"])
