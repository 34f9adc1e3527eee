"""What the fuzzer calls: bytes in, nothing but a FramingError may come out.

Each target turns bytes into the input of one public function and checks what must hold of any
result. ``python tests/fuzz/run.py TARGET`` runs one with atheris; ``tests/test_fuzz.py`` runs all
of them over the seeds and over what Hypothesis thinks of.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from framing.analysis import analyze
from framing.blocks import BLANK
from framing.checking.baseline import Baseline
from framing.checking.cache import _from_text as from_text
from framing.checking.cache import digest
from framing.checking.suppressions import in_sidecar
from framing.config import find
from framing.errors import FramingError
from framing.journal import Journal
from framing.lexicon import parse
from framing.model import LinearModel, load_model
from framing.readers import SUFFIXES, open_document
from framing.sentences import find_sentences
from framing.tables import read, write
from framing.text import Document, tokenise
from framing.voice import listen

__all__ = ["TARGETS", "notebook", "run", "word_file"]


def word_file(body: bytes) -> bytes:
    """Return a Word document around the XML of its paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(
            "word/document.xml",
            b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (space.encode(), body),
        )
    return stored.getvalue()


def notebook(body: bytes) -> bytes:
    """Return a notebook around the lines of a Markdown cell."""
    lines = body.decode("utf-8", "replace").splitlines(keepends=True)
    cells = [{"cell_type": "markdown", "source": lines}, {"cell_type": "code", "source": "1"}]
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


@cache
def shipped() -> LinearModel:
    return load_model()


def text_of(data: bytes) -> str:
    """Any string, surrogates included."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def check_document(document: Document) -> None:
    end = 0
    for sentence in document:
        assert end <= sentence.start <= sentence.end <= len(document.source)
        end = sentence.end
        assert document.place(sentence.start) == (sentence.line, sentence.column)
        start, stop = document.span(sentence, 0, len(sentence.text))
        assert sentence.start <= start <= stop <= sentence.end
        for one in sentence.voices:
            assert 0 <= one.start < one.end <= len(sentence.text)


def plain(data: bytes) -> None:
    analysis = analyze(text_of(data))
    check_document(analysis.document)
    for verdict in analysis:
        if verdict.score is None or verdict.base is None:
            continue
        total = verdict.base + sum(part.amount for part in verdict.contributions)
        assert abs(total - verdict.score) < 1e-9
        assert abs(shipped().score(verdict.sentence.text)) < 1e6
        for part in verdict.contributions:
            for mark in part.evidence:
                assert 0 <= mark.start <= mark.end <= len(verdict.sentence.text)


def voice(data: bytes) -> None:
    text = text_of(data)
    found, _ = listen(text, tokenise(text))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)


def lexicon(data: bytes) -> None:
    header = "# name: a\n# language: en\n# source: b\n# licence: c\n"
    parse(header + text_of(data))
    parse(text_of(data))


def model(data: bytes) -> None:
    made = LinearModel.from_json(text_of(data))
    made.score("It is a shameful plan.")


def splitter(data: bytes) -> None:
    text = text_of(data)
    end = 0
    for start, stop in find_sentences(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip(BLANK)
        end = stop
    assert not text[end:].strip(BLANK)


#: What stands in for the inside of a file that is seldom hit from outside.
WRAPPED: dict[str, Callable[[bytes], bytes]] = {".docx": word_file, ".ipynb": notebook}


def file(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        if suffix in WRAPPED and data[:1] not in (b"P", b"{"):
            data = WRAPPED[suffix](data)
        document = open_document(data, f"draft{suffix}")
        check_document(document)
        analyze(document)

    return read


def config(data: bytes) -> None:
    for name in ("framing.toml", "setup.cfg", "pyproject.toml"):
        with TemporaryDirectory() as folder:
            Path(folder, name).write_bytes(data)
            try:
                find(folder)
            except FramingError:
                continue


def sidecar(data: bytes) -> None:
    document = open_document(b"It rained. It is bad.", "draft.txt")
    for one in in_sidecar(text_of(data), "draft.txt.framing.toml", document):
        assert 0 <= one.covers[0] <= one.covers[1] <= len(document.source) + 1


def baseline(data: bytes) -> None:
    known = Baseline("known.tsv", text_of(data))
    known.stale()
    Baseline("known.tsv", known.rewritten())


def rows(data: bytes) -> None:
    """The first byte says the format, the rest is the file."""
    kinds = (".txt", ".csv", ".jsonl", ".csv.gz", ".jsonl.bz2", ".txt.xz")
    with TemporaryDirectory() as folder:
        path = Path(folder, f"rows{kinds[data[0] % len(kinds)] if data else '.txt'}")
        path.write_bytes(data[1:])
        for chunk in read(path, 3, keep_faults=True):
            assert len(chunk.rows()) == len(chunk.places)
            with write("out.jsonl", io.BytesIO()) as writer:
                writer.write(chunk, [])


def kept(data: bytes) -> None:
    """What a run leaves for the next, spoilt: the journal and the cache."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "journal")
        path.write_bytes(b"{}\n" + data)
        with Journal(path, {}) as journal:
            assert len(journal.take(journal.kept)) == journal.kept
    stored = from_text(digest(data) + text_of(data), "draft.txt")
    assert stored is None or stored.path == "draft.txt"


#: Name → what runs; each may raise a FramingError and nothing else.
TARGETS: dict[str, Callable[[bytes], None]] = {
    "config": config,
    "lexicon": lexicon,
    "model": model,
    "plain": plain,
    "splitter": splitter,
    "voice": voice,
    "sidecar": sidecar,
    "baseline": baseline,
    "rows": rows,
    "kept": kept,
    **{f"file{suffix}": file(suffix) for suffix in SUFFIXES},
}


def run(name: str, data: bytes) -> None:
    """Run a target; only a FramingError is an answer to bad input."""
    try:
        TARGETS[name](data)
    except FramingError as error:
        assert str(error)
        json.dumps(str(error))


if __name__ == "__main__":  # what there is, for whoever runs all of them
    print(*TARGETS)
