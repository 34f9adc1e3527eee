"""How many steps a regular expression takes: a backtracking matcher that counts, as `re` cannot.

It walks the parse tree of Python's own parser and tries alternatives in the order in which `re`
tries them, so that it finds the same matches, and takes as many steps to within a factor. Steps
do not depend on the machine, so growth can be tested where times cannot.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, TypeVar

__all__ = ["Counter", "TooManyError", "in_deep_stack"]

#: What is to be matched after an item: position → end of the whole match, -1 if there is none.
Rest = Callable[[int], int]
#: An item: position, rest → end of the whole match, -1 if there is none.
Item = Callable[[int, Rest], int]
T = TypeVar("T")

_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}
_ONE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)


def in_deep_stack(work: Callable[[], T]) -> T:
    """Run what recurses as deep as a text is long."""
    found: list[T] = []
    before = sys.getrecursionlimit()
    size = threading.stack_size(512 << 20)
    sys.setrecursionlimit(1_000_000)
    try:
        thread = threading.Thread(target=lambda: found.append(work()))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(before)
    return found[0]


class TooManyError(Exception):
    """More steps than are allowed."""


def _any(end: int) -> int:
    return end


def _longer_than(start: int) -> Rest:
    return lambda end: -1 if end == start else end


class Counter:
    """Matches one pattern, and counts.

    Attributes
    ----------
    steps : int
        Characters, places and groups that were tried.
    most : int
        Of these there may be so many.
    samples : list of str
        Texts that one repetition of each repeated part takes, to be pumped.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        tree = _parser.parse(pattern, flags)
        self._flags: int = tree.state.flags
        self.steps = 0
        self.most = sys.maxsize
        self.samples: list[str] = []
        self._text = ""
        self._spans: dict[int, tuple[int, int]] = {}
        self._item = self._sequence(tree)

    def match(self, text: str, at: int = 0) -> int:
        """Return where a match that begins at a place ends, -1 if there is none."""
        self._text, self._spans = text, {}
        return self._item(at, _any)

    def fullmatch(self, text: str) -> int:
        self._text, self._spans = text, {}
        return self._item(0, lambda end: end if end == len(text) else -1)

    def finditer(self, text: str) -> list[tuple[int, int]]:
        """Return all matches, as a search from each place finds them."""
        found: list[tuple[int, int]] = []
        at = 0
        while at <= len(text):
            self._text, self._spans = text, {}
            self._count(1)
            # No empty match follows another at the same place.
            barred = bool(found) and found[-1] == (at, at)
            end = self._item(at, _longer_than(at) if barred else _any)
            if end < 0:
                at += 1
            else:
                found.append((at, end))
                at = end
        return found

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.most:
            raise TooManyError

    # Items

    def _sequence(self, tree: Any) -> Item:
        items = [self._made(*node) for node in tree]
        if not items:
            return lambda at, rest: rest(at)
        if len(items) == 1:
            return items[0]

        def run(at: int, rest: Rest) -> int:
            def after(number: int) -> Rest:
                if number == len(items):
                    return rest
                return lambda here: items[number](here, after(number + 1))

            return items[0](at, after(1))

        return run

    def _made(self, op: Any, given: Any) -> Item:
        if op in _ONE:
            return self._one(self._test(op, given))
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeat(op, *given)
        if op is sre.SUBPATTERN:
            return self._group(*given)
        if op is sre.BRANCH:
            return self._branch([self._sequence(one) for one in given[1]])
        if op is sre.ATOMIC_GROUP:
            return self._atomic(self._sequence(given))
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            return self._look(op is sre.ASSERT, *given)
        if op is sre.AT:
            return self._place(given)
        if op is sre.GROUPREF:
            return self._again(given)
        raise NotImplementedError(op)

    def _test(self, op: Any, given: Any) -> Callable[[str], bool]:
        """Return whether a character is one of a set, asked of `re` itself and remembered."""
        if op is sre.ANY:
            source = "."
        else:
            rows = [(op, given)] if op is not sre.IN else given
            source = f"[{''.join(map(self._source, rows))}]"
        compiled = re.compile(source, self._flags & ~re.VERBOSE)
        known: dict[str, bool] = {}

        def test(character: str) -> bool:
            if character not in known:
                known[character] = compiled.match(character) is not None
            return known[character]

        return test

    def _source(self, row: tuple[Any, Any]) -> str:
        op, given = row
        if op is sre.NEGATE:
            return "^"
        if op is sre.CATEGORY:
            return _CATEGORIES[given]
        if op is sre.RANGE:
            return f"\\U{given[0]:08x}-\\U{given[1]:08x}"
        return f"{'^' if op is sre.NOT_LITERAL else ''}\\U{given:08x}"

    def _one(self, test: Callable[[str], bool]) -> Item:
        def run(at: int, rest: Rest) -> int:
            self._count(1)
            return rest(at + 1) if at < len(self._text) and test(self._text[at]) else -1

        return run

    def _repeat(self, op: Any, least: int, most: Any, tree: Any) -> Item:
        most = sys.maxsize if most is sre.MAXREPEAT else most
        self.samples += _samples(tree)
        if op is sre.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat(sre.MAX_REPEAT, least, most, tree))
        if len(tree) == 1 and tree[0][0] in _ONE:
            return self._run(op is sre.MIN_REPEAT, least, most, self._test(*tree[0]))
        item, lazy = self._sequence(tree), op is sre.MIN_REPEAT

        def run(at: int, rest: Rest) -> int:
            def more(count: int, here: int) -> int:
                def again(there: int) -> int:
                    if there == here and count >= least:
                        return -1
                    return more(count + 1, there)

                if count < least:
                    return item(here, again)
                if lazy:
                    end = rest(here)
                    return item(here, again) if end < 0 and count < most else end
                end = item(here, again) if count < most else -1
                return rest(here) if end < 0 else end

            return more(0, at)

        return run

    def _run(self, lazy: bool, least: int, most: int, test: Callable[[str], bool]) -> Item:
        def run(at: int, rest: Rest) -> int:
            text, end = self._text, at
            furthest = min(len(text), at + (least if lazy else most))
            while end < furthest and test(text[end]):
                end += 1
            self._count(end - at + 1)
            if end < at + least:
                return -1
            if lazy:
                while True:
                    self._count(1)
                    found = rest(end)
                    if found >= 0 or end >= min(len(text), at + most) or not test(text[end]):
                        return found
                    end += 1
            for here in range(end, at + least - 1, -1):
                self._count(1)
                found = rest(here)
                if found >= 0:
                    return found
            return -1

        return run

    def _group(self, number: int | None, add: int, without: int, tree: Any) -> Item:
        before = self._flags
        self._flags = (self._flags | add) & ~without
        item = self._sequence(tree)
        self._flags = before
        if number is None:
            return item

        def run(at: int, rest: Rest) -> int:
            def after(end: int) -> int:
                known = self._spans.get(number)
                self._spans[number] = at, end
                found = rest(end)
                if found < 0:
                    if known is None:
                        del self._spans[number]
                    else:
                        self._spans[number] = known
                return found

            return item(at, after)

        return run

    def _branch(self, items: list[Item]) -> Item:
        def run(at: int, rest: Rest) -> int:
            for item in items:
                self._count(1)
                end = item(at, rest)
                if end >= 0:
                    return end
            return -1

        return run

    def _atomic(self, item: Item) -> Item:
        def run(at: int, rest: Rest) -> int:
            end = item(at, lambda here: here)
            return -1 if end < 0 else rest(end)

        return run

    def _look(self, wanted: bool, direction: int, tree: Any) -> Item:
        item = self._sequence(tree)
        back = tree.getwidth()[0] if direction < 0 else 0

        def run(at: int, rest: Rest) -> int:
            here = at - back
            seen = here >= 0 and item(here, lambda end: end) >= 0
            return rest(at) if seen is wanted else -1

        return run

    def _place(self, where: Any) -> Item:
        source = {
            sre.AT_BEGINNING: "^",
            sre.AT_BEGINNING_STRING: r"\A",
            sre.AT_BOUNDARY: r"\b",
            sre.AT_NON_BOUNDARY: r"\B",
            sre.AT_END: "$",
            sre.AT_END_STRING: r"\Z",
        }[where]
        compiled = re.compile(source, self._flags & ~re.VERBOSE)

        def run(at: int, rest: Rest) -> int:
            self._count(1)
            return rest(at) if compiled.match(self._text, at) is not None else -1

        return run

    def _again(self, number: int) -> Item:
        def run(at: int, rest: Rest) -> int:
            if number not in self._spans:
                return -1
            start, end = self._spans[number]
            self._count(end - start + 1)
            same = self._text.startswith(self._text[start:end], at)
            return rest(at + end - start) if same else -1

        return run


