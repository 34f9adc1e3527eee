"""reStructuredText: paragraphs, titles, lists and quotations; directives and comments apart.

What articles are written with is read, not the full language: of the directives only admonitions,
figures and quotations hold text, and tables are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.readers.passages import Chunk, Mapped, Passage, assemble
from framing.text import Comment, Document
from framing.values import NamedTuple

__all__ = ["read"]

_LINE = re.compile(r"[^\r\n]*+(?P<newline>\r\n|\r|\n|\Z)")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*+\Z")
_SHORTEST_ADORNMENT = 4
_DEEPEST = 100
_ITEM = re.compile(r"(?:[*+•‣⁃-]|\(?(?:\d{1,9}|#)[.)])(?:[ \t]++|\Z)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]++|\Z)")
_FIELD = re.compile(r":(?![: ])([^:\\]{1,80}):(?:[ \t]++|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]++|\Z)")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\|[ \t]+)?([a-zA-Z][\w:.+-]*)::(?:[ \t]++|\Z)")
_TARGET = re.compile(r"_(?![ \t]).*:|__(?:[ \t]|\Z)")
_NOTE = re.compile(r"\[(?:\d+|#\w*|\*|[A-Za-z][\w.-]*)\](?:[ \t]++|\Z)")
_TABLE = re.compile(r"\+[-=+]+\+\Z|=+(?: +=+)+\Z")
#: Directives whose content is text → its shape, whether it is another's voice, and whether
#: their argument is text too.
_TEXTS = {
    **dict.fromkeys(["epigraph", "highlights", "pull-quote"], ("plain", True, True)),
    **dict.fromkeys(["container", "compound", "class", "rst-class"], ("plain", False, False)),
    **dict.fromkeys(
        ["attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"],
        ("plain", False, True),
    ),
    "admonition": ("plain", False, True),
    "figure": ("caption", False, False),
}
_INLINE = re.compile(
    r"\\(?P<escaped>.)"
    r"|``(?P<literal>[^`\s](?:[^`]|`(?!`))*+)``(?!\w)"
    r"|(?<![\w:])(?::[\w.+-]{1,40}:)?`(?P<phrase>[^`\s\\][^`\\]*+)`(?::[\w.+-]{1,40}:|__?)?(?!\w)"
    r"|(?<!\w)(?P<opened>\*\*?)(?=[^\s*])|(?<=[^\s*])(?P<closed>\*\*?)(?!\w)"
    r"|(?P<note>[ \t]?\[(?:\d{1,9}|#\w{0,40}|\*)\]_)(?!\w)"
    r"|(?P<reference>(?<=\w)__?)(?!\w)",
    re.DOTALL,
)
_CODE = re.compile(r">>>(?:[ \t]|\Z)")


class _Line(NamedTuple):
    """A line without the white space around it."""

    start: int
    end: int
    indent: int
    text: str


class _Level(NamedTuple):
    """What holds from an indentation on."""

    indent: int
    shape: str
    quoted: bool


def read(source: str, name: str = "<text>") -> Document:
    r"""Read a reStructuredText file.

    Parameters
    ----------
    source : str
        The file.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        Sentences in an indented block are another's voice. Fields are front matter.

    Examples
    --------
    >>> document = read("Storm\n=====\n\nIt was *wet* in `Halest <x>`_.\n\n    We must go.\n")
    >>> [(sentence.text, bool(sentence.voices)) for sentence in document]
    [('Storm', False), ('It was wet in Halest.', False), ('We must go.', True)]
    """
    reading = _Reading(source)
    reading.run()
    return assemble(source, name, "rst", reading.passages, reading.comments, reading.fields)


class _Reading:
    """Goes through the lines once; `levels` are the indentations that are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.passages: list[Passage] = []
        self.comments: list[Comment] = []
        self.fields: dict[str, str] = {}
        self._lines = list(_lines(source))
        self._levels = [_Level(0, "plain", False)]
        self._at = 0

    def run(self) -> None:
        """Read all lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.text:
                self._at += 1
                continue
            while self._levels[-1].indent > line.indent:
                self._levels.pop()
            if self._levels[-1].indent < line.indent:
                self._levels.append(_Level(line.indent, "plain", True))
            self._read(line)

    def _line(self, number: int) -> _Line:
        return self._lines[number] if number < len(self._lines) else _Line(0, 0, 0, "")

    def _next_text(self) -> _Line:
        """Step over blank lines, and return the line that comes then."""
        while self._at < len(self._lines) and not self._lines[self._at].text:
            self._at += 1
        return self._line(self._at)

    def _read(self, line: _Line) -> None:
        following, third = self._line(self._at + 1), self._line(self._at + 2)
        item = len(self._levels) < _DEEPEST and _ITEM.match(line.text)
        field = _FIELD.match(line.text)
        if _TABLE.match(line.text):
            while self._line(self._at).text:
                self._at += 1
        elif _ADORNMENT.match(line.text) and following.text and third.text == line.text:
            self._emit([following], "heading")
            self._at += 3
        elif _ADORNMENT.match(line.text) and len(line.text) >= _SHORTEST_ADORNMENT:
            self._at += 1
        elif (
            _ADORNMENT.match(following.text)
            and following.indent == line.indent
            and len(following.text) >= min(_SHORTEST_ADORNMENT, len(line.text))
        ):
            self._emit([line], "heading")
            self._at += 2
        elif _EXPLICIT.match(line.text):
            self._explicit(line)
        elif item:
            self._step_in(line, item.end(), "item", self._levels[-1].quoted)
        elif field:
            start, end = self._rest(line, field.end())
            if len(self._levels) == 1:
                value = " ".join(self.source[start:end].split())
                self.fields.setdefault(field[1], value)
        else:
            self._paragraph(line)

    def _step_in(self, line: _Line, width: int, shape: str, quoted: bool) -> None:
        """Go on with what follows a mark on its line, as a block of its own."""
        inner = _Line(line.start + width, line.end, line.indent + width, line.text[width:])
        indent = inner.indent
        if not inner.text:
            self._at += 1
            below = self._next_text()
            indent = below.indent if below.indent > line.indent else indent
        else:
            self._lines[self._at] = inner
        self._levels.append(_Level(indent, shape, quoted))

    def _rest(self, line: _Line, width: int) -> tuple[int, int]:
        """Step over a line and what is indented below it; return the span behind the mark."""
        end = line.end
        self._at += 1
        while self._at < len(self._lines):
            below = self._lines[self._at]
            if below.text and below.indent <= line.indent:
                break
            end = below.end if below.text else end
            self._at += 1
        return line.start + width, end

    def _explicit(self, line: _Line) -> None:
        """Read a directive, a comment, a target or a footnote."""
        mark = _EXPLICIT.match(line.text)
        assert mark is not None  # that is how it got here
        directive = _DIRECTIVE.match(line.text, mark.end())
        note = _NOTE.match(line.text, mark.end())
        quoted = self._levels[-1].quoted
        if note:
            self._under(line, note.end(), "plain", quoted)
        elif directive and directive[1].lower() in _TEXTS:
            shape, another, argument = _TEXTS[directive[1].lower()]
            width = directive.end() if argument else len(line.text)
            self._under(line, width, shape, quoted or another)
        elif directive or _TARGET.match(line.text, mark.end()):
            self._rest(line, 0)
        else:
            start, end = self._rest(line, mark.end())
            self.comments.append(Comment(line.start, end, self.source[start:end].strip()))

    def _under(self, line: _Line, width: int, shape: str, quoted: bool) -> None:
        """Read the text behind a mark and what is indented below it; options are left out."""
        if line.text[width:]:
            self._emit([line._replace(start=line.start + width)], shape, quoted)
        self._at += 1
        while _FIELD.match(self._line(self._at).text) and self._line(self._at).indent > line.indent:
            self._at += 1
        below = self._next_text()
        if below.text and below.indent > line.indent:
            self._levels.append(_Level(below.indent, shape, quoted))

    def _paragraph(self, line: _Line) -> None:
        lines = [line]
        self._at += 1
        while (below := self._line(self._at)).text and below.indent == line.indent:
            lines.append(below)
            self._at += 1
        level = self._levels[-1]
        if _CODE.match(line.text):
            return
        if below.text and below.indent > line.indent and len(lines) == 1:
            # A term, and below it what it means.
            self._emit(lines, "item")
            self._levels.append(_Level(below.indent, "item", level.quoted))
            return
        if _LINE_BLOCK.match(line.text):
            for one in lines:
                mark = _LINE_BLOCK.match(one.text)
                self._emit([one._replace(start=one.start + mark.end() if mark else one.start)])
            return
        literal = lines[-1].text.endswith("::")
        if literal:
            lines[-1] = lines[-1]._replace(end=lines[-1].end - 1)
        self._emit(lines)
        if literal:
            self._rest(lines[-1], 0)

    def _emit(self, lines: list[_Line], shape: str = "", quoted: bool | None = None) -> None:
        level = self._levels[-1]
        chunks: list[Chunk] = []
        for start, end, _, _ in lines:
            if chunks:
                chunks.append(Chunk(" ", chunks[-1].end, start))
            chunks.append(Chunk(self.source[start:end], start, end))
        read = _inline(Mapped(chunks))
        self.passages.append(
            Passage(read, shape or level.shape, level.quoted if quoted is None else quoted)
        )


def _lines(source: str) -> Iterator[_Line]:
    start = 0
    while start < len(source):
        line = _LINE.match(source, start)
        assert line is not None  # any text matches
        raw = source[start : line.start("newline")]
        text = raw.strip(" \t\ufeff\v\f")
        first = start + len(raw) - len(raw.lstrip(" \t\ufeff\v\f"))
        indent = len(source[start:first].expandtabs(8)) if text else 0
        yield _Line(first, first + len(text), indent, text)
        start = line.end()


def _inline(text: Mapped) -> list[Chunk]:
    """Return the chunks of a paragraph without its inline markup."""
    chunks: list[Chunk] = []
    at = 0
    for mark in _INLINE.finditer(text.text):
        start, end = mark.span()
        chunks += text.chunks(text.text[at:start], at, start)
        at = end
        if mark["escaped"] is not None:
            if not mark["escaped"].isspace():
                chunks += text.chunks(mark["escaped"], start, end)
        elif mark["literal"]:
            chunks += text.chunks(mark["literal"], *mark.span("literal"))
        elif mark["phrase"]:
            shown = mark["phrase"]
            if shown.endswith(">") and "<" in shown:  # `text <target>`_
                shown = shown[: shown.rindex("<")].rstrip() or shown
            first = mark.start("phrase")
            chunks += text.chunks(shown, first, first + len(shown))
    chunks += text.chunks(text.text[at:], at, len(text.text))
    return chunks
