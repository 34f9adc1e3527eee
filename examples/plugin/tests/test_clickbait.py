"""The plug-in's cases, and framing's contract."""

from __future__ import annotations

from pathlib import Path

import pytest
from framing_clickbait import CLICKBAIT

from framing.testing import Case, check_extractor, load_cases, run_case

CASES = load_cases(Path(__file__).with_name("clickbait.tsv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place.rpartition("/")[2])
def test_case(case: Case) -> None:
    assert run_case(case, [CLICKBAIT]) == []


def test_contract() -> None:
    check_extractor(CLICKBAIT)
