"""Subjectivity dataset v1.0: ``rotten_imdb.tar.gz`` with snippets of reviews and of plots.

Source: Pang and Lee, "A Sentimental Education", ACL 2004.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.datasets.archives import members
from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["parse"]

_LABELS = {"quote.tok.gt9.5000": 1, "plot.tok.gt9.5000": 0}
#: The lines stand in the order of reviews and plots that are not named.
_NEIGHBOURS = 10


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read both files: a line is a tokenised snippet in lower case."""
    path = folder / "rotten_imdb.tar.gz"
    found = {
        name.rpartition("/")[2]: content
        for name, content in members(path, lambda name: name.rpartition("/")[2] in _LABELS)
    }
    if lost := sorted(set(_LABELS) - set(found)):
        raise DataError(f"{path}: there is no {lost[0]} in it")
    rows: list[tuple[str, str, int, str]] = []
    for name, label in _LABELS.items():
        kind = name.partition(".")[0]
        # The authors' encoding; a byte outside it cannot be.
        for number, line in enumerate(found[name].decode("latin-1").splitlines()):
            if text := squeeze(line):
                group = f"{kind}-{number // _NEIGHBOURS}"
                rows.append((f"{kind}-{number}", text, label, group))
    return {"subj": pd.DataFrame(rows, columns=["id", "text", "label", "group"])}
