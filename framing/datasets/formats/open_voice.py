"""Open voice: our labels, laid on the texts of their public homes by length and hash.

``labels.tsv`` says of each sentence where it stands, how long it is and what it hashes to. A
sentence is found when a stretch of its document, of that length and with white space squeezed,
has that hash; how the document was once cut into sentences need not be known. The documents of
MASC come as tokens, so ``spaces.tsv`` also tells where their sentences have blanks.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.datasets.archives import members
from framing.datasets.formats.markdown import front_matter, plain
from framing.datasets.tsv import read_tsv, squeeze
from framing.errors import DataError

__all__ = ["HOMES", "LABELS", "MASC", "Home", "labels", "parse"]

#: The labels of a checkout; what is installed has none.
LABELS = Path(__file__).parents[3] / "datasets" / "open_voice" / "labels.tsv"
#: The archive that holds all documents of MASC.
MASC = "packages/corpora/masc_tagged.zip"
#: A share beyond which the documents are not those that were labelled.
_MOST_LOST = 0.05


class Home(NamedTuple):
    """Where a source's documents are published.

    Attributes
    ----------
    repository, commit : str
        On GitHub.
    """

    repository: str
    commit: str


_SENATE = Home("lintool/GrimmerSenatePressReleases", "2c7bab8837f934437a9fdbb8460876fde31f5cae")
_MASC = Home("nltk/nltk_data", "7361bc9a5bd9f92cd8920030da46b8903d1b4ee5")
#: Source → home; what the commits are known by is in the card.
HOMES = {
    "blog18f": Home("18F/18f.gsa.gov", "0a55c75e"),
    "digitalgov": Home("GSA/digitalgov.gov", "49795832"),
    "essay": Home("NakamotoInstitute/nakamotoinstitute.org", "c412eb84"),
    "masc-blog": _MASC,
    "masc-essays": _MASC,
    "masc-letters": _MASC,
    "masc-newspaper": _MASC,
    "oped": _SENATE,
    "release": _SENATE,
    "wikinews": Home("amir-zeldes/gum", "72ce5ac14978a324c2fd18d49484e65292cbe316"),
}


class _Row(NamedTuple):
    id: str
    source: str
    article_id: str
    n: int
    length: int
    sha256: str
    label: str
    confidence: str


def labels(path: Path = LABELS) -> list[_Row]:
    """Read the labels.

    Raises
    ------
    DataError
        If they are not there or malformed.
    """
    table = read_tsv(path)
    try:
        cells = zip(*(table[name].tolist() for name in _Row._fields), strict=True)
        rows = [
            _Row(id_, source, article, int(n), int(length), sha256, label, confidence)
            for id_, source, article, n, length, sha256, label, confidence in cells
        ]
        if unknown := sorted({row.source for row in rows} - set(HOMES)):
            raise ValueError(f"unknown source {unknown[0]!r}")
    except (ValueError, KeyError) as error:
        raise DataError(f"{path}: not the labels of open voice: {error}") from error
    return rows


def parse(folder: Path, table: Path = LABELS) -> dict[str, pd.DataFrame]:
    """Find the sentences in the documents.

    Sentences of essays that are reposts (they name an ``original_site``) are left out, for the
    licence of the repository does not cover them. So are sentences that are not found; the table
    ``missing`` names them.

    Raises
    ------
    DataError
        If a document is missing, or if more than one sentence in twenty is not found.
    """
    by_document: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in labels(table):
        by_document[row.source, row.article_id].append(row)
    archive = folder / "nltk_data" / MASC
    masc = _masc(archive) if any(source.startswith("masc") for source, _ in by_document) else {}
    spaces = _spaces(table.with_name("spaces.tsv")) if masc else {}
    found: list[tuple[_Row, str]] = []
    lost: list[_Row] = []
    for (source, article), rows in by_document.items():
        rows.sort(key=lambda row: row.n)
        if source.startswith("masc"):
            if article not in masc:
                raise DataError(f"{archive}: there is no {article} in it")
            texts = _respaced(masc[article], rows, spaces)
        else:
            path = folder / HOMES[source].repository.partition("/")[2] / article
            readings = _readings(path, source)
            if not readings:
                continue
            texts = _search(readings, rows)
        for row in rows:
            if row.id in texts:
                found.append((row, texts[row.id]))
            else:
                lost.append(row)
    if len(lost) > _MOST_LOST * (len(found) + len(lost)):
        raise DataError(
            f"{folder}: {len(lost)} sentences are not in their documents, the first {lost[0].id} in"
            f" {lost[0].article_id}; are they of another revision? Delete them and fetch again"
        )
    found.sort(key=lambda one: one[0].id)
    names = ["id", "source", "article_id", "n", "text", "label", "confidence"]
    rows_out = [
        (row.id, row.source, row.article_id, row.n, text, row.label, row.confidence)
        for row, text in found
    ]
    missing = pd.DataFrame(
        [(row.id, row.source, row.article_id) for row in lost], columns=names[:3]
    )
    return {"annotated": pd.DataFrame(rows_out, columns=names), "missing": missing}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _readings(path: Path, source: str) -> list[str]:
    """Return a document as text, in the ways in which its sentences may have been read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot read: {error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if source == "wikinews":
        return [squeeze(" ".join(re.findall(r"^# text = (.*)$", text, re.MULTILINE)))]
    if not path.name.endswith(".md"):
        return [squeeze(text)]
    fields, body = front_matter(text)
    if "original_site" in fields:
        return []
    # Some sentences were labelled with their escapes in, and these escaped again.
    escaped = squeeze(plain(body, escapes=True)).replace("\\", "\\\\")
    return [squeeze(plain(body)), escaped, squeeze(body)]


def _search(readings: Sequence[str], rows: Sequence[_Row]) -> dict[str, str]:
    """Return the sentences by id, those that are found."""
    found: dict[str, str] = {}
    for text in readings:
        at = 0
        for row in rows:
            if row.id in found:
                continue
            for start in _starts(text, at, row.length):
                piece = text[start : start + row.length]
                if _hash(piece) == row.sha256:
                    found[row.id] = piece
                    at = start + row.length
                    break
    return found


def _starts(text: str, at: int, length: int) -> Iterator[int]:
    """Yield where a stretch of a length may begin: at words first, from a place on."""
    words = [0, *(match.end() for match in re.finditer(r" ", text))]
    later = [start for start in words if start >= at]
    for start in (*later, *words):
        end = start + length
        if end == len(text) or text[end : end + 1] == " ":
            yield start
    yield from range(len(text) - length + 1)


def _masc(archive: Path) -> dict[str, list[str]]:
    """Return the tokens of each document of MASC; a token is written ``word_TAG``."""
    found = {}
    for name, content in members(archive, lambda name: "/written/" in name):
        words = [token.rpartition("_")[0] or token for token in content.decode("utf-8").split()]
        found[name.rpartition("/")[2]] = [
            '"' if word in ("``", "''") else word for word in words if word
        ]
    return found


def _spaces(path: Path) -> dict[str, list[int]]:
    table = read_tsv(path)
    try:
        return {
            id_: [int(one) for one in lengths.split()]
            for id_, lengths in zip(table["id"], table["lengths"], strict=True)
        }
    except (ValueError, KeyError) as error:
        raise DataError(f"{path}: not where the blanks of MASC are: {error}") from error


def _respaced(
    tokens: Sequence[str], rows: Sequence[_Row], spaces: dict[str, list[int]]
) -> dict[str, str]:
    """Return the sentences by id: the letters of the tokens, with the blanks put in."""
    letters = "".join(tokens)
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    found: dict[str, str] = {}
    at = 0
    for row in rows:
        lengths = spaces.get(row.id, [])
        later = [start for start in starts if start >= at]
        for start in (*later, *starts):
            words = []
            place = start
            for length in lengths:
                words.append(letters[place : place + length])
                place += length
            if _hash(" ".join(words)) == row.sha256:
                found[row.id] = " ".join(words)
                at = place
                break
    return found
