"""Hearing many sentences at once: the voices of each alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.batch import Vocabulary
from framing.hearing import hear_all
from framing.text import tokenise
from framing.voice import heard

HERE = Path(__file__).parent
MPQA = HERE.parents[1] / "shared" / "data" / "mpqa_writer" / "dev.tsv"

WORDS = st.sampled_from(
    [
        *["the", "her", "claim", "claims", "fear", "that", "is", "was", "been", "said", "says"],
        *["adding", "convinced", "told", "to", "wanted", "not", "who", "people", "critics", "I"],
        *["United", "States", "Reports", "found", "accused", "of", "according", "in", "as", "for"],
        *[",", ";", "(", ":", ".", "“", "”", '"', "'", "’", "view", "Dara", "Orlan", "it", "and"],
    ]
)
SENTENCES = st.lists(WORDS, max_size=12).map(" ".join)


def same(texts: list[str]) -> None:
    voices = dict(hear_all(Vocabulary().batch(texts)))
    assert [voices.get(at, []) for at in range(len(texts))] == [
        heard(text, tokenise(text))[0] for text in texts
    ]
    assert all(voices.values())
    assert list(voices) == sorted(voices)


@settings(max_examples=400, deadline=None)
@given(st.lists(SENTENCES, max_size=3))
@example(["United States", "Dara United States said that", "to say", "wanted to say that"])
@example([": “it”", "In her view , it is .", ""])
def test_sentences_of_frames(texts: list[str]) -> None:
    same(texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=3))
def test_hostile_texts(texts: list[str]) -> None:
    same(texts)


def test_all_cases_of_hearing() -> None:
    lines = (HERE / "cases" / "voice.tsv").read_text(encoding="utf-8").splitlines()
    texts = [cell for line in lines for cell in line.split("\t")]
    assert len(texts) > 500
    same(texts)


@pytest.mark.skipif(not MPQA.is_file(), reason="needs ../shared, which may not be passed on")
def test_news() -> None:
    with MPQA.open(encoding="utf-8") as file:
        same([line.split("\t")[1] for line in file])
