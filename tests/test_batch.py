"""Many texts at once: the same tokens as one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hostile_text import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.batch import Vocabulary
from framing.text import tokenise

KNOWN = Vocabulary()  # what it remembers of other texts must not matter


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_the_tokens_are_those_of_each_text(texts: list[str]) -> None:
    for vocabulary in (KNOWN, Vocabulary()):
        batch = vocabulary.batch(texts)
        expected = [tokenise(text) for text in texts]
        every = np.arange(len(texts))
        assert list(batch.lists(every, batch.written, batch.normal)) == [
            (one.raw, one.words) for one in expected
        ]
        assert list(batch.lists(every[1::2], batch.written)) == [
            (one.raw,) for one in expected[1::2]
        ]
        assert batch.column(batch.written) == [token for one in expected for token in one.raw]
        assert batch.measured(lambda words: len(" ".join(words))) == [
            len(" ".join(one.words)) for one in expected
        ]


def test_a_value_is_worked_out_once_per_token() -> None:
    asked: list[str] = []

    def length(raw: str) -> int:
        asked.append(raw)
        return len(raw)

    vocabulary = Vocabulary()
    for text in ("to be or not to be", "not to be"):
        tokens = vocabulary.batch([text]).tokens
        assert vocabulary.values(length, np.int64)[tokens].tolist() == list(map(len, text.split()))
    assert asked == ["to", "be", "or", "not"]


def test_words_look_like_a_list() -> None:
    def measure(words: Sequence[str]) -> float:
        looked.append((len(words), words[-1], list(words[:1]), "two" in words))
        return float(len(words))

    looked: list[tuple[int, str, list[str], bool]] = []
    assert Vocabulary().batch(["One.", "Two Threes"]).measured(measure) == [2.0, 2.0]
    assert looked == [(2, ".", ["one"], False), (2, "threes", ["two"], True)]


def test_what_looks_at_the_length_alone_is_asked_once_per_length() -> None:
    def measure(words: Sequence[str]) -> float:
        asked.append(len(words))
        return float(len(words) > 1 and words[0] == "b")

    asked: list[int] = []
    batch = Vocabulary().batch(["a", "", "a b", "b", "", "b b", "c"])
    assert batch.measured(measure) == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    assert asked == [1, 0, 2, 2]


def test_which_texts_have_a_token() -> None:
    batch = Vocabulary().batch(["a b", "", "c b"])
    assert batch.having(np.array([0, 1])).tolist() == [True, False, False]
    assert batch.having(np.array([], np.intp)).tolist() == [False, False, False]
