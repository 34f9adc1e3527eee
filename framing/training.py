"""From labelled sentences to a model file: fit, calibrate, choose thresholds, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from framing.context import Context
from framing.datasets import load
from framing.density import NONE
from framing.errors import ConfigError, DataError
from framing.features import DEFAULT_EXTRACTORS, EditorialClassifier, platt
from framing.model import LinearModel

__all__ = ["Recipe", "Source", "held_out_scores", "train"]


class Source(NamedTuple):
    """A data set and the weight of each of its sentences.

    Attributes
    ----------
    name : str
    weight : float
    """

    name: str
    weight: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Source:
        """Read ``name`` or ``name:weight``.

        Examples
        --------
        >>> Source.parse("ours:0.3")
        Source(name='ours', weight=0.3)
        """
        name, colon, weight = text.partition(":")
        try:
            return cls(name, float(weight) if colon else 1.0)
        except ValueError:
            raise DataError(f"write a data set as name or name:weight, not {text!r}") from None


@dataclass(frozen=True)
class Recipe:
    """All that decides a model, so that it can be made again to the digit.

    Attributes
    ----------
    sources : tuple of Source
    target : str
        The source whose held-out sentences set calibration and threshold.
    extractors : tuple of str
    min_df, C, wording_scale, smallest, wording, exclude :
        See :class:`framing.features.EditorialClassifier`.
    digits : int
        Decimal places of the weights.
    folds : int
    precision : float
        Outside the band of unsure probabilities, so large a share of either label is right.
    context : str
        The source whose articles the second stage learns from; "" for a model without one.
    density : tuple of float
        Offset and power, see :func:`framing.density.thinning`; empty for none.
    confidence : tuple of float
        What a sentence's weight is multiplied by if its label was given with confidence 1, 2, 3,
        in sets that tell it.
    calibrate : tuple of str
        Sets (``name`` or ``name:weight``) whose held-out sentences join the target's when scores
        become probabilities.
    """

    sources: tuple[Source, ...]
    target: str
    extractors: tuple[str, ...] = DEFAULT_EXTRACTORS
    min_df: int = 10
    C: float = 0.002
    wording_scale: float = 1.3
    smallest: float = 0.0
    wording: int = 1
    exclude: tuple[str, ...] = ()
    digits: int = 4
    folds: int = 5
    precision: float = 0.85
    context: str = ""
    density: tuple[float, ...] = ()
    confidence: tuple[float, ...] = (1.0, 1.0, 1.0)
    calibrate: tuple[str, ...] = ()

    def classifier(self) -> EditorialClassifier:
        """Return an unfitted classifier of this recipe."""
        return EditorialClassifier(
            self.extractors,
            self.min_df,
            self.C,
            self.wording_scale,
            self.smallest,
            wording=self.wording,
            exclude=self.exclude,
            density=self._density(),
        )

    def _density(self) -> tuple[float, float]:
        if not self.density:
            return NONE
        if len(self.density) != 2 or self.density[0] < 0:
            raise ConfigError("density is an offset, 0 or more, and a power: [10, 0.4]")
        return self.density[0], self.density[1]


def gather(recipe: Recipe, home: str | Path | None = None) -> pd.DataFrame:
    """Load the recipe's data; adds the column ``weight``."""
    if not recipe.sources:
        raise DataError("the recipe names no data set")
    for source in recipe.sources:
        if not 0 < source.weight < inf:
            raise DataError(f"{source.name}: a weight is a number above 0, not {source.weight}")
    if len(recipe.confidence) != 3 or not all(0 < one < inf for one in recipe.confidence):
        raise DataError("confidence is three numbers above 0, for labels of confidence 1, 2, 3")
    frames = []
    for source in recipe.sources:
        frame = load(source.name, home).assign(weight=source.weight)
        if "confidence" in frame:
            factors = dict(zip("123", recipe.confidence, strict=True))
            known = frame["confidence"].astype(str).map(factors).fillna(1.0)
            frame = frame.assign(weight=frame["weight"] * known)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def held_out_scores(
    recipe: Recipe, data: pd.DataFrame, source: str | None = None
) -> NDArray[np.float64]:
    """Return a score of every sentence of a source from a model that has not seen its article.

    The other sources stay in the training part of every fold.

    Parameters
    ----------
    recipe : Recipe
    data : DataFrame
        See :func:`gather`.
    source : str, optional
        By default the target.

    Returns
    -------
    ndarray of shape (n_source,)
    """
    name = recipe.target if source is None else source
    target = data["source"].to_numpy() == name
    if not target.any():
        raise DataError(f"{name!r} is none of the recipe's data sets")
    rows = np.flatnonzero(target)
    groups = data["group"].to_numpy()[rows]
    if len(set(groups)) < recipe.folds:
        raise DataError(
            f"{name}: {recipe.folds} folds need as many articles, there are"
            f" {len(set(groups))}; name a larger target"
        )
    if len(set(data["label"].to_numpy()[rows])) < 2:
        raise DataError(f"{name}: all sentences have one label; name another set")
    scores = np.empty(len(rows))
    for _, held in GroupKFold(recipe.folds).split(rows, groups=groups):
        kept = np.ones(len(data), dtype=bool)
        kept[rows[held]] = False
        model = fit(recipe, data[kept])
        texts = data["text"].to_numpy()[rows[held]]
        scores[held] = model.scores(list(texts))
    return scores


