"""Folded scores are the explained scores, whatever the sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.evidence import Evidence, Extractor, extractor
from framing.extraction import Extraction
from framing.extractors import BUILTIN
from framing.folding import Folded
from framing.lexicon import phrases
from framing.model import LinearModel
from framing.text import Sentence
from framing.voice import sentence_of

OURS = Path(__file__).resolve().parents[1] / "datasets" / "ours"
LEARNED = ("let us", "the", "of the", "^ it", "is", "not", "we", "said on", "that")


def features() -> list[str]:
    """Every feature that a lexicon names, and some that shapes, measures and voices have."""
    named = {name for one in BUILTIN if one.lexicon for name in one.lexicon.features}
    others = {
        "facticity.number",
        "facticity.name",
        "quoted.evaluation",
        "quoted.stance",
        "rhetoric.question_mark",
        "sourcing.quotation",
        "sourcing.attributed",
        "sourcing.any_quotation",
        "sourcing.scare",
        "sourcing.speaker.named",
        "surface.comma",
        "surface.length",
        "surface.suffix_ly",
    }
    return sorted(named | others | {f"wording.{phrase}" for phrase in LEARNED})


@cache
def model() -> LinearModel:
    """Every feature has a weight of its own, so that no two mistakes cancel out."""
    weights = {
        name: (-1) ** number * (0.01 + 0.0137 * number) for number, name in enumerate(features())
    }
    known = {one.name: "" if one.learned else one.digest for one in BUILTIN}
    del known["readability"]  # costs a second to import and has no phrases
    return LinearModel(weights, -0.7, extractors=known)


def same(text: str, judge: LinearModel | None = None) -> None:
    judge = judge or model()
    explained = judge.judge(sentence_of(text)).score
    assert explained is not None
    assert abs(judge.scores([text])[0] - explained) <= 1e-9


@cache
def lexicon_phrases() -> tuple[list[str], list[str]]:
    """Return all phrases, and those that are hard: tied, blocking, or with a gap."""
    rows = [row.split("\t") for one in BUILTIN if one.lexicon for row in one.lexicon.rows]
    hard = [row[0] for row in rows if row[1] == "-" or "*" in row[0] or row[0].startswith("^")]
    return [row[0] for row in rows], hard


def pieces() -> st.SearchStrategy[str]:
    whole, hard = lexicon_phrases()
    phrase = st.one_of(st.sampled_from(whole), st.sampled_from(hard)).map(
        lambda one: one.removeprefix("^ ")
    )
    filled = st.builds(
        lambda one, word: one.replace("*", word),
        phrase,
        st.sampled_from(["very", "the", "*", "“", "shameful", "Orlan", "not"]),
    )
    begun = st.builds(lambda one, size: " ".join(one.split(" ")[:size]), filled, st.integers(1, 4))
    odd = st.sampled_from(
        [
            *["“", "”", '"', "'", "’", "‘", "(", ")", ",", ".", "...", "…", "?", "!", ";", "—"],
            *["*", "^", "-", "--", "US", "IT", "WHO", "NASA", "I", "1,250", "5", "%", "\n"],
            *["Dara Orlan", "Port Halest", "İ", "e\u0301", "🎉", "\ud800", "\u200b", "\x1c"],
            *["he said", "said Bo Ek", "critics say", "according to", "so-called", "told", "that"],
        ]
    )
    cased = st.builds(
        lambda change, one: change(one),
        st.sampled_from([str, str, str, str.capitalize, str.title, str.upper]),
        st.one_of(filled, filled, begun, odd),
    )
    return cased


SENTENCES = st.builds(
    lambda parts, gap, change: change(gap.join(parts)),
    st.lists(pieces(), max_size=12),
    st.sampled_from([" ", " ", " ", "  ", ""]),
    st.sampled_from([str, str, str, str.title]),
)


@settings(max_examples=400, deadline=None)
@given(SENTENCES)
# A star in the text is no gap, and a caret no beginning.
@example("Opponents at least * children that is not a disgrace.")
@example("how can * have * lost")
@example("It is ^ could it really be ^ does it")
@example("* ^ * ^")
@example("He said that")
@example("- a pier -")
# A window of phrases that begin inside each other, in two voices.
@example("“It is a war of words,” critics say, and a war of words it is.")
@example("Shameful, Shameful Plan Is a Disgrace")
def test_sentences_of_phrases(text: str) -> None:
    same(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_hostile_texts(text: str) -> None:
    same(text)


def test_our_own_articles_and_pairs() -> None:
    count = 0
    for name in ("articles.tsv", "pairs.tsv"):
        header, *rows = (OURS / name).read_text(encoding="utf-8").splitlines()
        at = header.split("\t").index("text")
        for row in rows:
            same(row.split("\t")[at])
            count += 1
    assert count > 700


def test_the_order_of_sentences_does_not_matter() -> None:
    # What is remembered of a token must not depend on where it was met first.
    texts = ["Hope is not a plan.", "He met Hope, and hope died.", "HOPE", "“Hope,” he said."]
    fresh = [model().replace(base=-0.7).scores([text])[0] for text in texts]
    assert model().scores(texts[::-1])[::-1] == fresh
    assert model().scores(texts) == fresh


# competition, in words that can be followed by hand

ROWS = {
    "a": (("war", "a.w"), ("war of words", "a.wow"), ("of words", "a.ow"), ("end", "a.end")),
    "b": (("of", "b.of"), ("words end", "b.we"), ("war * words", "b.gap")),
    "c": (("of words", "-"), ("words", "c.w")),
    "d": (("war", "d.w"), ("war of", "d.wo"), ("words end", "d.we")),
}
WEIGHTS = {
    feature: float(2**number)
    for number, feature in enumerate(
        sorted({feature for rows in ROWS.values() for _, feature in rows} - {"-"})
    )
}
TINY = Extraction(
    Extractor(
        name,
        {f"{name}.*": ""},
        lexicon=phrases(name, ()).replace(
            rows=tuple(sorted(f"{phrase}\t{feature}\t" for phrase, feature in rows))
        ),
        overlapping=name == "d",
        opinion=name in "ac",
        quoted=name == "b",
    )
    for name, rows in ROWS.items()
)


def explained(extraction: Extraction, text: str) -> float:
    marks = extraction.evidence(sentence_of(text))
    return sum(WEIGHTS.get(mark.feature, 0.0) * mark.value for mark in marks)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.sampled_from(["war", "of", "words", "end", "War", "Words", "x", ",", "“", "”", "*"]),
        max_size=10,
    ).map(" ".join)
)
@example("war of words end")
@example("war war of words of words end")
def test_phrases_that_compete(text: str) -> None:
    # Weights are powers of two: equal sums are equal marks, up to how often.
    assert Folded(TINY, WEIGHTS, 0.0).scores([text])[0] == explained(TINY, text)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("x war x", ["a.w", "d.w"]),
        ("x war of x", ["a.w", "b.of", "d.w", "d.wo"]),
        # "of words" keeps "words" from counting, not "war of words", which is no phrase inside it
        ("x war of words", ["b.gap", "d.w", "d.wo", "a.wow"]),
    ],
)
def test_competition_by_hand(text: str, marks: list[str]) -> None:
    assert sorted(mark.feature for mark in TINY.evidence(Sentence(text))) == sorted(marks)
    assert Folded(TINY, WEIGHTS, 1.0).scores([text])[0] == 1.0 + sum(
        WEIGHTS[name] for name in marks
    )


def test_functions_of_the_sentence_are_asked_too() -> None:
    @extractor("shout", {"shout.mark": "exclamation marks per sentence; source: style 4"})
    def shout(sentence: Sentence) -> list[Evidence]:
        """Find exclamation marks."""
        return [
            Evidence(at, at + 1, "shout.mark", 0.5)
            for at, one in enumerate(sentence.text)
            if one == "!"
        ]

    folded = Folded(Extraction([shout]), {"shout.mark": 3.0}, 1.0)
    assert folded.scores(["No! Never!"])[0] == 4.0
    assert folded.scores(["“No!” said Dara Orlan."])[0] == 1.0


def test_an_interrupted_call_leaves_nothing_half_remembered() -> None:
    @extractor("shout", {"shout.mark": "exclamation marks per sentence; source: style 4"})
    def shout(sentence: Sentence) -> list[Evidence]:
        """Fail where somebody shouts."""
        if "!" in sentence.text:
            raise KeyboardInterrupt
        return []

    folded = Folded(Extraction([shout, *TINY.extractors]), WEIGHTS, 0.0)
    with pytest.raises(KeyboardInterrupt):
        folded.scores(["War!"])
    assert folded.scores(["x war of words"]) == Folded(TINY, WEIGHTS, 0.0).scores(
        ["x war of words"]
    )


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Hall{number} is a war of words {number}." for number in range(50)]
    expected = model().replace(base=0.0).scores(texts)
    monkeypatch.setattr("framing.folding._REMEMBERED", 10)
    monkeypatch.setattr("framing.folding._BATCH", 7)
    assert model().replace(base=0.0).scores(texts) == expected


def test_no_tokens_is_the_base() -> None:
    assert Folded(TINY, WEIGHTS, 0.25).scores([""])[0] == 0.25
    assert Folded(TINY, WEIGHTS, 0.25).scores([" \n\u200b"])[0] == 0.25
