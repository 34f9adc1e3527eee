"""The page that a reader sees: what the elements of HTML do to the text in them.

HTML files are read with it, and so are the tags that Markdown lets through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from framing.readers.passages import Chunk, Passage
from framing.text import Comment
from framing.values import NamedTuple

__all__ = ["RAW", "Page"]

#: Elements whose content is no markup: it ends at their end tag, whatever stands in between.
RAW = frozenset(
    "iframe noembed noframes plaintext script style textarea title xmp".split()  # noqa: SIM905
)
_HIDDEN = RAW | frozenset(
    [
        *["aside", "audio", "button", "canvas", "datalist", "del", "dialog", "head", "map", "math"],
        *["nav", "noscript", "object", "pre", "rp", "rt", "s", "select", "strike", "svg"],
        *["template", "video"],
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SHAPES = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(["li", "dt", "dd", "td", "th"], "item"),
    **dict.fromkeys(["figcaption", "caption"], "caption"),
    **dict.fromkeys(["footer", "label", "legend"], "boilerplate"),
    "address": "byline",
}
_BLOCKS = frozenset(
    [
        *_HEADINGS,
        *[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
        ],
        *["dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"],
        *["head", "header", "hgroup", "hr", "html", "iframe", "label", "legend", "li", "main"],
        *["menu", "nav", "noscript", "ol", "option", "p", "pre", "script", "section", "style"],
        *["summary", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead"],
        *["title", "tr", "ul", "video"],
    ]
)
_VOID = frozenset(
    [
        *["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"],
        *["source", "track", "wbr"],
    ]
)
#: A start tag that ends an element of these, should one have been left open.
_ENDS = {
    "p": ("p", *sorted(_HEADINGS)),
    **dict.fromkeys(_HEADINGS, ("p", *sorted(_HEADINGS))),
    "figcaption": ("figcaption",),
}
#: What a head holds; anything else ends it, closed or not.
_IN_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
_CLOSED = "display:none"


class _Element(NamedTuple):
    """An element that is open, and what holds because of it."""

    name: str
    hides: bool
    quotes: bool
    shape: str


class Page:
    """Collects passages as tags and text come by.

    Attributes
    ----------
    passages : list of Passage
        Those that are finished, see :meth:`end`.
    comments : list of Comment

    Examples
    --------
    >>> page = Page()
    >>> page.tag("h2", 0, 4)
    >>> page.add("Storm", 4, 9)
    >>> page.tag("h2", 9, 14, closing=True)
    >>> page.passages
    [Passage(chunks=[Chunk(text='Storm', start=4, end=9)], shape='heading', quoted=False)]
    """

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.comments: list[Comment] = []
        self._elements: list[_Element] = []
        self._open: Counter[str] = Counter()
        self._hiding = self._quoting = self._spoken = 0
        self._passage: Passage | None = None

    @property
    def hidden(self) -> bool:
        """Whether text that comes now is shown to nobody."""
        return self._hiding > 0

    def begin(self, shape: str = "plain", quoted: bool = False) -> None:
        """Begin a passage; what the elements around it say holds besides."""
        self.end()
        if shape == "plain" and self._elements:
            shape = self._elements[-1].shape
        self._passage = Passage([], shape, quoted or self._quoting > 0)

    def end(self) -> None:
        """End the passage that is under way, if there is one."""
        if self._passage is not None and self._passage.chunks:
            self.passages.append(self._passage)
        self._passage = None

    def add(self, text: str, start: int, end: int) -> None:
        """Add text as it is."""
        if self._hiding or not text:
            return
        if self._passage is None:
            self.begin()
        assert self._passage is not None
        self._passage.chunks.append(Chunk(text, start, end))

    def space(self, start: int, end: int) -> None:
        """Add a space unless white space or nothing stands before it."""
        chunks = self._passage.chunks if self._passage else []
        if chunks and chunks[-1].text[-1] not in " \n":
            self.add(" ", start, end)

    def comment(self, text: str, start: int, end: int) -> None:
        """Keep a comment; `text` is what stands between its marks."""
        self.comments.append(Comment(start, end, text.strip()))

    def tag(
        self,
        name: str,
        start: int,
        end: int,
        closing: bool = False,
        attributes: Mapping[str, str] | None = None,
        empty: bool = False,
    ) -> None:
        """Take note of a tag.

        Parameters
        ----------
        name : str
            In lower case.
        start, end : int
            Its half-open span of the source.
        closing : bool
            Whether it is an end tag.
        attributes : mapping, optional
            Names in lower case → values.
        empty : bool
            Whether it closes itself (``<br/>``).
        """
        in_head = bool(self._elements) and self._elements[-1].name == "head"
        if in_head and not closing and name not in _IN_HEAD:
            self._pop()
        if name in _BLOCKS:
            self.end()
        if name == "br":
            self.add("\n", start, end)
        elif name == "q" and not self._hiding:
            # Shown as quotation marks, single ones inside double ones; heard as such.
            if closing:
                self._spoken = max(self._spoken - 1, 0)
            self.add("”“’‘"[2 * (self._spoken % 2) + (not closing)], start, end)
            if not closing:
                self._spoken += 1
        elif closing:
            if self._open[name]:
                while self._pop() != name:
                    pass
        elif not (empty or name in _VOID):
            for ended in _ENDS.get(name, ()):
                if self._open[ended] and self._elements[-1].name == ended:
                    self._pop()
            self._push(name, attributes or {})

    def _push(self, name: str, attributes: Mapping[str, str]) -> None:
        hides = (
            name in _HIDDEN
            or "hidden" in attributes
            or attributes.get("aria-hidden", "").lower() == "true"
            or _CLOSED in attributes.get("style", "").replace(" ", "").lower()
        )
        quotes = name == "blockquote"
        # Others are of interest only where their end tag must not be taken for another's.
        if hides or name in _BLOCKS or self._open[name]:
            above = self._elements[-1].shape if self._elements else "plain"
            self._elements.append(_Element(name, hides, quotes, _SHAPES.get(name, above)))
            self._open[name] += 1
            self._hiding += hides
            self._quoting += quotes

    def _pop(self) -> str:
        element = self._elements.pop()
        self._open[element.name] -= 1
        self._hiding -= element.hides
        self._quoting -= element.quotes
        return element.name
