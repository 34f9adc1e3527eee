"""Measures of a model on labelled sentences, with bootstrap intervals over articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "COVERAGES",
    "Cell",
    "Kept",
    "by_cell",
    "expected_calibration_error",
    "intervals",
    "measure",
    "risk_coverage",
    "source_only",
    "threshold_at_recall",
    "wilson",
]

#: Shares of the sentences at which the abstention curve is shown.
COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)


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


class Kept(NamedTuple):
    """A point of the abstention curve.

    Attributes
    ----------
    coverage : float
        Share of the sentences that keep their label, the surest ones.
    error : float
        Share of these whose label is wrong.
    macro_f1 : float
    """

    coverage: float
    error: float
    macro_f1: float


def risk_coverage(
    labels: ArrayLike,
    probabilities: ArrayLike,
    threshold: float = 0.5,
    coverages: Sequence[float] = COVERAGES,
) -> list[Kept]:
    """Return how often the label is wrong when only the surest sentences get one.

    Sure is what lies far from the threshold, in log-odds (El-Yaniv & Wiener, 2010, On the
    Foundations of Noise-free Selective Classification, JMLR 11).

    Parameters
    ----------
    labels, probabilities : array-like of shape (n,)
    threshold : float
    coverages : sequence of float
        From 0 to 1.

    Returns
    -------
    list of Kept

    Examples
    --------
    >>> curve = risk_coverage([0, 0, 1, 1], [0.1, 0.6, 0.9, 0.8], 0.5, [1.0, 0.75])
    >>> [(one.coverage, one.error) for one in curve]
    [(1.0, 0.25), (0.75, 0.0)]
    """
    truth, chance = np.asarray(labels) == 1, np.asarray(probabilities, dtype=float)
    wrong = (chance >= threshold) != truth
    surest = np.argsort(-np.abs(_log_odds(chance) - _log_odds(np.array(threshold))), kind="stable")
    found = []
    for coverage in coverages:
        kept = surest[: max(1, round(coverage * len(surest)))]
        values = measure(truth[kept], chance[kept], threshold)
        found.append(Kept(coverage, float(wrong[kept].mean()), values["macro_f1"]))
    return found


def _log_odds(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(chance, 1e-12, 1 - 1e-12)
    odds: NDArray[np.float64] = np.log(inside / (1 - inside))
    return odds


def threshold_at_recall(labels: ArrayLike, probabilities: ArrayLike, recall: float) -> float:
    """Return the highest threshold at which so large a share of the comments is found.

    Examples
    --------
    >>> threshold_at_recall([1, 1, 0, 1], [0.9, 0.8, 0.7, 0.2], 0.6)
    0.8
    """
    chance = np.asarray(probabilities, dtype=float)[np.asarray(labels) == 1]
    if not len(chance):
        return float("nan")
    return float(np.sort(chance)[::-1][max(1, ceil(recall * len(chance) - 1e-9)) - 1])


def source_only(
    labels: ArrayLike, probabilities: ArrayLike, threshold: float = 0.5
) -> dict[str, float]:
    """Return how often a sentence that is opinionated only through a source is called editorial.

    Parameters
    ----------
    labels : array-like of shape (n,)
        1 editorial, 2 opinionated only through a source, 0 any other report.
    probabilities : array-like of shape (n,)
    threshold : float

    Returns
    -------
    dict of str to float
        ``called``: the share at the threshold; ``called_at_recall_70``: the share at the
        threshold at which 70 % of the comments are found.

    Examples
    --------
    >>> source_only([1, 2, 2, 0], [0.9, 0.6, 0.1, 0.2])
    {'called': 0.5, 'called_at_recall_70': 0.0}
    """
    kinds, chance = np.asarray(labels), np.asarray(probabilities, dtype=float)
    through = chance[kinds == 2]
    lower = threshold_at_recall(kinds, chance, 0.7)
    nothing = not len(through)
    return {
        "called": float("nan") if nothing else float((through >= threshold).mean()),
        "called_at_recall_70": float("nan")
        if nothing or lower != lower
        else float((through >= lower).mean()),
    }


#: Of so few comments, or reports, no F1 is made.
_FEWEST = 5


class Cell(NamedTuple):
    """A part of a data set, for example one outlet.

    Attributes
    ----------
    name : str
    sentences, editorial : int
    accuracy, low, high : float
        With its 95 % interval (Wilson, 1927).
    macro_f1, auc : float
        NaN with fewer than five sentences of a label: there is nothing to average.
    """

    name: str
    sentences: int
    editorial: int
    accuracy: float
    low: float
    high: float
    macro_f1: float
    auc: float


def by_cell(
    labels: ArrayLike,
    probabilities: ArrayLike,
    cells: ArrayLike,
    threshold: float = 0.5,
    fewest: int = 30,
) -> list[Cell]:
    """Measure each part of a data set by itself, the worst first.

    Parameters
    ----------
    labels, probabilities : array-like of shape (n,)
    cells : array-like of shape (n,)
        The part that each sentence belongs to; "" for none.
    threshold : float
    fewest : int
        Parts with fewer sentences are measured together, as ``"(others)"``.

    Returns
    -------
    list of Cell
        By accuracy.

    Examples
    --------
    >>> cells = by_cell([0, 1, 0, 1], [0.1, 0.9, 0.8, 0.9], list("aabb"), fewest=2)
    >>> [(one.name, one.accuracy) for one in cells]
    [('b', 0.5), ('a', 1.0)]
    """
    truth, chance = np.asarray(labels) == 1, np.asarray(probabilities, dtype=float)
    names = np.asarray(cells, dtype=object)
    there, counts = np.unique(names[names != ""].astype(str), return_counts=True)
    small = set(there[counts < fewest].tolist())
    groups = {str(name): np.flatnonzero(names == name) for name in there if name not in small}
    if small:
        groups["(others)"] = np.flatnonzero([name in small for name in names])
    found = []
    for name, rows in groups.items():
        right = float(((chance[rows] >= threshold) == truth[rows]).mean())
        values = measure(truth[rows], chance[rows], threshold)
        comments = int(truth[rows].sum())
        enough = min(comments, len(rows) - comments) >= _FEWEST
        both = (values["macro_f1"], values["auc"]) if enough else (float("nan"),) * 2
        low, high = map(float, wilson(right, len(rows)))
        found.append(Cell(name, len(rows), comments, right, low, high, *both))
    return sorted(found, key=lambda one: (one.accuracy, one.name))


def wilson(shares: ArrayLike, sizes: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return 95 % intervals of shares (Wilson, 1927).

    Parameters
    ----------
    shares : array-like of shape (n,)
    sizes : array-like of shape (n,)
        Of how many each is the share.

    Returns
    -------
    low, high : ndarray of shape (n,)

    Examples
    --------
    >>> [round(float(one), 3) for one in wilson(0.5, 10)]
    [0.237, 0.763]
    """
    share, size = np.asarray(shares, dtype=float), np.asarray(sizes, dtype=float)
    z = 1.959964
    middle = share + z * z / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return (middle - reach) / (1 + z * z / size), (middle + reach) / (1 + z * z / size)
