"""What a bulk score is taken apart into is what a sentence alone is explained by."""

from __future__ import annotations

import pickle
from functools import partial
from math import fsum
from operator import itemgetter

import numpy as np
import pytest
from hostile_text import TEXTS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_folding import SENTENCES, model

from framing import unfolding
from framing.evidence import Evidence, extractor
from framing.model import LinearModel, Verdict
from framing.text import Document, Sentence
from framing.voice import closed_in, hear, sentence_of


def same(bulk: Verdict, alone: Verdict) -> None:
    """Hold two verdicts equal: sums to 1e-9, all else exactly."""
    assert bulk.score == pytest.approx(alone.score, abs=1e-9)
    assert bulk.probability == pytest.approx(alone.probability, abs=1e-9)
    assert bulk.replace(score=0.0, probability=0.5) == alone.replace(score=0.0, probability=0.5)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(SENTENCES, TEXTS), max_size=6))
@example(["“It is a war of words,” critics say, and a war of words it is.", "", "A pier -"])
@example(["Shameful, Shameful Plan Is a Disgrace", "Shameful plan"])
@example(["“A farce” and “a fraud” and “a flop”, he said, of “a farce”"])
def test_verdicts_in_bulk_are_those_one_by_one(texts: list[str]) -> None:
    bulk = list(model().judge_all(texts))
    assert len(bulk) == len(texts)
    for one, text in zip(bulk, texts, strict=True):
        same(one, model().judge(sentence_of(text)))
        assert one.score is not None
        assert one.base is not None
        assert one.score == pytest.approx(
            one.base + fsum(part.amount for part in one.contributions), abs=1e-9
        )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(SENTENCES, st.booleans()), min_size=1, max_size=8))
@example([("“It failed.", False), ("It will fail again.", True), ("So it is,” he said.", True)])
@example([("“It failed.", False), ("", True), ("It is shameful.", True), ("So it is.”", False)])
@example([("He said: “It failed.", False), ("It rained.", True), ("It is shameful.", False)])
def test_an_open_quotation_runs_on_in_its_paragraph(rows: list[tuple[str, bool]]) -> None:
    texts = [text for text, _ in rows]
    follows = [False, *(one for _, one in rows[1:])]
    paragraphs = [sum(not one for one in follows[: at + 1]) for at in range(len(rows))]
    heard = hear(Document("", sentences=tuple(map(Sentence, texts)), paragraphs=tuple(paragraphs)))
    unfolded = model().read_together(texts, follows, partial(closed_in, heard))
    sentences = [
        Sentence(text, voices=voices) for text, voices in zip(texts, unfolded.voices(), strict=True)
    ]
    assert sentences == list(heard)
    for bulk, sentence in zip(model().verdicts(sentences, unfolded.scored()), heard, strict=True):
        same(bulk, model().judge(sentence))


def test_the_order_of_looking_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfolding, "_TOGETHER", 4)
    monkeypatch.setattr(unfolding, "_FEW", 2)
    texts = ["It is a disgrace.", "", "Why?", "It rained, and it is a shameful, shameful war."]
    texts += ["A shameful farce!", "So it is, so it is.", "", "“A farce,” he said."]
    bulk = list(model().judge_all(texts))
    for at in (3, 0, 3, 2, 7, 1, 0, 6, 5, 4):
        same(bulk[at], model().judge(sentence_of(texts[at])))


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.1 * 3, 0.3, 0.5, 1e9]))))
@example([(0, 0.3), (0, 0.1 * 3), (1, 0.3)])
def test_the_largest_come_first_to_the_last_digit(rows: list[tuple[int, float]]) -> None:
    rows.sort(key=itemgetter(0))
    owner = np.array([one for one, _ in rows], np.intp)
    size = np.array([one for _, one in rows], np.float64)
    wanted = sorted(range(len(rows)), key=lambda at: (rows[at][0], -rows[at][1]))
    assert unfolding._ranked(owner, size).tolist() == wanted


def test_length_thins_evidence_in_bulk_too() -> None:
    thinned = model().replace(density=(10.0, 0.5))
    for bulk in thinned.judge_all(["It is a disgrace.", "", "It is a disgrace, " * 20]):
        same(bulk, thinned.judge(bulk.sentence))


def test_long_sentences_are_in_order() -> None:
    texts = ["It is a disgrace.", "“It is shameful,” he said, and so it is. " * 5_000]
    (_, bulk) = model().judge_all(texts)
    assert bulk.contributions == model().judge(sentence_of(texts[1])).contributions


def test_verdicts_in_bulk_are_values_like_others() -> None:
    (bulk,) = model().judge_all(["It is a shameful plan."])
    copy = pickle.loads(pickle.dumps(bulk))
    assert copy == bulk
    assert hash(copy) == hash(bulk)
    assert repr(copy) == repr(bulk)
    assert "contributions=(Contribution(" in repr(bulk)


def test_a_threshold_is_the_one_asked_for() -> None:
    texts = ["It is a shameful plan.", "It rained."]
    assert [one.label for one in model().judge_all(texts, 0.0)] == ["editorial"] * 2
    assert [one.label for one in model().judge_all(texts, 1.0)] == ["reporting"] * 2


def test_what_only_a_sentence_alone_can_tell_is_found_one_by_one() -> None:
    @extractor("shout", {"shout.mark": "exclamation marks; source: style 4"})
    def shout(sentence: Sentence) -> list[Evidence]:
        return [
            Evidence(at, at + 1, "shout.mark") for at, one in enumerate(sentence.text) if one == "!"
        ]

    marking = LinearModel({}, -1.0).with_extractors([shout])
    assert not marking.in_bulk
    (verdict,) = marking.judge_all(["No!"])
    assert [part.feature for part in verdict.contributions] == ["shout.mark"]
