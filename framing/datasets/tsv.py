"""Unquoted TSV tables: UTF-8, a header, one row a line, every cell as it stands."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.errors import DataError
from framing.files import replacing

__all__ = ["read_tsv", "squeeze", "write_tsv"]


def squeeze(text: str) -> str:
    r"""Return a text with every run of white space as one blank: what a cell can hold.

    Examples
    --------
    >>> squeeze(" It\n\trained. ")
    'It rained.'
    """
    return " ".join(text.split())


def read_tsv(path: Path) -> pd.DataFrame:
    """Read an unquoted TSV file.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    try:
        return pd.read_csv(path, sep="\t", quoting=3, keep_default_na=False, dtype=str)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot read this table: {error}") from error


def write_tsv(table: pd.DataFrame, path: Path) -> bytes:
    """Write a table as an unquoted TSV file, whole or not at all, and return its bytes."""
    rows = [list(table.columns), *table.itertuples(index=False)]
    lines = ["\t".join(squeeze(str(cell)) for cell in row) for row in rows]
    content = "".join(f"{line}\n" for line in lines).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(content)
    return content
