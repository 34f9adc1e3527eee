"""Jupyter notebooks: the Markdown in their cells, with its place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from framing.errors import ReadError
from framing.readers.markdown import read_page
from framing.readers.passages import Chunk, Mapped, Passage, assemble
from framing.text import Comment, Document

__all__ = ["read"]

_TOKEN = re.compile(r"[\[\]{}:,]|\"(?:[^\"\\]++|\\.)*+\"")
_PART = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\.|[^\\]++",
    re.DOTALL,
)
#: The keys of what is open where a cell's parts stand; a list has no key.
_IN_CELL = ["cells", None]


def read(source: str, name: str = "<text>") -> Document:
    r"""Read a notebook.

    Parameters
    ----------
    source : str
        JSON as Jupyter writes it.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        Of the Markdown cells alone; offsets point into the JSON.

    Raises
    ------
    ReadError
        If it is no notebook.

    Examples
    --------
    >>> cell = r'{"cell_type": "markdown", "source": ["# A *wet*\n", "\n", "It\u2019s wet."]}'
    >>> document = read('{"cells": [' + cell + '], "nbformat": 4}')
    >>> [(sentence.kind, sentence.text) for sentence in document]
    [('headline', 'A wet'), ('prose', 'It’s wet.')]
    >>> start, end = document.span(document.sentences[1], 2, 3)
    >>> document.source[start:end]
    '\\u2019'
    """
    try:
        notebook = json.loads(source.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ReadError(f"{name}:{line}: no notebook, for it is no JSON: {error}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ReadError(f"{name}:1: JSON, but no notebook of format 4: it has no list of cells")
    passages: list[Passage] = []
    comments: list[Comment] = []
    for cell in _cells(source):
        page = read_page(cell.text)
        for chunks, shape, quoted in page.passages:
            placed = [part for chunk in chunks for part in cell.chunks(*chunk)]
            passages.append(Passage(placed, shape, quoted))
        for start, end, text in page.comments:
            comments.append(Comment(*cell.span(start, end), text))
    return assemble(source, name, "notebook", passages, comments)


def _cells(source: str) -> Iterator[Mapped]:
    """Yield the source of each Markdown cell of a JSON text that is known to be sound."""
    keys: list[str | None] = []  # of the objects and lists that are open: where in them we are
    lists: list[bool] = []
    expecting = False  # a key, not a value
    kind = ""
    chunks: list[Chunk] = []
    for token in _TOKEN.finditer(source):
        mark = token.group()
        if mark in "{[":
            keys.append(None)
            lists.append(mark == "[")
            expecting = mark == "{"
        elif mark in "}]":
            keys.pop()
            lists.pop()
            if mark == "}" and keys == _IN_CELL:
                if kind == "markdown" and chunks:
                    yield Mapped(chunks)
                kind, chunks = "", []
        elif mark == ",":
            expecting = not lists[-1]
        elif mark == ":":
            expecting = False
        else:
            if expecting:
                keys[-1] = json.loads(mark)
            elif keys[:2] == _IN_CELL and keys[2:] == ["cell_type"]:
                kind = json.loads(mark)
            elif keys[:2] == _IN_CELL and keys[2:] in (["source"], ["source", None]):
                chunks += _chunks(source, token.start() + 1, token.end() - 1)


def _chunks(source: str, start: int, end: int) -> Iterator[Chunk]:
    """Yield the parts of a JSON string, each escape by itself."""
    for part in _PART.finditer(source, start, end):
        text = part.group()
        if text[0] == "\\":
            text = json.loads(f'"{text}"')
        yield Chunk(text, *part.span())
