"""What decides a result besides the draft: the program, the model, the configuration."""

from __future__ import annotations

import os

import framing
from framing.checking.cache import digest
from framing.checking.policy import Policy
from framing.checking.suppressions import SIDECAR
from framing.errors import ReadError
from framing.extractors import BUILTIN
from framing.readers import format_of
from framing.readers.encoding import read_bytes
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.run import Checker
    from framing.config import Config

__all__ = ["Keys"]


class Keys:
    """Digests of all that decides what comes of a draft, but the draft itself.

    Parameters
    ----------
    checker : Checker
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._program = _program()
        self._folders: dict[str, bytes] = {}

    def of(self, path: str) -> bytes:
        """Return the digest for a draft, b"" if what comes of it must not be remembered."""
        folder = os.path.dirname(path)
        if folder not in self._folders:
            self._folders[folder] = self._of_folder(self._checker.config(folder))
        known = self._folders[folder]
        if not known:
            return b""
        config = self._checker.config(folder)
        # Its place counts only where a pattern may ask for it.
        placed = bool(config.per_file) or any(desk.paths for desk in config.desks)
        place = os.path.realpath(path) if placed else ""
        beside = b""
        if os.path.isfile(path + SIDECAR):
            beside = read_bytes(path + SIDECAR)
        return digest(known, format_of(path).encode(), os.fsencode(place), beside).encode()

    def _of_folder(self, config: Config) -> bytes:
        given = self._checker.given
        name = given.model or config.model
        try:
            files = [read_bytes(one) for one in config.lexicons]
            if name and name.endswith(".json"):
                files.append(read_bytes(name))
        except ReadError:
            return b""  # it is for the check to say so
        # A plug-in's code is not this program's to know.
        model = self._checker.model(config, Policy())
        if not model.extractors.keys() <= {one.name for one in BUILTIN}:
            return b""
        said = repr((given.layer, config, name)).encode("utf-8", "backslashreplace")
        return digest(self._program, said, *files).encode()


def _program() -> bytes:
    """Return a digest of this package: its version, and the sizes and times of its files."""
    parts = [framing.__version__.encode()]
    for here, folders, files in os.walk(os.path.dirname(framing.__file__)):
        folders[:] = sorted(one for one in folders if one != "__pycache__")
        for name in sorted(files):
            found = os.stat(os.path.join(here, name))
            parts.append(f"{name} {found.st_size} {found.st_mtime_ns}".encode())
    return digest(*parts).encode()
