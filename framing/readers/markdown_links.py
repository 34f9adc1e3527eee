"""The parts of a Markdown link: its label, its target, its title."""

from __future__ import annotations

import re

from framing.patterns import late

__all__ = ["ESCAPABLE", "TITLE", "destination_end", "label_of"]

#: What a backslash can stand before.
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DESTINATION = late(r"<(?:[^<>\n\\]|\\.)*+>")
TITLE = late(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_DEEPEST_PARENTHESES = 32


def label_of(text: str) -> str:
    """Return the form in which the label of a link reference is compared.

    Examples
    --------
    >>> label_of(" The  Port ")
    'the port'
    """
    return " ".join(text.split()).casefold()


def destination_end(text: str, at: int) -> int:
    """Return where a link's destination that begins at an offset ends, -1 if none does."""
    if text.startswith("<", at):
        closed = _DESTINATION.match(text, at)
        return closed.end() if closed else -1
    depth = 0
    size = len(text)
    while at < size:
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ESCAPABLE and at + 1 < size:
            at += 1
        elif char <= " " or char == "\x7f":
            break
        elif char == "(":
            depth += 1
            if depth > _DEEPEST_PARENTHESES:
                return -1
        elif char == ")":
            if not depth:
                break
            depth -= 1
        at += 1
    return -1 if depth else at
