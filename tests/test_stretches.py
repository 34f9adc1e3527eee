"""Stretches: what ``str.split`` finds, in many texts at once, and by number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.batch import Vocabulary
from framing.stretches import Stretches, Table

WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
#: Long and short, with zeros, halves of surrogate pairs and letters of four bytes.
TEXTS = st.lists(
    st.one_of(
        st.text(st.sampled_from([*"ab\0\x1b\x7f€ßя“", "\ud800", "𝒜", *WHITE])),
        st.text(st.characters(codec=None)),
        st.lists(st.text("ab", min_size=1, max_size=40)).map(" ".join),
    ),
    max_size=8,
)


def test_every_white_space_cuts() -> None:
    assert Stretches([f"a{white}b" for white in WHITE]).counts.tolist() == [2] * len(WHITE)


@given(TEXTS)
def test_the_same_as_split(texts: list[str]) -> None:
    found = Stretches(texts)
    assert found.counts.tolist() == [len(text.split()) for text in texts]
    assert [found[at] for at in range(len(found))] == [s for text in texts for s in text.split()]


@given(TEXTS, st.lists(st.text("ab\0ß", min_size=1, max_size=30), unique=True))
def test_what_is_known_is_found_and_nothing_else(texts: list[str], known: list[str]) -> None:
    numbers = {one: at for at, one in enumerate(known) if len(one.encode()) <= 24}
    expected = [numbers.get(one, -1) for text in [*texts, *known] for one in text.split()]
    assert Table(known).find(Stretches([*texts, *known])).tolist() == expected


def test_keys_that_fall_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.probing.MULTIPLIER", np.uint64(0))
    known = [f"word{number}" for number in range(300)]
    asked = Stretches([" ".join(known), "word word300 wor"])
    assert Table(known).find(asked).tolist() == [*range(300), -1, -1, -1]


def test_a_vocabulary_numbers_the_same_either_way() -> None:
    texts = [f"The mayor’s plan no. {number} failed, they said." for number in range(600)]
    together, alone = Vocabulary(), Vocabulary()
    for start in range(0, 600, 250):  # from the second batch on a table is asked
        batch = together.batch(texts[start : start + 250])
        one_by_one = [alone.batch([text]) for text in texts[start : start + 250]]
        written = [together.raw[token] for token in batch.tokens.tolist()]
        assert written == [alone.raw[token] for one in one_by_one for token in one.tokens.tolist()]
        assert batch.sizes.tolist() == [int(one.sizes[0]) for one in one_by_one]
        assert batch.starts().tolist() == [
            start for one in one_by_one for start in one.starts().tolist()
        ]
