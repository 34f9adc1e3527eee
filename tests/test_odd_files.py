"""What lies about where drafts are: pipes, devices, and files that are made to hang or to burst."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such files")

COMMENT = "What a shameful, cowardly excuse that is!\n"


def framing(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder; one that waits for ever fails the test."""
    return subprocess.run(
        [sys.executable, "-m", "framing", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "draft.txt").write_text(COMMENT)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["framing.toml", "setup.cfg", "pyproject.toml", "draft.txt.framing.toml"]
)
def test_nobody_waits_for_a_pipe_beside_a_draft(name: str, folder: Path) -> None:
    os.mkfifo(folder / name)
    done = framing(folder, "check", "--no-cache", "draft.txt")
    assert done.returncode == 1, done.stderr
    done = framing(folder, "check", "--cache", "--cache-dir", "cache", "draft.txt")
    assert done.returncode == 1, done.stderr


def test_a_pipe_in_a_folder_is_told(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "nowhere.md").symlink_to("/nowhere/to/be/found")
    done = framing(folder, "check", "--no-cache", ".")
    assert done.returncode == 2
    assert "draft.txt:1:1: editorial" in done.stdout
    for name in ("pipe.txt", "device.md"):
        assert f"{name}: cannot read: a pipe or a device, no file" in done.stderr
    assert "nowhere.md: cannot read: No such file" in done.stderr


def test_a_device_that_is_named_is_read_as_far_as_any_file(folder: Path) -> None:
    done = framing(folder, "check", "/dev/zero")
    assert done.returncode == 2
    assert "/dev/zero: larger than 50 MB" in done.stderr


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 100_000, "a = " + "9" * 5_000, "threshold = 0x" + "f" * 5_000, "a." * 99_999],
    ids=["nest", "digits", "hexadecimal", "key"],
)
@pytest.mark.parametrize("name", ["framing.toml", "draft.txt.framing.toml"])
def test_toml_that_is_made_to_burst(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text)
    done = framing(folder, "check", "--no-cache", "draft.txt")
    assert done.returncode == 2
    assert f"{name}:1: not TOML: " in done.stderr
    assert "Traceback" not in done.stderr
