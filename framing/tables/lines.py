"""Text, CSV and JSON lines: rows that are lines of text.

A reader yields ``(line, row, fault)``: a row that cannot be read is told with the reason, and
what is readable of it is there. What makes the rest of a file unreadable is raised.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from framing import bounds
from framing.errors import DataError
from framing.tables.chunks import TEXT, Added, Chunk, Row, Writer

__all__ = ["READERS", "WRITERS"]

Read = tuple[int, Row, str]


class _Lines:
    """The decoded lines of a file; those that are not UTF-8 are noted, and read all the same.

    One that is longer than any draft is refused: a few kB, compressed, may expand to it.
    """

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file = file
        self._path = path
        self.faults: dict[int, str] = {}

    def __iter__(self) -> Iterator[str]:
        lines = iter(lambda: self._file.readline(bounds.DRAFT + 1), b"")
        for number, line in enumerate(lines, 1):
            if len(line) > bounds.DRAFT:
                raise DataError(
                    f"{self._path}:{number}: a line of more than {bounds.DRAFT // bounds.MB} MB,"
                    " the most that is read; is it the right file?"
                )
            encoding = "utf-8-sig" if number == 1 else "utf-8"
            try:
                yield line.decode(encoding)
            except UnicodeDecodeError as error:
                self.faults[number] = (
                    f"byte {error.start} of the line is not UTF-8; save the file as UTF-8"
                )
                yield line.decode(encoding, "replace")


def _read_txt(file: BinaryIO, path: str) -> Iterator[Read]:
    lines = _Lines(file, path)
    for number, line in enumerate(lines, 1):
        yield number, {TEXT: line.rstrip("\r\n")}, lines.faults.pop(number, "")


def _read_jsonl(file: BinaryIO, path: str) -> Iterator[Read]:
    lines = _Lines(file, path)
    for number, line in enumerate(lines, 1):
        fault = lines.faults.pop(number, "")
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            fault = fault or f"not JSON: {error}"
        if not isinstance(row, dict):
            fault, row = fault or "write one JSON object per line", {}
        yield number, row, fault


def _read_csv(file: BinaryIO, path: str) -> Iterator[Read]:
    lines = _Lines(file, path)
    reader = csv.reader(iter(lines), strict=True)
    try:
        names = next(reader, [])
        for name in names:
            if names.count(name) > 1:
                raise DataError(f"{path}:1: two columns are called {name!r}; rename one")
        for row in reader:
            fault = ""
            if lines.faults:
                fault = next(iter(lines.faults.values()))
                lines.faults.clear()
            if row and len(row) != len(names):
                fault = fault or (
                    f"{len(row)} cells under {len(names)} columns; quote cells that hold a comma"
                )
            if row:
                yield reader.line_num, dict(zip(names, row, strict=False)), fault
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: malformed CSV: {error}") from error


#: Format → what reads its rows.
READERS: dict[str, Callable[[BinaryIO, str], Iterator[Read]]] = {
    ".txt": _read_txt,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
}


class _LineWriter:
    """What the three text formats have in common."""

    def __init__(self, file: BinaryIO) -> None:
        # JSON may hold half of a surrogate pair, which UTF-8 cannot; its escape can stand.
        self._file = io.TextIOWrapper(
            file, encoding="utf-8", errors="backslashreplace", newline="", write_through=True
        )

    def close(self) -> None:
        self._file.flush()
        self._file.detach()


class _TextWriter(_LineWriter):
    r"""``added ⇥ … ⇥ text``: what was asked for comes first, the sentence last."""

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        if chunk.names != [TEXT]:
            raise DataError(
                f"a .txt file holds no columns but the text, and there are"
                f" {', '.join(chunk.names)}; write .csv, .jsonl or .parquet"
            )
        for row, *values in zip(chunk.rows(), *(one.values for one in added), strict=True):
            self._file.write("\t".join([*map(_cell, values), _cell(row[TEXT])]) + "\n")


class _CsvWriter(_LineWriter):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._names: list[str] = []

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        # The rows of a chunk are written in one go, column by column: several times as fast.
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\n")
        if not self._names:
            self._names = chunk.names
            writer.writerow([*self._names, *(one.name for one in added)])
        for name in chunk.names:
            if name not in self._names:
                place = next(
                    p for p, r in zip(chunk.places, chunk.rows(), strict=True) if name in r
                )
                raise DataError(
                    f"{place}: the column {name!r} was not there in the rows before, and the"
                    " header is written; write .jsonl instead"
                )
        columns = [*map(chunk.column, self._names), *(one.values for one in added)]
        writer.writerows(zip(*map(_cells, columns), strict=True))
        self._file.write(written.getvalue())


class _JsonlWriter(_LineWriter):
    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        for row, *values in zip(chunk.rows(), *(one.values for one in added), strict=True):
            names = (one.name for one in added)
            whole = {**row, **dict(zip(names, values, strict=True))}
            self._file.write(json.dumps(whole, ensure_ascii=False, default=str) + "\n")


#: What :mod:`csv` writes as :func:`_cell` does.
_PLAIN = {str, int, float, bool, type(None)}


def _cells(column: Sequence[object]) -> Sequence[object]:
    """Return a column as :mod:`csv` can write it."""
    return column if _PLAIN.issuperset(map(type, column)) else list(map(_cell, column))


def _cell(value: object) -> str:
    """Write a value as a cell of text."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


#: Format → what writes its rows.
WRITERS: dict[str, Callable[[BinaryIO], Writer]] = {
    ".txt": _TextWriter,
    ".csv": _CsvWriter,
    ".jsonl": _JsonlWriter,
}
