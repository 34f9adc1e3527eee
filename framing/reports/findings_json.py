"""Findings as JSON: one document, or one object a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from framing.reports.json import dump
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["json", "jsonl"]

_VERSION = "1"


def json(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    """Return findings, suppressed findings and the summary.

    Parameters
    ----------
    findings : sequence of Finding
    suppressed : sequence of Suppressed
    summary : Summary

    Returns
    -------
    str
        JSON, ended by a newline; ``docs/check.md`` describes it.

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> '"judged": 3' in json([], [], Summary(1, 3))
    True
    """
    dropped = [one._asdict() for one in summary.dropped]
    return dump(
        {
            "schema_version": _VERSION,
            "findings": [_finding(one) for one in findings],
            "suppressed": [
                {**_finding(one.finding), "suppressed": {"reason": one.reason, "where": one.where}}
                for one in suppressed
            ],
            "summary": {
                "files": summary.files,
                "judged": summary.judged,
                "findings": summary.findings,
                "advice": summary.advice,
                "suppressed": summary.suppressed,
                "baseline": summary.baseline,
                "unchanged": summary.unchanged,
                "untouched": summary.untouched,
                "skipped": dict(sorted(summary.skipped)),
                "errors": list(summary.errors),
                "stale": list(summary.stale),
                **({"dropped": dropped} if dropped else {}),
            },
        }
    )


def jsonl(findings: Iterable[Finding]) -> str:
    """Return one finding a line.

    Examples
    --------
    >>> jsonl([])
    ''
    """
    return "".join(dump(_finding(one), indent=None) for one in findings)


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "path": one.path,
        "code": one.code,
        "desk": one.desk,
        "fails": one.fails,
        "reason": one.reason,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "kind": one.kind,
        "marks": [{"start": s, "end": e, "text": one.text[s:e]} for s, e in one.marks],
        "label": one.label,
        "unsure": one.unsure,
        "probability": one.probability,
        "score": one.score,
        "base": one.base,
        "contributions": [
            {
                "feature": weight.feature,
                "amount": weight.amount,
                "evidence": [
                    {"start": s, "end": e, "text": one.text[s:e]} for s, e in weight.spans
                ],
            }
            for weight in one.weights
        ],
    }
