"""``framing watch``: what it says when drafts and configurations change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.cli import CLEAN, FAILED, main

REPORT = "The council voted 7 to 2 on Monday.\n"
COMMENT = "A new pier is much needed.\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def watch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[str]]:
    """Watch while something is done at each look; return what is said of each, time left out."""

    def run(*steps: Callable[[], object], paths: tuple[str, ...] = ("d",)) -> list[str]:
        said: list[str] = []

        def shown() -> None:
            out, err = capsys.readouterr()
            lines = [line[9:] if line[2:3] == ":" else line for line in err.splitlines()]
            said.append("\n".join([*out.splitlines(), *lines]))

        def looks() -> Iterator[None]:
            for step in steps:
                shown()
                step()
                yield
            shown()
            raise KeyboardInterrupt

        look = looks()
        monkeypatch.setattr(time, "sleep", lambda seconds: next(look))
        assert main(["watch", *paths]) == CLEAN
        return said

    return run


def put(name: str, text: str) -> Callable[[], object]:
    def write() -> None:
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def test_a_draft_is_checked_when_it_is_saved(watch: Callable[..., list[str]]) -> None:
    put("d/a.txt", REPORT)()
    said = watch(
        lambda: None,
        put("d/a.txt", REPORT + "\n" + COMMENT),
        put("d/b.md", REPORT),
        Path("d/a.txt").unlink,
    )
    assert said[0] == "d/a.txt: checked 1 sentence in 1 file; 0 findings"
    assert said[1] == ""
    assert said[2].startswith('d/a.txt:3:1: editorial 0.92 "A new pier is much needed."')
    assert said[2].endswith("d/a.txt: checked 2 sentences in 1 file; 1 finding")
    assert said[3] == "d/b.md: checked 1 sentence in 1 file; 0 findings"
    assert said[4] == "d/a.txt: gone"


def test_a_configuration_concerns_all_drafts(watch: Callable[..., list[str]]) -> None:
    put("d/a.txt", COMMENT)()
    put("d/b.txt", REPORT)()
    config = 'model = "model.json"\n'
    said = watch(
        put("framing.toml", config + "threshold = 0.99"),
        put("framing.toml", config + "treshold = 0.5"),
        lambda: None,
        put("framing.toml", config),
    )
    assert said[0].endswith("checked 2 sentences in 2 files; 1 finding")
    assert said[1] == "checked 2 sentences in 2 files; 0 findings"
    assert "framing.toml:2: unknown key 'treshold'" in said[2]
    assert said[3] == ""
    assert said[4].endswith("checked 2 sentences in 2 files; 1 finding")


def test_suppressions_beside_a_draft(watch: Callable[..., list[str]]) -> None:
    put("d/a.txt", COMMENT)()
    said = watch(put("d/a.txt.framing.toml", '[[ignore]]\nreason = "wire copy"\n'))
    assert said[1] == "d/a.txt: checked 1 sentence in 1 file; 0 findings, 1 suppressed"


def test_what_cannot_be_read_is_said_once(watch: Callable[..., list[str]]) -> None:
    put("d/a.txt", REPORT)()
    said = watch(
        lambda: Path("d/a.txt").write_bytes(b"caf\xe9"),
        lambda: None,
        put("d/a.txt", REPORT),
        paths=("d", "none.txt"),
    )
    assert said[0].startswith("framing: none.txt: cannot read")
    assert "framing: d/a.txt:1: byte 3 is not UTF-8" in said[1]
    assert said[2].count("\n") == 0
    assert said[3].endswith("checked 1 sentence in 1 file; 0 findings")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "standard input does not change"),
        (["none"], "no drafts to watch in none"),
        (["--threshold", "0.5", "--precision", "0.9", "."], "give one"),
    ],
)
def test_what_cannot_be_watched(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["watch", *arguments]) == FAILED
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("interval", ["0", "x", "-1", "nan"])
def test_intervals(interval: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["watch", f"--interval={interval}", "."])
    assert stop.value.code == FAILED
    assert "0.01 to 3600 seconds" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_the_installed_command() -> None:
    put("a.txt", REPORT)()
    command = [sys.executable, "-m", "framing", "watch", "a.txt", "--interval", "0.02"]
    with subprocess.Popen(command, stdout=-1, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            assert "0 findings" in process.stdout.readline()
            put("b.txt", COMMENT)()
            Path("b.txt").replace("a.txt")  # at once: a look may fall between emptying and writing
            assert process.stdout.readline().startswith("a.txt:1:1: editorial")
            assert "1 finding" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait() == CLEAN
        finally:
            process.kill()
