"""Measure recipes without training each anew: what settings and extractors are worth.

Development only: needs the corpora that ``datasets/README.md`` names. All evidence is found once;
what is compared are columns and settings. Each recipe is measured by the same three numbers, AUC
on NewsSD-ENG (cross-validation by runs of neighbours, two shuffles) and zero-shot on the two
development files, and chosen by their mean.

``python tools/measure_recipes.py search`` tries settings around the shipped recipe;
``python tools/measure_recipes.py curves`` tries curves from scores to probabilities;
``python tools/measure_recipes.py ablation -o docs/ablation.md`` leaves out parts of it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from framing.batch import Batch
from framing.calibration import probability
from framing.commands.train import read_recipe
from framing.datasets import load
from framing.density import thinning
from framing.evaluation import expected_calibration_error
from framing.features import EvidenceVectorizer
from framing.hearing import hear_all
from framing.text import tokenise
from framing.training import CURVES, Recipe, Source, fit, gather, held_out_scores
from framing.voice import Heard
from framing.weighing import weigh

ROOT = Path(__file__).parents[1]
RECIPE = ROOT / "framing" / "models" / "news-en.toml"
DEV = ("mpqa-writer-dev", "babe-opinion-dev")
#: Shuffles of the target's articles into folds, and folds.
SHUFFLES, FOLDS = 2, 5
Array = NDArray[Any]
Voices = Iterator[tuple[int, list[Heard]]]


class Material(NamedTuple):
    """Sentences of the recipe and of the development files, and all evidence in them."""

    frame: pd.DataFrame
    names: list[str]
    matrix: sp.csr_matrix
    sizes: Array


def collect(
    recipe: Recipe, home: Path | None, kept: Callable[[Heard], bool] | None = None
) -> Material:
    """Find the evidence; ``kept`` says which voices are heard, by default all."""
    train = gather(recipe, home)
    frame = pd.concat([train, *(load(name, home) for name in DEV)], ignore_index=True)
    vectorizer = EvidenceVectorizer(
        recipe.extractors, recipe.min_df, wording=recipe.wording, exclude=recipe.exclude
    )

    def hear_some(batch: Batch, follows: Sequence[bool] | None = None) -> Voices:
        for number, voices in hear_all(batch, follows):
            if some := [one for one in voices if kept is None or kept(one)]:
                yield number, some

    with patch("framing.folding.hear_all", hear_some):
        vectorizer.fit(train["text"].tolist(), groups=train["group"].to_numpy())
        matrix = vectorizer.transform(frame["text"].tolist())
    sizes = np.array([len(tokenise(text)) for text in frame["text"]])
    return Material(frame, vectorizer.feature_names_, matrix, sizes)


def measure(
    recipe: Recipe, material: Material, kept: Array | None = None
) -> tuple[dict[str, float], Array]:
    """Measure a recipe on features that are kept; return also all scores of the full fit."""
    frame, names, matrix, sizes = material
    if kept is not None:
        names = [name for name, one in zip(names, kept, strict=True) if one]
        matrix = matrix[:, np.flatnonzero(kept)]
    offset, power = recipe.density or (0.0, 0.0)
    thinned = [thinning(size, (offset, power)) for size in sizes]
    matrix = sp.csr_matrix(sp.diags(thinned) @ matrix)
    labels, source = frame["label"].to_numpy(), frame["source"].to_numpy()
    weights = _weights(recipe, frame)
    settings: dict[str, Any] = {
        "C": recipe.C,
        "wording_scale": recipe.wording_scale,
        "smallest": recipe.smallest,
        "tol": 1e-5,
    }

    def scores(rows: Array, wanted: Array) -> Array:
        found = weigh(matrix[rows], names, labels[rows], weights[rows], **settings)
        values: Array = matrix[wanted] @ found.coef + found.intercept
        return values

    trained = np.flatnonzero(weights > 0)
    target = np.flatnonzero(source == recipe.target)
    aucs = []
    for seed in range(SHUFFLES):
        held = np.empty(len(target))
        for fold in _folds(frame["group"].to_numpy()[target], seed):
            others = np.setdiff1d(trained, target[fold])
            held[fold] = scores(others, target[fold])
        aucs.append(roc_auc_score(labels[target], held))
    found = {"news": float(np.mean(aucs))}
    everything = scores(trained, np.arange(len(frame)))
    for name in DEV:
        rows = source == name
        found[name] = float(roc_auc_score(labels[rows], everything[rows]))
    found["mean"] = float(np.mean(list(found.values())))
    other = np.flatnonzero(np.isin(source, [one.name for one in recipe.sources]))
    unseen = np.setdiff1d(other, target)
    if len(unseen):
        found["other sources → news"] = float(roc_auc_score(labels[target], scores(unseen, target)))
    return found, everything


def _weights(recipe: Recipe, frame: pd.DataFrame) -> Array:
    weights = frame["source"].map({one.name: one.weight for one in recipe.sources}).fillna(0.0)
    if "confidence" in frame:
        factors = dict(zip("123", recipe.confidence, strict=True))
        weights = weights * frame["confidence"].astype(str).map(factors).fillna(1.0)
    values: Array = weights.to_numpy(dtype=float)
    return values


def _folds(groups: Array, seed: int) -> Iterator[Array]:
    articles = np.unique(groups)
    np.random.default_rng(seed).shuffle(articles)
    fold = dict(zip(articles, np.arange(len(articles)) % FOLDS, strict=True))
    number = np.array([fold[one] for one in groups])
    for one in range(FOLDS):
        yield np.flatnonzero(number == one)


def neighbours(recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    """Yield the recipe and those that differ from it in one setting."""
    yield "the shipped recipe", recipe
    for C in (0.001, 0.003, 0.004):
        yield f"C = {C}", replace(recipe, C=C)
    for scale in (0.8, 1.3, 1.6):
        yield f"wording_scale = {scale}", replace(recipe, wording_scale=scale)
    for density in ((), (10.0, 0.2), (10.0, 0.6), (0.0, 0.3)):
        yield f"density = {list(density)}", replace(recipe, density=density)
    for confidence in ((1.0, 1.0, 1.0), (0.2, 1.0, 1.0), (0.3, 1.0, 1.5)):
        yield f"confidence = {list(confidence)}", replace(recipe, confidence=confidence)
    for position, one in enumerate(recipe.sources):
        for factor in (0.5, 2.0):
            sources = list(recipe.sources)
            sources[position] = Source(one.name, one.weight * factor)
            yield f"{one.name} = {one.weight * factor}", replace(recipe, sources=tuple(sources))


def curves(recipe: Recipe, home: Path | None) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield curves, fitted on the target and a weight of our sentences, and their errors."""
    data = gather(recipe, home)
    names = [one.name for one in recipe.sources]
    scores = {name: held_out_scores(recipe, data, name) for name in names}
    truth = {name: data.loc[data["source"] == name, "label"].to_numpy() for name in names}
    model = fit(recipe, data)
    for name in DEV:
        frame = load(name, home)
        scores[name] = np.array(model.scores(frame["text"].tolist()))
        truth[name] = frame["label"].to_numpy()
    joined = [recipe.target, "ours"]
    for weight in (0.0, 0.1, 0.15, 0.2, 0.3, 0.5):
        given = (
            np.concatenate([scores[name] for name in joined]),
            np.concatenate([truth[name] for name in joined]),
            np.repeat([1.0, weight], [len(scores[name]) for name in joined]),
        )
        for title, curve in CURVES.items():
            fitted = curve(*given)
            yield (
                f"{title}, ours:{weight:g}",
                {
                    name: expected_calibration_error(
                        truth[name], [probability(one, fitted) for one in scores[name]]
                    )
                    for name in scores
                },
            )


