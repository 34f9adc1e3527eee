"""Write a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from framing.errors import DataError

__all__ = ["replacing"]


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when all of it has been written.

    It is written beside `path` under another name, so that nobody ever reads half a file, and
    an error leaves what was there before. A device or a pipe is written to directly.

    Parameters
    ----------
    path : str or Path
        The file to make or to replace.

    Yields
    ------
    binary file

    Raises
    ------
    DataError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "report.txt")
    >>> with replacing(path) as file:
    ...     _ = file.write(b"done")
    >>> path.read_text()
    'done'
    """
    try:
        # A link stays a link: what it points to is replaced.
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                yield device
        else:
            temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
            try:
                with temporary.open("xb") as file:
                    yield file
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(f"{path}: cannot write: {error.strerror or error}") from error
