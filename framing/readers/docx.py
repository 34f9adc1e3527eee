"""Word documents (``.docx``): a zip of XML, read with bounds.

What is deleted, what is a comment and what is hidden is no text; what is inserted is. Of a file
that is no text, the source is its paragraphs, one a line, so line and column of a finding are the
paragraph and the character in it.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import accumulate
from lzma import LZMAError
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from framing.errors import ReadError
from framing.readers.passages import Chunk, Passage, assemble
from framing.text import Comment, Document

__all__ = ["read"]

#: A draft has some 10 kB of text; so much XML is an attack or no draft.
_LARGEST = 64_000_000
_DEEPEST = 256
#: What reading a zip file may raise: of a damaged one, whatever its bytes were taken for.
_DAMAGED = (
    *(BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError),  # encrypted or packed in an unknown way; offsets below zero
)
_LONGEST_CHAIN = 10  # of styles based on styles
_MAIN, _COMMENTS, _STYLES = "word/document.xml", "word/comments.xml", "word/styles.xml"
_OFFICE = frozenset(
    [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ]
)
#: Elements whose text nobody reads: what is deleted or moved away, codes of fields, the fallback
#: of a drawing, phonetic guides.
_SKIPPED = frozenset(["del", "moveFrom", "instrText", "delText", "Fallback", "rt", "pict"])
_QUOTES = frozenset(["quote", "intense quote", "block text"])
_OFF = frozenset(["0", "false", "off"])
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}


def read(data: bytes, name: str = "<docx>") -> Document:
    """Read a Word document.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        ``source`` is the paragraphs, one a line, empty ones too; cells of tables are paragraphs.
        Comments are those of reviewers, without extent, at the character they begin at.

    Raises
    ------
    ReadError
        If it is no Word document, is damaged, or expands beyond all measure.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {part: _member(archive, part, name) for part in (_MAIN, _COMMENTS, _STYLES)}
    except _DAMAGED as error:
        raise ReadError(f"{name}: no Word document, or a damaged one: {error}") from error
    if not parts[_MAIN]:
        raise ReadError(f"{name}: a zip file, but no Word document ({_MAIN} is missing)")
    notes, styles = _Notes(), _Styles()
    for handler, part in ((notes, _COMMENTS), (styles, _STYLES)):
        if parts[part]:
            _parse(handler, parts[part], name)
    body = _Body(name, notes.texts, styles)
    _parse(body, parts[_MAIN], name)
    return body.document()


def _member(archive: ZipFile, part: str, name: str) -> bytes:
    """Return a part of the document, never more than the bound; nothing if it is missing."""
    if part not in archive.namelist():
        return b""
    with archive.open(part) as file:
        text = file.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise ReadError(f"{name}: expands to more than {_LARGEST // 1_000_000} MB; not read")
    return text


class _Handler:
    """Takes the elements of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag; names are `namespace local`."""

    def end(self, name: str) -> None:
        """Take an end tag."""

    def text(self, text: str) -> None:
        """Take text."""


def _parse(body: _Handler, text: bytes, name: str) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = body.start
    parser.EndElementHandler = body.end
    parser.CharacterDataHandler = body.text

    def refuse(*_: object) -> None:
        # Word writes none, and entities that expand one another are how XML fills a memory.
        raise ReadError(f"{name}: its XML declares a document type, which no Word document does")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ReadError(f"{name}: damaged XML: {error}") from error


class _Notes(_Handler):
    """Takes the reviewers' comments, by their numbers."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._number = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" comment"):
            self._number = _attribute(attributes, "id")
            self.texts[self._number] = ""

    def end(self, name: str) -> None:
        if name.endswith(" p") and self._number:
            self.text("\n")

    def text(self, text: str) -> None:
        if self._number:
            self.texts[self._number] += text


class _Styles(_Handler):
    """Takes the names of styles: English in whatever language Word speaks, unlike their keys."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._key = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "style":
            self._key = _attribute(attributes, "styleId")
        elif tag == "name" and self._key:
            self._names[self._key] = _attribute(attributes, "val").lower()
        elif tag == "basedOn":
            self._bases[self._key] = _attribute(attributes, "val")

    def shape(self, key: str) -> tuple[str, bool]:
        """Return the shape of a paragraph in a style, and whether it is a quotation."""
        for _ in range(_LONGEST_CHAIN):
            name = self._names.get(key, key.lower())
            if name in _QUOTES:
                return "plain", True
            if name.startswith("heading") or name in ("title", "subtitle"):
                return "heading", False
            if name == "caption":
                return "caption", False
            if name.startswith("list"):
                return "item", False
            if key not in self._bases:
                break
            key = self._bases[key]
        return "plain", False


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.endswith(f" {name}")), "")


