"""NewsSD-ENG: ``data/english/{train,val,test}.csv`` with the columns Sentence and Label.

Source: Antici et al., "A Corpus for Sentence-Level Subjectivity Detection on English News
Articles", LREC-COLING 2024; repository nlp-unibo/newssd-eng.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["LABELS", "parse"]

#: What the authors call the two labels.
LABELS = {"SUBJ": 1, "OBJ": 0}
#: Their name of a split → ours.
_SPLITS = {"train": "train", "val": "dev", "test": "test"}


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the three splits.

    Raises
    ------
    DataError
        If a file breaks the format; the text names path and line.
    """
    return {ours: _read(folder / f"{theirs}.csv", theirs) for theirs, ours in _SPLITS.items()}


def _read(path: Path, split: str) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            names = {name.lower().replace(" ", "_"): name for name in reader.fieldnames or ()}
            if not {"sentence", "label"} <= set(names):
                raise DataError(f"{path}:1: no columns Sentence and Label; is it another release?")
            rows = []
            for row in reader:
                label = LABELS.get((row[names["label"]] or "").strip())
                if label is None:
                    raise DataError(f"{path}:{reader.line_num}: the label is neither SUBJ nor OBJ")
                solved = row[names["solved_conflict"]] if "solved_conflict" in names else ""
                rows.append((squeeze(row[names["sentence"]]), label, solved))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: cannot read: {error}") from error
    return pd.DataFrame(
        [(f"newssd-en-{split}-{number}", *row) for number, row in enumerate(rows)],
        columns=["id", "text", "label", "solved_conflict"],
    )
