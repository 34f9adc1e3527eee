"""The examples in README and docs do what they show."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """Fenced blocks of one language, each with the line on which its text starts (from 0)."""
    text = path.read_text(encoding="utf-8")
    found = re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text.count("\n", 0, match.start(1)), match.group(1)) for match in found]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_sessions(path: Path) -> None:
    # The blocks of a page are one session, as a reader would type them.
    names: dict[str, object] = {}
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for line, block in blocks(path, "pycon"):
        session = doctest.DocTestParser().get_doctest(block, names, path.name, str(path), line)
        runner.run(session, out=report.append, clear_globs=False)
        names = session.globs
    assert runner.summarize(verbose=False).failed == 0, "".join(report)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_json_blocks_are_json(path: Path) -> None:
    for _, block in blocks(path, "json"):
        json.loads(block)


def test_readme_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    from framing.cli import main

    shown = blocks(PAGES[0], "text")[0][1].strip()
    main(["explain", str(ROOT / "examples" / "drafts" / "harbour.txt")])
    printed = capsys.readouterr().out
    for part in shown.split("\n\n"):
        assert part in printed
