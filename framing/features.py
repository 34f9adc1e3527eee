"""scikit-learn faces of the extractors: a transformer and a classifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict
from sklearn.utils.validation import check_is_fitted

from framing.evidence import Extractor
from framing.extraction import Extraction
from framing.lexicon import phrases
from framing.model import LinearModel, Verdict, sentence_of
from framing.registry import resolve
from framing.text import Sentence
from framing.voice import others

__all__ = ["DEFAULT_EXTRACTORS", "EditorialClassifier", "EvidenceVectorizer"]

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


class EvidenceVectorizer(TransformerMixin, BaseEstimator):
    """Sentences → matrix of evidence, one column a feature, ``log1p`` of its summed values.

    Parameters
    ----------
    extractors : sequence of str or Extractor
        Names of installed extractors, or extractors.
    min_df : int
        A feature is kept if at least this many sentences have it.
    max_names : float
        A word that more than this share of its occurrences inside sentences capitalise is a
        name and is never learned.

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
    ) -> None:
        self.extractors = extractors
        self.min_df = min_df
        self.max_names = max_names

    def fit(self, X: Sequence[str], y: Any = None) -> EvidenceVectorizer:
        """Learn the vocabulary and which features occur often enough."""
        sentences = [sentence_of(text) for text in X]
        chosen = [
            one for name in self.extractors
            for one in ((name,) if isinstance(name, Extractor) else resolve([name]))
        ]
        vocabulary = _vocabulary(sentences, self.min_df, self.max_names)
        self.extractors_ = tuple(
            one.with_lexicon(phrases(one.name, vocabulary)) if one.learned else one
            for one in sorted(chosen, key=lambda one: one.name)
        )
        self._extraction = Extraction(self.extractors_)
        frequency: Counter[str] = Counter()
        for sentence in sentences:
            frequency.update({mark.feature for mark in self._extraction.evidence(sentence)})
        self.feature_names_ = sorted(
            feature for feature, count in frequency.items() if count >= self.min_df
        )
        self._columns = {feature: index for index, feature in enumerate(self.feature_names_)}
        return self

    def transform(self, X: Sequence[str]) -> sp.csr_matrix:
        """Return the evidence matrix, shape (n_sentences, n_features)."""
        check_is_fitted(self, "feature_names_")
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for text in X:
            totals: dict[int, float] = {}
            for mark in self._extraction.evidence(sentence_of(text)):
                column = self._columns.get(mark.feature)
                if column is not None:
                    totals[column] = totals.get(column, 0.0) + mark.value
            data.extend(totals.values())
            columns.extend(totals)
            ends.append(len(data))
        matrix = sp.csr_matrix(
            (np.log1p(np.asarray(data, dtype=np.float64)), columns, ends),
            shape=(len(ends) - 1, len(self.feature_names_)),
        )
        matrix.sort_indices()
        return matrix

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the features' names by column."""
        check_is_fitted(self, "feature_names_")
        return np.asarray(self.feature_names_, dtype=object)


def _vocabulary(sentences: Iterable[Sentence], min_df: int, max_names: float) -> list[str]:
    """Choose the words and pairs of words that are frequent and are no names or numbers."""
    frequency: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for sentence in sentences:
        words, raw, _, _ = sentence.tokens
        other = others(sentence.tokens, sentence.voices)
        seen: set[str] = set()
        previous = ""
        for index, word in enumerate(words):
            if index:
                inside[word] += 1
                capitals[word] += raw[index][0].isupper()
            usable = word[0].isalpha() and not (other and other[index])
            if usable:
                seen.add(word)
                if previous:
                    seen.add(f"{previous} {word}")
            previous = word if usable else ""
        if words and words[0][0].isalpha() and not (other and other[0]):
            seen.add(f"^ {words[0]}")
        frequency.update(seen)
    names = {word for word, count in capitals.items() if count > max_names * inside[word]} - {"i"}
    return [
        phrase
        for phrase, count in frequency.items()
        if count >= min_df and names.isdisjoint(phrase.split(" "))
    ]


