"""Measures: against examples worked out by hand, and intervals over articles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics

from framing.evaluation import (
    by_cell,
    expected_calibration_error,
    intervals,
    measure,
    risk_coverage,
    source_only,
    threshold_at_recall,
)

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


# abstention


def test_the_surest_are_kept() -> None:
    # By log-odds from .4: .9, .05, .8, .2, .5; wrong are .8 and .5.
    labels, chances = [1, 0, 0, 0, 0], [0.9, 0.05, 0.8, 0.2, 0.5]
    curve = risk_coverage(labels, chances, 0.4, [1.0, 0.8, 0.6, 0.4, 0.2])
    assert [one.error for one in curve] == pytest.approx([2 / 5, 1 / 4, 1 / 3, 0, 0])
    assert curve[0].macro_f1 == measure(labels, chances, 0.4)["macro_f1"]


def test_calibrated_chances_are_surer_where_fewer_are_kept() -> None:
    labels, chances, _ = drawn(4, articles=200)
    errors = [one.error for one in risk_coverage(labels, chances)]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 0.2 > errors[-1]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_certainty_has_no_end(threshold: float) -> None:
    curve = risk_coverage([0, 1, 1], [0.0, 1.0, 0.5], threshold)
    assert all(0 <= one.error <= 1 for one in curve)


# opinion through a source


@pytest.mark.parametrize(
    ("recall", "threshold"), [(0.1, 0.9), (0.33, 0.9), (0.34, 0.6), (2 / 3, 0.6), (1.0, 0.3)]
)
def test_threshold_at_recall(recall: float, threshold: float) -> None:
    assert threshold_at_recall(LABELS, CHANCES, recall) == threshold


def test_no_comments_no_recall() -> None:
    assert math.isnan(threshold_at_recall([0, 0], [0.1, 0.2], 0.7))
    found = source_only([2, 0], [0.9, 0.2])
    assert found["called"] == 1.0
    assert math.isnan(found["called_at_recall_70"])


def test_source_only_by_hand() -> None:
    kinds, chances = [1, 1, 1, 2, 2, 2, 2, 0], [0.9, 0.6, 0.4, 0.7, 0.5, 0.3, 0.1, 0.95]
    # Seven in ten of three comments are all three, down to .4.
    assert source_only(kinds, chances, 0.6) == {"called": 0.25, "called_at_recall_70": 0.5}
    assert math.isnan(source_only([0, 1], [0.1, 0.9])["called"])


# parts


def test_parts_by_hand() -> None:
    labels = [1] * 6 + [0] * 6 + [0] * 12 + [1, 0]
    chances = [0.9] * 5 + [0.1] * 3 + [0.9] * 4 + [0.1] * 12 + [0.9, 0.1]
    names = ["echo"] * 12 + ["post"] * 12 + ["a", "b"]
    worst, best, others = sorted(
        by_cell(labels, chances, names, fewest=12), key=lambda one: len(one.name)
    )[:3]
    assert (worst.name, worst.sentences, worst.editorial) == ("echo", 12, 6)
    assert worst.accuracy == pytest.approx(7 / 12)
    assert worst.macro_f1 == measure(labels[:12], chances[:12])["macro_f1"]
    assert worst.low < worst.accuracy < worst.high
    assert (best.name, best.accuracy) == ("post", 1.0)
    assert best.high == pytest.approx(1.0)
    assert math.isnan(best.macro_f1)  # it has no comments
    assert (others.name, others.sentences) == ("(others)", 2)


def test_the_interval_of_an_accuracy_is_that_of_wilson() -> None:
    # 8 of 10: the centre is (8 + z²/2) / (10 + z²).
    cell = by_cell([1] * 8 + [0] * 2, [0.9] * 10, ["x"] * 10, fewest=1)[0]
    assert (cell.low, cell.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_what_belongs_nowhere_is_left_out() -> None:
    assert by_cell([1, 0], [0.9, 0.1], ["", ""]) == []
