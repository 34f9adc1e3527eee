"""Measures: against examples worked out by hand, and intervals over articles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics

from framing.evaluation import expected_calibration_error, intervals, measure

LABELS = [0, 0, 1, 1, 0, 1]
CHANCES = [0.1, 0.2, 0.3, 0.6, 0.7, 0.9]


def test_calibration_error_by_hand() -> None:
    # Three bins of two: |0 - 0.15|, |1 - 0.45|, |0.5 - 0.8|, each with a third of the mass.
    by_hand = (0.15 + 0.55 + 0.3) / 3
    assert expected_calibration_error(LABELS, CHANCES, bins=3) == pytest.approx(by_hand, abs=1e-12)


def test_calibration_error_of_bins_that_are_not_equal() -> None:
    # Five in two bins, three and two: |1/3 - 0.2| · 3/5 + |1 - 0.85| · 2/5.
    error = expected_calibration_error([0, 0, 1, 1, 1], [0.1, 0.2, 0.3, 0.8, 0.9], bins=2)
    assert error == pytest.approx((1 / 3 - 0.2) * 0.6 + 0.15 * 0.4, abs=1e-12)


def test_calibration_error_does_not_ask_for_order() -> None:
    mixed = [3, 0, 5, 1, 4, 2]
    assert expected_calibration_error(
        [LABELS[n] for n in mixed], [CHANCES[n] for n in mixed], bins=3
    ) == expected_calibration_error(LABELS, CHANCES, bins=3)


def test_calibration_error_with_fewer_sentences_than_bins() -> None:
    assert expected_calibration_error([1, 0], [0.75, 0.25], bins=10) == 0.25


def test_measures_by_hand() -> None:
    found = measure(LABELS, CHANCES, threshold=0.5)
    assert found["precision"] == pytest.approx(2 / 3)
    assert found["recall"] == pytest.approx(2 / 3)
    assert found["editorial_f1"] == pytest.approx(2 / 3)
    assert found["macro_f1"] == pytest.approx(2 / 3)
    assert found["auc"] == pytest.approx(7 / 9)
    assert found["ece"] == expected_calibration_error(LABELS, CHANCES)


@pytest.mark.parametrize("seed", range(12))
def test_measures_are_those_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    chances = np.round(chance.uniform(size=seed * 3 + 2), 1)  # rounded: there are ties
    labels = (chance.uniform(size=len(chances)) < chances).astype(int)
    labels[:2] = 0, 1
    threshold = [0.0, 0.3, 0.5, 1.1][seed % 4]
    called = (chances >= threshold).astype(int)
    found = measure(labels, chances, threshold)
    wanted = {
        "macro_f1": metrics.f1_score(labels, called, average="macro", zero_division=0),
        "editorial_f1": metrics.f1_score(labels, called, zero_division=0),
        "precision": metrics.precision_score(labels, called, zero_division=0),
        "recall": metrics.recall_score(labels, called, zero_division=0),
        "auc": metrics.roc_auc_score(labels, chances),
        "ece": expected_calibration_error(labels, chances),
    }
    assert found == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("called", [0, 1])
def test_macro_f1_where_a_label_is_missing(label: int, called: int) -> None:
    truth = [label] * 3
    found = measure(truth, [float(called)] * 3)["macro_f1"]
    assert found == metrics.f1_score(truth, [called] * 3, average="macro", zero_division=0)


def test_the_threshold_itself_is_editorial() -> None:
    assert measure([0, 1], [0.3, 0.6], threshold=0.6)["recall"] == 1.0
    assert measure([0, 1], [0.3, 0.6], threshold=0.61)["recall"] == 0.0


def test_one_label_has_no_auc() -> None:
    assert math.isnan(measure([1, 1], [0.4, 0.6])["auc"])


def drawn(seed: int, articles: int = 20, size: int = 6) -> tuple[list[int], list[float], list[str]]:
    """Perfectly calibrated chances."""
    chance = np.random.default_rng(seed)
    values = chance.uniform(size=articles * size)
    labels = (chance.uniform(size=len(values)) < values).astype(int)
    return labels.tolist(), values.tolist(), [f"a{n // size}" for n in range(len(values))]


@pytest.mark.parametrize("seed", range(5))
def test_intervals_hold_the_value(seed: int) -> None:
    # Also the calibration error of chances that are right, which every draw makes larger.
    labels, chances, groups = drawn(seed)
    found = intervals(labels, chances, groups, 0.4, rounds=60)
    values = measure(labels, chances, 0.4)
    assert found.keys() == values.keys()
    for name, (low, high) in found.items():
        assert low <= values[name] <= high, name
        assert low < high


def test_intervals_are_settled_by_the_seed() -> None:
    first = intervals(*drawn(1), rounds=40, seed=3)
    assert intervals(*drawn(1), rounds=40, seed=3) == first
    assert intervals(*drawn(1), rounds=40, seed=4) != first


def test_whole_articles_are_drawn() -> None:
    seen: list[int] = []

    def count(labels: np.ndarray, chances: np.ndarray, threshold: float) -> dict[str, float]:
        seen.append(len(labels))
        assert all(chances.tolist().count(value) % 3 == 0 for value in set(chances))
        return {"size": float(len(labels))}

    chances = np.repeat([0.1, 0.2, 0.3, 0.4], 3)
    labels = np.tile([0, 1, 0], 4)
    groups = np.repeat(list("abcd"), 3)
    found = intervals(labels, chances, groups, rounds=20, measures=count)
    assert found == {"size": (12.0, 12.0)}
    assert len(seen) == 21


def test_more_articles_narrow_the_interval() -> None:
    few, many = (intervals(*drawn(2, articles), rounds=80)["auc"] for articles in (10, 160))
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.filterwarnings("error")
def test_what_is_not_defined_stays_so() -> None:
    low, high = intervals([1, 1, 1], [0.2, 0.5, 0.9], ["a", "b", "c"], rounds=10)["auc"]
    assert math.isnan(low)
    assert math.isnan(high)
