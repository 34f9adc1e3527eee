"""Whose voice: labelled sentences and documents, scare quotes, and hostile text in linear time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given
from marked_up import seems_linear

from framing.readers.plain import read
from framing.text import Sentence, Voice, tokenise
from framing.voice import Heard, by_tokens, hear, heard, listen, others, sentence_of

#: What is nobody's speech; attitudes have cases of their own.
NOT_SPOKEN = ("scare", "mention", "attitude")

CASES = Path(__file__).parent / "cases"
Spans = list[tuple[str, str]]


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").split("\n")[1:]
    return [[*line.split("\t"), "", "", ""] for line in lines if line]


def spans(cell: str) -> Spans:
    return [
        (kind, text) for one in cell.split(" || ") if one for kind, _, text in [one.partition("=")]
    ]


FAULTS = {(group, start): why for group, start, why, *_ in rows("voice_known_faults.tsv")}


def marked(case: list[str], number: int) -> object:
    """Return a case as a parameter: a known fault must fail, so that its repair is noticed."""
    why = next(
        (
            why
            for (group, start), why in FAULTS.items()
            if group == case[0] and case[1].startswith(start)
        ),
        "",
    )
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(case, id=f"{case[0]}-{number}", marks=marks)


SENTENCES = [marked(case, number) for number, case in enumerate(rows("voice.tsv"), 2)]
DOCUMENTS = [marked(case, number) for number, case in enumerate(rows("voice_documents.tsv"), 2)]


def words_within(text: str, found: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """The words of a text that begin inside spans; punctuation does not count."""
    tokens = tokenise(text)
    return [
        (start, word)
        for start, word in zip(tokens.starts, tokens.words, strict=True)
        if word[0].isalnum() and any(first <= start < last for first, last in found)
    ]


@pytest.mark.parametrize("case", SENTENCES)
def test_sentence(case: list[str]) -> None:
    _, text, wanted = case[:3]
    voices, _ = listen(text, tokenise(text))
    expected = [
        (kind, text.index(span), text.index(span) + len(span)) for kind, span in spans(wanted)
    ]
    spoken = [(start, end) for kind, start, end in expected if kind not in NOT_SPOKEN]
    assert words_within(
        text, [(v.start, v.end) for v in voices if v.kind not in NOT_SPOKEN]
    ) == words_within(text, spoken)
    assert {(v.start, v.end) for v in voices if v.kind == "scare"} == {
        (start, end) for kind, start, end in expected if kind == "scare"
    }


def speakers_found() -> Iterator[bool]:
    for _, text, _, wanted, *_ in rows("voice.tsv"):
        voices, _ = listen(text, tokenise(text))
        found = [(v.source, words_within(text, [v.speaker])) for v in voices if v.speaker]
        for source, span in spans(wanted):
            start = text.find(span)
            words = set(words_within(text, [(start, start + len(span))]))
            yield any(source == known and words & set(who) for known, who in found)


def test_speakers() -> None:
    results = list(speakers_found())
    assert sum(results) / len(results) >= 0.83


def paragraphs_heard(text: str) -> set[tuple[int, str]]:
    """Words in others' voices, by their place in the whole text."""
    found = set()
    for sentence in hear(read(text)):
        inside = [(v.start, v.end) for v in sentence.voices if v.kind not in NOT_SPOKEN]
        found |= {(sentence.start + at, word) for at, word in words_within(sentence.text, inside)}
    return found


@pytest.mark.parametrize("case", DOCUMENTS)
def test_document(case: list[str]) -> None:
    text = case[1].replace("\\n", "\n")
    expected: set[tuple[int, str]] = set()
    reach = 0
    for kind, span in spans(case[2]):
        span = span.replace("\\n", "\n")
        start = text.find(span, reach if text.find(span, reach) >= 0 else 0)
        assert start >= 0, span
        if kind in ("quotation", "attributed"):
            expected |= {(start + at, word) for at, word in words_within(span, [(0, len(span))])}
        reach = start
    assert paragraphs_heard(text) == expected


