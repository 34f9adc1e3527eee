"""Many articles: one bad row costs one row, order and columns stay, memory does not grow."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from stand_in_model import stand_in

from framing import many
from framing.analysis import analyze
from framing.context import Context
from framing.errors import DataError, ModelError
from framing.frames import SENTENCES
from framing.many import analyze_many
from framing.model import LinearModel
from framing.text import Document

MODEL = stand_in()
GOOD = "The vote is on Monday. It is a shameful plan!"


def run(articles: Any, **options: Any) -> pd.DataFrame:
    return analyze_many(articles, model=MODEL, **options)


def test_sentences_of_a_frame() -> None:
    frame = pd.DataFrame({"text": [GOOD, "It rained."], "outlet": ["Post", "Echo"]}, index=[7, 9])
    found = run(frame)
    assert list(found.columns) == ["document", *SENTENCES, "error", "outlet"]
    assert found["document"].tolist() == [7, 7, 9]
    assert found["outlet"].tolist() == ["Post", "Post", "Echo"]
    alone = analyze(GOOD, model=MODEL).to_frame()
    assert found["label"].tolist()[:2] == alone["label"].tolist()
    assert found["score"].tolist()[:2] == alone["score"].tolist()
    assert found["error"].isna().all()


def test_documents() -> None:
    found = run([GOOD, "It rained."], level="documents")
    assert found["document"].tolist() == [0, 1]
    assert found["share_editorial"].tolist() == [0.5, 0.0]
    assert "devices.evaluation" in found


@pytest.mark.parametrize("level", many.LEVELS)
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_one_bad_row_costs_one_row(level: str, n_jobs: int, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    bad = [None, float("nan"), pd.NA, 3, b"bytes", "", missing]
    frame = pd.DataFrame({"id": range(9), "text": pd.Series([GOOD, *bad, GOOD], dtype=object)})
    found = run(frame, id_column="id", level=level, n_jobs=n_jobs)
    errors = found[found["error"].notna()]
    assert errors["document"].tolist() == list(range(1, 8))
    assert errors["error"].tolist()[:6] == [
        *["no text here"] * 3,
        "not a text: 3",
        "not a text: b'bytes'",
        "there is no sentence in it",
    ]
    assert "missing.txt: cannot read" in errors["error"].iloc[6]
    assert set(found[found["error"].isna()]["document"]) == {0, 8}


def test_an_unforeseen_fault_is_one_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document, **_: object) -> object:
        if document.source == "bad":
            raise RecursionError("too deep")
        return analyze(document, model=MODEL)

    def fail_together(documents: list[Document], **_: object) -> list[object]:
        return [fail(one) for one in documents]

    monkeypatch.setattr(many, "analyze", fail)
    monkeypatch.setattr(many, "analyze_all", fail_together)
    found = run(["It rained.", "bad", "It snowed."])
    assert found["error"].tolist() == [None, "RecursionError: too deep", None]


def test_paths_and_texts_by_a_generator(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(GOOD, encoding="utf-8")
    found = run(one for one in (path, "It rained."))
    assert found["document"].tolist() == [str(path), str(path), 1]


def test_columns_whose_names_are_taken() -> None:
    frame = pd.DataFrame({"body": [GOOD], "label": ["news"], "text": ["x"]})
    found = run(frame, text_column="body")
    assert found["article_label"].tolist() == ["news", "news"]
    assert found["article_text"].tolist() == ["x", "x"]


def test_nothing_given() -> None:
    assert len(run([])) == 0
    assert len(run(pd.DataFrame({"text": []}))) == 0


def test_threshold_and_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(run([GOOD], threshold=0.0, progress=True)["label"]) == {"editorial"}
    assert "1/1" in capsys.readouterr().err


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_in_the_light_of_the_other_sentences(n_jobs: int) -> None:
    model = stand_in(-1.5).replace(context=Context(2.0))
    article = "A new pier is much needed. It is a disgraceful plan. It rained."
    found = analyze_many([article], model=model, context=True, n_jobs=n_jobs)
    expected = analyze(article, model=model, context=True)
    assert found["score"].tolist() == [one.score for one in expected]
    alone = analyze_many([article], model=model)
    assert found["score"].tolist() != alone["score"].tolist()
    with pytest.raises(ModelError, match="knows no context"):
        analyze_many([article], model=stand_in(), context=True)


def test_what_cannot_be_given() -> None:
    with pytest.raises(TypeError, match="not a single one"):
        run(GOOD)
    with pytest.raises(ValueError, match="level must be"):
        run([GOOD], level="words")
    with pytest.raises(ValueError, match="n_jobs"):
        run([GOOD], n_jobs=0)
    with pytest.raises(DataError, match="one column 'text'; it has 'body'"):
        run(pd.DataFrame({"body": [GOOD]}))
    with pytest.raises(ModelError):
        analyze_many([GOOD], model=LinearModel({}, 0.0, extractors={"rhetoric": "bad"}))


def test_memory_does_not_grow_with_the_articles() -> None:
    def articles(number: int) -> Iterator[str]:
        for n in range(number):
            yield f"The vote number {n % 50} is on Monday. It is a shameful plan! " * 20

    def held(number: int) -> int:
        for _ in many._run(articles(number), many._Way(MODEL, None, False, "sentences"), 1):
            pass
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        warm = held(240)  # by then all is loaded that is loaded once
        assert held(240) - warm < 100_000
    finally:
        tracemalloc.stop()
