"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from framing.errors import DataError
from framing.files import locked, replacing


def test_nothing_is_seen_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("before")
    with replacing(path) as file:
        file.write(b"after")
        file.flush()
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out.txt"
    path.write_text("before")
    with pytest.raises(error), replacing(path) as file:
        file.write(b"half")
        raise error
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("before")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with replacing(tmp_path / "link.txt") as file:
        file.write(b"after")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "after"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    with replacing(os.devnull) as file:
        file.write(b"gone")
    assert not Path(os.devnull).is_file()


def test_no_such_folder(tmp_path: Path) -> None:
    missing = pytest.raises(DataError, match=r"out\.txt: cannot write: No such file")
    with missing, replacing(tmp_path / "none" / "out.txt"):
        pass


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot write: Is a directory"), replacing(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="files are locked in another way there")
def test_what_killed_runs_left_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "a[b.html"
    stale = tmp_path / ".a[b.html.0123abcd.part"
    kept = [
        tmp_path / name
        for name in (
            ".a[b.html.fresh123.part",  # no name of ours
            ".other.html.0123abcd.part",
            ".a[b.html.0123abce.part",  # held by somebody
            ".a[b.html.0123abcf.part",  # just made
        )
    ]
    for path in (stale, *kept):
        path.write_text("half")
        if not path.name.endswith("f.part"):
            os.utime(path, (1, 1))
    with kept[2].open("rb") as held:
        assert locked(held)
        with replacing(target) as file:
            file.write(b"whole")
    assert not stale.exists()
    assert all(path.exists() for path in kept)
    assert target.read_bytes() == b"whole"
