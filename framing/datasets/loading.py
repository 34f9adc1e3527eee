"""Data sets by name, as frames with the columns text, label, group and source.

Nothing here downloads. A set is read from a folder on this machine: ``--data-home``, else
``$FRAMING_DATA``, else ``~/.cache/framing``; the project's own sets also from the ``datasets``
folder of a checkout.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from framing.datasets.formats import checkthat, open_voice
from framing.datasets.tsv import read_tsv
from framing.errors import DataError

__all__ = [
    "NAMES",
    "data_home",
    "load",
    "load_babe",
    "load_basil",
    "load_checkthat",
    "load_mpqa",
    "load_newssd_eng",
    "load_open_voice",
    "load_ours",
    "load_subj",
]

_CHECKOUT = Path(__file__).parents[2] / "datasets"


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


#: Columns of a table that are not passed on: another name or the numbering of a row.
_HIDDEN = frozenset({"label_writer", "label_opinion_bin", "n", "source"})


def _frame(table: pd.DataFrame, group: pd.Series[str]) -> pd.DataFrame:
    label = table["label"].astype(int)
    if not label.isin((0, 1)).all():
        raise ValueError("a label is neither 1 (editorial) nor 0 (reporting)")
    first = pd.DataFrame({"text": table["text"], "label": label, "group": group})
    extra = [name for name in table.columns if name not in _HIDDEN | set(first.columns)]
    return first.join(table[extra])


#: NewsSD-ENG names no articles, but its sentences stand in order: runs of this many
#: neighbours are kept in one fold.
_NEIGHBOURS = 10


def _newssd(home: Path, *splits: str) -> pd.DataFrame:
    parts = []
    for split in splits:
        table = read_tsv(home / "newssd_eng" / f"{split}.tsv")
        if "solved_conflict" in table:
            # The annotators disagreed, and discussed what the label was to be.
            table["confidence"] = table["solved_conflict"].map({"True": "1"}).fillna("2")
        run = pd.Series(range(len(table))) // _NEIGHBOURS
        parts.append(_frame(table, f"newssd-{split}-" + run.astype(str)))
    return pd.concat(parts, ignore_index=True)


def _open_voice(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "open_voice" / "annotated.tsv")
    if open_voice.LABELS.is_file():
        table = _relabelled(table)
    return _frame(table, table["source"] + "/" + table["article_id"])


def _relabelled(table: pd.DataFrame) -> pd.DataFrame:
    """Give the sentences the labels that ship: those with the texts may be older."""
    known = {row.id: row for row in open_voice.labels()}
    for number, (id_, text) in enumerate(zip(table["id"], table["text"], strict=True), 2):
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
        if id_ in known and known[id_].sha256 != digest:
            raise ValueError(f"line {number}: the text of {id_} does not match its hash")
    fresh = table.copy()
    for column in ("label", "confidence"):
        fresh[column] = [
            getattr(known[id_], column) if id_ in known else old
            for id_, old in zip(table["id"], table[column], strict=True)
        ]
    return fresh


def _ours(home: Path) -> pd.DataFrame:
    folder = home / "ours" if (home / "ours").is_dir() else _CHECKOUT / "ours"
    articles = read_tsv(folder / "articles.tsv")
    pairs = read_tsv(folder / "pairs.tsv")
    return pd.concat(
        [_frame(articles, articles["article_id"]), _frame(pairs, pairs["pair_id"])],
        ignore_index=True,
    )


def _mpqa(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "mpqa_writer" / "dev.tsv")
    return _frame(table.assign(label=table["label_writer"]), table["article_id"])


def _babe(home: Path) -> pd.DataFrame:
    table = read_tsv(home / "babe_opinion" / "dev.tsv")
    table = table[table["label_opinion_bin"] != ""]
    return _frame(table.assign(label=table["label_opinion_bin"]), table["id"])


def _fetched(folder: str, *tables: str, home: Path) -> pd.DataFrame:
    read = [read_tsv(home / folder / f"{table}.tsv") for table in tables]
    return pd.concat([_frame(one, one["group"]) for one in read], ignore_index=True)


def _at(folder: str, *tables: str) -> Callable[[Path], pd.DataFrame]:
    return lambda home: _fetched(folder, *tables, home=home)


_LOADERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "babe": _at("babe", "babe"),
    "babe-opinion-dev": _babe,
    "basil": _at("basil", "basil"),
    **{
        f"checkthat-{year}-{split}": _at("checkthat", f"{year}-{split}")
        for year in checkthat.YEARS
        for split in checkthat.SPLITS
    },
    "mpqa": _at("mpqa", "mpqa"),
    "mpqa-writer-dev": _mpqa,
    "newssd-eng": lambda home: _newssd(home, "train", "dev"),
    "newssd-eng-test": lambda home: _newssd(home, "test"),
    "open-voice": _open_voice,
    "ours": _ours,
    "subj": _at("subj", "subj"),
}
#: The sets that :func:`load` knows.
NAMES = tuple(_LOADERS)
#: Set → corpus that ``framing datasets fetch`` brings; the halves cannot be fetched as such.
_FETCHED_BY = {
    **{name: name for name in ("babe", "basil", "mpqa", "newssd-eng", "open-voice", "subj")},
    "newssd-eng-test": "newssd-eng",
    **{name: "checkthat" for name in NAMES if name.startswith("checkthat")},
}


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
        divide it), ``source`` (the set), and what else the set tells of a sentence (topic,
        outlet, …).

    Raises
    ------
    DataError
        If the name is unknown, its files are not in the folder, or a column is missing or wrong.

    Examples
    --------
    >>> load("gazette")
    Traceback (most recent call last):
    framing.errors.DataError: no data set 'gazette'; there are babe, ...
    """
    if name not in _LOADERS:
        raise DataError(f"no data set {name!r}; there are {', '.join(NAMES)}")
    folder = data_home(home)
    try:
        frame = _LOADERS[name](folder)
    except DataError as error:
        how = (
            f"run: framing datasets fetch {_FETCHED_BY[name]}"
            if name in _FETCHED_BY
            else "it cannot be fetched"
        )
        raise DataError(
            f"data set {name!r} is not in {folder}; {how}, or give the folder with --data-home;"
            f" see datasets/README.md ({error})"
        ) from error
    except KeyError as error:
        raise DataError(
            f"data set {name!r} in {folder} has no column {error}; see datasets/README.md"
        ) from error
    except ValueError as error:
        raise DataError(
            f"data set {name!r} in {folder}: {error}; see datasets/README.md"
        ) from error
    frame = frame.reset_index(drop=True)
    frame.insert(3, "source", name)
    return frame


