"""``framing train`` and ``framing evaluate``."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_corpora import table, write_corpora

from framing.cli import main
from framing.commands.train import read_recipe
from framing.errors import ConfigError
from framing.model import LinearModel, load_model
from framing.training import Recipe, Source

ROOT = Path(__file__).resolve().parents[1]
RECIPE = """\
target = "newssd-eng"
extractors = ["evaluation", "facticity", "rhetoric"]
min_df = 3
C = 1

[sources]
newssd-eng = 3
ours = 0.3

[about]
name = "tiny"
"""
MEASURES = ["macro_f1", "editorial_f1", "precision", "recall", "auc", "ece"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def model(home: Path) -> str:
    recipe, output = home / "recipe.toml", home / "tiny.json"
    recipe.write_text(RECIPE, encoding="utf-8")
    assert (
        main(["train", "--recipe", str(recipe), "--data-home", str(home), "-o", str(output)]) == 0
    )
    return str(output)


def failing(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that cannot do its work; return its complaint, one line."""
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1, shown.err
    return shown.err


# train


def test_train_writes_what_the_recipe_says(model: str) -> None:
    made = load_model(model)
    assert made.about["name"] == "tiny"
    assert made.about["recipe"]["sources"] == [["newssd-eng", 3.0], ["ours", 0.3]]
    assert set(made.extractors) == {"evaluation", "facticity", "rhetoric"}
    assert made.scores(["What a disgraceful plan!"]) > made.scores(["It cost 7 euros on Monday."])


def test_train_from_data_named_on_the_command_line(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "own.json"
    arguments = ["--data", "ours:0.5", "--data", "newssd-eng", "--target", "newssd-eng"]
    extractors = ["--extractors", "evaluation, rhetoric"]
    code = main(
        ["train", *arguments, *extractors, "--data-home", str(home), "--output", str(output)]
    )
    assert code == 0
    made = load_model(output)
    assert set(made.extractors) == {"evaluation", "rhetoric"}
    assert made.about["recipe"]["sources"] == [["ours", 0.5], ["newssd-eng", 1.0]]
    assert capsys.readouterr().out == (
        f"{output}: {len(made.weights)} weights,"
        f" threshold {made.threshold:.2f}, target newssd-eng\n"
    )


def test_the_first_set_calibrates(home: Path, tmp_path: Path) -> None:
    output = tmp_path / "own.json"
    data = ["--data", "open-voice", "--data", "ours", "--extractors", "rhetoric"]
    assert main(["train", *data, "--data-home", str(home), "-o", str(output)]) == 0
    assert load_model(output).about["recipe"]["target"] == "open-voice"


def test_recipe_and_data_are_not_mixed(
    home: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = str(home / "recipe.toml")
    assert "give --recipe or --data, not both" in failing(
        "train", "--recipe", recipe, "--data", "ours", "-o", "x.json", capsys=capsys
    )


def test_train_needs_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--recipe FILE, or --data NAME" in failing("train", "-o", "x.json", capsys=capsys)


def test_train_needs_an_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["train", "--data", "ours"])
    assert stop.value.code == 2
    assert "--output" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--data", "gazette"], "no data set 'gazette'"),
        (["--data", "ours:heavy"], "name:weight"),
        (["--data", "ours", "--target", "open-voice"], "'open-voice' is none of"),
        (["--data", "ours", "--extractors", "clairvoyance"], "'clairvoyance'"),
        (["--recipe", "nowhere.toml"], "nowhere.toml: cannot read this recipe"),
    ],
)
def test_what_train_refuses(
    arguments: list[str], what: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "x.json"
    assert what in failing(
        "train", *arguments, "--data-home", str(home), "-o", str(output), capsys=capsys
    )
    assert not output.exists()


def test_train_names_a_missing_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = failing(
        *("train", "--data", "open-voice", "--data-home", str(tmp_path), "-o", "x.json"),
        capsys=capsys,
    )
    assert "datasets/README.md" in shown
    assert "--data-home" in shown


# recipes


def test_a_recipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE, encoding="utf-8")
    recipe, about = read_recipe(path)
    assert recipe == Recipe(
        (Source("newssd-eng", 3.0), Source("ours", 0.3)),
        "newssd-eng",
        extractors=("evaluation", "facticity", "rhetoric"),
        min_df=3,
        C=1.0,
    )
    assert about == {"name": "tiny"}


