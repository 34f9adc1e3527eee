"""What has changed on disk since it was last looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

__all__ = ["Configurations", "Stamp", "stamp"]

#: Of a file: when it was written, how long it is, which one it is; None if there is none.
Stamp = tuple[int, int, int] | None

_NAMES = ("framing.toml", "setup.cfg", "pyproject.toml")


def stamp(path: str) -> Stamp:
    """Return what changes when a file is written.

    Examples
    --------
    >>> stamp("no-such-draft.txt") is None
    True
    """
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino


class Configurations:
    """The configuration files that hold for drafts.

    Parameters
    ----------
    named : str or None
        A configuration file that holds in place of the nearest.
    """

    def __init__(self, named: str | None = None) -> None:
        self._named = named
        self._stamps: dict[str, Stamp] = {}

    def changed(self, folders: Iterable[str]) -> bool:
        """Tell whether one that could hold for drafts in these folders has changed.

        Changes count from the first look at a file.
        """
        files = {
            os.path.join(above, name)
            for folder in folders
            for above in _upwards(folder)
            for name in _NAMES
        }
        if self._named:
            files.add(self._named)
        known, self._stamps = self._stamps, {path: stamp(path) for path in files}
        return any(known.get(path, one) != one for path, one in self._stamps.items())


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those above it."""
    folder = os.path.abspath(folder)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above
