"""The command: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
from stand_in_model import stand_in

import framing
from framing import cli, registry
from framing.cli import CLEAN, FAILED, FOUND, main

HERE = Path(__file__).parent
PIER = HERE / "drafts" / "pier.txt"
REPORT = "The council voted 7 to 2 on Monday.\n"
COMMENT = "A new pier is much needed.\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, whose configuration names the stand-in model."""
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return name


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# check


def test_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", put("a.txt", REPORT)]) == CLEAN
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "checked 1 sentence in 1 file; 0 findings\n"


def test_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", put("a.txt", REPORT + "\n" + COMMENT)]) == FOUND
    shown = capsys.readouterr()
    assert shown.out == (
        'a.txt:3:1: editorial 0.92 "A new pier is much needed."'
        " [FR001 news: interjection.phrase.strong]\n"
    )
    assert shown.err == "checked 2 sentences in 1 file; 1 finding\n"


def test_folders_are_walked_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["d/b.txt", "d/a.md", "d/c/A.TXT", "d/z.md"]
    for name in [*names, "d/.hidden/x.txt", "d/.x.txt", "d/x.csv", "e.txt"]:
        put(name, COMMENT)
    assert main(["check", "d", "d/b.txt", "./d/../e.txt", "e.txt"]) == FOUND
    shown = capsys.readouterr()
    found = [line.split(":")[0] for line in shown.out.splitlines()]
    assert found == ["d/a.md", "d/b.txt", "d/c/A.TXT", "d/z.md", "./d/../e.txt"]
    assert "in 5 files; 5 findings" in shown.err


def test_what_is_skipped_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", put("pier.txt", PIER.read_text(encoding="utf-8"))])
    assert "in 1 file; skipped 2 (1 boilerplate, 1 byline); 2 findings" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.txt", None, "none.txt: cannot read: No such file or directory"),
        ("binary.txt", b"one\ntwo\0", "binary.txt:2: a binary file"),
        ("latin.txt", b"one\ncaf\xe9", "latin.txt:2: byte 7 is not UTF-8; save the file as UTF"),
        ("empty.txt", b"", "empty.txt: there is no sentence in it"),
        ("blank.txt", b" \n\n", "blank.txt: there is no sentence in it"),
        ("byline.txt", b"By Jane Roe\n", "byline.txt: nothing to judge, there is no prose in it"),
        ("folder", b"", "folder: no drafts in this folder; they are called *.txt, *.md,"),
    ],
)
def test_what_cannot_be_checked(
    name: str, data: bytes | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "folder":
        Path(name).mkdir()
    elif data is not None:
        Path(name).write_bytes(data)
    assert main(["check", name, put("good.txt", COMMENT)]) == FAILED
    shown = capsys.readouterr()
    assert f"framing: {message}" in shown.err
    assert "Traceback" not in shown.err
    assert shown.out.startswith("good.txt:1:1: editorial")  # the others are checked all the same


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_draft_without_permission(capsys: pytest.CaptureFixture[str]) -> None:
    Path(put("a.txt", REPORT)).chmod(0)
    assert main(["check", "a.txt"]) == FAILED
    assert "a.txt: cannot read: Permission denied" in capsys.readouterr().err


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, COMMENT.encode())
    assert main(["check", "-"]) == FOUND
    assert capsys.readouterr().out.startswith("<stdin>:1:1: editorial 0.92")
    put("strict/framing.toml", 'threshold = 1.0\nmodel = "../model.json"')
    type_in(monkeypatch, COMMENT.encode())
    assert main(["check", "-", "--stdin-filename", "strict/new.txt"]) == CLEAN
    type_in(monkeypatch, b"caf\xe9")
    assert main(["check", "-", "--stdin-filename", "strict/new.txt"]) == FAILED
    assert "strict/new.txt:1: byte 3 is not UTF-8" in capsys.readouterr().err


