"""framing.score: the verdicts' probabilities, for many sentences at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in_model import stand_in

import framing
from framing.calibration import probability
from framing.scoring import probabilities
from framing.text import Sentence
from framing.voice import listen

SENTENCES = [
    "The council voted 7 to 2 on Monday.",
    "A new pier is much needed.",
    "“It is a disgraceful plan,” said Bo Ek.",
    "Is it not a disgraceful plan?",
    "",
]


def expected(text: str) -> float | None:
    sentence = Sentence(text)
    heard = Sentence(text, voices=listen(text, sentence.tokens)[0])
    return stand_in().judge(heard).probability


def test_scores_are_those_of_the_verdicts() -> None:
    found = framing.score(SENTENCES, model=stand_in())
    assert found.dtype == np.float64
    assert found.shape == (len(SENTENCES),)
    assert found.tolist() == pytest.approx([expected(text) for text in SENTENCES], abs=1e-12)


def test_the_shipped_model_is_the_default() -> None:
    assert (
        framing.score(SENTENCES).tolist()
        == framing.score(SENTENCES, model=framing.load_model()).tolist()
    )


@pytest.mark.parametrize("kind", [tuple, np.array, pd.Series], ids=["tuple", "array", "column"])
def test_any_sequence(kind: Any) -> None:
    found = framing.score(kind(SENTENCES), model=stand_in())
    assert found.tolist() == framing.score(SENTENCES, model=stand_in()).tolist()


def test_no_sentences() -> None:
    assert framing.score([], model=stand_in(), n_jobs=2, progress=True).shape == (0,)


@pytest.mark.parametrize("whole", ["An article. It has two sentences.", b"bytes"])
def test_a_single_string_is_refused(whole: Any) -> None:
    with pytest.raises(TypeError, match=r"not a single string; for an article use framing\.an"):
        framing.score(whole)


def test_what_is_no_string_is_named() -> None:
    with pytest.raises(TypeError, match=r"sentences\[1\] is float, not str: nan"):
        framing.score(["It rained.", float("nan")])  # type: ignore[list-item]


def test_no_jobs_are_refused() -> None:
    with pytest.raises(ValueError, match="n_jobs"):
        framing.score(SENTENCES, n_jobs=0)


@pytest.mark.parametrize("n_jobs", [2, -1])
def test_jobs_change_nothing(n_jobs: int) -> None:
    many = [f"{text} {number}" for number in range(600) for text in SENTENCES]
    alone = framing.score(many, model=stand_in())
    assert framing.score(many, model=stand_in(), n_jobs=n_jobs).tolist() == alone.tolist()


def test_progress_is_shown_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    framing.score(SENTENCES, model=stand_in(), progress=True)
    shown = capfd.readouterr()
    assert "sentences" in shown.err
    assert shown.out == ""


SLOPES = st.floats(0, 5)


@given(
    st.lists(st.floats(-60, 60) | st.floats(-1e300, 1e300), max_size=20),
    st.tuples(SLOPES, st.floats(-5, 5)) | st.tuples(SLOPES, SLOPES, st.floats(-5, 5)),
)
def test_the_curve_of_many_is_that_of_one(
    scores: list[float], calibration: tuple[float, ...]
) -> None:
    found = probabilities(np.array(scores, np.float64), calibration)
    one_by_one = [probability(score, calibration) for score in scores]
    assert found.tolist() == pytest.approx(one_by_one, rel=1e-12, abs=1e-300)
