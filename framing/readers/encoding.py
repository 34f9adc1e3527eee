"""From a file's bytes to its text."""

from __future__ import annotations

import os

from framing import bounds
from framing.errors import ReadError

__all__ = ["decode", "read_bytes", "read_text"]


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read a file of at most 50 MB.

    Raises
    ------
    ReadError
        Naming the file and what is wrong with it.
    """
    try:
        return bounds.read(path, bounds.DRAFT, ReadError)
    except OSError as error:
        raise ReadError(f"{path}: cannot read: {error.strerror or error}") from error


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a draft, see :func:`decode`.

    Raises
    ------
    ReadError
        Naming the file, and for wrong bytes the line and the byte.
    """
    return decode(read_bytes(path), str(path))


def decode(data: bytes, name: str) -> str:
    """Return the text of a draft: UTF-8, or UTF-16 with a byte-order mark.

    Newlines stay as they are.

    Parameters
    ----------
    data : bytes
        What the file holds.
    name : str
        Named in errors.

    Raises
    ------
    ReadError
        Naming the line and the byte.

    Examples
    --------
    >>> decode("naïve".encode("utf-16"), "draft.txt")
    'naïve'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8"
        if b"\0" in data:
            line = data.count(b"\n", 0, data.index(b"\0")) + 1
            raise ReadError(f"{name}:{line}: a binary file (it has a NUL byte); give a text file")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{name}:{line}: byte {error.start} is not {encoding.upper()}; save the file as UTF-8"
        ) from error