def test_utf_16_and_byte_order_marks(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes(COMMENT.encode("utf-16"))
    Path("b.txt").write_bytes(COMMENT.encode("utf-8-sig"))
    assert main(["check", "a.txt", "b.txt"]) == FOUND
    assert capsys.readouterr().out.count("is much needed") == 2


@pytest.mark.parametrize(("threshold", "code"), [("0.95", CLEAN), ("0.5", FOUND), ("0", FOUND)])
def test_threshold(threshold: str, code: int) -> None:
    assert main(["check", "--threshold", threshold, put("a.txt", COMMENT)]) == code


@pytest.mark.parametrize("threshold", ["1.5", "-1", "nan", "high"])
def test_no_threshold(threshold: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", f"--threshold={threshold}", "a.txt"])
    assert stop.value.code == FAILED
    assert f"must be a number from 0 to 1, not '{threshold}'" in capsys.readouterr().err


def test_the_command_line_wins(desk: Path) -> None:
    put("framing.toml", "threshold = 1.0")
    draft = put("a.txt", COMMENT)
    assert main(["check", "--model", "model.json", draft]) == CLEAN
    assert main(["check", "--model", "model.json", "--threshold", "0.5", draft]) == FOUND
    put("framing.toml", 'model = "none.json"')
    assert main(["check", "--model", "model.json", draft]) == FOUND


def test_each_draft_has_the_configuration_next_to_it() -> None:
    put("strict/framing.toml", 'threshold = 1.0\nmodel = "../model.json"')
    put("strict/a.txt", COMMENT)
    assert main(["check", "strict"]) == CLEAN
    assert main(["check", "strict", put("b.txt", COMMENT)]) == FOUND


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("treshold = 0.5", "framing.toml:1: unknown key 'treshold'; did you mean 'threshold'?"),
        ('model = "none.json"', "none.json: cannot read this model"),
        ('model = "model.tsv"', "cannot read this model"),
        ('model = "framing.toml.json"', "framing.toml.json: not JSON"),
        ('lexicons = ["none.tsv"]', "none.tsv: cannot read this lexicon"),
        ('lexicons = ["own.tsv"]', "extractor 'hedging' is there already"),
    ],
)
def test_bad_configuration(config: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    put("framing.toml.json", "{")
    put("own.tsv", "# name: hedging\n# language: en\n# source: x\n# licence: CC0\n")
    put("framing.toml", config)
    model = stand_in()
    model.extractors["hedging"] = ""  # type: ignore[index]
    put("model.json", model.to_json())
    arguments = ["--model", "model.json"] if "lexicons" in config else []
    assert main(["check", *arguments, put("a.txt", REPORT)]) == FAILED
    error = capsys.readouterr().err
    assert error.startswith("framing: ")
    assert message in error


def test_check_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json", put("a.txt", COMMENT), "none.txt"]) == FAILED
    report = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["line"], one["label"]) for one in report["findings"]] == [
        ("a.txt", 1, "editorial")
    ]
    assert report["summary"] == {
        "files": 1,
        "judged": 1,
        "findings": 1,
        "advice": 0,
        "suppressed": 0,
        "baseline": 0,
        "unchanged": 0,
        "untouched": 0,
        "skipped": {},
        "errors": ["none.txt: cannot read: No such file or directory"],
        "stale": [],
    }


# A lexicon that is configured


def test_a_lexicon_needs_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    put(
        "words/house.tsv",
        "# name: house\n# language: en\n# source: style \x1b[31mguide\n# licence: CC0-1.0\n"
        "old pier\thouse.cliche\tsay “the 1903 pier”\n",
    )
    put("framing.toml", 'model = "model.json"\nlexicons = ["words/house.tsv"]')
    draft = put("a.txt", "They closed the old pier.\n")
    assert main(["explain", draft]) == CLEAN
    shown = capsys.readouterr().out
    assert '+0.00  house.cliche  "old pier"  (marked, no weight)' in shown
    assert "                    ........\n" in shown
    assert main(["explain", "--format", "json", draft]) == CLEAN
    (sentence,) = json.loads(capsys.readouterr().out)["sentences"]
    assert sentence["contributions"][-1] == {
        "feature": "house.cliche",
        "amount": 0.0,
        "evidence": [{"start": 16, "end": 24, "text": "old pier"}],
    }
    assert main(["extractors"]) == CLEAN
    assert "words/house.tsv" in capsys.readouterr().out
    assert main(["extractors", "house"]) == CLEAN
    page = capsys.readouterr().out
    assert r"style \x1b[31mguide" in page
    assert "\x1b" not in page


