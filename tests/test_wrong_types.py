"""What is given to a public function by mistake is refused as such, and as nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing.annotation import read_labels, tasks

#: Anything but what they take; a path that is one leads nowhere.
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.floats(),
    st.binary(max_size=5),
    st.lists(st.one_of(st.none(), st.integers(0, 3), st.binary(max_size=3)), min_size=1),
    st.dictionaries(st.integers(0, 3), st.integers(0, 3), min_size=1),
    st.just(object()),
)
FUNCTIONS: dict[str, Callable[..., object]] = {
    "analyze": framing.analyze,
    "score": framing.score,
    "load_model": framing.load_model,
    "compare": lambda one: framing.compare(one, "It rained."),
    "analyze_many": lambda one: framing.analyze_many(one, progress=False),
    "tasks": tasks,
    "read_labels": read_labels,
    "vectorizer": lambda one: framing.EvidenceVectorizer().fit(one),
    "classifier": lambda one: framing.EditorialClassifier().fit(one, [0, 1]),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(deadline=None, max_examples=40)
@given(wrong=WRONG)
def test_what_is_wrong_is_refused(name: str, wrong: object) -> None:
    try:
        FUNCTIONS[name](wrong)
    except (framing.FramingError, TypeError, ValueError):
        return
