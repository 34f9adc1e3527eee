"""Patterns of paths: ``*`` within a name, ``**`` across folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache

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
    return any(_compiled(pattern).fullmatch(inside) for pattern in patterns)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    text = pattern.replace(os.sep, "/").removeprefix("./").rstrip("/")
    anywhere = "" if "/" in text else "(?:.*/)?"
    parts = []
    for part in re.findall(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?(?:\][^]]*|[^]]+)\]|.", text.lstrip("/")):
        if part in ("**/", "**", "/**"):
            parts.append({"**/": "(?:.*/)?", "**": ".*", "/**": "/.*"}[part])
        elif part in ("*", "?"):
            parts.append({"*": "[^/]*", "?": "[^/]"}[part])
        elif len(part) > 1:
            inner = re.sub(r"[\\\[&~|]", r"\\\g<0>", part[1:-1]).replace("--", r"\-\-")
            parts.append(f"[{'^' + inner[1:] if inner[0] == '!' else inner}]")
        else:
            parts.append(re.escape(part))
    try:
        return re.compile(f"{anywhere}{''.join(parts)}(?:/.*)?", re.DOTALL)
    except re.error:  # "[z-a]": taken for what it looks like
        return re.compile(re.escape(text), re.DOTALL)
