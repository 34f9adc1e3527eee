"""``framing check`` as it is installed: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.cli import main

HERE = Path(__file__).parent
REPORT = "The council voted 7 to 2 on Monday.\n"
COMMENT = "A new pier is much needed.\n"
FOUND_LINE = (
    '1:1: editorial 0.92 "A new pier is much needed." [FR001 news: interjection.phrase.strong]'
)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, whose configuration names the stand-in model."""
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return tmp_path


def put(name: str, text: str | bytes = COMMENT) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def framing(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run the command here; return its exit code, output and messages."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        code = main(arguments)
    for stream in streams:
        stream.seek(0)
    return code, streams[0].read(), streams[1].read()


def installed(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run the installed command; return its exit code, output and messages."""
    command = Path(sys.executable).with_name("framing")
    start = [str(command)] if command.exists() else [sys.executable, "-m", "framing"]
    done = subprocess.run(
        [*start, *arguments],
        capture_output=True,
        timeout=120,
        env={**os.environ, **environment},
    )
    output, messages = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in messages
    return done.returncode, output, messages


def golden(name: str, shown: str) -> None:
    """Compare with a stored output; FRAMING_GOLDEN=write stores it anew."""
    path = HERE / "golden" / "command" / name
    if os.environ.get("FRAMING_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


CASES = {
    "clean": ["check", "report.txt"],
    "findings": ["check", "report.txt", "comment.txt"],
    "text": ["check", "--format", "text", "comment.txt"],
    "missing": ["check", "none.txt", "comment.txt"],
    "no-drafts": ["check", "folder"],
    "binary": ["check", "binary.txt"],
    "not-utf-8": ["check", "latin.txt"],
    "utf-16": ["check", "utf-16.txt"],
    "empty": ["check", "empty.txt"],
    "only-quotations": ["check", "quotation.txt"],
    "quotations-among-others": ["check", "quotation.txt", "report.txt"],
    "not-judged": ["check", "--desk", "opinion", "comment.txt"],
    "through-a-file": ["check", "comment.txt/more.txt"],
    "loop": ["check", "loop"],
    "excluded": ["check", "--force-exclude", "--exclude", "*.txt", "comment.txt"],
    "suppressed": ["check", "suppressed.txt"],
    "suppressions": ["suppressions", "suppressed.txt", "comment.txt"],
    "no-suppressions": ["suppressions", "comment.txt"],
    "rules": ["explain-rule"],
    "rule": ["explain-rule", "scare-quotes"],
    "no-rule": ["explain-rule", "FR7"],
    "no-desk": ["check", "--desk", "sport", "comment.txt"],
    "no-code": ["check", "--select", "E501", "comment.txt"],
    "no-feature": ["check", "--ignore", "nonsense.x", "comment.txt"],
    "two-thresholds": ["check", "--threshold", "0.5", "--precision", "0.5", "comment.txt"],
    "no-baseline": ["check", "--baseline", "none.tsv", "comment.txt"],
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str) -> None:
    put("report.txt", REPORT)
    put("comment.txt")
    put("binary.txt", b"one\ntwo\0three")
    put("latin.txt", b"one\ncaf\xe9")
    put("utf-16.txt", COMMENT.encode("utf-16"))
    put("empty.txt", b"")
    put("quotation.txt", "“A new pier is much needed.”\n")
    put("suppressed.txt", f"<!-- framing: ignore[FR0] agreed \u202e -->\n{COMMENT}")
    put("loop/a.txt")
    Path("loop/again").symlink_to(Path("loop").resolve())
    Path("loop/self.txt").symlink_to("self.txt")
    Path("folder").mkdir()
    code, output, messages = installed(*CASES[name])
    golden(f"{name}.txt", f"{output}-- messages\n{messages}-- exit code {code}\n")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_without_permission() -> None:
    Path(put("a.txt")).chmod(0)
    assert framing("check", "a.txt")[0] == 2
    Path("d").mkdir()
    Path("d").chmod(0)
    assert framing("check", "d")[0] == 2
    Path("d").chmod(0o700)


def test_standard_input_has_a_name() -> None:
    put("desk/framing.toml", 'model = "../model.json"\ndesk = "opinion"\n')
    assert framing("check", "-", stdin=COMMENT.encode())[0] == 1
    code, output, messages = framing(
        "check", "-", "--stdin-filename", "desk/a.txt", stdin=COMMENT.encode()
    )
    assert (code, output) == (0, "")
    assert messages == ("checked 0 sentences in 1 file; skipped 1 (1 opinion desk); 0 findings\n")


def test_the_last_line_tells_what_was_covered() -> None:
    text = (
        "The Pier at Halest\n\nBy Jane Roe\n\n"
        "The council voted 7 to 2 on Monday to sell the pier.\n\n“A new pier is much needed.”\n\n"
        "Der Rat stimmte am Montag mit sieben zu zwei Stimmen für den"
        f" Verkauf des alten Hafens.\n\n{COMMENT}\nA new quay is much needed.\n\n"
        f"<!-- framing: ignore[FR001] agreed -->\n{COMMENT}"
    )
    put("a.txt", text)
    put("known.tsv", "# framing baseline 1\nFR001\t1\ta.txt\tA new quay is much needed.\n")
    assert framing("check", "--baseline", "known.tsv", "a.txt")[2] == (
        "checked 5 sentences in 1 file; skipped 3 (1 byline, 1 not English, 1 quotation);"
        " 1 finding, 1 suppressed, 1 in baseline\n"
    )


# What may be set


@pytest.mark.parametrize(
    ("front_matter", "wanted", "code"),
    [
        ("genre: opinion", "opinion", 0),
        ("type: Op-Ed", "opinion", 0),
        ("section: Opinion/Columns", "opinion", 0),
        ("section: Local\ngenre: news", "news", 1),
        ("section: harbour", "news", 1),
        ("genre: Analysis", "analysis", 0),
        ("title: opinion", "news", 1),
    ],
)
def test_front_matter_names_the_desk(front_matter: str, wanted: str, code: int) -> None:
    put("framing.toml", 'model = "model.json"\n[desks.analysis]\nprecision = 0.95\n')
    put("a.md", f"---\n{front_matter}\n---\n\n{COMMENT}")
    assert framing("check", "a.md")[0] == code
    assert (
        framing("config", "a.md")[1].splitlines()[1].split("#")[0].strip() == f'desk = "{wanted}"'
    )


def test_a_desk_of_ones_own() -> None:
    put(
        "framing.toml",
        'model = "model.json"\n[desks.sport]\nthreshold = 0.95\ngenres = ["football"]\n'
        'paths = ["sport/**"]\n[desks.opinion]\npaths = ["columns"]\n',
    )
    for name in ["sport/a.txt", "columns/may/a.txt", "news/a.txt"]:
        put(name)
    put("b.md", f"---\ngenre: Football\n---\n\n{COMMENT}")
    assert framing("check", "sport", "columns", "b.md")[0] == 0
    code, output, _ = framing("check", "news")
    assert (code, output) == (1, f"news/a.txt:{FOUND_LINE}\n")
    code, output, _ = framing("check", "--desk", "sport", "--threshold", "0.5", "news")
    assert (code, output) == (1, f"news/a.txt:{FOUND_LINE.replace('news:', 'sport:')}\n")


def test_files_by_pattern() -> None:
    put(
        "framing.toml",
        'model = "model.json"\n[per-file."wire/**"]\nignore = ["FR0"]\n'
        '[per-file."wire/urgent*"]\nselect = ["FR001"]\nignore = ["interjection"]\n'
        '[per-file."*.col.txt"]\ndesk = "opinion"\n',
    )
    for name in ["wire/a.txt", "wire/urgent.txt", "a.col.txt", "b.txt"]:
        put(name)
    assert framing("check", "wire", "a.col.txt")[0] == 0
    assert framing("check", "b.txt")[0] == 1


def test_a_feature_that_is_ignored_weighs_nothing() -> None:
    put("a.txt", "A new pier is much needed, and it is a disgraceful plan.\n")
    _, output, _ = framing("check", "--format", "json", "a.txt")
    (before,) = json.loads(output)["findings"]
    _, output, _ = framing("check", "--format", "json", "--ignore", "interjection", "a.txt")
    (after,) = json.loads(output)["findings"]
    amounts = {one["feature"]: one["amount"] for one in before["contributions"]}
    assert before["score"] - after["score"] == amounts["interjection.phrase.strong"]
    assert "interjection.phrase.strong" not in [one["feature"] for one in after["contributions"]]
    put("b.txt")
    assert framing("check", "--ignore", "interjection.phrase", "b.txt")[0] == 0
    options = ["--ignore", "interjection", "--select", "FR0,interjection.phrase"]
    assert framing("check", *options, "b.txt")[0] == 1
    assert framing("check", "--ignore", "interject", "b.txt")[0] == 2


def test_advice_and_what_fails() -> None:
    put("a.txt", "Critics say the pier failed.\n")
    assert framing("check", "a.txt")[:2] == (0, "")
    code, output, messages = framing("check", "--select", "FR1", "a.txt")
    assert code == 0
    assert output.startswith('a.txt:1:1: advice: who is "Critics say"?')
    assert messages.endswith("; 1 finding (1 advice)\n")
    assert framing("check", "--select", "FR1", "--fail", "FR101", "a.txt")[0] == 1


def test_so_many_findings_pass() -> None:
    put("a.txt", COMMENT * 2)
    assert framing("check", "--max-findings", "1", "a.txt")[0] == 1
    assert framing("check", "--max-findings", "2", "a.txt")[0] == 0
    assert framing("check", "--exit-zero", "a.txt")[0] == 0
    assert framing("check", "--exit-zero", "a.txt", "none.txt")[0] == 2
    put("framing.toml", 'model = "model.json"\nmax-findings = 2\n')
    assert framing("check", "a.txt")[0] == 0


def test_excluded_paths() -> None:
    put("framing.toml", 'model = "model.json"\nexclude = ["archive", "*.draft.txt"]\n')
    for name in ["archive/old.txt", "a.draft.txt", "a.txt", "b.txt"]:
        put(name)
    assert framing("check", "--exclude", "b*", ".")[1] == f"./a.txt:{FOUND_LINE}\n"
    assert framing("check", "a.draft.txt")[0] == 1  # who names a file means it
    assert framing("check", "--force-exclude", "a.draft.txt", "a.txt")[1].count("\n") == 1


def test_another_configuration_and_none() -> None:
    put("a.txt")
    put("strict.toml", 'model = "model.json"\nthreshold = 1.0\n')
    assert framing("check", "--config", "strict.toml", "a.txt")[0] == 0
    assert framing("check", "--config", "none.toml", "a.txt")[0] == 2
    assert framing("check", "--config", "strict.toml", "--isolated", "a.txt")[0] == 2
    put("framing.toml", "nonsense")
    assert framing("check", "a.txt")[0] == 2
    assert framing("check", "--isolated", "--model", "model.json", "a.txt")[0] == 1


def test_config_shows_where_a_setting_comes_from() -> None:
    put(
        "setup.cfg",
        "[metadata]\nname = x\n[framing]\nmodel = model.json\nignore = loaded\n"
        "max_findings = 3\n[framing.desks.sport]\nprecision = 0.9\ngenres = football, rowing\n"
        "[framing.per-file.sport/*.txt]\ndesk = sport\nignore = FR002\n",
    )
    Path("framing.toml").unlink()
    code, output, _ = framing("config", "sport/a.txt", "--ignore", "stance")
    assert code == 0
    rows = {}
    for line in output.splitlines()[1:]:
        key, _, rest = line.partition(" = ")
        value, _, origin = rest.rpartition("  # ")
        rows[key] = value.strip(), re.sub(r"\S*/setup", "setup", origin)
    assert rows["desk"] == ('"sport"', "setup.cfg:11")
    assert rows["precision"] == ("0.9", "setup.cfg:8")
    assert rows["ignore"] == (
        '["stance", "FR002", "loaded"]',
        "command line, setup.cfg:12, setup.cfg:5",
    )
    assert rows["max-findings"] == ("3", "setup.cfg:6")
    assert rows["fail"] == ('["FR0"]', "default")
    assert rows["rules"][0] == '["FR001", "FR901", "FR902", "FR903"]'
    assert rows["threshold"] == ("unset", "default")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n[desks.sport]\nthreshhold = 1", "framing.toml:3: unknown key 'threshhold'; did you"),
        ("[desks]\nsport = 1", "framing.toml:1: desks must be a table of tables"),
        ("[desks.sport]\njudged = 1", "framing.toml:2: judged must be true or false, not 1"),
        ("[desks.sport]\ndesk = 'news'", "framing.toml:2: unknown key 'desk'"),
        ('[per-file."a.b/*.txt"]\n\nfail = 1', "framing.toml:3: fail must be a list of codes"),
        ('[per-file]\n"a*" = {desk = "sport"}', "framing.toml:2: no desk 'sport'; there are"),
        ("desk = 'sport'", "framing.toml:1: no desk 'sport'"),
        ("threshold = 0.5\nprecision = 0.5", "framing.toml:2: threshold and precision say"),
        ("format = 'xml'", "framing.toml:1: format must be the name of a format"),
        ("jobs = 0", "framing.toml:1: jobs must be a number of processes"),
        ("max-findings = -1", "framing.toml:1: max-findings must be a number of findings"),
        ("cache = 'yes'", "framing.toml:1: cache must be true or false, not 'yes'"),
        ("select = ['FR7']", "framing.toml:1: select: no rule begins with 'FR7'"),
        ("fail = ['loaded']", "framing.toml:1: fail: no rule begins with 'loaded'"),
        ("ignore = ['nonsense']", "'nonsense' begins neither a rule"),
    ],
)
def test_wrong_settings_are_refused(text: str, message: str) -> None:
    put("framing.toml", text)
    put("a.txt")
    code, output, messages = framing("check", "--model", "model.json", "a.txt")
    assert (code, output) == (2, "")
    assert message in messages


# Reports beside what is shown


def test_reports_to_files() -> None:
    put("a.txt")
    code, output, _ = framing(
        *("check", "a.txt", "none.txt", "--format", "github"),
        *("-o", "sarif=x/../r.sarif", "-o", "junit=r.xml", "-o", "markdown=summary"),
    )
    assert code == 2
    assert output.startswith("::error file=a.txt,")
    run = json.loads(Path("r.sarif").read_text("utf-8"))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert ET.parse("r.xml").getroot().get("errors") == "1"
    assert Path("summary").read_text("utf-8").startswith("## framing check\n")


@pytest.mark.parametrize(
    ("options", "shown", "start"),
    [
        (["-o", "r.sarif"], "a.txt:1:1: editorial", "{"),
        (["-o", "r.xml"], "a.txt:1:1: editorial", "<?xml"),
        (["-o", "r.md"], "a.txt:1:1: editorial", "## "),
        (["-o", "r"], "a.txt:1:1: editorial", "a.txt:1:1: FR001 (news desk)"),
        (["--format", "gitlab", "-o", "r.json"], "a.txt:1:1: editorial", "["),
        (["--format", "gitlab", "-o", "rdjson=r.json"], "[\n", "{"),
    ],
)
def test_which_format_a_file_gets(options: list[str], shown: str, start: str) -> None:
    put("a.txt")
    code, output, _ = framing("check", "a.txt", *options)
    assert code == 1
    assert output.startswith(shown)
    assert Path(options[-1].rpartition("=")[2]).read_text("utf-8").startswith(start)


def test_a_report_is_written_whole_or_not_at_all() -> None:
    put("a.txt")
    code, _, messages = framing("check", "a.txt", "-o", "none/r.sarif")
    assert code == 2
    assert "none/r.sarif: cannot write" in messages


def test_programs_get_utf_8_whatever_the_locale() -> None:
    put("a.txt", "A “new” pier is much needed.\n")
    for name in ("json", "sarif", "junit", "github", "markdown", "checkstyle"):
        _, output, _ = installed(
            "check", "a.txt", "--format", name, PYTHONIOENCODING="ascii", PYTHONUTF8="0"
        )
        assert "“new”" in output or name == "checkstyle", name


# What is let stand


def test_suppressions_are_listed() -> None:
    put("a.txt", f"<!-- framing: ignore[FR001] agreed -->\n{COMMENT}\n<!-- framing: ingore -->\n")
    put("b.txt.framing.toml", '[[ignore]]\ncodes = ["FR1"]\n')
    put("b.txt")
    put("c.txt")
    code, output, _ = framing("suppressions", ".")
    assert code == 0
    assert [re.split("  +", line) for line in output.splitlines()] == [
        ["where", "scope", "rules", "findings", "reason"],
        ["./a.txt:1", "sentence", "FR001", "1", "agreed"],
        [
            *("./a.txt:4", "sentence", "all", "0"),
            "void: write framing: ignore[CODE] reason, or ignore-file, ignore-start, ignore-end",
        ],
        ["./b.txt.framing.toml:1", "file", "FR1", "0", "(no reason given)"],
    ]
    code, output, _ = framing("suppressions", "--format", "json", "a.txt", "none.txt")
    assert code == 2
    rows = json.loads(output)["suppressions"]
    assert [(one["where"], one["used"], one["codes"]) for one in rows] == [
        ("a.txt:1", 1, ["FR001"]),
        ("a.txt:4", 0, []),
    ]
    put("a.txt.framing.toml", "[[ignore]]\nline = 3\n")
    code, _, messages = framing("suppressions", "a.txt")
    assert (code, "a.txt.framing.toml:1: unknown key 'line'" in messages) == (2, True)


def test_rules_are_explained() -> None:
    assert framing("explain-rule")[1].count("\n") == 9
    for name in ("FR101", "fr101", "vague-source"):
        assert framing("explain-rule", name)[1].startswith("# FR101: vague-source\n")
    assert framing("explain-rule", "FR7")[0] == 2


@pytest.mark.parametrize("number", ["-1", "x"])
def test_no_number_of_findings(number: str) -> None:
    with pytest.raises(SystemExit):
        framing("check", f"--max-findings={number}", put("a.txt"))


# The baseline


def test_a_baseline_from_first_to_last() -> None:
    put("a.txt", f"{COMMENT}\nIt is a disgraceful plan.\n")
    code, output, messages = framing("check", "--write-baseline", ".")
    assert (code, output) == (0, "")
    assert messages == (
        "checked 2 sentences in 1 file; 0 findings, 2 in baseline\n"
        "wrote framing-baseline.tsv: 2 lines\n"
    )
    known = Path("framing-baseline.tsv").read_text("utf-8")
    use = ["check", "--baseline", "framing-baseline.tsv", "a.txt"]
    assert framing(*use)[:2] == (0, "")
    put("a.txt", "A new\npier is much\nneeded.\n\nA new quay is much needed.\n")
    code, output, messages = framing(*use)
    assert code == 1
    assert output.count("\n") == 1
    assert output.startswith("a.txt:5:1: editorial")
    assert messages.splitlines()[1] == (
        '1 finding of the baseline is gone ("It is a disgraceful plan.");'
        " remove it with --write-baseline"
    )
    assert Path("framing-baseline.tsv").read_text("utf-8") == known
    assert framing(*use, "--write-baseline")[0] == 1  # it shrinks; what is new is still new
    assert "disgraceful" not in Path("framing-baseline.tsv").read_text("utf-8")
    assert "quay" not in Path("framing-baseline.tsv").read_text("utf-8")
    assert framing(*use, "--write-baseline", "--add-to-baseline")[0] == 0
    assert "quay" in Path("framing-baseline.tsv").read_text("utf-8")
    assert framing(*use, "--add-to-baseline")[0] == 2


def test_a_baseline_that_is_configured() -> None:
    put("framing.toml", 'model = "model.json"\nbaseline = "known.tsv"\n')
    put("desk/a.txt")
    assert framing("check", "desk")[0] == 2
    assert framing("check", "desk", "--write-baseline")[0] == 0
    assert "\tdesk/a.txt\t" in Path("known.tsv").read_text("utf-8")
    assert framing("check", "desk")[0] == 0


# Sizes


def test_a_paragraph_of_a_megabyte() -> None:
    sentence = "The council of Port Halest voted 7 to 2 on Monday, and a new pier is much needed. "
    put("a.txt", sentence * (1_000_000 // len(sentence)))
    code, output, messages = installed("check", "a.txt")
    assert code == 1
    assert output.count("\n") == 1_000_000 // len(sentence)
    assert messages.startswith("checked 12195 sentences in 1 file;")


PEAK = """
import resource, sys
from framing.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="counts pages as Linux does")
@pytest.mark.parametrize("options", [[], ["--no-cache"]], ids=["cache", "no-cache"])
def test_memory_is_flat(options: list[str]) -> None:
    text = f"{REPORT} {COMMENT} " * 10
    peaks = []
    for folder, count in (("few", 100), ("many", 1200)):
        for number in range(count):
            put(f"{folder}/{number:04}.txt", f"{text}{number}.\n")
        command = [sys.executable, "-c", PEAK, "check", *options, folder]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        assert f"in {count} files" in done.stderr
        peaks.append(int(done.stderr.split()[-1]))
    # 1,100 more drafts of 1 kB, their analyses and 11,000 findings are nowhere kept.
    assert peaks[1] < peaks[0] + 8_000, peaks


# On a terminal and in Markdown


def test_a_terminal_shows_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    put("a.txt")
    monkeypatch.setattr(io, "TextIOWrapper", Terminal)
    lines = framing("check", "a.txt")[1].splitlines()
    assert lines[0].startswith("a.txt:1:1: FR001 (news desk) editorial 0.92: the writer comments")
    assert lines[2].strip() == "^^^^^^^^^^^^^^"


def test_markdown_points_at_the_characters_in_the_file() -> None:
    text = "# Plan\n\n> A new pier is much needed.\n\nA **new** [pier](x.md) is *much needed*.\n"
    put("a.md", f"{text}\n<!-- framing: ignore[FR001] agreed -->\n{COMMENT}")
    code, output, messages = framing("check", "--format", "json", "a.md")
    data = json.loads(output)
    (one,) = data["findings"]
    assert code == 1
    assert (one["line"], one["column"]) == (5, 1)
    assert text[one["start"] : one["end"]] == "A **new** [pier](x.md) is *much needed*."
    assert one["text"] == "A new pier is much needed."
    assert len(data["suppressed"]) == 1
    assert data["summary"]["skipped"]["quotation"] == 1
    assert "1 suppressed" in messages


def test_html_too() -> None:
    put("a.html", "<p>Report.</p>\n<p>It is a disgraceful <b>plan &amp; pier</b>.</p>\n")
    code, output, _ = framing("check", "--format", "json", "a.html")
    (one,) = json.loads(output)["findings"]
    assert (code, one["line"], one["column"]) == (1, 2, 4)
    assert one["text"] == "It is a disgraceful plan & pier."


SHARED = Path(__file__).resolve().parents[2] / "shared" / "drafts" / "articles.tsv"


@pytest.mark.skipif(not SHARED.exists(), reason="the drafted articles are not here")
def test_findings_are_the_same_in_markdown(desk: Path) -> None:
    """Markup around the words changes no finding: quotations in italics, links, bold words."""
    rows = [line.split("\t") for line in SHARED.read_text("utf-8").splitlines()[1:]]
    articles: dict[str, list[str]] = {}
    for row in rows:
        articles.setdefault(row[0], []).append(row[-1])
    for name, sentences in articles.items():
        put(f"plain/{name}.txt", "\n\n".join(sentences) + "\n")
        marked = [re.sub(r"“([^”]+)”", r"*“\1”*", one) for one in sentences]
        marked = [
            re.sub(r"^(\w{4,}) (\w+)", r"**\1** [\2](https://example.org/a)", one) for one in marked
        ]
        put(f"marked/{name}.md", "\n\n".join(marked) + "\n")
    found = []
    for folder in ("plain", "marked"):
        output = framing("check", "--isolated", "--format", "jsonl", "--select", "FR", folder)[1]
        rows_ = [json.loads(line) for line in output.splitlines()]
        found.append(
            [
                (Path(one["path"]).stem, one["code"], one["text"], one["probability"])
                for one in rows_
            ]
        )
    assert found[0] == found[1]
    assert len(found[0]) > 50
