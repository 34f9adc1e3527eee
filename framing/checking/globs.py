"""Patterns of paths: ``*`` within a name, ``**`` across folders."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from framing.values import NamedTuple

__all__ = ["matches"]


def matches(path: str, patterns: Iterable[str], folder: str) -> bool:
    """Tell whether a path, or a folder it lies in, fits one of some patterns.

    Parameters
    ----------
    path : str
        As given on the command line; it need not exist.
    patterns : iterable of str
        ``*``, ``?`` and ``[…]`` stand for characters of one name, ``**`` for any folders. A
        pattern without ``/`` fits a name at any depth.
    folder : str
        What the patterns are relative to.

    Examples
    --------
    >>> matches("/a/opinion/may/x.md", ["opinion/**"], "/a"), matches("/a/x.md", ["*.txt"], "/a")
    (True, False)
    >>> matches("/a/old/x.md", ["old"], "/a"), matches("/a/b/old.md", ["b/*.md"], "/a")
    (True, True)
    """
    here = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    inside = os.path.relpath(here, os.path.realpath(folder)).replace(os.sep, "/")
    return any(_fits(inside, _parts(pattern)) for pattern in patterns)


class _Part(NamedTuple):
    """What one character of a path, or with ``many`` any number of them, may be.

    One with ``passes`` takes none: here so many parts that follow may be passed over together.
    """

    takes: Callable[[str], bool]
    many: bool = False
    passes: int = 0


def _fits(path: str, parts: tuple[_Part, ...]) -> bool:
    """Follow all ways at once through a pattern: a backtracking matcher can take for ever."""
    last = len(parts)
    at = _reached({0}, parts)
    for character in path:
        if last in at and character == "/":
            return True  # the folder fits
        following = set()
        for here in at:
            if here < last and parts[here].takes(character):
                following.add(here if parts[here].many else here + 1)
        if not following:
            return False
        at = _reached(following, parts)
    return last in at


def _reached(at: set[int], parts: tuple[_Part, ...]) -> set[int]:
    """Return where one is, and where one may be without another character."""
    waiting = list(at)
    while waiting:
        here = waiting.pop()
        if here < len(parts) and (parts[here].many or parts[here].passes):
            for further in {here + 1, here + 1 + parts[here].passes} - at:
                at.add(further)
                waiting.append(further)
    return at


@lru_cache(maxsize=512)
def _parts(pattern: str) -> tuple[_Part, ...]:
    text = pattern.replace(os.sep, "/").removeprefix("./").rstrip("/")
    found: list[_Part] = [] if "/" in text else [*_folders()]
    text = text.lstrip("/")
    at = 0
    while at < len(text):
        if text.startswith("**/", at):
            found += _folders()
            at += 3
        elif text.startswith("**", at):
            found.append(_Part(_any, many=True))
            at += 2
        elif text[at] == "*":
            found.append(_Part(_in_name, many=True))
            at += 1
        elif text[at] == "?":
            found.append(_Part(_in_name))
            at += 1
        else:
            # A bracket that nothing closes is a character like others.
            end = text.find("]", at + 2 + text.startswith("[!", at)) if text[at] == "[" else -1
            end = at if end < 0 else end
            found.append(_Part(text[at].__eq__ if end == at else _set(text[at + 1 : end])))
            at = end + 1
    return tuple(found)


def _folders() -> tuple[_Part, ...]:
    """Return what takes any folders, or none."""
    return _Part(_none, passes=2), _Part(_any, many=True), _Part("/".__eq__)


def _none(character: str) -> bool:
    return False


def _any(character: str) -> bool:
    return True


def _in_name(character: str) -> bool:
    return character != "/"


def _set(inside: str) -> Callable[[str], bool]:
    """Return whether a character is one of a set (``a-z_``), or with ``!`` before it is none."""
    negated = inside.startswith("!")
    escaped = re.sub(r"[\\\[\]&~|^]", r"\\\g<0>", inside.removeprefix("!")).replace("--", r"\-\-")
    try:
        known = re.compile(f"[{'^' if negated else ''}{escaped}]", re.DOTALL)
    except re.error:  # "[z-a]" fits nothing
        return lambda character: False
    return lambda character: known.match(character) is not None
