"""SARIF 2.1.0, the format of code scanning."""

from __future__ import annotations

import os
from collections.abc import Sequence

import framing
from framing.checking.pages import page
from framing.checking.rules import RULES, Rule
from framing.reports.characters import one_line, visible
from framing.reports.findings import message
from framing.reports.fingerprints import fingerprints
from framing.reports.json import dump
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["log"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_NUMBER = {rule.code: number for number, rule in enumerate(RULES)}


def log(findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary) -> str:
    """Return a SARIF log of one run.

    Parameters
    ----------
    findings : sequence of Finding
    suppressed : sequence of Suppressed
        They are in the log, marked as suppressed.
    summary : Summary
        Its errors become notifications.

    Returns
    -------
    str
        JSON, ended by a newline.

    Examples
    --------
    >>> import json
    >>> from framing.checking.findings import Summary
    >>> json.loads(log([], [], Summary()))["version"]
    '2.1.0'
    """
    every = [*findings, *(one.finding for one in suppressed)]
    results = [_result(one, print_) for one, print_ in zip(every, fingerprints(every), strict=True)]
    for result, one in zip(results[len(findings) :], suppressed, strict=True):
        result["suppressions"] = [
            {"kind": "inSource", "status": "accepted", "justification": one_line(one.reason)}
        ]
    notifications = [
        {"level": "error", "message": {"text": visible(error)}} for error in summary.errors
    ]
    notifications += [
        {"level": "warning", "message": {"text": visible(one.reason)}} for one in summary.dropped
    ]
    run = {
        "tool": {
            "driver": {
                "name": "framing",
                "version": framing.__version__,
                "semanticVersion": framing.__version__,
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not summary.errors,
                "toolExecutionNotifications": notifications,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"],
        "results": results,
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule.code)
    return {
        "id": rule.code,
        "name": "".join(word.title() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error" if rule.code.startswith("FR0") else "note"},
    }


def _result(one: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": one.code,
        "ruleIndex": _NUMBER[one.code],
        "level": "error" if one.fails else "note",
        "message": {"text": message(one)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(one.path)},
                    "region": {
                        "startLine": one.line,
                        "startColumn": one.column,
                        "endLine": one.end_line,
                        "endColumn": one.end_column,
                        "charOffset": one.start,
                        "charLength": one.end - one.start,
                    },
                }
            }
        ],
        "partialFingerprints": {"framing/v1": fingerprint},
        "properties": {"desk": one.desk, "probability": one.probability},
    }


def _uri(path: str) -> str:
    """Return a path as a URI, relative if the path is."""
    from urllib.parse import quote

    name = path.replace(os.sep, "/")
    try:
        shown = quote(os.fsencode(name), safe="/")
    except UnicodeEncodeError:  # no name of a file, but one that was typed for standard input
        shown = quote(visible(name), safe="/")
    return f"file://{shown}" if os.path.isabs(path) else shown
