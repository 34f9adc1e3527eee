"""Opening a draft: bytes, names and formats; and the way from what is read to where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from marked_up import articles, check

from framing.analysis import analyze
from framing.errors import ReadError
from framing.readers import FORMATS, SUFFIXES, format_of, open_document
from framing.readers.encoding import read_text
from framing.text import Document, Piece, Sentence


def test_a_path(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"It rained.\r\n\r\nIt stopped.")
    document = open_document(path)
    assert (document.name, document.format) == (str(path), "text")
    assert [(s.text, *document.place(s.start)) for s in document] == [
        ("It rained.", 1, 1),
        ("It stopped.", 3, 1),
    ]
    assert open_document(str(path)) == document
    assert open_document(path.read_bytes(), str(path)) == document


def test_bytes_without_a_name() -> None:
    assert open_document(b"It rained.").name == "<text>"


def test_formats() -> None:
    assert set(SUFFIXES.values()) <= set(FORMATS)
    assert format_of("folder.md/draft") == "text"
    assert open_document(b"It rained.", "draft.xyz", "text").format == "text"
    with pytest.raises(ReadError, match=r"draft\.txt: unknown format 'rtf'; there are text"):
        open_document(b"It rained.", "draft.txt", "rtf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_read_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes("Così\r\nè.".encode(encoding))
    assert read_text(path).removeprefix("\ufeff") == "Così\r\nè."


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"")
    assert read_text(path) == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"one\ntwo\0", r"draft\.txt:2: a binary file"),
        (b"one\ntwo\nthr\xffee", r"draft\.txt:3: byte 11 is not UTF-8"),
        (b"\xff\xfea\0\n\0\x00\xd8", r"draft\.txt:\d+: byte \d+ is not UTF-16"),
    ],
)
def test_wrong_bytes(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message):
        read_text(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", "Storm hits port\n\nIt rained."),
        ("a.md", "# Storm hits port\n\nIt *rained*."),
        ("b.md", "---\na: b\n---\n# Storm hits port\n\nIt *rained*."),
        ("a.html", "<h1>Storm hits port</h1><p>It <b>rained</b>."),
        ("a.rst", "Storm hits port\n===============\n\nIt *rained*."),
        (
            "a.ipynb",
            '{"cells": [{"cell_type": "markdown", "source": "# Storm hits port\\n\\nIt rained."}]}',
        ),
    ],
)
def test_byte_order_marks(name: str, source: str, encoding: str) -> None:
    document = open_document(source.encode(encoding), name)
    assert [(s.kind, s.text) for s in document] == [
        ("headline", "Storm hits port"),
        ("prose", "It rained."),
    ]


# Markup changes no verdict

SPECIAL = re.compile(r"([\\\\`*_\[\]<>&~|{#])|^(?=[-+])|(?<=\d)(?=[.)])")
QUOTED = re.compile(r"“([^”“]{3,})”")


def as_markdown(text: str, kind: str, number: int) -> str:
    marked = SPECIAL.sub(r"\\\1", text)
    ways = [r"*“\1”*", r"“[\1](https://example.org/x)”", r"&ldquo;\1&rdquo;", r"“**\1**”"]
    return ("## " if kind == "headline" else "") + QUOTED.sub(ways[number % 4], marked)


def as_html(text: str, kind: str, number: int) -> str:
    ways = ["<em>“\\1”</em>", "“<a href='x'>\\1</a>”", "&ldquo;\\1&rdquo;", "<q>\\1</q>"]
    marked = QUOTED.sub(ways[number % 4], text.replace("&", "&amp;").replace("<", "&lt;"))
    tag = "h2" if kind == "headline" else "p"
    return f"<{tag}>{marked}</{tag}>"


@pytest.mark.parametrize(("name", "mark"), [("a.md", as_markdown), ("a.html", as_html)])
def test_verdicts_are_those_on_plain_text(name: str, mark: Callable[[str, str, int], str]) -> None:
    for article in articles().values():
        texts = [text for _, text in article]
        plain = analyze("\n\n".join(texts))
        kinds = {verdict.sentence.text: verdict.sentence.kind for verdict in plain}
        source = "\n\n".join(
            mark(text, kinds.get(text, "prose"), number) for number, text in enumerate(texts)
        )
        document = open_document(source.encode(), name)
        check(document, lambda text: text[1:] if text[:1] == "\\" else unescape(text))
        assert [
            (v.sentence.text, v.sentence.kind, v.label, v.probability) for v in analyze(document)
        ] == [(v.sentence.text, v.sentence.kind, v.label, v.probability) for v in plain]


def test_no_finding_lies_in_a_block_quote() -> None:
    for article in articles().values():
        quoted = "\n>\n".join(f"> {as_markdown(text, '', 0)}" for _, text in article)
        for verdict in analyze(open_document(quoted.encode(), "a.md")):
            assert verdict.label != "editorial", verdict.sentence.text


# From a sentence's text to the source

SOURCE = "A *wet* day &amp; night."
#         0123456789
SENTENCE = Sentence(
    "A wet day & night.",
    0,
    24,
    pieces=(Piece(0, 0, 2), Piece(2, 3, 6), Piece(5, 7, 12), Piece(10, 12, 17), Piece(11, 17, 24)),
)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("A", "A"),
        ("wet", "wet"),
        ("wet day", "wet* day"),
        ("A wet", "A *wet"),
        ("&", "&amp;"),
        ("day & n", "day &amp; n"),
        ("night.", "night."),
        (SENTENCE.text, SOURCE),
    ],
)
def test_span(words: str, source: str) -> None:
    document = Document(SOURCE, sentences=(SENTENCE,), paragraphs=(0,))
    start = SENTENCE.text.index(words)
    first, last = document.span(SENTENCE, start, start + len(words))
    assert SOURCE[first:last] == source


def test_span_at_the_edges() -> None:
    document = Document(SOURCE, sentences=(SENTENCE,), paragraphs=(0,))
    assert document.span(SENTENCE) == (0, 24)
    assert document.span(SENTENCE, 10, 10) == (12, 12)
    assert document.span(SENTENCE, 18, 18) == (24, 24)
    assert document.span(SENTENCE, -5, 99) == (0, 24)
    plain = Sentence("It rained.", 7)
    assert document.span(plain, 3, 9) == (10, 16)
    assert document.span(plain, 10, 10) == (17, 17)
