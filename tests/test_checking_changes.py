"""Changed sentences, on real repositories."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.checking.changes import Changes
from framing.cli import CLEAN, FAILED, FOUND, main
from framing.errors import ConfigError

OLD = "A new pier is much needed."
NEW = "A new quay is much needed."
REPORT = "The council voted 7 to 2 on Monday."


class Repository:
    """A repository in a folder, with a configuration that names the stand-in model."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        (folder / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
        self.put("framing.toml", 'model = "model.json"\n')

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Dara", "-c", "user.email=d@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.folder, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "work")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path)
    made.put("a.txt", f"{REPORT} {OLD}\n")
    made.commit()
    made.git("checkout", "-q", "-b", "desk")
    return made


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, ``path:line:column`` of the findings, and the last line."""
    code = main(["check", "--no-cache", "--diff", "main", *(arguments or (".",))])
    shown = capsys.readouterr()
    places = [":".join(line.split(":")[:3]) for line in shown.out.splitlines()]
    return code, places, shown.err.rstrip("\n")


def test_nothing_changed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    code, places, last = check(capsys)
    assert (code, places) == (CLEAN, [])
    assert last == "checked 0 sentences in 0 files changed since main (1 unchanged); 0 findings"


def test_by_sentence_not_by_line(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("a.txt", f"{REPORT} {OLD} {NEW}\n")
    code, places, last = check(capsys)
    assert (code, places) == (FOUND, ["./a.txt:1:64"])
    assert last.endswith("; 1 finding, 1 in unchanged sentences")


def test_wrapping_and_quoting_otherwise_touches_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("a.txt", '"New" pier is much needed.\n')
    repository.commit()
    repository.git("checkout", "-q", "-B", "main")
    repository.put("a.txt", f"{REPORT}\n\n“New” pier is much\nneeded.\n")
    assert check(capsys)[:2] == (CLEAN, [])


def test_a_sentence_that_stands_there_once_more(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("a.txt", f"{REPORT} {OLD}\n\n{OLD}\n")
    assert check(capsys)[:2] == (FOUND, ["./a.txt:3:1"])


def test_committed_staged_and_untracked(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("committed.txt", OLD)
    repository.commit()
    repository.put("staged.txt", OLD)
    repository.git("add", "staged.txt")
    repository.put("untracked.txt", OLD)
    _, places, last = check(capsys)
    assert places == ["./committed.txt:1:1", "./staged.txt:1:1", "./untracked.txt:1:1"]
    assert "in 3 files changed since main (1 unchanged)" in last


@pytest.mark.parametrize("staged", [True, False])
def test_a_rename_touches_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str], staged: bool
) -> None:
    repository.put("desk/b.txt", f"{REPORT} {OLD} {NEW}\n")
    (repository.folder / "a.txt").unlink()
    if staged:
        repository.commit()
    assert check(capsys)[:2] == (FOUND, ["./desk/b.txt:1:64"])


def test_a_deleted_draft(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.put("b.txt", f"{REPORT}\n")
    (repository.folder / "a.txt").unlink()
    assert check(capsys)[:2] == (CLEAN, [])
    assert check(capsys, "a.txt")[0] == FAILED


def test_since_the_merge_base_not_since_the_tip(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("checkout", "-q", "main")
    repository.put("a.txt", f"{REPORT}\n")  # main took the sentence out in the meantime
    repository.commit()
    repository.git("checkout", "-q", "desk")
    assert check(capsys)[:2] == (CLEAN, [])


def test_what_was_no_text_is_new(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository.folder / "b.txt").write_bytes(b"\0\1")
    repository.git("checkout", "-q", "main")
    repository.commit()
    repository.git("checkout", "-q", "desk")
    repository.git("merge", "-q", "main")
    repository.put("b.txt", OLD)
    assert check(capsys)[:2] == (FOUND, ["./b.txt:1:1"])


def test_names_that_git_would_quote(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["-n.txt", "né w\t“b”.txt", "a\nb.txt", ":(top)x.txt"]
    for name in names:
        repository.put(name, f"{REPORT}\n")
    repository.git("checkout", "-q", "main")
    repository.commit()
    repository.git("checkout", "-q", "desk")
    repository.git("merge", "-q", "main")
    for name in names:
        repository.put(name, f"{REPORT} {OLD}\n")
    assert len(check(capsys)[1]) == len(names)


def test_from_another_folder(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.put("desk/b.txt", OLD)
    monkeypatch.chdir(repository.folder / "desk")
    assert check(capsys, "..", ".")[1] == ["../desk/b.txt:1:1"]


def test_advice_and_suppressions_of_changed_drafts(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("a.txt", f"{REPORT} {OLD}\n\n<!-- framing: ignore[FR001] x -->\n\n{REPORT}\n")
    assert check(capsys)[1] == ["./a.txt:3:1"]


def test_the_baseline_goes_before(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.put("a.txt", f"{REPORT} {OLD} {NEW}\n")
    main(["check", "a.txt", "--write-baseline"])
    capsys.readouterr()
    code, places, last = check(capsys, "a.txt", "--baseline", "framing-baseline.tsv")
    assert (code, places) == (CLEAN, [])
    assert last.endswith("0 findings, 2 in baseline")
    assert main(["check", "a.txt", "--write-baseline", "--diff", "main"]) == FAILED


@pytest.mark.parametrize("base", ["none", "--output=x", "main:a.txt", "", "HEAD^{tree}"])
def test_an_unknown_revision(
    repository: Repository, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    assert main(["check", ".", f"--diff={base}"]) == FAILED
    assert f"--diff: no revision {base!r} in " in capsys.readouterr().err
    assert not (repository.folder / "x").exists()


def test_no_common_ancestor(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.put("b.txt", REPORT)
    repository.commit()
    assert main(["check", ".", "--diff", "main"]) == FAILED
    assert "have no common ancestor" in capsys.readouterr().err


def test_outside_of_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(OLD)
    assert main(["check", "a.txt", "--diff", "main"]) == FAILED
    assert "lies in no git repository" in capsys.readouterr().err


def test_what_an_editor_has_not_saved_yet(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text, place in [(f"{REPORT} {OLD}\n", []), (f"{REPORT} {OLD} {NEW}", ["a.txt:1:64"])]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert check(capsys, "-", "--stdin-filename", "a.txt")[1] == place


def test_a_repository_of_longer_digests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    monkeypatch.chdir(tmp_path)
    made = Repository(tmp_path)
    made.put("a.txt", OLD)
    made.commit()
    made.put("b.txt", NEW)
    assert check(capsys)[:2] == (FOUND, ["./b.txt:1:1"])


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="git, which is not installed"):
        Changes("main").is_unchanged(str(tmp_path / "a.txt"))


def test_programs_of_the_repository_are_not_run(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    trap = repository.folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{repository.folder}/sprung'\n")
    trap.chmod(0o755)
    keys = ["fsmonitor", "pager"], ["external", "x.textconv"], ["x.clean", "x.process"]
    for section, names in zip(("core", "diff", "filter"), keys, strict=True):
        for key in names:
            repository.git("config", f"{section}.{key}", str(trap))
    repository.put(".gitattributes", "*.txt diff=x filter=x\n")
    repository.put("a.txt", f"{REPORT} {NEW}\n")
    assert check(capsys, "a.txt")[:2] == (FOUND, ["a.txt:1:37"])
    assert not (repository.folder / "sprung").exists()
