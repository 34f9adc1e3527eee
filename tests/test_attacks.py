"""No draft, and no file name, gets a word in: every channel is fed every attack and parsed back.

The attacks are in ``attacks.py``; what may be caused by whom is written in docs/security.md.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from attacks import ATTACKS, NAMES
from markdown_it import MarkdownIt

from framing.cli import main
from framing.readers.encoding import decode
from framing.reports.characters import UNSAFE
from framing.reports.formats import FORMATS

#: What a report may consist of beside characters that are printed.
CONTROL = re.compile(UNSAFE.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
SCRIPTED = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)
#: The channels are parsed here; what long drafts cost is measured elsewhere.
_LONGEST = 2_000
ACTIVE = {"script", "iframe", "object", "embed", "base", "form", "svg", "math", "template"}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One draft for each attack; a file cannot hold half a surrogate pair."""
    folder = tmp_path_factory.mktemp("attacks")
    for name, text in ATTACKS.items():
        whole = text[:_LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        # Whatever an attack makes of its own sentence, there is one to judge.
        whole += "\n\nWhat a shameful, cowardly excuse that is!\n"
        # A NUL byte makes a file binary, in UTF-8; in UTF-16 it is a character like others.
        encoding = "utf-16" if "\0" in whole else "utf-8"
        (folder / f"{name}.txt").write_text(whole, encoding=encoding, newline="")
    return folder


@pytest.fixture(scope="module")
def reports(drafts: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one check of all drafts says in every format."""
    folder = tmp_path_factory.mktemp("reports")
    outputs = [f"--output={kind}={folder / kind}" for kind in FORMATS]
    done = subprocess.run(
        [sys.executable, "-m", "framing", "check", "--isolated", "--no-cache", *outputs, drafts],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert CONTROL.search(done.stdout + done.stderr) is None
    return {kind: (folder / kind).read_bytes().decode() for kind in FORMATS}


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints; it may find something, but nothing may keep it from working."""
    capsys.readouterr()
    code = main([str(one) for one in arguments])
    printed = capsys.readouterr()
    assert CONTROL.search(printed.err) is None
    assert code in (0, 1), printed.err
    return printed.out


@pytest.fixture(scope="module")
def findings(reports: dict[str, str]) -> int:
    """How many findings there are, by a channel that json.loads reads."""
    found = json.loads(reports["json"])["findings"]
    assert len(found) >= len(ATTACKS)
    return len(found)


def test_there_are_enough() -> None:
    assert len(ATTACKS) >= 150
    assert len(set(ATTACKS.values())) == len(ATTACKS)


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_controls_a_terminal(kind: str, reports: dict[str, str]) -> None:
    assert CONTROL.search(reports[kind]) is None


@pytest.mark.parametrize("command", ["explain", "profile", "claims"])
def test_nothing_controls_a_terminal_by_other_commands(
    command: str, drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for draft in sorted(drafts.iterdir()):
        assert CONTROL.search(shown(capsys, command, str(draft))) is None, draft.name


def test_a_finding_is_one_line(reports: dict[str, str], findings: int) -> None:
    lines = reports["concise"].splitlines()
    assert len(lines) == findings
    place = re.compile(r"^.*[/\\][a-z]+-\d\d\.txt:\d+:\d+: ")
    assert all(place.match(line) for line in lines)


def test_no_workflow_command_is_forged(reports: dict[str, str], findings: int) -> None:
    # The runner takes any of these for the end of a line.
    lines = [line for line in re.split(r"[\r\n]", reports["github"]) if line]
    assert len(lines) == findings
    names = sorted(f"{name}.txt" for name in ATTACKS)
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command is not None, line
        properties = dict(one.split("=", 1) for one in command.group(2).split(","))
        assert Path(properties["file"].replace("%3A", ":")).name in names
        # A finding of several lines has no columns there.
        assert set(properties) - {"col", "endColumn"} == {"file", "line", "endLine", "title"}


def test_json_is_json(reports: dict[str, str], findings: int) -> None:
    for kind in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(reports[kind])
    assert len([json.loads(line) for line in reports["jsonl"].splitlines()]) == findings


def test_json_says_what_was_written(reports: dict[str, str], drafts: Path) -> None:
    for finding in json.loads(reports["json"])["findings"]:
        source = decode(Path(finding["path"]).read_bytes(), finding["path"])
        assert source[finding["start"] : finding["end"]] == finding["text"]


@pytest.mark.parametrize("kind", ["junit", "checkstyle"])
def test_xml_has_the_elements_that_we_wrote(kind: str, reports: dict[str, str]) -> None:
    assert "<!DOCTYPE" not in reports[kind]
    elements = {element.tag for element in ElementTree.fromstring(reports[kind].encode()).iter()}
    assert elements <= {
        *("checkstyle", "file", "error"),
        *("testsuites", "testsuite", "testcase", "failure", "system-out", "properties", "property"),
    }


class _Elements(HTMLParser):
    """Every element and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value or "") for name, value in attrs)


def elements(page: str) -> _Elements:
    parser = _Elements()
    parser.feed(page)
    parser.close()
    return parser


def harmful(found: _Elements) -> Iterator[str]:
    """Yield what in a page could do harm."""
    for tag, name, value in found.attributes:
        if name.startswith("on") or SCRIPTED.match(value) or name in ("srcdoc", "formaction"):
            yield f"<{tag} {name}={value!r}>"
        if name in ("src", "href", "action") and not value.startswith("#"):
            yield f"<{tag} {name}={value!r}>"


def test_markdown_has_no_markup_of_a_draft(reports: dict[str, str]) -> None:
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(reports["markdown"])
    found = elements(page)
    assert set(found.tags) <= {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "b", "code"}
    assert list(harmful(found)) == []


def test_the_page_has_no_markup_of_a_draft(drafts: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("What a shameful, cowardly excuse that is!", encoding="utf-8")
    pages = []
    for index, source in enumerate([plain, drafts]):
        target = tmp_path / f"{index}.html"
        assert main(["report", "--isolated", str(source), "-o", str(target)]) == 0
        pages.append(elements(target.read_text(encoding="utf-8")))
    ours, theirs = pages
    # An index of many drafts has elements of its own, but nothing that acts.
    assert theirs.tags.count("script") == ours.tags.count("script")
    assert not ACTIVE & (set(theirs.tags) - set(ours.tags))
    assert list(harmful(theirs)) == list(harmful(ours))


def test_no_cell_is_a_formula(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = shown(capsys, "claims", "--format", "csv", *map(str, sorted(drafts.iterdir())))
    rows = list(csv.reader(io.StringIO(printed)))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows[1:] for cell in row):
        assert not re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell), cell


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["text", "concise", "github", "markdown", "junit", "sarif"])
def test_names_of_files(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    safe = name.replace("/", "_")
    Path(safe).write_text("What a shameful, cowardly excuse that is!", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "framing", "check", "--isolated", "--format", kind, "--", safe],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert CONTROL.search(done.stdout + done.stderr) is None
    if kind == "junit":
        ElementTree.fromstring(done.stdout.encode())
    elif kind == "sarif":
        json.loads(done.stdout)
    elif kind == "github":
        [line] = done.stdout.splitlines()
        assert re.fullmatch(r"::error file=[^:,]*,line=1[^:]*::.*", line)
    elif kind == "concise":
        assert len(done.stdout.splitlines()) == 1
    elif kind == "markdown":
        page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(done.stdout)
        assert "<script" not in page
