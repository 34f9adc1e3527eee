"""JSON of review platforms: GitLab's code quality, reviewdog's diagnostics."""

from __future__ import annotations

from collections.abc import Sequence

from framing.reports.findings import message
from framing.reports.fingerprints import fingerprints
from framing.reports.json import dump
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["gitlab", "rdjson"]


def gitlab(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    r"""Return a code quality report as GitLab reads it.

    Parameters
    ----------
    findings : sequence of Finding
    suppressed : sequence of Suppressed
        Left out.
    summary : Summary
        Left out.

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> gitlab([], [], Summary())
    '[]\n'
    """
    return dump(
        [
            {
                "description": message(one),
                "check_name": one.code,
                "fingerprint": fingerprint,
                "severity": "major" if one.fails else "info",
                "location": {
                    "path": one.path,
                    "lines": {"begin": one.line, "end": one.end_line},
                },
            }
            for one, fingerprint in zip(findings, fingerprints(findings, True), strict=True)
        ]
    )


def rdjson(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    """Return diagnostics as reviewdog reads them; its columns count bytes of UTF-8.

    Parameters
    ----------
    findings : sequence of Finding
    suppressed : sequence of Suppressed
        Left out.
    summary : Summary
        Left out.

    Examples
    --------
    >>> import json
    >>> from framing.checking.findings import Summary
    >>> json.loads(rdjson([], [], Summary()))["source"]
    {'name': 'framing'}
    """
    return dump(
        {
            "source": {"name": "framing"},
            "diagnostics": [
                {
                    "message": message(one),
                    "location": {
                        "path": one.path,
                        "range": {
                            "start": {"line": one.line, "column": one.byte_column},
                            "end": {"line": one.end_line, "column": one.end_byte_column},
                        },
                    },
                    "severity": "ERROR" if one.fails else "INFO",
                    "code": {"value": one.code},
                }
                for one in findings
            ],
        }
    )
