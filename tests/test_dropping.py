"""A plug-in that fails stops the run; or, if that is wanted, has no part in it, visibly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from test_contract import LEAVES, PLUGIN, RAISES, install

import framing
from framing import Evidence, Extractor, FramingError, LinearModel, analyze
from framing.dropping import Dropped, judged
from framing.errors import ExtractorError
from framing.text import Sentence

TEXT = "It rained on Monday. What a shameful, cowardly excuse that is!"
#: A plug-in that fails at one word, after it has marked other sentences.
PICKY = """
from framing import Evidence, Extractor

def find(sentence):
    if "shameful" in sentence.text:
        raise ValueError("on purpose\\x1b[2J")
    yield Evidence(0, 2, "bad.x")

PLUG = Extractor("bad", {"bad.x": "marks, count per sentence; source: tests"}, find=find)
"""


def picky(word: str = "shameful") -> Extractor:
    def find(sentence: Sentence) -> Iterator[Evidence]:
        if word in sentence.text:
            raise ValueError("on purpose")
        yield Evidence(0, 2, "bad.x")

    return Extractor("bad", {"bad.x": "marks, count; source: tests"}, find=find)


def model_with(*extra: Extractor) -> LinearModel:
    weights = {"evaluation.negative.strong": 2.0, "bad.x": 1.0}
    return LinearModel(weights, -1.0, extractors={}).with_extractors(extra)


# In Python


def test_it_stops() -> None:
    with pytest.raises(ExtractorError, match="extractor 'bad' fails with ValueError"):
        analyze(TEXT, model=model_with(picky()))


def test_it_is_dropped_from_the_whole_document() -> None:
    found = analyze(TEXT, model=model_with(picky()), on_plugin_error="drop")
    without = analyze(TEXT, model=model_with())
    assert [one.score for one in found] == [one.score for one in without]
    assert not [part for one in found for part in one.contributions if part.feature == "bad.x"]
    assert found.dropped == (Dropped("bad", "extractor 'bad' fails with ValueError('on purpose')"),)
    assert analyze(TEXT, model=model_with(picky("hail")), on_plugin_error="drop").dropped == ()


def test_others_keep_their_marks() -> None:
    def find(sentence: Sentence) -> Iterable[Evidence]:
        return [Evidence(0, 1, "good.x")]

    good = Extractor("good", {"good.x": "marks, count; source: tests"}, find=find)
    found = analyze(TEXT, model=model_with(picky(), good), on_plugin_error="drop")
    assert [one.contributions[0].feature for one in found] == ["good.x", "good.x"]


def test_two_that_fail_are_both_named() -> None:
    other = picky().replace(name="worse", features={"worse.*": "marks; source: tests"})
    found = analyze(TEXT, model=model_with(picky(), other), on_plugin_error="drop")
    assert {one.extractor for one in found.dropped} == {"bad", "worse"}


def test_an_error_of_framing_itself_is_never_dropped() -> None:
    def work(model: LinearModel) -> None:
        raise ExtractorError("extractor 'hedging' is there already")

    with pytest.raises(ExtractorError, match="there already"):
        judged(model_with(), work, "drop")


def test_one_that_the_model_does_not_know_ends_it() -> None:
    def work(model: LinearModel) -> None:
        raise ExtractorError("extractor 'bad' fails", "bad")

    with pytest.raises(ExtractorError, match="fails"):
        judged(model_with(), work, "drop")


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="'stop' or 'drop', not 'ignore'"):
        analyze(TEXT, on_plugin_error="ignore")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["It rained.", "What a shameful excuse!", "He left."]), max_size=6))
def test_what_is_left_adds_up(sentences: list[str]) -> None:
    found = analyze("\n\n".join(sentences), model=model_with(picky()), on_plugin_error="drop")
    assert bool(found.dropped) is any("shameful" in one for one in sentences)
    for one in found:
        if one.score is not None and one.base is not None:
            total = one.base + sum(part.amount for part in one.contributions)
            assert total == pytest.approx(one.score, abs=1e-9)


# At the desk


class Home:
    """A folder with a draft, a model and a plug-in, in which the command is run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "draft.txt").write_text(TEXT)

    def plug(self, module: str) -> None:
        install(self.folder, module)
        model = LinearModel({"bad.x": 1.0}, 1.0, extractors={"bad": ""})
        (self.folder / "model.json").write_text(model.to_json())

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "framing", *arguments],
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            cwd=self.folder,
        )
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stderr + done.stdout
        return done


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        (PICKY, "extractor 'bad' of bad-dist fails with ValueError("),
        (PLUGIN.format(kind="shape", mischief=RAISES), "extractor 'bad' of bad-dist fails with"),
        (PLUGIN.format(kind="measure", mischief=LEAVES), "extractor 'bad' of bad-dist fails with"),
        (PLUGIN.format(kind="hear", mischief=RAISES), ""),  # there are no voices
        ("import nowhere_to_be_found", "plug-in 'bad' of bad-dist cannot be imported"),
        ("PLUG = 5", "plug-in 'bad' of bad-dist is int, not an Extractor"),
    ],
    ids=["find", "shape", "measure", "hear", "import", "no extractor"],
)
def test_a_check_goes_on_without_it(module: str, reason: str, home: Home) -> None:
    home.plug(module)
    options = ("check", "--model", "model.json", "draft.txt")
    if reason:
        assert home.run(*options).returncode == 2
    done = home.run(*options, "--on-plugin-error", "drop", "--jobs", "2", "--cache")
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("editorial 0.73") == 2  # the base alone
    if reason:
        assert f"framing: draft.txt: judged without 'bad': {reason}" in done.stderr
        assert "; without the extractor 'bad', which failed" in done.stderr


