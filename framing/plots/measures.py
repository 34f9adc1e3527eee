"""Pictures of measures: calibration, and precision against recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framing.evaluation import expected_calibration_error, wilson
from framing.plots.drawing import ALT, EDITORIAL, PALE, REPORTING, axes_of, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["calibration", "precision_recall"]


def calibration(
    labels: ArrayLike, probabilities: ArrayLike, ax: Axes | None = None, *, bins: int = 10
) -> Axes:
    """Draw how often sentences with a probability are editorial indeed.

    Parameters
    ----------
    labels : array-like of shape (n,)
        1 editorial, 0 reporting.
    probabilities : array-like of shape (n,)
        P(editorial).
    ax : matplotlib.axes.Axes, optional
    bins : int
        Points; each stands for n/bins sentences, with a 95 % interval (Wilson 1927).

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> from framing.plots import alt_text
    >>> ax = calibration([0, 0, 1, 1], [0.1, 0.4, 0.6, 0.9], bins=2)
    >>> alt_text(ax)[:60]
    'Calibration on 4 sentences, calibration error 0.250: where 0'
    """
    truth, chance = _truth_and_chance(labels, probabilities)
    ax = axes_of(ax, 4.2, 4)
    parts = [part for part in np.array_split(np.argsort(chance, kind="stable"), bins) if len(part)]
    means = np.array([chance[part].mean() for part in parts])
    shares = np.array([truth[part].mean() for part in parts])
    sizes = np.array([len(part) for part in parts])
    low, high = wilson(shares, sizes)
    # Rounding must not put a share outside of its own interval.
    low, high = np.minimum(low, shares), np.maximum(high, shares)
    ax.plot([0, 1], [0, 1], color=PALE, linestyle="--", linewidth=1, label="as it should be")
    ax.errorbar(
        means,
        shares,
        yerr=np.vstack([shares - low, high - shares]),
        fmt="o-",
        color=REPORTING,
        ecolor=REPORTING,
        elinewidth=1,
        capsize=2,
        markersize=4,
        label="measured, 95 % interval",
    )
    error = expected_calibration_error(truth, chance, bins)
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability given", ylabel="share editorial")
    ax.set_aspect("equal")
    ax.set_title(f"Calibration, n = {len(truth)}, error {error:.3f}", loc="left", fontsize=10)
    ax.legend(loc="upper left", frameon=False, fontsize=8)
    plain(ax, "left", "bottom")
    told = ", ".join(
        f"{mean:.2f} was given {share:.2f} are" for mean, share in zip(means, shares, strict=True)
    )
    ALT[ax] = (
        f"Calibration on {len(truth)} sentences, calibration error {error:.3f}: where {told}"
        " editorial."
    )
    return ax


def _truth_and_chance(
    labels: ArrayLike, probabilities: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    truth, chance = np.asarray(labels, dtype=float), np.asarray(probabilities, dtype=float)
    if truth.shape != chance.shape or truth.ndim != 1 or not len(truth):
        raise ValueError(
            f"labels and probabilities must be of one length above 0, not {truth.shape} and"
            f" {chance.shape}"
        )
    return truth, chance


def precision_recall(
    labels: ArrayLike,
    probabilities: ArrayLike,
    ax: Axes | None = None,
    *,
    threshold: float | None = None,
) -> Axes:
    """Draw precision against recall for every threshold.

    Parameters
    ----------
    labels : array-like of shape (n,)
        1 editorial, 0 reporting.
    probabilities : array-like of shape (n,)
        P(editorial).
    ax : matplotlib.axes.Axes, optional
    threshold : float, optional
        Is marked on the curve.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If no sentence is editorial.

    Examples
    --------
    >>> from framing.plots import alt_text
    >>> ax = precision_recall([0, 0, 1, 1], [0.1, 0.4, 0.6, 0.9], threshold=0.5)
    >>> print(alt_text(ax))
    Precision against recall on 4 sentences: average precision 1.00; at the threshold 0.50
    precision 1.00 and recall 1.00.
    """
    truth, chance = _truth_and_chance(labels, probabilities)
    if not truth.sum():
        raise ValueError("no sentence is editorial, so recall means nothing")
    from sklearn.metrics import average_precision_score, precision_recall_curve

    ax = axes_of(ax, 4.2, 4)
    precision, recall, _ = precision_recall_curve(truth, chance)
    average = float(average_precision_score(truth, chance))
    share = float(truth.mean())
    ax.step(recall, precision, where="post", color=REPORTING, label=f"average {average:.2f}")
    ax.axhline(share, color=PALE, linestyle="--", linewidth=1, label=f"by chance {share:.2f}")
    told = ""
    if threshold is not None:
        called = chance >= threshold
        hits = float(truth[called].sum())
        at = (hits / truth.sum(), hits / called.sum() if called.any() else 1.0)
        ax.plot(*at, "D", color=EDITORIAL, label=f"threshold {threshold:.2f}")
        told = f"; at the threshold {threshold:.2f} precision {at[1]:.2f} and recall {at[0]:.2f}"
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="recall", ylabel="precision")
    ax.set_aspect("equal")
    ax.set_title(f"Precision and recall, n = {len(truth)}", loc="left", fontsize=10)
    ax.legend(loc="lower left", frameon=False, fontsize=8)
    plain(ax, "left", "bottom")
    ALT[ax] = (
        f"Precision against recall on {len(truth)} sentences: average precision"
        f" {average:.2f}{told}."
    )
    return ax
