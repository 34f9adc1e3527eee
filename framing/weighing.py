"""Weighing: from a matrix of evidence and labels to one weight per feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, SGDClassifier

__all__ = ["RATED", "STRENGTHS", "Scaling", "Stream", "Weighed", "logistic", "weigh"]

#: Families of opinion whose phrases are rated by strength. In training the features of one
#: strength share a weight, from which each departs as far as its own examples warrant, so that
#: a device too rare to be learned still counts what its rating says.
RATED = frozenset(
    {"evaluation", "hedging", "insinuation", "interjection", "loaded", "rhetoric", "stance"}
)
STRENGTHS = ("weak", "medium", "strong")


class Weighed(NamedTuple):
    """Weights, and what they were fitted on.

    Attributes
    ----------
    coef : ndarray of shape (n_features,)
    intercept : float
    scaled : csr_matrix
        The matrix as the solver saw it: scaled columns, the shared ones last.
    """

    coef: NDArray[np.float64]
    intercept: float
    scaled: sp.csr_matrix


class Scaling:
    """How a matrix of evidence is laid before a solver, and weights are read from its answer.

    Parameters
    ----------
    matrix : csr_matrix of shape (n, n_features)
        Tells how far each column deviates.
    names, learned, wording_scale
        See :func:`weigh`.

    Examples
    --------
    >>> matrix = sp.csr_matrix([[1.0, 0.0], [0.0, 1.0]])
    >>> scaling = Scaling(matrix, ["stance.phrase.strong", "facticity.date"], ("wording.",), 1.3)
    >>> scaling.scaled(matrix).toarray()[0].tolist()
    [2.0, 0.0, 0.0, 0.0, 2.0]
    >>> scaling.weights(np.array([0.5, -0.5, 0.0, 0.0, 0.5])).tolist()
    [2.0, -1.0]
    """

    def __init__(
        self,
        matrix: sp.csr_matrix,
        names: Sequence[str],
        learned: tuple[str, ...],
        wording_scale: float,
    ) -> None:
        self._shared = _shared(names)
        wide = sp.csr_matrix(sp.hstack([matrix, matrix @ self._shared]))
        self._scale = _scales(wide, names, learned, wording_scale)

    def scaled(self, matrix: sp.csr_matrix) -> sp.csr_matrix:
        """Return a matrix with scaled columns, the shared ones last."""
        wide = sp.csr_matrix(sp.hstack([matrix, matrix @ self._shared]))
        return sp.csr_matrix(wide @ sp.diags(self._scale))

    def weights(self, solved: NDArray[np.float64], smallest: float = 0.0) -> NDArray[np.float64]:
        """Return the weight of each feature from those of the scaled columns."""
        own, common = np.split(solved * self._scale, [self._shared.shape[0]])
        coef = own + self._shared @ common
        # A rating says which way a phrase speaks; training says how much, down to nothing.
        rated = np.asarray(self._shared.sum(axis=1)).ravel() > 0
        coef = np.where(rated, np.maximum(coef, 0.0), coef)
        return np.where(np.abs(coef) >= smallest, coef, 0.0)


def logistic(C: float, tol: float = 1e-8) -> LogisticRegression:
    """Return the solver of a recipe's weights; they are fitted until they rest to ``tol``."""
    return LogisticRegression(C=C, max_iter=2000, tol=tol)


