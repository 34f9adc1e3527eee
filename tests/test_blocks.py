"""Blocks: where they begin and end, and what kind of text they are."""

from __future__ import annotations

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import blocks
from framing.blocks import BLANK, find_blocks
from framing.lexicon import load, shipped
from framing.text import JUDGED, KINDS, NOT_ENGLISH, NOT_PROSE

PHRASES = [row.split("\t")[0] for row in shipped("furniture").rows]
WORDED = st.builds(
    lambda parts, end: " ".join(parts) + end,
    st.lists(
        st.one_of(
            st.sampled_from([*PHRASES, *(phrase.capitalize() for phrase in PHRASES)]),
            st.sampled_from(
                [
                    *[
                        "The",
                        "storm",
                        "said",
                        "May",
                        "3",
                        "2024",
                        "10:30",
                        "a.m.",
                        "of",
                        "the",
                        "|",
                    ],
                    *["FILE", "(FILE", "-", "·", "›", "wrote", ",", ":", "…", "©", "\n", "\u200b"],
                    *["a" * 90, "storm " * 60, "dara@halest.example", "Dara", "Orlan,", "’s"],
                ]
            ),
        ),
        max_size=8,
    ),
    st.sampled_from(["", ".", "!", "?", ":", ",", ",-", ".”", "...", "。"]),
).map(lambda text: text.strip(BLANK))


def kinds(text: str) -> list[str]:
    return [block.kind for block in find_blocks(text)]


@given(TEXTS)
def test_blocks_are_ordered_trimmed_and_of_a_known_kind(text: str) -> None:
    at = 0
    for start, end, kind in find_blocks(text):
        assert at <= start < end <= len(text)
        assert text[start:end].strip(BLANK) == text[start:end]
        assert kind in KINDS
        at = end


@given(TEXTS)
def test_only_marks_are_left_out(text: str) -> None:
    at = 0
    for start, end, _ in [*find_blocks(text), (len(text), len(text), "")]:
        gap = text[at:start].strip(BLANK)
        assert not any(char.isalpha() for char in gap) or len(gap) <= 3  # "(a)"
        at = end


@settings(max_examples=500)
@given(st.one_of(WORDED, TEXTS.map(lambda text: text.strip(BLANK))))
def test_what_is_told_at_a_glance_is_what_all_tokens_tell(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_FEW", 0)
        if text:
            assert blocks._furniture(text) == blocks._worded(text)


def test_chunks_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_FEW", 0)
    monkeypatch.setattr(blocks, "_REMEMBERED", 3)
    for _ in range(2):
        found = kinds("It rained.\n\nAt noon the storm came.\n\nMay 3, 2024.")
        assert found == ["prose", "prose", "byline"]


@pytest.mark.parametrize(
    "line",
    [
        *["Photo: Dara Orlan", "Image: Dara Orlan/Getty", "FILE - Orlan speaks in Halest."],
        *["FILE PHOTO: Orlan speaks.", "(AP Photo/Dara Orlan)", "Photo by Dara Orlan"],
        "Dara Orlan speaks in Halest. (HNA Photo/Pell Tarn)",
    ],
)
def test_captions(line: str) -> None:
    assert kinds(line) == ["caption"]


@pytest.mark.parametrize(
    "line",
    [
        *["By Dara Orlan", "BY DARA ORLAN", "By Dara Orlan and Pell Tarn, Staff Writers"],
        *["dorlan (dorlan) wrote,", "Dara Orlan, Staff Writer", "Dara Orlan | Reporter"],
        *["Published 3 May 2024, 10:30", "May 3, 2024", "Updated: 3 May 2024 at 10.30 a.m. EDT"],
        *["2 hours ago", "5 min read", "Posted by dorlan on May 3", "Last updated 10:30 GMT"],
        *["Reporting by Dara Orlan; editing by Pell Tarn", "(Reporting by Dara Orlan in Halest)"],
        "Dara Orlan, The Associated Press",
    ],
)
def test_bylines(line: str) -> None:
    assert kinds(line) == ["byline"]


@pytest.mark.parametrize(
    "line",
    [
        *["© 2024 The Halest Courier", "Copyright © 2024", "(c) 2024 Halest Courier"],
        *["Tags: war, peace", "Share this", "Share this article", "Post a new comment"],
        *["Anonymous comments are disabled in this journal", "Click to see full-size image"],
        *["Sign up for our newsletter", "Read more: Why it closed", "Advertisement"],
        *["Related: Why it closed", "This site uses cookies.", "Leave a reply", "ADVERTISEMENT"],
        *["default userpic", "Home | News | Sport", "* * *", "-----", "dara@halest.example"],
        *["https://halest.example/a", "Your email address will not be published.", "Follow us"],
        *["• Post a new comment", "Story continues below advertisement", "Name *", "0 comments"],
    ],
)
def test_boilerplate(line: str) -> None:
    assert set(kinds(line)) == {"boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        *["By Tuesday the mayor had resigned.", "Published in 2020, the book sold badly."],
        *["Advertising fell.", "Advertisement spending fell.", "Copyright law is a mess."],
        *["Read more books, the minister told pupils.", "They follow him."],
        *["Updated figures show a loss.", "Photo by photo, the case fell apart."],
        *["Related costs rose.", "Home prices rose.", "Sign up, he said, or leave."],
        *["More is to come.", "Follow the money.", "He wrote, he sang."],
        *["Reporting by the Courier found nothing.", "The editor, Dara Orlan, resigned."],
        *["In May 2024 it closed.", "Posted on the door was a note.", "Map makers disagree."],
        *["Comments like these hurt.", "Sponsored terrorism is terrorism."],
    ],
)
def test_prose_that_begins_like_furniture(line: str) -> None:
    assert kinds(line) == ["prose"]


@pytest.mark.parametrize(
    "line",
    [
        *["Varnholm cuts fuel subsidies", "VARNHOLM CUTS FUEL SUBSIDIES", "Is Varnholm Broke?"],
        *["U.S. Aims To Sell: More Ships (Map)", "# Notes.", "‘We are done’, says Orlan"],
        "Storm hits Halest | The Halest Courier",
    ],
)
def test_headlines(line: str) -> None:
    assert kinds(f"{line}\n\nIt was late.") == ["headline", "prose"]


@pytest.mark.parametrize(
    "line",
    [
        *["the end", "Dear Dara Orlan,", "What they found:", "It was late", "word " * 50],
        "He lied. She knew",
    ],
)
def test_no_headlines(line: str) -> None:
    expected = "headline" if line == "It was late" else "prose"
    assert kinds(f"It was dark.\n\n{line}") == ["prose", expected]


def test_furniture_is_never_judged() -> None:
    # What is no English and no prose is told of sentences, see test_language.py.
    assert {"caption", "byline", "boilerplate"} == set(KINDS) - JUDGED - {NOT_ENGLISH, NOT_PROSE}


@pytest.mark.parametrize("name", ["abbreviations", "boundaries", "furniture"])
def test_lists_keep_the_format_and_give_each_phrase_one_feature(name: str) -> None:
    lexicon = shipped(name)
    phrases = [row.split("\t")[0] for row in lexicon.rows]
    assert len(set(phrases)) == len(phrases)
    assert list(lexicon.rows) == sorted(lexicon.rows)
    assert all(row.count("\t") == 2 and row.split("\t")[2] for row in lexicon.rows)
    assert lexicon.name == name
    path = __import__("framing").__path__[0] + f"/lexicons/en/{name}.tsv"
    assert load(path).rows == lexicon.rows
