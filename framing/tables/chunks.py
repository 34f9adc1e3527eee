"""What a table is read and written as: some of its rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

__all__ = ["TEXT", "Added", "Chunk", "Row", "Writer"]

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
        How much of the file has been read, in the unit of :func:`framing.tables.extent`.
    cells : list of dict
        The rows; empty if there is a `batch`.
    batch : pyarrow.RecordBatch or None
        The rows as Parquet stores them.
    faults : dict of int to str
        Row of the chunk, from 0 → why it could not be read; what was readable of it is there.
    """

    names: list[str]
    places: list[str]
    done: int
    cells: list[Row] = field(default_factory=list)
    batch: Any = None
    faults: dict[int, str] = field(default_factory=dict)

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
