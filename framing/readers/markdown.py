"""Markdown: CommonMark with GitHub's tables, footnotes, front matter, HTML and MDX's tags."""

from __future__ import annotations

from framing.readers.markdown_blocks import Blocks
from framing.readers.markdown_inline import Inline
from framing.readers.page import Page
from framing.readers.passages import Mapped, assemble
from framing.text import Document

__all__ = ["read", "read_page"]

_SHAPES = {"heading": "heading", "cell": "item"}


def read(source: str, name: str = "<text>") -> Document:
    r"""Read a Markdown file.

    Code blocks, images, comments, what is struck out and the targets of links are not text.

    Parameters
    ----------
    source : str
        The file; in one called ``*.mdx``, modules and expressions in braces are not text either.
    name : str
        Path or other label, for messages.

    Returns
    -------
    Document
        Sentences in a block quote are another's voice.

    Examples
    --------
    >>> document = read("---\ngenre: news\n---\n# Storm\n\nIt was *wet* in [Halest](x.html).\n")
    >>> document.front_matter["genre"], [sentence.text for sentence in document]
    ('news', ['Storm', 'It was wet in Halest.'])
    >>> start, end = document.span(document.sentences[1], 7, 10)
    >>> document.source[start:end], document.place(start)
    ('wet', (6, 9))
    """
    about, start = _front_matter(source)
    page = read_page(source, start, name.lower().endswith(".mdx"))
    return assemble(source, name, "markdown", page.passages, page.comments, about)


def _front_matter(source: str) -> tuple[dict[str, str], int]:
    mark = source.startswith("\ufeff")  # a byte-order mark
    if not source.startswith(("---", "+++"), mark):
        return {}, int(mark)
    from framing.readers.front_matter import front_matter

    return front_matter(source)


def read_page(source: str, start: int = 0, mdx: bool = False) -> Page:
    r"""Read Markdown from an offset on, and return the page that a reader sees.

    Examples
    --------
    >>> [passage.text for passage in read_page("* Wet\n* Wetter\n").passages]
    ['Wet', 'Wetter']
    """
    page = Page()
    blocks = Blocks(source, start, mdx)
    page.comments.extend(blocks.comments)
    inline = Inline(blocks.references, blocks.notes, mdx)
    for kind, chunks, quoted, item in blocks.leaves:
        text = Mapped(chunks)
        page.begin(_SHAPES.get(kind, "item" if item else "plain"), quoted)
        if kind == "html":
            from framing.readers.html import feed

            feed(page, text)
        else:
            inline.read(text, page)
    page.end()
    return page
