"""Plain text: reports for pipes, files and editors."""

from __future__ import annotations

from framing.reports.characters import width
from framing.reports.layout import AGAINST, FOR, TOP, UNWEIGHED, Piece, lay_out
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["explain", "marks"]

_MARKS = {FOR: "^", AGAINST: "~", UNWEIGHED: "."}


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
        below = marks(line)
        if below:
            shown.append(below)
    return "\n".join(shown) + "\n"


def marks(line: list[Piece]) -> str:
    """Return the line of marks below a line, "" if nothing on it is marked."""
    below = ""
    before = ""
    for piece in line:
        below += _MARKS.get(piece.style, " ") * width(piece.text, before)
        before = piece.text[-1:]
    return below.rstrip()
