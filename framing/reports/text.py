"""Plain text: reports for pipes, files and editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from framing.reports.characters import one_line, shorten, visible, width
from framing.reports.layout import (
    AGAINST,
    FOR,
    TOP,
    UNWEIGHED,
    Piece,
    is_whole,
    lay_out,
    plural,
    skipped,
)

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.model import Verdict

__all__ = ["explain", "findings", "summary"]

_MARKS = {FOR: "^", AGAINST: "~", UNWEIGHED: "."}
_SHOWN_COLUMNS = 80
_SHOWN_FEATURES = 3


def explain(
    analysis: Analysis, *, columns: int = 80, only: str | None = None, top: int | None = TOP
) -> str:
    """Show every sentence with its verdict, its evidence marked below, and its contributions.

    Parameters
    ----------
    analysis : Analysis
        What to show.
    columns : int
        Width of the page.
    only : str, optional
        Show only the sentences with this label.
    top : int or None
        How many contributions of a sentence are shown, the largest first; None for all.

    Returns
    -------
    str
        Lines, each ended by a newline.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> print(explain(analyze("It rained.", model=LinearModel({}, -1.0))), end="")
    <text>
    <BLANKLINE>
    1:1  reporting 0.27  score -1.00
        It rained.
          -1.00  base
    <BLANKLINE>
    1 sentence judged: 0 editorial
    """
    shown: list[str] = []
    for line in lay_out(analysis, columns=columns, only=only, top=top):
        shown.append("".join(piece.text for piece in line).rstrip())
        below = _marks(line)
        if below:
            shown.append(below)
    return "\n".join(shown) + "\n"


def _marks(line: list[Piece]) -> str:
    """Return the line of marks below a line, "" if nothing on it is marked."""
    below = ""
    before = ""
    for piece in line:
        below += _MARKS.get(piece.style, " ") * width(piece.text, before)
        before = piece.text[-1:]
    return below.rstrip()


def findings(analysis: Analysis) -> str:
    """Show one line for each editorial sentence, with the features that weigh most.

    Parameters
    ----------
    analysis : Analysis
        What was found in one draft.

    Returns
    -------
    str
        Lines of ``path:line:column: editorial probability "sentence" [features]``; "" if there
        are none.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> print(findings(analyze("It rained.", model=LinearModel({}, 1.0))), end="")
    <text>:1:1: editorial 0.73 "It rained."
    """
    name = visible(analysis.document.name)
    return "".join(
        f"{name}:{_finding(verdict)}\n" for verdict in analysis if verdict.label == "editorial"
    )


def _finding(verdict: Verdict) -> str:
    sentence = verdict.sentence
    text = shorten(one_line(sentence.text), _SHOWN_COLUMNS)
    line = f'{sentence.line}:{sentence.column}: editorial {verdict.probability:.2f} "{text}"'
    # How long the sentence is, and the like, tells an editor nothing.
    features = [
        visible(one.feature)
        for one in verdict.contributions
        if one.amount > 0
        and not any(is_whole(sentence.text, mark.start, mark.end) for mark in one.evidence)
    ]
    if features:
        line += f" [{', '.join(features[:_SHOWN_FEATURES])}]"
    return f"{line} (unsure)" if verdict.unsure else line


def summary(analyses: Sequence[Analysis]) -> str:
    r"""Say in one line how much was checked and found.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> summary([analyze("By Jane Roe\n\nIt rained.", model=LinearModel({}, -1.0))])
    'checked 1 sentence in 1 file; 0 findings; skipped 1 (1 byline)'
    """
    verdicts = [verdict for analysis in analyses for verdict in analysis]
    judged = sum(verdict.label is not None for verdict in verdicts)
    found = sum(verdict.label == "editorial" for verdict in verdicts)
    left = skipped(verdicts)
    return (
        f"checked {plural(judged, 'sentence')} in {plural(len(analyses), 'file')};"
        f" {plural(found, 'finding')}" + (f"; {left}" if left else "")
    )
