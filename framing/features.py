"""scikit-learn faces of the extractors: a transformer and a classifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
from sklearn.utils.validation import check_is_fitted

from framing.counting import Counts, counts, words
from framing.density import NONE, thinning
from framing.evidence import Extractor
from framing.extraction import Extraction
from framing.lexicon import phrases
from framing.model import LinearModel, Verdict
from framing.registry import resolve
from framing.text import split
from framing.voice import sentence_of
from framing.weighing import RATED, STRENGTHS, Scaling, Stream, logistic, weigh

__all__ = ["DEFAULT_EXTRACTORS", "EditorialClassifier", "EvidenceVectorizer"]

#: So many scores of sentences that were not learned yet calibrate a classifier fitted in parts.
_HELD = 50_000

DEFAULT_EXTRACTORS = (
    "evaluation",
    "facticity",
    "hedging",
    "insinuation",
    "interjection",
    "loaded",
    "neutral",
    "quoted",
    "rhetoric",
    "sourcing",
    "stance",
    "surface",
    "wording",
)


class EvidenceVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Sentences → matrix of evidence, one column a feature: the sum of its values.

    Parameters
    ----------
    extractors : sequence of str or Extractor
        Names of installed extractors, or extractors.
    min_df : int
        A feature is kept if at least this many sentences have it, a learned word if at least
        this many articles do.
    max_names : float
        A word that more than this share of its occurrences inside sentences capitalise is a
        name and is never learned.
    wording : int
        1 to learn single words, 2 to learn pairs of words as well.
    exclude : sequence of str
        Features to leave out; a name that ends in ``*`` stands for all that begin so.
    n_jobs : int, optional
        Processes to use, as joblib counts them; by default this one alone.

    Attributes
    ----------
    extractors_ : tuple of Extractor
        The learned ones with their vocabulary.
    feature_names_ : list of str
        Sorted.

    Examples
    --------
    >>> vectorizer = EvidenceVectorizer(["interjection", "rhetoric"], min_df=1)
    >>> matrix = vectorizer.fit_transform(["Is a rethink much needed?", "It rained."])
    >>> matrix.shape[0], vectorizer.get_feature_names_out()[-1]
    (2, 'rhetoric.question_mark')
    """

    def __init__(
        self,
        extractors: Sequence[str | Extractor] = DEFAULT_EXTRACTORS,
        min_df: int = 10,
        max_names: float = 0.5,
        wording: int = 1,
        exclude: Sequence[str] = (),
        n_jobs: int | None = None,
    ) -> None:
        self.extractors = extractors
        self.min_df = min_df
        self.max_names = max_names
        self.wording = wording
        self.exclude = exclude
        self.n_jobs = n_jobs

    def fit(
        self, X: Sequence[str], y: Any = None, groups: ArrayLike | None = None
    ) -> EvidenceVectorizer:
        """Learn the vocabulary and which features occur often enough.

        With ``groups`` a word counts once per article, so that one article's topic is not
        learned.
        """
        self._learn(X, groups)
        return self

    def fit_transform(
        self, X: Sequence[str], y: Any = None, groups: ArrayLike | None = None
    ) -> sp.csr_matrix:
        """Learn as :meth:`fit` does, and return the matrix, without reading all of it again."""
        found = self._learn(X, groups)
        return self._stacked([part.onto(self._columns) for part in found])

    def _learn(self, X: Sequence[str], groups: ArrayLike | None) -> list[Counts]:
        if isinstance(X, str | bytes):
            raise TypeError("X must be a sequence of str, one sentence each, not a single string")
        texts = list(X)
        if not texts:
            raise ValueError("there is no sentence to learn from")
        if not all(map(_is_text, texts)):
            kinds = ", ".join(sorted({type(one).__name__ for one in texts}))
            raise TypeError(f"X must be a sequence of str, not of {kinds}")
        chosen = [
            one
            for name in self.extractors
            for one in ((name,) if isinstance(name, Extractor) else resolve([name]))
        ]
        vocabulary: list[str] = []
        if any(one.learned for one in chosen):
            articles = list(range(len(texts))) if groups is None else np.asarray(groups).tolist()
            pairs = self.wording > 1
            met = words(texts, articles, self.min_df, pairs=pairs, n_jobs=self.n_jobs)
            vocabulary = met.chosen(self.max_names)
        self.extractors_ = tuple(
            one.with_lexicon(phrases(one.name, vocabulary)) if one.learned else one
            for one in sorted(chosen, key=lambda one: one.name)
        )
        self._extraction = Extraction(self.extractors_)
        found = list(counts(texts, self.extractors_, self.n_jobs))
        frequency: Counter[str] = Counter()
        for part in found:
            frequency.update(dict(zip(part.names, part.matrix.getnnz(axis=0), strict=True)))
        frequent = {feature for feature, count in frequency.items() if count >= self.min_df}
        stems = tuple(name[:-1] for name in self.exclude if name.endswith("*"))
        self.feature_names_ = sorted(
            name
            for name in frequent | self._rated()
            if name not in self.exclude and not name.startswith(stems)
        )
        self._columns = {feature: index for index, feature in enumerate(self.feature_names_)}
        return found

    def _rated(self) -> set[str]:
        """Features whose phrases are rated: known before training, however rare in it."""
        return {
            feature
            for one in self.extractors_
            if one.name in RATED and one.lexicon
            for feature in one.lexicon.features
            if feature.rpartition(".")[2] in STRENGTHS
        }

    def transform(self, X: Sequence[str]) -> sp.csr_matrix:
        """Return the evidence matrix, shape (n_sentences, n_features)."""
        check_is_fitted(self, "feature_names_")
        found = counts(list(X), self.extractors_, self.n_jobs)
        return self._stacked([part.onto(self._columns) for part in found])

    def _stacked(self, parts: list[sp.csr_matrix]) -> sp.csr_matrix:
        none = sp.csr_matrix((0, len(self.feature_names_)))
        return sp.csr_matrix(sp.vstack([none, *parts], format="csr"))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the features' names by column."""
        check_is_fitted(self, "feature_names_")
        return np.asarray(self.feature_names_, dtype=object)


class EditorialClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression over evidence, calibrated, exact to the word.

    Parameters
    ----------
    extractors : sequence of str or Extractor
        See :class:`EvidenceVectorizer`.
    min_df : int
        See :class:`EvidenceVectorizer`.
    C : float
        Inverse strength of the L2 penalty on standardised features.
    wording_scale : float
        Learned words are divided by the root of their deviation and multiplied by this: the
        lower, the closer to 0 they are held than rated evidence, which is standardised.
    smallest : float
        Weights below this, in absolute value, are left out of the model.
    n_splits : int
        Folds of the calibration.
    wording, exclude, n_jobs
        See :class:`EvidenceVectorizer`.
    density : tuple of (float, float)
        How evidence thins out in long sentences, see :func:`framing.density.thinning`; by
        default it does not.

    Attributes
    ----------
    vectorizer_ : EvidenceVectorizer
    coef_ : ndarray of shape (n_features,)
    intercept_ : float
    calibration_ : tuple of (float, float)
        Platt's slope and intercept, from out-of-fold scores.
    classes_ : ndarray
        ``[0, 1]``; 1 is editorial.

    Examples
    --------
    >>> texts = ["Is it not absurd?", "It rained.", "This is a disgrace.", "He left."] * 5
    >>> model = EditorialClassifier(["evaluation", "rhetoric"], min_df=1, C=1.0)
    >>> model = model.fit(texts, [1, 0] * 10)
    >>> model.predict(["This is a disgrace.", "It rained."])
    array([1, 0])
    """

    def __init__(
        self,
        extractors: Sequence[str | Extractor] = DEFAULT_EXTRACTORS,
        min_df: int = 10,
        C: float = 0.002,
        wording_scale: float = 1.3,
        smallest: float = 0.0,
        n_splits: int = 5,
        wording: int = 1,
        exclude: Sequence[str] = (),
        density: tuple[float, float] = NONE,
        n_jobs: int | None = None,
    ) -> None:
        self.extractors = extractors
        self.min_df = min_df
        self.C = C
        self.wording_scale = wording_scale
        self.smallest = smallest
        self.n_splits = n_splits
        self.wording = wording
        self.exclude = exclude
        self.density = density
        self.n_jobs = n_jobs

    def fit(
        self,
        X: Sequence[str],
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> EditorialClassifier:
        """Fit weights, then the calibration on out-of-fold scores.

        Parameters
        ----------
        X : sequence of str
            Sentences.
        y : array-like of shape (n,)
            1 editorial, 0 reporting.
        sample_weight : array-like of shape (n,), optional
        groups : array-like of shape (n,), optional
            Articles: no fold splits one. Without groups the folds are stratified.
        """
        scaled, labels, weights = self._fit_weights(X, y, sample_weight, groups)
        folds = (
            StratifiedKFold(self.n_splits, shuffle=True, random_state=0)
            if groups is None
            else GroupKFold(self.n_splits)
        )
        held = cross_val_predict(
            logistic(self.C),
            scaled,
            labels,
            groups=groups,
            cv=folds,
            method="decision_function",
            params=None if weights is None else {"sample_weight": weights},
        )
        self.calibration_ = platt(held, labels, weights)
        return self

    def fit_weights(
        self,
        X: Sequence[str],
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> EditorialClassifier:
        """Fit the weights and leave the scores uncalibrated."""
        self._fit_weights(X, y, sample_weight, groups)
        self.calibration_ = (1.0, 0.0)
        return self

    def _fit_weights(
        self,
        X: Sequence[str],
        y: ArrayLike,
        sample_weight: ArrayLike | None,
        groups: ArrayLike | None,
    ) -> tuple[sp.csr_matrix, NDArray[Any], NDArray[np.float64] | None]:
        labels = np.asarray(y)
        self.classes_ = np.unique(labels)
        if self.classes_.tolist() != [0, 1]:
            raise _wrong_labels(self.classes_)
        self._forget()
        matrix = self._first_matrix(X, groups)
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=float)
        self.coef_, self.intercept_, scaled = weigh(
            matrix,
            self.vectorizer_.feature_names_,
            labels,
            weights,
            learned=self._learned(),
            C=self.C,
            wording_scale=self.wording_scale,
            smallest=self.smallest,
        )
        return scaled, labels, weights

    def partial_fit(
        self,
        X: Sequence[str],
        y: ArrayLike,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> EditorialClassifier:
        """Learn from one chunk of sentences more, of any number, and keep none of them.

        The first chunk decides which words and features there are and how they are scaled, so
        it should be a fair sample: some tens of thousands of sentences in a mixed order. From the
        second on, each chunk is scored before it is learned from, and the calibration is fitted
        on the last 50,000 of these scores; so sentences of one article belong in one chunk.
        After :meth:`fit` it begins anew.

        Parameters
        ----------
        X, y, sample_weight, groups
            As for :meth:`fit`; a chunk may hold one label only.
        classes : array-like, optional
            What scikit-learn asks for with the first chunk; there is only ``[0, 1]``.
        """
        labels = np.asarray(y)
        for given in (labels, labels[:0] if classes is None else np.asarray(classes)):
            if not set(given.tolist()) <= {0, 1}:
                raise _wrong_labels(np.unique(given))
        weights = np.ones(len(labels)) if sample_weight is None else np.asarray(sample_weight)
        if not hasattr(self, "_stream"):
            matrix = self._first_matrix(X, groups)
            names, learned = self.vectorizer_.feature_names_, tuple(self._learned())
            self._stream = Stream(Scaling(matrix, names, learned, self.wording_scale), self.C)
            self._held = np.empty((0, 3))
            self.classes_, self.calibration_ = np.array([0, 1]), (1.0, 0.0)
        else:
            matrix = self._matrix(X)
            scores = matrix @ self.coef_ + self.intercept_
            self._held = np.vstack([self._held, np.column_stack([scores, labels, weights])])
            self._held = self._held[-_HELD:]
        self._stream.learn(matrix, labels, weights)
        self.coef_, self.intercept_ = self._stream.weighed(self.smallest)
        held, truth, weighed = self._held.T
        if len(np.unique(truth)) > 1:
            self.calibration_ = platt(held, truth, weighed)
        return self

    def _forget(self) -> None:
        """Let :meth:`partial_fit` begin anew."""
        if hasattr(self, "_stream"):
            del self._stream, self._held

    def _learned(self) -> list[str]:
        """Return what the features of learned words begin with."""
        return [f"{one.name}." for one in self.vectorizer_.extractors_ if one.learned]

    def _first_matrix(self, X: Sequence[str], groups: ArrayLike | None) -> sp.csr_matrix:
        """Choose words and features, and return the evidence, thinned by length."""
        self.vectorizer_ = EvidenceVectorizer(
            self.extractors,
            self.min_df,
            wording=self.wording,
            exclude=self.exclude,
            n_jobs=self.n_jobs,
        )
        return self._thinned(self.vectorizer_.fit_transform(X, groups=groups), X)

    def _matrix(self, X: Sequence[str]) -> sp.csr_matrix:
        """Return the evidence, thinned by length."""
        return self._thinned(self.vectorizer_.transform(X), X)

    def _thinned(self, matrix: sp.csr_matrix, X: Sequence[str]) -> sp.csr_matrix:
        if self.density == NONE:
            return matrix
        thinned = [thinning(len(split(text)), self.density) for text in X]
        return sp.csr_matrix(sp.diags(thinned) @ matrix)

    def decision_function(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Return the score of each sentence, shape (n,)."""
        check_is_fitted(self, "coef_")
        scores: NDArray[np.float64] = self._matrix(X) @ self.coef_ + self.intercept_
        return scores

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape (n, 2)."""
        scores = self.decision_function(X)
        slope, intercept = self.calibration_
        editorial = 1.0 / (1.0 + np.exp(-(slope * scores + intercept)))
        return np.column_stack([1.0 - editorial, editorial])

    def predict(self, X: Sequence[str]) -> NDArray[Any]:
        """Return the labels, shape (n,)."""
        editorial = self.predict_proba(X)[:, 1] >= 0.5
        labels: NDArray[Any] = self.classes_[editorial.astype(int)]
        return labels

    def explain(self, X: Sequence[str]) -> list[Verdict]:
        """Return a verdict with contributions for each sentence."""
        model = self.to_linear_model()
        # An extractor that was given as a value need not be installed to explain itself.
        vars(model)["extraction"] = self.vectorizer_._extraction
        return [model.judge(sentence_of(text)) for text in X]

    def to_linear_model(self, **about: Any) -> LinearModel:
        """Export the fitted weights for :mod:`framing.model`."""
        check_is_fitted(self, "coef_")
        return LinearModel(
            weights={
                name: float(weight)
                for name, weight in zip(self.vectorizer_.feature_names_, self.coef_, strict=True)
                if weight
            },
            base=self.intercept_,
            calibration=self.calibration_,
            density=self.density,
            extractors={
                one.name: "" if one.learned else one.digest for one in self.vectorizer_.extractors_
            },
            about=about,
        )


def _wrong_labels(found: NDArray[Any]) -> ValueError:
    return ValueError(
        f"y must hold both 1 (editorial) and 0 (reporting) and nothing else, not {found.tolist()}"
    )


def platt(
    scores: NDArray[np.float64],
    labels: NDArray[Any],
    weights: NDArray[np.float64] | None = None,
) -> tuple[float, float]:
    """Fit slope and intercept of a logistic curve from scores to probabilities (Platt, 1999)."""
    curve = LogisticRegression(C=np.inf, max_iter=1000)
    curve.fit(scores.reshape(-1, 1), labels, sample_weight=weights)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def _is_text(given: object) -> bool:
    return isinstance(given, str)
