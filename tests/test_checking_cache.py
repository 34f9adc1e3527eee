"""The cache: what is remembered, what makes it forget, and that it is never in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.checking import judging, run
from framing.checking.cache import Cache, default_folder
from framing.checking.findings import Checked, Finding, Suppressed, Weight
from framing.cli import CLEAN, FAILED, FOUND, main

COMMENT = "A new pier is much needed.\n"
PLACE = ("a.txt", "FR001", "news", True, "why \x1b\ud800", 1, 1, 1, 9, 0, 8, 1, 9)
FINDING = Finding(
    *PLACE, "prose", "It is bad.", ((6, 9),), "editorial", 0.9, 2.0, -1.0,
    (Weight("x.y", 3.0, ((6, 9),)), Weight("x.z", -1.0, ())),
)  # fmt: skip
CHECKED = Checked(
    "a.txt", 3, (("byline", 1),), (FINDING,), (Suppressed(FINDING, "agreed", "a.txt:3"),)
)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def put(name: str, text: str = COMMENT) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the drafts that were judged, not remembered."""
    names: list[str] = []
    real = judging.check

    def check(document, *rest):  # type: ignore[no-untyped-def]
        names.append(document.name)
        return real(document, *rest)

    monkeypatch.setattr(run, "check", check)
    return names


def test_a_result_comes_back_under_another_name(tmp_path: Path) -> None:
    folder = str(tmp_path / "c")
    cache = Cache(folder)
    cache.put("key", CHECKED)
    cache.close()
    assert Cache(folder).get("key", "a.txt") == CHECKED
    renamed = Cache(folder).get("key", "b/c.txt")
    assert renamed is not None
    assert renamed.findings[0] == FINDING.replace(path="b/c.txt")
    assert renamed.suppressed[0].where == "b/c.txt:3"
    assert Cache(folder).get("other", "a.txt") is None


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the standard says to ignore that
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == str(tmp_path / ".cache" / "framing")
    cache = Cache(str(tmp_path / "secret"))
    cache.close()
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_the_second_run_is_the_same_and_judges_nothing(
    judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put("d/a.txt")
    put("d/b.txt", "It rained.\n")
    put("d/empty.txt", "")
    assert main(["check", "--cache", "d"]) == FAILED
    first = capsys.readouterr()
    assert len(judged) == 3
    judged.clear()
    assert main(["check", "--cache", "d"]) == FAILED
    assert capsys.readouterr() == first
    assert judged == ["d/empty.txt"]  # an error is looked into again


@pytest.mark.parametrize(
    "change",
    [
        lambda: put("a.txt", COMMENT + "\nIt rained.\n"),
        lambda: put("framing.toml", 'model = "model.json"\nthreshold = 0.3\n'),
        lambda: put("model.json", stand_in(base=-0.25).to_json()),
        lambda: put("a.txt.framing.toml", '[[ignore]]\nreason = "x"\n'),
    ],
    ids=["draft", "configuration", "model", "sidecar"],
)
def test_what_makes_it_judge_again(change: object, judged: list[str]) -> None:
    put("a.txt")
    main(["check", "--cache", "a.txt"])
    main(["check", "--cache", "a.txt"])
    assert judged == ["a.txt"]
    change()  # type: ignore[operator]
    main(["check", "--cache", "a.txt"])
    assert judged == ["a.txt", "a.txt"]


def test_the_command_line_makes_it_judge_again(judged: list[str]) -> None:
    put("a.txt")
    for options in [[], ["--threshold", "0.3"], ["--select", "FR1"], ["--desk", "opinion"]]:
        main(["check", "--cache", "a.txt", *options])
        main(["check", "--cache", "a.txt", *options])
    assert len(judged) == 4


def test_a_lexicon_makes_it_judge_again(judged: list[str]) -> None:
    header = "# name: house\n# language: en\n# source: x\n# licence: CC0\n"
    put("framing.toml", 'model = "model.json"\nlexicons = ["house.tsv"]\n')
    put("a.txt")
    for rows in ["old pier\thouse.x\t\n", "new pier\thouse.x\t\n"]:
        put("house.tsv", header + rows)
        main(["check", "--cache", "a.txt"])
        main(["check", "--cache", "a.txt"])
    assert len(judged) == 2


def test_a_place_counts_where_a_pattern_asks_for_it(judged: list[str]) -> None:
    put("a.txt")
    main(["check", "--cache", "a.txt"])
    main(["check", "--cache", put("b/a.txt")])  # the same text elsewhere
    assert len(judged) == 1
    put("framing.toml", 'model = "model.json"\n[per-file."b/**"]\ndesk = "opinion"\n')
    assert main(["check", "--cache", "a.txt"]) == FOUND
    assert main(["check", "--cache", "b/a.txt"]) == CLEAN
    assert len(judged) == 3


def test_many_drafts_are_remembered_unasked(judged: list[str], desk: Path) -> None:
    for number in range(run.CACHED_FROM - 1):
        put(f"d/{number:02}.txt", f"{COMMENT}\nIt cost {number} euros.\n")
    main(["check", "d"])
    assert not (desk / "cache").exists()
    put("d/more.txt")
    judged.clear()
    main(["check", "d"])
    main(["check", "d"])
    assert len(judged) == run.CACHED_FROM
    main(["check", "--no-cache", "d"])
    assert len(judged) == 2 * run.CACHED_FROM


def test_configured(judged: list[str], desk: Path) -> None:
    put("framing.toml", 'model = "model.json"\ncache = true\ncache-dir = "here"\n')
    put("a.txt")
    main(["check", "a.txt"])
    main(["check", "a.txt"])
    assert judged == ["a.txt"]
    assert (desk / "here").is_dir()
    assert not (desk / "cache").exists()


@pytest.mark.parametrize(
    "damage", [b"", b"no database\n" * 500, b"SQLite format 3\0" + b"x" * 9000]
)
def test_a_broken_file(damage: bytes, judged: list[str], desk: Path) -> None:
    put("a.txt")
    assert main(["check", "--cache", "a.txt"]) == FOUND
    (path,) = (desk / "cache" / "framing").glob("*.sqlite")
    path.write_bytes(damage)
    assert main(["check", "--cache", "a.txt"]) == FOUND
    assert main(["check", "--cache", "a.txt"]) == FOUND
    assert len(judged) == 2  # mended by the second run


def test_pages_overwritten_in_the_midst(desk: Path) -> None:
    for number in range(40):
        put(f"d/{number:02}.txt", f"{COMMENT}\nIt cost {number} euros.\n")
    assert main(["check", "--cache", "d"]) == FOUND
    (path,) = (desk / "cache" / "framing").glob("*.sqlite")
    data = bytearray(path.read_bytes())
    data[5000:9000] = os.urandom(4000)
    path.write_bytes(bytes(data))
    assert main(["check", "--cache", "d"]) == FOUND


def test_a_forged_value_is_not_believed(judged: list[str], desk: Path) -> None:
    put("a.txt")
    main(["check", "--cache", "a.txt"])
    (path,) = (desk / "cache" / "framing").glob("*.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE results SET value = substr(value, 1, 40) || '[0, [], [], []]'")
    connection.close()
    assert main(["check", "--cache", "a.txt"]) == FOUND
    assert len(judged) == 2


def test_a_locked_file_is_no_hindrance(
    judged: list[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.checking.cache._PATIENCE", 0.01)
    put("a.txt")
    main(["check", "--cache", "a.txt"])
    (path,) = (desk / "cache" / "framing").glob("*.sqlite")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert main(["check", "--cache", "a.txt"]) == FOUND
    other.close()
    assert len(judged) == 2


def test_no_place_to_write_is_no_hindrance(desk: Path) -> None:
    put("a.txt")
    (desk / "cache").write_text("a file where a folder should be")
    assert main(["check", "--cache", "a.txt"]) == FOUND


def test_two_runs_at_once() -> None:
    for number in range(60):
        put(f"d/{number:02}.txt", f"{COMMENT}\nIt cost {number} euros.\n")

    def check(_: int) -> tuple[int, bytes]:
        command = [sys.executable, "-m", "framing", "check", "--cache", "d"]
        done = subprocess.run(command, capture_output=True)
        return done.returncode, done.stdout + done.stderr

    with ThreadPoolExecutor(3) as pool:
        results = set(pool.map(check, range(3)))
    ((code, shown),) = results
    assert code == FOUND
    assert b"60 findings" in shown
    assert b"Traceback" not in shown


def test_old_results_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "c")
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    cache = Cache(folder)
    cache.put("old", CHECKED)
    cache.put("used", CHECKED)
    cache.close()
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0 + 20 * 86_400)
    cache = Cache(folder)
    assert cache.get("used", "a.txt") is not None
    cache.close()
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0 + 40 * 86_400)
    cache = Cache(folder)
    cache.put("new", CHECKED)
    cache.close()
    assert Cache(folder).get("old", "a.txt") is None
    assert Cache(folder).get("used", "a.txt") is not None


