"""Fetch a public corpus into the data folder, and check later that it is what was fetched."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from framing.datasets.corpora import CORPORA, Corpus, Original
from framing.datasets.download import download, sha256_of
from framing.datasets.loading import data_home, load
from framing.datasets.tsv import write_tsv
from framing.errors import DataError
from framing.files import replacing

__all__ = [
    "Status",
    "fetch",
    "fetch_babe",
    "fetch_basil",
    "fetch_checkthat",
    "fetch_mpqa",
    "fetch_newssd_eng",
    "fetch_open_voice",
    "fetch_subj",
    "status",
    "verify",
]

_MANIFEST = "manifest.json"
#: So many files are fetched at a time: polite, and fast enough for some hundreds of small ones.
_WORKERS = 4

Progress = Callable[[int, int, str], object]


class Status(NamedTuple):
    """What lies here of a corpus.

    Attributes
    ----------
    name : str
    present : str
        ``yes``, ``in part`` (originals but no tables, or a fetch that broke off), ``other``
        (tables that were not fetched by framing) or ``no``.
    folder : Path
    """

    name: str
    present: str
    folder: Path


def _corpus(name: str) -> Corpus:
    if name not in CORPORA:
        raise DataError(f"no corpus {name!r} to fetch; there are {', '.join(CORPORA)}")
    return CORPORA[name]


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    if not path.is_file():
        return {"originals": {}, "tables": {}}
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        originals = {str(k): str(v) for k, v in found["originals"].items()}
        tables = {str(k): str(v) for k, v in found["tables"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise DataError(f"{path}: damaged; delete the folder and fetch again") from error
    return {**found, "originals": originals, "tables": tables}


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    with replacing(folder / _MANIFEST) as file:
        file.write((json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def fetch(
    name: str,
    home: str | Path | None = None,
    *,
    source: str | Path | None = None,
    mirror: str | None = None,
    progress: Progress | None = None,
    get: Callable[..., str] = download,
) -> dict[str, pd.DataFrame]:
    """Fetch a corpus, or what is missing of it.

    Each original file is checked against the hash that is known for it; where none is known, the
    hash of the first fetch is kept in ``manifest.json`` and a change is refused ever after. The
    tables are written when all originals are there.

    Parameters
    ----------
    name : str
        One of ``framing datasets``.
    home : str or Path, optional
        The data folder, see :func:`data_home`.
    source : str or Path, optional
        A file (for a corpus of one file) or a folder of the originals on this machine, to be
        taken in place of a download.
    mirror : str, optional
        A server that has the originals under ``/host/path`` of their public homes.
    progress : callable, optional
        Called with how many files are done, how many there are, and the last one's name.
    get : callable
        What downloads: for tests.

    Returns
    -------
    dict of str to DataFrame
        The tables, as written.

    Raises
    ------
    DataError
        If a file cannot be had, is another than before, or breaks its format; what was there
        stays.
    """
    corpus = _corpus(name)
    folder = data_home(home) / corpus.folder
    originals = corpus.originals()
    if corpus.by_hand and source is None and not _all_there(folder, originals):
        raise DataError(
            f"{name} is not downloaded: {corpus.by_hand}, then run:"
            f" framing datasets fetch {name} --from FILE"
        )
    manifest = _manifest(folder)
    one = partial(_one, folder, manifest["originals"], source, mirror, get, len(originals))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            for done, (path, found) in enumerate(pool.map(one, originals), 1):
                manifest["originals"][path] = found
                if progress:
                    progress(done, len(originals), path)
    finally:
        _write_manifest(folder, {**manifest, "revision": corpus.revision})
    tables = corpus.parse(folder / "original")
    for table, wanted in corpus.content.items():
        if (found := _content(tables[table])) != wanted:
            raise DataError(
                f"{folder / 'original'}: the sentences of {table} hash to {found[:16]}…, not to"
                f" {wanted[:16]}…: another release than {corpus.revision}"
            )
    for table, frame in tables.items():
        content = write_tsv(frame, folder / f"{table}.tsv")
        manifest["tables"][f"{table}.tsv"] = hashlib.sha256(content).hexdigest()
    _write_manifest(folder, {**manifest, "revision": corpus.revision})
    return tables


def _all_there(folder: Path, originals: Sequence[Original]) -> bool:
    return all((folder / "original" / one.path).is_file() for one in originals)


def _one(
    folder: Path,
    known: dict[str, str],
    source: str | Path | None,
    mirror: str | None,
    get: Callable[..., str],
    count: int,
    original: Original,
) -> tuple[str, str]:
    """Have one original file; return its path and hash."""
    target = folder / "original" / original.path
    wanted = original.sha256 or known.get(original.path)
    if source is None and target.is_file() and sha256_of(target) == wanted:
        return original.path, str(wanted)
    if source is not None:
        return original.path, _copy(Path(source), original, target, wanted, count)
    for number, url in enumerate(original.urls, 1):
        if mirror:
            place = urlsplit(url)
            url = f"{mirror.rstrip('/')}/{place.netloc}{place.path}"
        try:
            return original.path, get(url, target, sha256=wanted, limit=original.limit)
        except DataError as error:
            if number == len(original.urls) or ": 404 " not in str(error):
                raise
    raise DataError(f"{original.path}: it has no public address; give it with --from")


def _copy(source: Path, original: Original, target: Path, wanted: str | None, count: int) -> str:
    path = source / original.path if source.is_dir() else source
    if source.is_file() and count > 1:
        raise DataError(f"{source}: {count} files are needed; give the folder that holds them")
    try:
        found = sha256_of(path)
        if wanted not in (None, found):
            raise DataError(f"{path}: its sha256 is {found}, not {wanted}: another file")
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as read, replacing(target) as write:
            shutil.copyfileobj(read, write)
    except OSError as error:
        raise DataError(f"{path}: cannot read: {error.strerror or error}") from error
    return found


def _content(table: pd.DataFrame) -> str:
    lines = "".join(
        f"{text}\t{label}\n" for text, label in zip(table["text"], table["label"], strict=True)
    )
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def status(home: str | Path | None = None) -> list[Status]:
    """Return what lies here of each corpus, without reading the files.

    Examples
    --------
    >>> {one.present for one in status("no-such-folder")}
    {'no'}
    """
    found = []
    for name, corpus in CORPORA.items():
        folder = data_home(home) / corpus.folder
        if (folder / _MANIFEST).is_file():
            tables = _manifest(folder)["tables"]
            whole = tables and all((folder / table).is_file() for table in tables)
            present = "yes" if whole else "in part"
        else:
            present = "other" if any(folder.glob("*.tsv")) else "no"
        found.append(Status(name, present, folder))
    return found


def verify(name: str, home: str | Path | None = None) -> list[str]:
    """Hash everything that was fetched of a corpus again.

    Parameters
    ----------
    name : str
    home : str or Path, optional

    Returns
    -------
    list of str
        What is missing or changed; empty if all is as it was fetched.

    Raises
    ------
    DataError
        If the corpus was not fetched.
    """
    folder = data_home(home) / _corpus(name).folder
    if not (folder / _MANIFEST).is_file():
        raise DataError(f"{name} was not fetched to {folder}; run: framing datasets fetch {name}")
    manifest = _manifest(folder)
    files = {folder / "original" / path: value for path, value in manifest["originals"].items()}
    files |= {folder / path: value for path, value in manifest["tables"].items()}
    wrong = []
    for path, wanted in files.items():
        if not path.is_file():
            wrong.append(f"{path}: missing")
        elif (found := sha256_of(path)) != wanted:
            wrong.append(f"{path}: changed: its sha256 is {found}, not {wanted}")
    return wrong


def fetch_newssd_eng(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Fetch NewsSD-ENG and return its train and dev splits; options as of :func:`fetch`."""
    fetch("newssd-eng", home, **options)
    return load("newssd-eng", home)


def fetch_open_voice(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Fetch the texts of open voice and return them with our labels; see :func:`fetch`."""
    fetch("open-voice", home, **options)
    return load("open-voice", home)


def fetch_checkthat(
    year: int = 2024, split: str = "test", home: str | Path | None = None, **options: Any
) -> pd.DataFrame:
    """Fetch the CheckThat! labs of all years and return one split of one; see :func:`fetch`."""
    fetch("checkthat", home, **options)
    return load(f"checkthat-{year}-{split}", home)


def fetch_babe(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Fetch BABE and return its sentences with a label; see :func:`fetch`."""
    fetch("babe", home, **options)
    return load("babe", home)


def fetch_mpqa(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Read MPQA 1.2 from the file given as ``source=``; see :func:`fetch`."""
    fetch("mpqa", home, **options)
    return load("mpqa", home)


def fetch_basil(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Fetch BASIL and return its sentences; see :func:`fetch`."""
    fetch("basil", home, **options)
    return load("basil", home)


def fetch_subj(home: str | Path | None = None, **options: Any) -> pd.DataFrame:
    """Fetch the subjectivity dataset v1.0 and return its snippets; see :func:`fetch`."""
    fetch("subj", home, **options)
    return load("subj", home)