def test_the_shipped_recipe_is_read() -> None:
    recipe, about = read_recipe(ROOT / "framing" / "models" / "news-en.toml")
    assert recipe.target == "newssd-eng"
    assert about["name"] == "news-en"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("target = ", "cannot read this recipe"),
        ('target = "ours"\nlearning_rate = 0.1', "unknown key 'learning_rate'; there are C,"),
        ("[sources]\nours = 1", "add target ="),
        ("target = 3", "target is the name of a data set, not 3"),
        ('target = "ours"\ncurve = 2', "curve is the name of a curve, not 2"),
        ('target = "ours"\nmin_df = "ten"', "min_df is a whole number, not 'ten'"),
        ('target = "ours"\nmin_df = 1.5', "min_df is a whole number, not 1.5"),
        ('target = "ours"\nC = true', "C is a number, not True"),
        ('target = "ours"\nextractors = "evaluation"', "extractors is a list of names"),
        ('target = "ours"\nextractors = [1]', "extractors is a list of names"),
        ('target = "ours"\ndensity = ["1"]', "density is a list of numbers"),
        ('target = "ours"\nconfidence = [true]', "confidence is a list of numbers"),
        ('target = "ours"\nsources = ["ours"]', "write [sources] as a table"),
        ('target = "ours"\nabout = "tiny"', "write [about] as a table"),
        ('target = "ours"\n[sources]\nours = "1"', "the weight of ours is a number, not '1'"),
    ],
)
def test_what_is_no_recipe(text: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        read_recipe(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert what in str(raised.value)


def test_a_recipe_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"recipe\.toml: cannot read this recipe"):
        read_recipe(path)


def test_a_recipe_without_data_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('target = "ours"', encoding="utf-8")
    shown = failing("train", "--recipe", str(path), "-o", "x.json", capsys=capsys)
    assert "names no data set" in shown


# evaluate


def evaluated(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["evaluate", *arguments]) == 0
    return capsys.readouterr().out


def test_evaluate_in_json(home: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", "newssd-eng-test", "--data", "mpqa-writer-dev", "--data-home", str(home)]
    report: dict[str, Any] = json.loads(evaluated(model, *data, "--format", "json", capsys=capsys))
    assert list(report) == ["newssd-eng-test", "mpqa-writer-dev"]
    assert report["newssd-eng-test"]["sentences"] == 30
    for one in report.values():
        assert one["threshold"] == load_model(model).threshold
        assert list(one["measures"]) == MEASURES
        for value in one["measures"].values():
            assert 0 <= value["low"] <= value["value"] <= value["high"] <= 1
    assert report["newssd-eng-test"]["measures"]["auc"]["value"] > 0.9


def test_evaluate_in_text(home: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", "newssd-eng-test", "--data-home", str(home)]
    report = json.loads(evaluated(model, *data, "--format", "json", capsys=capsys))
    title, *lines = evaluated(model, *data, capsys=capsys).splitlines()
    one = report["newssd-eng-test"]
    assert title == f"newssd-eng-test: 30 sentences, threshold {one['threshold']:.2f}"
    shown_as = ["macro-F1", "editorial F1", "precision", "recall", "AUC", "ECE"]
    lines = lines[: len(MEASURES)]
    assert [line[2:15].strip() for line in lines] == shown_as
    for line, value in zip(lines, one["measures"].values(), strict=True):
        shown = [float(word.strip("[],")) for word in line[15:].split()]
        assert shown == pytest.approx([value["value"], value["low"], value["high"]], abs=5e-4)


def test_evaluate_with_another_threshold(
    home: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = [model, "--data", "newssd-eng-test", "--data-home", str(home), "--format", "json"]
    low = json.loads(evaluated(*data, "--threshold", "0", capsys=capsys))["newssd-eng-test"]
    assert low["threshold"] == 0.0
    assert low["measures"]["recall"]["value"] == 1.0


def test_evaluate_where_a_measure_is_not_defined(
    model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(
        tmp_path / "mpqa_writer" / "dev.tsv",
        "id,text,label_writer,article_id",
        *((n, "It rained.", 0, f"a{n}") for n in range(6)),
    )
    data = [model, "--data", "mpqa-writer-dev", "--data-home", str(tmp_path)]
    shown = evaluated(*data, "--format", "json", capsys=capsys)
    assert "NaN" not in shown
    auc = json.loads(shown)["mpqa-writer-dev"]["measures"]["auc"]
    assert auc == {"value": None, "low": None, "high": None}
    assert re.search("AUC +– +not defined", evaluated(*data, capsys=capsys))


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--data", "gazette"], "no data set 'gazette'"),
        (["--data", "ours", "--threshold", "7"], "--threshold is a number from 0 to 1"),
        (["--data", "ours", "--threshold", "nan"], "--threshold is a number from 0 to 1"),
    ],
)
def test_what_evaluate_refuses(
    arguments: list[str], what: str, home: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert what in failing("evaluate", model, *arguments, capsys=capsys)


def test_evaluate_names_a_model_that_is_none(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home / "recipe.toml"
    path.write_text(RECIPE, encoding="utf-8")
    wrong = home / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    assert f"{wrong}: not a framing model" in failing(
        "evaluate", str(wrong), "--data", "ours", capsys=capsys
    )
    assert "shipped models: news-en" in failing(
        "evaluate", "news-xx", "--data", "ours", capsys=capsys
    )


def test_evaluate_needs_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate"]) == 2
    assert "give --data NAME" in capsys.readouterr().err


def test_both_as_processes(home: Path, tmp_path: Path) -> None:
    output = tmp_path / "own.json"

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "framing", *arguments, "--data-home", str(home)],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    run("train", "--data", "newssd-eng", "--extractors", "evaluation", "-o", str(output))
    assert LinearModel.from_json(output.read_text(encoding="utf-8")).extractors.keys() == {
        "evaluation"
    }
    assert run("evaluate", str(output), "--data", "ours").startswith("ours: 26 sentences")
