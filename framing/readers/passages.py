"""Passages: what a reader of a marked-up file reads, and where each stretch of it stands.

The readers of marked-up formats share this: they take a file apart into passages, one for each
paragraph, heading, list item or cell, and :func:`assemble` cuts these into sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from framing.blocks import BLANK, Block, blocks_of
from framing.sentences import find_sentences
from framing.text import Comment, Document, LineIndex, Piece, Sentence, Voice
from framing.values import NamedTuple

__all__ = ["WHOLE", "Chunk", "Mapped", "Passage", "assemble"]

#: Kinds that are one unit each: a byline is no sentence, a headline may hold "U.S." or a "?".
WHOLE = frozenset({"headline", "byline", "boilerplate"})


class Chunk(NamedTuple):
    """A stretch of text and where it was read.

    Attributes
    ----------
    text : str
        Without markup.
    start, end : int
        Half-open offsets into the source; if they span as many characters as `text` has, the
        characters correspond one by one.
    """

    text: str
    start: int
    end: int


class Passage(NamedTuple):
    """What markup sets apart: a paragraph, a heading, a list item, a cell, a caption.

    Attributes
    ----------
    chunks : list of Chunk
        In order; a newline in them is a break that the author asked for.
    shape : str
        ``"plain"``, ``"heading"`` or ``"item"``, or a kind of :data:`framing.text.KINDS` that
        the markup names.
    quoted : bool
        Whether it stands in a block quote.
    """

    chunks: list[Chunk]
    shape: str = "plain"
    quoted: bool = False

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(chunk.text for chunk in self.chunks)


class Mapped:
    """A text that was itself read out of a source, such as the lines of a quoted paragraph.

    Parameters
    ----------
    chunks : iterable of Chunk
        The text, in order.

    Attributes
    ----------
    text : str

    Examples
    --------
    >>> lines = Mapped([Chunk("A wet", 2, 7), Chunk(" ", 7, 10), Chunk("day", 10, 13)])
    >>> lines.text, lines.chunks("wet day", 2, 9)
    ('A wet day', [Chunk(text='wet', start=4, end=7), Chunk(text=' ', start=7, end=10),
     Chunk(text='day', start=10, end=13)])
    """

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self._chunks = [chunk for chunk in chunks if chunk.text]
        self._starts: list[int] = []
        at = 0
        for chunk in self._chunks:
            self._starts.append(at)
            at += len(chunk.text)
        self.text = "".join(chunk.text for chunk in self._chunks)

    def _origin(self, at: int) -> tuple[int, int]:
        """Return the span of the source that holds the character at an offset."""
        number = bisect_right(self._starts, at) - 1
        text, start, end = self._chunks[number]
        if len(text) != end - start:
            return start, end
        start += at - self._starts[number]
        return start, start + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source behind ``text[start:end]``, which is not empty."""
        return self._origin(start)[0], self._origin(end - 1)[1]

    def chunks(self, text: str, start: int, end: int) -> list[Chunk]:
        """Return the chunks of what was read from ``self.text[start:end]``, by the source."""
        if len(text) != end - start:
            return [Chunk(text, *self.span(start, end))] if text else []
        found = []
        at = start
        while at < end:
            number = bisect_right(self._starts, at) - 1
            begin = self._starts[number]
            until = min(begin + len(self._chunks[number].text), end)
            part = text[at - start : until - start]
            _, first, last = self._chunks[number]
            if len(self._chunks[number].text) == last - first:
                first, last = first + at - begin, first + until - begin
            found.append(Chunk(part, first, last))
            at = until
        return found


def assemble(
    source: str,
    name: str,
    format: str,
    passages: Iterable[Passage],
    comments: Iterable[Comment] = (),
    front_matter: Mapping[str, str] | None = None,
) -> Document:
    """Cut passages into sentences.

    Parameters
    ----------
    source : str
        The file as decoded.
    name, format : str
        Of the document.
    passages : iterable of Passage
        In order of the source.
    comments : iterable of Comment
    front_matter : mapping, optional

    Returns
    -------
    Document
        The sentences in a block quote have another's voice over all of them.

    Examples
    --------
    >>> source = "A *wet* day."
    >>> chunks = [Chunk("A ", 0, 2), Chunk("wet", 3, 6), Chunk(" day.", 7, 12)]
    >>> document = assemble(source, "draft.md", "markdown", [Passage(chunks)])
    >>> document.sentences[0].text, document.span(document.sentences[0], 2, 9)
    ('A wet day.', (3, 11))
    """
    place = LineIndex(source).place
    sentences: list[Sentence] = []
    paragraphs: list[int] = []
    number = 0
    at_top = True
    for passage in passages:
        text, pieces = _join(passage.chunks)
        for start, end, kind in _blocks(text, passage.shape, at_top):
            at_top = at_top and kind != "prose"
            spans = [(start, end)] if kind in WHOLE else find_sentences(text, start, end)
            for (first, last), part in zip(spans, _cut(pieces, len(text), spans), strict=True):
                begin = part[0].start
                whole = len(part) == 1 and source[begin : part[0].end] == text[first:last]
                voices = (Voice(0, last - first, "quotation"),) if passage.quoted else ()
                sentences.append(
                    Sentence(
                        text[first:last],
                        begin,
                        part[-1].end,
                        kind,
                        *place(begin),
                        voices,
                        () if whole else part,
                    )
                )
                paragraphs.append(number)
            number += 1
    return Document(
        source,
        name,
        tuple(sentences),
        tuple(paragraphs),
        front_matter or {},
        format,
        tuple(sorted(comments)),
    )


def _blocks(text: str, shape: str, at_top: bool) -> list[Block]:
    if shape in ("plain", "item", "heading"):
        return blocks_of(text, shape, at_top)
    if not text.strip(BLANK):
        return []
    start = len(text) - len(text.lstrip(BLANK))
    return [Block(start, start + len(text.strip(BLANK)), shape)]


def _join(chunks: Iterable[Chunk]) -> tuple[str, list[Piece]]:
    """Return the text of chunks and its pieces, as few as will do."""
    texts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for text, start, end in chunks:
        if not text:
            continue
        texts.append(text)
        exact = len(text) == end - start
        if pieces and exact and pieces[-1].end == start:
            last = pieces[-1]
            if at - last.at == last.end - last.start:
                pieces[-1] = Piece(last.at, last.start, end)
                at += len(text)
                continue
        pieces.append(Piece(at, start, end))
        at += len(text)
    return "".join(texts), pieces


def _cut(
    pieces: Sequence[Piece], size: int, spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each span of a text of `size` characters, counted from its start."""
    starts = [piece.at for piece in pieces]
    ends = [*starts[1:], size]
    for first, last in spans:
        found = []
        number = bisect_right(starts, first) - 1
        while number < len(pieces) and starts[number] < last:
            at, start, end = pieces[number]
            if ends[number] - at == end - start:
                end = min(end, start + last - at)
                start += max(first - at, 0)
            found.append(Piece(max(at - first, 0), start, end))
            number += 1
        yield tuple(found)
