"""The HTML reader: what a browser shows, and where every character of it stands."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_up import check, seems_linear

from framing.readers.entities import parse_attributes, resolve
from framing.readers.html import feed, read
from framing.readers.page import Page
from framing.readers.passages import Chunk, Mapped


def words(source: str) -> list[str]:
    page = Page()
    feed(page, Mapped([Chunk(source, 0, len(source))]))
    page.end()
    return " ".join(passage.text for passage in page.passages).split()


class Shown(HTMLParser):
    """The text that the standard library's parser finds outside what nobody sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag == "nav"
        self.text += "\n" * (tag in ("p", "br", "div", "li"))

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "nav"
        self.text += "\n" * (tag in ("p", "div", "li", "nav"))

    def handle_data(self, data: str) -> None:
        self.text += data * (not self.hidden)


PARTS = st.recursive(
    st.sampled_from(
        [
            *["word", " ", "\n", "It rained. ", "&amp;", "&copy", "&ampx", "&nbsp;", "&#8220;"],
            *[
                "&#x1F600;",
                "é",
                "<br>",
                "<!-- c -->",
                "&",
                "& ",
                "<img alt='x>y'>",
                "<!DOCTYPE html>",
            ],
        ]
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["p", "div class=a", "em", "li", "nav", 'a href="x?a=1&amp;b=2"', "B"]),
        st.lists(inner, max_size=4),
    ),
)
PAGES = st.lists(PARTS, max_size=8).map("".join)


@settings(max_examples=150)
@given(PAGES)
def test_the_words_of_the_standard_library(source: str) -> None:
    parser = Shown()
    parser.feed(source)
    parser.close()
    assert words(source) == parser.text.split()


