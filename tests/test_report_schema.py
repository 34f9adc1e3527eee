"""The schema of the JSON report is strict, and its page says the same as the schema."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from framing.analysis import analyze
from framing.readers import open_document

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "framing/schemas/report-1.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/report-schema.md").read_text(encoding="utf-8")
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture
def report() -> Any:
    block = re.search(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert block is not None
    return json.loads(block.group(1))


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object type in the schema."""
    nodes: list[Any] = [schema]
    found = []
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            if node.get("type") == "object":
                found.append(node)
            nodes.extend(node.values())
        elif isinstance(node, list):
            nodes.extend(node)
    return found


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_schema_leaves_nothing_open() -> None:
    assert len(objects(SCHEMA)) == 11
    for node in objects(SCHEMA):
        assert node["additionalProperties"] is False
        # These are there for drafts in markup or in context, and where a plug-in failed, only.
        optional = {"format", "span", "neighbours", "dropped"}
        assert set(node["properties"]) - set(node["required"]) <= optional


def test_page_names_every_field() -> None:
    for node in objects(SCHEMA):
        for name in node["properties"]:
            assert f"`{name}`" in PAGE, name


def test_example_of_the_page_is_valid(report: Any) -> None:
    VALIDATOR.validate(report)
    for sentence in report["sentences"]:
        assert sentence["end"] - sentence["start"] == len(sentence["text"])
        total = (sentence["base"] or 0) + sum(c["amount"] for c in sentence["contributions"])
        assert total == pytest.approx(sentence["score"] or 0, abs=1e-9)
        for contribution in sentence["contributions"]:
            for evidence in contribution["evidence"]:
                assert sentence["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_report_in_context_is_valid() -> None:
    # Amounts are what they are with the shipped model; the form is what counts here.
    text = "It is a shameful, disgraceful plan. Nobody should trust them. They voted on Monday."
    report = analyze(text, context=True).to_dict()
    VALIDATOR.validate(report)
    parts = [part for one in report["sentences"] for part in one["contributions"]]
    added = [part for part in parts if part["feature"] == "context.comments"]
    assert added
    for part in added:
        assert part["evidence"] == []
        for other in part["neighbours"]:
            assert text[other["start"] : other["end"]] in [
                one["text"] for one in report["sentences"]
            ]
    added[0]["evidence"] = [{"start": 0, "end": 2, "text": "It"}]
    assert not VALIDATOR.is_valid(report)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2"),
        (("extra",), 1),
        (("document", "path"), "x"),
        (("sentences", 0, "voices"), []),
        (("sentences", 0, "label"), "opinion"),
        (("sentences", 0, "label"), None),
        (("sentences", 0, "unsure"), None),
        (("sentences", 1, "unsure"), True),
        (("sentences", 0, "probability"), 1.5),
        (("sentences", 0, "kind"), "tag"),
        (("sentences", 0, "line"), 0),
        (("sentences", 0, "contributions", 0, "evidence"), []),
        (("sentences", 1, "label"), "reporting"),
        (("sentences", 1, "score"), 0.5),
        (("profile", "share_editorial"), None),
    ],
)
def test_schema_refuses(report: Any, path: tuple[str | int, ...], value: object) -> None:
    broken = copy.deepcopy(report)
    target = broken
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert not VALIDATOR.is_valid(broken)


def test_a_draft_in_markup_is_valid() -> None:
    source = "It is a **shameful &amp; vile** *plan*.\n\nIt *rained*."
    report = analyze(open_document(source.encode(), "a.md")).to_dict()
    VALIDATOR.validate(report)
    assert report["document"] == {"name": "a.md", "format": "markdown"}
    marks = [
        mark
        for sentence in report["sentences"]
        for contribution in sentence["contributions"]
        for mark in contribution["evidence"]
    ]
    assert any(mark["text"] == "shameful" for mark in marks)
    for mark in marks:
        start, end = mark["span"]
        assert source[start:end].replace("*", "").replace("&amp;", "&") == mark["text"]
