"""Measures of a model on labelled sentences, with bootstrap intervals over articles."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["expected_calibration_error", "intervals", "measure"]


def expected_calibration_error(
    labels: ArrayLike, probabilities: ArrayLike, bins: int = 10
) -> float:
    """Return the mean distance of probability and frequency over bins of equal mass.

    Parameters
    ----------
    labels : array-like of shape (n,)
        1 editorial, 0 reporting.
    probabilities : array-like of shape (n,)
        P(editorial).
    bins : int
        Number of bins; each holds n/bins sentences.

    Returns
    -------
    float
        Between 0 and 1 (Naeini, Cooper & Hauskrecht, 2015).

    Examples
    --------
    >>> expected_calibration_error([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], bins=1)
    0.0
    """
    truth, chance = np.asarray(labels, dtype=float), np.asarray(probabilities, dtype=float)
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(truth[part].mean() - chance[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(truth))


def measure(
    labels: ArrayLike, probabilities: ArrayLike, threshold: float = 0.5
) -> dict[str, float]:
    """Return macro-F1, editorial F1, precision, recall, AUC and ECE.

    Examples
    --------
    >>> measure([0, 1, 0, 1], [0.1, 0.9, 0.2, 0.8])["macro_f1"]
    1.0
    """
    truth, chance = np.asarray(labels) == 1, np.asarray(probabilities, dtype=float)
    called = chance >= threshold
    hits, named, wanted = int((truth & called).sum()), int(called.sum()), int(truth.sum())
    size = len(truth)
    editorial = _ratio(2 * hits, named + wanted)
    reporting = _ratio(2 * (size - named - wanted + hits), 2 * size - named - wanted)
    # A label that is neither there nor called has no F1 that could be averaged.
    there = [one for one in (editorial, reporting) if one is not None]
    return {
        "macro_f1": sum(there) / len(there),
        "editorial_f1": editorial or 0.0,
        "precision": _ratio(hits, named) or 0.0,
        "recall": _ratio(hits, wanted) or 0.0,
        "auc": _area(truth, chance),
        "ece": expected_calibration_error(truth, chance),
    }


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _area(truth: NDArray[np.bool_], chance: NDArray[np.float64]) -> float:
    """Return how often a comment gets more than a report, ties half; NaN without either."""
    comments = int(truth.sum())
    pairs = comments * (len(truth) - comments)
    if not pairs:
        return float("nan")
    _, place, count = np.unique(chance, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[truth].sum() - comments * (comments + 1) / 2) / pairs)


def intervals(
    labels: ArrayLike,
    probabilities: ArrayLike,
    groups: ArrayLike,
    threshold: float = 0.5,
    *,
    rounds: int = 500,
    seed: int = 0,
    measures: Callable[..., dict[str, float]] = measure,
) -> dict[str, tuple[float, float]]:
    """Return 95 % intervals of the measures by drawing whole articles with replacement.

    Parameters
    ----------
    labels, probabilities, groups : array-like of shape (n,)
        ``groups`` names the article of each sentence.
    threshold : float
    rounds : int
        Bootstrap samples.
    seed : int

    Returns
    -------
    dict of str to (low, high)
        They always hold the measured value itself: drawing with replacement adds noise, by which
        a calibration error near 0 would lie below all that is drawn.
    """
    truth, chance = np.asarray(labels), np.asarray(probabilities, dtype=float)
    _, article = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(article == one) for one in range(article.max() + 1)]
    generator = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        chosen = generator.integers(0, len(members), len(members))
        rows = np.concatenate([members[one] for one in chosen])
        for name, value in measures(truth[rows], chance[rows], threshold).items():
            drawn.setdefault(name, []).append(value)
    found = {}
    for name, value in measures(truth, chance, threshold).items():
        known = [one for one in drawn[name] if one == one] or [value]
        low, high = np.percentile(known, [2.5, 97.5])
        found[name] = (float(min(low, value)), float(max(high, value)))
    return found
