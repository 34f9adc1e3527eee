"""The baseline: what it knows again, how it shrinks, and that branches merge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.checking.baseline import Baseline
from framing.checking.findings import Finding
from framing.checking.wording import wording
from framing.errors import ConfigError


def finding(text: str = "It is bad.", code: str = "FR001", path: str = "a.txt") -> Finding:
    return Finding(path, code, "news", True, "", 1, 1, 1, 9, 0, 8, 1, 9, "prose", text)


def written(path: Path, *drafts: tuple[str, list[Finding]]) -> str:
    """Write a baseline of the findings in some drafts."""
    baseline = Baseline(str(path), adopt=True)
    for name, findings in drafts:
        (path.parent / name).touch()
        assert baseline.new(str(path.parent / name), findings) == []
    path.write_text(baseline.rewritten(), encoding="utf-8")
    return path.read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "baseline.tsv"


def test_what_was_there_is_known_again(home: Path) -> None:
    text = written(home, ("b.txt", [finding("Worse!")]), ("a.txt", [finding(), finding()]))
    assert text.splitlines()[1:] == [
        "FR001\t2\ta.txt\tIt is bad.",
        "FR001\t1\tb.txt\tWorse!",
    ]
    again = Baseline(str(home), text)
    assert again.new(str(home.parent / "a.txt"), [finding(), finding()]) == []
    assert again.new(str(home.parent / "b.txt"), [finding("Worse!")]) == []
    assert again.stale() == []
    assert again.rewritten() == text


def test_setting_it_otherwise_is_nothing_new(home: Path) -> None:
    text = written(home, ("a.txt", [finding("“It’s bad,” – he said…")]))
    known = Baseline(str(home), text)
    assert known.new(str(home.parent / "a.txt"), [finding('"It\'s\n  bad," - he said...')]) == []


def test_more_of_the_same_is_new(home: Path) -> None:
    known = Baseline(str(home), written(home, ("a.txt", [finding()])))
    assert len(known.new(str(home.parent / "a.txt"), [finding()] * 3)) == 2


def test_another_rule_is_new(home: Path) -> None:
    known = Baseline(str(home), written(home, ("a.txt", [finding()])))
    assert len(known.new(str(home.parent / "a.txt"), [finding(code="FR101")])) == 1


def test_a_moved_draft_is_known_and_a_copy_is_not(home: Path) -> None:
    text = written(home, ("a.txt", [finding()]))
    draft, moved = home.parent / "a.txt", home.parent / "desk-b.txt"
    assert len(Baseline(str(home), text).new(str(moved), [finding()])) == 1
    draft.rename(moved)
    known = Baseline(str(home), text)
    assert known.new(str(moved), [finding()]) == []
    assert known.stale() == []
    assert "\tdesk-b.txt\t" in known.rewritten()
    assert "\ta.txt\t" not in known.rewritten()


def test_it_shrinks_and_does_not_grow(home: Path) -> None:
    text = written(home, ("a.txt", [finding(), finding("Worse!")]))
    known = Baseline(str(home), text)
    fresh = known.new(str(home.parent / "a.txt"), [finding(), finding("New!")])
    assert [one.text for one in fresh] == ["New!"]
    assert known.stale() == ["Worse!"]
    assert known.rewritten().splitlines()[1:] == ["FR001\t1\ta.txt\tIt is bad."]


def test_it_grows_if_that_is_wanted(home: Path) -> None:
    text = written(home, ("a.txt", [finding()]))
    known = Baseline(str(home), text, adopt=True)
    assert known.new(str(home.parent / "a.txt"), [finding(), finding("New!")]) == []
    assert len(known.rewritten().splitlines()) == 3


def test_what_was_not_checked_stays(home: Path) -> None:
    text = written(home, ("a.txt", [finding()]), ("b.txt", [finding("Worse!")]))
    known = Baseline(str(home), text)
    known.new(str(home.parent / "a.txt"), [])
    assert known.stale() == ["It is bad."]
    assert known.rewritten().splitlines()[1:] == ["FR001\t1\tb.txt\tWorse!"]
    (home.parent / "b.txt").unlink()
    known = Baseline(str(home), text)
    assert known.stale() == ["Worse!"]


def test_what_is_wrong_with_a_suppression_is_never_known(home: Path) -> None:
    wrong = finding("", "FR903")
    baseline = Baseline(str(home), adopt=True)
    assert baseline.new("a.txt", [wrong]) == [wrong]
    assert baseline.rewritten().count("\n") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("FR001\t1\ta.txt\tIt is bad.\n", "b.tsv:1: no baseline; one is written by"),
        ("# framing baseline 1\nFR001\t1\ta.txt\n", "b.tsv:2: not a line of a baseline"),
        ("# framing baseline 1\n\nFR001\tx\ta.txt\tBad.\n", "b.tsv:3: not a line of a baseline"),
        ("# framing baseline 1\n<<<<<<< ours\n", "b.tsv:2: not a line of a baseline"),
        ("# framing baseline 1\nFR001\t" + "9" * 5_000 + "\ta.txt\tBad.\n", "b.tsv:2: not a line"),
        ("# framing baseline 1\nFR001\t999999\ta\tB.\nFR001\t2\ta\tB.\n", "b.tsv:3: more than"),
    ],
)
def test_a_malformed_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Baseline("b.tsv", text)


def test_lines_that_two_branches_added_count_once() -> None:
    line = "FR001\t1\ta.txt\tIt is bad.\r\n"
    known = Baseline("b.tsv", f"# framing baseline 1\r\n{line}{line}")
    assert len(known.new("a.txt", [finding(), finding()])) == 1


def test_branches_merge(tmp_path: Path) -> None:
    """Two branches that each worked something off have no conflict: lines stand for themselves."""
    home = tmp_path / "baseline.tsv"
    findings = [finding(f"It is bad, number {n:02}.") for n in range(20)]

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Dara", "-c", "user.email=d@example.org"]
        subprocess.run(
            ["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True
        )

    def work_off(*numbers: int) -> None:
        known = Baseline(str(home), home.read_text("utf-8"))
        left = [one for n, one in enumerate(findings) if n not in numbers]
        known.new(str(tmp_path / "a.txt"), left)
        home.write_text(known.rewritten(), encoding="utf-8")
        git("commit", "-qam", f"without {numbers}")

    git("init", "-q", "-b", "main")
    written(home, ("a.txt", findings))
    git("add", ".")
    git("commit", "-qm", "start")
    git("checkout", "-qb", "one")
    work_off(2)
    git("checkout", "-q", "main")
    work_off(17)
    git("merge", "-q", "one", "-m", "both")
    assert len(home.read_text("utf-8").splitlines()) == 1 + 18


@given(st.text())
def test_a_wording_is_one_line_and_stays_what_it_is(text: str) -> None:
    one = wording(text)
    assert len(one.splitlines()) <= 1
    assert "\t" not in one
    assert wording(one) == one
    one.encode("utf-8")


@given(st.lists(st.text(min_size=1), max_size=5))
def test_any_sentence_can_be_kept(texts: list[str]) -> None:
    findings = [finding(text) for text in texts if wording(text)]
    baseline = Baseline("b.tsv", adopt=True)
    baseline.new("a.txt", findings)
    known = Baseline("b.tsv", baseline.rewritten())
    assert known.new("a.txt", findings) == []
    assert known.stale() == []
