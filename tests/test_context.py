"""Context: what an article's other sentences add, and what they never take away."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in_model import stand_in

import framing
from framing.cli import main
from framing.context import COMMENTS, Context
from framing.errors import ModelError
from framing.model import LinearModel

COLUMN = (
    "It is a disgraceful plan. Is it not a shameful one?\n\n"
    "By Jane Roe\n\n"
    "A new pier is much needed. The ferry runs on Mondays."
)
REPORT = "The council met on Monday. It voted 7 to 2. The ferry runs. A disgraceful end is near."

chances = st.lists(st.floats(0, 1), max_size=30)


def model(weight: float = 8.0) -> LinearModel:
    return stand_in().replace(context=Context(weight))


# the stage itself


def test_by_hand() -> None:
    # Others of the first: .5 and 1.0, above .25 by .25 and .75; divided by two and the prior.
    values = Context(2.0, free=0.25, prior=2.0).values([0.0, 0.5, 1.0])
    assert values == pytest.approx([1.0 / 4, (0.75 - 0.25) / 4, 0.0])


@given(chances, st.floats(0, 1), st.floats(0, 9))
def test_it_never_takes_away(chances: list[float], free: float, prior: float) -> None:
    amounts = Context(3.0, free, prior).amounts(chances)
    assert len(amounts) == len(chances)
    assert all(0 <= one <= 3.0 for one in amounts)


@given(chances)
def test_the_order_of_sentences_does_not_count(chances: list[float]) -> None:
    context = Context(3.0)
    assert context.amounts(chances[::-1])[::-1] == pytest.approx(context.amounts(chances))


@pytest.mark.parametrize("chances", [[], [0.9], [0.25] * 9, [0.9, 0.0, 0.0, 0.0, 0.0]])
def test_nothing_is_added(chances: list[float]) -> None:
    assert Context(3.0).amounts(chances) == [0.0] * len(chances)


def test_a_single_sentence_has_no_others() -> None:
    assert Context(3.0, prior=0.0).amounts([0.9]) == [0.0]


def test_a_longer_article_says_more() -> None:
    added = [Context(3.0).amounts([0.9] * size)[0] for size in (2, 4, 8, 80)]
    assert added == sorted(added)
    assert added[-1] < 3.0 * 0.65


@given(chances)
def test_carriers_are_the_loudest_others(chances: list[float]) -> None:
    for at, named in enumerate(Context(1.0).carriers(chances)):
        others = sorted((one for n, one in enumerate(chances) if n != at), reverse=True)
        assert [chances[one] for one in named] == [one for one in others[:3] if one > 0.25]
        assert at not in named


# in a model


def test_it_is_off_unless_asked_for() -> None:
    alone = framing.analyze(COLUMN, model=model())
    assert alone == framing.analyze(COLUMN, model=stand_in())


def test_the_sum_stays_exact_and_names_the_neighbours() -> None:
    alone = framing.analyze(COLUMN, model=model())
    together = framing.analyze(COLUMN, model=model(), context=True)
    for before, after in zip(alone, together, strict=True):
        assert after.sentence == before.sentence
        if before.score is None:
            assert after == before
            continue
        added = [one for one in after.contributions if one.feature == COMMENTS]
        assert [one for one in after.contributions if one.feature != COMMENTS] == list(
            before.contributions
        )
        total = (after.base or 0.0) + sum(one.amount for one in after.contributions)
        assert after.score == pytest.approx(total, abs=1e-9)
        assert added[0].amount > 0
        assert added[0].evidence == ()
        assert before.sentence not in added[0].neighbours
        assert len(added[0].neighbours) in (2, 3)
    assert [one.label for one in alone][-1] == "reporting"
    assert [one.label for one in together][-1] == "editorial"
    amounts = [abs(one.amount) for one in together[-1].contributions]
    assert amounts == sorted(amounts, reverse=True)


def test_an_article_that_reports_is_judged_as_before() -> None:
    alone = framing.analyze(REPORT, model=stand_in(-2.0))
    assert [one.label for one in alone] == ["reporting"] * 3 + ["editorial"]
    together = framing.analyze(
        REPORT, model=stand_in(-2.0).replace(context=Context(8.0)), context=True
    )
    assert together == alone


def test_the_threshold_holds_in_context_too() -> None:
    for verdict in framing.analyze(COLUMN, model=model(), context=True, threshold=1.0):
        assert verdict.label in ("reporting", None)


def test_a_model_without_context_says_so() -> None:
    with pytest.raises(ModelError, match="knows no context; judge without it"):
        framing.analyze(COLUMN, model=stand_in(), context=True)


# on the command line

OPINIONS = [
    "It is a disgraceful, shameful plan, and nobody should trust it.",
    "We must not pretend that this absurd idea will ever work.",
    "What a pathetic, cowardly excuse that is!",
    "The mayor ought to be ashamed of such a foolish bargain.",
    "It is high time that somebody told the truth about it.",
]


@pytest.fixture
def column(tmp_path: Path) -> str:
    path = tmp_path / "column.txt"
    path.write_text(" ".join([*OPINIONS, "It is a bargain for the ferry."]), encoding="utf-8")
    return str(path)


def found(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) in (0, 1)
    return capsys.readouterr().out


def test_explain_in_context(column: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "context.comments" not in found(["explain", column], capsys)
    page = found(["explain", "--context", "--all-evidence", column], capsys)
    assert page.count("context.comments") == len(OPINIONS) + 1
    # The three loudest neighbours, by their places, the loudest first.
    places = re.findall(r"see ((?:1:\d+(?:, )?)+)", page)
    assert len(places) == len(OPINIONS) + 1
    assert all(len(one.split(", ")) == 3 for one in places)


def test_check_in_context(column: str, capsys: pytest.CaptureFixture[str]) -> None:
    alone = found(["check", "--format", "jsonl", column], capsys).splitlines()
    together = found(["check", "--context", "--format", "jsonl", column], capsys).splitlines()
    assert len(alone) <= len(together)
    for before, after in zip(map(json.loads, alone), map(json.loads, together), strict=False):
        assert before["text"] == after["text"]
        assert before["probability"] < after["probability"]


def test_the_configuration_asks_for_it(
    column: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {
        command: found([*command.split(), "--context", column], capsys)
        for command in ("explain", "check --format jsonl")
    }
    (tmp_path / "framing.toml").write_text("context = true\n", encoding="utf-8")
    for command, page in asked.items():
        assert found([*command.split(), column], capsys) == page
        assert found([*command.split(), "--no-context", column], capsys) != page


# the file


def test_the_file_holds_it() -> None:
    written = model(6.25).to_json()
    assert LinearModel.from_json(written).context == Context(6.25)
    assert '"context"' not in stand_in().to_json()
    assert LinearModel.from_json(stand_in().to_json()).context is None


@pytest.mark.parametrize(
    "changes",
    [{"weight": -1}, {"free": 1.5}, {"prior": -0.5}, {"weight": float("nan")}, {"prior": "much"}],
)
def test_a_malformed_context_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: .*context.*; train it again$"):
        Context.from_dict({**Context(1.0).to_dict(), **changes}, "here.json")


@pytest.mark.parametrize("data", [None, [], {}, {"weight": 1.0}])
def test_a_context_that_is_none_is_refused(data: object) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: malformed context: "):
        Context.from_dict(data, "here.json")
