"""Nothing that reads drafts opens a socket, asks for a name or starts a program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

#: Ends the process at the first of these events, which cannot be caught by what runs.
PROGRAM = """
import os, sys
FORBIDDEN = ("socket.", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork",
             "ftplib.", "http.client", "urllib.Request", "webbrowser.open", "smtplib.")
def hook(event, given):
    if event.startswith(FORBIDDEN):
        os.write(2, f"FORBIDDEN {event} {given}\\n".encode())
        os._exit(99)
sys.addaudithook(hook)
from framing.cli import main
sys.exit(main(sys.argv[1:]))
"""
TEXTS = {
    "draft.txt": "What a shameful, cowardly excuse that is! See http://example.invalid/a.\n",
    "draft.md": "![x](http://example.invalid/x.png)\n\nWhat a shameful, cowardly excuse!\n",
    "draft.html": "<img src=//example.invalid/x.png><p>What a shameful, cowardly excuse!</p>\n",
    "draft.rst": ".. include:: http://example.invalid/x\n\nWhat a shameful, cowardly excuse!\n",
}


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, cwd=folder
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--no-cache", "--format", "sarif", "."),
        ("explain", "--format", "json", "draft.md"),
        ("report", *TEXTS, "-o", "report.page"),
        ("score", "rows.txt", "-o", "scores.csv"),
        ("profile", "draft.html"),
        ("claims", "draft.txt"),
        ("compare", "draft.txt", "draft.md"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_socket_and_no_program(arguments: tuple[str, ...], tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "rows.txt").write_text("What a shameful excuse!\n")
    done = run(*arguments, folder=tmp_path)
    assert "FORBIDDEN" not in done.stderr
    assert done.returncode in (0, 1), done.stderr


def test_the_watch_is_kept(tmp_path: Path) -> None:
    """What downloads is stopped by it, so that silence above means something."""
    done = run("datasets", "fetch", "babe", "--data-home", str(tmp_path), folder=tmp_path)
    assert done.returncode == 99, done.stderr
    assert "FORBIDDEN" in done.stderr
