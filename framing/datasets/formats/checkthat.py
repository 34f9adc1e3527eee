"""CheckThat! labs 2023 to 2025, subjectivity in English: TSV with sentence_id, sentence, label.

The lab's first releases have a fourth column, solved_conflict. Some files quote cells that hold
a quotation mark, as CSV does, and some do not; both are read.
Source: repositories checkthat_lab/clef{2023,2024,2025}-checkthat-lab on GitLab.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.datasets.formats.newssd import LABELS
from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["SPLITS", "YEARS", "parse"]

YEARS = (2023, 2024, 2025)
SPLITS = ("train", "dev", "test")
#: The files name no articles, but their sentences stand in order.
_NEIGHBOURS = 10


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read all splits of all years as ``2024-test`` and so on."""
    return {
        f"{year}-{split}": _read(folder / f"{year}-{split}.tsv", f"checkthat-{year}-{split}")
        for year in YEARS
        for split in SPLITS
    }


def _read(path: Path, name: str) -> pd.DataFrame:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot read: {error}") from error
    header = lines[0].rstrip("\r").split("\t")
    if header[:3] != ["sentence_id", "sentence", "label"]:
        raise DataError(f"{path}:1: the columns are not sentence_id, sentence, label")
    rows: list[tuple[str, str, int, str]] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.rstrip("\r").split("\t")
        if cells == [""]:
            continue
        label = LABELS.get(cells[2].strip()) if len(cells) == len(header) else None
        if label is None:
            raise DataError(
                f"{path}:{number}: not {len(header)} cells of which the third is SUBJ or OBJ"
            )
        group = f"{name}-{len(rows) // _NEIGHBOURS}"
        rows.append((cells[0], squeeze(_plain(cells[1])), label, group))
    return pd.DataFrame(rows, columns=["id", "text", "label", "group"])


def _plain(cell: str) -> str:
    """Take the quotation marks of CSV off a cell, if that is what they are."""
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted and '""' in inner else cell
