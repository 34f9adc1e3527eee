"""What others feel, judge and want is not the author's: labelled sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.batch import Vocabulary
from framing.hearing import hear_all
from framing.text import tokenise
from framing.voice import heard, listen, others, sentence_of

_LINES = (
    (Path(__file__).parent / "cases" / "voice_attitudes.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
)
CASES = [tuple(line.split("\t")) for line in _LINES]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_attitudes(text: str, wanted: str) -> None:
    voices, _ = listen(text, tokenise(text))
    found = [text[one.start : one.end] for one in voices if one.kind == "attitude"]
    assert found == [part for part in wanted.split(" || ") if part]


def test_there_are_cases_of_both_kinds() -> None:
    assert sum(bool(wanted) for _, wanted in CASES) >= 15
    assert sum(not wanted for _, wanted in CASES) >= 8


def test_they_are_heard_alike_in_bulk() -> None:
    texts = [text for text, _ in CASES]
    in_bulk = dict(hear_all(Vocabulary().batch(texts)))
    for number, text in enumerate(texts):
        assert in_bulk.get(number, []) == heard(text, tokenise(text))[0]


def test_who_holds_it() -> None:
    [voice] = sentence_of("Ada Crane was furious.").voices
    assert voice.kind == "attitude"
    assert voice.speaker == (0, 9)
    assert voice.source == "named"


def test_a_noun_tells_no_holder() -> None:
    [voice] = sentence_of("Outrage over the sale grew.").voices
    assert (voice.speaker, voice.source) == (None, None)


def test_the_author_does_not_speak_it() -> None:
    sentence = sentence_of("The union opposed the disgraceful sale.")
    voices, _ = heard(sentence.text, sentence.tokens)
    spoken = others(len(sentence.tokens), voices)
    assert spoken is not None
    told = [word for word, other in zip(sentence.tokens.words, spoken, strict=True) if other]
    assert told == ["opposed", "the", "disgraceful", "sale"]


def test_what_is_attributed_is_told_once() -> None:
    voices = sentence_of("The union said that it opposed the disgraceful sale.").voices
    assert [one.kind for one in voices] == ["attributed"]
