"""Document, Sentence and tokens: exact offsets into what the author wrote.

Offsets are half-open ``[start, end)`` and count Unicode code points. A sentence's offsets
point into ``Document.source``; token offsets point into ``Sentence.text``. Where the file holds
markup the two are not the same characters, and :meth:`Document.span` leads from one to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain
from operator import add

from framing.patterns import late
from framing.values import TYPE_CHECKING, NamedTuple, Value

if TYPE_CHECKING:
    from typing import Any, Self

__all__ = [
    "JUDGED",
    "KINDS",
    "NORMAL",
    "NOT_ENGLISH",
    "NOT_PROSE",
    "Comment",
    "Document",
    "Piece",
    "Sentence",
    "Tokens",
    "Voice",
    "normalise",
    "tokenise",
]

#: What a stretch of text can be. Only the kinds in :data:`JUDGED` get a verdict.
NOT_ENGLISH, NOT_PROSE = "not English", "not prose"
KINDS = (
    *("headline", "prose", "list item", "caption", "byline", "boilerplate"),
    *(NOT_ENGLISH, NOT_PROSE),
)
JUDGED = frozenset({"headline", "prose", "list item"})

# One pattern, so that "what is a token" has one answer. Hyphens inside compounds separate
# words and are no tokens; clitics stand alone ("it", "'s"); "don't" and "O'Brien" stay whole.
# The first two alternatives are there for speed: they are what most tokens are.
_CLITIC = r"['’](?:[sSmMdD]|[rR][eE]|[lL][lL]|[vV][eE])\b"
_REST_OF_WORD = rf"(?:(?!{_CLITIC})['’]\w+|[\u0300-\u036f]+\w*)*+"
_TOKEN = re.compile(
    rf"([a-zA-Z]\w+{_REST_OF_WORD}"
    r"|[,.](?![.])"
    r"|\w\.(?:[^\W\d_]\.)+"  # U.S.  a.m.
    r"|\d+(?:[.,:]\d+)+"  # 1,250.5  10:30
    rf"|\w+{_REST_OF_WORD}"
    rf"|{_CLITIC}"
    r"|\.{2,}|--+|(?<!\S)-(?!\S)"
    r"|[^\w\s\-‐‑\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u0300-\u036f])"
)


#: Text → its tokens as written.
split = _TOKEN.findall


def offsets(text: str) -> list[int]:
    """Return where each token of a text begins.

    Examples
    --------
    >>> offsets("So it - is.")
    [0, 3, 6, 8, 10]
    """
    return list(accumulate(map(len, _TOKEN.split(text))))[:-1:2]


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


class _Normal(dict[str, str]):
    """Token as written → :func:`normalise`, remembered."""

    def __missing__(self, token: str) -> str:
        if len(self) > 200_000:
            self.clear()
        word = self[token] = normalise(token)
        return word


#: Token as written → :func:`normalise`, remembered.
NORMAL = _Normal()


class _Chunks(dict[str, tuple[str, ...]]):
    """What stands between two white spaces → its tokens, remembered: no token holds a space."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) > 200_000:
            self.clear()
        # Tuples of strings do not keep the garbage collector busy.
        tokens = self[chunk] = tuple(split(chunk))
        return tokens


_CHUNKS = _Chunks()


