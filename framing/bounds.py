"""Bounds: how large a file may be that somebody else has written.

Each is far beyond what is needed, and small enough that a file which was chosen by mistake, or
made to do harm, is refused before it takes the machine's memory.
"""

from __future__ import annotations

import os

from framing.errors import ConfigError, FramingError, LexiconError, ModelError, ReadError
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["CONFIG", "DRAFT", "LEXICON", "MODEL", "read", "read_from"]

MB = 1_000_000
#: Bytes; a novel is 1 MB, a Word document with photographs some more.
DRAFT = 50 * MB
CONFIG = 1 * MB
LEXICON = 20 * MB
MODEL = 20 * MB

_REMEDIES: dict[type[FramingError], str] = {
    ReadError: "split it, or is it the right file?",
    ConfigError: "is it the right file?",
    LexiconError: "split the lexicon in two",
    ModelError: "is it a model? One is written by 'framing train'",
}


def read(path: str | os.PathLike[str], most: int, error: type[FramingError]) -> bytes:
    """Return what a file holds, if that is not too much.

    Parameters
    ----------
    path : str or Path
    most : int
        Bytes.
    error : type of FramingError
        What is raised of a file that is larger.

    Raises
    ------
    FramingError
        Of the type `error`, naming the file, its bound and the remedy.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     read(file.name, DRAFT, ReadError)
    b''
    """
    # A number would be taken for a file that is open already, and closed.
    with open(os.fspath(path), "rb") as file:
        return read_from(file, path, most, error)


def read_from(
    file: BinaryIO, name: str | os.PathLike[str], most: int, error: type[FramingError]
) -> bytes:
    """Return the same of an open file; no more than the bound is ever in memory."""
    data = file.read(most + 1)
    if len(data) > most:
        raise error(
            f"{os.fspath(name)}: larger than {most // MB} MB, the most that is read;"
            f" {_REMEDIES[error]}"
        )
    return data
