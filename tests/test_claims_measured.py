"""How many claims are found, and whose they are said to be, on statements annotated by hand.

``cases/claims.tsv`` lists every attributed statement of 32 articles of ours, written down before
any was extracted. Rules were mended on the articles with an even place in the sorted list; the
others were only measured, and what is measured on them stands in ``docs/howto/claims.md``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from framing.analysis import analyze
from framing.claims import Claim
from framing.model import LinearModel

ROOT = Path(__file__).resolve().parents[1]
MODEL = LinearModel({}, -1.0)
_STOP = {"the", "a", "an", "dr", "mr", "ms", "mrs", "cllr", "gen", "maj", "judge", "gov", "rep"}


class Gold(NamedTuple):
    """One annotated statement."""

    article: str
    n: int
    form: str
    source: str
    verb: str
    speaker: str
    text: str


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@cache
def gold() -> list[Gold]:
    return [Gold(one[0], int(one[1]), *one[2:]) for one in rows(ROOT / "tests/cases/claims.tsv")]


def articles(held_out: bool) -> list[str]:
    return sorted({one.article for one in gold()})[int(held_out) :: 2]


@cache
def found(article: str) -> list[tuple[int, Claim]]:
    """Claims of an article, each with the number of the sentence it begins in."""
    text = ""
    starts = []
    for one in rows(ROOT / "datasets/ours/articles.tsv"):
        if one[0] == article:
            starts.append(len(text))
            text += one[7] + (" " if one[3] == "prose" else "\n\n")
    claims = analyze(text, model=MODEL).claims()
    return [(sum(start <= one.start for start in starts), one) for one in claims]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def overlap(one: str, other: str) -> float:
    """F1 of the words of two statements."""
    left, right = words(one), words(other)
    shared = sum(min(left.count(word), right.count(word)) for word in set(left))
    return 2 * shared / max(len(left) + len(right), 1)


def same_speaker(wanted: str, claim: Claim) -> bool:
    if not wanted or not claim.speaker:
        return not wanted and not claim.speaker
    left = set(words(wanted)) - _STOP
    right = set(words(claim.speaker)) - _STOP
    return bool(left and right) and (left <= right or right <= left)


class Measured(NamedTuple):
    """Counts over some articles."""

    annotated: int
    extracted: int
    matched: int
    speakers: int
    forms: int
    sources: int


def measured(names: list[str]) -> tuple[Measured, list[str]]:
    counts = [0] * 6
    faults = []
    for name in names:
        wanted = [one for one in gold() if one.article == name]
        there = found(name)
        pairs = sorted(
            (
                (overlap(one.text, claim.text), i, j)
                for i, one in enumerate(wanted)
                for j, (n, claim) in enumerate(there)
                if n == one.n
            ),
            reverse=True,
        )
        used: set[int] = set()
        taken: dict[int, int] = {}
        for value, i, j in pairs:
            if value >= 0.5 and i not in taken and j not in used:
                taken[i] = j
                used.add(j)
        counts[0] += len(wanted)
        counts[1] += len(there)
        counts[2] += len(taken)
        for i, one in enumerate(wanted):
            if i not in taken:
                faults.append(f"missed {one.article}:{one.n} {one.speaker} {one.verb} {one.text}")
                continue
            claim = there[taken[i]][1]
            right = same_speaker(one.speaker, claim)
            counts[3] += right
            counts[4] += claim.form == one.form
            counts[5] += claim.source == one.source
            if not right:
                faults.append(
                    f"speaker {one.article}:{one.n} {one.speaker!r} not {claim.speaker!r}"
                    f" ({claim.as_written!r})"
                )
        faults += [
            f"extra {name}:{n} {claim.speaker} {claim.verb} {claim.text}"
            for j, (n, claim) in enumerate(there)
            if j not in used
        ]
    return Measured(*counts), faults


def test_enough_is_annotated() -> None:
    assert len(gold()) >= 150
    assert len(articles(True)) + len(articles(False)) == 32


@pytest.mark.parametrize("held_out", [False, True], ids=["mended on", "held out"])
def test_claims_and_speakers(held_out: bool) -> None:
    counts, faults = measured(articles(held_out))
    shown = "\n".join(faults)
    assert counts.matched / counts.annotated >= 0.80, shown  # recall
    assert counts.matched / counts.extracted >= 0.78, shown  # precision
    assert counts.speakers / counts.matched >= 0.94, shown
    assert counts.forms / counts.matched >= 0.95, shown
