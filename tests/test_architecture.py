"""Imports go one way, files stay small, and what must not be done is not done."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "framing"
FILES = sorted(path for path in PACKAGE.rglob("*.py"))

#: From the ground up: a room sees the rooms below it, not its own floor.
FLOORS = [
    {"values"},
    {"calibration", "density", "errors"},
    {"bounds", "patterns", "toml"},
    {"text", "probing"},
    {"stretches"},
    {"batch", "lexicon"},
    {"automaton", "grammar", "language", "quotations"},
    {"kinds", "stops"},
    {"line"},
    {"clauses"},
    {"speakers"},
    {"reported"},
    {"signs"},
    {"attitudes", "attribution"},
    {"voice"},
    {"evidence", "hearing"},
    {"extractors"},
    {"contract"},
    {"extraction"},
    {"registry"},
    {"folding", "context", "verdict"},
    {"unfolding"},
    {"model_file"},
    {"model"},
    {"dropping"},
]
#: What training needs besides.
ABOVE = ["weighing", "features", "training", "evaluation"]
#: Bulk scoring, which is imported where it is asked for, works on arrays.
ARRAYS = {"automaton", "batch", "folding", "hearing", "probing", "stretches", "unfolding"}
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}


def module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def imported(path: Path, run: bool = True) -> Iterator[str]:
    """Modules that a file imports; with ``run`` not those for the type checker alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            typing_only |= {inner for line in node.body for inner in ast.walk(line)}
    for node in ast.walk(tree):
        if run and node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms(path: Path) -> set[str]:
    """Rooms of the package that a file imports."""
    return {name.split(".")[1] for name in imported(path) if name.startswith("framing.")}


def room(path: Path) -> str:
    return module(path).split(".")[1] if "." in module(path) else ""


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_floors(path: Path) -> None:
    here = room(path)
    if here in LEVEL:
        above = {n for n in rooms(path) if LEVEL.get(n, 99) >= LEVEL[here]} - {here}
        assert above == set(), f"{name_of(path)} must not import {above}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_judging_needs_little(path: Path) -> None:
    import sys

    if room(path) in LEVEL or room(path) in {"blocks", "sentences", "readers"}:
        foreign = {name.partition(".")[0] for name in imported(path)}
        foreign -= {*sys.stdlib_module_names, "framing", "nupunkt"}
        if room(path) in ARRAYS:
            foreign.discard("numpy")
        if path.name == "readability.py":
            foreign.discard("textstat")  # imported inside the function that is not run in judging
        assert foreign == set()


def test_training_stands_on_features() -> None:
    assert not {"training", "evaluation"} & rooms(PACKAGE / "features.py")
    for name in LEVEL:
        path = PACKAGE / f"{name}.py"
        assert not path.exists() or not set(ABOVE) & rooms(path)


@pytest.mark.parametrize("path", sorted((PACKAGE / "extractors").glob("[!_]*.py")), ids=name_of)
def test_extractors_never_import_each_other(path: Path) -> None:
    assert "extractors" not in rooms(path)


@pytest.mark.parametrize("path", sorted((PACKAGE / "reports").rglob("[!_]*.py")), ids=name_of)
def test_reports_see_results_only(path: Path) -> None:
    allowed = {
        "reports",
        "model",
        "text",
        "analysis",
        "evidence",
        "errors",
        "checking",
        "values",
        "dropping",
    }
    assert rooms(path) - allowed == set()


@pytest.mark.parametrize("path", sorted((PACKAGE / "checking").rglob("*.py")), ids=name_of)
def test_checking_is_not_bound_to_reports(path: Path) -> None:
    """It may say things in one line, but knows no format."""
    shown = {name for name in imported(path) if name.startswith("framing.reports.")}
    shown = {".".join(name.split(".")[:3]) for name in shown}
    assert shown - {"framing.reports.characters", "framing.reports.layout"} == set()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nobody_imports_the_command(path: Path) -> None:
    if path.name != "__main__.py" and room(path) not in {"cli", "commands"}:
        assert not {"cli", "commands"} & rooms(path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_file_is_small_and_has_a_telling_name(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert not vague & set(module(path).split("."))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_pickled_or_swallowed(path: Path) -> None:
    if path.name != "testing.py":  # it checks that plug-ins survive being sent to a process
        assert not {"pickle", "cloudpickle", "dill", "marshal"} & {
            name.partition(".")[0] for name in imported(path, run=False)
        }
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            empty = all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
            assert not (broad and empty), f"{name_of(path)}:{node.lineno}"