def weigh(
    matrix: sp.csr_matrix,
    names: Sequence[str],
    labels: NDArray[Any],
    sample_weight: NDArray[np.float64] | None = None,
    *,
    learned: Sequence[str] = ("wording.",),
    C: float = 0.002,
    wording_scale: float = 1.3,
    smallest: float = 0.0,
    tol: float = 1e-8,
) -> Weighed:
    """Fit logistic regression on standardised evidence.

    Parameters
    ----------
    matrix : csr_matrix of shape (n, n_features)
    names : sequence of str
        The features.
    labels : ndarray of shape (n,)
        1 editorial, 0 reporting.
    sample_weight : ndarray of shape (n,), optional
    learned : sequence of str
        What the features of learned words begin with: they are held closer to 0.
    C, wording_scale, smallest : float
        See :class:`framing.features.EditorialClassifier`.
    tol : float
        Where the solver stops: the shipped weights rest to the digit, a search needs less.

    Examples
    --------
    >>> matrix = sp.csr_matrix([[1.0, 0.0], [0.0, 1.0]] * 5)
    >>> found = weigh(matrix, ["stance.phrase.strong", "facticity.date"], np.array([1, 0] * 5))
    >>> (found.coef > 0).tolist()
    [True, False]
    """
    scaling = Scaling(matrix, names, tuple(learned), wording_scale)
    scaled = scaling.scaled(matrix)
    linear = logistic(C, tol).fit(scaled, labels, sample_weight=sample_weight)
    coef = scaling.weights(linear.coef_[0], smallest)
    return Weighed(coef, float(linear.intercept_[0]), scaled)


class Stream:
    """The same weights from sentences that come chunk by chunk and are not kept.

    Stochastic gradient descent on the log loss, averaged (Polyak and Juditsky, 1992). The penalty
    of a sentence falls as more are seen, so that it is the same of all of them as with
    :func:`weigh`.

    Parameters
    ----------
    scaling : Scaling
    C : float
        See :class:`framing.features.EditorialClassifier`.

    Attributes
    ----------
    seen : int
        Sentences so far.
    """

    #: The solver moves its own intercept hardly at all on sparse rows, so a column of this value
    #: stands for it: large enough that the penalty on it does not tell.
    _CONSTANT = 10.0

    def __init__(self, scaling: Scaling, C: float) -> None:
        self.scaling, self.C, self.seen = scaling, C, 0
        self._solver = SGDClassifier(
            loss="log_loss", fit_intercept=False, average=True, random_state=0
        )

    def learn(
        self,
        matrix: sp.csr_matrix,
        labels: NDArray[Any],
        sample_weight: NDArray[np.float64] | None = None,
    ) -> None:
        """Go once over some sentences, in a random order."""
        self.seen += matrix.shape[0]
        self._solver.set_params(alpha=1.0 / (self.C * self.seen))
        constant = np.full((matrix.shape[0], 1), self._CONSTANT)
        wide = sp.csr_matrix(sp.hstack([self.scaling.scaled(matrix), constant]))
        self._solver.partial_fit(wide, labels, classes=[0, 1], sample_weight=sample_weight)

    def weighed(self, smallest: float = 0.0) -> tuple[NDArray[np.float64], float]:
        """Return the weights and the intercept."""
        solved = self._solver.coef_[0]
        return (
            self.scaling.weights(solved[:-1], smallest),
            float(solved[-1] * self._CONSTANT),
        )


def _shared(names: Sequence[str]) -> sp.csr_matrix:
    """Return which rated features share a weight, shape (n_features, n_strengths)."""
    cells = [
        (row, STRENGTHS.index(name.rpartition(".")[2]))
        for row, name in enumerate(names)
        if name.partition(".")[0] in RATED and name.rpartition(".")[2] in STRENGTHS
    ]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return sp.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(names), len(STRENGTHS)))


def _scales(
    matrix: sp.csr_matrix, names: Sequence[str], learned: tuple[str, ...], wording_scale: float
) -> NDArray[np.float64]:
    """Return one over each column's standard deviation; learned words are held down."""
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    square = np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel()
    deviation = np.sqrt(np.maximum(square - mean**2, 1e-12))
    is_learned = np.zeros(matrix.shape[1], dtype=bool)
    is_learned[: len(names)] = [name.startswith(learned) for name in names]
    scales: NDArray[np.float64] = np.where(
        is_learned,
        wording_scale / np.sqrt(np.maximum(deviation, 0.05)),
        1.0 / np.maximum(deviation, 0.02),
    )
    return scales