def ablation(recipe: Recipe, home: Path | None) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield what is left out, and what is measured without it."""
    material = collect(recipe, home)
    yield "nothing", measure(recipe, material)[0]
    families = np.array([name.partition(".")[0] for name in material.names])
    for family in sorted(set(families)):
        yield f"`{family}`", measure(recipe, material, families != family)[0]
    yield "density", measure(replace(recipe, density=()), material)[0]
    yield (
        "confidence of the labels",
        measure(replace(recipe, confidence=(1.0, 1.0, 1.0)), material)[0],
    )
    yield (
        "hearing of attitudes",
        measure(recipe, collect(recipe, home, lambda one: one.kind != "attitude"))[0],
    )
    yield "all hearing", measure(recipe, collect(recipe, home, lambda _: False))[0]


def plain(rows: Iterator[tuple[str, dict[str, float]]], first: str) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    for number, (name, found) in enumerate(rows):
        if not number:
            yield f"| {first} | {' | '.join(found)} |"
            yield "|---" * (len(found) + 1) + "|"
        yield f"| {name} | {' | '.join(f'{value:.3f}' for value in found.values())} |"


def table(rows: Iterator[tuple[str, dict[str, float]]], first: str) -> Iterator[str]:
    """Yield the lines of a Markdown table, with the change against the first row."""
    base = 0.0
    for number, (name, found) in enumerate(rows):
        if not number:
            base = found["mean"]
            yield f"| {first} | mean | change | {' | '.join(k for k in found if k != 'mean')} |"
            yield "|---" * (len(found) + 2) + "|"
        cells = [f"{value:.4f}" for key, value in found.items() if key != "mean"]
        change = f"{found['mean'] - base:+.4f}" if number else ""
        yield f"| {name} | {found['mean']:.4f} | {change} | {' | '.join(cells)} |"


ABLATION = """# What each part is worth

Made by `python tools/measure_recipes.py ablation`; nothing here is measured on a test split.
AUC on NewsSD-ENG train and dev by cross-validation (two shuffles of runs of ten neighbours),
zero-shot on the two development files, and their mean; the last column is trained without
NewsSD-ENG and measured on it. One part is left out at a time, and the rest is weighed anew, so
that what another part knows as well is made up for.

"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("search", "curves", "ablation"))
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--data-home", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="a Markdown file, in place of printing")
    arguments = parser.parse_args()
    recipe, _ = read_recipe(arguments.recipe)
    if arguments.what == "search":
        material = collect(recipe, arguments.data_home)
        rows = ((name, measure(one, material)[0]) for name, one in neighbours(recipe))
        lines = table(rows, "setting")
    elif arguments.what == "curves":
        lines = plain(curves(recipe, arguments.data_home), "curve")
    else:
        lines = table(ablation(recipe, arguments.data_home), "left out")
    text = "\n".join(lines) + "\n"
    if arguments.what == "ablation":
        text = ABLATION + text
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
