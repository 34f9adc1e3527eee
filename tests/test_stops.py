"""Stops: what is passed over has nothing to hear."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listed_words import listed

from framing import stops
from framing.line import Line
from framing.quotations import quotations
from framing.text import tokenise
from framing.voice import Heard, between, voices_of

CASES = Path(__file__).parent / "cases"
HELD = stops._MOOD | stops._STAND | stops._ATTITUDE | stops._PASSIVE
OPENERS = stops._AS | stops._FOR | stops._IN | stops._FROM
AROUND = tokenise(
    "The the a of in In on to that who what they I was not had would for by as about Orlan mayor"
    " critics view failed fails Monday harbour , . ; ( ) “ ” — and but people"
).raw
WORDS = [*listed(stops._STOPS_AT), *AROUND]


def heard(text: str) -> list[Heard]:
    tokens = tokenise(text)
    marked, _ = quotations(text, tokens.raw)
    quoted = between(marked, len(tokens))
    places, held = stops.places(tokens.words, tokens.raw, quoted)
    return voices_of(Line(tokens.words, tokens.raw, quoted), places, held, marked, tokens.raw)


def at_every_stop(text: str, patch: pytest.MonkeyPatch) -> list[Heard]:
    """Hear, but pass over nothing from which no voice can come."""
    with patch.context() as patched:
        patched.setattr(stops, "_reports", lambda pattern: True)
        patched.setattr(stops, "_held", lambda pattern: bool(pattern & HELD))
        patched.setattr(stops, "opens", lambda pattern: bool(pattern & OPENERS))
        patched.setattr(stops, "WORTH", stops._Worth())
        return heard(text)


def sentences() -> list[str]:
    found = []
    for path in sorted(CASES.rglob("voice*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [row["text"] for row in rows if row.get("text")]
    return found


def test_nothing_is_lost_in_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sentences()
    assert len(texts) > 300
    for text in texts:
        assert heard(text) == at_every_stop(text, monkeypatch), text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
def test_nothing_is_lost_anywhere(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        assert heard(text) == at_every_stop(text, patch)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor said the plan failed.", ["said"]),
        ("The mayor decided that it failed.", ["decided"]),
        ("The mayor decided the case.", []),
        ("It failed, the mayor decided.", ["decided"]),
        ("The mayor urged calm.", []),
        ("The mayor urged them to act.", ["urged"]),
        ("Opposition grew.", []),
        ("Opposition to the sale grew.", ["opposition"]),
        ("Two things: time, money.", []),
    ],
)
def test_where_to_look(text: str, wanted: list[str]) -> None:
    tokens = tokenise(text)
    places = sorted({*itertools.chain(*stops.places(tokens.words, tokens.raw, bytes(len(tokens))))})
    assert [tokens.words[at] for at in places] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "A theory held by many critics as proof of fraud has collapsed.",
        "The plan, rumoured by critics as a sell-out, was dropped.",
    ],
)
def test_by_whom_is_asked_of_verbs_of_report_alone(text: str) -> None:
    assert heard(text) == []
