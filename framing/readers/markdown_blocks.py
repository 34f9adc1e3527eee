"""The blocks of Markdown: which lines are paragraphs, headings, items, cells; which are no text.

Follows the specification of CommonMark 0.31 and, of GitHub's Markdown, tables; besides, the
definitions of footnotes. A line is looked at once, and boxes (block quotes, list items) are
opened to a bounded depth, so time is linear in any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.patterns import late
from framing.readers.markdown_links import TITLE, destination_end, label_of
from framing.readers.markdown_tables import cells, columns
from framing.readers.markdown_tags import TAG
from framing.readers.passages import Chunk, Mapped
from framing.text import Comment
from framing.values import NamedTuple

__all__ = ["Blocks", "Leaf"]

#: Boxes within boxes beyond this are text; nobody writes them, and they would cost time.
_DEEPEST = 100

_LINE = re.compile(r"[^\r\n]*+(?P<newline>\r\n|\r|\n|\Z)")
_ATX = late(r"(#{1,6})(?:[ \t]++|\Z)")
_ATX_END = late(r"(?:^|(?<![ \t])[ \t]+)#+[ \t]*$")
_FENCE = late(r"(`{3,})[^`]*+\Z|(~{3,})")
_RULE = late(r"(?:(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|(?:-[ \t]*+){3,})\Z")
_UNDERLINE = late(r"(?:=+|-+)[ \t]*+\Z")
_ITEM = late(r"(?:[*+-]|(\d{1,9})[.)])(?=[ \t]|\Z)")
_ITEM_STARTS = frozenset("*+-0123456789")
_NOTE = late(r"\[\^([^\s\[\]]{1,200})\]:")
_LABEL = late(r"\[((?:[^\\\[\]]|\\.){1,999})\]:[ \t]*+\n?+[ \t]*+", re.DOTALL)
_BETWEEN = late(r"[ \t]*+(\n?)[ \t]*+")
_REST = late(r"[ \t]*+(?:\n|\Z)")
_NO_TARGET = frozenset(["#", "<>"])
#: What MDX has beside Markdown.
_MODULE = late(r"(?:import|export)[ \t{*]")

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p"
    "|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_BLANK_LINE = re.compile(r"[ \t]*+\Z")
#: How a block of HTML begins → what its last line holds, or the blank line behind it.
_HTML = (
    (
        late(r"<(?:script|pre|style|textarea)(?=[\s>]|\Z)", re.IGNORECASE),
        late(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (late(r"<!--"), late(r"-->")),
    (late(r"<\?"), late(r"\?>")),
    (late(r"<![A-Za-z]"), late(r">")),
    (late(r"<!\[CDATA\["), late(r"\]\]>")),
    (late(rf"</?(?:{_NAMES})(?=\s|/?>|\Z)", re.IGNORECASE), _BLANK_LINE),
)


class Leaf(NamedTuple):
    """A block that holds text.

    Attributes
    ----------
    kind : str
        ``"paragraph"``, ``"heading"``, ``"cell"`` or ``"html"``.
    chunks : list of Chunk
        Its text with inline markup; lines are parted by one newline.
    quoted : bool
        Whether it stands in a block quote.
    item : bool
        Whether it stands in a list.
    """

    kind: str
    chunks: list[Chunk]
    quoted: bool
    item: bool


class _Box:
    """A block quote (``>``), a list item (``-``) or a footnote (``^``) that is open."""

    __slots__ = ("empty", "kind", "width")

    def __init__(self, kind: str, width: int = 0, empty: bool = False) -> None:
        self.kind, self.width, self.empty = kind, width, empty


class Blocks:
    r"""Reads the blocks of a text.

    Parameters
    ----------
    source : str
        The text.
    start : int
        Where it begins, behind the front matter.
    mdx : bool
        Whether it may hold modules and components, as MDX does.

    Attributes
    ----------
    leaves : list of Leaf
        In order.
    references, notes : set of str
        Labels of links and footnotes that are defined.
    comments : list of Comment
        Those that are written as definitions: ``[//]: # (comment)``.

    Examples
    --------
    >>> [(leaf.kind, leaf.quoted) for leaf in Blocks("# Storm\n\n> It was\nwet.\n").leaves]
    [('heading', False), ('paragraph', True)]
    """

    def __init__(self, source: str, start: int = 0, mdx: bool = False) -> None:
        self.leaves: list[Leaf] = []
        self.references: set[str] = set()
        self.notes: set[str] = set()
        self.comments: list[Comment] = []
        self._source = source
        self._mdx = mdx
        self._boxes: list[_Box] = []
        # What is open in the innermost box: "", "paragraph", "fence", "code", "html", "table" or
        # "module"; the lines of a paragraph or of HTML as half-open spans.
        self._open = ""
        self._lines: list[tuple[int, int]] = []
        self._fence = ""
        self._html_end = _BLANK_LINE
        self._columns = self._margin = 0
        for line in _lines_of(source, start):
            self._read(*line)
        self._close()

    # A line: at is the next character, column its column, and reached how far the boxes go.

    def _read(self, start: int, end: int) -> None:
        self._at, self._end = start, end
        self._column = self._reached = 0
        matched = 0
        for box in self._boxes:
            if not self._continues(box):
                break
            matched += 1
        whole = matched == len(self._boxes)
        if whole and self._open and self._goes_on():
            return
        if not whole and self._open != "paragraph":
            self._close()
            del self._boxes[matched:]
        self._start_blocks(matched)

    def _indent(self) -> tuple[int, int]:
        """Return where the next visible character stands, and how far it is indented."""
        at, column, end = self._at, self._column, self._end
        source = self._source
        while at < end and source[at] in " \t":
            column += 4 - column % 4 if source[at] == "\t" else 1
            at += 1
        return at, column - self._reached

    def _consume(self, columns: int) -> None:
        self._reached += columns
        while self._column < self._reached and self._at < self._end:
            self._column += 4 - self._column % 4 if self._source[self._at] == "\t" else 1
            self._at += 1

    def _step_to(self, at: int) -> None:
        """Go on behind a mark that holds no tab."""
        while self._at < at:
            tab = self._source[self._at] == "\t"
            self._column += 4 - self._column % 4 if tab else 1
            self._at += 1
        self._reached = self._column

    def _continues(self, box: _Box) -> bool:
        at, indent = self._indent()
        blank = at == self._end
        if box.kind == ">":
            if indent > 3 or blank or self._source[at] != ">":
                return False
            self._quote_mark(at)
        elif blank:
            return not box.empty
        elif indent >= box.width:
            self._consume(box.width)
        else:
            return False
        box.empty = False
        return True

    def _quote_mark(self, at: int) -> None:
        self._step_to(at + 1)
        if self._source[self._at : self._at + 1] in (" ", "\t") and self._at < self._end:
            self._consume(1)

    def _goes_on(self) -> bool:
        """Tell whether the line belongs to what is open, and take it if so."""
        source, end = self._source, self._end
        at, indent = self._indent()
        blank = at == end
        if self._open == "fence":
            mark = self._fence
            if indent <= 3 and source.startswith(mark, at):
                rest = source[at:end].rstrip(" \t")
                if rest == mark[0] * len(rest):
                    self._open = ""
            return True
        if self._open == "code":
            if blank or indent >= 4:
                return True
        elif self._open == "html":
            if self._html_end is _BLANK_LINE and blank:
                self._close()
                return True
            self._take_html()
            return True
        elif self._open == "module":
            if not blank:
                return True
        elif self._open == "table":
            if not blank and indent < 4 and not self._interrupts(at, end):
                self._row(at, end)
                return True
        elif blank:
            self._close()
            return True
        else:
            return False
        self._close()
        return False

    def _interrupts(self, at: int, end: int) -> bool:
        """Tell whether a line begins a block that ends a table."""
        line = self._source[at:end]
        return bool(
            line[0] == ">"
            or _ATX.match(line)
            or _FENCE.match(line)
            or _RULE.match(line)
            or self._item(line, False)
            or self._html(line, True) is not None
        )

    def _start_blocks(self, matched: int) -> None:
        """Open the boxes and the block that begin on a line; what is left is text."""
        source, end = self._source, self._end
        lazy = matched < len(self._boxes)  # not all boxes go on, and a paragraph is open
        inside = self._open == "paragraph" and not lazy
        while True:
            at, indent = self._indent()
            if at == end:
                if lazy:
                    self._close()
                    del self._boxes[matched:]
                return
            if indent >= 4:
                if self._open != "paragraph":
                    self._open = "code"
                    return
                break
            line = source[at:end]
            room = len(self._boxes) < _DEEPEST or lazy
            note = line[0] == "[" and _NOTE.match(line)
            item = self._item(line, inside)
            ruled = line[0] in "*_-" and _RULE.match(line) is not None
            if line[0] == ">" and room:
                self._leave(matched, lazy)
                self._quote_mark(at)
                self._boxes.append(_Box(">"))
            elif self._leaf(line, at, matched, lazy, inside, ruled):
                return
            elif item is not None and not ruled and room:
                self._leave(matched, lazy)
                self._open_item(at, indent, item)
            elif note and room:
                self._leave(matched, lazy)
                self.notes.add(note[1])
                self._step_to(at + note.end())
                self._boxes.append(_Box("^", 4))
            else:
                break
            lazy = inside = False
            matched = len(self._boxes)
        if self._open != "paragraph":
            self._open, self._lines = "paragraph", []
        self._lines.append((at, end))
        self._margin = indent

    def _leave(self, matched: int, lazy: bool) -> None:
        """Close what a new block ends."""
        self._close()
        if lazy:
            del self._boxes[matched:]

    @staticmethod
    def _item(line: str, inside: bool) -> re.Match[str] | None:
        """Return the mark of a list item; in a paragraph only some begin one."""
        if line[0] not in _ITEM_STARTS:
            return None
        item = _ITEM.match(line)
        if inside and item and (_BLANK_LINE.match(line, item.end()) or int(item[1] or 1) != 1):
            return None
        return item

    def _open_item(self, at: int, indent: int, item: re.Match[str]) -> None:
        self._step_to(at + item.end())
        following, spaces = self._indent()
        blank = following == self._end
        mark = indent + item.end()
        if blank or spaces > 4:
            width = mark + 1
            if not blank:
                self._consume(1)
        else:
            width = mark + spaces
            self._consume(spaces)
        self._boxes.append(_Box("-", width, blank))

    def _leaf(
        self, line: str, at: int, matched: int, lazy: bool, inside: bool, ruled: bool
    ) -> bool:
        """Open a block that holds no others; tell whether one begins here."""
        if inside and (self._header(line) or self._underlined(line)):
            return True
        atx = line[0] == "#" and _ATX.match(line)
        if atx:
            self._leave(matched, lazy)
            words = line[atx.end() :]
            words = words[: len(_ATX_END.sub("", words.rstrip(" \t")))]
            start = at + atx.end()
            self._emit("heading", [Chunk(words, start, start + len(words))])
            return True
        fence = line[0] in "`~" and _FENCE.match(line)
        if fence:
            self._leave(matched, lazy)
            self._open, self._fence = "fence", fence[1] or fence[2]
            return True
        html = self._html(line, self._open == "paragraph")
        if html is not None:
            self._leave(matched, lazy)
            self._open, self._lines = "html", []
            self._html_end = html
            self._take_html()
            return True
        if ruled:
            self._leave(matched, lazy)
            return True
        if self._mdx and not self._boxes and self._open == "" and _MODULE.match(line):
            self._open = "module"
            return True
        return False

    @staticmethod
    def _html(line: str, inside: bool) -> re.Pattern[str] | None:
        """Return what tells the last line of a block of HTML that begins here, if one does."""
        if line[0] != "<":
            return None
        for begins, ends in _HTML:
            if begins.match(line):
                return ends
        tag = None if inside else TAG.match(line)
        return _BLANK_LINE if tag and _BLANK_LINE.match(line, tag.end()) else None

    def _take_html(self) -> None:
        self._lines.append((self._at, self._end))
        ends = self._html_end
        if ends is not _BLANK_LINE and ends.search(self._source, self._at, self._end):
            self._close()

    # Closing

    def _close(self) -> None:
        kind, self._open = self._open, ""
        if kind == "paragraph":
            chunks = self._defined(_joined(self._lines))
            if chunks:
                self._emit("paragraph", chunks)
        elif kind == "html":
            self._emit("html", self._text(_joined(self._lines)))

    def _emit(self, kind: str, chunks: list[Chunk]) -> None:
        quoted = item = False
        for box in self._boxes:
            quoted = quoted or box.kind == ">"
            item = item or box.kind == "-"
        self.leaves.append(Leaf(kind, chunks, quoted, item))

    def _text(self, spans: list[tuple[int, int, bool]]) -> list[Chunk]:
        source = self._source
        return [
            Chunk("\n" if newline else source[start:end], start, end)
            for start, end, newline in spans
            if end > start
        ]

    def _defined(self, spans: list[tuple[int, int, bool]]) -> list[Chunk]:
        """Take the definitions of links off the top of a paragraph; return what is left."""
        chunks = self._text(spans)
        if not chunks or chunks[0].text[:1] != "[":
            return chunks
        lines = Mapped(chunks)
        at = 0
        while lines.text.startswith("[", at):
            end = self._definition(lines, at)
            if end < 0:
                break
            at = end
        left: list[Chunk] = []
        here = 0
        for chunk in chunks:
            if here >= at:
                left.append(chunk)
            here += len(chunk.text)
        return left

    def _definition(self, lines: Mapped, at: int) -> int:
        """Return where the definition of a link that begins here ends, -1 if it is none."""
        text = lines.text
        label = _LABEL.match(text, at)
        if label is None or not label[1].strip():
            return -1
        start = label.end()
        end = destination_end(text, start)
        if end <= start:
            return -1
        target = text[start:end]
        rest = _REST.match(text, end)
        between = _BETWEEN.match(text, end)
        assert between is not None
        title = TITLE.match(text, between.end()) if between.end() > end else None
        closed = _REST.match(text, title.end()) if title else None
        if title and closed:
            rest = closed
            if target in _NO_TARGET:
                place = lines.span(at, title.end())
                self.comments.append(Comment(*place, title.group()[1:-1].strip()))
        if rest is None:
            return -1
        self.references.add(label_of(label[1]))
        return rest.end()

    def _underlined(self, line: str) -> bool:
        """Make the open paragraph a heading if a line underlines it, and tell whether it did."""
        if line[0] not in "=-" or not _UNDERLINE.match(line):
            return False
        chunks = self._defined(_joined(self._lines))
        self._open = ""
        if not chunks:
            return False
        self._emit("heading", chunks)
        return True

    # Tables

    def _header(self, line: str) -> bool:
        """Tell whether a line is the second of a table, and if so begin the table."""
        number = columns(line) if self._margin < 4 else 0
        start, end = self._lines[-1]
        if not number or "|" not in self._source[start:end]:
            return False
        if len(cells(self._source, start, end)) != number:
            return False
        del self._lines[-1]
        self._close()
        self._open, self._columns = "table", number
        self._row(start, end)
        return True

    def _row(self, start: int, end: int) -> None:
        source = self._source
        for cell in cells(source, start, end)[: self._columns]:
            if cell:
                chunks = [Chunk(source[first:last], first, last) for first, last in cell]
                self._emit("cell", chunks)


def _lines_of(source: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines without their newlines."""
    while start < len(source):
        line = _LINE.match(source, start)
        assert line is not None  # any text matches
        yield start, line.start("newline")
        start = line.end()


def _joined(lines: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Return spans of lines with those of the newlines and margins between them."""
    spans: list[tuple[int, int, bool]] = []
    for start, end in lines:
        if spans:
            spans.append((spans[-1][1], start, True))
        spans.append((start, end, False))
    return spans
