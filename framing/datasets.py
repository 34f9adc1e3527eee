"""Data sets by name, as frames with the columns text, label, group and source.

Nothing here downloads. A set is read from a folder on this machine: ``--data-home``, else
``$FRAMING_DATA``, else ``~/.cache/framing``; the project's own sets also from the ``datasets``
folder of a checkout.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from framing.errors import DataError

__all__ = ["NAMES", "data_home", "load"]

_CHECKOUT = Path(__file__).parents[1] / "datasets"


def data_home(folder: str | Path | None = None) -> Path:
    """Return the folder in which data sets are looked for.

    Examples
    --------
    >>> data_home("corpora").name
    'corpora'
    """
    if folder is not None:
        return Path(folder)
    return Path(os.environ.get("FRAMING_DATA") or Path.home() / ".cache" / "framing")


def read_tsv(path: Path) -> pd.DataFrame:
    """Read an unquoted TSV file, every cell as it stands."""
    try:
        return pd.read_csv(path, sep="\t", quoting=3, keep_default_na=False, dtype=str)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot read this table: {error}") from error


#: Columns that a set may have besides; ``article`` is there if groups are whole articles.
OPTIONAL = ("article", "topic", "outlet", "label_source_only")


def _frame(table: pd.DataFrame, group: pd.Series[str]) -> pd.DataFrame:
    label = table["label"].astype(int)
    if not label.isin((0, 1)).all():
        raise ValueError("a label is neither 1 (editorial) nor 0 (reporting)")
    more = {name: table[name] for name in OPTIONAL if name in table}
    return pd.DataFrame({"text": table["text"], "label": label, "group": group, **more})


#: NewsSD-ENG names no articles, but its sentences stand in order: runs of this many
#: neighbours are kept in one fold.
_NEIGHBOURS = 10


def _newssd(home: Path, *splits: str) -> pd.DataFrame:
    parts = []
    for split in splits:
        table = read_tsv(home / "newssd_eng" / f"{split}.tsv")
        run = pd.Series(range(len(table))) // _NEIGHBOURS
        parts.append(_frame(table, f"newssd-{split}-" + run.astype(str)))
    return pd.concat(parts, ignore_index=True)


def _open_voice(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "open_voice" / "annotated.tsv")
    article = table["source"] + "/" + table["article_id"]
    return _frame(table.assign(article=article), article)


def _ours(home: Path) -> pd.DataFrame:
    folder = home / "ours" if (home / "ours").is_dir() else _CHECKOUT / "ours"
    articles = read_tsv(folder / "articles.tsv")
    pairs = read_tsv(folder / "pairs.tsv")
    return pd.concat(
        [
            _frame(articles.assign(article=articles["article_id"]), articles["article_id"]),
            _frame(pairs.assign(article=""), pairs["pair_id"]),
        ],
        ignore_index=True,
    )


def _mpqa(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "mpqa_writer" / "dev.tsv")
    article = table["article_id"]
    return _frame(table.assign(label=table["label_writer"], article=article), article)


def _babe(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "babe_opinion" / "dev.tsv")
    table = table[table["label_opinion_bin"] != ""]
    return _frame(table.assign(label=table["label_opinion_bin"]), table["id"])


_LOADERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "babe-opinion-dev": _babe,
    "mpqa-writer-dev": _mpqa,
    "newssd-eng": lambda home: _newssd(home, "train", "dev"),
    "newssd-eng-test": lambda home: _newssd(home, "test"),
    "open-voice": _open_voice,
    "ours": _ours,
}
#: The sets that :func:`load` knows.
NAMES = tuple(_LOADERS)


def load(name: str, home: str | Path | None = None) -> pd.DataFrame:
    """Load a data set.

    Parameters
    ----------
    name : str
        One of :data:`NAMES`.
    home : str or Path, optional
        Folder to look in, see :func:`data_home`.

    Returns
    -------
    DataFrame
        ``text``, ``label`` (1 editorial, 0 reporting), ``group`` (the article; no split may
        divide it), ``source`` (the set). Some sets have more: ``article`` (where groups are whole
        articles), ``topic``, ``outlet``, ``label_source_only`` ("1" if only a source comments).

    Raises
    ------
    DataError
        If the name is unknown, its files are not in the folder, or a column is missing or wrong.

    Examples
    --------
    >>> load("gazette")
    Traceback (most recent call last):
    framing.errors.DataError: no data set 'gazette'; there are babe-opinion-dev, ...
    """
    if name not in _LOADERS:
        raise DataError(f"no data set {name!r}; there are {', '.join(NAMES)}")
    folder = data_home(home)
    try:
        frame = _LOADERS[name](folder)
    except DataError as error:
        raise DataError(
            f"data set {name!r} is not in {folder}; see datasets/README.md for where it comes"
            f" from, and give the folder with --data-home ({error})"
        ) from error
    except KeyError as error:
        raise DataError(
            f"data set {name!r} in {folder} has no column {error}; see datasets/README.md"
        ) from error
    except ValueError as error:
        raise DataError(
            f"data set {name!r} in {folder}: {error}; see datasets/README.md"
        ) from error
    return frame.assign(source=name).reset_index(drop=True)
