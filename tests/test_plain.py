"""The plain-text reader: exact offsets, lines, columns; and a real article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given

from framing.blocks import BLANK, find_blocks
from framing.readers.plain import read
from framing.text import JUDGED, KINDS, LineIndex

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"


@given(TEXTS)
def test_offsets_slice_back(source: str) -> None:
    document = read(source, "draft.txt")
    assert document.source == source
    assert document.name == "draft.txt"
    assert len(document.paragraphs) == len(document)
    assert list(document.paragraphs) == sorted(document.paragraphs)
    at = 0
    for sentence in document:
        assert at <= sentence.start < sentence.end
        assert source[sentence.start : sentence.end] == sentence.text
        assert sentence.kind in KINDS
        assert sentence.voices == ()
        at = sentence.end


@given(TEXTS)
def test_every_visible_character_of_a_block_is_in_one_sentence(source: str) -> None:
    document = read(source)
    held = [0] * len(source)
    for sentence in document:
        for at in range(sentence.start, sentence.end):
            held[at] += 1
    assert max(held, default=0) <= 1
    for start, end, _ in find_blocks(source):
        assert all(held[at] or source[at] in BLANK for at in range(start, end))


@given(TEXTS)
def test_line_and_column(source: str) -> None:
    place = LineIndex(source).place
    for sentence in read(source):
        assert (sentence.line, sentence.column) == place(sentence.start)
        before = source[: sentence.start].replace("\r\n", "\n")
        for newline in "\r\x85\u2028\u2029\v\f":
            before = before.replace(newline, "\n")
        assert sentence.line == before.count("\n") + 1
        assert sentence.column == len(before) - before.rfind("\n")


def test_line_and_column_after_odd_characters() -> None:
    source = "İ🎉e\u0301 came. He left.\r\nIt\u2028\r\rThe end came."
    places = [(s.text, s.line, s.column) for s in read(source)]
    assert ("He left.", 1, 12) in places
    assert ("The end came.", 5, 1) in places


@pytest.mark.parametrize("source", ["", " ", "\n\n", "\u200b", "\ufeff\r\n\u2029"])
def test_nothing_to_read(source: str) -> None:
    assert len(read(source)) == 0


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article lies beside the repository only")
def test_seed_article() -> None:
    article = (SEED / "article.txt").read_bytes().decode()
    kinds: dict[str, set[bool]] = {}
    for sentence in read(article):
        kinds.setdefault(sentence.text, set()).add(sentence.kind in JUDGED)
    expected: dict[str, set[bool]] = {}
    for line in (SEED / "gold.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        label, text = line.split("\t")
        expected.setdefault(text, set()).add(label != "not-prose")
    # The one line that the gold leaves out is the comment form's picture.
    assert kinds == {**expected, "default userpic": {False}}
