"""From labelled sentences to a model file: fit, calibrate, choose thresholds, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from framing.scoring import probabilities

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
    curve : str
        From score to probability: ``"platt"``, or ``"beta"`` for one that may be steeper for low
        scores than for high ones, see :func:`framing.calibration.log_odds`.
    calibrate : tuple of str
        Sets (``name`` or ``name:weight``) whose held-out sentences join the target's when scores
        become probabilities.
    threshold : float
        Probability from which a sentence is called editorial; 0 for the one that is best on the
        target's held-out sentences.
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
    curve: str = "platt"
    calibrate: tuple[str, ...] = ()
    threshold: float = 0.0

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
    calibration: tuple[float, ...],
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
    calibration : tuple of float
        Of the first stage.
    digits : int
        Decimal places of the weight.
    """
    context, added = Context(1.0), np.zeros(len(scores))
    chances = pd.Series(probabilities(scores, calibration))
    for rows in chances.groupby(groups).indices.values():
        added[rows] = context.values(chances.iloc[rows].tolist())
    both = np.column_stack([scores, added])
    own, article = LogisticRegression(C=np.inf, max_iter=1000).fit(both, labels).coef_[0]
    return context.replace(weight=round(max(0.0, float(article / own)), digits))


def beta(
    scores: NDArray[np.float64],
    labels: NDArray[Any],
    weights: NDArray[np.float64] | None = None,
) -> tuple[float, float, float]:
    """Fit the two slopes and the intercept of a beta calibration (Kull et al., 2017).

    A slope that would fall with the score is held at 0, as there.

    Examples
    --------
    >>> scores = np.repeat([-3.0, -1.0, 1.0, 3.0], 10)
    >>> labels = np.tile([0] * 9 + [1], 4) | (np.arange(40) % 10 < np.repeat([0, 2, 5, 6], 10))
    >>> low, high, intercept = beta(scores, labels)
    >>> low > high > 0
    True
    """
    sides = np.column_stack([-np.logaddexp(0.0, -scores), np.logaddexp(0.0, scores)])
    used = [0, 1]
    while True:
        curve = LogisticRegression(C=np.inf, max_iter=1000)
        curve.fit(sides[:, used], labels, sample_weight=weights)
        slopes = dict(zip(used, map(float, curve.coef_[0]), strict=True))
        if min(slopes.values()) >= 0 or len(used) == 1:
            low, high = (max(0.0, slopes.get(side, 0.0)) for side in (0, 1))
            return low, high, float(curve.intercept_[0])
        used = [max(slopes, key=lambda side: slopes[side])]


#: How a curve from scores to probabilities is fitted, by its name in a recipe.
CURVES: dict[str, Callable[..., tuple[float, ...]]] = {"platt": platt, "beta": beta}


class _Held(NamedTuple):
    """A source's sentences, scored by models that have not seen their articles."""

    scores: NDArray[np.float64]
    labels: NDArray[Any]
    groups: NDArray[Any]


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
    if recipe.curve not in CURVES:
        raise ConfigError(f"curve is one of {', '.join(CURVES)}, not {recipe.curve!r}")
    if not 0 <= recipe.threshold < 1:
        raise ConfigError(
            f"threshold is a probability, or 0 to choose the best, not {recipe.threshold}"
        )
    joined = parse_sources(recipe.calibrate)
    data = gather(recipe, home)
    held: dict[str, _Held] = {}
    for name in (recipe.target, *(one.name for one in joined), recipe.context):
        if name and name not in held:
            scores = held_out_scores(recipe, data, name)
            rows = data[data["source"] == name]
            held[name] = _Held(scores, rows["label"].to_numpy(), rows["group"].to_numpy())
    target = held[recipe.target]
    calibration = _calibrated(recipe, [Source(recipe.target), *joined], held)
    chances = probabilities(target.scores, calibration)
    threshold = recipe.threshold or best_threshold(target.labels, chances)
    low, high = unsure_band(target.labels, chances, threshold, recipe.precision)
    context = None
    if recipe.context:
        one = held[recipe.context]
        context = fit_context(one.labels, one.scores, one.groups, calibration, recipe.digits)
    sizes = data.groupby("source")["label"].agg(["size", "sum"])
    return fit(recipe, data).replace(
        calibration=calibration,
        thresholds={"default": threshold, "reporting": low, "editorial": high},
        context=context,
        about={
            **(about or {}),
            "recipe": {**asdict(recipe), "sources": [list(source) for source in recipe.sources]},
            "data": {
                str(name): {"sentences": int(row["size"]), "editorial": int(row["sum"])}
                for name, row in sizes.iterrows()
            },
        },
    )


def _calibrated(
    recipe: Recipe, sources: Sequence[Source], held: Mapping[str, _Held]
) -> tuple[float, ...]:
    """Fit the curve on held-out sentences, each source with its weight."""
    parts = [held[source.name] for source in sources]
    fitted = CURVES[recipe.curve](
        np.concatenate([part.scores for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.repeat([source.weight for source in sources], [len(part.scores) for part in parts]),
    )
    return tuple(round(value, recipe.digits) for value in fitted)


def parse_sources(texts: Sequence[str]) -> tuple[Source, ...]:
    """Read several ``name:weight``."""
    return tuple(Source.parse(text) for text in texts)
