"""What a killed run leaves, and what the next one takes from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import DataError
from framing.journal import Journal

ABOUT = {"model": "a"}


def written(path: Path, *records: list[float]) -> bytes:
    with Journal(path, ABOUT) as journal:
        for record in records:
            journal.add(record)
    return path.read_bytes()


def test_scores_come_back_in_order(tmp_path: Path) -> None:
    written(tmp_path / "j", [0.1, 0.2], [0.3])
    with Journal(tmp_path / "j", ABOUT) as journal:
        assert journal.kept == 3
        assert journal.take(1) == [0.1]
        assert journal.take(9) == [0.2, 0.3]
        assert journal.take(9) == []


def test_it_goes_on_behind_what_is_kept(tmp_path: Path) -> None:
    written(tmp_path / "j", [0.1])
    with Journal(tmp_path / "j", ABOUT) as journal:
        journal.take(1)
        journal.add([0.2])
    with Journal(tmp_path / "j", ABOUT) as journal:
        assert journal.take(9) == [0.1, 0.2]


def test_scores_of_something_else_are_forgotten(tmp_path: Path) -> None:
    written(tmp_path / "j", [0.1])
    with Journal(tmp_path / "j", {"model": "b"}) as journal:
        assert journal.kept == 0
        journal.add([0.5])
    with Journal(tmp_path / "j", {"model": "b"}) as journal:
        assert journal.take(9) == [0.5]


def test_an_empty_one_is_cleared_away(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", ABOUT):
        pass
    assert list(tmp_path.iterdir()) == []


@given(cut=st.integers(0, 200), flip=st.integers(0, 200))
def test_a_broken_end_costs_its_record_only(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "j"
    whole = written(path, [0.1, 0.2], [0.3], [0.4, 0.5])
    broken = bytearray(whole[: max(len(whole) - cut, 0)])
    if flip < len(broken):
        broken[-1 - flip] ^= 0x40
    path.write_bytes(bytes(broken))
    with Journal(path, ABOUT) as journal:
        kept = journal.take(9)
        assert kept == [0.1, 0.2, 0.3, 0.4, 0.5][: len(kept)]
        assert len(kept) in {0, 2, 3, 5}
        journal.add([0.6])
    with Journal(path, ABOUT) as journal:
        assert journal.take(9) == [*kept, 0.6]


def test_two_runs_never_share_one(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="no lock between processes here")
    with (
        Journal(tmp_path / "j", ABOUT),
        pytest.raises(DataError, match="another run writes"),
        Journal(tmp_path / "j", ABOUT),
    ):
        pass


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with (
        pytest.raises(DataError, match="cannot write"),
        Journal(tmp_path / "none" / "j", ABOUT),
    ):
        pass