class Tokens:
    """The tokens of one sentence as parallel lists: no object per token.

    Attributes
    ----------
    raw : list of str
        Tokens as written.
    words : list of str
        The same tokens normalised, see :func:`normalise`.
    starts, ends : list of int
        Half-open offsets into the sentence's text, worked out when first asked for.

    Examples
    --------
    >>> tokens = Tokens("A half-truth.")
    >>> tokens.words, tokens.starts
    (['a', 'half', 'truth', '.'], [0, 2, 7, 12])
    """

    __slots__ = ("_starts", "_text", "raw", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None
        self.raw = list(chain.from_iterable(map(_CHUNKS.__getitem__, text.split())))
        self.words = list(map(NORMAL.__getitem__, self.raw))

    @property
    def starts(self) -> list[int]:
        """Where each token begins."""
        if self._starts is None:
            self._starts = self._found()
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each token ends."""
        return list(map(add, self.starts, map(len, self.raw)))

    def _found(self) -> list[int]:
        """Return where the tokens stand: between two of them is nothing that looks like one.

        Only a hyphen between them may look like the dash that follows.
        """
        text, starts, end = self._text, [], 0
        if "-" in text and any(token[0] == "-" for token in self.raw):
            return offsets(text)
        for token in self.raw:
            start = text.find(token, end)
            starts.append(start)
            end = start + len(token)
        return starts

    def __len__(self) -> int:
        return len(self.raw)


def tokenise(text: str) -> Tokens:
    """Split text into tokens.

    Examples
    --------
    >>> tokenise("It's a half-hearted U.S. plan, isn't it?").words
    ['it', "'s", 'a', 'half', 'hearted', 'u.s.', 'plan', ',', "isn't", 'it', '?']
    """
    return Tokens(text)


class Voice(NamedTuple):
    """A span of a sentence that is not the author speaking.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the sentence's text; quotation marks belong to the span.
    kind : str
        ``"quotation"``, ``"attributed"`` (a clause hung on a source), ``"attitude"`` (what somebody
        else feels or judges, and about what), ``"mention"`` (a title, a nickname, a word spoken
        of: nobody's voice) or ``"scare"`` (quotation marks by which
        the author keeps their distance: the author's own voice).
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


class Piece(NamedTuple):
    """A stretch of a sentence's text and the stretch of the source that it was read from.

    It ends where the next piece begins. If both stretches are equally long, they correspond
    character by character; if not (``&amp;`` for ``&``), only as wholes.

    Attributes
    ----------
    at : int
        Where the stretch begins in the sentence's text.
    start, end : int
        Half-open offsets into the source.
    """

    at: int
    start: int
    end: int


class Comment(NamedTuple):
    """What the author wrote for programs and colleagues, not for readers (``<!-- -->``).

    Attributes
    ----------
    start, end : int
        Half-open offsets into the source; the marks around the comment belong to it.
    text : str
        What stands between the marks, without the white space around it.
    """

    start: int
    end: int
    text: str


class Sentence(Value):
    """One sentence, its place in the source, and whose voice speaks where.

    Attributes
    ----------
    text : str
        What a reader reads: markup removed, entities resolved. In plain text exactly
        ``document.source[start:end]``.
    start, end : int
        Half-open code-point offsets into the source.
    kind : str
        One of :data:`KINDS`.
    line, column : int
        One-based place of ``start`` in the source.
    voices : tuple of Voice
        Spans that are not the author's, in order.
    pieces : tuple of Piece
        Where in the source the text was read; empty if it stands there as it is.
    """

    text: str
    start: int
    end: int
    kind: str
    line: int
    column: int
    voices: tuple[Voice, ...]
    pieces: tuple[Piece, ...]

    def __init__(
        self,
        text: str,
        start: int = 0,
        end: int = -1,
        kind: str = "prose",
        line: int = 1,
        column: int = 1,
        voices: tuple[Voice, ...] = (),
        pieces: tuple[Piece, ...] = (),
    ) -> None:
        known = self.__dict__  # there are many sentences, so the fields are set one by one
        known["text"], known["start"] = text, start
        known["end"] = start + len(text) if end < 0 else end
        known["kind"], known["line"], known["column"] = kind, line, column
        known["voices"], known["pieces"] = voices, pieces

    def replace(self, **changes: Any) -> Self:
        """Return a copy in which some fields are others; it keeps the tokens of its text."""
        changed = super().replace(**changes)
        if "tokens" in self.__dict__ and changed.text == self.text:
            changed.__dict__["tokens"] = self.tokens
        return changed

    __replace__ = replace

    def spoken(self, voices: tuple[Voice, ...]) -> Self:
        """Return ``replace(voices=voices)``, several times as fast."""
        copy = self.__class__.__new__(self.__class__)
        known = copy.__dict__
        known.update(self.__dict__)
        known["voices"] = voices
        return copy

    @cached_property
    def tokens(self) -> Tokens:
        """The sentence's tokens, made once and shared by all extractors."""
        return tokenise(self.text)


_NEWLINE = late(r"\r\n|[\n\r\u0085\u2028\u2029\v\f]")


class LineIndex:
    r"""Offsets to one-based line and column; any of the Unicode newlines ends a line.

    Examples
    --------
    >>> LineIndex("ab\r\ncd").place(4)
    (2, 1)
    """

    def __init__(self, source: str) -> None:
        if any(map(source.__contains__, "\x1c\x1d\x1e")):  # to ``splitlines`` they end lines too
            self._starts = [0, *(match.end() for match in _NEWLINE.finditer(source))]
        else:
            self._starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
            if source and source[-1] not in "\n\r\x85\u2028\u2029\v\f":
                self._starts.pop()

    def place(self, offset: int) -> tuple[int, int]:
        """Return ``(line, column)`` of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Document(Value):
    r"""A text as its author wrote it, cut into sentences.

    Attributes
    ----------
    source : str
        The whole file as decoded, untouched, markup included. Of a ``.docx``, which is no text,
        its paragraphs, one a line.
    name : str
        Path or other label, for messages.
    sentences : tuple of Sentence
        In order of ``start``, not overlapping; paragraphs are told by ``paragraphs``.
    paragraphs : tuple of int
        For each sentence the number of the block it lies in.
    front_matter : mapping
        What stood above the text (``genre: opinion``), as strings, under the file's own keys.
    format : str
        What the file is written in, one of :data:`framing.readers.FORMATS`.
    comments : tuple of Comment
        In order; for programs, such as the suppressions of ``framing check``.

    Examples
    --------
    >>> from framing.readers import open_document
    >>> document = open_document("Prices\n\nIt cost 5 euros.".encode(), "draft.txt")
    >>> document.format, document.span(document.sentences[1], 8, 9), document.place(16)
    ('text', (16, 17), (3, 9))
    """

    source: str
    name: str = "<text>"
    sentences: tuple[Sentence, ...] = ()
    paragraphs: tuple[int, ...] = ()
    front_matter: Mapping[str, str] = {}
    format: str = "text"
    comments: tuple[Comment, ...] = ()

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.source)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset into the source.

        Parameters
        ----------
        offset : int
            In code points, from 0 to ``len(source)``.

        Returns
        -------
        line, column : int
            Both from 1; the column counts code points.
        """
        return self._lines.place(offset)

    def span(self, sentence: Sentence, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return where in the source a stretch of a sentence was read.

        Parameters
        ----------
        sentence : Sentence
            One of this document's.
        start, end : int
            Half-open offsets into ``sentence.text``, as evidence and voices have them; by default
            the whole sentence.

        Returns
        -------
        start, end : int
            Half-open offsets into ``source``: from the first to the last character of the
            stretch. Markup between them is included, markup around them is not; of an entity
            or an escape all characters are.
        """
        size = len(sentence.text)
        end = size if end is None else min(end, size)
        start = min(max(start, 0), end)
        pieces = sentence.pieces
        if not pieces:
            return sentence.start + start, sentence.start + end
        first, _ = _origin(pieces, size, min(start, size - 1))
        if start == end:
            return (first, first) if start < size else (sentence.end, sentence.end)
        return first, _origin(pieces, size, end - 1)[1]


def _origin(pieces: tuple[Piece, ...], size: int, at: int) -> tuple[int, int]:
    """Return the half-open span of the source that holds one character of a sentence's text."""
    number = bisect_right(pieces, at, key=lambda piece: piece.at) - 1
    here, start, end = pieces[number]
    until = pieces[number + 1].at if number + 1 < len(pieces) else size
    if until - here != end - start:
        return start, end
    return start + at - here, start + at - here + 1
