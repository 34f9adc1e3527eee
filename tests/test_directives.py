"""Suppressions that are inserted hold for their sentence, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from marked_up import articles

from framing.checking.directives import suppression
from framing.checking.suppressions import in_comments
from framing.readers import open_document
from framing.text import Document

MARKDOWN = """\
# Storm hits. Again?

It rained. It **poured** and
poured. And
it stopped. The end
came. **Bold** it was.

> We must go. Now
> or never. Help!

- One is here. And two.
- Two is
  here. Three
  is not.

1. First it was.

| a thing | *another* |
|---|---|
| is here | and there |

Setext is here
==============
"""
RST = """\
It rained. It poured.

    We must go.

Another one. And more.
"""


def inserted(name: str, source: str, number: int) -> tuple[Document, Document]:
    document = open_document(source.encode(), name)
    insertion = suppression(document, document.sentences[number], "FR001", "a joke")
    assert insertion is not None
    changed = source[: insertion.offset] + insertion.text + source[insertion.offset :]
    return document, open_document(changed.encode(), name)


def check_insertions(name: str, source: str) -> None:
    document = open_document(source.encode(), name)
    for number, sentence in enumerate(document):
        if suppression(document, sentence, "FR001") is None:
            continue
        before, after = inserted(name, source, number)
        assert [s.text for s in after] == [s.text for s in before], sentence.text
        assert [bool(s.voices) for s in after] == [bool(s.voices) for s in before]
        assert [s.kind for s in after] == [s.kind for s in before]
        (one,) = in_comments(after)
        assert (one.scope, one.codes, one.reason, one.wrong) == (
            "sentence",
            ("FR001",),
            "a joke",
            "",
        )
        assert one.covers == (after.sentences[number].start, after.sentences[number].end)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown(newline: str) -> None:
    check_insertions("a.md", MARKDOWN.replace("\n", newline))


def test_markup_stays_as_it_is() -> None:
    _, after = inserted("a.md", MARKDOWN, 1)
    assert "\n\n<!-- framing: ignore[FR001] a joke -->\nIt rained." in after.source
    _, after = inserted("a.md", MARKDOWN, 4)
    assert "\nit stopped. <!-- framing: ignore[FR001] a joke --> The end\n" in after.source
    _, after = inserted("a.md", "It rained.\nThe end came.", 1)
    assert after.source == "It rained. <!-- framing: ignore[FR001] a joke -->\nThe end came."
    _, after = inserted("a.md", "> It rained, and it\n> poured.", 0)
    assert after.source.startswith("> <!-- framing: ignore[FR001] a joke -->\n> It rained")


def test_plain_text() -> None:
    check_insertions("a.txt", "It rained.\n\nIt poured today.\r\n\nThe end came at last.")
    document, after = inserted("a.txt", "It rained. It poured.", 1)
    assert after.source == "It rained. \n<!-- framing: ignore[FR001] a joke -->\nIt poured."
    assert [s.text for s in after] == [s.text for s in document]


def test_rst() -> None:
    check_insertions("a.rst", RST)
    document = open_document(RST.encode(), "a.rst")
    assert suppression(document, document.sentences[1], "FR001") is None


def test_no_comments_in_the_format() -> None:
    source = b'{"cells": [{"cell_type": "markdown", "source": "It rained."}]}'
    document = open_document(source, "a.ipynb")
    assert suppression(document, document.sentences[0], "FR001") is None


def test_articles() -> None:
    for article in list(articles().values())[:12]:
        texts = [re.sub(r"([\\`*_\[\]<>&~|{#])", r"\\\1", text) for _, text in article]
        check_insertions("a.md", "\n\n".join(texts))
        check_insertions("a.md", "\n".join(texts))
        check_insertions("a.html", "".join(f"<p>{text}</p>" for _, text in article))
