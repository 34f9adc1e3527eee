"""Write a file whole or not at all."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from framing.errors import DataError

__all__ = ["locked", "replacing"]

#: Seconds after which a file that nobody holds is left over, and not one just made.
_FRESH = 60


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when all of it has been written.

    It is written beside `path` under another name, so that nobody ever reads half a file, and
    an error leaves what was there before. A device or a pipe is written to directly. What killed
    runs have left beside it is removed.

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
            _sweep(target)
            temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
            try:
                with temporary.open("xb") as file:
                    with suppress(OSError):  # not every file system locks
                        locked(file)
                    yield file
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(f"{path}: cannot write: {error.strerror or error}") from error


def _sweep(target: Path) -> None:
    """Remove what runs that were killed have left of a target."""
    if os.name == "nt":  # an open file cannot be told there
        return
    left = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.part")
    with suppress(OSError):  # to tidy up is no duty
        for path in target.parent.iterdir():
            if not left.fullmatch(path.name) or not path.is_file():
                continue
            if time.time() - path.stat().st_mtime <= _FRESH:
                continue
            with path.open("rb") as file:
                if locked(file):  # whoever still writes, or sleeps, holds it
                    path.unlink()


def locked(file: IO[bytes]) -> bool:
    """Lock a file for this process until it is closed; False if another holds it."""
    if os.name == "nt":  # an open file cannot be locked twice there in another way
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
