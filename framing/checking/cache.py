"""The cache: what came of drafts that have not changed since.

One SQLite file for all folders; a result is kept under a digest of the draft's bytes and of
everything else that decides it. SQLite looks after two runs at once; a file that is broken, or
locked for too long, only costs the time it would have saved. What is kept is JSON: nothing in it
is run.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import suppress
from hashlib import blake2b

from framing.checking.findings import Checked, Finding, Suppressed, Weight
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Cache", "default_folder", "digest"]

_FILE = "check-1.sqlite"
_DAYS = 30
_BATCH = 200
_PATIENCE = 2.0  # seconds to wait for another run


def default_folder() -> str:
    """Return the folder for what programs may forget: ``$XDG_CACHE_HOME/framing``.

    Examples
    --------
    >>> os.path.basename(default_folder())
    'framing'
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # as the standard wants it
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "framing")


def digest(*parts: bytes) -> str:
    """Return a digest of byte strings, which differ also where only their borders do.

    Examples
    --------
    >>> digest(b"a", b"bc") == digest(b"ab", b"c")
    False
    """
    whole = blake2b(digest_size=20)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


class Cache:
    """Results by digest.

    Parameters
    ----------
    folder : str
        Made if it is not there, for this user alone: drafts may be secret.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> cache = Cache(folder)
    >>> cache.put("key", Checked("a.txt", 3))
    >>> cache.close()
    >>> found = Cache(folder).get("key", "b.txt")
    >>> found.path, found.judged
    ('b.txt', 3)
    """

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, _FILE)
        self._connection: sqlite3.Connection | None = None
        self._pending: list[tuple[str, str, int]] = []
        self._today = int(time.time()) // 86_400
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            self._open()
        except sqlite3.OperationalError:
            self._connection = None  # locked or not writable: do without
        except sqlite3.DatabaseError:
            self._start_anew()
        except OSError:
            self._connection = None

    def _open(self) -> None:
        connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS results"
                " (key TEXT PRIMARY KEY, value TEXT NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.Error:
            connection.close()
            raise
        self._connection = connection

    def _start_anew(self) -> None:
        """Replace a file that is no database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        with suppress(OSError, sqlite3.Error):
            os.unlink(self._path)
            self._open()

    def get(self, key: str, path: str) -> Checked | None:
        """Return a result under the name that its draft has now, None if it is not known."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(
                "SELECT value, day FROM results WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._start_anew()
            return None
        if row is None:
            return None
        found = _from_text(row[0], path)
        if found is not None and row[1] != self._today:
            self._pending.append((key, row[0], self._today))
        return found

    def put(self, key: str, checked: Checked) -> None:
        """Remember a result."""
        self._pending.append((key, _to_text(checked), self._today))
        if len(self._pending) >= _BATCH:
            self._write()

    def _write(self) -> None:
        rows, self._pending = self._pending, []
        if self._connection is None or not rows:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            self._connection.execute("DELETE FROM results WHERE day < ?", (self._today - _DAYS,))
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError:
            with suppress(sqlite3.Error):  # another run is writing; it may, this one need not
                self._connection.execute("ROLLBACK")
        except sqlite3.DatabaseError:
            self._start_anew()

    def close(self) -> None:
        """Write what is new, and let go of the file."""
        self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _to_text(checked: Checked) -> str:
    """Return a result as JSON after a digest of it, without the names of the draft."""
    path = checked.path
    body = json.dumps(
        [
            checked.judged,
            checked.skipped,
            [_values(one, path) for one in checked.findings],
            [
                [_values(one.finding, path), one.reason, one.where.removeprefix(path)]
                for one in checked.suppressed
            ],
        ],
        separators=(",", ":"),
    )
    return f"{digest(body.encode())}{body}"


def _values(finding: Finding, path: str) -> list[object]:
    """Return a finding's fields, without the name of its draft."""
    known = {name: getattr(finding, name) for name in Finding._fields}
    known["path"] = finding.path.removeprefix(path)
    known["weights"] = [(one.feature, one.amount, one.spans) for one in finding.weights]
    return list(known.values())


def _from_text(text: str, path: str) -> Checked | None:
    """Read what :func:`_to_text` wrote; None if somebody else wrote it."""
    body = text[40:]
    if text[:40] != digest(body.encode("utf-8", "surrogatepass")):
        return None
    try:
        judged, skipped, findings, suppressed = json.loads(body)
        return Checked(
            path,
            judged,
            tuple((why, count) for why, count in skipped),
            tuple(_finding(one, path) for one in findings),
            tuple(Suppressed(_finding(f, path), why, path + where) for f, why, where in suppressed),
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _finding(values: list[Any], path: str) -> Finding:
    known = dict(zip(Finding._fields, values, strict=True))
    return Finding(**known).replace(
        path=path + known["path"],
        marks=tuple((start, end) for start, end in known["marks"]),
        weights=tuple(
            Weight(feature, amount, tuple((start, end) for start, end in spans))
            for feature, amount, spans in known["weights"]
        ),
    )
