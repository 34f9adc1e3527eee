"""The Markdown reader: markdown-it-py's words are ours, and every word slices back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from marked_up import check, seems_linear
from test_html import words as html_words

from framing.readers.markdown import read, read_page

ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def words(source: str) -> list[str]:
    return " ".join(passage.text for passage in read_page(source).passages).split()


def oracle(source: str) -> list[str]:
    """The words that markdown-it-py finds; HTML is read by our own reader of HTML."""
    found: list[str] = []
    for token in ORACLE.parse(source):
        if token.type == "html_block":
            found += html_words(token.content)
        struck = 0
        text = ""
        for part in token.children or []:
            struck += {"s_open": 1, "s_close": -1}.get(part.type, 0)
            if part.type in ("softbreak", "hardbreak") or BREAKS.fullmatch(part.content):
                text += " "
            elif part.type in ("text", "text_special", "code_inline") and not struck:
                text += part.content
        found += text.split()
    return found


MARKS = st.sampled_from(
    [
        *["a", "b", "Word", "foo", "1", "é", "😀", ".", "!", '"', "'", "“", "”", "—", "(", ")"],
        *["*", "**", "***", "_", "__", "~~", "`", "``", "[", "]", "![", "](u)", "](", "[a]"],
        *["&amp;", "&lt;", "&#42;", "&foo;", "\\", "\\*", "\\[", "<b>", "</b>", "<br>", "<"],
        *["<http://x.y>", "<!-- c -->", "\n\n[foo]: /u\n\n", "\n\n[a]: <x> 'tt'\n\n"],
        *["> ", "- ", "* ", "1. ", "2) ", "# ", "## ", " #", "\n", "\n\n", "  \n", "\\\n"],
        *["    ", "  ", " ", "\t", "\n```\n", "\n~~~\n", "---", "===", "\n\n***\n\n"],
        *["\n\n| a | b |\n|---|---|\n", "|", "\n\n<div>\n", "</div>", "\n\n<p>", "\n> ", "\n- "],
    ]
)
BREAKS = re.compile(r"</?(?:br|div|p)>")
DOCUMENTS = st.lists(MARKS, max_size=25).map("".join)
#: Where markdown-it-py is not CommonMark 0.31: code and quotation marks four columns in, a link's
#: target that ends with the line, delimiters at the end of a link's text, `<!--` + dashes.
DISPUTED = re.compile(r"^[ >]*[ \t]{3,}|\]\(|<!-|`[^`]*\n|\t", re.MULTILINE)


@settings(max_examples=200)
@given(DOCUMENTS)
def test_the_words_of_markdown_it(source: str) -> None:
    if not DISPUTED.search(source):
        assert words(source) == oracle(source)


@pytest.mark.parametrize(
    "source",
    [
        "# Storm #\n\nSetext\n===\nand *em*, **st_r_ong**, ***both*** and in_tra_word.",
        "A [link](x.html 'title'), [a *ref*][r], [r][], [r], [none] and ![alt [r]](p.png)."
        "\n\n[r]: /u",
        "A [link [in](a)](b), [`code](c)`, <http://x.y>, <m@x.org>, <b class='x'>bold</b>.",
        "``a ` b`` `\\` *a\\*b* &copy; &#x201c;q&#8221; &nope; \\& a  \nhard\\\nhard\nsoft",
        "> quote\nlazy\n> - item\n>\n>   more\n\n1. one\n2. two\n\n   two, too\n- - nested\n"
        "* * *\n10) ten",
        "```py\ncode\n```\n~~~\ncode\n\n    code\n\ntext\n    still text",
        "a | b\n--|:-:\n`c\\|d` | *e* | surplus\nf\n\n| x |\n|---|\n# end",
        "[a\nb]: <u v>\n'title\nmore'\n[c]: /u (x) y\n\n[A  B] [c]\n\n[a b]: again",
        "para\n2. no list\n1. list\n\npara\n-\nno\n\n- a\n\n\n  b\n-\n\n  c",
        "<div>\n*raw*\n\n*em*\n</div>\n\n<!-- a\n\nb --> c\n\n<custom-tag>\nraw\n\n<p>a<br>b",
        '**a*b**c* *a**b*c** __a_ _a__ *(*a*)* a**"b"**c ~~struck~~ ~~~a~~',
        "* a\n\t* b\n\n\t\tcode\n> \tc\n>\t\tcode\n\t\n1.\td",
        "[" * 20 + "a" + "](b)" * 20 + "![x" * 3 + "](y)" * 3,
    ],
)
def test_the_words_of_markdown_it_in_what_people_write(source: str) -> None:
    assert words(source) == oracle(source)


@settings(max_examples=150)
@given(DOCUMENTS)
def test_every_word_slices_back(source: str) -> None:
    check(read(source), resolved)


def resolved(origin: str) -> str:
    from html import unescape

    return origin[1:] if origin[:1] == "\\" else unescape(origin)


ARTICLE = """\
---
title: The storm
genre: "opinion"
---
# Storm *hits* the port

