"""Front matter: what stands above an article, and where the article begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.front_matter import front_matter


@pytest.mark.parametrize(
    ("yaml", "values"),
    [
        ("genre: opinion", {"genre": "opinion"}),
        ("genre:   opinion  # mine", {"genre": "opinion"}),
        ("title: 'It''s wet: a #1'", {"title": "It's wet: a #1"}),
        (r'title: "A \"wet\" d\u00e4y\x21" # x', {"title": 'A "wet" däy!'}),
        ('"genre": opinion', {"genre": "opinion"}),
        ("tags: [sea, 'a, b', \"c\"]", {"tags": "sea, a, b, c"}),
        ("tags:\n- sea\n- 'port'\ngenre: news", {"tags": "sea, port", "genre": "news"}),
        ("tags:\n  - sea\n  - port", {"tags": "sea, port"}),
        ("about: >\n  wet\n  day\n\ngenre: a", {"about": "wet day", "genre": "a"}),
        ("about: |-\n  wet\n  day", {"about": "wet\nday"}),
        ("title: a long\n  title", {"title": "a long title"}),
        (
            "params:\n  genre: opinion\n  a: b\nc: d",
            {"params.genre": "opinion", "params.a": "b", "c": "d"},
        ),
        ("draft: ~\nurl: http://example.org/a:b", {"draft": "", "url": "http://example.org/a:b"}),
        ("# only a comment\n\nno pair\n- item\n? odd", {}),
        ("genre: first\ngenre: second", {"genre": "first"}),
    ],
)
def test_yaml(yaml: str, values: dict[str, str]) -> None:
    for newline in ("\n", "\r\n", "\r"):
        source = f"---\n{yaml}\n---\nIt rained.".replace("\n", newline)
        found, end = front_matter(source)
        assert found == values
        assert source[end:] == "It rained."


@pytest.mark.parametrize(
    ("toml", "values"),
    [
        (
            'genre = "opinion"\ndraft = false\nn = 3',
            {"genre": "opinion", "draft": "false", "n": "3"},
        ),
        (
            'tags = ["sea", "port"]\n[a.b]\nc = 2024-01-02',
            {"tags": "sea, port", "a.b.c": "2024-01-02"},
        ),
        ("genre = opinion", {}),
    ],
)
def test_toml(toml: str, values: dict[str, str]) -> None:
    source = f"+++\r\n{toml}\r\n+++\r\n\r\nIt rained."
    found, end = front_matter(source)
    assert found == values
    assert source[end:].strip() == "It rained."


@pytest.mark.parametrize(
    "source",
    ["", "It rained.", "---\nno end", "----\na: b\n----\n", "\n---\na: b\n---\n", "--- x\n---\n"],
)
def test_none(source: str) -> None:
    assert front_matter(source) == ({}, 0)


def test_the_edges() -> None:
    assert front_matter("---\n---\nx") == ({}, 8)
    assert front_matter("\ufeff---\na: b\n...\nx") == ({"a": "b"}, 14)
    assert front_matter("---\na: b\n---") == ({"a": "b"}, 12)


@given(st.text("-+a: \n\"'[]#>|{}\\\\x"))
def test_nothing_fails(text: str) -> None:
    for mark in ("---", "+++"):
        values, end = front_matter(f"{mark}\n{text}\n{mark}\nrest")
        assert end > 0
        assert all(isinstance(value, str) for value in values.values())
