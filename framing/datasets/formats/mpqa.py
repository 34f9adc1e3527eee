"""MPQA 1.2: texts in ``docs/``, stand-off annotations in ``man_anns/``, offsets in bytes.

Source: Wiebe, Wilson and Cardie, "Annotating expressions of opinions and emotions in language",
2005. The rule for a subjective sentence is that of Riloff and Wiebe (2003), as the corpus's own
readme gives it; what is the writer's is told by the nested source ``w`` alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from framing.datasets.archives import members
from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["parse"]

_FILE = re.compile(
    r"(?:^|/)(docs|man_anns)/([^/]+)/([^/]+)(?:/(gateman|gatesentences)\.mpqa\.[^/]+)?$"
)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]+)=\"([^\"]*)\"")


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    attributes: dict[str, str]

    @property
    def subjective(self) -> bool:
        """Whether this mark makes a sentence subjective."""
        strength = self.attributes.get("intensity", "")
        if self.kind == "GATE_direct-subjective":
            return strength not in ("low", "neutral", "") and "insubstantial" not in self.attributes
        return self.kind == "GATE_expressive-subjectivity" and strength not in ("low", "")

    @property
    def writers(self) -> bool:
        """Whether the private state is the writer's own."""
        return self.attributes.get("nested-source", "").replace(" ", "") in ("w", "w,implicit")


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read all sentences of all documents.

    ``label`` is 1 for the writer's own opinion, ``label_any`` for anybody's, and
    ``label_source_only`` for a sentence that is opinionated only through a source. The group is
    the document.
    """
    path = next(iter(sorted(folder.glob("*mpqa*"))), folder / "database.mpqa.1.2.tar.gz")
    texts: dict[str, bytes] = {}
    marks: dict[str, dict[str, list[_Mark]]] = defaultdict(dict)
    for name, content in members(path, lambda name: bool(_FILE.search(name))):
        found = _FILE.search(name)
        assert found is not None
        document = f"{found[2]}/{found[3]}"
        if found[1] == "docs":
            texts[document] = content
        elif found[4]:
            marks[document][found[4]] = _marks(f"{path}: {name}", content)
    if not marks:
        raise DataError(f"{path}: there are no annotations of MPQA in it")
    rows: list[tuple[str, str, int, str, int, int]] = []
    for document in sorted(marks):
        if document not in texts:
            raise DataError(f"{path}: the annotations of {document} have no text")
        rows.extend(_sentences(document, texts[document], marks[document]))
    names = ["id", "text", "label", "group", "label_any", "label_source_only"]
    return {"mpqa": pd.DataFrame(rows, columns=names)}


def _marks(place: str, content: bytes) -> list[_Mark]:
    found = []
    for number, line in enumerate(content.decode("latin-1").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        try:
            start, end = map(int, cells[1].split(","))
            attributes = dict(_ATTRIBUTE.findall(cells[4])) if len(cells) > 4 else {}
            found.append(_Mark(start, end, cells[3].strip(), attributes))
        except (IndexError, ValueError) as error:
            raise DataError(f"{place}:{number}: not an annotation: {error}") from error
    return found


def _sentences(
    document: str, text: bytes, marks: dict[str, list[_Mark]]
) -> list[tuple[str, str, int, str, int, int]]:
    opinions = [mark for mark in marks.get("gateman", ()) if mark.subjective]
    rows: list[tuple[str, str, int, str, int, int]] = []
    for sentence in sorted(marks.get("gatesentences", ()), key=lambda mark: mark[:2]):
        if sentence.kind != "GATE_sentence":
            continue
        inside = [mark for mark in opinions if sentence.start <= mark.start < sentence.end]
        piece = squeeze(_decoded(text[sentence.start : sentence.end]))
        if not piece:
            continue
        own = int(any(mark.writers for mark in inside))
        any_ = int(bool(inside))
        rows.append((f"{document}#{len(rows)}", piece, own, document, any_, int(any_ and not own)))
    return rows


def _decoded(piece: bytes) -> str:
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("latin-1")
