"""Sentences out to annotators, labels back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from stand_in_model import stand_in

from framing.analysis import Analysis, analyze
from framing.annotation import LABEL_STUDIO_CONFIG, read_labels, tasks
from framing.cli import main
from framing.errors import DataError, ReadError

TEXT = "Pier Reopens\n\nThe vote is on. A shameful, disgraceful plan!\n\nBy Bo Lund"


@pytest.fixture
def analysis() -> Analysis:
    return analyze(TEXT, model=stand_in())


def save(path: Path, value: Any) -> Path:
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return path


def answered(given: str, *choices: str, by: object = 7) -> list[dict[str, Any]]:
    """Label Studio's export of tasks: the choice for each."""
    done = json.loads(given)
    for task, choice in zip(done, choices, strict=True):
        value = {"type": "choices", "value": {"choices": [choice]}}
        task["annotations"] = [{"completed_by": by, "was_cancelled": False, "result": [value]}]
    return list(done)


def test_tasks_have_their_place_and_neighbours(analysis: Analysis) -> None:
    given = [task["data"] for task in json.loads(tasks([analysis]))]
    assert [TEXT[one["start"] : one["end"]] for one in given] == [one["text"] for one in given]
    assert (given[1]["before"], given[1]["after"]) == (given[0]["text"], given[2]["text"])
    assert len(given) == 3  # the byline is not judged


@pytest.mark.parametrize("tool", ["label-studio", "doccano"])
def test_verdicts_stay_at_home_unless_asked_for(analysis: Analysis, tool: str) -> None:
    assert "editorial" not in tasks([analysis], tool)
    assert "editorial" in tasks([analysis], tool, predictions=True)


def test_predictions_fit_the_interface(analysis: Analysis) -> None:
    task = json.loads(tasks([analysis], predictions=True))[2]
    [prediction] = task["predictions"]
    assert prediction["score"] == analysis[2].probability
    [result] = prediction["result"]
    assert f'name="{result["from_name"]}" toName="{result["to_name"]}"' in LABEL_STUDIO_CONFIG
    for name in ("before", "text", "after"):
        assert f"${name}" in LABEL_STUDIO_CONFIG
        assert name in task["data"]


def test_there_and_back_by_label_studio(analysis: Analysis, tmp_path: Path) -> None:
    done = answered(tasks([analysis]), "reporting", "reporting", "editorial", by={"email": "a@b.c"})
    frame = read_labels(save(tmp_path / "export.json", done))
    assert frame["label"].tolist() == [0, 0, 1]
    assert frame["annotator"].tolist() == ["a@b.c"] * 3
    assert frame["group"].tolist() == ["<text>"] * 3
    assert [TEXT[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame[
        "text"
    ].tolist()


def test_json_min(analysis: Analysis, tmp_path: Path) -> None:
    rows = [
        {**task["data"], "id": 1, "annotator": 3, "label": "reporting"}
        for task in json.loads(tasks([analysis]))
    ]
    frame = read_labels(save(tmp_path / "min.json", rows))
    assert frame["annotator"].tolist() == ["3"] * 3
    assert frame["sentence"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("nested", [None, "meta", "metadata"])
def test_there_and_back_by_doccano(analysis: Analysis, tmp_path: Path, nested: str | None) -> None:
    lines = []
    for line in tasks([analysis], "doccano").splitlines():
        row = json.loads(line)
        text, _ = row.pop("text"), row.pop("label")
        beside = {nested: row} if nested else row
        lines.append(json.dumps({"id": 1, "text": text, "label": ["editorial"], **beside}))
    frame = read_labels(save(tmp_path / "all.jsonl", "\n".join(lines) + "\n"))
    assert frame["label"].tolist() == [1, 1, 1]
    assert frame["sentence"].tolist() == [0, 1, 2]


def test_two_annotators_and_one_who_skipped(analysis: Analysis, tmp_path: Path) -> None:
    done = answered(tasks([analysis]), "reporting", "reporting", "editorial")
    second = {"completed_by": 8, "result": done[0]["annotations"][0]["result"]}
    done[0]["annotations"].append(second)
    done[1]["annotations"][0]["was_cancelled"] = True
    frame = read_labels(save(tmp_path / "export.json", done))
    assert frame["annotator"].tolist() == ["7", "8", "7"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[{", "not JSON"),
        ("{}\n{", r"labels:2: not JSON"),
        ("[3]", "item 1: not an object"),
        ('{"label": "editorial"}', "labels:1: there is no text"),
        ('{"text": "a", "label": "neutral"}', "neither editorial nor reporting"),
        ('{"text": "a", "annotations": [3]}', "not Label Studio's"),
    ],
)
def test_what_is_no_export(text: str, message: str, tmp_path: Path) -> None:
    # Whether all of it is JSON is asked before what is in it.
    with pytest.raises(DataError, match=message):
        read_labels(save(tmp_path / "labels", text))


def test_unknown_tool_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tool must be"):
        tasks([], "pencil")
    with pytest.raises(ReadError):
        read_labels(tmp_path / "none.json")


def test_commands(tmp_path: Path, analysis: Analysis, capsys: pytest.CaptureFixture[str]) -> None:
    draft = save(tmp_path / "draft.txt", TEXT)
    given, back = tmp_path / "tasks.json", tmp_path / "labels.csv"
    assert main(["export", str(draft), "-o", str(given)]) == 0
    assert "exported 3 sentences" in capsys.readouterr().err
    done = answered(given.read_text(encoding="utf-8"), "reporting", "editorial", "editorial")
    export = save(tmp_path / "export.json", done)
    assert main(["labels", str(export), "-o", str(back)]) == 0
    assert "3 labels of 3 sentences by 1 annotator; 2 editorial" in capsys.readouterr().err
    rows = list(csv.DictReader(back.read_text(encoding="utf-8").splitlines()))
    assert [row["label"] for row in rows] == ["0", "1", "1"]
    assert rows[0]["group"] == str(draft)
    interface = tmp_path / "interface.xml"
    assert main(["export", str(draft), "--interface", str(interface), "-o", str(given)]) == 0
    assert interface.read_text(encoding="utf-8") == LABEL_STUDIO_CONFIG
    assert main(["labels", str(save(tmp_path / "none.json", "[]")), "-o", str(back)]) == 2
    assert main(["export", str(draft), "--to", "doccano", "--predictions"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["label"] == ["reporting"]
