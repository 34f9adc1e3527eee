"""Pictures: what is drawn, in which axes, and what is said of it in words."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from stand_in_model import stand_in

from framing.analysis import Analysis, analyze
from framing.errors import MissingExtraError
from framing.many import analyze_many
from framing.text import Sentence

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402

from framing import plots  # noqa: E402
from framing.model import Verdict  # noqa: E402

MODEL = stand_in()
TEXT = (
    "Pier Reopens\n\nThe vote on 3 May is on. Why pay $5 for a shameful, disgraceful plan?\n\nBy Bo"
)


@pytest.fixture(autouse=True)
def _closed() -> object:
    yield
    plt.close("all")


def analysis(text: str = TEXT) -> Analysis:
    return analyze(text, model=MODEL)


def rectangles(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def test_commentary() -> None:
    one = analysis()
    ax = plots.commentary(one)
    assert [round(bar.get_height(), 6) for bar in rectangles(ax)] == [
        round(v.probability, 6)
        for label in ("reporting", "editorial")
        for v in one
        if v.label == label and v.probability is not None
    ]
    assert "1 of 3 judged sentences editorial, at sentence 3 of 4" in plots.alt_text(ax)


def test_contributions_end_at_the_score() -> None:
    verdict = analysis()[2]
    ax = plots.contributions(verdict)
    bars = rectangles(ax)
    assert verdict.base is not None and verdict.score is not None
    assert bars[0].get_width() == verdict.base
    assert bars[-2].get_x() + bars[-2].get_width() == pytest.approx(verdict.score)
    assert bars[-1].get_width() == verdict.score
    assert "in all +" in plots.alt_text(ax)


def test_the_rest_shares_one_bar() -> None:
    ax = plots.contributions(analysis()[2], top=1)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == 4
    assert names[2].endswith(" more")


def test_what_is_not_judged_has_no_waterfall() -> None:
    with pytest.raises(ValueError, match="byline is not judged"):
        plots.contributions(Verdict(Sentence("By Bo", kind="byline")))


@pytest.mark.parametrize("number", [1, 2, 5])
def test_devices_of_outlets(number: int) -> None:
    axes = plots.devices({f"Outlet {n}": [analysis()] for n in range(number)})
    assert axes.shape == (number,)
    assert len({ax.get_xlim() for ax in axes}) == 1
    assert "evaluation 67" in plots.alt_text(axes[0])


def test_every_column_of_outlets_has_its_scale() -> None:
    axes = plots.devices({f"Outlet {n}": [analysis()] for n in range(5)})
    shown = [ax.xaxis.get_tick_params()["labelbottom"] for ax in axes]
    assert shown == [False, False, True, True, True]


def test_devices_of_a_frame_are_those_of_the_analyses() -> None:
    frame = pd.DataFrame({"text": [TEXT, "It rained.", None], "outlet": ["Post", "Post", "Echo"]})
    axes = plots.devices(analyze_many(frame, model=MODEL, level="documents"))
    same = plots.devices({"Echo": [], "Post": [analysis(), analysis("It rained.")]})
    assert [plots.alt_text(ax) for ax in axes[1:]] == [plots.alt_text(ax) for ax in same[1:]]


def test_measures() -> None:
    rng = np.random.default_rng(0)
    chance = rng.random(200)
    truth = rng.random(200) < chance
    ax = plots.calibration(truth, chance, bins=5)
    assert np.shape(ax.lines[1].get_xdata()) == (5,)
    ax = plots.precision_recall(truth, chance, threshold=0.5)
    hits = truth[chance >= 0.5]
    assert (
        f"precision {hits.mean():.2f} and recall {hits.sum() / truth.sum():.2f}"
        in plots.alt_text(ax)
    )


def test_one_figure_of_several_pictures(tmp_path: Path) -> None:
    figure, (left, right) = plt.subplots(2)
    assert plots.commentary(analysis(), left) is left
    assert plots.contributions(analysis()[2], right) is right
    plots.save(left, tmp_path / "both.svg")
    svg = (tmp_path / "both.svg").read_text(encoding="utf-8")
    assert "Commentary along" in svg
    assert "adds up: base" in svg
    for name in ("one.png", "one.pdf"):
        plots.save(left, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    assert b"Commentary along" in (tmp_path / "one.png").read_bytes()
    assert plots.alt_text(figure.add_subplot()) == ""


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.devices({}), "no outlet"),
        (lambda: plots.devices({"Post": [analysis()]}, [plt.gca(), plt.gca()]), "as many axes"),
        (lambda: plots.calibration([], []), "one length above 0"),
        (lambda: plots.calibration([1], [0.5, 0.5]), "one length above 0"),
        (lambda: plots.precision_recall([0, 0], [0.5, 0.5]), "no sentence is editorial"),
    ],
)
def test_what_cannot_be_drawn(draw: object, message: str) -> None:
    assert callable(draw)
    with pytest.raises(ValueError, match=message):
        draw()


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(MissingExtraError, match=r"framing\[plot\]"):
        plots.commentary(analysis())


@settings(max_examples=10, deadline=None)
@given(TEXTS)
def test_any_text_can_be_drawn(text: str) -> None:
    one = analysis(text)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the font's to know
        plots.commentary(one).figure.canvas.draw()
        for verdict in [verdict for verdict in one if verdict.label][:1]:
            plots.contributions(verdict).figure.canvas.draw()
    plt.close("all")