@given(TEXTS)
def test_any_text_is_heard(text: str) -> None:
    tokens = tokenise(text)
    for awaited in ("", "”", '"', "'"):
        voices, _ = heard(text, tokens, awaited)
        for one in voices:
            assert 0 <= one.start < one.end <= len(tokens)
            if one.speaker:
                assert 0 <= one.speaker[0] < one.speaker[1] <= len(tokens)
            assert (one.source is None) == (one.speaker is None)
        assert [one.start for one in voices] == sorted(one.start for one in voices)
    offsets, _ = listen(text, tokens)
    assert by_tokens(tokens, offsets) == heard(text, tokens)[0]


@given(TEXTS)
def test_any_document_is_heard(text: str) -> None:
    for sentence in hear(read(text)):
        for voice in sentence.voices:
            assert 0 <= voice.start < voice.end <= len(sentence.text)


UNITS = [
    'he said, "it is" ',
    "said ",
    "that he said ",
    ", and he said ",
    "the claim that ",
    "according to Dole, ",
    "as he put it, ",
    "was told by ",
    "urging , ",
    "“",
    "” ",
    "'a ",
    "s’ ",
    "« ",
    " »",
    '"',
    "Rumour and report , ",
    "said on (a ",
    "said — a ; and that ",
    "said “a” is , and this ",
    "made it clear that in , ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_linear_time(unit: str) -> None:
    assert seems_linear(lambda text: heard(text, tokenise(text)), unit, at_most=23.0)


@pytest.mark.parametrize(
    ("text", "speaker", "source"),
    [
        ("“We lost,” said Ada Crane, the captain.", "Ada Crane", "named"),
        ("“We lost,” the captain told reporters.", "the captain", "unnamed"),
        ("“We lost,” critics say.", "critics", "vague"),
        ("The family said they were moved.", "The family", "unnamed"),
        ("The trial heard that the brakes had failed.", "The trial", "unnamed"),
        ("Mayor: “We will rebuild.”", "Mayor", "unnamed"),
    ],
)
def test_who_speaks(text: str, speaker: str, source: str) -> None:
    voice = listen(text, tokenise(text))[0][0]
    assert voice.speaker is not None
    assert (text[slice(*voice.speaker)], voice.source) == (speaker, source)


def test_each_quotation_has_the_speaker_beside_it() -> None:
    text = "“It is safe,” said Ada Crane, but “it leaks,” said Ben Holt."
    voices = [v for v in listen(text, tokenise(text))[0] if v.kind == "quotation"]
    assert [v.speaker and text[slice(*v.speaker)] for v in voices] == ["Ada Crane", "Ben Holt"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The so-called “experts” left.", "scare"),
        ("The “reform” costs more.", "scare"),
        ("The word “reform” is old.", "mention"),
        ("In the dialect “brae” means a slope.", "mention"),
        ("She read “The Long Night” aloud.", "mention"),
        ("They marked it “?!” in red.", "mention"),
        ("He shouted: “now or never”", "quotation"),
        ("The ‘independent’ review found that nobody erred.", "scare"),
        ("She called it “a farce”.", "quotation"),
    ],
)
def test_what_marks_mean(text: str, kind: str) -> None:
    assert kind in {voice.kind for voice in listen(text, tokenise(text))[0]}


def test_others_leaves_scare_quotes_to_the_author() -> None:
    assert others(3, []) is None
    assert others(2, [Heard(0, 1, "scare")]) is None
    assert others(2, [Heard(1, 2, "mention")]) == [False, True]


def test_by_tokens_and_sentence_of() -> None:
    sentence = sentence_of("It failed, critics say.")
    assert sentence.voices == (Voice(0, 9, "attributed", (11, 18), "vague"),)
    assert by_tokens(sentence.tokens, sentence.voices)[0] == Heard(
        0, 2, "attributed", (3, 4), "vague"
    )
    assert sentence_of("It rained.") == Sentence("It rained.")