# explain


def golden(name: str, shown: str) -> None:
    """Compare with a stored output; FRAMING_GOLDEN=write stores it anew."""
    path = HERE / "golden" / name
    if os.environ.get("FRAMING_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("explain.txt", ["explain"]),
        ("explain-editorial.txt", ["explain", "--only", "editorial"]),
        ("explain-all.txt", ["explain", "--all-evidence"]),
        ("explain.json", ["explain", "--format", "json"]),
        ("check.txt", ["check"]),
        ("check.json", ["check", "--format", "json"]),
    ],
)
def test_golden(name: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    put("pier.txt", PIER.read_text(encoding="utf-8"))
    main([*arguments, "pier.txt"])
    golden(name, capsys.readouterr().out)


def test_explain_judges_by_the_rules_of_check(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = put("a.txt", COMMENT)
    with Path("framing.toml").open("a", encoding="utf-8") as file:
        file.write('[desks.culture]\npaths = ["*.txt"]\nthreshold = 0.999999\n')
    main(["explain", draft, "--desk", "news"])
    assert "1 sentence judged: 1 editorial" in capsys.readouterr().out
    main(["explain", draft])
    assert "1 sentence judged: 0 editorial" in capsys.readouterr().out
    assert main(["check", draft]) == CLEAN
    capsys.readouterr()
    main(["explain", draft, "--desk", "news", "--ignore", "interjection"])
    assert "interjection" not in capsys.readouterr().out


def test_explain_to_a_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = put("a.txt", COMMENT)
    main(["explain", draft])
    shown = capsys.readouterr().out
    assert main(["explain", draft, "--output", "report.txt"]) == CLEAN
    assert Path("report.txt").read_text(encoding="utf-8") == shown
    assert main(["explain", draft, "--format", "json", "-o", "report.json"]) == CLEAN
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["schema_version"] == "1"
    assert capsys.readouterr().out == ""
    assert main(["explain", draft, "-o", "none/report.txt"]) == FAILED
    assert "none/report.txt: cannot write" in capsys.readouterr().err


def test_explain_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = put("a.txt", COMMENT)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["explain", draft])
    assert "\x1b[1;4;33mis much needed\x1b[0m" in capsys.readouterr().out
    monkeypatch.setenv("TERM", "dumb")
    main(["explain", draft])
    assert "\x1b" not in capsys.readouterr().out


def test_explain_refuses_what_it_cannot_do(capsys: pytest.CaptureFixture[str]) -> None:
    draft = put("a.txt", COMMENT)
    assert main(["explain", draft, "--format", "json", "--only", "editorial"]) == FAILED
    assert main(["explain", put("empty.txt", "")]) == FAILED
    assert main(["explain", "none.txt"]) == FAILED
    error = capsys.readouterr().err
    assert "JSON always holds everything" in error
    assert error.count("framing: ") == 3


# Text from outside


def test_hostile_names_and_drafts(capsys: pytest.CaptureFixture[str]) -> None:
    text = "A \x1b[mnew\x1b[m pier\r\n\u202eis much needed\x07, \x9bJand now.\n"
    for name in ["a\x1b[2J\u202e.txt", "none\nframing: all is well.txt"]:
        if not name.startswith("none"):
            put(name, text)
        for command in (["check"], ["explain"], ["check", "--format", "json"]):
            main([*command, name])
    shown = capsys.readouterr()
    for unsafe in "\x1b\u202e\x9b\x07\r":
        assert unsafe not in shown.out + shown.err
    assert r"a\x1b[2J\u202e.txt:1:1: editorial" in shown.out
    assert r"none\nframing: all is well.txt: cannot read" in shown.err


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_a_name_that_is_not_utf_8(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    put(name, COMMENT)
    assert main(["check", name]) == FOUND
    assert main(["explain", name, "-o", "report.txt"]) == CLEAN
    assert main(["explain", name, "--format", "json"]) == CLEAN
    assert r"caf\udce9.txt:1:1" in capsys.readouterr().out


# extractors


def test_extractors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extractors"]) == CLEAN
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == list(registry.installed())
    assert main(["extractors", "rhetoric"]) == CLEAN
    assert "rhetoric.question_mark: question marks outside" in capsys.readouterr().out
    assert main(["extractors", "rhetoric.question_mark"]) == CLEAN
    assert capsys.readouterr().out.startswith("rhetoric, from framing\n")
    assert main(["extractors", "retoric"]) == FAILED
    assert "no extractor 'retoric'; there are evaluation," in capsys.readouterr().err


def test_a_plugin_is_listed_with_its_distribution(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = framing.extractor("mine", {"mine.mark": "marks"})(lambda sentence: ())
    entry = SimpleNamespace(
        name="x", value="y", dist=SimpleNamespace(name="my-plugin"), load=lambda: (mine,)
    )
    monkeypatch.setattr(metadata, "entry_points", lambda group: [entry])
    registry._scanned.cache_clear()
    try:
        assert main(["extractors"]) == CLEAN
    finally:
        registry._scanned.cache_clear()
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["mine", "1", "feature", "my-plugin"] in lines


# The command as a whole


@pytest.mark.parametrize("given", [["a.txt"], ["a.txt", "b c.md"]], ids=len)
@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda one: one.name)
def test_paths_alone_are_read_as_argparse_reads_them(
    command: cli.Command, given: list[str]
) -> None:
    module, plain = command.module(), cli._Plain()
    parser = cli._parser("framing", "")
    for one in (plain, parser):
        module.add_arguments(one)
    found = plain.read(given)
    assert found is not None or command.name not in ("check", "watch", "profile")
    if found is not None:
        assert vars(found) == vars(parser.parse_args(given))


@pytest.mark.parametrize("given", [[], ["-"], ["a.txt", "--exit-zero"], ["-h"], ["a.txt", "-j2"]])
def test_anything_but_paths_is_left_to_argparse(given: list[str]) -> None:
    plain = cli._Plain()
    check = next(one for one in cli.COMMANDS if one.name == "check")
    check.module().add_arguments(plain)
    assert plain.read(given) is None


@pytest.mark.parametrize("before", ["", "atexit.register(print, 'the last word');"])
def test_the_process_ends_as_it_should(before: str) -> None:
    program = f"import atexit, sys; {before} from framing.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--format", "json", str(HERE / "drafts/pier.txt")],
        capture_output=True,
        encoding="utf-8",
    )
    report, _, said = done.stdout.rpartition("}\n")
    assert (done.returncode, said) == (FOUND, "the last word\n" if before else "")
    assert json.loads(report + "}")["schema_version"]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"framing {framing.__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for command in cli.COMMANDS:
        assert command.name in shown
        with pytest.raises(SystemExit):
            main([command.name, "--help"])
        assert f"usage: framing {command.name} " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check"], ["check", "--frobnicate", "a"]])
def test_usage_errors(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == FAILED


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("framing.checking.judging.prepare", interrupt)
    assert main(["check", put("a.txt", COMMENT)]) == 130


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "framing", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
    )


def test_python_m_framing() -> None:
    done = run("check", put("a.txt", COMMENT))
    assert done.returncode == FOUND
    assert done.stdout.startswith(b"a.txt:1:1: editorial 0.92")


def test_an_output_that_knows_ascii_alone() -> None:
    draft = put("a.txt", "A “new” pier is much needed.\n")
    done = run("explain", draft, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == CLEAN
    assert rb"A \u201cnew\u201d pier" in done.stdout
    done = run("explain", "--format", "json", draft, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads(done.stdout)["sentences"][0]["text"] == "A “new” pier is much needed."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to try")
def test_a_full_disk() -> None:
    draft = put("a.txt", COMMENT)
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "framing", "check", draft]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == FAILED
    assert b"framing: [Errno 28] No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_reader_that_has_seen_enough() -> None:
    put("a.txt", (COMMENT + "\n") * 5000)
    command = f'"{sys.executable}" -m framing check a.txt'
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        # Unbuffered, Python takes half a write for a whole one and never hears of the pipe.
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
    )
    assert done.returncode == 141
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
