"""Quotation marks: what opens, what closes, and which marks are none."""

from __future__ import annotations

import pytest
from hostile_text import TEXTS
from hypothesis import given

from framing.quotations import quotations
from framing.text import tokenise


def found(text: str, awaited: str = "") -> tuple[list[str], str]:
    tokens = tokenise(text)
    marked, still = quotations(text, tokens.raw, awaited)
    return [text[tokens.starts[q.start] : tokens.ends[q.end - 1]] for q in marked], still


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ['"no"']),
        ("He said “no” twice.", ["“no”"]),
        ("He said ‘no’ twice.", ["‘no’"]),
        ("He said 'no' twice.", ["'no'"]),
        ("He said „no” twice.", ["„no”"]),
        ("He said ‚no’ twice.", ["‚no’"]),
        ("He said «no» twice.", ["«no»"]),
        ("He said « no » twice.", ["« no »"]),
        ("He said »no« twice.", ["»no«"]),
        ('He said “no" twice.', ['“no"']),
        ("‘The voters’ trust is gone,’ he said.", ["‘The voters’ trust is gone,’"]),
        ("‘The voters’ trust’ is gone.", ["‘The voters’ trust’"]),
        ("“He said ‘no’ to me.”", ["“He said ‘no’ to me.”"]),
        ("The '90s and the voters' trust, rock 'n' roll, 'tis.", []),
        ('A 14" board and a man of 6\'2" there.', []),
        ("The owners' and drivers' cars.", []),
        ("Five o’clock, O’Brien’s dogs’ bowls.", []),
        ("It is over,” he said.", ["It is over,”"]),
        ('It is over," he said.', ['It is over,"']),
        ("It is over.’ He left.", ["It is over.’"]),
        ("He said: 'It is over.", ["'It is over."]),
        ("The word 'a", []),
        ("He said «no", ["«no"]),
        ("cold «winter", ["«winter"]),
        ("a » b", []),
        ("« b", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert found(text)[0] == expected


def test_a_quotation_left_open_goes_on() -> None:
    spans, awaited = found("“It failed.")
    assert (spans, awaited) == (["“It failed."], "”")
    assert found("It will again,” he said.", awaited) == (["It will again,”"], "")
    assert found("Nothing closes here.", awaited) == (["Nothing closes here."], "”")
    assert found("", awaited) == ([], "”")


@given(TEXTS)
def test_in_order_and_inside(text: str) -> None:
    tokens = tokenise(text)
    for awaited in ("", "”", '"', "’", "'", "»"):
        marked, _ = quotations(text, tokens.raw, awaited)
        at = 0
        for one in marked:
            assert at <= one.start < one.end <= len(tokens)
            at = one.end
