"""Tables of sentences: text, CSV, JSON lines and Parquet, read and written chunk by chunk.

A file is never held in memory as a whole, and every column comes out as it went in: CSV cells
stay text, JSON values stay what they are, Parquet columns keep their types.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from framing.errors import DataError, MissingExtraError, ReadError

__all__ = ["FORMATS", "Added", "Chunk", "Writer", "extent", "format_of", "read", "write"]

#: The formats, by the suffix of a file's name.
FORMATS = (".txt", ".csv", ".jsonl", ".parquet")
TEXT = "text"  # what the only column of a .txt file is called

Row = dict[str, Any]


@dataclass
class Chunk:
    """Some rows of a table.

    Attributes
    ----------
    names : list of str
        The columns.
    places : list of str
        ``path:line`` of each row, for messages.
    done : int
        How much of the file has been read, in the unit of :func:`extent`.
    cells : list of dict
        The rows; empty if there is a `batch`.
    batch : pyarrow.RecordBatch or None
        The rows as Parquet stores them.
    """

    names: list[str]
    places: list[str]
    done: int
    cells: list[Row] = field(default_factory=list)
    batch: Any = None

    def column(self, name: str) -> list[Any]:
        """Return the values of a column; None where a row has none."""
        if self.batch is not None:
            values: list[Any] = self.batch.column(name).to_pylist()
            return values
        return [row.get(name) for row in self.cells]

    def rows(self) -> list[Row]:
        """Return the rows."""
        if self.batch is not None:
            rows: list[Row] = self.batch.to_pylist()
            return rows
        return self.cells


def format_of(path: str | Path) -> str:
    """Return a file's format.

    Raises
    ------
    DataError
        If its name has none of the known suffixes.

    Examples
    --------
    >>> format_of("scores.CSV")
    '.csv'
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise DataError(f"{path}: unknown format; name it with one of {', '.join(FORMATS)}")
    return suffix


def extent(path: str | Path) -> tuple[int, str]:
    """Return how much there is to read, and its unit: bytes, or rows of a Parquet file."""
    if format_of(path) == ".parquet":
        with _reading(path), _open_parquet(path) as file:
            return file.metadata.num_rows, "rows"
    with _reading(path):
        return Path(path).stat().st_size, "B"


def read(path: str | Path, size: int) -> Iterator[Chunk]:
    """Yield the rows of a file in chunks.

    Parameters
    ----------
    path : str or Path
        A file of one of :data:`FORMATS`.
    size : int
        Rows in a chunk.

    Yields
    ------
    Chunk

    Raises
    ------
    ReadError, DataError
        If the file cannot be read or breaks its format; the text names path and line.
    """
    kind = format_of(path)
    with _reading(path):
        if kind == ".parquet":
            yield from _read_parquet(path, size)
        else:
            with Path(path).open("rb") as file:
                rows = _READERS[kind](file, str(path))
                while part := list(islice(rows, size)):
                    cells = [row for _, row in part]
                    names = list(dict.fromkeys(name for row in cells for name in row))
                    places = [f"{path}:{number}" for number, _ in part]
                    yield Chunk(names, places, file.tell(), cells)


