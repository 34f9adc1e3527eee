"""What can be taken away: the page, the JSON report, a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from framing.registry import DESCRIBED
from framing.reports import html, json
from framing.reports.characters import one_line
from framing.reports.csv import table
from framing.reports.html.sentence import reasons
from framing.reports.layout import quotes
from framing.reports.names import feature_name

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.model import Verdict

__all__ = ["DOWNLOADS", "Download", "sentences"]

_COLUMNS = ("line", "column", "kind", "label", "probability", "score", "reasons", "text")


class Download(NamedTuple):
    """A form in which a marked draft can be taken away.

    Attributes
    ----------
    media_type : str
    make : callable
        Analysis → str.
    """

    media_type: str
    make: Callable[[Analysis], str]


def sentences(analysis: Analysis) -> str:
    """Return one row a sentence as CSV.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> sentences(analyze("It rained.", model=LinearModel({}, -1.0))).splitlines()[1]
    '1,1,prose,reporting,0.2689,-1.0,,It rained.'
    """
    return table(_COLUMNS, map(_row, analysis))


def _row(verdict: Verdict) -> list[object]:
    one = verdict.sentence
    why = [f"{feature_name(part.feature)} {quotes(one.text, part)}" for part in reasons(verdict)]
    numbers = (verdict.probability, verdict.score)
    return [
        one.line,
        one.column,
        one.kind,
        verdict.label,
        *(None if number is None else round(number, 4) for number in numbers),
        "; ".join(why) if verdict.label == "editorial" else None,
        one_line(one.text),
    ]


def _page(analysis: Analysis) -> str:
    return html.page([analysis], DESCRIBED)


#: By the ending of the file.
DOWNLOADS = {
    "html": Download("text/html", _page),
    "json": Download("application/json", json.explain),
    "csv": Download("text/csv", sentences),
}
