"""``framing evaluate --behaviour`` and ``--against``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from small_corpora import write_corpora
from stand_in_model import stand_in

from framing.behaviour import Material, behaviour
from framing.cli import main
from framing.commands import evaluate
from framing.datasets import load

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
    assert set(report(arguments, capsys)) == {"sentences", "threshold", "measures"}


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
    table = lines[lines.index("behaviour") + 1 :]
    assert len(table) == len(found)
    for line, one in zip(table, found, strict=True):
        assert line.startswith(f"  {one['name']} ")
        assert f" of {one['tried']:>5}" in line
        value = "–" if one["value"] is None else f"{one['value']:.3f}"
        assert f" {value} of" in line
        rows = line.partition("  rows ")[2]
        assert rows == ", ".join(map(str, one["worst"][:3]))
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
    assert [line.split()[0] for line in lines[at + 1 :]] == THREE


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
    scores = evaluate._peers(name)[name]
    strong, none = scores(["This is a horrible, disgusting disgrace.", "The vote is on Monday."])
    assert strong >= evaluate.PEERS[name].default > none >= 0