def load_ours(home: str | Path | None = None) -> pd.DataFrame:
    """Load our annotated articles and minimal pairs; see :func:`load`."""
    return load("ours", home)


def load_newssd_eng(split: str = "train", home: str | Path | None = None) -> pd.DataFrame:
    """Load NewsSD-ENG: ``train`` (with dev) or ``test``; see :func:`load`."""
    return load("newssd-eng-test" if split == "test" else "newssd-eng", home)


def load_checkthat(
    year: int = 2024, split: str = "test", home: str | Path | None = None
) -> pd.DataFrame:
    """Load one split (``train``, ``dev`` or ``test``) of one CheckThat! lab; see :func:`load`."""
    return load(f"checkthat-{year}-{split}", home)


def _loader(name: str, what: str) -> Callable[..., pd.DataFrame]:
    def loader(home: str | Path | None = None) -> pd.DataFrame:
        return load(name, home)

    loader.__name__ = loader.__qualname__ = f"load_{name.replace('-', '_')}"
    loader.__doc__ = f"Load {what}; see :func:`load`."
    return loader


load_babe = _loader("babe", "BABE's sentences with a label")
load_basil = _loader("basil", "BASIL")
load_mpqa = _loader("mpqa", "MPQA 1.2 with the writer's own opinions as label")
load_open_voice = _loader("open-voice", "open voice")
load_subj = _loader("subj", "the subjectivity dataset v1.0")
