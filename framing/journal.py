"""The scores of a run that is not finished: what a killed run leaves for the next one.

A journal is a file beside the target. Its first line says what is scored with what; then come
records of float64 numbers, each with its length and checksum. A record that a kill cut short is
dropped, and scored again.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from framing.errors import DataError
from framing.files import locked

__all__ = ["Journal"]

_HEAD = struct.Struct("<II")  # numbers in the record, CRC-32 of their bytes
_LONGEST = 10_000_000


class Journal:
    """Scores kept on disk in the order of the rows.

    Parameters
    ----------
    path : Path
        Where the journal lies.
    about : mapping
        What is scored with what. A journal about something else is begun anew.

    Attributes
    ----------
    kept : int
        Scores of an earlier run that :meth:`take` can give.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "journal")
    >>> with Journal(path, {"model": "a"}) as journal:
    ...     journal.add([0.25, 0.5])
    >>> with Journal(path, {"model": "a"}) as journal:
    ...     journal.kept, journal.take(1), journal.take(5)
    (2, [0.25], [0.5])
    >>> with Journal(path, {"model": "b"}) as journal:
    ...     journal.kept
    0
    """

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        self._path = path
        self._header = (json.dumps(about, sort_keys=True) + "\n").encode()
        self._waiting: list[float] = []
        self.kept = self._left = 0
        self._filled = False

    def __enter__(self) -> Journal:
        try:
            self._file: IO[bytes] = self._path.open("a+b")
        except OSError as error:
            raise DataError(f"{self._path}: cannot write: {error.strerror or error}") from error
        if not locked(self._file):
            self._file.close()
            raise DataError(
                f"{self._path}: another run writes to this target; wait for it, or name another"
            )
        end = self._scan()
        self._file.truncate(end)
        if not end:
            self._file.write(self._header)
            self._file.flush()
        self._file.seek(len(self._header))
        self._left = self.kept
        self._filled = self.kept > 0
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if not self._filled:  # nothing in it that would save the next run any work
            self.remove()

    def _scan(self) -> int:
        """Count the scores of whole records; return where the last of them ends."""
        self._file.seek(0)
        if self._file.read(len(self._header)) != self._header:
            return 0
        end = len(self._header)
        while (record := self._record()) is not None:
            self.kept += len(record)
            end = self._file.tell()
        return end

    def _record(self) -> array[float] | None:
        """Read the next record, None if there is no whole one."""
        head = self._file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        count, check = _HEAD.unpack(head)
        if count > _LONGEST:
            return None
        body = self._file.read(8 * count)
        if len(body) < 8 * count or zlib.crc32(body) != check:
            return None
        return array("d", body)

    def take(self, count: int) -> list[float]:
        """Return the next scores of an earlier run, at most so many.

        All of them are to be taken before the first new ones are added.
        """
        count = min(count, self._left)
        self._left -= count
        while len(self._waiting) < count and (record := self._record()) is not None:
            self._waiting.extend(record)
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def add(self, scores: Sequence[float]) -> None:
        """Keep the scores of the rows that follow; NaN for a row without one."""
        body = array("d", scores).tobytes()
        self._file.write(_HEAD.pack(len(scores), zlib.crc32(body)) + body)
        self._file.flush()
        self._filled = True

    def remove(self) -> None:
        """Delete the file: the run is finished."""
        self._path.unlink(missing_ok=True)
