"""BABE: ``data/final_labels_SG2.csv``, divided by semicolons.

Source: Spinde et al., "Neural Media Bias Detection Using Distant Supervision With BABE", Findings
of EMNLP 2021; repository Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-
With-BABE.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["parse"]

_LABELS = {"Expresses writer's opinion": 1, "Entirely factual": 0}
_COLUMNS = ("text", "news_link", "outlet", "topic", "type", "label_bias", "label_opinion")


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the sentences on whose label the experts agreed: opinion, or entirely factual.

    Sentences that are factual but also opinionated, or on which there was no agreement, have no
    label here and are left out. The group is the article.
    """
    path = folder / "final_labels_SG2.csv"
    rows: list[tuple[str | int, ...]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=";", strict=True)
            if lost := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
                raise DataError(f"{path}:1: no column {lost[0]}; is it another release?")
            for number, row in enumerate(reader):
                opinion = (row["label_opinion"] or "").replace("’", "'").strip()
                if opinion in _LABELS:
                    rows.append(
                        (
                            f"babe_sg2-{number}",
                            squeeze(row["text"]),
                            _LABELS[opinion],
                            row["news_link"] or f"babe_sg2-{number}",
                            row["outlet"],
                            row["topic"],
                            row["type"],
                            row["label_bias"],
                        )
                    )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: cannot read: {error}") from error
    names = ["id", "text", "label", "group", "outlet", "topic", "leaning", "label_bias"]
    return {"babe": pd.DataFrame(rows, columns=names)}
