"""All extractors over one sentence: phrases, shapes, measures, functions, and whose they are."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from hostile_text import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import ExtractorError
from framing.evidence import Evidence, Extractor, extractor
from framing.extraction import Extraction
from framing.extractors import BUILTIN
from framing.lexicon import Lexicon, parse
from framing.text import Sentence, Voice
from framing.voice import sentence_of

# Readability is left out: textstat is slow, and the same holds for it as for surface.length.
ALL = tuple(one for one in BUILTIN if one.name != "readability")
WORDS = st.lists(
    st.sampled_from(
        [
            *["the", "a", "is", "it", "must", "not", "why", "should", "we", "critics", "say"],
            *["said", "that", "according", "to", "disgrace", "much", "needed", "ruthless"],
            *["Lomsk", "NATO", "1987", "4", "%", "\U0001f389", "İ", "*", "^", "-"],
            *[",", ".", "?", "!", "…", "“", "”", "‘", "’", '"', "'"],
        ]
    ),
    max_size=30,
).map(" ".join)
SENTENCES = st.one_of(WORDS, TEXTS)


def lexicon(name: str, *rows: str) -> Lexicon:
    header = [f"# name: {name}", "# language: en", "# source: tests", "# licence: CC0"]
    return parse("\n".join([*header, *(row.replace(" = ", "\t") for row in rows)]))


def phrasal(name: str, *rows: str, **settings: bool) -> Extractor:
    return Extractor(
        name,
        {f"{name}.*": "phrases"},
        lexicon=lexicon(name, *rows),
        **settings,  # type: ignore[arg-type]
    )


def marked(text: str, *extractors: Extractor) -> list[tuple[str, str]]:
    found = Extraction(extractors).evidence(sentence_of(text))
    return [(text[mark.start : mark.end], mark.feature) for mark in found]


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Extraction(ALL)


# properties


@given(SENTENCES)
def test_marks_lie_inside_in_order_and_are_finite(extraction: Extraction, text: str) -> None:
    found = extraction.evidence(sentence_of(text))
    for mark in found:
        assert 0 <= mark.start < mark.end <= len(text)
        assert math.isfinite(mark.value)
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)


@given(SENTENCES)
def test_the_same_sentence_gives_the_same_marks(extraction: Extraction, text: str) -> None:
    found = extraction.evidence(sentence_of(text))
    assert extraction.evidence(sentence_of(text)) == found
    # What other sentences left behind makes no difference.
    assert Extraction(ALL).evidence(sentence_of(text)) == found


@given(SENTENCES)
def test_every_mark_is_declared(extraction: Extraction, text: str) -> None:
    by_name = {one.name: one for one in ALL}
    for mark in extraction.evidence(sentence_of(text)):
        assert by_name[mark.feature.partition(".")[0]].declares(mark.feature)


@given(SENTENCES)
def test_order_of_extractors_makes_no_difference(extraction: Extraction, text: str) -> None:
    sentence = sentence_of(text)
    assert Extraction(reversed(ALL)).evidence(sentence) == extraction.evidence(sentence)


# phrases


def test_the_longest_phrase_of_a_family_counts() -> None:
    one = phrasal("a", "war = a.x", "war of words = a.y", "words = a.z")
    assert marked("A war of words began.", one) == [("war of words", "a.y")]
    assert marked("A war began.", one) == [("war", "a.x")]


def test_families_do_not_hide_each_other() -> None:
    one, other = phrasal("a", "war of words = a.y"), phrasal("b", "war = b.x", "words = b.z")
    assert marked("A war of words began.", one, other) == [
        ("war", "b.x"),
        ("war of words", "a.y"),
        ("words", "b.z"),
    ]


def test_an_overlapping_family_counts_all() -> None:
    one = phrasal("a", "war = a.x", "war of words = a.y", "words = a.z", overlapping=True)
    assert [feature for _, feature in marked("A war of words.", one)] == ["a.x", "a.y", "a.z"]


def test_a_phrase_may_have_several_features() -> None:
    one = phrasal("a", "war = a.x", "war = a.y")
    assert marked("War.", one) == [("War", "a.x"), ("War", "a.y")]


def test_a_phrase_at_the_start_of_a_sentence() -> None:
    one = phrasal("a", "^ also = a.start")
    assert marked("Also, it rained.", one) == [("Also", "a.start")]
    assert marked("“Also” it is.", one) == []
    assert marked("— Also it rained.", one) == [("Also", "a.start")]
    assert marked("It also rained.", one) == []
    assert marked("^ Also, it rained.", one) == [("Also", "a.start")]


def test_a_gap_stands_for_one_token() -> None:
    one = phrasal("a", "not a * but = a.gap")
    assert marked("Not a ship but boats.", one) == [("Not a ship but", "a.gap")]
    assert marked("Not a but.", one) == []
    assert marked("Not a big ship but boats.", one) == []
    assert marked("Not a * but.", one) == [("Not a * but", "a.gap")]


def test_a_fixed_expression_keeps_opinions_in_it_from_counting() -> None:
    block = phrasal("n", "critical condition = -")
    one = phrasal("a", "critical = a.x", "condition = a.y", opinion=True)
    assert marked("In critical condition.", one, block) == []
    assert marked("A critical moment.", one, block) == [("critical", "a.x")]
    longer = phrasal("a", "critical condition of the state = a.z", opinion=True)
    assert marked("The critical condition of the state.", longer, block) == [
        ("critical condition of the state", "a.z")
    ]
    fact = phrasal("a", "critical = a.x")
    assert marked("In critical condition.", fact, block) == [("critical", "a.x")]


def test_a_name_is_no_opinion() -> None:
    one = phrasal("a", "savage = a.x", opinion=True)
    assert marked("It was Savage who won.", one) == []
    assert marked("Savage cuts were made.", one) == [("Savage", "a.x")]
    # In a headline capitals make no names.
    assert marked("Council Approves Savage Cuts to Libraries", one) == [("Savage", "a.x")]
    assert marked("It was Savage who won.", phrasal("a", "savage = a.x")) == [("Savage", "a.x")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It isn’t fair.", "isn’t fair"),
        ("It ISN'T FAIR.", "ISN'T FAIR"),
        ("İt isn't\u00a0fair.", "isn't\u00a0fair"),
        ("🎉 It isn't\r\nfair.", "isn't\r\nfair"),
    ],
)
def test_marks_point_at_what_the_author_wrote(text: str, words: str) -> None:
    assert marked(text, phrasal("a", "isn't fair = a.x")) == [(words, "a.x")]


# shapes and measures


def capital(raw: str) -> tuple[str, ...]:
    return ("shape.capital",) if raw[0].isupper() else ()


SHAPE = Extractor("shape", {"shape.capital": "capitals"}, shape=capital)


def test_a_capital_that_begins_the_sentence_says_nothing() -> None:
    assert marked("Lomsk beat Drosk.", SHAPE) == [("Drosk", "shape.capital")]
    assert marked("(Lomsk beat Drosk.)", SHAPE) == [("Drosk", "shape.capital")]
    # All capitals are not owed to the place.
    assert marked("NATO beat Drosk.", SHAPE)[0] == ("NATO", "shape.capital")


def test_a_measure_marks_the_whole_sentence() -> None:
    one = Extractor("size", {"size.words": ""}, measure=lambda words: [("size.words", len(words))])
    text = "“It rained,” she said."
    assert Extraction([one]).evidence(sentence_of(text)) == [
        Evidence(0, len(text), "size.words", 8)
    ]


# whose voice


def test_only_the_author_counts() -> None:
    text = "“War,” she said of the war."
    assert marked(text, phrasal("a", "war = a.x")) == [("war", "a.x")]
    assert len(marked(text, phrasal("a", "war = a.x", quoted=True))) == 2


def test_attributed_clauses_are_not_the_authors() -> None:
    assert marked("Police said that the war was over.", phrasal("a", "war = a.x")) == []


def test_scare_quotes_are_the_authors() -> None:
    sentence = Sentence("The “war” ended.", voices=(Voice(4, 9, "scare"),))
    assert len(Extraction([phrasal("a", "war = a.x")]).evidence(sentence)) == 1


def test_marks_in_another_voice_are_counted_by_family() -> None:
    quoted = next(one for one in BUILTIN if one.name == "quoted")
    text = "“War,” she said of the war."
    assert marked(text, phrasal("a", "war = a.x"), quoted) == [
        ("War", "quoted.a"),
        ("war", "a.x"),
    ]
    assert marked(text, phrasal("a", "war = a.x", overlapping=True), quoted) == [("war", "a.x")]


def found_by(*marks: Evidence, **settings: bool) -> Extraction:
    def find(sentence: Sentence) -> Iterator[Evidence]:
        yield from marks

    return Extraction([extractor("f", {"f.x": "marks"}, **settings)(find)])


def test_a_function_is_heard_by_where_its_mark_begins() -> None:
    sentence = sentence_of("“War,” she said of the war.")
    inside, outside = Evidence(1, 4, "f.x"), Evidence(23, 26, "f.x")
    assert found_by(inside, outside).evidence(sentence) == [outside]
    assert found_by(outside, inside, quoted=True).evidence(sentence) == [inside, outside]


# what breaks the contract


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (Evidence(0, 5, "f.x"), r"extractor 'f' marked 0:5 in a sentence of 3 characters"),
        (Evidence(-1, 2, "f.x"), r"marked -1:2"),
        (Evidence(2, 1, "f.x"), r"marked 2:1"),
        (Evidence(0, 1, "f.y"), r"extractor 'f' does not declare 'f.y'"),
        (Evidence(0, 1, "f.x", math.nan), r"gave f.x the value nan"),
        (Evidence(0, 1, "f.x", math.inf), r"gave f.x the value inf"),
    ],
)
def test_a_mark_that_breaks_the_contract_is_refused(mark: Evidence, message: str) -> None:
    with pytest.raises(ExtractorError, match=message):
        found_by(mark).evidence(Sentence("No!"))