class EditorialClassifier(ClassifierMixin, BaseEstimator):
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
        Standardised learned words are multiplied by this: below 1 they are held closer to 0
        than rated evidence.
    smallest : float
        Weights that move no sentence's score by more than this are left out of the model.
    n_splits : int
        Folds of the calibration.

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
    >>> model = EditorialClassifier(["evaluation", "rhetoric"], min_df=1).fit(texts, [1, 0] * 10)
    >>> model.predict(["What a disgrace.", "It rained."])
    array([1, 0])
    """

    def __init__(
        self,
        extractors: Sequence[str | Extractor] = DEFAULT_EXTRACTORS,
        min_df: int = 10,
        C: float = 0.003,
        wording_scale: float = 0.3,
        smallest: float = 0.0,
        n_splits: int = 5,
    ) -> None:
        self.extractors = extractors
        self.min_df = min_df
        self.C = C
        self.wording_scale = wording_scale
        self.smallest = smallest
        self.n_splits = n_splits

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
        labels = np.asarray(y)
        self.classes_ = np.unique(labels)
        self.vectorizer_ = EvidenceVectorizer(self.extractors, self.min_df)
        matrix = self.vectorizer_.fit(X).transform(X)
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=float)
        self._scale = self._scales(matrix)
        scaled = sp.csr_matrix(matrix @ sp.diags(self._scale))
        linear = LogisticRegression(C=self.C, max_iter=2000, tol=1e-8)
        linear.fit(scaled, labels, sample_weight=weights)
        coef = linear.coef_[0] * self._scale
        kept = np.abs(coef) * np.log(2) >= self.smallest
        self.coef_ = np.where(kept, coef, 0.0)
        self.intercept_ = float(linear.intercept_[0])
        folds = (
            StratifiedKFold(self.n_splits, shuffle=True, random_state=0)
            if groups is None
            else GroupKFold(self.n_splits)
        )
        held = cross_val_predict(
            LogisticRegression(C=self.C, max_iter=2000, tol=1e-8),
            scaled,
            labels,
            groups=groups,
            cv=folds,
            method="decision_function",
            params=None if weights is None else {"sample_weight": weights},
        )
        self.calibration_ = platt(held, labels, weights)
        return self

    def _scales(self, matrix: sp.csr_matrix) -> NDArray[np.float64]:
        """Return one over each column's standard deviation; learned words are held down."""
        mean = np.asarray(matrix.mean(axis=0)).ravel()
        square = np.asarray(matrix.multiply(matrix).mean(axis=0)).ravel()
        deviation = np.sqrt(np.maximum(square - mean**2, 1e-12))
        learned = {f"{one.name}." for one in self.vectorizer_.extractors_ if one.learned}
        is_learned = np.array(
            [name[: name.index(".") + 1] in learned for name in self.vectorizer_.feature_names_]
        )
        return np.where(
            is_learned, self.wording_scale / np.sqrt(deviation), 1.0 / np.maximum(deviation, 0.02)
        )

    def decision_function(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Return the score of each sentence, shape (n,)."""
        check_is_fitted(self, "coef_")
        return np.asarray(self.vectorizer_.transform(X) @ self.coef_ + self.intercept_)

    def predict_proba(self, X: Sequence[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape (n, 2)."""
        slope, intercept = self.calibration_
        editorial = 1.0 / (1.0 + np.exp(-(slope * self.decision_function(X) + intercept)))
        return np.column_stack([1.0 - editorial, editorial])

    def predict(self, X: Sequence[str]) -> NDArray[Any]:
        """Return the labels, shape (n,)."""
        editorial = self.predict_proba(X)[:, 1] >= 0.5
        return np.asarray(self.classes_)[editorial.astype(int)]

    def explain(self, X: Sequence[str]) -> list[Verdict]:
        """Return a verdict with contributions for each sentence."""
        model = self.to_linear_model()
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
            extractors={
                one.name: "" if one.learned else one.digest
                for one in self.vectorizer_.extractors_
            },
            about=about,
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