def fit(recipe: Recipe, data: pd.DataFrame) -> LinearModel:
    """Fit the weights alone and round them; nothing is calibrated."""
    classifier = recipe.classifier()
    classifier.fit_weights(
        data["text"].tolist(),
        data["label"].to_numpy(),
        sample_weight=data["weight"].to_numpy(),
        groups=data["group"].to_numpy(),
    )
    model = classifier.to_linear_model()
    weights = {name: round(weight, recipe.digits) for name, weight in model.weights.items()}
    return model.replace(
        weights={name: weight for name, weight in weights.items() if weight},
        base=round(model.base, recipe.digits),
    )


#: So many hundredths to either side are averaged: on a few hundred sentences the best single
#: threshold is chance.
_AROUND = 5


def best_threshold(labels: NDArray[Any], probabilities: NDArray[np.float64]) -> float:
    """Return the threshold, to two places, around which macro-F1 is best.

    Of several the highest: in doubt a sentence is reporting.

    Examples
    --------
    >>> best_threshold(np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.9]))
    0.55
    """
    steps = np.arange(20 - _AROUND, 81 + _AROUND) / 100
    measured = [f1_score(labels, probabilities >= at, average="macro") for at in steps]
    around = np.convolve(measured, np.full(2 * _AROUND + 1, 1 / (2 * _AROUND + 1)), "valid")
    best = np.flatnonzero(around >= around.max() - 1e-9)[-1]
    return float(steps[best + _AROUND])


#: Fewer sentences show no precision.
_FEWEST = 20


def unsure_band(
    labels: NDArray[Any], probabilities: NDArray[np.float64], threshold: float, precision: float
) -> tuple[float, float]:
    """Return the band around a threshold outside which each label is right often enough.

    Parameters
    ----------
    labels : ndarray of shape (n,)
        1 editorial, 0 reporting.
    probabilities : ndarray of shape (n,)
        Of sentences whose articles the model has not seen.
    threshold : float
    precision : float
        Share of the sentences below the band that are reporting, and of those above it that are
        editorial.

    Returns
    -------
    low, high : float
        To two places; 0 or 1 where no threshold gives that precision on 20 sentences or more.

    Examples
    --------
    >>> labels = np.repeat([0, 1, 0, 1], 25)
    >>> unsure_band(labels, np.repeat([0.1, 0.4, 0.6, 0.9], 25), 0.5, 0.9)
    (0.4, 0.61)
    """
    truth = labels == 1
    low, high = 0.0, 1.0
    for at in np.arange(round(threshold * 100), -1, -1) / 100:
        below = probabilities < at
        if below.sum() < _FEWEST:
            break
        if (~truth[below]).mean() >= precision:
            low = float(at)
            break
    for at in np.arange(round(threshold * 100), 101) / 100:
        above = probabilities >= at
        if above.sum() < _FEWEST:
            break
        if truth[above].mean() >= precision:
            high = float(at)
            break
    return low, high


