"""Frames of attribution, one by one: what is said, and who says it."""

from __future__ import annotations

import pytest
from hostile_text import TEXTS
from hypothesis import given

from framing.attribution import attributions
from framing.text import tokenise


def said(text: str) -> list[str]:
    tokens = tokenise(text)
    found, _ = attributions(tokens.words, tokens.raw, [False] * len(tokens))
    return [text[tokens.starts[one.start] : tokens.ends[one.end - 1]] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said the road was shut.", ["the road was shut"]),
        ("The road was shut, police said.", ["The road was shut"]),
        ("The road was shut, said Ada Crane, an officer.", ["The road was shut"]),
        ("The road, police said, was shut.", ["The road", "was shut"]),
        ("The mayor said on Monday that it was over.", ["it was over"]),
        ("Ada Crane, who leads the party, said it was over.", ["it was over"]),
        ("The mayor, Ada Crane, said it was over.", ["it was over"]),
        ("According to Ada Crane, it was over.", ["it was over"]),
        ("It was over, according to Ada Crane.", ["It was over"]),
        ("According to who is asked, it was over.", []),
        ("In the mayor's view, it is a scandal.", ["it is a scandal"]),
        ("In the view of the mayor, it is a scandal.", ["it is a scandal"]),
        ("In view of the rain, the game was off.", []),
        ("To her critics, she is a fraud.", ["she is a fraud"]),
        ("For Crane, who lost, it was a farce.", ["it was a farce"]),
        ("For years, it was a farce.", []),
        ("As the mayor put it, the town is broke.", ["the town is broke"]),
        ("As expected, the town is broke.", []),
        ("As far as the mayor is concerned, the town is broke.", ["the town is broke"]),
        ("The town is broke, as the mayor put it, and tired.", ["The town is broke", "and tired"]),
        ("She is said to be vain.", ["to be vain"]),
        ("It is believed that the fire was set.", ["the fire was set"]),
        ("It must be said that the plan is bad.", []),
        ("We are told that the plan is bad.", []),
        ("He was accused of theft.", ["theft"]),
        ("It was described by neighbours as a mess.", ["a mess"]),
        ("Her claim that it leaked was wrong.", ["it leaked"]),
        ("Our view that it leaked was wrong.", []),
        ("The report that was published is long.", []),
        ("Rumour has it that the team is sold.", ["the team is sold"]),
        ("The mayor is convinced that it leaks.", ["it leaks"]),
        ("He denied stealing the car.", ["stealing the car"]),
        ("She denies any wrongdoing.", ["any wrongdoing"]),
        ("He denied them access.", []),
        ("The union blamed the crash on the company.", ["the crash on the company"]),
        ("The union vowed to fight on.", ["to fight on"]),
        ("He expects prices to fall.", ["prices to fall"]),
        ("She urged them to leave and called the police.", ["to leave"]),
        ("She urged against a strike.", ["a strike"]),
        ("She wondered who would pay.", ["who would pay"]),
        ("He wanted to know how it had begun.", ["how it had begun"]),
        ("The firm cut jobs, adding that it had no choice.", ["it had no choice"]),
        ("Adding that it had no choice, the firm cut jobs.", ["it had no choice"]),
        ("They are warning that it will end.", ["it will end"]),
        ("He called it a disgrace.", ["it a disgrace"]),
        ("He called her up again.", []),
        ("He said goodbye to the town.", []),
        ("He said nothing.", []),
        ("The clock said it was six.", []),
        ("I said it was over.", []),
        ("Nobody said it was over.", []),
        ("The United States has many towns.", []),
        ("In public remarks last week it was shut.", []),
        ("Gen. Roe said Mr. Poe was ill.", ["Mr. Poe was ill"]),
        ("The mayor said: it is over.", ["it is over"]),
        ("The mayor said it was over; it is not.", ["it was over"]),
        ("The mayor said it was over, a claim that rang false.", ["it was over"]),
        ("Evidence suggests that it leaks.", []),
        ("", []),
    ],
)
def test_frame(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@given(TEXTS)
def test_spans_are_in_order_and_none_holds_another(text: str) -> None:
    tokens = tokenise(text)
    found, frames = attributions(tokens.words, tokens.raw, [False] * len(tokens))
    ends = [one.end for one in found]
    assert ends == sorted(set(ends))
    assert all(0 <= frame.at < len(tokens) for frame in frames)
