"""Every built-in extractor: its cases, its documentation, its contract."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import framing.extractors
from framing.evidence import Extractor
from framing.extractors import BUILTIN
from framing.lexicon import phrases
from framing.testing import Case, check_extractor, load_cases, run_case

CASES = Path(__file__).parent / "cases"
SECTIONS = ["What", "Why", "Marked", "Not marked", "References"]
FEWEST = 3
#: What a training run might have chosen.
VOCABULARY = ["let us", "^ enough", "disgrace"]

by_name = {one.name: one for one in BUILTIN}
files = sorted(path.stem for path in CASES.glob("*.tsv") if path.stem in by_name)
cases = [case for name in files for case in load_cases(CASES / f"{name}.tsv")]
each_extractor = pytest.mark.parametrize("one", BUILTIN, ids=lambda one: one.name)


def ready(case: Case) -> list[Extractor] | None:
    """The extractors to run a case with, None for the default."""
    one = by_name[case.feature.partition(".")[0]]
    return [one.with_lexicon(phrases(one.name, VOCABULARY))] if one.learned else None


@pytest.mark.parametrize(
    "case", cases, ids=[f"{case.feature}-{Path(case.place).name}" for case in cases]
)
def test_case(case: Case) -> None:
    assert run_case(case, ready(case)) == []


@each_extractor
def test_every_feature_has_cases(one: Extractor) -> None:
    path = CASES / f"{one.name}.tsv"
    mine = load_cases(path) if path.exists() else []
    for declared in one.features:
        stem = declared.removesuffix(".*")
        about = [case for case in mine if f"{case.feature}.".startswith(f"{stem}.")]
        for fires in (True, False):
            texts = {case.text for case in about if case.fires is fires}
            assert len(texts) >= FEWEST, f"{declared}, fires: {fires}"


@pytest.mark.parametrize("name", files)
def test_no_case_stands_twice(name: str) -> None:
    seen = [(case.feature, case.text) for case in load_cases(CASES / f"{name}.tsv")]
    assert len(seen) == len(set(seen))


def test_cases_are_about_declared_features() -> None:
    for case in cases:
        one = by_name[case.feature.partition(".")[0]]
        # "hedging.word" is the beginning of "hedging.word.*".
        assert one.declares(case.feature) or one.declares(f"{case.feature}."), case.place


@each_extractor
def test_contract(one: Extractor) -> None:
    check_extractor(one)


@each_extractor
def test_documentation_has_its_sections(one: Extractor) -> None:
    assert re.findall(r"^(\w[\w ]*)$", one.doc, re.MULTILINE) == SECTIONS
    for section in SECTIONS:
        body = one.doc.partition(f"\n{section}\n")[2]
        assert body.startswith("    "), f"{section} is empty"
    assert one.doc == import_module(f"framing.extractors.{one.name}").__doc__


@each_extractor
def test_descriptions_tell_what_and_source(one: Extractor) -> None:
    for feature, what in one.features.items():
        assert re.fullmatch(r"[^;]+, [^;]+; source: .+", what), feature
        assert "\n" not in what
        assert "  " not in what


@each_extractor
def test_only_strengths_and_what_others_name_is_left_open(one: Extractor) -> None:
    known = one.lexicon.features if one.lexicon else ()
    for declared in one.features:
        if not declared.endswith(".*") or one.learned or one.name == "quoted":
            assert "*" not in declared.removesuffix(".*")
            continue
        endings = {
            feature.removeprefix(declared[:-1])
            for feature in known
            if feature.startswith(declared[:-1])
        }
        assert endings, f"{declared}: nothing is called so"
        assert endings <= {"weak", "medium", "strong"}, declared


@each_extractor
def test_every_phrase_is_declared(one: Extractor) -> None:
    for feature in one.lexicon.features if one.lexicon else ():
        assert one.declares(feature), feature


def test_the_list_is_sorted_and_whole() -> None:
    names = [one.name for one in BUILTIN]
    assert names == sorted(set(names))
    folder = Path(framing.extractors.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(names) == modules
    for one in BUILTIN:
        assert getattr(framing.extractors, one.name.upper()) is one


def test_extractors_do_not_import_each_other() -> None:
    for path in Path(framing.extractors.__file__).parent.glob("*.py"):
        if path.stem == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("framing.extractors"), path.name
