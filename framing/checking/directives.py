"""Write a suppression into a draft, so that it holds for one sentence and nothing else changes."""

from __future__ import annotations

import re

from framing.text import Document, Sentence
from framing.values import NamedTuple

__all__ = ["Insertion", "suppression"]

_NEWLINE = re.compile(r"\r\n|[\r\n]")
#: What may stand before the first word of a Markdown block: the marks of quotations, then of an
#: item of a list.
_MARGIN = re.compile(
    r"(?P<outer>[ \t]*+(?:>[ \t]?+)*+[ \t]*+)(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
)


class Insertion(NamedTuple):
    """Text that is put into a draft.

    Attributes
    ----------
    offset : int
        Where, in the source.
    text : str
        What.
    """

    offset: int
    text: str


def suppression(
    document: Document, sentence: Sentence, code: str, reason: str = "say why"
) -> Insertion | None:
    r"""Return what to insert so that a rule's finding in a sentence is suppressed.

    Parameters
    ----------
    document : Document
    sentence : Sentence
        One of its sentences.
    code : str
        The rule's.
    reason : str
        Why; one line.

    Returns
    -------
    Insertion or None
        None where the format leaves no place for a comment before that sentence alone.

    Examples
    --------
    >>> from framing.readers import open_document
    >>> document = open_document(b"It rained. It poured.", "a.md")
    >>> suppression(document, document.sentences[1], "FR001", "a joke")
    Insertion(offset=11, text='<!-- framing: ignore[FR001] a joke --> ')
    """
    source = document.source
    directive = f"framing: ignore[{code}] {reason}"
    comment = f"<!-- {directive} -->"
    start = sentence.start
    head = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    margin = source[head:start]
    found = _NEWLINE.search(source)
    newline = found.group() if found else "\n"
    if document.format == "html":
        return Insertion(start, comment)
    if document.format == "text":
        # A comment of plain text has a line of its own.
        blank = not margin.strip()
        return Insertion(start, f"{'' if blank else newline}{comment}{newline}")
    first = _is_first(document, sentence)
    if document.format == "rst":
        if not first or margin.strip():
            return None
        return Insertion(head, f"{margin}.. {directive}{newline}{newline}")
    if document.format != "markdown":
        return None
    mark = _MARGIN.fullmatch(margin)
    if mark is None or (mark["item"] and not first):
        return Insertion(start, f"{comment} ")
    if first:
        # At the start of its line a comment would make HTML of the whole line.
        return Insertion(head, f"{mark['outer']}{comment}{newline}")
    before = head - (2 if source.startswith("\r\n", head - 2) else 1)
    return Insertion(before, f" {comment}")


def _is_first(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is the first of its block."""
    number = next(n for n, one in enumerate(document) if one.start == sentence.start)
    return number == 0 or document.paragraphs[number] != document.paragraphs[number - 1]
