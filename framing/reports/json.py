"""JSON: reports for programs."""

from __future__ import annotations

import json
import re

from framing.reports.characters import UNSAFE
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["dump", "explain"]


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


def dump(value: object, indent: int | None = 2) -> str:
    r"""Return a value as JSON that is safe to print, ended by a newline.

    Examples
    --------
    >>> dump({"text": "\x9b\u202e"}, indent=None)
    '{"text": "\\u009b\\u202e"}\n'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # JSON lets DEL, C1 controls and marks of direction stand as they are, but a terminal obeys
    # them. They can occur in strings alone, and there an escape means the same.
    return "\n".join(re.sub(UNSAFE, _escape, line) for line in text.split("\n")) + "\n"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return f"\\u{ord(character):04x}" if character < "\U00010000" else json.dumps(character)[1:-1]
