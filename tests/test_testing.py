"""What plug-in authors test their extractors with."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from framing.errors import DataError, ExtractorError
from framing.evidence import Evidence, Extractor, extractor
from framing.lexicon import phrases
from framing.testing import NASTY, Case, check_extractor, load_cases, run_case
from framing.text import Sentence

HEADER = "feature\tfires\ttext\tmarked\n"
MARK = {"f.x": "marks, count per sentence; source: tests"}


def nothing(sentence: Sentence) -> Iterator[Evidence]:
    yield from ()


def undeclared(sentence: Sentence) -> Iterator[Evidence]:
    yield Evidence(0, 0, "f.y")


def outside(sentence: Sentence) -> Iterator[Evidence]:
    yield Evidence(0, len(sentence.text) + 1, "f.x")


def infinite(sentence: Sentence) -> Iterator[Evidence]:
    yield Evidence(0, 0, "f.x", math.inf)


def moody(sentence: Sentence) -> Iterator[Evidence]:
    yield Evidence(0, 0, "f.x", random.random())


def first_letter(sentence: Sentence) -> Iterator[Evidence]:
    if sentence.text[0]:  # fails on the empty sentence
        yield Evidence(0, 1, "f.x")


def plain_tuples(sentence: Sentence) -> Iterator[Evidence]:
    yield (0, 0, "f.x", 1.0)  # type: ignore[misc]


def in_quotations(sentence: Sentence) -> Iterator[Evidence]:
    """Wrong only where another speaks, whose marks do not count."""
    for voice in sentence.voices:
        yield Evidence(voice.start, voice.end, "f.y")


class Forgetful:
    """Finds nothing any more once pickled."""

    def __init__(self, marks: int, same: bool) -> None:
        self.marks, self.same = marks, same

    def __call__(self, sentence: Sentence) -> Iterator[Evidence]:
        yield from [Evidence(0, 0, "f.x")] * self.marks

    def __eq__(self, other: object) -> bool:
        return self.same

    def __hash__(self) -> int:
        return 0

    def __reduce__(self) -> tuple[object, ...]:
        return Forgetful, (0, self.same)


def unknown_shape(raw: str) -> tuple[str, ...]:
    return ("f.y",)


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (undeclared, "does not declare 'f.y'"),
        (in_quotations, "does not declare 'f.y'"),
        (outside, "marked 0:1 in a sentence of 0 characters"),
        (infinite, "the value inf"),
        (moody, "in '': marks the same sentence differently each time"),
        (first_letter, "in '': fails with IndexError"),
        (plain_tuples, "yields (0, 0, 'f.x', 1.0), not a framing.Evidence"),
    ],
)
def test_a_breach_is_named(find: Callable[[Sentence], Iterator[Evidence]], message: str) -> None:
    with pytest.raises(ExtractorError, match="extractor 'f'") as caught:
        check_extractor(Extractor("f", MARK, find))
    assert message in str(caught.value)


def test_a_good_one_passes() -> None:
    check_extractor(Extractor("f", MARK, nothing))
    check_extractor(Extractor("f", {"f.*": "phrases"}, lexicon=phrases("f", ["war", "a *"])))


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (Extractor("f", {"g.x": "marks"}), "extractor 'f': call the feature f."),
        (Extractor("f", {"f.x": " "}), "extractor 'f': say what 'f.x' is"),
        (Extractor("f", MARK, lexicon=phrases("f", ["war"])), "its lexicon names 'f.war'"),
        (Extractor("f", MARK, shape=unknown_shape), "does not declare 'f.y'"),
        (Extractor("f", MARK, shape=lambda raw: ()), "extractor 'f' cannot be pickled"),
        (nothing, "is function, not an Extractor; make it with @framing.extractor"),
    ],
)
def test_a_bad_declaration_is_named(one: Extractor, message: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        check_extractor(one)
    assert message in str(caught.value)


def test_a_local_function_is_named() -> None:
    @extractor("f", MARK)
    def local(sentence: Sentence) -> Iterator[Evidence]:
        yield from ()

    with pytest.raises(ExtractorError, match="cannot be pickled"):
        check_extractor(local)


@pytest.mark.parametrize(
    ("same", "message"), [(True, "marks differently once pickled"), (False, "is another one once")]
)
def test_what_pickling_changes_is_named(same: bool, message: str) -> None:
    with pytest.raises(ExtractorError, match=f"extractor 'f'.* {message}"):
        check_extractor(Extractor("f", MARK, Forgetful(1, same)))


def test_sentences_of_ones_own() -> None:
    one = Extractor("f", MARK, first_letter)
    check_extractor(one, ["Fine.", Sentence("Fine too.")])
    with pytest.raises(ExtractorError, match="in '': fails"):
        check_extractor(one, [Sentence("")])


def test_what_is_long_is_shown_short() -> None:
    def lengthy(sentence: Sentence) -> Iterator[Evidence]:
        raise ValueError("boom")

    globals()["lengthy"] = lengthy
    lengthy.__qualname__ = "lengthy"
    with pytest.raises(ExtractorError, match=r"in '(word ){12}'…: fails with ValueError"):
        check_extractor(Extractor("f", MARK, lengthy), ["word " * 99])


def test_nasty_sentences_are_distinct() -> None:
    assert len(set(NASTY)) == len(NASTY)


# cases


def written(folder: Path, *rows: str) -> Path:
    path = folder / "f.tsv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_load_cases(tmp_path: Path) -> None:
    path = written(tmp_path, 'f.x\tyes\tA "war" of words.\t"war" || words', "", "f.x\tno\tPeace.\t")
    assert load_cases(path) == [
        Case("f.x", True, 'A "war" of words.', ('"war"', "words"), f"{path}:2"),
        Case("f.x", False, "Peace.", (), f"{path}:4"),
    ]
    assert load_cases(str(path)) == load_cases(path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("f.x\tyes\tWar.", "3 columns, not 4"),
        ("f.x\tmaybe\tWar.\tWar", "fires is yes or no, not 'maybe'"),
        ("f.x\tyes\tWar.\t", "names marked words if it fires"),
        ("f.x\tno\tWar.\tWar", "names marked words if it fires"),
        ("f.x\tyes\tWar.\tpeace", "'peace' is not in the text"),
    ],
)
def test_a_row_that_breaks_the_format_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(DataError, match=r"f\.tsv:2: ") as caught:
        load_cases(written(tmp_path, row))
    assert message in str(caught.value)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.tsv: cannot read"):
        load_cases(tmp_path / "none.tsv")
    path = tmp_path / "f.tsv"
    path.write_text("text\tmarked\n")
    with pytest.raises(DataError, match=r"f\.tsv:1: the columns are feature, fires"):
        load_cases(path)


PHRASES = Extractor("f", {"f.*": "phrases"}, lexicon=phrases("f", ["war", "war of words"]))


@pytest.mark.parametrize(
    ("case", "problems"),
    [
        (Case("f", True, "A war began.", ("war",)), 0),
        (Case("f.war", True, "A war began.", ("war",)), 0),
        (Case("f.wa", True, "A war began.", ("war",)), 1),
        (Case("f.war", True, "A war of words, a war.", ("war of words",)), 1),
        (Case("f.war of words", True, "A war of words.", ("war of words", "words")), 1),
        (Case("f.war", False, "A war of words."), 0),
        (Case("f.war", False, "A war, a war."), 2),
        (Case("f.war", False, "“War,” she said."), 0),
    ],
)
def test_run_case(case: Case, problems: int) -> None:
    assert len(run_case(case, [PHRASES])) == problems


def test_a_problem_names_place_feature_and_words() -> None:
    case = Case("f.war", True, "A war of words.", ("war",), "f.tsv:7")
    assert run_case(case, [PHRASES]) == [
        "f.tsv:7: f.war must mark 'war' in 'A war of words.', it marks []"
    ]


def test_by_default_the_built_in_ones_run() -> None:
    assert run_case(Case("rhetoric.exclamation_mark", True, "No!", ("!",))) == []
    assert run_case(Case("readability.lix", True, "It rained.", ("It rained.",))) == []
    assert run_case(Case("wording", False, "It rained.")) == []
