"""The words a model shows against those a reader named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.cli import main
from framing.errors import DataError
from framing.evidence import Evidence
from framing.model import Contribution, Verdict
from framing.rationales import Span, agreement, marks, read_spans
from framing.text import Sentence

TEXT = "The plan is monstrous, and it is monstrous again."
FIRST, SECOND = Span(12, 21, "evaluation"), Span(33, 42, "evaluation")


def verdict(*parts: tuple[float, tuple[int, int, float]]) -> Verdict:
    contributions = tuple(
        Contribution(f"a.{n}", amount, (Evidence(start, end, f"a.{n}", value),))
        for n, (amount, (start, end, value)) in enumerate(parts)
    )
    return Verdict(Sentence(TEXT), contributions=contributions)


def test_marks_on_the_same_words_are_added_up_and_sorted() -> None:
    found = marks(
        verdict((1.0, (12, 20, 1.0)), (0.5, (12, 20, 1.0)), (2.0, (0, 3, 1.0)), (-1.0, (4, 8, 1.0)))
    )
    assert found == [(2.0, 0, 3), (1.5, 12, 20)]


def test_what_speaks_against_takes_away() -> None:
    assert marks(verdict((1.0, (12, 20, 1.0)), (-2.0, (12, 20, 1.0)))) == []


def test_a_contribution_is_shared_over_its_evidence() -> None:
    both = (Evidence(12, 20, "a.x", 1.0), Evidence(32, 40, "a.x", 3.0))
    part = Contribution("a.x", 2.0, both)
    assert marks(Verdict(Sentence(TEXT), contributions=(part,))) == [(1.5, 32, 40), (0.5, 12, 20)]
    nothing = Contribution("a.x", 0.0, (Evidence(0, 3, "a.x", 0.0),))
    assert marks(Verdict(Sentence(TEXT), contributions=(nothing,))) == []


def test_agreement_counts_spans_and_marks() -> None:
    found = agreement(stand_in(), [(TEXT, [FIRST, SECOND])], top=1)
    assert (found.sentences, found.spans) == (1, 2)
    assert (found.hit, found.found) == (0.5, 1.0)
    assert found.precision == 1.0
    assert found.chance == pytest.approx(2 / 9)
    assert found.by_kind == {"evaluation": (2, 0.5)}
    nothing = agreement(stand_in(), [])
    assert (nothing.hit, nothing.precision, nothing.chance) == (0.0, 0.0, 0.0)


@pytest.fixture
def spans(tmp_path: Path) -> Path:
    (tmp_path / "articles.tsv").write_text(
        f"article_id\tn\ttext\na1\t1\t{TEXT}\n", encoding="utf-8"
    )
    path = tmp_path / "spans.tsv"
    path.write_text(
        "article_id\tn\tstart\tend\tkind\ttext\na1\t1\t12\t21\tevaluation\tmonstrous\n",
        encoding="utf-8",
    )
    return path


def test_spans_are_read_with_their_sentences(spans: Path) -> None:
    assert read_spans(spans) == [(TEXT, [FIRST])]


@pytest.mark.parametrize(
    ("old", "new"), [("\t12\t", "\t13\t"), ("a1\t1\t12", "a2\t1\t12"), ("kind", "sort")]
)
def test_spans_that_are_not_there_are_refused(old: str, new: str, spans: Path) -> None:
    spans.write_text(spans.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"spans\.tsv: not spans of articles\.tsv"):
        read_spans(spans)


def test_command(spans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.json"
    model.write_text(stand_in().to_json(), encoding="utf-8")
    asked = ["evaluate", str(model), "--spans", str(spans)]
    assert main(asked) == 0
    assert "spans: 1 in 1 editorial sentences" in capsys.readouterr().out
    assert main([*asked, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)["spans"]
    assert report["by_kind"] == {"evaluation": {"spans": 1, "hit": 1.0}}
