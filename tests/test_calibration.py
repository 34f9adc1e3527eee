"""From a score to a probability: Platt's curve, and one with two slopes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.calibration import log_odds, probability

scores = st.floats(-60, 60)
slopes = st.floats(0, 5)


def softplus(x: float) -> float:
    return math.log1p(math.exp(x))


@given(scores, slopes, slopes, st.floats(-5, 5))
def test_two_slopes_by_the_formula(score: float, low: float, high: float, at: float) -> None:
    wanted = high * softplus(score) - low * softplus(-score) + at
    assert log_odds(score, (low, high, at)) == pytest.approx(wanted, abs=1e-9)


@given(scores, slopes, st.floats(-5, 5))
def test_equal_slopes_are_platts_curve(score: float, slope: float, at: float) -> None:
    assert log_odds(score, (slope, slope, at)) == pytest.approx(log_odds(score, (slope, at)))


@given(st.lists(scores, min_size=2, max_size=2).map(sorted), slopes, slopes, st.floats(-5, 5))
def test_more_is_never_less_likely(pair: list[float], low: float, high: float, at: float) -> None:
    less, more = (log_odds(score, (low, high, at)) for score in pair)
    assert less <= more + 1e-9


@pytest.mark.parametrize("calibration", [(1.0, 0.0), (2.0, 0.5, 0.0)])
@pytest.mark.parametrize(("score", "wanted"), [(1e6, 1.0), (-1e6, 0.0)])
def test_extreme_scores(score: float, wanted: float, calibration: tuple[float, ...]) -> None:
    assert probability(score, calibration) == wanted


def test_at_zero_the_bend_is_smooth() -> None:
    curve = (2.0, 0.5, 1.0)
    below, at, above = (probability(score, curve) for score in (-1e-7, 0.0, 1e-7))
    assert below < at < above
    assert above - at == pytest.approx(at - below, rel=1e-3)