def fit_context(
    labels: NDArray[Any],
    scores: NDArray[np.float64],
    groups: NDArray[Any],
    calibration: tuple[float, float],
    digits: int = 4,
) -> Context:
    """Fit what the other sentences of an article add.

    Only the ratio of the article's weight to the sentence's own is taken from the fit, so that
    probabilities stay what they are where the article adds nothing.

    Parameters
    ----------
    labels : ndarray of shape (n,)
    scores : ndarray of shape (n,)
        Of the first stage, for sentences whose articles it has not seen.
    groups : ndarray of shape (n,)
        The article of each sentence.
    calibration : tuple of (float, float)
        Of the first stage.
    digits : int
        Decimal places of the weight.
    """
    slope, intercept = calibration
    odds = slope * scores + intercept
    context, added = Context(1.0), np.zeros(len(odds))
    chances = pd.Series(1.0 / (1.0 + np.exp(-odds)))
    for rows in chances.groupby(groups).indices.values():
        added[rows] = context.values(chances.iloc[rows].tolist())
    fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(np.column_stack([odds, added]), labels)
    own, article = fitted.coef_[0]
    return context.replace(weight=round(max(0.0, float(article / own / slope)), digits))


def train(
    recipe: Recipe, home: str | Path | None = None, about: dict[str, Any] | None = None
) -> LinearModel:
    """Make a model by its recipe.

    Parameters
    ----------
    recipe : Recipe
    home : str or Path, optional
        Where the data sets lie, see :func:`framing.datasets.data_home`.
    about : dict, optional
        Goes into the model's ``about``, beside the recipe and the sizes of the data.

    Returns
    -------
    LinearModel
    """
    data = gather(recipe, home)
    held = held_out_scores(recipe, data)
    labels = data.loc[data["source"] == recipe.target, "label"].to_numpy()
    slope, intercept = (
        round(value, recipe.digits) for value in _calibrated(recipe, data, held, labels)
    )
    model = fit(recipe, data)
    calibrated = 1.0 / (1.0 + np.exp(-(slope * held + intercept)))
    threshold = best_threshold(labels, calibrated)
    low, high = unsure_band(labels, calibrated, threshold, recipe.precision)
    sizes = data.groupby("source")["label"].agg(["size", "sum"])
    return model.replace(
        calibration=(slope, intercept),
        thresholds={"default": threshold, "reporting": low, "editorial": high},
        context=_context(recipe, data, (slope, intercept)),
        about={
            **(about or {}),
            "recipe": {**asdict(recipe), "sources": [list(source) for source in recipe.sources]},
            "data": {
                str(name): {"sentences": int(row["size"]), "editorial": int(row["sum"])}
                for name, row in sizes.iterrows()
            },
        },
    )


def _context(
    recipe: Recipe, data: pd.DataFrame, calibration: tuple[float, float]
) -> Context | None:
    """Fit the second stage of a recipe that wants one."""
    if not recipe.context:
        return None
    scores = held_out_scores(recipe, data, recipe.context)
    rows = data[data["source"] == recipe.context]
    given = rows["label"].to_numpy(), scores, rows["group"].to_numpy()
    return fit_context(*given, calibration, recipe.digits)


def _calibrated(
    recipe: Recipe, data: pd.DataFrame, held: NDArray[np.float64], labels: NDArray[Any]
) -> tuple[float, float]:
    """Fit the curve on the held-out sentences of the target and of the sets that join it."""
    scores, truth, weights = [held], [labels], [np.ones(len(held))]
    for source in parse_sources(recipe.calibrate):
        scores.append(held_out_scores(recipe, data, source.name))
        truth.append(data.loc[data["source"] == source.name, "label"].to_numpy())
        weights.append(np.full(len(scores[-1]), source.weight))
    return platt(*map(np.concatenate, (scores, truth, weights)))


def parse_sources(texts: Sequence[str]) -> tuple[Source, ...]:
    """Read several ``name:weight``."""
    return tuple(Source.parse(text) for text in texts)
