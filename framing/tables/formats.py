"""Which format a file has, and reading and writing it chunk by chunk."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from framing.errors import DataError, ReadError
from framing.tables import lines, parquet
from framing.tables.chunks import Chunk, Row, Writer

__all__ = ["COMPRESSIONS", "FORMATS", "extent", "format_of", "read", "write"]

#: The formats, by the suffix of a file's name.
FORMATS = (".txt", ".csv", ".jsonl", ".parquet")
_OPENERS: dict[str, Callable[..., Any]] = {
    ".gz": gzip.GzipFile,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}
#: What may follow the suffix of a text format (``corpus.csv.gz``).
COMPRESSIONS = tuple(_OPENERS)


def format_of(path: str | Path) -> str:
    """Return a file's format.

    Raises
    ------
    DataError
        If its name has none of the known suffixes.

    Examples
    --------
    >>> format_of("scores.CSV"), format_of("scores.jsonl.gz")
    ('.csv', '.jsonl')
    """
    name = Path(path)
    compressed = _compression(path)
    suffix = Path(name.stem if compressed else name).suffix.lower()
    if suffix not in FORMATS:
        raise DataError(
            f"{path}: unknown format; name it with one of {', '.join(FORMATS)},"
            f" and after a text format {', '.join(COMPRESSIONS)} if it is compressed"
        )
    if compressed and suffix == ".parquet":
        raise DataError(f"{path}: Parquet is compressed inside; leave out {compressed}")
    return suffix


def _compression(path: str | Path) -> str:
    suffix = Path(path).suffix.lower()
    return suffix if suffix in _OPENERS else ""


def extent(path: str | Path) -> tuple[int, str]:
    """Return how much there is to read, and its unit: bytes, or rows of a Parquet file."""
    if format_of(path) == ".parquet":
        with _reading(path), parquet.opened(path) as file:
            return file.metadata.num_rows, "rows"
    with _reading(path):
        return Path(path).stat().st_size, "B"


def read(path: str | Path, size: int, keep_faults: bool = False) -> Iterator[Chunk]:
    """Yield the rows of a file in chunks.

    Parameters
    ----------
    path : str or Path
        A file of one of :data:`FORMATS`.
    size : int
        Rows in a chunk.
    keep_faults : bool
        Tell rows that cannot be read in :attr:`Chunk.faults`, and go on with the next.

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
            yield from parquet.read(path, size)
            return
        with Path(path).open("rb") as stored, _expanded(path, stored, "rb") as file:
            rows = lines.READERS[kind](file, str(path))
            names: dict[str, None] = {}
            while part := list(islice(rows, size)):
                cells: list[Row] = []
                places: list[str] = []
                faults: dict[int, str] = {}
                for number, row, fault in part:
                    if fault and not keep_faults:
                        wrong = ReadError if "UTF-8" in fault else DataError
                        raise wrong(f"{path}:{number}: {fault}")
                    if fault:
                        faults[len(cells)] = fault
                    cells.append(row)
                    places.append(f"{path}:{number}")
                here = dict.fromkeys(name for row in cells for name in row)
                # A chunk of faults alone has the columns of those before it.
                names = here or names
                yield Chunk(list(names), places, stored.tell(), cells, faults=faults)


def _expanded(path: str | Path, stored: BinaryIO, mode: str) -> Any:
    """Return a file that is read or written through its compression."""
    opener = _OPENERS.get(_compression(path))
    if opener is None:
        return _as_it_is(stored)
    if opener is gzip.GzipFile:  # no name and no time inside: the same rows, the same bytes
        return gzip.GzipFile(filename="", fileobj=stored, mode=mode, mtime=0)
    return opener(stored, mode)


@contextmanager
def _as_it_is(file: BinaryIO) -> Iterator[BinaryIO]:
    yield file


class _reading:
    """Tell errors of reading from errors of writing."""

    def __init__(self, path: str | Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error | lzma.LZMAError):
            raise ReadError(f"{self._path}: damaged, or not compressed at all: {error}") from error
        if isinstance(error, OSError):
            raise ReadError(f"{self._path}: cannot read: {error.strerror or error}") from error


@contextmanager
def write(path: str | Path, file: BinaryIO) -> Iterator[Writer]:
    """Return a writer for the format that a file's name asks for.

    Parameters
    ----------
    path : str or Path
        Tells the format.
    file : binary file
        What is written to.

    Yields
    ------
    Writer
    """
    kind = format_of(path)
    with _expanded(path, file, "wb") as target:
        writer: Writer
        if kind == ".parquet":
            writer = parquet.ParquetWriter(target)
        else:
            writer = lines.WRITERS[kind](cast(BinaryIO, target))
        with closing(writer):
            yield writer
