"""``framing evaluate --behaviour`` and ``--against``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from small_corpora import write_corpora
from stand_in_model import stand_in

from framing.behaviour import Material, behaviour
from framing.cli import main
from framing.commands import evaluate
from framing.context import Context
from framing.datasets import load
from framing.evaluation import measure
from framing.model import load_model
from framing.reports.evaluation import markdown, text

THREE = ["auc", "macro_f1", "editorial_f1"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def arguments(home: Path) -> list[str]:
    model = home / "model.json"
    model.write_text(stand_in().to_json(), encoding="utf-8")
    return ["evaluate", str(model), "--data", "newssd-eng-test", "--data-home", str(home)]


def shown(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def report(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    text = shown([*arguments, "--format", "json"], capsys)
    assert "NaN" not in text
    one: dict[str, Any] = json.loads(text)["newssd-eng-test"]
    return one


def loud(text: str) -> dict[str, float]:
    """Score a text as VADER does, by its exclamation marks and "shameful"."""
    return {"compound": -0.4 if "shameful" in text else 0.05 if "!" in text else 0.0}


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for both packages: tests measure the command, not the peers."""
    vader = SimpleNamespace(
        SentimentIntensityAnalyzer=lambda: SimpleNamespace(polarity_scores=loud)
    )
    textblob = SimpleNamespace(
        TextBlob=lambda text: SimpleNamespace(
            sentiment=SimpleNamespace(subjectivity=0.5 if "we" in text.lower() else 0.25)
        )
    )
    monkeypatch.setitem(sys.modules, "vaderSentiment", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", vader)
    monkeypatch.setitem(sys.modules, "textblob", textblob)


def test_nothing_more_than_asked_for(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {"sentences", "threshold", "measures", "abstention"}
    assert set(report(arguments, capsys)) == wanted


def test_behaviour_in_json(
    arguments: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report([*arguments, "--behaviour"], capsys)["behaviour"]
    material = Material.of(load("newssd-eng-test", home))
    for one, probe in zip(found, behaviour(stand_in(), material), strict=True):
        value = probe.value if probe.tried else None
        assert one == {**probe._asdict(), "value": value, "worst": list(probe.worst)}
    assert found[0]["tried"] > 0


def test_behaviour_at_the_threshold_asked_for(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    # All is editorial, so nothing becomes reporting.
    found = report([*arguments, "--behaviour", "--threshold", "0"], capsys)["behaviour"]
    wrapped = next(one for one in found if one["name"] == "quote-wrap")
    assert (wrapped["value"], wrapped["tried"] > 0) == (0.0, True)


def test_behaviour_in_text(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    # At this threshold all is editorial, and the wraps fail.
    asked = [*arguments, "--behaviour", "--threshold", "0"]
    found = report(asked, capsys)["behaviour"]
    lines = shown(asked, capsys).splitlines()
    header, *table = lines[lines.index("behaviour") + 1 :]
    assert header.split()[:3] == ["probe", "measure", "value"]
    assert len(table) == len(found)
    for line, one in zip(table, found, strict=True):
        assert line.startswith(f"  {one['name']} ")
        value = "–" if one["value"] is None else f"{one['value']:.3f}"
        worst = ", ".join(map(str, one["worst"][:3]))
        assert re.search(rf" {value} +{one['tried']}( +{worst})?$", line), line
        assert line.endswith(worst)
    assert any(one["value"] is None for one in found)
    assert any(one["worst"] for one in found)


@pytest.mark.usefixtures("peers")
def test_peers_in_json(
    arguments: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report([*arguments, "--against", "vader, textblob"], capsys)["against"]
    assert list(found) == ["vader", "textblob"]
    assert (found["vader"]["score"], found["vader"]["threshold"]) == ("|compound|", 0.05)
    assert (found["textblob"]["score"], found["textblob"]["threshold"]) == ("subjectivity", 0.5)
    frame = load("newssd-eng-test", home)
    texts, truth = frame["text"].tolist(), frame["label"].tolist()
    called = {
        "vader": [int("shameful" in text or "!" in text) for text in texts],  # -.4 counts as .4
        "textblob": [int("we" in text.lower()) for text in texts],
    }
    for name, guess in called.items():
        assert list(found[name]["measures"]) == THREE
        both = sum(one and other for one, other in zip(guess, truth, strict=True))
        f1 = 2 * both / (sum(guess) + sum(truth))
        value = found[name]["measures"]["editorial_f1"]
        assert value["value"] == pytest.approx(f1, abs=1e-12)
        assert value["low"] <= value["value"] <= value["high"]


@pytest.mark.usefixtures("peers")
def test_peers_in_text(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown([*arguments, "--against", "textblob"], capsys).splitlines()
    at = lines.index("against textblob (subjectivity, threshold 0.50)")
    assert [line[2:15].strip() for line in lines[at + 1 :]] == ["AUC", "macro-F1", "editorial F1"]


def test_a_threshold_that_is_none(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--threshold", "1.5"]) == 2
    assert "--threshold is a number from 0 to 1, not 1.5" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(evaluate.PEERS))
def test_a_peer_that_is_not_installed(
    name: str,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peer = evaluate.PEERS[name]
    monkeypatch.setitem(sys.modules, peer.module, None)
    assert main([*arguments, "--against", name]) == 2
    told = capsys.readouterr()
    assert f"--against {name} needs {peer.package}" in told.err
    assert f"pip install {peer.package}" in told.err
    assert told.out == ""


def test_an_unknown_peer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--against", "vader,oracle"]) == 2
    assert "--against oracle: unknown; there are textblob, vader" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(evaluate.PEERS))
def test_the_real_peers(name: str) -> None:
    pytest.importorskip(evaluate.PEERS[name].module)
    scores = evaluate.find_peers(name)[name]
    strong, none = scores(["This is a horrible, disgusting disgrace.", "The vote is on Monday."])
    assert strong >= evaluate.PEERS[name].default > none >= 0


# context, parts of a set, abstention


MIXED = ("mpqa-writer-dev", "ours")


@pytest.fixture(scope="module")
def banded(home: Path) -> Path:
    """A model with a band of unsure probabilities and a context."""
    path = home / "banded.json"
    limits = {"default": 0.5, "reporting": 0.4, "editorial": 0.8}
    model = stand_in().replace(thresholds=limits, context=Context(6.0))
    path.write_text(model.to_json(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def full(banded: Path, home: Path) -> list[str]:
    sets = [word for name in MIXED for word in ("--data", name)]
    return ["evaluate", str(banded), *sets, "--data-home", str(home), "--context"]


def all_sets(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shown([*arguments, "--format", "json"], capsys))
    return found


def test_context_in_json(
    full: list[str], home: Path, banded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = all_sets(full, capsys)
    for name in MIXED:
        frame = load(name, home)
        model = load_model(banded)
        scores = model.scores(frame["text"].tolist())
        chances = [model.probability(score) for score in scores]
        for article, part in frame.groupby("group"):
            assert model.context is not None
            if article != "p1":  # pairs are no article
                amounts = model.context.amounts([chances[row] for row in part.index])
                for row, amount in zip(part.index, amounts, strict=True):
                    scores[row] += amount
        values = measure(frame["label"], [model.probability(score) for score in scores], 0.5)
        together = found[name]["context"]
        assert {key: together[key]["value"] for key in values} == pytest.approx(values)
    assert "context" not in all_sets(full[:-1], capsys)["ours"]


def test_comments_in_articles_that_mostly_report(banded: Path) -> None:
    texts = ["The pier opened on Monday."] * 6 + ["A new pier is much needed."]
    frame = pd.DataFrame({"text": texts, "label": [0] * 6 + [1], "group": "a", "article_id": "a"})
    found = evaluate.measured(load_model(banded), frame, 0.5, context=True)["context"]
    assert found["rare_alone"]["value"] == found["rare_in_context"]["value"] == 1.0
    # Where every article mostly comments there is nothing to measure.
    found = evaluate.measured(load_model(banded), frame.assign(label=1), 0.5, context=True)
    assert "rare_alone" not in found["context"]


def test_context_of_a_model_without_one(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--context"]) == 2
    assert "knows no context; train one that does" in capsys.readouterr().err


def test_sets_without_articles_have_no_context(
    full: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*full[:2], "--data", "newssd-eng-test", *full[-3:]]
    assert "context" not in all_sets(asked, capsys)["newssd-eng-test"]


def test_opinion_through_a_source(
    full: list[str], home: Path, banded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = all_sets(full, capsys)["mpqa-writer-dev"]["source_only"]
    frame, model = load("mpqa-writer-dev", home), load_model(banded)
    through = frame[(frame["label_source_only"] == "1") & (frame["label"] == 0)]["text"].tolist()
    assert through
    called = [model.probability(score) >= 0.5 for score in model.scores(through)]
    assert found["called"]["value"] == pytest.approx(sum(called) / len(called))
    assert 0 <= found["called_at_recall_70"]["value"] <= 1


def test_verdicts_that_are_sure(full: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = all_sets(full, capsys)["ours"]
    assert set(found["sure"]) == {"share", "editorial", "reporting"}
    assert 0 < found["sure"]["share"]["value"] <= 1
    assert [one["coverage"] for one in found["abstention"]][:2] == [1.0, 0.9]
    accuracy = 1 - found["abstention"][0]["error"]
    assert 0 < accuracy <= 1


def test_parts_of_a_set(full: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = all_sets(full, capsys)
    assert "cells" not in found["ours"]
    assert set(found["mpqa-writer-dev"]["cells"]) == {"topic", "outlet"}
    # Small parts are measured together.
    assert [one["name"] for one in found["mpqa-writer-dev"]["cells"]["outlet"]] == ["(others)"]


def test_text_and_markdown_say_the_same(
    full: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for page in (shown(full, capsys), shown([*full, "--format", "markdown"], capsys)):
        for words in ("in context of the article", "at 70 % recall", "by outlet", "90%"):
            assert words in page
    assert "## ours\n" in page
    assert "| with a label | wrong | macro-F1 |\n|---|---|---|\n| 100% |" in page


def test_a_report_to_a_file(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "measures.md"
    asked = [*arguments, "--format", "markdown"]
    wanted = shown(asked, capsys)
    assert shown([*asked, "-o", str(path)], capsys) == ""
    assert path.read_text(encoding="utf-8") == wanted
    # Whole or not at all.
    assert main([*asked, "--data", "gazette", "-o", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == wanted


def test_a_name_is_no_markup() -> None:
    cell = dict.fromkeys(("accuracy", "low", "high", "macro_f1", "auc"), 0.5)
    name = "[a|b](x) <b>`*"
    cells = {"outlet": [{"name": name, "sentences": 40, "editorial": 9, **cell}]}
    measures = {"auc": {"value": 0.5, "low": 0.5, "high": 0.5}}
    report = {"x": {"sentences": 40, "threshold": 0.5, "measures": measures, "cells": cells}}
    page = markdown(report)
    assert "| [a\\|b\\](x) \\<b\\>\\`\\* | 40 |" in page
    assert name in text(report)
    assert "\x1b" not in text({"\x1b[1m": report["x"]})


def test_what_is_no_data_set_stands_below_in_markdown(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    page = shown([*arguments, "--spans", "--format", "markdown"], capsys)
    sets, fence, table = page.partition("\n## spans\n\n```text\n")
    assert sets.startswith("## newssd-eng-test\n") and fence
    assert table.endswith("\n```\n")
    alone = shown([arguments[0], arguments[1], "--spans"], capsys)
    assert alone.strip() == table.removesuffix("\n```\n").strip()
