"""The article that began it: what is editorial in it, and by what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.analysis import Analysis, analyze
from framing.text import JUDGED

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
pytestmark = pytest.mark.skipif(
    not SEED.is_dir(), reason="the seed article lies beside the repository only"
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(SEED / "article.txt")


@pytest.fixture(scope="module")
def gold() -> dict[str, str]:
    lines = (SEED / "gold.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {text: label for label, _, text in (line.partition("\t") for line in lines)}


@pytest.mark.parametrize("label", ["editorial", "reporting"])
def test_labels(analysis: Analysis, gold: dict[str, str], label: str) -> None:
    wrong = [v.sentence.text for v in analysis if gold.get(v.sentence.text) == label != v.label]
    assert wrong == []
    assert label in gold.values()


def test_what_is_not_prose_is_not_judged(analysis: Analysis, gold: dict[str, str]) -> None:
    rest = [v for v in analysis if gold.get(v.sentence.text) == "not-prose"]
    assert rest
    assert all(v.label is None and v.sentence.kind not in JUDGED for v in rest)


def test_every_marked_sentence_is_found(analysis: Analysis, gold: dict[str, str]) -> None:
    assert set(gold) <= {v.sentence.text for v in analysis}


@pytest.mark.parametrize(
    "phrase",
    ["very opportune time", "much needed", "needs to make", "shift the focus"],
)
def test_evidence_a_reader_would_name(analysis: Analysis, phrase: str) -> None:
    marked = [
        v.sentence.text[mark.start : mark.end]
        for v in analysis
        for one in v.contributions
        if one.amount > 0
        for mark in one.evidence
        if mark.end - mark.start < len(v.sentence.text)
    ]
    assert any(phrase in text for text in marked)
