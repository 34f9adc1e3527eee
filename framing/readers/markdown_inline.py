"""The inside of a Markdown paragraph: emphasis, links, code, entities, tags.

Follows the specification of CommonMark 0.31 and, of GitHub's Markdown, strikethrough. Besides,
footnote references, template tags and the comments of MDX are known and not read as text.
Every step is linear: what was looked for once in vain is not looked for again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container

from framing.patterns import late
from framing.readers.entities import parse_attributes, resolve
from framing.readers.markdown_links import ESCAPABLE, TITLE, destination_end, label_of
from framing.readers.markdown_tags import TAG
from framing.readers.page import Page
from framing.readers.passages import Mapped

__all__ = ["Inline"]

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&\n{]")
_TICKS = late(r"`+")
_ENTITY = late(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_AUTOLINK = late(
    r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x20]*+"
    r"|[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9.-]*+))>"
)
_SPAN_ENDS = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
_BRACES = (("{/*", "*/}"), ("{{", "}}"), ("{%", "%}"))
_KRAMDOWN = late(r"\{:?[ ]?[:#.][^{}\n]{0,200}\}")
_EXPRESSION = late(r"\{[^{}\n]{0,500}\}")
_NOTE = late(r"\[\^([^\s\[\]]{1,200})\]")
_LABEL = late(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.DOTALL)
_SPACE = re.compile(r"[ \t\n]*+")


class _Run:
    """A run of delimiters: ``*``, ``_`` or ``~``; what is left of it when all are paired."""

    __slots__ = (
        "active",
        "after",
        "before",
        "char",
        "closes",
        "end",
        "node",
        "opens",
        "size",
        "start",
    )

    def __init__(self, node: int, char: str, start: int, end: int) -> None:
        self.node, self.char, self.start, self.end = node, char, start, end
        self.size = end - start
        self.opens = self.closes = False
        self.active = True
        self.before: _Run | None = None
        self.after: _Run | None = None


class _Bracket:
    """A ``[`` or ``![`` that may open a link or an image."""

    __slots__ = ("end", "image", "inner", "node", "run")

    def __init__(self, node: int, end: int, image: bool, run: _Run | None) -> None:
        self.node, self.end, self.image, self.run = node, end, image, run
        self.inner = False  # whether another bracket opened after it


class Inline:
    """Reads the inside of paragraphs.

    Parameters
    ----------
    references : container of str
        Labels of the links that the document defines, see :func:`label_of`.
    notes : container of str
        Labels of its footnotes.
    expressions : bool
        Whether braces hold code, as in MDX.

    Examples
    --------
    >>> from framing.readers.passages import Chunk
    >>> page, source = Page(), "A *wet* [day](x.html) &amp; night"
    >>> page.begin()
    >>> Inline(()).read(Mapped([Chunk(source, 0, len(source))]), page)
    >>> page.end()
    >>> page.passages[0].text
    'A wet day & night'
    """

    def __init__(
        self, references: Container[str], notes: Container[str] = (), expressions: bool = False
    ) -> None:
        self._references = references
        self._notes = notes
        self._expressions = expressions

    def read(self, mapped: Mapped, page: Page) -> None:
        """Give the text of a paragraph and the tags in it to a page."""
        _Reading(mapped, self._references, self._notes, self._expressions).run(page)


# What a node holds.
_TEXT, _TAG, _COMMENT = range(3)


class _Reading:
    """One paragraph being read: its nodes, and the delimiters and brackets that are open."""

    def __init__(
        self,
        mapped: Mapped,
        references: Container[str],
        notes: Container[str],
        expressions: bool,
    ) -> None:
        self.mapped, self.text = mapped, mapped.text
        self.references, self.notes, self.expressions = references, notes, expressions
        # [what it is, text, start, end]: text "" shows nothing, None shows text[start:end].
        self.nodes: list[tuple[int, str | None, int, int]] = []
        self.last: _Run | None = None
        self.brackets: list[_Bracket] = []
        self.unlinked = 0  # so many of the brackets lie around a link and cannot be one
        self.absent: set[str] = set()  # ends that do not come any more
        self.ticks: dict[int, list[int]] | None = None

    def run(self, page: Page) -> None:
        """Read it all and give it to the page."""
        text, size = self.text, len(self.text)
        at = 0
        while at < size:
            special = _SPECIAL.search(text, at)
            start = special.start() if special else size
            if start > at:
                self.show(None, at, start)
            if special is None:
                break
            at = self.step(special.group(), start)
        self.pair(None)
        self.give(page)

    def show(self, shown: str | None, start: int, end: int, what: int = _TEXT) -> None:
        self.nodes.append((what, shown, start, end))

    def step(self, char: str, at: int) -> int:
        """Read what a special character begins, and return where it ends."""
        text = self.text
        if char == "\\":
            following = text[at + 1 : at + 2]
            if following == "\n":
                self.show("\n", at, at + 2)
                return at + 2
            if following and following in ESCAPABLE:
                self.show(following, at, at + 2)
                return at + 2
        elif char == "\n":
            return self.newline(at)
        elif char == "`":
            return self.code(at)
        elif char in "*_~":
            return self.delimiters(char, at)
        elif char == "[":
            note = text.startswith("^", at + 1) and _NOTE.match(text, at)
            if note and note[1] in self.notes:
                return note.end()
            return self.open(at, at + 1, False)
        elif char == "!":
            if text.startswith("[", at + 1):
                return self.open(at, at + 2, True)
        elif char == "]":
            return self.close(at)
        elif char == "&":
            entity = _ENTITY.match(text, at)
            if entity:
                ((shown, _, size), *rest) = resolve(entity.group())
                if not rest and shown != entity.group():
                    self.show(shown, at, at + size)
                    return at + size
        elif char == "<":
            return self.angle(at)
        elif char == "{":
            return self.brace(at)
        self.show(None, at, at + 1)
        return at + 1

    def newline(self, at: int) -> int:
        """Read a newline: a break if two spaces stand before it, else a space."""
        start = at
        if self.nodes:
            what, shown, first, last = self.nodes[-1]
            if what == _TEXT and shown is None and last == at:
                while start > first and self.text[start - 1] in " \t":
                    start -= 1
                self.nodes[-1] = (what, shown, first, start)
        if self.text.endswith("  ", start, at):
            self.show("\n", start, at + 1)
        else:
            self.show(" ", at, at + 1)
        return at + 1

    def code(self, at: int) -> int:
        ticks = _TICKS.match(self.text, at)
        assert ticks is not None
        end = ticks.end()
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text, at):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        closers = self.ticks.get(end - at, [])
        number = bisect_left(closers, end)
        if number == len(closers):
            self.show(None, at, end)
            return end
        first, last = end, closers[number]
        inside = self.text[first:last]
        if inside.strip(" \n") and inside[0] in " \n" and inside[-1] in " \n":
            first, last = first + 1, last - 1
        self.show(self.text[first:last].replace("\n", " "), first, last)
        return closers[number] + end - at

    # Emphasis

    def delimiters(self, char: str, at: int) -> int:
        text = self.text
        end = at + 1
        while text.startswith(char, end):
            end += 1
        before, after = text[at - 1 : at] or " ", text[end : end + 1] or " "
        blank_before, blank_after = before.isspace(), after.isspace()
        mark_before, mark_after = _is_mark(before), _is_mark(after)
        left = not blank_after and (not mark_after or blank_before or mark_before)
        right = not blank_before and (not mark_before or blank_after or mark_after)
        run = _Run(len(self.nodes), char, at, end)
        if char == "_":
            run.opens = left and (not right or mark_before)
            run.closes = right and (not left or mark_after)
        else:
            run.opens, run.closes = left, right
        self.show(None, at, end)
        if char == "~" and run.size < 2:
            return end
        run.before = self.last
        if self.last:
            self.last.after = run
        self.last = run
        return end

    def pair(self, bottom: _Run | None) -> None:
        """Pair the delimiters above `bottom`, and forget them."""
        floor: dict[tuple[str, bool, int], _Run | None] = {}
        closer = self.first_above(bottom)
        while closer:
            if not closer.closes:
                closer = closer.after
                continue
            key = (closer.char, closer.opens, closer.size % 3)
            lowest = floor.get(key, bottom)
            opener = closer.before
            while opener is not lowest and opener is not bottom and opener:
                if opener.char == closer.char and opener.opens and self.match(opener, closer):
                    break
                opener = opener.before
            else:
                opener = None
            if opener is None:
                floor[key] = closer.before
                following = closer.after
                if not closer.opens:
                    self.drop(closer)
                closer = following
                continue
            self.take(opener, closer)
            # What stands between the two is paired no more.
            opener.after, closer.before = closer, opener
            if opener.start == opener.end:
                self.drop(opener)
            if closer.start == closer.end:
                following = closer.after
                self.drop(closer)
                closer = following
        self.last = bottom
        if bottom:
            bottom.after = None

    def first_above(self, bottom: _Run | None) -> _Run | None:
        if bottom:
            return bottom.after
        run = self.last
        while run and run.before:
            run = run.before
        return run

    @staticmethod
    def match(opener: _Run, closer: _Run) -> bool:
        if opener.char == "~":
            return opener.end - opener.start >= 2 and closer.end - closer.start >= 2
        odd = (opener.closes or closer.opens) and closer.size % 3 != 0
        return not (odd and (opener.size + closer.size) % 3 == 0)

    def take(self, opener: _Run, closer: _Run) -> None:
        """Take a pair of delimiters off two runs; what is struck out is not shown."""
        size = 2 if opener.end - opener.start >= 2 and closer.end - closer.start >= 2 else 1
        opener.end -= size
        closer.start += size
        for run in (opener, closer):
            self.nodes[run.node] = (_TEXT, None, run.start, run.end)
        if opener.char == "~":
            self.hide(opener.node + 1, closer.node)

    def drop(self, run: _Run) -> None:
        if run.before:
            run.before.after = run.after
        if run.after:
            run.after.before = run.before
        else:
            self.last = run.before

    def hide(self, start: int, end: int) -> None:
        """Show nothing of these nodes; comments stay comments."""
        for number in range(start, end):
            what, _, first, last = self.nodes[number]
            if what != _COMMENT:
                self.nodes[number] = (_TEXT, "", first, last)

    # Links and images

    def open(self, at: int, end: int, image: bool) -> int:
        if self.brackets:
            self.brackets[-1].inner = True
        self.brackets.append(_Bracket(len(self.nodes), end, image, self.last))
        self.show(None, at, end)
        return end

    def close(self, at: int) -> int:
        if not self.brackets:
            self.show(None, at, at + 1)
            return at + 1
        bracket = self.brackets.pop()
        unlinked = not bracket.image and len(self.brackets) < self.unlinked
        self.unlinked = min(self.unlinked, len(self.brackets))
        end = -1 if unlinked else self.target(bracket, at)
        if end < 0:
            self.show(None, at, at + 1)
            return at + 1
        self.pair(bracket.run)
        if bracket.image:
            self.hide(bracket.node, len(self.nodes))
        else:
            self.hide(bracket.node, bracket.node + 1)
            self.unlinked = len(self.brackets)  # no link in a link
        return end

    def target(self, bracket: _Bracket, at: int) -> int:
        """Return where the link ends whose text ends at a ``]``, -1 if it is none."""
        end = self.inline_target(at + 1)
        if end >= 0:
            return end
        label = self.text.startswith("[", at + 1) and _LABEL.match(self.text, at + 1)
        if label and label[1]:
            name = label[1]
            end = label.end()
        elif bracket.inner or at - bracket.end > 999:
            return -1
        else:
            name = self.text[bracket.end : at]
            end = label.end() if label else at + 1
        known = name.strip() and label_of(name) in self.references
        return end if known else -1

    def inline_target(self, at: int) -> int:
        text = self.text
        if not text.startswith("(", at):
            return -1
        at = _after_space(text, at + 1)
        end = destination_end(text, at)
        if end < 0:
            return -1
        at = _after_space(text, end)
        if at > end:
            title = TITLE.match(text, at)
            if title:
                at = _after_space(text, title.end())
        return at + 1 if text.startswith(")", at) else -1

    # Tags, comments, templates

    def angle(self, at: int) -> int:
        text = self.text
        link = _AUTOLINK.match(text, at)
        if link:
            self.show(None, at + 1, link.end() - 1)
            return link.end()
        tag = TAG.match(text, at)
        if tag:
            self.show(None, at, tag.end(), _TAG)
            return tag.end()
        for start, end in _SPAN_ENDS:
            if text.startswith(start, at):
                if start == "<!--" and text.startswith((">", "->"), at + 4):
                    return text.index(">", at) + 1
                if start == "<!" and not text[at + 2 : at + 3].isalpha():
                    break
                until = self.find(end, at + len(start))
                if until < 0:
                    break
                if start == "<!--":
                    self.show(text[at + 4 : until], at, until + 3, _COMMENT)
                return until + len(end)
        self.show(None, at, at + 1)
        return at + 1

    def brace(self, at: int) -> int:
        text = self.text
        for start, end in _BRACES:
            if text.startswith(start, at):
                until = self.find(end, at + len(start))
                if until >= 0:
                    if start == "{/*":
                        self.show(text[at + 3 : until], at, until + 3, _COMMENT)
                    return until + len(end)
        code = _KRAMDOWN.match(text, at) or (self.expressions and _EXPRESSION.match(text, at))
        if code:
            return code.end()
        self.show(None, at, at + 1)
        return at + 1

    def find(self, what: str, at: int) -> int:
        if what in self.absent:
            return -1
        found = self.text.find(what, at)
        if found < 0:
            self.absent.add(what)
        return found

    def give(self, page: Page) -> None:
        """Give the nodes to the page, in order."""
        text, mapped = self.text, self.mapped
        for what, shown, start, end in self.nodes:
            if start == end:
                continue
            if what == _TAG:
                tag = TAG.match(text, start)
                assert tag is not None
                page.tag(
                    (tag["name"] or tag["closed"]).lower(),
                    *mapped.span(start, end),
                    closing=tag["name"] is None,
                    attributes=parse_attributes(tag["attributes"] or ""),
                    empty=bool(tag["empty"]),
                )
            elif what == _COMMENT:
                page.comment(shown or "", *mapped.span(start, end))
            else:
                for chunk in mapped.chunks(text[start:end] if shown is None else shown, start, end):
                    page.add(*chunk)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    assert space is not None
    return space.end()


def _is_mark(char: str) -> bool:
    """Tell whether a character is punctuation or a symbol."""
    if char.isascii():
        return char in ESCAPABLE
    import unicodedata

    return unicodedata.category(char)[0] in "PS"
