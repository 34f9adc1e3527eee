"""Readers: one module per file format, each turning a file into a Document.

Every reader's offsets point into the source as its author wrote it. A module is imported when
the first file of its format is opened.
"""

from __future__ import annotations

import os
from importlib import import_module

from framing.errors import ReadError
from framing.readers.encoding import decode, read_bytes
from framing.text import Document

__all__ = ["FORMATS", "SUFFIXES", "format_of", "open_document"]

#: Format → the module here that reads it: ``read(source, name)`` → Document.
FORMATS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "rst": "rst",
    "notebook": "notebook",
    "docx": "docx",
}
#: Formats that are no text: their readers take bytes.
_BINARY = frozenset({"docx"})

#: How the names of files end → their format; a folder is searched for these.
SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".ipynb": "notebook",
    ".docx": "docx",
}


def format_of(name: str) -> str:
    """Return the format that a file's name tells, ``"text"`` if it tells none.

    Examples
    --------
    >>> format_of("drafts/pier.TXT")
    'text'
    """
    stem, dot, suffix = os.path.basename(name).rpartition(".")
    return SUFFIXES.get(dot + suffix.lower(), "text") if stem else "text"


def open_document(
    source: str | os.PathLike[str] | bytes, name: str | None = None, format: str | None = None
) -> Document:
    """Read a draft in whatever format it is written.

    Parameters
    ----------
    source : path or bytes
        Path of the draft, or what it holds.
    name : str, optional
        What the draft is called, in messages and as the document's name; its ending tells the
        format. By default the path, or ``"<text>"``.
    format : str, optional
        One of :data:`FORMATS`, in place of what the name tells.

    Returns
    -------
    Document
        Its sentences in order; whose voice speaks in them is not yet decided, but for what the
        markup says (a block quote).

    Raises
    ------
    ReadError
        If the draft cannot be read, naming the file and, for wrong bytes, line and byte; or if
        the format is unknown.

    Examples
    --------
    >>> document = open_document(b"It rained.", "draft.txt")
    >>> document.name, document.format, [sentence.text for sentence in document]
    ('draft.txt', 'text', ['It rained.'])
    """
    if name is None:
        name = "<text>" if isinstance(source, bytes) else str(source)
    if format is None:
        format = format_of(name)
    elif format not in FORMATS:
        raise ReadError(f"{name}: unknown format {format!r}; there are {', '.join(FORMATS)}")
    data = source if isinstance(source, bytes) else read_bytes(source)
    reader = import_module(f"framing.readers.{FORMATS[format]}")
    document: Document = reader.read(data if format in _BINARY else decode(data, name), name)
    return document
