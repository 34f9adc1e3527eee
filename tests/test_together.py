"""Documents judged together are judged as each alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st
from test_folding import SENTENCES
from test_folding import model as model_of_all_features
from test_unfolding import same

from framing import together
from framing.analysis import Analysis, analyze, analyze_all, prepare
from framing.errors import ModelError, ReadError
from framing.model import LinearModel
from framing.readers import open_document, plain
from framing.text import Document
from framing.together import is_worth_it, judge_documents

DRAFTS = Path(__file__).resolve().parents[1] / "examples" / "drafts"
ARTICLES = st.lists(st.one_of(SENTENCES, TEXTS), max_size=8).flatmap(
    lambda parts: st.lists(
        st.sampled_from([" ", ". ", ".\n\n", "\n", "” "]),
        min_size=len(parts),
        max_size=len(parts),
    ).map(lambda gaps: "".join(map("".join, zip(parts, gaps, strict=True))))
)


def one_by_one(document: Document, model: LinearModel) -> Analysis:
    heard = prepare(document)
    return Analysis(heard, tuple(map(model.judge, heard)))


def all_the_same(documents: list[Document], model: LinearModel) -> None:
    found = list(judge_documents(documents, model))
    assert len(found) == len(documents)
    for (heard, verdicts), document in zip(found, documents, strict=True):
        alone = one_by_one(document, model)
        assert heard == alone.document
        for bulk, verdict in zip(verdicts, alone, strict=True):
            if verdict.label is None:
                assert bulk == verdict
            else:
                same(bulk, verdict)


@settings(max_examples=100, deadline=None)
@given(st.lists(ARTICLES, max_size=3))
def test_documents_of_phrases(texts: list[str]) -> None:
    all_the_same([plain.read(text) for text in texts], model_of_all_features())


def test_our_drafts() -> None:
    documents = [open_document(path) for path in sorted(DRAFTS.glob("*.txt"))]
    assert len(documents) > 1
    all_the_same(documents, model_of_all_features())


def test_a_block_quote_keeps_the_voice_that_markup_gave_it() -> None:
    text = "It rained.\n\n> It is a disgrace.\n\n“So it is. It is shameful,” he said."
    documents = [open_document(text.encode(), name) for name in ("a.txt", "b.md", "c.txt")]
    all_the_same(documents, model_of_all_features())


def test_what_is_no_english_is_set_aside_by_its_own_document() -> None:
    texts = [
        "Das ist eine Schande und nicht gut. Der Rat hat es so gewollt. Port Halest",
        "x = {1: [2, 3]}\n\nIt rained in the town. Port Halest",
        "Port Halest\n\nEs ist nicht wahr und das ist gut so. The vote is on the Monday of it.",
    ]
    all_the_same([plain.read(text) for text in texts], model_of_all_features())


def test_speech_that_goes_on_without_its_marks() -> None:
    texts = [
        "Critics attacked the plan. They said it failed. It would cost millions. It would fail.",
        "“It failed. It is shameful.\n\nIt is a disgrace, a farce.” It rained.\n\n“So.\n\nA farce.",
        "They said it failed.\n\nIt would cost millions. It would be a farce.",
    ]
    all_the_same([plain.read(text) for text in texts], model_of_all_features())


def test_paragraphs_are_not_torn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "TOGETHER", 2)
    text = "“It failed. " * 3 + "So it did.” It is a farce.\n\nIt rained. It is shameful. Why?"
    text += "\n\n“It failed. Again.\n\nIt did. It is a farce.” It is shameful.\n\nWhy? So.\n\nYes."
    all_the_same([plain.read(text), plain.read(text)], model_of_all_features())


def test_analyses_come_in_order_and_as_one_by_one() -> None:
    article = "It rained. What a shameful, cowardly excuse that is!\n\n" * 12
    model = model_of_all_features()
    alone = one_by_one(plain.read(article), model)
    for found in (analyze(article, model=model), *analyze_all([article, article], model=model)):
        assert found.document == alone.document
        for bulk, verdict in zip(found, alone, strict=True):
            same(bulk, verdict)


def test_articles_before_one_that_cannot_be_read_come_first(tmp_path: Path) -> None:
    def archive() -> Iterator[str | Path]:
        yield "It rained."
        yield tmp_path / "missing.txt"

    found = analyze_all(archive())
    assert len(next(found)) == 1
    with pytest.raises(ReadError, match=r"missing\.txt"):
        next(found)


def test_context_and_threshold_are_those_of_analyze() -> None:
    article = "It is a shameful plan. It rained. It is a disgrace."
    (found,) = analyze_all([article], context=True, threshold=0.2)
    alone = analyze(article, context=True, threshold=0.2)
    assert [one.label for one in found] == [one.label for one in alone]
    assert [one.score for one in found] == pytest.approx([one.score for one in alone], abs=1e-9)
    with pytest.raises(ModelError, match="knows no context"):
        next(analyze_all([article], model=LinearModel({}, -1.0), context=True))


def test_few_sentences_are_not_worth_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = LinearModel({}, -1.0)
    assert is_worth_it(100, bare)
    assert not is_worth_it(3, bare)
    monkeypatch.delitem(sys.modules, "numpy")
    assert not is_worth_it(100, bare)
    assert is_worth_it(100_000, bare)
