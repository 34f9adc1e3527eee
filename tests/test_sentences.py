"""Sentence boundaries: the golden file and what must hold for any text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given
from hypothesis import strategies as st
from marked_up import seems_linear

from framing import sentences
from framing.blocks import BLANK, find_blocks
from framing.lexicon import shipped
from framing.readers.plain import read
from framing.sentences import find_sentences

CASES = Path(__file__).parent / "cases" / "sentences.tsv"
ESCAPE = re.compile(r"\\(n|r|t|u[0-9a-f]{4})")
PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def unescape(text: str) -> str:
    return ESCAPE.sub(lambda m: PLAIN.get(m[1]) or chr(int(m[1][1:], 16)), text)


def cases() -> list[tuple[str, str, list[str], str]]:
    lines = CASES.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines[1:] if line]
    return [(case, unescape(t), unescape(s).split(" ¦ "), k) for case, t, s, k in rows]


@pytest.mark.parametrize(
    ("text", "sentences", "kinds"), [pytest.param(*c[1:], id=c[0]) for c in cases()]
)
def test_golden(text: str, sentences: list[str], kinds: str) -> None:
    document = read(text)
    assert [sentence.text for sentence in document] == sentences
    if kinds:
        assert " ".join(sentence.kind for sentence in document) == kinds


def test_golden_file_is_large_and_has_no_case_twice() -> None:
    names = [case[0] for case in cases()]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


@given(TEXTS)
def test_spans_are_ordered_and_hold_every_visible_character(text: str) -> None:
    spans = find_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(BLANK)
        assert text[start:end].strip(BLANK) == text[start:end]
        at = end
    assert not text[at:].strip(BLANK)


@given(TEXTS)
def test_a_block_is_cut_like_the_same_text_alone(text: str) -> None:
    for start, end, _ in find_blocks(text):
        alone = [(start + i, start + j) for i, j in find_sentences(text[start:end])]
        assert find_sentences(text, start, end) == alone


ABBREVIATIONS = [row.split("\t")[0].rstrip(".") for row in shipped("abbreviations").rows]
ENDS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *[
                    "It rained",
                    "in the war",
                    "5",
                    "U.S",
                    "so-called war",
                    "xii",
                    "(xii",
                    "I",
                    "Abb",
                ],
                *["He met Gen", "the vitamin", "x.y.zebra", "ǆat", "ªªª", "two: iii", "end", "…"],
                *ABBREVIATIONS,
            ]
        ),
        st.sampled_from([".", ".", ".”", ".[1]", "..", ". . .", "!", "?”", ""]),
        st.sampled_from([" ", " ", " “", "\u200b", "\n", "", " — ", " (", " *"]),
    ),
    max_size=8,
).map(lambda parts: "".join(map("".join, parts)))


@given(st.one_of(ENDS, TEXTS))
def test_what_is_told_at_a_glance_is_what_all_rules_tell(text: str) -> None:
    found = find_sentences(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_FIRST_STOP", re.compile(""))
        patch.setattr(sentences, "_is_plain_end", lambda *_: False)
        assert found == find_sentences(text)


def test_blank_is_all_white_space() -> None:
    white = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert white <= set(BLANK)


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "word ",
            '"',
            "(",
            ". ",
            ".",
            "a.",
            "Xq. Yz ",
            "U.S. ",
            "!a",
            "? “",
            "\n",
            "\n• ",
            "a" * 50,
        ],
        *["…", "J. K. ", "end.The ", " ", "\u200b", "“Why?” A B C ", "-a. B", "| ", "a.\n", "# "],
    ],
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    assert seems_linear(read, piece)


def test_plain_news_needs_no_nupunkt() -> None:
    code = """
import sys
from framing.readers.plain import read
text = "HALEST, Pa. (HNA) — Gen. Orlan met U.S. officials at 5 p.m. Monday. “Why?” he asked. "
text += "They live in the U.S. He left on Jan. 3. Sen. J. K. Pell, D-Ohio, stayed."
assert len(read(text)) == 5, read(text)
assert not {"nupunkt", "numpy"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nupunkt_decides_what_is_doubtful() -> None:
    text = "He lives in Agder. Prov. Orlan wrote this in Abb. Tarn. Then Halest Inc. Mergers came."
    spans = find_sentences(text)
    assert "nupunkt" in sys.modules
    assert text[slice(*spans[0])] == "He lives in Agder."
