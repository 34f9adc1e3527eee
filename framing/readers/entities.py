"""Entities and attributes: what HTML writes in the place of characters, and within its tags.

The table of entities is loaded when the first is met.
"""

from __future__ import annotations

from collections.abc import Iterator

from framing.patterns import late
from framing.readers.passages import Chunk

__all__ = ["parse_attributes", "resolve"]

_ATTRIBUTE = late(
    r"([^\t\n\f\r />=]++)(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+"
    r"(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r >]*+)))?+"
)


def parse_attributes(text: str) -> dict[str, str]:
    """Return the attributes of a start tag, names in lower case; the first of a name counts.

    Examples
    --------
    >>> parse_attributes(' class="a &amp; b" HIDDEN title=x')
    {'class': 'a & b', 'hidden': '', 'title': 'x'}
    """
    from html import unescape

    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        value = "".join(values)
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def resolve(entity: str) -> Iterator[Chunk]:
    """Yield what an entity stands for, and what follows it if no semicolon ends it.

    Examples
    --------
    >>> list(resolve("&amprs"))
    [Chunk(text='&', start=0, end=4), Chunk(text='rs', start=4, end=6)]
    """
    from html import unescape
    from html.entities import html5

    size = len(entity)
    if not entity.startswith("&#"):
        # Of the names that may lack the semicolon, the longest that fits.
        size = next((n for n in range(size, 1, -1) if entity[1:n] in html5), 0)
    if size:
        yield Chunk(unescape(entity[:size]), 0, size)
    if size < len(entity):
        yield Chunk(entity[size:], size, len(entity))
