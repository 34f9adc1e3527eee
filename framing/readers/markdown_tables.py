"""The rows of a Markdown table: where its cells stand."""

from __future__ import annotations

from framing.patterns import late

__all__ = ["cells", "columns"]

_DELIMITERS = late(r"(?:[|:]|-(?![ \t]))[-:| \t]++\Z")
_COLUMN = late(r":?-+:?")


def columns(line: str) -> int:
    """Return how many columns a table has whose second line this is, 0 if it is none.

    Examples
    --------
    >>> columns("|:--|--:|"), columns("--- ---")
    (2, 0)
    """
    if line[0] not in "|:-" or not _DELIMITERS.match(line):
        return 0
    found = [one.strip() for one in line.split("|")]
    found = found[not found[0] : len(found) - (not found[-1])]
    return len(found) if all(map(_COLUMN.fullmatch, found)) else 0


def cells(source: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    """Return the cells of a table's row as spans; the backslash before a bar is left out.

    Examples
    --------
    >>> cells("| a | b |", 0, 9)
    [[(2, 3)], [(6, 7)]]
    """
    while end > start and source[end - 1] in " \t":
        end -= 1
    found: list[list[tuple[int, int]]] = [[]]
    here = at = start
    while at < end:
        if source[at] == "|":
            if at > start and source[at - 1] == "\\":
                found[-1].append((here, at - 1))
                here = at
            else:
                found[-1].append((here, at))
                found.append([])
                here = at + 1
        at += 1
    found[-1].append((here, end))
    trimmed = [_trimmed(source, cell) for cell in found]
    if trimmed and not trimmed[0] and source[start : start + 1] == "|":
        del trimmed[0]
    if trimmed and not trimmed[-1] and source[end - 1 : end] == "|":
        del trimmed[-1]
    return trimmed


def _trimmed(source: str, cell: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of a cell without white space around them and empty ones."""
    spans = [span for span in cell if span[0] < span[1]]
    while spans:
        start, end = spans[0]
        while start < end and source[start] in " \t":
            start += 1
        spans[0] = (start, end)
        if start < end:
            break
        del spans[0]
    while spans:
        start, end = spans[-1]
        while end > start and source[end - 1] in " \t":
            end -= 1
        spans[-1] = (start, end)
        if start < end:
            break
        del spans[-1]
    return spans
