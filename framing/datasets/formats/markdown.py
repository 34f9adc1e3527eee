"""What a reader reads of a Markdown post: markup off, links by their words, entities resolved.

Only as much as finding known sentences in the posts of open voice takes; drafts are read by
:mod:`framing.readers`.
"""

from __future__ import annotations

import html
import re

__all__ = ["front_matter", "plain"]

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_STEPS = [
    (re.compile(r"```.*?```|~~~.*?~~~", re.DOTALL), " "),
    (re.compile(r"<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"\{[{%].*?[%}]\}", re.DOTALL), ""),
    (re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE), " "),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"), ""),
    (re.compile(r"\[\^[^\]]+\]:?"), ""),
    (re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"^\s{0,3}(?:#{1,6}\s+|>+\s?|[-*+]\s+|\d+[.)]\s+)", re.MULTILINE), ""),
    (re.compile(r"\*{1,3}(?=\S)(.+?)(?<=\S)\*{1,3}", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\w_])_{1,2}(?=\S)(.+?)(?<=\S)_{1,2}(?![\w_])", re.DOTALL), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
]
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Return the fields above a post, and the post.

    Examples
    --------
    >>> front_matter("---\ntitle: Rain\n---\nIt rained.\n")
    ({'title': 'Rain'}, 'It rained.\n')
    """
    found = _FRONT.match(text.replace("\r\n", "\n"))
    if not found:
        return {}, text
    fields = [line.partition(":") for line in found[1].split("\n") if re.match(r"[\w-]+:", line)]
    return {name: value.strip() for name, _, value in fields}, text.replace("\r\n", "\n")[
        found.end() :
    ]


def plain(text: str, escapes: bool = False) -> str:
    r"""Return the words of a Markdown text; ``escapes`` leaves its backslashes in.

    Examples
    --------
    >>> plain("## Why\n\n**Rain** fell on [the pier](https://pier.example/a_b), _again_.")
    'Why\n\nRain fell on the pier, again.'
    """
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return html.unescape(text if escapes else _ESCAPE.sub(r"\1", text))
