"""Document, Sentence and tokens: exact offsets into what the author wrote.

Offsets are half-open ``[start, end)`` and count Unicode code points. A sentence's offsets
point into ``Document.source``; token offsets point into ``Sentence.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

__all__ = ["JUDGED", "KINDS", "Document", "Sentence", "Tokens", "Voice", "normalise", "tokenise"]

#: What a stretch of text can be. Only the kinds in :data:`JUDGED` get a verdict.
KINDS = ("headline", "prose", "list item", "caption", "byline", "boilerplate")
JUDGED = frozenset({"headline", "prose", "list item"})

# One pattern, so that "what is a token" has one answer. Hyphens inside compounds separate
# words and are no tokens; clitics stand alone ("it", "'s"); "don't" and "O'Brien" stay whole.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.  a.m.
    r"|\d+(?:[.,:]\d+)+"  # 1,250.5  10:30
    r"|[\w\u0300-\u036f]+(?:['’](?!(?:s|re|ll|ve|d|m)\b)\w+)*"
    r"|['’](?:s|re|ll|ve|d|m)\b"
    r"|\.{2,}|--+|(?<=\s)-(?=\s)"
    r"|[^\w\s\-‐‑\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u0300-\u036f]",
    re.IGNORECASE,
)


# In capitals these are no function words: the country, Islamic State, the health body.
_ACRONYMS = {"US": "u.s.", "IS": "IS", "IT": "IT", "WHO": "WHO"}


def normalise(token: str) -> str:
    """Return the form under which lexicons know a token: lower case, straight apostrophe.

    Examples
    --------
    >>> normalise("Don’t")
    "don't"
    """
    if token in _ACRONYMS:
        return _ACRONYMS[token]
    return token.lower().replace("’", "'")


class Tokens(NamedTuple):
    """The tokens of one sentence as parallel lists: no object per token.

    Attributes
    ----------
    words : list of str
        Normalised tokens, see :func:`normalise`.
    raw : list of str
        The same tokens as written.
    starts, ends : list of int
        Half-open offsets into the sentence's text.
    """

    words: list[str]
    raw: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """Split text into tokens.

    Examples
    --------
    >>> tokenise("It's a half-hearted U.S. plan, isn't it?").words
    ['it', "'s", 'a', 'half', 'hearted', 'u.s.', 'plan', ',', "isn't", 'it', '?']
    """
    raw: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        raw.append(match.group())
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    return Tokens([normalise(word) for word in raw], raw, starts, ends)


#: The bare pattern's ``findall``, for the scoring path that needs no offsets.
find_tokens = _TOKEN.findall


class Voice(NamedTuple):
    """A span of a sentence that is not the author speaking.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the sentence's text; quotation marks belong to the span.
    kind : str
        ``"quotation"``, ``"attributed"`` (a clause hung on a source) or ``"scare"``
        (quotation marks by which the author distances themselves; the author's own voice).
    speaker : tuple of (int, int) or None
        Where the sentence names who speaks.
    source : str or None
        ``"named"``, ``"unnamed"`` (an official), ``"vague"`` (critics, some) or None.
    """

    start: int
    end: int
    kind: str
    speaker: tuple[int, int] | None = None
    source: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence, its place in the source, and whose voice speaks where.

    Attributes
    ----------
    text : str
        Exactly ``document.source[start:end]``.
    start, end : int
        Half-open code-point offsets into the source.
    kind : str
        One of :data:`KINDS`.
    line, column : int
        One-based place of ``start`` in the source.
    voices : tuple of Voice
        Spans that are not the author's, in order.
    """

    text: str
    start: int = 0
    end: int = -1
    kind: str = "prose"
    line: int = 1
    column: int = 1
    voices: tuple[Voice, ...] = ()

    def __post_init__(self) -> None:
        if self.end < 0:
            object.__setattr__(self, "end", self.start + len(self.text))

    @cached_property
    def tokens(self) -> Tokens:
        """The sentence's tokens, made once and shared by all extractors."""
        return tokenise(self.text)


@dataclass(frozen=True)
class Document:
    """A text as its author wrote it, cut into sentences.

    Attributes
    ----------
    source : str
        The whole text, untouched.
    name : str
        Path or other label, for messages.
    sentences : tuple of Sentence
        In order of ``start``, not overlapping; paragraphs are told by ``paragraphs``.
    paragraphs : tuple of int
        For each sentence the number of the block it lies in.
    front_matter : mapping
        What stood above the text (``genre: opinion``).
    """

    source: str
    name: str = "<text>"
    sentences: tuple[Sentence, ...] = ()
    paragraphs: tuple[int, ...] = ()
    front_matter: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)


_NEWLINE = re.compile(r"\r\n|[\n\r\u0085\u2028\u2029\v\f]")


class LineIndex:
    r"""Offsets to one-based line and column; any of the Unicode newlines ends a line.

    Examples
    --------
    >>> LineIndex("ab\r\ncd").place(4)
    (2, 1)
    """

    def __init__(self, source: str) -> None:
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(source))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return ``(line, column)`` of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
