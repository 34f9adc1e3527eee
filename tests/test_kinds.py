"""Kinds of tokens: the same answers as by asking each token."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from listed_words import LISTED

from framing import kinds
from framing.grammar import BITS
from framing.kinds import KINDS, QUOTED, SURE, Question
from framing.line import Line

QUESTIONS = {name: value for name, value in vars(kinds).items() if isinstance(value, Question)}
SHAPED = ["orlan", "quietly", "painted", "painting", "harbours", "unquietedly", "12", "", "."]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_known_word_gets_its_own_answer(name: str) -> None:
    question = QUESTIONS[name]
    for word in (*LISTED, *SHAPED):
        bits = BITS[word]
        is_one = word in question.words or (bits & question.mask and not bits & question.but)
        expected: int = bool(is_one) and word not in question.but_words
        if word in question.sure_words or bits & question.sure:
            expected = SURE
        assert question[KINDS[word]] == expected, word
        quoted = expected if question.quoted is None else question.quoted
        assert question[KINDS[word] + QUOTED] == quoted, word


def test_kinds_fit_into_a_byte() -> None:
    assert max(KINDS[word] for word in (*LISTED, *SHAPED)) < QUOTED // 2


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*LISTED, *SHAPED[:-2]]), st.booleans()), max_size=12))
def test_a_line_knows_the_kinds_of_its_tokens(tokens: list[tuple[str, bool]]) -> None:
    words, quoted = [word for word, _ in tokens], [between for _, between in tokens]
    line = Line(words, words, quoted)
    assert len(line.kinds) == len(words)
    for question in QUESTIONS.values():
        answers = list(line.kinds.translate(question))
        for at, word in enumerate(words):
            if line.bits[at] or word != ".":  # the point of an abbreviation has no kind
                assert answers[at] == question[KINDS[word] + QUOTED * quoted[at]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*LISTED, *SHAPED[:-2]]), st.booleans()), max_size=12),
    st.integers(0, 12),
    st.integers(0, 15),
)
def test_ones_end_with_the_first_sure_answer(
    tokens: list[tuple[str, bool]], start: int, end: int
) -> None:
    words, quoted = [word for word, _ in tokens], [between for _, between in tokens]
    line = Line(words, words, quoted)
    for question in QUESTIONS.values():
        expected = []
        for at in range(start, min(end, len(words))):
            answer = question[line.kinds[at]]
            if answer == SURE:
                break
            if answer:
                expected.append(at)
        assert list(line.ones(question, start, end)) == expected