@pytest.mark.parametrize("where", ["framing.toml", "setup.cfg"])
def test_the_configuration_may_ask_for_it(where: str, home: Home) -> None:
    home.plug(PICKY)
    header = "[framing]\n" if where == "setup.cfg" else ""
    value = "drop" if where == "setup.cfg" else '"drop"'
    (home.folder / where).write_text(f"{header}on-plugin-error = {value}\n")
    options = ("--model", "model.json", "draft.txt")
    assert home.run("check", *options).returncode == 1
    assert home.run("check", *options, "--on-plugin-error", "stop").returncode == 2
    assert home.run("explain", *options).returncode == 0
    shown = home.run("config", "draft.txt").stdout
    assert [line for line in shown.splitlines() if "on-plugin-error" in line and "drop" in line]
    (home.folder / where).write_text(f"{header}on-plugin-error = {value[:-1]}{value[-1:] * 2}\n")
    assert home.run("check", *options).returncode == 2


@pytest.mark.parametrize("command", ["explain", "profile", "claims", "report"])
def test_every_command_says_so(command: str, home: Home) -> None:
    home.plug(PICKY)
    options = [command, "--model", "model.json", "draft.txt", "--on-plugin-error", "drop"]
    options += ["-o", "page.html"] if command == "report" else []
    done = home.run(*options)
    assert done.returncode == 0, done.stderr
    assert "draft.txt: judged without 'bad': extractor 'bad' of bad-dist fails with" in done.stderr
    shown = done.stdout
    if command == "report":
        shown = (home.folder / "page.html").read_text()
    if command in ("explain", "report"):
        assert "without the extractor &#x27;bad&#x27;" in shown or "extractor 'bad'" in shown


def test_reports_say_so(home: Home) -> None:
    home.plug(PICKY)
    kinds = ("json", "markdown", "sarif")
    outputs = [f"--output={kind}={kind}" for kind in kinds]
    model = ("--model", "model.json", "--on-plugin-error", "drop", "draft.txt")
    assert home.run("check", *outputs, *model).returncode == 1
    for kind in kinds:
        report = (home.folder / kind).read_text()
        assert "of bad-dist fails with ValueError" in report, kind
        assert "\x1b" not in report
    schemas = Path(framing.__file__).parent / "schemas"
    for schema, report in (
        ("check-1.json", (home.folder / "json").read_text()),
        ("report-1.json", home.run("explain", "--format", "json", *model).stdout),
    ):
        found = json.loads(report)
        Draft202012Validator(json.loads((schemas / schema).read_text())).validate(found)
        dropped = found.get("dropped") or found["summary"]["dropped"]
        assert [one["extractor"] for one in dropped] == ["bad"]


def test_a_model_for_other_lexicons_is_refused_all_the_same(home: Home) -> None:
    model = LinearModel({"hedging.x": 1.0}, 1.0, extractors={"hedging": "0"})
    (home.folder / "model.json").write_text(model.to_json())
    done = home.run("check", "--model", "model.json", "--on-plugin-error", "drop", "draft.txt")
    assert done.returncode == 2
    assert "extractor 'hedging': this model was trained with" in done.stderr
    model = LinearModel({"gone.x": 1.0}, 1.0, extractors={"gone": ""})
    (home.folder / "model.json").write_text(model.to_json())
    done = home.run("check", "--model", "model.json", "--on-plugin-error", "drop", "draft.txt")
    assert done.returncode == 2
    assert "no extractor 'gone' is installed" in done.stderr


def test_who_waits_for_one_that_hangs_learns_for_which() -> None:
    def find(sentence: Sentence) -> Iterable[Evidence]:
        raise KeyboardInterrupt

    slow = Extractor("slow", {"slow.x": "marks; source: tests"}, find=find)
    with pytest.raises(KeyboardInterrupt, match="stopped while extractor 'slow' was running"):
        analyze(TEXT, model=model_with(slow), on_plugin_error="drop")


def test_the_error_can_be_caught_as_all_are() -> None:
    assert issubclass(ExtractorError, FramingError)
    assert ExtractorError("x").extractor == ""
