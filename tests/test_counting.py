"""Counting in bulk: the same sums of evidence and words as sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hostile_text import TEXTS as HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpora import sentences

from framing.counting import Counter, Words, counts, words
from framing.evidence import Evidence, Extractor
from framing.extraction import Extraction
from framing.extractors import BUILTIN
from framing.text import Sentence
from framing.voice import sentence_of

TEXTS = [
    *sentences(60)[0],
    "",
    "…",
    "“It is a shameful plan,” said Dara Orlan, a clerk; it must not pass.",
    "Council Approves the Shameful Plan",
    "In her view, the much needed rethink is, frankly, a farce.",
    "İt is 5 p.m. at last.",
]


def _found(sentence: Sentence) -> Iterable[Evidence]:
    if "plan" in sentence.text:
        yield Evidence(0, 1, "house.plan", 2.5)


def _shaped(raw: str) -> tuple[str, ...]:
    return (f"shape.of_{raw.lower()}",) if raw.startswith("p") else ()


FINDER = Extractor("house", {"house.plan": "plans"}, find=_found)
OPEN = Extractor("shape", {"shape.*": "words in p"}, shape=_shaped)


ARRAYS = [one for one in BUILTIN if one.name != "readability"]


def same(extractors: Sequence[Extractor], texts: list[str]) -> None:
    found = Counter(extractors).count(texts)
    extraction = Extraction(extractors)
    assert found.matrix.shape == (len(texts), len(found.names))
    assert len(set(found.names)) == len(found.names)
    for text, row in zip(texts, found.matrix.toarray(), strict=True):
        totals = dict.fromkeys(found.names, 0.0)
        for mark in extraction.evidence(sentence_of(text)):
            totals[mark.feature] += mark.value
        assert row.tolist() == pytest.approx(list(totals.values()), abs=1e-12)


@pytest.mark.parametrize(
    "extractors",
    [BUILTIN, ARRAYS, [FINDER, *ARRAYS], [OPEN]],
    ids=["all", "arrays", "finder", "open names"],
)
def test_sums_are_those_of_the_evidence(extractors: Sequence[Extractor]) -> None:
    same(extractors, TEXTS)


@settings(max_examples=30, deadline=None)
@given(st.lists(HOSTILE, max_size=5))
def test_hostile_texts(texts: list[str]) -> None:
    same(ARRAYS, texts)


def test_nothing_to_count() -> None:
    found = Counter(BUILTIN).count([])
    assert found.matrix.shape == (0, 0)
    assert found.onto({"surface.comma": 0}).shape == (0, 1)
    assert list(counts([], BUILTIN)) == []
    assert words([], [], 1).chosen(0.5) == []


def test_chunks_are_laid_together(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = TEXTS * 3
    [whole] = counts(texts, BUILTIN)
    columns = {name: at for at, name in enumerate(whole.names)}
    monkeypatch.setattr("framing.counting._CHUNK", 50)
    monkeypatch.setattr("framing.counting._TOGETHER", 7)
    parts = list(counts(texts, BUILTIN))
    assert len(parts) == 4
    laid = np.vstack([part.onto(columns).toarray() for part in parts])
    assert laid == pytest.approx(whole.onto(columns).toarray(), abs=1e-12)


def test_words_of_parts_are_words_of_all() -> None:
    texts = TEXTS * 2
    articles = [f"a{number % 11}" for number in range(len(texts))]
    whole, total = Words(3, pairs=True), Words(3, pairs=True)
    whole.add(texts, articles)
    for at in range(0, len(texts), 20):
        part = Words(3, pairs=True)
        part.add(texts[at : at + 20], articles[at : at + 20])
        total.join(part)
    assert set(total.chosen(0.5)) == set(whole.chosen(0.5)) != set()
