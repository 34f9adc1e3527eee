"""Policy: patterns of paths, desks, and which layer wins."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.checking.globs import matches
from framing.checking.policy import NEWS, Policy, desks, policy, weighed
from framing.checking.run import Checker, Draft, Given, each
from framing.checking.settled import settled
from framing.config import Config, Desk, Layer, load
from framing.errors import ConfigError


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("a.md", "*.md", True),
        ("x/y/a.md", "*.md", True),
        ("x/y/a.md", "x/*.md", False),
        ("x/y/a.md", "x/**/*.md", True),
        ("x/a.md", "x/**/*.md", True),
        ("x/y/a.md", "x/**", True),
        ("x/y/a.md", "x", True),
        ("x/y/a.md", "x/", True),
        ("x/y/a.md", "y", True),
        ("x/y/a.md", "/y", False),
        ("xx/a.md", "x", False),
        ("x/y/a.md", "./x/y", True),
        ("a1.md", "a[0-9].md", True),
        ("ax.md", "a[!0-9].md", True),
        ("a1.md", "a[!0-9].md", False),
        ("ab.md", "a?.md", True),
        ("a/b.md", "a?b.md", False),
        ("a.md", "a+.md", False),
        ("a[.md", "a[.md", True),
        ("a.md", "[z-a].md", False),
        ("../a.md", "*.md", True),
        ("a\nb.md", "*.md", True),
    ],
)
def test_patterns(tmp_path: Path, path: str, pattern: str, fits: bool) -> None:
    assert matches(str(tmp_path / path), [pattern], str(tmp_path)) == fits


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("a/" * 300 + "b", "**/a/" * 40 + "c"), ("a" * 200, "*a" * 50 + "b"), ("a" * 200, "**a" * 40)],
)
def test_a_pattern_of_many_stars_takes_no_longer(path: str, pattern: str) -> None:
    """Tried one way after another, these would take longer than anybody lives."""
    assert matches(path, [pattern], ".") == pattern.endswith("**a")


@given(st.text("ab*?[]!/.\\-", max_size=12))
def test_any_pattern_can_be_asked(pattern: str) -> None:
    assert matches("x/y.md", [pattern], "x") in (True, False)


def test_a_link_to_the_folder_makes_no_difference(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert matches(str(tmp_path / "link" / "a.md"), ["real/*"], str(tmp_path))


CONFIG = Config(
    Layer(threshold=0.5, select=("FR0",), ignore=("loaded",)),
    desks=(
        Desk("sport", Layer(precision=0.7, ignore=("FR002",)), genres=("Football",)),
        Desk("columns", judged=False, paths=("columns/**",)),
    ),
    per_file=(
        ("wire/**", Layer(threshold=0.9, select=("FR1",))),
        ("wire/urgent/**", Layer(threshold=0.6, desk="sport", fail=("FR1",))),
    ),
    path=Path("/desk/framing.toml"),
)


@pytest.mark.parametrize(
    ("path", "front_matter", "given_", "desk", "threshold"),
    [
        ("a.txt", {}, Layer(), NEWS, 0.5),
        ("a.txt", {"Genre": "football"}, Layer(), "sport", 0.7),
        ("a.txt", {"section": "Sport"}, Layer(), "sport", 0.7),
        ("a.txt", {"genre": "football"}, Layer(threshold=0.1), "sport", 0.1),
        ("a.txt", {"genre": "football"}, Layer(desk="news"), NEWS, 0.5),
        ("a.txt", {"type": "explainer"}, Layer(), "analysis", 0.8),
        ("a.txt", {"genre": "[report, football]"}, Layer(), NEWS, 0.5),
        ("columns/a.txt", {}, Layer(), "columns", 0.5),
        ("columns/a.txt", {"genre": "analysis"}, Layer(), "analysis", 0.8),
        ("wire/a.txt", {}, Layer(), NEWS, 0.9),
        ("wire/urgent/a.txt", {}, Layer(), "sport", 0.6),
        ("wire/urgent/a.txt", {"genre": "opinion"}, Layer(), "sport", 0.6),
    ],
)
def test_which_layer_wins(
    path: str, front_matter: dict[str, str], given_: Layer, desk: str, threshold: float
) -> None:
    found = policy(CONFIG, given_, f"/desk/{path}", front_matter)
    assert (found.desk, found.threshold) == (desk, threshold)


def test_what_is_ignored_adds_up() -> None:
    found = policy(CONFIG, Layer(ignore=("stance",)), "/desk/wire/urgent/a.txt")
    assert found.ignore == ("stance", "FR002", "loaded")
    assert found.select == ("FR1",)
    assert found.fails("FR101")
    assert not found.fails("FR001")


def test_a_desk_that_is_not_judged_has_no_rules() -> None:
    assert policy(CONFIG, Layer(select=("FR",)), "/desk/columns/a.txt").codes == frozenset()


def test_an_unknown_desk_is_refused() -> None:
    with pytest.raises(ConfigError, match="no desk 'leader'; there are analysis, columns, news"):
        policy(CONFIG, Layer(desk="leader"), "a.txt")


def test_what_a_file_says_of_a_built_in_desk_is_laid_over_it(tmp_path: Path) -> None:
    path = tmp_path / "framing.toml"
    path.write_text(
        '[desks.analysis]\ngenres = ["long read"]\n[desks.opinion]\npaths = ["op"]\n'
        "[desks.news]\nthreshold = 0.3\n"
    )
    made = desks(load(path))
    assert made["analysis"].layer.limit == 0.8
    assert not made["opinion"].judged
    assert made["news"].layer.limit == 0.3
    path.write_text("[desks.analysis]\nthreshold = 0.6\n")
    assert desks(load(path))["analysis"].layer.limit == 0.6


def test_features_that_weigh() -> None:
    assert weighed("stance.deontic", [], ["FR1", "loaded"])
    assert not weighed("loaded.label.weak", ["FR1"], ["loaded"])
    assert weighed("loaded.label.weak", ["loaded.label"], ["loaded"])
    assert not weighed("loaded.label.weak", ["loaded"], ["loaded"])


@pytest.mark.parametrize("path", ["", "a.txt", "wire/urgent/a.txt", "columns/a.txt"])
def test_what_is_shown_is_what_holds(path: str) -> None:
    for given_ in (Layer(), Layer(threshold=0.2, ignore=("stance",)), Layer(desk="sport")):
        held = policy(CONFIG, given_, f"/desk/{path}")
        shown = {one.key: one.value for one in settled(CONFIG, Given(given_), f"/desk/{path}", {})}
        assert shown["desk"] == held.desk
        assert shown["judged"] == held.judged
        assert shown["rules"] == tuple(sorted(held.codes))
        assert shown["fail"] == held.fail
        assert shown["ignore"] == held.ignore
        assert held.threshold in (shown["threshold"], shown["precision"])


def test_no_setting_is_left_out(tmp_path: Path) -> None:
    from framing.settings import LAYER, RUN

    keys = [one.key for one in settled(Config(), Given(model="m.json"), "a.txt", {})]
    assert keys == [*dict.fromkeys(["desk", "judged", *LAYER, "rules", *RUN])]


INI = """\
[framing]
threshold = 0.4
select = FR0, FR1
require_reason = yes
exclude =
    old
    *.draft.txt