It was **very** wet in [Port Halest](https://example.org/(a)), said
the mayor&rsquo;s office[^1]. <!-- framing: ignore[vague] -->
Then \\*more\\* came, ~~they~~ we hear.

> We must go now.
> Help!

- One `item`
- Two,
  wrapped

![A picture of the pier](pier.jpg)

```
code. Not text!
```

{{< tweet 42 >}}

[^1]: By telephone.

[//]: # (framing: ignore-file)
"""


def test_an_article() -> None:
    document = read(ARTICLE, "storm.md")
    check(document, resolved)
    assert document.format == "markdown"
    assert document.front_matter == {"title": "The storm", "genre": "opinion"}
    assert [(s.line, s.column, s.kind, s.text) for s in document] == [
        (5, 3, "headline", "Storm hits the port"),
        (7, 1, "prose", "It was very wet in Port Halest, said the mayor’s office."),
        (9, 1, "prose", "Then *more* came,  we hear."),
        (11, 3, "prose", "We must go now."),
        (12, 3, "prose", "Help!"),
        (14, 3, "list item", "One item"),
        (15, 3, "list item", "Two, wrapped"),
        (26, 7, "prose", "By telephone."),
    ]


def test_a_block_quote_is_anothers_voice() -> None:
    document = read(ARTICLE)
    quoted = [s.text for s in document if s.voices]
    assert quoted == ["We must go now.", "Help!"]
    for sentence in document:
        for voice in sentence.voices:
            assert (voice.start, voice.end, voice.kind) == (0, len(sentence.text), "quotation")


def test_evidence_is_found_in_the_file() -> None:
    document = read(ARTICLE)
    (sentence,) = [s for s in document if "office" in s.text]

    def origin(words: str) -> str:
        start = sentence.text.index(words)
        first, last = document.span(sentence, start, start + len(words))
        return document.source[first:last]

    assert origin("very") == "very"
    assert origin("very wet") == "very** wet"
    assert origin("mayor’s") == "mayor&rsquo;s"
    assert origin("said the") == "said\nthe"
    assert origin("Port Halest") == "Port Halest"


def test_comments() -> None:
    document = read(ARTICLE)
    assert [comment.text for comment in document.comments] == [
        "framing: ignore[vague]",
        "framing: ignore-file",
    ]
    assert [document.source[c.start : c.end] for c in document.comments] == [
        "<!-- framing: ignore[vague] -->",
        "[//]: # (framing: ignore-file)",
    ]
    block = read("> <!-- a\n> b -->\n> c\n\nText {/* d */} here.\n")
    assert [comment.text for comment in block.comments] == ["a\nb", "d"]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("import X from 'x'\n\n<X a={1} b={'>'}>\n\nIt rained.\n\n</X>", ["It rained."]),
        ("It rained {props.today} here.", ["It rained  here."]),
        ("export const a = {\n  b: 1\n}\n\nIt rained.", ["It rained."]),
    ],
)
def test_mdx(source: str, texts: list[str]) -> None:
    assert [s.text for s in read(source, "draft.mdx")] == texts


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("**By Jane Roe**", ["byline"]),
        ("*Photo: Dara Orlan*", ["caption"]),
        ("Two died.<br>• Three hurt.", ["prose", "list item"]),
        ("Is it wet?", ["prose"]),
        ("### Is it wet?", ["headline"]),
    ],
)
def test_kinds(source: str, kinds: list[str]) -> None:
    assert [s.kind for s in read(source)] == kinds


@pytest.mark.parametrize("source", ["", "\n", "---\n---\n", "```\ncode\n```", "![](x.png)", "***"])
def test_nothing_to_read(source: str) -> None:
    assert len(read(source)) == 0


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines(newline: str) -> None:
    document = read(ARTICLE.replace("\n", newline))
    check(document, resolved)
    assert [(s.line, s.column, s.text) for s in document] == [
        (s.line, s.column, s.text) for s in read(ARTICLE)
    ]


HOSTILE = [
    *[
        "[",
        "![",
        "[a](",
        "[a](b ",
        "[a][",
        "[](",
        "](",
        "<",
        "<a ",
        "<!--",
        "*",
        "_",
        "**a ",
        "*a_",
    ],
    *["`", "``a`", "{{", "&", "\\", "> ", "- ", "1. ", "> a\n", "- a\n", "|", "a|b\n-|-\n", "~~a"],
    *["[a]: b\n", "[a]: # (b)\n", "```\n", "<div>\n", "\n", "a\n=\n"],
]


@pytest.mark.parametrize("mark", HOSTILE)
def test_time_is_linear(mark: str) -> None:
    assert seems_linear(read, mark)


@pytest.mark.parametrize(
    "source",
    [
        "> " * 50_000 + "\n" * 10_000,
        "- " * 50_000 + "\n" * 10_000,
        "[" * 100_000,
        "[" * 20_000 + "a" + "](b)" * 20_000,
        "*" * 100_000 + "a" + "*" * 100_000,
        "<div>" * 20_000 + "\n\n" + "</p>" * 20_000,
    ],
    ids=lambda source: source[:6],
)
def test_deep_nesting(source: str) -> None:
    read(source)
