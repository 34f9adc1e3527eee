"""CSV: tables for spreadsheets, in which nothing of a draft can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

__all__ = ["table"]

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a table as CSV.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers are
    left alone.

    Parameters
    ----------
    columns : sequence of str
        The header.
    rows : iterable of sequence
        One cell a column; None is left empty.

    Returns
    -------
    str
        Lines ended by a newline.

    Examples
    --------
    >>> table(["speaker", "words"], [["=cmd()", -3], [None, 4]])
    "speaker,words\n'=cmd(),-3\n,4\n"
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(_cell, columns))
    writer.writerows(map(_cell, row) for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
