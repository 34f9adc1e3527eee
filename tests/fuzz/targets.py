"""What the fuzzer calls: bytes in, nothing but a FramingError may come out.

Each target turns bytes into the input of one public function and checks what must hold of any
result. ``python tests/fuzz/run.py TARGET`` runs one with atheris; ``tests/test_fuzz.py`` runs all
of them over the seeds and over what Hypothesis thinks of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from framing.analysis import analyze
from framing.config import find
from framing.errors import FramingError
from framing.lexicon import parse
from framing.model import LinearModel, load_model
from framing.readers import SUFFIXES, open_document
from framing.text import Document, tokenise
from framing.voice import listen

__all__ = ["TARGETS"]


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


def file(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        document = open_document(data, f"draft{suffix}")
        check_document(document)
        analyze(document)

    return read


def config(data: bytes) -> None:
    import tempfile

    for name in ("framing.toml", "setup.cfg", "pyproject.toml"):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, name).write_bytes(data)
            try:
                find(folder)
            except FramingError:
                continue


#: Name → what runs; each may raise a FramingError and nothing else.
TARGETS: dict[str, Callable[[bytes], None]] = {
    "config": config,
    "lexicon": lexicon,
    "model": model,
    "plain": plain,
    "voice": voice,
    **{f"file{suffix}": file(suffix) for suffix in SUFFIXES},
}


def run(name: str, data: bytes) -> None:
    """Run a target; only a FramingError is an answer to bad input."""
    try:
        TARGETS[name](data)
    except FramingError as error:
        assert str(error)
        json.dumps(str(error))
