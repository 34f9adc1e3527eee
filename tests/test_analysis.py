"""Analysis: offsets, reports as plain data, and files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from stand_in_model import stand_in

from framing.analysis import SCHEMA_VERSION, Analysis, analyze
from framing.errors import ReadError

ARTICLE = (
    "Pier reopens after storm\n\nThe vote is on Monday. It is a shameful plan!\r\n\r\n"
    "“It is a disgrace,” said Ada Crane."
)
MODEL = stand_in()


@pytest.fixture
def analysis() -> Analysis:
    return analyze(ARTICLE, model=MODEL)


def test_offsets(analysis: Analysis) -> None:
    assert [v.sentence for v in analysis] == list(analysis.document)
    for row in analysis.to_dict()["sentences"]:
        assert ARTICLE[row["start"] : row["end"]] == row["text"]
        for contribution in row["contributions"]:
            for mark in contribution["evidence"]:
                assert row["text"][mark["start"] : mark["end"]] == mark["text"]


def test_sequence(analysis: Analysis) -> None:
    assert len(analysis) == len(analysis.verdicts)
    assert analysis[0] is analysis.verdicts[0]
    assert analysis[1:] == analysis.verdicts[1:]


def test_others_voices_are_heard(analysis: Analysis) -> None:
    assert [voice.kind for voice in analysis[-1].sentence.voices] == ["quotation"]


def test_to_dict(analysis: Analysis) -> None:
    report = analysis.to_dict()
    assert json.loads(json.dumps(report)) == report
    assert report["schema_version"] == SCHEMA_VERSION
    profile = report["profile"]
    assert profile["sentences"] == len(analysis)
    assert profile["share_editorial"] == profile["editorial"] / profile["judged"]


def test_to_frame(analysis: Analysis) -> None:
    frame = analysis.to_frame()
    assert list(frame["text"]) == [verdict.sentence.text for verdict in analysis]
    assert list(frame.columns)[:4] == ["sentence", "text", "start", "end"]


def test_nothing_to_judge() -> None:
    assert analyze("", model=MODEL).profile["share_editorial"] == 0.0


def test_threshold() -> None:
    labels = {v.label for v in analyze(ARTICLE, model=MODEL, threshold=0.0) if v.label}
    assert labels == {"editorial"}


@settings(max_examples=30)
@given(TEXTS)
def test_any_text(text: str) -> None:
    for row in analyze(text, model=MODEL).to_dict()["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(ARTICLE.encode())
    analysis = analyze(path, model=MODEL)
    assert analysis.document.name == str(path)
    assert analysis.document.source == ARTICLE


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: cannot read: "):
        analyze(tmp_path / "nowhere.txt", model=MODEL)
    with pytest.raises(ReadError, match="cannot read"):
        analyze(tmp_path, model=MODEL)


def test_it_says_what_it_is_in_one_line(tmp_path: Path) -> None:
    draft = tmp_path / "a\nb.txt"
    draft.write_text("It rained on Monday. " * 500, encoding="utf-8")
    shown = repr(analyze(draft))
    assert shown.endswith(r"b.txt': 500 sentences judged, 0 editorial>")
    assert "\n" not in shown  # a name cannot break the line


def test_a_path_given_as_text_is_told(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("It rained.", encoding="utf-8")
    with pytest.raises(ReadError, match=r"give pathlib\.Path\("):
        analyze(str(draft))
    assert len(analyze(draft)) == 1
    # No such file: it is an article, however short.
    assert analyze("nowhere.txt").document.source == "nowhere.txt"
