"""The public corpora: where each is published, at which revision, and how it is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from framing.datasets.formats import babe, basil, checkthat, mpqa, newssd, open_voice, subj

__all__ = ["CORPORA", "Corpus", "Original"]

_MEGA = 1 << 20
_RAW = "https://raw.githubusercontent.com"


class Original(NamedTuple):
    """A file as its authors publish it.

    Attributes
    ----------
    path : str
        Where it is kept, in the set's folder ``original``.
    urls : tuple of str
        Where it is published; the later ones are asked where an earlier one is not there.
    limit : int
        Bytes beyond which an answer cannot be this file.
    sha256 : str or None
        Of the published file, where it is known. If not, the hash of the first fetch is kept.
    """

    path: str
    urls: tuple[str, ...]
    limit: int = 64 * _MEGA
    sha256: str | None = None


class Corpus(NamedTuple):
    """A public corpus.

    Attributes
    ----------
    folder : str
        Where it lies in the data folder.
    title, size, licence : str
        For people.
    revision : str
        What is fetched.
    originals : callable
        () → the files to fetch.
    parse : callable
        Folder of the originals → tables by name.
    content : mapping
        Table → SHA-256 of its lines ``text ⇥ label``, where the sentences are known.
    by_hand : str
        If not empty, why nothing is downloaded and where people get the file instead.
    """

    folder: str
    title: str
    size: str
    licence: str
    revision: str
    originals: Callable[[], tuple[Original, ...]]
    parse: Callable[[Path], dict[str, pd.DataFrame]]
    content: Mapping[str, str] = MappingProxyType({})
    by_hand: str = ""


_NEWSSD = "a7262909926d8f74eb853881c6c88a1064ac7b1f"
_BABE = "74a96b5a33799717b4f4d22b0e609aa0e2e2fac3"
_BASIL = "218a800f7f2f336e90281d624b55499c116d7459"
_BABE_HOME = "Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE"
_GITLAB = "https://gitlab.com/checkthat_lab/clef{year}-checkthat-lab/-/raw/{revision}/{path}"
#: Revision and folder of each year; the years before 2025 are known by their branch alone.
_CHECKTHAT = {
    2023: ("main", "task2/data/subtask-2-english"),
    2024: ("main", "task2/data/subtask-2-english"),
    2025: ("ca6c69e07e2331f59772c0f1cfe7c2b8bf12a8a1", "task1/data/english"),
}
#: The labelled test file goes by either name.
_CHECKTHAT_FILES = {
    "train": ("train_en.tsv",),
    "dev": ("dev_en.tsv",),
    "test": ("test_en_gold.tsv", "test_en_labeled.tsv"),
}


def _newssd() -> tuple[Original, ...]:
    home = f"{_RAW}/nlp-unibo/newssd-eng/{_NEWSSD}/data/english"
    return tuple(
        Original(f"{split}.csv", (f"{home}/{split}.csv",), _MEGA)
        for split in ("train", "val", "test")
    )


def _checkthat() -> tuple[Original, ...]:
    return tuple(
        Original(
            f"{year}-{split}.tsv",
            tuple(
                _GITLAB.format(year=year, revision=revision, path=f"{folder}/{name}")
                for name in _CHECKTHAT_FILES[split]
            ),
            4 * _MEGA,
        )
        for year, (revision, folder) in _CHECKTHAT.items()
        for split in checkthat.SPLITS
    )


def _one(path: str, url: str) -> Callable[[], tuple[Original, ...]]:
    return lambda: (Original(path, (url,)),)


def _open_voice() -> tuple[Original, ...]:
    found: dict[str, Original] = {}
    for row in open_voice.labels():
        home = open_voice.HOMES[row.source]
        inside = open_voice.MASC if row.source.startswith("masc") else row.article_id
        path = f"{home.repository.partition('/')[2]}/{inside}"
        # GitHub's own address, for raw.githubusercontent.com wants the whole hash of a commit.
        url = f"https://github.com/{home.repository}/raw/{home.commit}/{inside}"
        found[path] = Original(path, (url,), 16 * _MEGA)
    return tuple(found.values())


#: Name → corpus.
CORPORA = {
    "newssd-eng": Corpus(
        "newssd_eng",
        "NewsSD-ENG: news sentences, subjective or not",
        "1,049 sentences",
        "CC BY 4.0",
        f"nlp-unibo/newssd-eng@{_NEWSSD}",
        _newssd,
        newssd.parse,
        {
            "train": "3987b9188775db40f236f3d00d92f7c1f051c24f26dfdaf49ab96688c019a05c",
            "dev": "f143dfc90523a82347e05cbc4883af21a5e08f8e8a1b44e621f1f613b666c5ce",
            "test": "40d50adfc29f52e42685491c1d86fb65bdc97b7205138990ed9cde9067ff1833",
        },
    ),
    "open-voice": Corpus(
        "open_voice",
        "Open voice: our labels on openly licensed English",
        "8,505 sentences",
        "labels Apache-2.0; text by source",
        "see datasets/open_voice/card.md; every sentence must match its hash",
        _open_voice,
        open_voice.parse,
    ),
    "checkthat": Corpus(
        "checkthat",
        "CheckThat! labs 2023 to 2025, subjectivity in English",
        "3 years, train, dev and test",
        "its organisers' terms",
        "checkthat_lab on GitLab: 2023 and 2024 main, 2025 " + _CHECKTHAT[2025][0],
        _checkthat,
        checkthat.parse,
    ),
    "babe": Corpus(
        "babe",
        "BABE: the writer's opinion or entirely factual, by experts",
        "some 3,700 sentences, labelled in part",
        "its authors' terms",
        f"{_BABE_HOME}@{_BABE}",
        _one(
            "final_labels_SG2.csv",
            f"{_RAW}/{_BABE_HOME}/{_BABE}/data/final_labels_SG2.csv",
        ),
        babe.parse,
    ),
    "mpqa": Corpus(
        "mpqa",
        "MPQA 1.2: opinions in the world press, with whose they are",
        "535 documents",
        "its authors' terms",
        "version 1.2",
        lambda: (Original("database.mpqa.1.2.tar.gz", ()),),
        mpqa.parse,
        by_hand="its distributor asks everybody to accept terms first; get"
        " database.mpqa.1.2.tar.gz from https://mpqa.cs.pitt.edu/corpora/",
    ),
    "basil": Corpus(
        "basil",
        "BASIL: lexical and informational bias in news",
        "300 articles",
        "its authors' terms",
        f"marshallwhiteorg/emnlp19-media-bias@{_BASIL}",
        _one(
            "emnlp19-BASIL.zip",
            f"{_RAW}/marshallwhiteorg/emnlp19-media-bias/{_BASIL}/emnlp19-BASIL.zip",
        ),
        basil.parse,
    ),
    "subj": Corpus(
        "subj",
        "Subjectivity dataset v1.0: snippets of film reviews and of plots",
        "10,000 snippets",
        "its authors' terms",
        "v1.0",
        _one(
            "rotten_imdb.tar.gz",
            "https://www.cs.cornell.edu/people/pabo/movie-review-data/rotten_imdb.tar.gz",
        ),
        subj.parse,
    ),
}
