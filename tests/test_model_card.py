"""The model card shows what was measured, and what was measured is the model that ships."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from framing.commands.evaluate import measured
from framing.datasets import load
from framing.model import LinearModel, load_model

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "tools" / "make_model_card.py"
CORPORA = ROOT.parent / "shared" / "data"
REMEDY = "the card is stale: python tools/make_model_card.py --data-home CORPORA"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_model_card", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measures(tool: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tool.MEASURES.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return load_model("news-en")


@pytest.fixture(scope="module")
def card(tool: ModuleType) -> str:
    page: str = tool.CARD.read_text(encoding="utf-8")
    return page


def test_it_was_measured_with_the_model_that_ships(
    tool: ModuleType, measures: dict[str, Any]
) -> None:
    assert measures["model"]["sha256"] == tool.digest(), REMEDY


def test_the_code_still_gives_what_was_measured(
    tool: ModuleType, measures: dict[str, Any], model: LinearModel
) -> None:
    # Lexicons and hearing change scores too, under the same weights.
    found = tool.seen_again(model)
    assert found == pytest.approx(measures["seen_again"], abs=0.003), REMEDY


def test_the_card_shows_the_measures(
    tool: ModuleType, measures: dict[str, Any], model: LinearModel, card: str
) -> None:
    template = tool.TEMPLATE.read_text(encoding="utf-8")
    assert tool.render(measures, model, template) == card, (
        "python tools/make_model_card.py --render"
    )


def test_a_template_that_asks_for_what_there_is_not(
    tool: ModuleType, measures: dict[str, Any], model: LinearModel
) -> None:
    with pytest.raises(SystemExit, match=r"unknown mark .*weather"):
        tool.render(measures, model, "# {{name}}\n\n{{weather}}\n")


def test_it_has_the_sections_of_a_model_card(card: str) -> None:
    found = re.findall(r"^## (.+)$", card, re.MULTILINE)
    assert found == [
        "Model details",
        "Intended use",
        "Out of scope",
        "Factors",
        "Data",
        "Metrics",
        "Quantitative analyses",
        "Ethical considerations",
        "Caveats and recommendations",
    ]


def test_a_changed_model_makes_it_stale(tool: ModuleType, tmp_path: Path) -> None:
    changed = tmp_path / "news-en.json"
    changed.write_bytes(tool.MODEL.read_bytes())
    assert tool.digest(changed) == tool.digest()
    changed.write_bytes(tool.MODEL.read_bytes().replace(b'"base": -', b'"base": -1'))
    assert tool.digest(changed) != tool.digest()


def test_no_probability_lies_outside_its_interval(measures: dict[str, Any]) -> None:
    for one in measures["sets"].values():
        for part in ("measures", "context", "sure", "source_only"):
            for value in one.get(part, {}).values():
                if value["value"] is not None:
                    assert 0 <= value["low"] <= value["value"] <= value["high"] <= 1


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout")
@pytest.mark.parametrize("name", ["newssd-eng-test", "babe-opinion-dev"])
def test_measured_again(name: str, measures: dict[str, Any], model: LinearModel) -> None:
    found = measured(model, load(name, CORPORA), model.threshold)
    wanted = measures["sets"][name]["measures"]
    for key, value in found["measures"].items():
        assert value["value"] == pytest.approx(wanted[key]["value"], abs=0.003), REMEDY