BROKEN = st.lists(
    st.sampled_from(
        [
            *[
                "<",
                ">",
                "</",
                "/>",
                "=",
                '"',
                "'",
                "<p",
                "<p>",
                "</p>",
                "<q>",
                "</q>",
                "<!--",
                "-->",
            ],
            *["<script>", "</script>", "<nav>", "</nav>", "</div>", "<blockquote>", "<li>", "<h1>"],
            *[
                "&",
                "&amp;",
                "&#",
                "&lt",
                ";",
                "It rained.",
                " ",
                "\n",
                "a",
                "<head>",
                "<br/>",
                "<title>",
            ],
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=200)
@given(st.one_of(PAGES, BROKEN))
def test_every_span_slices_back(source: str) -> None:
    check(read(source), unescape)


ARTICLE = """\
<!DOCTYPE html>
<html><head><title>Storm &amp; sea</title>
<meta property="article:section" content="Opinion">
<META name='genre' content='column'/>
<style>p { color: red }</style></head>
<body><nav><a href="/">Home</a></nav>
<article>
<h1>Storm <em>hits</em> the port</h1>
<p>It was <b>very</b>
   wet, the mayor&rsquo;s office said: <q>We see <q>hope</q>.</q>
<p hidden>Not shown.</p>
<blockquote><p>We must go now. Help!</p></blockquote>
<figure><img src="a.png" alt="x"><figcaption>The pier on Monday.</figcaption></figure>
<ul><li>One<li>Two, <i>wrapped
in tags</i></ul>
<aside>Read also this.</aside>
<table><tr><td>a<td>b</table>
<script>if (a < b) { document.write("<p>No.</p>") }</script>
<!-- framing: ignore -->
<p>The end came.</p>
</article><footer>About us and you.</footer></body></html>
"""


def test_an_article() -> None:
    document = read(ARTICLE, "storm.html")
    check(document)
    assert document.format == "html"
    assert document.front_matter == {
        "title": "Storm & sea",
        "section": "Opinion",
        "genre": "column",
    }
    assert [comment.text for comment in document.comments] == ["framing: ignore"]
    assert [(s.line, s.column, s.kind, s.text) for s in document] == [
        (8, 5, "headline", "Storm hits the port"),
        (9, 4, "prose", "It was very wet, the mayor’s office said: “We see ‘hope’.”"),
        (12, 16, "prose", "We must go now."),
        (12, 32, "prose", "Help!"),
        (13, 46, "caption", "The pier on Monday."),
        (14, 9, "list item", "One"),
        (14, 16, "list item", "Two, wrapped in tags"),
        (17, 16, "list item", "a"),
        (17, 21, "list item", "b"),
        (20, 4, "prose", "The end came."),
        (21, 19, "boilerplate", "About us and you."),
    ]
    assert [s.text for s in document if s.voices] == ["We must go now.", "Help!"]


def test_evidence_is_found_in_the_file() -> None:
    document = read(ARTICLE)
    sentence = document.sentences[1]

    def origin(words: str) -> str:
        start = sentence.text.index(words)
        first, last = document.span(sentence, start, start + len(words))
        return document.source[first:last]

    assert origin("very wet") == "very</b>\n   wet"
    assert origin("mayor’s") == "mayor&rsquo;s"
    assert origin("“We") == "<q>We"


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>a < b and c > d", ["a < b and c > d"]),
        ("<p>It <b>rained</p> <p>and</b> poured.", ["It rained", "and poured."]),
        ("<nav>Home<p>It rained.", []),
        ("<div><nav>Home</div><p>It rained.", ["It rained."]),
        ("<h1>Storm<p>It rained. It poured.", ["Storm", "It rained.", "It poured."]),
        ("<head><title>x</title><p>It rained.", ["It rained."]),
        ("<p>It rained<!-- no end", ["It rained"]),
        ('<p>It <a href="x>rained</a> and poured.', ["It rained and poured."]),
        ("<p>It <span aria-hidden=TRUE>never</span> rained.", ["It  rained."]),
        ("<span hidden>a<span>b</span>c</span>d", ["d"]),
        ("<p>It rained<br/>• It poured", ["It rained", "It poured"]),
        ("<p>x<span/>y", ["xy"]),
        ("<p>&ampersand &notin; &notit; &#0; &#xD800; &unknown;", None),
        ("plain text. Without tags.", ["plain text.", "Without tags."]),
        ("", []),
    ],
)
def test_broken_and_odd_markup(source: str, texts: list[str] | None) -> None:
    document = read(source)
    check(document)
    if texts is not None:
        assert [" ".join(s.text.split("  ")) for s in document] == [
            " ".join(t.split("  ")) for t in texts
        ]


@pytest.mark.parametrize(
    "entity", ["&amp;", "&amp", "&ampfoo", "&notit;", "&copyright", "&frac12x", "&foo;", "&#x27"]
)
def test_entities(entity: str) -> None:
    parts = list(resolve(entity))
    assert "".join(part.text for part in parts) == unescape(entity)
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert parts[-1].end == len(entity)


def test_attributes() -> None:
    found = parse_attributes(" a=1 A=2 b='x>y' c = \"&lt;\" d e=f/ /")
    assert found == {"a": "1", "b": "x>y", "c": "<", "d": "", "e": "f/"}


HOSTILE = [
    *["<", "<a ", '<a b="', '<a b=">"', "<a b='>\"", "<!--", "<!", "<?", "<b", "</", "&", "&#x"],
    *[
        "<div>",
        "</p>",
        "<p>",
        "<q>",
        "<script>",
        "<blockquote>",
        "<span hidden>",
        "<h1>",
        "<title>",
    ],
]


@pytest.mark.parametrize("mark", HOSTILE)
def test_time_is_linear(mark: str) -> None:
    assert seems_linear(read, mark)


@pytest.mark.parametrize("tag", ["div", "blockquote", "em", "nav", "q", "li"])
def test_deep_nesting(tag: str) -> None:
    read(f"<{tag}>" * 30_000 + "deep" + f"</{tag}>" * 30_000 + "</p>" * 30_000)
