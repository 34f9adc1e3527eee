"""The example drafts and the labels that belong to them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

DRAFTS = Path(__file__).resolve().parents[1] / "examples" / "drafts"
EXPECTED = {"reporting", "editorial", "either", "not-prose"}


def gold() -> list[dict[str, str]]:
    with (DRAFTS / "gold.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_draft_has_labels() -> None:
    assert {row["file"] for row in gold()} == {path.name for path in DRAFTS.glob("*.txt")}
    assert {row["expected"] for row in gold()} == EXPECTED


@pytest.mark.parametrize("name", ["column.txt", "harbour.txt", "waterworks.txt"])
def test_labels_cover_the_draft_in_order(name: str) -> None:
    source = (DRAFTS / name).read_text(encoding="utf-8")
    position = 0
    for row in gold():
        if row["file"] != name:
            continue
        start = source.index(row["text"], position)
        # Between two sentences stand only white space and bullets.
        assert re.fullmatch(r"[\s•-]*", source[position:start]), source[position:start]
        position = start + len(row["text"])
    assert not source[position:].strip()


def test_drafts_are_what_the_readme_says() -> None:
    def count(name: str, expected: str) -> int:
        return sum((row["file"], row["expected"]) == (name, expected) for row in gold())

    assert count("harbour.txt", "editorial") == 4
    assert count("waterworks.txt", "editorial") == 0
    assert count("column.txt", "editorial") > count("column.txt", "reporting")
