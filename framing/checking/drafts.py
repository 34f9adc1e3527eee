"""Find drafts: files as they are named, folders searched in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from framing.config import Config
from framing.errors import ReadError

__all__ = ["STDIN", "find"]

#: The name under which standard input is given.
STDIN = "-"


def find(
    paths: Sequence[str],
    config: Callable[[str], Config],
    exclude: Sequence[str] = (),
    named_too: bool = False,
) -> Iterator[str | ReadError]:
    """Yield each draft once.

    Links are followed to files and not to folders, so that a loop of links ends.

    Parameters
    ----------
    paths : sequence of str
        Files, folders, ``-`` for standard input.
    config : callable
        Folder → the configuration that holds for it.
    exclude : sequence of str
        Patterns of paths to leave out, besides those of the configuration, relative to the
        current folder.
    named_too : bool
        Leave out also files that are named themselves.

    Yields
    ------
    str or ReadError
        A path; an error for a folder without drafts.
    """
    seen: set[str] = set()
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            closed: list[OSError] = []
            found = _inside(path, config, exclude, closed)
            for error in closed:
                yield ReadError(f"{error.filename}: cannot read: {error.strerror or error}")
            if not found and not closed:
                from framing.readers import SUFFIXES

                endings = ", ".join(f"*{one}" for one in SUFFIXES)
                yield ReadError(f"{path}: no drafts in this folder; they are called {endings}")
        elif named_too and path != STDIN and _left_out(path, config, exclude):
            continue
        else:
            found = [path]
        for one in found:
            key = one if one == STDIN else os.path.realpath(one)
            if key not in seen:
                seen.add(key)
                yield one


def _left_out(path: str, config: Callable[[str], Config], exclude: Sequence[str]) -> bool:
    mine = config(os.path.dirname(path))
    if not (mine.exclude or exclude):
        return False
    from framing.checking.globs import matches

    return matches(path, mine.exclude, mine.folder) or matches(path, exclude, os.getcwd())


def _inside(
    folder: str,
    config: Callable[[str], Config],
    exclude: Sequence[str],
    closed: list[OSError],
) -> list[str]:
    """Return the drafts in a folder and in those below it, hidden ones left out, in order.

    What was met in folders that cannot be searched, or is no file, is added to `closed`.
    """
    from framing.readers import SUFFIXES

    endings = tuple(SUFFIXES)
    found = []
    for here, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [
            name
            for name in folders
            if not (name.startswith(".") or _left_out(os.path.join(here, name), config, exclude))
        ]
        for name in files:
            if name.lower().endswith(endings) and not name.startswith("."):
                path = os.path.join(here, name)
                if _left_out(path, config, exclude):
                    continue
                if os.path.exists(path) and not os.path.isfile(path):
                    closed.append(OSError(0, "a pipe or a device, no file", path))
                else:  # a link that leads nowhere is told when it is read
                    found.append(path)
    return sorted(found)