def _samples(tree: Any) -> list[str]:
    """Return some texts that a part of a pattern takes, one for each alternative in it."""
    found = [""]
    for op, given in tree:
        found = [one + more for one in found for more in _sample(op, given)][:6]
    return [one for one in dict.fromkeys(found) if one]


def _sample(op: Any, given: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(given)]
    if op is sre.IN:
        return _characters(given)
    if op in (sre.ANY, sre.NOT_LITERAL):
        return ["a", "."]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, tree = given
        return [one * max(least, 1) for one in _samples(tree)] or [""]
    if op is sre.SUBPATTERN:
        return _samples(given[3]) or [""]
    if op is sre.ATOMIC_GROUP:
        return _samples(given) or [""]
    if op is sre.BRANCH:
        return [one for tree in given[1] for one in _samples(tree)[:2]] or [""]
    return [""]


def _characters(rows: Any) -> list[str]:
    """Return some characters of a set."""
    if rows[0][0] is sre.NEGATE:
        inside = {chr(given) for op, given in rows if op is sre.LITERAL}
        return [one for one in "a. -" if one not in inside][:2] or ["é"]
    found = []
    for op, given in rows:
        if op is sre.LITERAL:
            found.append(chr(given))
        elif op is sre.RANGE:
            found.append(chr(given[0]))
        elif op is sre.CATEGORY:
            found.append({sre.CATEGORY_DIGIT: "0", sre.CATEGORY_SPACE: " "}.get(given, "a"))
    return found[:3]
