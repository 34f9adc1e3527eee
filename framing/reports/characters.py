"""Characters as a terminal shows them: harmless, on one line, and so many columns wide.

A draft, a file name or a lexicon is somebody else's text. Shown as it is, it could move the
cursor, recolour the screen or turn the order of letters around, so whatever controls a terminal
or the direction of writing is shown as an escape.
"""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "cells", "one_line", "shorten", "visible", "width"]

# Patterns are compiled by ``re`` when first used, which for most drafts is never: what UNSAFE and
# _BREAK look for is not printable.
#: Controls (C0, DEL, C1), marks of direction, separators, annotations, surrogates and tags.
UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACE = " \t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
_BREAK = f"(?<! ) *[{_SPACE[1:]}][{_SPACE}]*"
# Joiners, invisible operators and skin tones, none of which takes a column of its own.
_NO_WIDTH = "[\xad\u200b-\u200d\u2060-\u2064\ufeff\U0001f3fb-\U0001f3ff]"
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"


def visible(text: str) -> str:
    r"""Show characters that control a terminal, or the direction of writing, as escapes.

    Parameters
    ----------
    text : str
        Text from outside.

    Returns
    -------
    str
        Text that is safe to print.

    Examples
    --------
    >>> print(visible("red: \x1b[31m, reversed: \u202e"))
    red: \x1b[31m, reversed: \u202e
    """
    return text if text.isprintable() else re.sub(UNSAFE, _escape, text)


def _escape(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")


def cells(text: str) -> list[str]:
    r"""Return what is shown for each code point of a sentence; all of it is one line.

    A line break, with the white space around it, becomes one space.

    Examples
    --------
    >>> cells("at\r\n  n\x07")
    ['a', 't', ' ', '', '', '', 'n', '\\x07']
    """
    shown = list(text)
    if text.isprintable():
        return shown
    for match in re.finditer(_BREAK, text):
        start, end = match.span()
        shown[start:end] = [" ", *[""] * (end - start - 1)]
    if re.search(UNSAFE, text):
        shown = [visible(character) for character in shown]
    return shown


def one_line(text: str) -> str:
    r"""Show a text on one line.

    Examples
    --------
    >>> one_line("at\r\n  night")
    'at night'
    """
    return "".join(cells(text))


def width(text: str, before: str = "") -> int:
    """Return how many columns a text takes on a terminal.

    Parameters
    ----------
    text : str
        What is shown.
    before : str
        The character before it: one that joins two emoji makes the second take no column.

    Examples
    --------
    >>> width("naïve"), width("東京"), width("e\N{COMBINING ACUTE ACCENT}")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    total = 0
    for character in text:
        if character == _EMOJI_STYLE:
            # It makes a narrow sign wide: two columns in all.
            total += int(bool(before) and east_asian_width(before) not in "WF")
        elif before != _JOINER and not _takes_none(character):
            total += 2 if east_asian_width(character) in "WF" else 1
        before = character
    return total


def _takes_none(character: str) -> bool:
    from unicodedata import category

    return category(character) in ("Mn", "Me") or re.match(_NO_WIDTH, character) is not None


def shorten(text: str, columns: int) -> str:
    """Cut a line so that it takes at most so many columns, with "…" for what is left out.

    Examples
    --------
    >>> shorten("The council voted 7 to 2.", 12)
    'The council…'
    """
    if width(text) <= columns:
        return text
    end = taken = 0
    while True:
        taken += width(text[end], text[end - 1 : end])
        if taken > columns - 1:
            return text[:end].rstrip() + "…"
        end += 1