class _Body(_Handler):
    """Takes the elements as they come and keeps what a reader reads."""

    def __init__(self, name: str, notes: dict[str, str], styles: _Styles) -> None:
        self._name = name
        self._notes = notes
        self._styles = styles
        self._comments: list[Comment] = []
        self._noted: list[list[tuple[str, int]]] = []  # comments of the paragraphs that are open
        self._depth = self._skipping = 0
        self._source: list[str] = []
        self._size = 0
        self._passages: list[Passage] = []
        self._chunks: list[list[Chunk]] = []  # of the paragraphs that are open, one in another
        self._shapes: list[tuple[str, bool]] = []
        self._listed = 0  # depth of tables
        self._taking = False
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ReadError(f"{self._name}: elements nested more than {_DEEPEST} deep; not read")
        space, _, tag = name.rpartition(" ")
        if self._skipping or (tag in _SKIPPED):
            self._skipping += 1
            return
        if space not in _OFFICE:
            return
        value = _attribute(attributes, "val")
        if tag == "p":
            self._chunks.append([])
            self._noted.append([])
            self._shapes.append(("item" if self._listed else "plain", False))
        elif tag == "tbl":
            self._listed += 1
        elif tag == "r":
            self._hidden = False
        elif tag == "vanish":
            self._hidden = value not in _OFF
        elif tag == "pStyle" and self._shapes:
            shape, quoted = self._styles.shape(value)
            self._shapes[-1] = (self._shapes[-1][0] if shape == "plain" else shape, quoted)
        elif tag == "outlineLvl" and self._shapes and value.isdigit() and int(value) < 9:
            self._shapes[-1] = ("heading", False)
        elif tag == "numPr" and self._shapes and self._shapes[-1][0] == "plain":
            self._shapes[-1] = ("item", self._shapes[-1][1])
        elif tag == "t":
            self._taking = True
        elif tag == "commentRangeStart" and self._noted:
            note = self._notes.get(_attribute(attributes, "id"), "")
            self._noted[-1].append((note, len(self._chunks[-1])))
        elif tag in _BREAKS:
            self._add(_BREAKS[tag])

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        space, _, tag = name.rpartition(" ")
        if space not in _OFFICE:
            return
        if tag == "t":
            self._taking = False
        elif tag == "tbl":
            self._listed -= 1
        elif tag == "p":
            shape, quoted = self._shapes.pop()
            self._finish(self._chunks.pop(), shape, quoted)

    def text(self, text: str) -> None:
        if self._taking and not self._skipping:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._chunks and not self._hidden:
            self._chunks[-1].append(Chunk(text, 0, 0))

    def _finish(self, chunks: list[Chunk], shape: str, quoted: bool) -> None:
        """Put a paragraph on a line of its own; breaks in it are no new lines of the source."""
        text = "".join(chunk.text for chunk in chunks)
        start = self._size
        ends = list(accumulate((len(chunk.text) for chunk in chunks), initial=start))
        for note, number in self._noted.pop():
            at = ends[number]
            self._comments.append(Comment(at, at, note.strip()))
        self._source.append(text.translate(_ON_ONE_LINE) + "\n")
        self._size += len(text) + 1
        self._passages.append(Passage([Chunk(text, start, start + len(text))], shape, quoted))

    def document(self) -> Document:
        source = "".join(self._source)
        return assemble(source, self._name, "docx", self._passages, self._comments)


#: A line of the source is a paragraph, whatever stands in it.
_ON_ONE_LINE = dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029"), " ")
