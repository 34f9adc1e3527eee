"""The spaCy component, in a blank English pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from stand_in_model import stand_in

from framing.analysis import analyze

spacy = pytest.importorskip("spacy")

from spacy.language import Language  # noqa: E402

from framing.spacy import Component  # noqa: E402

TEXT = "Pier Reopens\n\nThe vote is on. Is it not a shameful, disgraceful plan?\n\nBy Bo Lund"


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    model = tmp_path_factory.mktemp("model") / "model.json"
    model.write_text(stand_in().to_json(), encoding="utf-8")
    made: Language = spacy.blank("en")
    made.add_pipe("framing", config={"model": str(model)})
    return made


def test_sentences_and_labels(nlp: Language) -> None:
    doc = nlp(TEXT)
    alone = analyze(TEXT, model=stand_in())
    assert doc._.framing == alone
    assert [span.text for span in doc.spans["framing"]] == [v.sentence.text for v in alone]
    assert [span._.framing_label for span in doc.spans["framing"]] == [v.label for v in alone]
    assert [span._.framing_score for span in doc.spans["framing"]] == [v.score for v in alone]
    assert doc.spans["framing"][-1].label_ == "byline"


def test_evidence(nlp: Language) -> None:
    doc = nlp(TEXT)  # spans live as long as their document
    marks = [(span.text, span.label_) for span in doc.spans["framing_evidence"]]
    assert ("shameful", "evaluation.negative.strong") in marks


def test_it_cuts_the_text_only_where_nobody_else_has(nlp: Language) -> None:
    assert len(list(nlp(TEXT).sents)) == 4
    both = spacy.blank("en")
    both.add_pipe("sentencizer")
    both.add_pipe("framing")
    alone = spacy.blank("en")
    alone.add_pipe("sentencizer")
    assert [s.text for s in both(TEXT).sents] == [s.text for s in alone(TEXT).sents]


def test_a_pipeline_of_many(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", "   ", "It rained."]))
    assert [len(doc.spans["framing"]) for doc in docs] == [4, 0, 0, 1]


def test_threshold() -> None:
    doc = Component(stand_in(), threshold=0.0)(spacy.blank("en")(TEXT))
    assert {s._.framing_label for s in doc.spans["framing"]} == {"editorial", None}


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_any_text(nlp: Language, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()  # spaCy takes no half surrogates
    doc = nlp(text)
    assert len(doc._.framing) == len(analyze(text, model=stand_in()))


def test_it_is_found_by_its_entry_point() -> None:
    program = "import spacy; print(spacy.blank('en').add_pipe('framing'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    if "E002" in done.stderr and not _installed_with_entry_point():
        pytest.skip("framing was installed before it had this entry point")
    assert "framing.spacy.Component" in done.stdout, done.stderr


def _installed_with_entry_point() -> bool:
    from importlib.metadata import entry_points

    return bool(entry_points(group="spacy_factories", name="framing"))


def test_without_spacy(tmp_path: Path) -> None:
    (tmp_path / "spacy.py").write_text("raise ImportError('none')\n", encoding="utf-8")
    program = "import framing.spacy"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(tmp_path)},
    )
    assert "pip install 'framing[spacy]'" in done.stderr
