"""Plain text: blank lines, bullets and headings are all the markup there is."""

from __future__ import annotations

from framing.blocks import find_blocks
from framing.sentences import find_sentences
from framing.text import Document, LineIndex, Sentence

__all__ = ["read"]

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
    sentences: list[Sentence] = []
    paragraphs: list[int] = []
    for number, (start, end, kind) in enumerate(find_blocks(source)):
        spans = [(start, end)] if kind in _WHOLE else find_sentences(source, start, end)
        for first, last in spans:
            line, column = place(first)
            sentences.append(Sentence(source[first:last], first, last, kind, line, column))
            paragraphs.append(number)
    return Document(source, name, tuple(sentences), tuple(paragraphs))
