"""Read members of zip and tar archives that strangers made.

Nothing is extracted to the disk: members are read into memory, within bounds, so that no name in
an archive can lead anywhere.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from framing.errors import DataError

__all__ = ["members"]

_MOST_MEMBERS = 100_000
_LONGEST_MEMBER = 64 << 20
_LONGEST_ALL = 512 << 20


def members(
    path: Path,
    wanted: Callable[[str], bool],
    *,
    longest: int = _LONGEST_MEMBER,
    total: int = _LONGEST_ALL,
    most: int = _MOST_MEMBERS,
) -> Iterator[tuple[str, bytes]]:
    """Yield the members of an archive whose names are wanted.

    Parameters
    ----------
    path : Path
        A zip or tar file, compressed or not.
    wanted : callable
        Name → whether to read it. Links and devices are never read.
    longest, total : int
        Bytes that one member and all of them may unpack to.
    most : int
        Members that the archive may have.

    Yields
    ------
    (str, bytes)
        Name with forward slashes, content.

    Raises
    ------
    DataError
        If the file is no archive, is damaged, has a name that leads out of it, or unpacks to
        more than the bounds.
    """
    if not path.is_file():
        raise DataError(f"{path}: there is no such file")
    reader = _zip if zipfile.is_zipfile(path) else _tar
    left = total
    try:
        for count, (name, open_member) in enumerate(reader(path), 1):
            if count > most:
                raise DataError(f"{path}: more than {most:,} members")
            parts = PurePosixPath(name.replace("\\", "/")).parts
            if ".." in parts or name.startswith(("/", "\\")) or ":" in "".join(parts[:1]):
                raise DataError(f"{path}: the name {name!r} leads out of the archive")
            plain = "/".join(parts)
            if open_member is None or not wanted(plain):
                continue
            with open_member() as file:
                content = file.read(min(longest, left) + 1)
            if len(content) > min(longest, left):
                raise DataError(
                    f"{path}: {plain} unpacks to more than {min(longest, left):,} bytes"
                )
            left -= len(content)
            yield plain, content
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: damaged, or not a zip or tar archive: {error}") from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, unknown compression
        raise DataError(f"{path}: cannot be unpacked: {error}") from error


_Member = tuple[str, Callable[[], IO[bytes]] | None]


def _zip(path: Path) -> Iterator[_Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            yield info.filename or ".", None if info.is_dir() else partial(archive.open, info)


def _tar(path: Path) -> Iterator[_Member]:
    with tarfile.open(path) as archive:
        for info in archive:
            plain = partial(_extracted, archive, info) if info.isreg() else None
            yield info.name or ".", plain


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(info)
    assert file is not None  # asked for regular files only
    return file
