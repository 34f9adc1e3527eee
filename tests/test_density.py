"""Evidence is thinned by the length of its sentence, the same in every path to a score."""

from __future__ import annotations

import json

import numpy as np
import pytest
from stand_in_model import stand_in

from framing.density import NONE, thinning
from framing.errors import ConfigError, ModelError
from framing.features import EditorialClassifier
from framing.model import LinearModel
from framing.text import tokenise
from framing.training import Recipe
from framing.voice import sentence_of

DENSITY = (10.0, 0.5)
SHORT = "It is a disgrace."
LONG = (
    "It is a disgrace that the harbour, which was built in 1921 and sold on Monday by 7 votes to"
    " 2, was left to the gulls, the union said in a letter that it sent to the council in Drosk."
)


@pytest.fixture
def model() -> LinearModel:
    return stand_in().replace(density=DENSITY)


def test_a_sentence_of_usual_length_counts_fully() -> None:
    assert thinning(24, DENSITY) == 1.0


def test_shorter_counts_more_and_longer_less() -> None:
    factors = [thinning(size, DENSITY) for size in (1, 6, 24, 60, 200)]
    assert factors == sorted(factors, reverse=True)
    assert factors[0] > 1 > factors[-1]


@pytest.mark.parametrize("size", [0, 5, 500])
def test_without_density_length_does_not_matter(size: int) -> None:
    assert thinning(size, NONE) == 1.0


@pytest.mark.parametrize("text", [SHORT, LONG, "", "Why?", "“No,” she said."])
def test_the_sum_is_that_of_the_plain_model_thinned(model: LinearModel, text: str) -> None:
    plain = stand_in().judge(sentence_of(text))
    verdict = model.judge(sentence_of(text))
    assert verdict.score is not None and plain.score is not None
    factor = thinning(len(tokenise(text)), DENSITY)
    assert verdict.score - model.base == pytest.approx((plain.score - model.base) * factor)
    total = model.base + sum(one.amount for one in verdict.contributions)
    assert abs(verdict.score - total) < 1e-9


def test_bulk_scores_are_the_same(model: LinearModel) -> None:
    texts = [SHORT, LONG, "", " ", "Why?", "“No,” she said."]
    explained = [model.judge(sentence_of(text)).score for text in texts]
    assert model.scores(texts) == pytest.approx(explained)


def test_it_is_kept_in_the_file(model: LinearModel) -> None:
    assert LinearModel.from_json(model.to_json()) == model


def test_a_file_without_it_is_as_before() -> None:
    assert "density" not in json.loads(stand_in().to_json())


@pytest.mark.parametrize("value", [[-1.0, 0.5], [1.0], "much", [1.0, float("inf")]])
def test_what_is_no_density(model: LinearModel, value: object) -> None:
    data = {**json.loads(model.to_json()), "density": value}
    with pytest.raises(ModelError):
        LinearModel.from_json(json.dumps(data))


def test_a_trained_classifier_exports_it() -> None:
    texts = [SHORT, "It rained.", LONG, "He left the harbour on Monday."] * 6
    labels = [1, 0] * 12
    fitted = EditorialClassifier(["evaluation", "surface"], min_df=1, C=1.0, density=DENSITY)
    fitted.fit(texts, labels)
    exported = fitted.to_linear_model()
    assert exported.density == DENSITY
    assert np.allclose(exported.scores(texts), fitted.decision_function(texts))


@pytest.mark.parametrize("density", [(1.0,), (-1.0, 0.5)])
def test_a_recipe_names_two_numbers(density: tuple[float, ...]) -> None:
    with pytest.raises(ConfigError, match="density is an offset"):
        Recipe((), "ours", density=density).classifier()
