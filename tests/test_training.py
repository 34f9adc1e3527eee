"""From small data sets to a model: folds, calibration, threshold, and the same bytes twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score
from small_corpora import table, write_corpora

import framing.training
from framing.calibration import probability
from framing.errors import ConfigError, DataError, ExtractorError
from framing.features import platt
from framing.model import LinearModel
from framing.training import (
    Recipe,
    Source,
    best_threshold,
    beta,
    fit,
    fit_context,
    gather,
    held_out_scores,
    parse_sources,
    train,
    unsure_band,
)

EXTRACTORS = ("evaluation", "facticity", "rhetoric", "wording")
RECIPE = Recipe(
    parse_sources(["newssd-eng:3", "open-voice", "ours:0.3"]),
    "newssd-eng",
    extractors=EXTRACTORS,
    min_df=3,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def model(home: Path) -> LinearModel:
    return train(RECIPE, home, {"name": "tiny", "credit": "ours"})


# recipes


def test_sources() -> None:
    assert parse_sources(["ours", "open-voice:0.25"]) == (
        Source("ours", 1.0),
        Source("open-voice", 0.25),
    )


@pytest.mark.parametrize("text", ["ours:", "ours:much", "ours:1:2"])
def test_a_source_that_is_none(text: str) -> None:
    with pytest.raises(DataError, match=r"write a data set as name or name:weight, not '"):
        Source.parse(text)


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf"])
def test_a_weight_that_is_none(weight: str, home: Path) -> None:
    recipe = Recipe(parse_sources([f"newssd-eng:{weight}"]), "newssd-eng")
    with pytest.raises(DataError, match="newssd-eng: a weight is a number above 0"):
        gather(recipe, home)


def test_gathered_data_has_weights(home: Path) -> None:
    data = gather(RECIPE, home)
    assert {"text", "label", "group", "source", "weight"} <= set(data.columns)
    weights = data.groupby("source")["weight"].unique()
    assert {name: one.tolist() for name, one in weights.items()} == {
        "newssd-eng": [3.0],
        "open-voice": [1.0],
        "ours": [0.3],
    }


def test_labels_of_doubt_weigh_less(home: Path) -> None:
    data = gather(replace(RECIPE, confidence=(0.5, 1.0, 2.0)), home)
    told = data[data["source"] == "open-voice"]
    assert set(told["confidence"]) <= {"1", "2", "3"}
    factors = told["confidence"].map({"1": 0.5, "2": 1.0, "3": 2.0})
    assert told["weight"].tolist() == factors.tolist()


def test_labels_that_annotators_disagreed_on_are_labels_of_doubt(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    path = tmp_path / "newssd_eng" / "train.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("False", "True")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = gather(replace(RECIPE, confidence=(0.5, 1.0, 2.0)), tmp_path)
    assert data.loc[data["source"] == "newssd-eng", "weight"].tolist() == [1.5, *[3.0] * 84]


@pytest.mark.parametrize("confidence", [(1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, float("nan"))])
def test_factors_that_are_none(confidence: tuple[float, ...], home: Path) -> None:
    with pytest.raises(DataError, match="confidence is three numbers above 0"):
        gather(replace(RECIPE, confidence=confidence), home)


def test_other_sets_may_join_the_calibration(home: Path) -> None:
    alone = train(RECIPE, home)
    joined = train(replace(RECIPE, calibrate=("ours:2.0",)), home)
    assert joined.weights == alone.weights
    assert joined.calibration != alone.calibration


def test_a_curve_of_two_slopes(home: Path) -> None:
    made = train(replace(RECIPE, curve="beta"), home)
    low, high, _ = made.calibration
    assert low >= 0 and high >= 0
    data = gather(RECIPE, home)
    labels = data.loc[data["source"] == "newssd-eng", "label"].to_numpy()
    fitted = beta(held_out_scores(RECIPE, data), labels)
    assert made.calibration == tuple(round(one, 4) for one in fitted)
    assert LinearModel.from_json(made.to_json()).calibration == made.calibration


def test_an_unknown_curve_is_refused(home: Path) -> None:
    with pytest.raises(ConfigError, match="curve is one of platt, beta, not 'bezier'"):
        train(replace(RECIPE, curve="bezier"), home)


def curved(low: float, high: float) -> tuple[Any, Any]:
    """Scores, and labels that follow a curve with two slopes."""
    chance = np.random.default_rng(5)
    scores = chance.uniform(-6, 6, 20_000)
    chances = [probability(score, (low, high, 0.5)) for score in scores.tolist()]
    return scores, (chance.uniform(size=len(scores)) < chances).astype(int)


@pytest.mark.parametrize(("low", "high"), [(1.5, 0.4), (0.4, 1.5), (1.0, 1.0)])
def test_two_slopes_are_found_again(low: float, high: float) -> None:
    found = beta(*curved(low, high))
    assert found == pytest.approx((low, high, 0.5), abs=0.15)


def test_a_slope_that_would_fall_is_held_at_0() -> None:
    scores = np.linspace(-4, 4, 400)
    falling = (np.arange(400) % 10 < np.linspace(9, 1, 400)).astype(int)
    assert beta(scores, falling)[:2] == (0, 0)
    bent = np.where(scores < 0, falling, np.arange(400) % 10 < 2 + 2 * scores)
    low, high, _ = beta(scores, bent)
    assert low == 0 < high


def test_a_recipe_may_set_the_threshold(home: Path) -> None:
    made = train(replace(RECIPE, threshold=0.3), home)
    assert made.threshold == 0.3
    assert made.thresholds["reporting"] <= 0.3 <= made.thresholds["editorial"]
    with pytest.raises(ConfigError, match=r"threshold is a probability, or 0 .* not 1\.5"):
        train(replace(RECIPE, threshold=1.5), home)


@pytest.mark.parametrize(
    ("recipe", "what"),
    [
        (Recipe((), "ours"), "names no data set"),
        (Recipe(parse_sources(["open-voice"]), "ours"), "'ours' is none of the recipe's"),
        (Recipe(parse_sources(["gazette"]), "gazette"), "no data set 'gazette'"),
        (replace(RECIPE, folds=10), "newssd-eng: 10 folds need as many articles, there are 9"),
    ],
)
def test_what_cannot_be_trained(recipe: Recipe, what: str, home: Path) -> None:
    with pytest.raises(DataError) as raised:
        train(recipe, home)
    assert what in str(raised.value)


def test_one_label_cannot_be_trained(tmp_path: Path) -> None:
    table(
        tmp_path / "mpqa_writer" / "dev.tsv",
        "id,text,label_writer,article_id",
        *((n, "It rained.", 0, f"a{n}") for n in range(10)),
    )
    with pytest.raises(DataError, match="all sentences have one label"):
        train(Recipe(parse_sources(["mpqa-writer-dev"]), "mpqa-writer-dev"), tmp_path)


def test_an_unknown_extractor_is_named(home: Path) -> None:
    with pytest.raises(ExtractorError, match="clairvoyance"):
        train(replace(RECIPE, extractors=("clairvoyance",)), home)


# folds


def test_no_article_is_scored_by_a_model_that_has_seen_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = gather(RECIPE, home)
    target = data[data["source"] == "newssd-eng"]
    seen: list[set[str]] = []
    real = framing.training.fit

    def spy(recipe: Recipe, kept: pd.DataFrame) -> LinearModel:
        seen.append(set(kept.loc[kept["source"] == "newssd-eng", "group"]))
        assert (kept["source"] != "newssd-eng").sum() == len(data) - len(target)
        return real(recipe, kept)

    monkeypatch.setattr(framing.training, "fit", spy)
    scores = held_out_scores(RECIPE, data)
    assert scores.shape == (len(target),)
    held = [set(target["group"]) - one for one in seen]
    assert len(held) == RECIPE.folds
    assert set.union(*held) == set(target["group"])
    assert sum(map(len, held)) == target["group"].nunique()


def test_held_out_scores_are_in_the_order_of_the_target(home: Path) -> None:
    data = gather(RECIPE, home)
    turned = data.iloc[::-1].reset_index(drop=True)
    scores = held_out_scores(RECIPE, data)
    labels = data.loc[data["source"] == "newssd-eng", "label"].to_numpy()
    assert np.corrcoef(scores, labels)[0, 1] > 0.7
    backwards = held_out_scores(RECIPE, turned)
    assert np.corrcoef(backwards[::-1], labels)[0, 1] > 0.7


# the model


def test_training_twice_gives_the_same_bytes(model: LinearModel, home: Path) -> None:
    again = train(RECIPE, home, {"name": "tiny", "credit": "ours"})
    assert again.to_json().encode() == model.to_json().encode()


def test_numbers_are_rounded_and_none_is_zero(model: LinearModel) -> None:
    for number in (*model.weights.values(), model.base, *model.calibration):
        assert number == round(number, RECIPE.digits)
        assert number != 0
    assert all(abs(weight) < 0.1 for weight in fit_digits(model, 1))


def fit_digits(model: LinearModel, digits: int) -> list[float]:
    return [weight - round(weight, digits) for weight in model.weights.values()]


def test_the_model_says_where_it_is_from(model: LinearModel) -> None:
    about: dict[str, Any] = dict(model.about)
    assert (about["name"], about["credit"]) == ("tiny", "ours")
    assert about["data"]["newssd-eng"] == {"sentences": 85, "editorial": 42}
    assert set(about["data"]) == {"newssd-eng", "open-voice", "ours"}
    assert about["recipe"]["sources"] == [["newssd-eng", 3.0], ["open-voice", 1.0], ["ours", 0.3]]
    assert about["recipe"]["target"] == "newssd-eng"
    assert about["recipe"]["C"] == RECIPE.C
    assert set(about["recipe"]) == set(vars(RECIPE))


def test_the_model_survives_its_file(model: LinearModel) -> None:
    again = LinearModel.from_json(model.to_json())
    assert again.to_json() == model.to_json()
    assert again.scores(["What a shameful plan!"]) == model.scores(["What a shameful plan!"])


def test_calibration_and_threshold_come_from_held_out_scores(
    model: LinearModel, home: Path
) -> None:
    data = gather(RECIPE, home)
    labels = data.loc[data["source"] == "newssd-eng", "label"].to_numpy()
    held = held_out_scores(RECIPE, data)
    slope, intercept = platt(held, labels)
    assert model.calibration == (round(slope, 4), round(intercept, 4))
    chances = np.asarray([model.probability(score) for score in held])
    assert model.threshold == best_threshold(labels, chances)
    low, high = unsure_band(labels, chances, model.threshold, RECIPE.precision)
    assert model.thresholds == {"default": model.threshold, "reporting": low, "editorial": high}
    assert low <= model.threshold <= high
    assert model.context is None


@pytest.mark.parametrize("precision", [0.6, 0.8, 0.9, 0.95])
def test_outside_the_band_both_labels_are_right_often_enough(precision: float) -> None:
    chance = np.random.default_rng(3)
    chances = chance.uniform(size=2000)
    labels = (chance.uniform(size=2000) < chances).astype(int)
    low, high = unsure_band(labels, chances, 0.5, precision)
    assert 0 < low <= 0.5 <= high < 1
    assert labels[chances >= high].mean() >= precision
    assert 1 - labels[chances < low].mean() >= precision
    # No narrower band would do.
    assert low == 0.5 or 1 - labels[chances < low + 0.01].mean() < precision
    assert high == 0.5 or labels[chances >= high - 0.01].mean() < precision


def test_where_nothing_is_sure_all_is_unsure() -> None:
    labels, chances = np.tile([0, 1], 200), np.linspace(0.1, 0.9, 400)
    assert unsure_band(labels, chances, 0.5, 0.99) == (0.0, 1.0)


def articles(seed: int, count: int = 150, size: int = 8) -> tuple[Any, Any, Any]:
    """Scores of articles in some of which comments are frequent; half of each score is noise."""
    chance = np.random.default_rng(seed)
    shares = np.repeat(chance.choice([0.05, 0.6], count), size)
    labels = (chance.uniform(size=count * size) < shares).astype(int)
    scores = 2.0 * labels - 1.5 + chance.normal(size=count * size)
    return labels, scores, np.repeat(np.arange(count), size)


def test_context_is_learned_where_articles_differ() -> None:
    labels, scores, groups = articles(0)
    slope, intercept = platt(scores, labels)
    context = fit_context(labels, scores, groups, (slope, intercept))
    assert context.weight > 1
    # The weight is in units of the score, whatever the calibration makes of these.
    halved = fit_context(labels, scores / 2, groups, (slope * 2, intercept))
    assert halved.weight == pytest.approx(context.weight / 2, abs=2e-4)


def test_context_that_says_nothing_weighs_nothing() -> None:
    labels, scores, groups = articles(0)
    mixed = np.random.default_rng(1).permutation(groups)
    assert fit_context(labels, scores, mixed, (1.0, 0.0)).weight < 1


def test_a_recipe_with_context(home: Path) -> None:
    made = train(replace(RECIPE, context="open-voice"), home)
    assert made.context is not None
    assert LinearModel.from_json(made.to_json()).context == made.context
    data = gather(RECIPE, home)
    rows = data[data["source"] == "open-voice"]
    held = held_out_scores(RECIPE, data, "open-voice")
    assert made.context == fit_context(
        rows["label"].to_numpy(), held, rows["group"].to_numpy(), made.calibration
    )


def test_a_recipe_with_context_of_no_source(home: Path) -> None:
    with pytest.raises(DataError, match="'gazette' is none of the recipe's data sets"):
        train(replace(RECIPE, context="gazette"), home)


def test_the_weights_are_those_of_all_data(model: LinearModel, home: Path) -> None:
    whole = fit(RECIPE, gather(RECIPE, home))
    assert whole.weights == model.weights
    assert whole.base == model.base
    assert whole.calibration == (1.0, 0.0)


def test_weights_of_sources_matter(model: LinearModel, home: Path) -> None:
    even = replace(RECIPE, sources=parse_sources(["newssd-eng", "open-voice", "ours"]))
    assert train(even, home).weights != model.weights


def test_the_best_threshold_is_that_of_macro_f1() -> None:
    chance = np.random.default_rng(0)
    chances = chance.uniform(size=400)
    labels = (chance.uniform(size=400) < chances**2).astype(int)
    best = best_threshold(labels, chances)
    assert 0.2 <= best < 0.8
    assert best == round(best, 2)
    by_hand = {
        step: f1_score(labels, chances >= step / 100, average="macro") for step in range(15, 86)
    }
    around = {
        step / 100: np.mean([by_hand[step + near] for near in range(-5, 6)])
        for step in range(20, 81)
    }
    assert around[best] == pytest.approx(max(around.values()))
