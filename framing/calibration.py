"""Calibration: the curve by which a score becomes a probability.

Two numbers make Platt's curve, of which the log-odds are a straight line (Platt, 1999,
Probabilistic Outputs for Support Vector Machines). Three make a beta calibration, of which they
are steeper on one side of 0 than on the other (Kull, Silva Filho & Flach, 2017, Beta calibration,
AISTATS): that a sentence reports can be surer than that one comments. Either rises with the score.
"""

from __future__ import annotations

from math import exp, log1p

__all__ = ["NEVER", "log_odds", "probability"]

#: Below such log-odds nothing is left of a probability.
NEVER = -700.0


def log_odds(score: float, calibration: tuple[float, ...]) -> float:
    """Return the calibrated log-odds of a score.

    Parameters
    ----------
    score : float
    calibration : tuple of float
        ``(slope, intercept)`` for ``slope · score + intercept``; or ``(low, high, intercept)``
        for ``high · softplus(score) - low · softplus(-score) + intercept``, where ``softplus(x)``
        is ``log(1 + exp(x))``: far below 0 the slope is ``low``, far above it ``high``. With
        ``low == high`` both are the same curve.

    Examples
    --------
    >>> log_odds(-2.0, (0.5, 0.25)) == log_odds(-2.0, (0.5, 0.5, 0.25)) == -0.75
    True
    >>> [round(log_odds(score, (2.0, 0.5, 1.0)), 2) for score in (-9.0, -8.0, 8.0, 9.0)]
    [-17.0, -15.0, 5.0, 5.5]
    """
    if len(calibration) == 2:
        slope, intercept = calibration
        return slope * score + intercept
    low, high, intercept = calibration
    bend = (high - low) * log1p(exp(-abs(score)))
    return (low if score < 0 else high) * score + bend + intercept


def probability(score: float, calibration: tuple[float, ...]) -> float:
    """Return the calibrated probability of a score, see :func:`log_odds`.

    Examples
    --------
    >>> round(probability(0.0, (1.0, 0.0)), 2)
    0.5
    """
    odds = log_odds(score, calibration)
    return 1.0 / (1.0 + exp(-odds)) if odds > NEVER else 0.0
