"""What is too large is refused before it is read, and the bound is named."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from framing import bounds
from framing.cli import main
from framing.config import find
from framing.errors import ConfigError, FramingError, LexiconError, ReadError
from framing.lexicon import load
from framing.readers import open_document


def large(path: Path, bound: int, size: int = 1) -> Path:
    """Make a file that is so much larger than the bound; it takes no room on most disks."""
    with path.open("wb") as file:
        file.truncate(bound + size)
    return path


@pytest.mark.parametrize("size", [0, 1, 2])
def test_the_bound_itself_is_within(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)
    if size <= 1:
        assert bounds.read(path, 1, ReadError) == b"x" * size
    else:
        with pytest.raises(ReadError, match="file: larger than"):
            bounds.read(path, 1, ReadError)


def test_what_has_no_end_is_refused() -> None:
    with pytest.raises(ConfigError, match="/dev/zero: larger than 1 MB"):
        bounds.read("/dev/zero", bounds.CONFIG, ConfigError)


@pytest.mark.parametrize("name", ["draft.txt", "draft.docx", "draft.html", "draft.ipynb"])
def test_a_large_draft(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = large(tmp_path / name, bounds.DRAFT)
    with pytest.raises(ReadError, match=f"{name}: larger than 50 MB, the most that is read; split"):
        open_document(path)
    small = tmp_path / "small.txt"
    small.write_text("What a shameful, cowardly excuse that is!")
    assert main(["check", "--isolated", "--no-cache", str(path), str(small)]) == 2
    said = capsys.readouterr()
    assert f"{path}: larger than 50 MB" in said.err
    assert "small.txt:1:" in said.out  # the others are checked all the same


def test_a_large_draft_through_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bounds, "DRAFT", 1_000_000)
    for command in ("check", "explain"):
        pipe = io.BytesIO(b"word " * 200_001)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=pipe))
        assert main([command, "-"]) == 2
        assert "<stdin>: larger than 1 MB" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["framing.toml", "setup.cfg", "pyproject.toml"])
def test_a_large_configuration(tmp_path: Path, name: str) -> None:
    large(tmp_path / name, bounds.CONFIG)
    with pytest.raises(ConfigError, match=f"{name}: larger than 1 MB"):
        find(tmp_path)


def test_a_large_lexicon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, draft = large(tmp_path / "house.tsv", bounds.LEXICON), tmp_path / "draft.txt"
    with pytest.raises(LexiconError, match=r"house\.tsv: larger than 20 MB.*split"):
        load(path)
    (tmp_path / "framing.toml").write_text('lexicons = ["house.tsv"]')
    draft.write_text("It rained.")
    assert main(["check", "--no-cache", str(draft)]) == 2
    assert "house.tsv: larger than 20 MB" in capsys.readouterr().err


def test_every_error_has_a_remedy() -> None:
    for error in (ReadError, ConfigError, LexiconError):
        with pytest.raises(FramingError, match=r"; .+"):
            bounds.read_from(io.BytesIO(b"xx"), "file", 1, error)
