"""The notebook reader: Markdown cells, placed in the JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_up import check

from framing.errors import ReadError
from framing.readers import open_document
from framing.readers.markdown import read as read_markdown
from framing.readers.notebook import read


def notebook(*cells: object, **rest: object) -> str:
    return json.dumps(
        {"metadata": {"source": ["No."]}, "cells": cells, "nbformat": 4, **rest}, indent=1
    )


def markdown(*lines: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {"cells": [{"source": "No."}]}, "source": lines}


def resolved(origin: str) -> str:
    return str(json.loads(f'"{origin}"'))


def test_cells() -> None:
    source = notebook(
        markdown("# Storm *hits*\n", "\n", "It’s 😀 “wet”.\n", "> We \\*must\\* go.\n"),
        {"cell_type": "code", "source": ["print('No.')"], "outputs": [{"text": ["No."]}]},
        {"source": "The *end* came. <!-- framing: ignore -->", "cell_type": "markdown"},
        markdown(),
    )
    document = read(source, "storm.ipynb")
    assert [(s.kind, s.text) for s in document] == [
        ("headline", "Storm hits"),
        ("prose", "It’s 😀 “wet”."),
        ("prose", "We *must* go."),
        ("prose", "The end came."),
    ]
    assert [s.text for s in document if s.voices] == ["We *must* go."]
    (comment,) = document.comments
    assert source[comment.start : comment.end] == "<!-- framing: ignore -->"
    for sentence in document:
        line = source.split("\n")[sentence.line - 1]
        assert line[sentence.column - 1 :].startswith(sentence.text[:2])
    quoted = document.sentences[1]
    start, end = document.span(quoted, 5, 6)
    assert source[start:end] == r"\ud83d\ude00"
    assert resolved(source[slice(*document.span(quoted))]) == quoted.text


@settings(max_examples=100)
@given(st.lists(st.text(), max_size=4), st.booleans())
def test_sentences_are_those_of_the_markdown(texts: list[str], ascii_only: bool) -> None:
    texts = [text.replace("\0", "") for text in texts]
    cells = [{"cell_type": "markdown", "source": text} for text in texts]
    source = json.dumps({"cells": cells}, ensure_ascii=ascii_only)
    document = read(source)
    assert [s.text for s in document] == [s.text for t in texts for s in read_markdown(t)]


def test_every_piece_slices_back() -> None:
    check(read(notebook(markdown('A "wet" day\\tof', "\n\nrain."))), resolved)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.ipynb:1: no notebook, for it is no JSON"),
        (b'{"cells":\n[}', "a.ipynb:2: no notebook, for it is no JSON"),
        (b"[]", "no list of cells"),
        (b'{"worksheets": []}', "no list of cells"),
        (b"[" * 100_000, "no notebook"),
    ],
)
def test_what_is_no_notebook(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        open_document(data, "a.ipynb")