class _reading:
    """Tell errors of reading from errors of writing."""

    def __init__(self, path: str | Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise ReadError(f"{self._path}: cannot read: {error.strerror or error}") from error


def _lines(file: BinaryIO, path: str) -> Iterator[str]:
    """Yield the decoded lines of a file with their line ends."""
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise ReadError(
                f"{path}:{number}: byte {error.start} of the line is not UTF-8;"
                " save the file as UTF-8"
            ) from error


def _read_txt(file: BinaryIO, path: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_lines(file, path), 1):
        yield number, {TEXT: line.rstrip("\r\n")}


def _read_jsonl(file: BinaryIO, path: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_lines(file, path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DataError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}:{number}: write one JSON object per line")
        yield number, row


def _read_csv(file: BinaryIO, path: str) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(_lines(file, path), strict=True)
    try:
        names = next(reader, [])
        for name in names:
            if names.count(name) > 1:
                raise DataError(f"{path}:1: two columns are called {name!r}; rename one")
        for row in reader:
            if row and len(row) != len(names):
                raise DataError(
                    f"{path}:{reader.line_num}: {len(row)} cells under {len(names)} columns;"
                    " quote cells that hold a comma"
                )
            if row:
                yield reader.line_num, dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: malformed CSV: {error}") from error


_READERS: dict[str, Callable[[BinaryIO, str], Iterator[tuple[int, Row]]]] = {
    ".txt": _read_txt,
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
}


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow; install it with: pip install 'framing[parquet]'"
        ) from error
    return pyarrow.parquet


@contextmanager
def _open_parquet(path: str | Path) -> Iterator[Any]:
    parquet = _parquet()
    import pyarrow as pa

    # Opened here, a file that is not there is told as everywhere else.
    with Path(path).open("rb") as file:
        try:
            opened = parquet.ParquetFile(file)
        except pa.ArrowInvalid as error:
            raise DataError(f"{path}: not a Parquet file: {error}") from error
        with opened:
            yield opened


def _read_parquet(path: str | Path, size: int) -> Iterator[Chunk]:
    done = 0
    with _open_parquet(path) as file:
        for batch in file.iter_batches(batch_size=size):
            places = [f"{path}: row {done + 1 + index}" for index in range(batch.num_rows)]
            done += batch.num_rows
            if batch.num_rows:
                yield Chunk(list(batch.schema.names), places, done, batch=batch)


class Added(NamedTuple):
    """A column to write to the right of those of a chunk.

    Attributes
    ----------
    name : str
        Its name.
    values : sequence
        One per row; None where there is none.
    kind : type
        ``float`` or ``str``.
    """

    name: str
    values: Sequence[Any]
    kind: type


class Writer(Protocol):
    """Writes chunks to a file."""

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        """Write a chunk's rows with columns added on the right."""

    def close(self) -> None:
        """Write what is still held back."""


def write(path: str | Path, file: BinaryIO) -> Writer:
    """Return a writer for the format that a file's name asks for.

    Parameters
    ----------
    path : str or Path
        Tells the format.
    file : binary file
        What is written to.

    Returns
    -------
    Writer
    """
    return _WRITERS[format_of(path)](file)


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
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._names: list[str] = []

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        if not self._names:
            self._names = chunk.names
            self._writer.writerow([*self._names, *(one.name for one in added)])
        for name in chunk.names:
            if name not in self._names:
                place = next(
                    p for p, r in zip(chunk.places, chunk.rows(), strict=True) if name in r
                )
                raise DataError(
                    f"{place}: the column {name!r} was not there in the rows before, and the"
                    " header is written; write .jsonl instead"
                )
        for row, *values in zip(chunk.rows(), *(one.values for one in added), strict=True):
            cells = [*(row.get(name) for name in self._names), *values]
            self._writer.writerow(map(_cell, cells))


class _JsonlWriter(_LineWriter):
    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        for row, *values in zip(chunk.rows(), *(one.values for one in added), strict=True):
            names = (one.name for one in added)
            whole = {**row, **dict(zip(names, values, strict=True))}
            self._file.write(json.dumps(whole, ensure_ascii=False, default=str) + "\n")


def _cell(value: object) -> str:
    """Write a value as a cell of text."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


class _ParquetWriter:
    def __init__(self, file: BinaryIO) -> None:
        self._parquet = _parquet()
        self._file = file
        self._writer: Any = None

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        import pyarrow as pa

        try:
            table = self._table(chunk)
            for name, values, kind in added:
                stored = pa.float64() if kind is float else pa.string()
                table = table.append_column(pa.field(name, stored), pa.array(values, stored))
            if self._writer is None:
                self._writer = self._parquet.ParquetWriter(self._file, table.schema)
            self._writer.write_table(table)
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
            raise DataError(
                f"{chunk.places[0]}: from here on a column does not fit Parquet ({error});"
                " write .jsonl instead"
            ) from error

    def _table(self, chunk: Chunk) -> Any:
        import pyarrow as pa

        if chunk.batch is not None:
            return pa.Table.from_batches([chunk.batch])
        columns = {name: pa.array(chunk.column(name)) for name in chunk.names}
        for name, column in columns.items():
            if pa.types.is_null(column.type):  # nothing there yet to tell the type by
                columns[name] = column.cast(pa.string())
        return pa.table(columns)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


_WRITERS: dict[str, Callable[[BinaryIO], Writer]] = {
    ".txt": _TextWriter,
    ".csv": _CsvWriter,
    ".jsonl": _JsonlWriter,
    ".parquet": _ParquetWriter,
}
