"""``framing report``: one page, written whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.cli import main

PIER = Path(__file__).parent / "drafts" / "pier.txt"


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "model.json"
    path.write_text(stand_in().to_json(), encoding="utf-8")
    return str(path)


def test_the_installed_command_writes_a_page(tmp_path: Path, model: str) -> None:
    out = tmp_path / "report.html"
    done = subprocess.run(
        [sys.executable, "-m", "framing", "report", PIER, "-o", out, "--model", model],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"wrote {out}: 1 draft, 2 editorial sentences\n"
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>\n<html")
    assert page.endswith("</html>\n")


def test_a_folder_of_drafts(tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("It rained on Monday.\n")
    out = tmp_path / "report.html"
    assert main(["report", str(tmp_path), "-o", str(out), "--model", model]) == 0
    assert "2 drafts, 0 editorial sentences" in capsys.readouterr().err
    assert "b.txt" in out.read_text(encoding="utf-8")


def test_one_bad_draft_leaves_what_was_there(
    tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"
    out.write_text("before")
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(b"caf\xe9")
    paths = [str(PIER), str(tmp_path / "missing.txt"), str(wrong)]
    assert main(["report", *paths, "-o", str(out), "--model", model]) == 2
    errors = capsys.readouterr().err
    assert "missing.txt: cannot read" in errors
    assert "save the file as UTF-8" in errors
    assert out.read_text() == "before"


def test_a_page_that_cannot_be_written(
    tmp_path: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "no such folder" / "report.html")
    assert main(["report", str(PIER), "-o", out, "--model", model]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_nothing_to_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    out = tmp_path / "report.html"
    assert main(["report", str(empty), "-o", str(out)]) == 2
    assert "there is no sentence in it" in capsys.readouterr().err
    arguments = ["--exclude", "*.txt", "--force-exclude", "--isolated"]
    assert main(["report", str(PIER), "-o", str(out), *arguments]) == 2
    assert "every path is excluded" in capsys.readouterr().err
    assert not out.exists()


def test_desks_are_told(tmp_path: Path, model: str) -> None:
    (tmp_path / "news.txt").write_text("It rained on Monday.\n")
    (tmp_path / "column.md").write_text("---\ngenre: opinion\n---\nWhat a disgrace.\n")
    out = tmp_path / "report.html"
    assert main(["report", str(tmp_path), "-o", str(out), "--model", model]) == 0
    page = out.read_text(encoding="utf-8")
    assert 'data-desk="news"' in page
    assert 'data-desk="opinion"' in page
