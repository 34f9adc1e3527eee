"""JSON: reports for programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing.reports.characters import UNSAFE

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["dump", "explain", "findings"]

_FINDINGS_VERSION = "1"


def explain(analysis: Analysis) -> str:
    """Return the report that ``docs/report-schema.md`` describes.

    Parameters
    ----------
    analysis : Analysis
        What to show.

    Returns
    -------
    str
        JSON, ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> json.loads(explain(analyze("It rained.", model=LinearModel({}, -1.0))))["profile"]["judged"]
    1
    """
    return dump(analysis.to_dict())


def findings(analyses: Sequence[Analysis]) -> str:
    """Return the findings in several drafts, and a summary.

    A finding is a sentence as in the report of one draft, with the draft's ``path`` before it.

    Parameters
    ----------
    analyses : sequence of Analysis
        One per draft.

    Returns
    -------
    str
        JSON, ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> json.loads(findings([analyze("It rained.", model=LinearModel({}, -1.0))]))["summary"]
    {'files': 1, 'judged': 1, 'findings': 0, 'skipped': {}}
    """
    found: list[dict[str, Any]] = []
    kinds: Counter[str] = Counter()
    judged = 0
    for analysis in analyses:
        report = analysis.to_dict()
        for sentence in report["sentences"]:
            if sentence["label"] is None:
                kinds[sentence["kind"]] += 1
            else:
                judged += 1
            if sentence["label"] == "editorial":
                found.append({"path": report["document"]["name"], **sentence})
    return dump(
        {
            "schema_version": _FINDINGS_VERSION,
            "findings": found,
            "summary": {
                "files": len(analyses),
                "judged": judged,
                "findings": len(found),
                "skipped": dict(sorted(kinds.items())),
            },
        }
    )


def dump(value: object) -> str:
    r"""Return plain data as JSON in which nothing controls a terminal.

    Examples
    --------
    >>> print(dump({"name": "a\x7fb"}), end="")
    {
      "name": "a\u007fb"
    }
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # JSON lets DEL, C1 controls and marks of direction stand as they are, but a terminal obeys
    # them. They can occur in strings alone, and there an escape means the same.
    return "\n".join(re.sub(UNSAFE, _escape, line) for line in text.split("\n")) + "\n"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return f"\\u{ord(character):04x}" if character < "\U00010000" else json.dumps(character)[1:-1]