max_findings = 2
cache = no
jobs = 2
format = sarif
baseline = known.tsv
cache_dir = c
[framing.desks.sport]
judged = true
genres = football, rowing
paths =
    sport/**
[framing.per-file.wire/*.v1.txt]
fail = FR1
"""
TOML = """\
threshold = 0.4
select = ["FR0", "FR1"]
require-reason = true
exclude = ["old", "*.draft.txt"]
max-findings = 2
cache = false
jobs = 2
format = "sarif"
baseline = "known.tsv"
cache-dir = "c"
[desks.sport]
judged = true
genres = ["football", "rowing"]
paths = ["sport/**"]
[per-file."wire/*.v1.txt"]
fail = ["FR1"]
"""


def test_an_ini_file_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text(INI)
    (tmp_path / "framing.toml").write_text(TOML)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.framing]\n" + re.sub(r"^\[", "[tool.framing.", TOML, flags=re.MULTILINE)
    )
    same = [
        load(tmp_path / name).replace(path=None)
        for name in ("setup.cfg", "framing.toml", "pyproject.toml")
    ]
    assert same[0] == same[1] == same[2]
    assert same[0].layer.require_reason is True
    assert same[0].max_findings == 2


@pytest.mark.parametrize("name", ["setup.cfg", "pyproject.toml"])
def test_a_named_file_without_settings_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[metadata]\n")
    with pytest.raises(ConfigError, match="nothing for framing in it"):
        load(tmp_path / name)


def test_a_folder_that_cannot_be_searched_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.checking.drafts import find
    from framing.errors import ReadError

    def walk(folder: str, onerror: object) -> object:
        onerror(PermissionError(13, "Permission denied", f"{folder}/x"))  # type: ignore[operator]
        yield folder, [], ["a.txt"]

    monkeypatch.setattr(os, "walk", walk)
    error, draft = find([str(tmp_path)], lambda folder: Config())
    assert isinstance(error, ReadError)
    assert str(error) == f"{tmp_path}/x: cannot read: Permission denied"
    assert draft == f"{tmp_path}/a.txt"  # the others are checked all the same


def test_a_run_is_in_order() -> None:
    checker = Checker(Given(isolated=True))
    drafts = [Draft(f"{n}.txt", b"It rained.") for n in range(5)]
    assert [one.path for one in each(checker, drafts)] == [one.path for one in drafts]
    assert Policy().codes == frozenset()
