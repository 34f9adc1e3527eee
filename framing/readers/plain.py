"""Plain text: blank lines, bullets and headings are all the markup there is."""

from __future__ import annotations

import re

from framing.blocks import find_blocks
from framing.sentences import find_sentences
from framing.text import Comment, Document, LineIndex, Sentence

__all__ = ["read"]

_DIRECTIVE = r"^[ \t\ufeff]*(?P<all><!--\s*(?P<text>framing[ \t]*:[^\r\n]*?)-->)[ \t]*(?=[\r\n]|\Z)"
# These are one unit each: a byline is no sentence, and a headline may hold "U.S." or a "?".
_WHOLE = frozenset({"headline", "byline", "boilerplate"})


def read(source: str, name: str = "<text>") -> Document:
    r"""Cut a plain text into sentences; whose voice speaks in them is not yet decided.

    Parameters
    ----------
    source : str
        The text, with any newlines.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        ``source[s.start : s.end] == s.text`` for each of its sentences.

    Examples
    --------
    >>> document = read("Storm Hits Port Halest\n\nTwo died, Gen. Roe said. More is to come.")
    >>> [(s.line, s.column, s.kind) for s in document]
    [(1, 1, 'headline'), (3, 1, 'prose'), (3, 26, 'prose')]
    >>> document.paragraphs
    (0, 1, 1)
    """
    place = LineIndex(source).place
    comments: tuple[Comment, ...] = ()
    shown = source
    if "<!--" in source:
        comments, shown = _directives(source)
    sentences: list[Sentence] = []
    paragraphs: list[int] = []
    for number, (start, end, kind) in enumerate(find_blocks(shown)):
        spans = [(start, end)] if kind in _WHOLE else find_sentences(shown, start, end)
        for first, last in spans:
            line, column = place(first)
            sentences.append(Sentence(source[first:last], first, last, kind, line, column))
            paragraphs.append(number)
    return Document(source, name, tuple(sentences), tuple(paragraphs), comments=comments)


def _directives(source: str) -> tuple[tuple[Comment, ...], str]:
    """Return the comments for this program, and the text with spaces in their place.

    Plain text has no comments, but for a line of its own that is addressed to ``framing:``.
    """
    found: list[Comment] = []

    def take(match: re.Match[str]) -> str:
        found.append(Comment(match.start("all"), match.end("all"), match["text"].rstrip()))
        return " " * len(match.group())

    shown = re.sub(_DIRECTIVE, take, source, flags=re.MULTILINE)
    return tuple(found), shown
