"""Hash tables in arrays: the same rows as a dictionary finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.probing import Slots

KEYS = st.integers(0, 2**64 - 1) | st.integers(0, 30)


def looked_up(known: list[int], asked: list[int]) -> list[int]:
    keys, wanted = np.array([*known, 0], np.uint64), np.array(asked, np.uint64)
    slots = Slots(keys[:-1])
    found = slots.find(slots.places(wanted), lambda rows, at: keys.take(rows) == wanted[at])
    return list(map(int, found))


@settings(max_examples=300, deadline=None)
@given(st.lists(KEYS, unique=True, max_size=40), st.lists(KEYS, max_size=40))
def test_the_same_as_a_dictionary(known: list[int], further: list[int]) -> None:
    rows = {key: row for row, key in enumerate(known)}
    asked = [*further, *known]
    assert looked_up(known, asked) == [rows.get(key, -1) for key in asked]


@pytest.mark.parametrize("multiplier", [0, 1, 2**64 - 1], ids=["none", "the first", "the last"])
def test_all_keys_want_the_same_slot(monkeypatch: pytest.MonkeyPatch, multiplier: int) -> None:
    monkeypatch.setattr("framing.probing.MULTIPLIER", np.uint64(multiplier))
    known = list(range(1, 200))
    assert looked_up(known, [*known, 0, 200]) == [*range(199), -1, -1]


def test_what_has_no_filled_slot_is_not_there() -> None:
    keys = np.arange(1, 500, dtype=np.uint64)
    slots = Slots(keys)
    assert slots.filled().sum() == len(keys)
    assert slots.filled()[slots.places(keys)].all()


def test_an_empty_table() -> None:
    assert looked_up([], [0, 7]) == [-1, -1]
