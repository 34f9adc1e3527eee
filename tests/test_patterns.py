"""No regular expression of the package costs more than in proportion to its text.

Every pattern that a module holds or compiles where it is used is matched, step by step and in the
way it is used, against what its own repeated parts take, over and over, and a few texts besides.
Twice the text may take 2.3 times the steps.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import Counter, TooManyError, in_deep_stack

import framing

PACKAGE = Path(framing.__file__).parent
#: Methods that try every place of a text.
SEARCHING = {"search", "finditer", "findall", "sub", "subn", "split"}
MATCHING = {"match", "fullmatch"}
SIZE = 600
#: Steps for a character, from which on a pattern is slow whatever its growth.
SLOW = 100
MOST = 2.3
#: Besides what a pattern's own parts take.
TEXTS = ["a", " ", "\n", "a ", "a\n", '"', "'", "[", "<", "-", "*", ".", "\\", "a.", "&#", "<a "]
#: What may keep a pattern from matching in the end.
ENDS = ["", "\0"]


class Use(NamedTuple):
    """A pattern and how it is used."""

    where: str
    pattern: str
    flags: int
    methods: frozenset[str]


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(framing.__path__, "framing."):
        if not found.name.endswith("__main__"):
            yield found.name


def held(name: str) -> Iterator[tuple[str, str, int]]:
    """Yield the compiled patterns that a module holds, in tables too, each with its name."""
    try:
        module = importlib.import_module(name)
    except ImportError:  # an extra that is not installed
        return
    for label, value in vars(module).items():
        inside = list(value.values()) if isinstance(value, dict) else value
        for one in inside if isinstance(inside, list | tuple) else [inside]:
            if isinstance(one, re.Pattern):
                yield label, one.pattern, one.flags
            elif type(one).__name__ == "_Late":
                yield label, one._pattern, one._flags


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a method that may be one of a pattern."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in SEARCHING | MATCHING
        ):
            yield node.func.attr, node


def base(node: ast.expr) -> str:
    """Return the name that an expression begins with: ``_END`` of ``_END[mark]``."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


@cache
def uses() -> tuple[Use, ...]:
    found: dict[tuple[str, int], Use] = {}
    ways: dict[str, set[str]] = {}

    def add(where: str, pattern: str, flags: int, methods: set[str]) -> None:
        known = found.get((pattern, flags), Use(where, pattern, flags, frozenset()))
        found[pattern, flags] = known._replace(methods=known.methods | methods)

    trees = {name: ast.parse(source_of(name)) for name in modules()}
    for name, tree in trees.items():
        for method, call in called(tree):
            if isinstance(call.func, ast.Attribute):
                ways.setdefault(base(call.func.value), set()).add(method)
            if base(call.func) == "re":
                for pattern in literal(call, name):
                    add(f"{name}:{call.lineno}", pattern, 0, {method})
    for name in trees:
        for label, pattern, flags in held(name):
            add(f"{name}.{label}", pattern, flags, ways.get(label, SEARCHING))
    return tuple(found.values())


def source_of(name: str) -> str:
    path = PACKAGE.parent.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


def literal(call: ast.Call, name: str) -> Iterator[str]:
    """Yield the pattern of a call of ``re``, where it does not depend on what is read."""
    expression = ast.Expression(call.args[0])
    try:
        module = vars(importlib.import_module(name))
        pattern = eval(compile(ast.fix_missing_locations(expression), name, "eval"), dict(module))
    except (ImportError, NameError):
        return
    if isinstance(pattern, str):
        yield pattern


def steps(use: Use, text: str) -> int:
    counter = Counter(use.pattern, use.flags)
    counter.most = SLOW * len(text)
    try:
        if use.methods & SEARCHING:
            counter.finditer(text)
        if "match" in use.methods:
            counter.match(text)
        if "fullmatch" in use.methods:
            counter.fullmatch(text)
    except TooManyError:
        return sys.maxsize
    return counter.steps


def growth(use: Use) -> tuple[float, str]:
    """Return by how much twice the text costs more, at most, and of which text."""
    worst = (0.0, "")
    pieces = dict.fromkeys([*Counter(use.pattern, use.flags).samples, *TEXTS])
    for piece in pieces:
        for end in ENDS:
            small, large = (piece * (size // len(piece)) + end for size in (SIZE, 2 * SIZE))
            few = steps(use, small)
            if few == sys.maxsize:
                return float("inf"), piece + end
            if few > SIZE / 2:  # else it gave up at once
                worst = max(worst, (steps(use, large) / few, piece + end))
    return worst


def test_patterns_are_found() -> None:
    found = {use.where for use in uses()}
    assert len(found) > 100
    for name in ("framing.sentences._STOP", "framing.readers.rst._INLINE", "framing.text._TOKEN"):
        assert name in found


@pytest.mark.parametrize("use", uses(), ids=lambda use: use.where)
def test_growth(use: Use) -> None:
    factor, text = in_deep_stack(lambda: growth(use))
    assert factor <= MOST, f"{use.pattern!r}: {factor:.2f} times for twice {text!r}"


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"a*a*b", r"(?:a|a)*b", r"\s+$"])
def test_the_counter_sees_what_grows(pattern: str) -> None:
    """Patterns that are known to be slow; of the exponential ones a few letters are enough."""
    counter = Counter(pattern)
    sizes = (8, 16) if "+)+" in pattern or "|" in pattern else (100, 200)
    taken = []
    for size in sizes:
        counter.steps = 0
        counter.finditer(("a" if "s" not in pattern else " ") * size + "c")
        taken.append(counter.steps)
    assert taken[1] > 3 * taken[0]


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_the_counter_finds_what_re_finds(data: st.DataObject) -> None:
    use = data.draw(st.sampled_from(uses()))
    pieces = [*Counter(use.pattern, use.flags).samples, *TEXTS, "é", "0", ":", "]", "```", "# "]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=8)))
    compiled, counter = re.compile(use.pattern, use.flags), Counter(use.pattern, use.flags)
    wanted = [one.span() for one in compiled.finditer(text)]
    assert in_deep_stack(lambda: counter.finditer(text)) == wanted
    whole = compiled.match(text)
    assert counter.match(text) == (whole.end() if whole else -1)