# Many at a time


@pytest.mark.parametrize("cached", [["--no-cache"], ["--cache"]])
def test_several_processes_say_the_same(
    capsys: pytest.CaptureFixture[str], cached: list[str]
) -> None:
    for number in range(40):
        put(f"d/{number:02}.txt", f"{COMMENT}\nIt cost {number} euros.\n")
    put("d/17.txt", "")
    put("d/23.txt", "\0")
    assert main(["check", "--no-cache", "d"]) == FAILED
    one = capsys.readouterr()
    assert main(["check", *cached, "--jobs", "2", "d"]) == FAILED
    assert capsys.readouterr() == one
    assert main(["check", *cached, "--jobs", "2", "d"]) == FAILED
    assert capsys.readouterr() == one


@pytest.mark.parametrize("jobs", ["0", "-2"])
def test_no_number_of_processes(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", f"--jobs={jobs}", put("a.txt")]) == FAILED
    assert "--jobs is a number of processes" in capsys.readouterr().err


def test_a_configuration_that_fails_in_a_worker(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        put(f"d/{number:02}.txt")
    put("d/framing.toml", "treshold = 1\n")
    assert main(["check", "--no-cache", "--jobs", "2", "d"]) == FAILED
    shown = capsys.readouterr()
    assert "unknown key 'treshold'" in shown.err
    assert "Traceback" not in shown.err
