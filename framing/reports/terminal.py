"""The terminal: the same report in colour, with the evidence underlined (rich)."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

from framing.reports.layout import AGAINST, FOR, TOP, UNWEIGHED, lay_out
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["explain"]

# Without colour (NO_COLOR) bold, underline and dim still tell everything apart.
_STYLES = {
    "": "",
    "name": "bold",
    "place": "dim",
    "aside": "dim",
    "summary": "bold",
    "editorial": "bold yellow",
    "reporting": "cyan",
    FOR: "bold underline yellow",
    AGAINST: "underline cyan",
    UNWEIGHED: "dim underline",
    f"amount {FOR}": "yellow",
    f"amount {AGAINST}": "cyan",
    f"amount {UNWEIGHED}": "dim",
}


def explain(
    analysis: Analysis, *, columns: int = 80, only: str | None = None, top: int | None = TOP
) -> str:
    r"""Show what :func:`framing.reports.text.explain` shows, for a terminal.

    Parameters
    ----------
    analysis : Analysis
        What to show.
    columns : int
        Width of the terminal.
    only : str, optional
        Show only the sentences with this label.
    top : int or None
        How many contributions of a sentence are shown, the largest first; None for all.

    Returns
    -------
    str
        Lines with ANSI styles, as far as the environment (``TERM``, ``NO_COLOR``) wants them.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> "It rained." in explain(analyze("It rained.", model=LinearModel({}, -1.0)))
    True
    """
    console = Console(
        file=io.StringIO(),
        force_terminal=True,
        legacy_windows=False,
        width=columns,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        for line in lay_out(analysis, columns=columns, only=only, top=top):
            text = Text.assemble(*((piece.text, _STYLES[piece.style]) for piece in line))
            # Lines are laid out already; rich must not wrap or cut them a second time.
            console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
    return captured.get()
