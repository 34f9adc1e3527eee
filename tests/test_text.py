"""Tokens, offsets and lines: exact for any text."""

from __future__ import annotations

import pytest
from hostile_text import TEXTS
from hypothesis import given

from framing.text import Document, LineIndex, Sentence, Tokens, normalise, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's a half-truth.", ["it", "'s", "a", "half", "truth", "."]),
        ("We’re told he’ll’ve left.", ["we", "'re", "told", "he", "'ll", "'ve", "left", "."]),
        ("Don’t, O’Brien!", ["don't", ",", "o'brien", "!"]),
        ("The U.S. at 5 a.m.", ["the", "u.s.", "at", "5", "a.m."]),
        ("The US and the WHO", ["the", "u.s.", "and", "the", "WHO"]),
        ("1,250.5 at 10:30", ["1,250.5", "at", "10:30"]),
        ("Well... no -- never – ever", ["well", "...", "no", "--", "never", "–", "ever"]),
        ("a - b", ["a", "-", "b"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("zero\u200bwidth", ["zero", "width"]),
        ("İstanbul", ["i̇stanbul"]),
        ("🎉 won", ["🎉", "won"]),
        ("“No,”", ["“", "no", ",", "”"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert tokenise(text).words == words


@given(TEXTS)
def test_offsets_slice_back(text: str) -> None:
    tokens = Tokens(text)
    assert len(tokens) == len(tokens.starts) == len(tokens.ends) == len(tokens.words)
    assert tokens.words == [normalise(token) for token in tokens.raw]
    at = 0
    for start, end, token in zip(tokens.starts, tokens.ends, tokens.raw, strict=True):
        assert at <= start < end <= len(text)
        assert text[start:end] == token
        at = end


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    held = "".join(tokenise(text).raw)
    assert [c for c in text if c.isalnum()] == [c for c in held if c.isalnum()]


def test_every_kind_of_character() -> None:
    for start in range(0, 0x110000, 0x1000):
        text = " ".join(map(chr, range(start, min(start + 0x1000, 0x110000), 7)))
        tokens = tokenise(text)
        places = zip(tokens.starts, tokens.ends, strict=True)
        assert [text[first:last] for first, last in places] == tokens.raw


@given(TEXTS)
def test_line_index(source: str) -> None:
    index = LineIndex(source)
    before = (1, 0)
    for offset in range(len(source)):
        place = index.place(offset)
        assert place > before
        before = place


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_every_newline_ends_a_line(newline: str) -> None:
    assert LineIndex(f"ab{newline}cd").place(2 + len(newline)) == (2, 1)


def test_sentence_and_document() -> None:
    sentence = Sentence("It rained.", 3)
    assert sentence.end == 13
    assert sentence.tokens is sentence.tokens
    document = Document("...It rained.", sentences=(sentence,), paragraphs=(0,))
    assert list(document) == [sentence]
    assert len(document) == 1
