"""Parquet: batches of rows whose columns keep their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from framing.errors import DataError, MissingExtraError
from framing.tables.chunks import Added, Chunk

__all__ = ["ParquetWriter", "opened", "read"]


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow; install it with: pip install 'framing[parquet]'"
        ) from error
    return pyarrow.parquet


@contextmanager
def opened(path: str | Path) -> Iterator[Any]:
    """Open a file as a ``pyarrow.parquet.ParquetFile``."""
    parquet = _parquet()
    import pyarrow as pa

    # Opened here, a file that is not there is told as everywhere else.
    with Path(path).open("rb") as file:
        try:
            table = parquet.ParquetFile(file)
        except pa.ArrowInvalid as error:
            raise DataError(f"{path}: not a Parquet file: {error}") from error
        with table:
            yield table


def read(path: str | Path, size: int) -> Iterator[Chunk]:
    """Yield a file's rows in chunks of at most so many."""
    done = 0
    with opened(path) as file:
        for batch in file.iter_batches(batch_size=size):
            places = [f"{path}: row {done + 1 + index}" for index in range(batch.num_rows)]
            done += batch.num_rows
            if batch.num_rows:
                yield Chunk(list(batch.schema.names), places, done, batch=batch)


class ParquetWriter:
    """Writes chunks as row groups; the first tells the types of the columns."""

    def __init__(self, file: BinaryIO) -> None:
        self._parquet = _parquet()
        self._file = file
        self._writer: Any = None

    def write(self, chunk: Chunk, added: Sequence[Added]) -> None:
        """Write a chunk's rows with columns added on the right."""
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
        """Write the footer, without which the file is none."""
        if self._writer is not None:
            self._writer.close()
