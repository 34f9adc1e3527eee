"""HTML: what a browser shows, with the place of every character in the file.

Tags are read as browsers read them, broken ones too, in time linear in the file. The standard
library's parser is not used because on the releases that are still about a file of unclosed tags
takes it quadratic time.
"""

from __future__ import annotations

import re
from html import unescape

from framing.readers.entities import parse_attributes, resolve
from framing.readers.page import RAW, Page
from framing.readers.passages import Chunk, Mapped, assemble
from framing.text import Document

__all__ = ["feed", "read"]

_OPENS = re.compile(r"<(?:(?P<closing>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)|!--|[!?]|/)")
# In braces MDX has code; in HTML nothing but a template's mark could stand there.
_VALUE = r"=[\t\n\f\r ]*+(?:\"[^\"]*+\"|'[^']*+'|\{[^{}]*+\})?+"
_REST = re.compile(rf"(?:[^>=]++|{_VALUE})*+>")
_END = re.compile(r">")
_COMMENT_END = re.compile(r"--!?>")
_RUN = re.compile(
    r"(?P<space>[\t\n\f\r ]++)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?)"
    r"|[^\t\n\f\r &]++(?: [^\t\n\f\r &]++)*+|&"  # words with a single space between
)
#: What of a page's head says in which desk's care an article is: name → key of the front matter.
_META = {
    "article:section": "section",
    "articlesection": "section",
    "section": "section",
    "genre": "genre",
    "article:genre": "genre",
    "type": "type",
    "content_type": "type",
    "content-type": "type",
    "desk": "desk",
}


def read(source: str, name: str = "<text>") -> Document:
    """Read an HTML page.

    Parameters
    ----------
    source : str
        The page, or a part of one; broken markup is taken as browsers take it.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        Sentences in a ``blockquote`` are another's voice, and ``q`` is read as quotation marks.
        ``<meta>`` elements that name a section or a genre, and the title, are front matter.

    Examples
    --------
    >>> document = read("<h1>Storm</h1><p>Sea &amp; land were <em>wet</em>.<nav>Home</nav>")
    >>> [(sentence.text, sentence.kind) for sentence in document]
    [('Storm', 'headline'), ('Sea & land were wet.', 'prose')]
    >>> start, end = document.span(document.sentences[1], 4, 5)
    >>> source = document.source
    >>> source[start:end]
    '&amp;'
    """
    page = Page()
    about: dict[str, str] = {}
    feed(page, Mapped([Chunk(source, 0, len(source))]), about)
    page.end()
    return assemble(source, name, "html", page.passages, page.comments, about)


def feed(page: Page, html: Mapped, about: dict[str, str] | None = None) -> None:
    """Give a stretch of HTML to a page.

    Parameters
    ----------
    page : Page
        Takes the tags, the text and the comments.
    html : Mapped
        HTML, and where it stands in the source.
    about : dict, optional
        Takes the title and what ``<meta>`` elements say.
    """
    text = html.text
    rest = _REST
    at = 0
    while at < len(text):
        opened = _OPENS.search(text, at)
        _text(page, html, at, opened.start() if opened else len(text))
        if opened is None:
            return
        start, at = opened.span()
        name = opened["name"]
        if name is None:
            at = _skip(page, html, start, opened.group())
            continue
        close = rest.match(text, at)
        if close is None:
            # The quotation marks of attributes do not pair: from here on, they are not heeded.
            rest = _END
            close = rest.search(text, at)
        if close is None:
            _text(page, html, start, len(text))
            return
        name = name.lower()
        inside = text[at : close.end() - 1]
        at = close.end()
        attributes = parse_attributes(inside) if inside and not opened["closing"] else {}
        page.tag(
            name,
            *html.span(start, at),
            closing=bool(opened["closing"]),
            attributes=attributes,
            empty=inside.endswith("/"),
        )
        if name == "meta" and about is not None:
            _note(about, attributes)
        if name in RAW and not opened["closing"] and not inside.endswith("/"):
            end = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(text, at)
            until = end.start() if end else len(text)
            if name == "title" and about is not None:
                about.setdefault("title", " ".join(unescape(text[at:until]).split()))
            at = until


def _skip(page: Page, html: Mapped, start: int, mark: str) -> int:
    """Step over a comment or a declaration, and return where it ends."""
    text = html.text
    at = start + len(mark)
    if mark != "<!--":
        end = text.find(">", at)
        return len(text) if end < 0 else end + 1
    if text.startswith((">", "->"), at):
        return text.index(">", at) + 1
    close = _COMMENT_END.search(text, at)
    until, end = close.span() if close else (len(text), len(text))
    page.comment(text[at:until], *html.span(start, end))
    return end


def _text(page: Page, html: Mapped, start: int, end: int) -> None:
    """Give text to the page: white space run together, entities resolved."""
    if start == end or page.hidden:
        return
    for run in _RUN.finditer(html.text, start, end):
        first, last = run.span()
        if run["space"]:
            page.space(*html.span(first, last))
        elif run["entity"]:
            for text, begin, until in resolve(run.group()):
                for chunk in html.chunks(text, first + begin, first + until):
                    page.add(*chunk)
        else:
            for chunk in html.chunks(run.group(), first, last):
                page.add(*chunk)


def _note(about: dict[str, str], attributes: dict[str, str]) -> None:
    """Keep what a ``<meta>`` element says of the article."""
    for key in ("property", "name", "itemprop"):
        known = _META.get(attributes.get(key, "").lower())
        if known and attributes.get("content"):
            about.setdefault(known, attributes["content"].strip())
