"""Many texts at once: the same tokens as one by one."""

from __future__ import annotations

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
        assert [list(words) for words in batch.words()] == [one.words for one in expected]


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
    _, words = Vocabulary().batch(["One.", "Two Threes"]).words()
    assert (len(words), words[-1], words[:1], "two" in words) == (2, "threes", ["two"], True)


def test_which_texts_have_a_token() -> None:
    batch = Vocabulary().batch(["a b", "", "c b"])
    assert batch.having(np.array([0, 1])).tolist() == [True, False, False]
    assert batch.having(np.array([], np.intp)).tolist() == [False, False, False]
