"""What stands above an article: front matter in YAML (``---``) or TOML (``+++``).

Of YAML only what front matter is made of is read: keys and plain, quoted, listed or folded
values. Whatever else stands there is passed over; an article is not refused for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from framing.patterns import late

__all__ = ["front_matter"]

_HEAD = late(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|[\r\n])")
_END = {
    "---": late(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\Z|[\r\n])"),
    "+++": late(r"(?<=[\r\n])\+\+\+[ \t]*(?:\r\n|\Z|[\r\n])"),
}
_PAIR = late(r"(?P<key>[^\s:#'\"\[\]{},&*!|>%@`-][^:#]*?|\"[^\"]*\"|'[^']*')\s*:(?:\s+|$)")
_ITEM = late(r"\s*-(?:\s+|$)")
_ESCAPE = late(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "_": "\u00a0"}


def front_matter(source: str) -> tuple[dict[str, str], int]:
    r"""Read the front matter of a text.

    Parameters
    ----------
    source : str
        The whole text.

    Returns
    -------
    values : dict of str to str
        Lists are joined by ``", "``; the keys within a table are ``table.key``.
    end : int
        Where the text begins: behind the front matter, or else a byte-order mark.

    Examples
    --------
    >>> front_matter("---\ngenre: 'opinion'  # mine\ntags: [sea, port]\n---\nIt rained.")
    ({'genre': 'opinion', 'tags': 'sea, port'}, 51)
    """
    head = _HEAD.match(source)
    none: dict[str, str] = {}
    if head is None:
        return none, int(source.startswith("\ufeff"))
    end = _END[head["mark"]].search(source, head.end())
    if end is None:
        return none, int(source.startswith("\ufeff"))
    text = source[head.end() : end.start()]
    return (_yaml(text) if head["mark"] == "---" else _toml(text)), end.end()


def _toml(text: str) -> dict[str, str]:
    from framing.toml import MalformedError, parse

    try:
        return dict(_flat(parse(text)))
    except (MalformedError, RecursionError):
        return {}


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    """Return the values of a table and of those in it."""
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, _shown(value)))
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_shown, value))
    return str(value)


def _yaml(text: str) -> dict[str, str]:
    """Read the pairs of a YAML mapping; a pair is found at the margin or one step inside."""
    found: dict[str, str] = {}
    table = ""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        indented = line[:1] in (" ", "\t")
        pair = _PAIR.match(line.strip())
        if pair is None or (indented and not table):
            continue
        below = at
        while below < len(lines) and (
            not lines[below].strip()
            or len(lines[below]) - len(lines[below].lstrip()) > len(line) - len(line.lstrip())
            or (_ITEM.match(lines[below]) and not indented)
        ):
            below += 1
        key = _scalar(pair["key"])
        value = line.strip()[pair.end() :]
        bare = _uncommented(value)
        if not indented:
            table = ""
        if bare[:1] in ("|", ">"):
            joint = "\n" if bare[0] == "|" else " "
            value = joint.join(one.strip() for one in lines[at:below]).strip()
            at = below
        elif bare:
            # A plain or quoted value may go on in the lines below it.
            further = [one.strip() for one in lines[at:below] if one.strip()]
            value = _scalar(" ".join([value, *further]))
            at = below
        else:
            items = [one for one in lines[at:below] if _ITEM.match(one)]
            if not items:
                table = key
                continue
            value = ", ".join(_scalar(one[_end_of_mark(one) :]) for one in items)
            at = below
        found.setdefault(f"{table}.{key}" if indented else key, value)
    return found


def _end_of_mark(line: str) -> int:
    mark = _ITEM.match(line)
    assert mark is not None  # it was an item when it was chosen
    return mark.end()


def _uncommented(value: str) -> str:
    """Return a plain value without the comment behind it."""
    return re.sub(r"(?:^|(?<!\s)\s+)#.*", "", value).strip()


def _scalar(value: str) -> str:
    """Return what a plain or quoted value, or a list in brackets, says."""
    value = value.strip()
    if value[:1] == '"':
        body = re.match(r'"((?:[^"\\]|\\.)*+)"', value)
        return _ESCAPE.sub(_unescape, body[1]) if body else value
    if value[:1] == "'":
        body = re.match(r"'((?:[^']|'')*+)'", value)
        return body[1].replace("''", "'") if body else value
    value = _uncommented(value)
    if value[:1] == "[" and value[-1:] == "]":
        parts = re.findall(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'|[^,\s][^,]*", value[1:-1])
        return ", ".join(_scalar(part) for part in parts if part.strip())
    return "" if value in ("~", "null") else value


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _ESCAPED.get(match[4], match[4])
