"""What all pictures share: axes, colours, and the words that say what is shown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from framing.errors import MissingExtraError
from framing.reports.characters import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "ALT",
    "EDITORIAL",
    "INK",
    "PALE",
    "REPORTING",
    "alt_text",
    "axes_of",
    "cut",
    "plain",
    "pyplot",
    "save",
    "shown",
]

# Okabe & Ito (2008), Color universal design: vermilion and blue differ for every kind of eye,
# and in grey: the one is lighter.
EDITORIAL = "#D55E00"
REPORTING = "#0072B2"
PALE = "#9A9A9A"
INK = "#333333"

#: Axes → what they show, in words.
ALT: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def pyplot() -> Any:
    """Import pyplot, or say what brings it."""
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise MissingExtraError(
            "pictures need matplotlib; install it with: pip install 'framing[plot]'"
        ) from error
    return plt


def axes_of(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the axes that were given, or new ones of that many inches."""
    if ax is not None:
        return ax
    _, made = pyplot().subplots(figsize=(width, height), layout="constrained")
    drawn: Axes = made
    return drawn


def plain(ax: Axes, *keep: str) -> None:
    """Leave only the frame's sides that carry a scale."""
    for name, side in ax.spines.items():
        side.set_visible(name in keep)
        side.set_color(INK)
    ax.tick_params(colors=INK)


def alt_text(ax: Axes) -> str:
    """Return what a picture of this module shows, in words.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        As returned by one of the functions here.

    Returns
    -------
    str
        "" for axes that were drawn elsewhere.
    """
    return ALT.get(ax, "")


def save(ax: Axes, path: str | os.PathLike[str], **options: Any) -> None:
    """Write the figure to a file, with the words of :func:`alt_text` in its metadata.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    path : str or Path
        Ends in ``.png``, ``.svg`` or ``.pdf``; PNG and SVG call the words ``Description``, PDF
        calls them ``Subject``.
    **options
        For :meth:`matplotlib.figure.Figure.savefig`.
    """
    name = os.fspath(path).lower()
    key = "Subject" if name.endswith(".pdf") else "Description"
    figure = ax.get_figure(root=True)
    assert figure is not None
    # Of several pictures in one figure all are described.
    words = " ".join(filter(None, map(alt_text, figure.axes)))
    figure.savefig(path, metadata={key: words}, **options)


def shown(name: str) -> str:
    r"""Return a text that matplotlib takes for text, and not for mathematics.

    Examples
    --------
    >>> print(shown("$5"))
    \$5
    """
    return visible(name).replace("$", r"\$")


def cut(text: str, longest: int) -> str:
    """Shorten a text to one line of so many characters.

    Examples
    --------
    >>> cut("The vote is on Monday.", 9)
    'The vote…'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
