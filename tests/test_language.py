"""What is no English and no prose is set aside; what is both is left alone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from framing import analyze
from framing.cli import main
from framing.language import is_english, set_aside, speaks
from framing.text import JUDGED, Document, Sentence, tokenise

HERE = Path(__file__).parent
ROOT = HERE.parent
CORPORA = ROOT.parent / "shared" / "data"
CASES = [
    tuple(line.split("\t"))
    for line in (HERE / "cases" / "languages.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
GERMAN = " ".join(text for language, text in CASES if language == "de")


def kinds(*texts: str) -> list[str]:
    return [one.kind for one in set_aside(Document("", sentences=tuple(map(Sentence, texts))))]


def alone(text: str) -> str:
    return kinds(text)[0]


def english(*names: str) -> list[str]:
    return [
        line.split("\t")[-1]
        for name in names
        for line in (ROOT / "datasets" / "ours" / name).read_text(encoding="utf-8").splitlines()[1:]
    ]


def surely_english(text: str) -> bool:
    raw = tokenise(text).raw
    closed, odd, letters = (
        sum(column) for column in zip((0, 0, 0), *map(speaks, raw), strict=True)
    )
    return is_english(closed, odd, letters, len(raw), len(text))


# two ways of telling


@given(
    st.one_of(
        TEXTS,
        st.lists(
            st.one_of(
                st.sampled_from([text for _, text in CASES]),
                st.sampled_from(["the", "of", "and", "Port Halest", "{", "x_1", "1,250.5", "= 3"]),
            ),
            max_size=8,
        ).map(" ".join),
    )
)
def test_what_sums_tell_is_what_the_sentence_tells(text: str) -> None:
    if surely_english(text):
        assert alone(text) == "prose"


def test_sums_tell_nearly_all_of_our_articles() -> None:
    texts = english("articles.tsv")
    assert sum(map(surely_english, texts)) > 0.9 * len(texts)


# other languages


def test_most_sentences_of_other_languages_are_told_alone() -> None:
    assert len(CASES) > 100
    assert len({language for language, _ in CASES}) > 40
    told = sum(alone(text) == "not English" for _, text in CASES)
    assert told >= 0.92 * len(CASES)


def test_in_a_document_of_its_language_hardly_any_is_missed() -> None:
    documents = defaultdict(list)
    for language, text in CASES:
        documents[language].append(text)
    told = sum(kinds(*texts).count("not English") for texts in documents.values())
    assert told >= 0.97 * len(CASES)


@pytest.mark.parametrize("language", ["ar", "el", "he", "hi", "ja", "ko", "ru", "ta", "th", "zh"])
def test_another_script_is_always_told(language: str) -> None:
    texts = [text for one, text in CASES if one == language]
    assert texts
    assert {alone(text) for text in texts} == {"not English"}


def test_a_name_follows_its_document() -> None:
    name = "Halest Orlan"
    assert alone(name) == "prose"
    assert kinds(name, "Das ist eine Schande.", "Es ist nicht wahr.")[0] == "not English"
    assert kinds(name, "It is a shame.", "This is not true.")[0] == "prose"


def test_english_in_a_foreign_document_is_judged() -> None:
    found = kinds("Das ist eine Schande.", "This is what they said about it.", "Es ist nicht wahr.")
    assert found == ["not English", "prose", "not English"]


def test_a_foreign_sentence_in_an_english_document_is_not() -> None:
    found = kinds("This is what they said.", "Das ist eine Schande.", "And that was all of it.")
    assert found == ["prose", "not English", "prose"]


# English


@pytest.mark.parametrize(
    "text",
    [
        "Storm Hits Port Halest",
        "Crews battle blaze",
        "Police seize weapons",
        "SHAME ON THEM",
        "Maren.",
        "Why?",
        "War is war.",
        "More, more, more!",
        "The Partei für Arbeit und Umwelt won.",
        "She met Juan de la Cruz at the Teatro de las Artes.",
        "“C'est la vie,” he said.",
        "A naïve café owner paid €4.50.",
        "Shares rose 3.4% to $1,234.50 on 12 May.",
        "U.S. officials on Monday: 7 dead, 31 hurt",
        "Don’t.",
    ],
)
def test_english_that_looks_otherwise(text: str) -> None:
    assert alone(text) == "prose"


def test_our_articles_are_english() -> None:
    texts = english("articles.tsv", "pairs.tsv")
    assert len(texts) > 1900
    assert [text for text in texts if alone(text) != "prose"] == []


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout")
@pytest.mark.parametrize(
    "name", ["mpqa-writer-dev", "open-voice", "babe-opinion-dev", "newssd-eng", "newssd-eng-test"]
)
def test_english_news_is_english(name: str) -> None:
    from framing.datasets import load

    frame = load(name, CORPORA)
    for _, texts in frame.groupby("group")["text"]:
        assert "not English" not in kinds(*texts)
    # One by one, without a document to follow: fewer than one in a thousand.
    wrong = sum(alone(text) == "not English" for text in frame["text"])
    assert wrong < 0.001 * len(frame) or wrong <= 1


# no prose


@pytest.mark.parametrize(
    "text",
    [
        '{"port": "Halest", "votes": [7, 2]}',
        "x = y + 2",
        "if (a && b) { c(); }",
        "2020-01-02,13.4,15,ABC",
        "12 31 44 1,250 7 7 9",
        '<div class="story"><p>Halest</p></div>',
        "| 7 | 2 | 31 |",
    ],
)
def test_no_prose(text: str) -> None:
    assert alone(text) == "not prose"


def test_what_is_told_already_stays() -> None:
    byline = Sentence("Von Jane Roe und Bo Ek", kind="byline")
    document = Document("", sentences=(byline, Sentence("Das ist eine Schande.")))
    assert [one.kind for one in set_aside(document)] == ["byline", "not English"]


def test_a_document_that_is_all_prose_is_returned_as_it_is() -> None:
    document = Document("", sentences=(Sentence("It rained on Monday."),))
    assert set_aside(document) is document
    assert set_aside(Document("")) == Document("")


@given(st.lists(st.text(min_size=1), max_size=6))
def test_any_text_is_told(texts: list[str]) -> None:
    document = Document("", sentences=tuple(map(Sentence, texts)))
    after = set_aside(document)
    assert [one.text for one in after] == texts
    assert {one.kind for one in after} <= JUDGED | {"not English", "not prose"}


# what is seen of it


def test_nothing_is_judged_that_is_not_known() -> None:
    analysis = analyze(f"{GERMAN}\n\nIt is a shameful plan, and they know it.")
    assert [one.label for one in analysis][:-1] == [None] * (len(analysis) - 1)
    assert analysis[-1].label == "editorial"


def test_check_refuses_what_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "entwurf.txt"
    draft.write_text(GERMAN, encoding="utf-8")
    assert main(["check", str(draft)]) == 2
    told = capsys.readouterr()
    assert f"{draft}: nothing to judge, it is not English; skipped 7 (7 not" in told.err
    assert told.out == ""


def test_check_says_when_it_knows_only_a_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "mixed.txt"
    draft.write_text(f"{GERMAN}\n\nThe council voted 7 to 2 on Monday.\n", encoding="utf-8")
    assert main(["check", str(draft)]) == 0
    assert "checked 1 sentence in 1 file; skipped 7 (7 not English)" in capsys.readouterr().err


def test_explain_shows_the_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "mixed.txt"
    draft.write_text("Das ist eine Schande.\n\nIt rained on Monday.\n", encoding="utf-8")
    assert main(["explain", str(draft)]) == 0
    assert "1:1  not English, not judged" in capsys.readouterr().out
