"""Phrases of several tokens: the same as by trying each phrase at each place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.automaton import Automaton

WORDS = ["a", "b", "c"]
PHRASES = st.lists(
    st.builds(
        lambda start, first, middle, last: " ".join([*start, first, *middle, last]),
        st.sampled_from([[], [], ["^"]]),
        st.sampled_from(WORDS),
        st.lists(st.sampled_from([*WORDS, "*"]), max_size=3),
        st.sampled_from(WORDS),
    ),
    max_size=6,
)
SENTENCES = st.lists(st.lists(st.sampled_from([*WORDS, "x"]), max_size=6), max_size=4)


def found(phrases: list[str], sentences: list[list[str]]) -> list[tuple[int, int]]:
    automaton = Automaton(phrases)
    words = [automaton.word(word) for sentence in sentences for word in sentence]
    sizes = [len(sentence) for sentence in sentences]
    bounds = np.cumsum([0, *sizes], dtype=np.int64)
    firsts = bounds[:-1][np.diff(bounds) > 0]
    starts, stops = automaton.find(np.array(words, np.int64), bounds, firsts)
    assert starts.tolist() == sorted(starts.tolist())
    return list(zip(starts.tolist(), stops.tolist(), strict=True))


def tried(phrases: list[str], sentences: list[list[str]]) -> set[tuple[int, int]]:
    spans = set()
    offset = 0
    for sentence in sentences:
        for phrase in phrases:
            wanted = phrase.split(" ")
            places = range(len(sentence))
            if wanted[0] == "^":
                wanted, places = wanted[1:], range(1)
            for at in places:
                there = sentence[at : at + len(wanted)]
                if len(there) == len(wanted) and all(
                    one in ("*", word) for one, word in zip(wanted, there, strict=True)
                ):
                    spans.add((offset + at, offset + at + len(wanted)))
        offset += len(sentence)
    return spans


@settings(max_examples=400, deadline=None)
@given(PHRASES, SENTENCES)
def test_every_phrase_at_every_place(phrases: list[str], sentences: list[list[str]]) -> None:
    assert set(found(phrases, sentences)) == tried(phrases, sentences)


@pytest.mark.parametrize("phrases", [[], ["a"], ["^ a"]], ids=["none", "one token", "a beginning"])
def test_few_phrases(phrases: list[str]) -> None:
    expected = [(0, 1)] if phrases == ["^ a"] else []
    assert found(phrases, [["a", "a", "b"]]) == expected


@pytest.mark.parametrize(
    "multiplier", [None, 1, 2**64 - 1], ids=["as it is", "all the first", "all the last"]
)
def test_many_phrases_and_words(monkeypatch: pytest.MonkeyPatch, multiplier: int | None) -> None:
    if multiplier:  # all pairs want the same slot of the hash table
        monkeypatch.setattr("framing.probing.MULTIPLIER", np.uint64(multiplier))
    phrases = [f"w{a} w{b}" for a in range(60) for b in range(0, 60, 7)]
    sentence = [f"w{number * 37 % 90}" for number in range(500)]
    assert set(found(phrases, [sentence])) == tried(phrases, [sentence])
