"""The examples in README and docs do what they show."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
#: What the build writes beside the pages that we write.
GENERATED = {"_build", "generated"}
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(
        page
        for page in sorted(DOCS.rglob("*.md"))
        if page.relative_to(DOCS).parts[0] not in GENERATED
    ),
]
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


def test_the_page_on_claims_shows_what_the_command_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.cli import main

    monkeypatch.chdir(ROOT)
    main(["claims", "examples/drafts/harbour.txt"])
    [(_, shown)] = blocks(DOCS / "howto" / "claims.md", "text")
    assert shown in capsys.readouterr().out


def test_every_page_is_linked_from_a_table_of_contents() -> None:
    listed = {DOCS / "index.md"}
    for page in PAGES:
        if page.is_relative_to(DOCS):
            for contents in blocks(page, r"\{toctree\}"):
                names = [line.strip() for line in contents[1].splitlines() if line.strip()]
                for name in (one for one in names if not one.startswith(":")):
                    listed.update(one.resolve() for one in page.parent.glob(f"{name}.md"))
    written = {page for page in PAGES if page.is_relative_to(DOCS)}
    assert written - listed == set()


@pytest.mark.slow
def test_docs_build_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason='pip install -e ".[docs]" brings what builds the docs')
    copy = tmp_path / "copy"
    for name in ("docs", "datasets", "tests/cases", "examples/notebooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns(*GENERATED))
    for name in ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"):
        shutil.copy(ROOT / name, copy)
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "docs", "html"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    page = (copy / "html" / "generated" / "extractors" / "evaluation.html").read_text(
        encoding="utf-8"
    )
    assert "The new footbridge is graceful." in page
