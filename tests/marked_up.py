"""What holds for a document of any format, and the articles of datasets/ours in markup."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

from framing.blocks import BLANK
from framing.text import KINDS, Document

ARTICLES = Path(__file__).resolve().parents[1] / "datasets" / "ours" / "articles.tsv"


def pieces(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each stretch of text with the stretch of the source that it was read from."""
    for sentence in document:
        marks = [piece.at for piece in sentence.pieces] or [0]
        ends = [*marks[1:], len(sentence.text)]
        spans = [(piece.start, piece.end) for piece in sentence.pieces]
        for at, until, (start, end) in zip(
            marks, ends, spans or [(sentence.start, sentence.end)], strict=True
        ):
            yield sentence.text[at:until], document.source[start:end]


def check(document: Document, resolved: Callable[[str], str] = unescape) -> None:
    """Check order, places and that every stretch slices back; `resolved` undoes escapes."""
    source = document.source
    at = 0
    assert len(document.paragraphs) == len(document)
    assert list(document.paragraphs) == sorted(document.paragraphs)
    for sentence in document:
        assert sentence.text.strip(BLANK) == sentence.text != ""
        assert sentence.kind in KINDS
        assert at <= sentence.start < sentence.end <= len(source)
        assert document.span(sentence) == (sentence.start, sentence.end)
        assert document.place(sentence.start) == (sentence.line, sentence.column)
        at = sentence.end
        here = sentence.start
        for number in range(len(sentence.text)):
            start, end = document.span(sentence, number, number + 1)
            assert here <= start < end <= sentence.end
            here = start
    for text, origin in pieces(document):
        # A line break is read as a space, other blanks may be.
        same = len(text) == len(origin) and all(
            one in (there, there.translate(_BLANKS))
            for one, there in zip(text, origin, strict=True)
        )
        if not same and text != resolved(origin):
            blank = text in " \n" and ("\n" in origin or "\r" in origin or not origin.strip())
            assert blank or _SHOWN.fullmatch(origin), (text, origin)


_BLANKS = dict.fromkeys(map(ord, "\t\n\f\r"), " ")
#: Tags that are shown as a quotation mark or a break.
_SHOWN = re.compile(r"</?(?:q|br)\b[^>]*>", re.IGNORECASE)


def articles() -> dict[str, list[tuple[str, str]]]:
    """Return the paragraphs of each article, with their kinds."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in ARTICLES.read_text(encoding="utf-8").splitlines()[1:]:
        row = line.split("\t")
        found.setdefault(row[0], []).append((row[3], row[7]))
    return found


def seems_linear(read: Callable[[str], object], piece: str, at_most: float = 40.0) -> bool:
    """Tell whether ten times the text takes about ten times as long; quadratic is a hundred.

    It is the processor's time, and the least of several turns of both: what else the machine does
    can only add to one of them. A turn that is fast enough ends it.
    """

    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    read(piece)  # loads what is loaded once
    bound = at_most * min(seconds(10_000) for _ in range(3)) + 0.05
    return any(seconds(100_000) < bound for _ in range(4))
