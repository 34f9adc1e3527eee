"""Parsers of the public corpora, on small files in the formats as published."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import VOICES, open_voice, write_published, zip_of

from framing.datasets.formats import babe, basil, checkthat, mpqa, newssd, subj
from framing.datasets.formats import open_voice as voice
from framing.errors import DataError


@pytest.fixture
def published(tmp_path: Path) -> Path:
    write_published(tmp_path)
    return tmp_path


def cells(table: pd.DataFrame, *names: str) -> list[list[Any]]:
    found: list[list[Any]] = table[list(names)].to_numpy().tolist()
    return found


def test_newssd(published: Path) -> None:
    tables = newssd.parse(published / "newssd-eng")
    assert list(tables) == ["train", "dev", "test"]
    assert tables["dev"].to_numpy().tolist() == [
        ["newssd-en-val-0", 'The "reform" is a farce, and it shows.', 1, "False"],
        ["newssd-en-val-1", "The council voted on Monday.", 0, "True"],
    ]


def test_checkthat_takes_quotation_marks_of_csv_off_and_leaves_others(published: Path) -> None:
    tables = checkthat.parse(published / "checkthat")
    assert len(tables) == 9
    assert cells(tables["2024-test"], "text", "label", "group") == [
        ['The "reform" is a farce.', 1, "checkthat-2024-test-0"],
        ['"It is over," he said.', 0, "checkthat-2024-test-0"],
        ['He said: "It is over."', 0, "checkthat-2024-test-0"],
    ]


def test_babe_keeps_what_the_experts_agreed_on(published: Path) -> None:
    table = babe.parse(published / "babe")["babe"]
    assert cells(table, "id", "text", "label", "group", "outlet", "topic", "leaning") == [
        [
            "babe_sg2-0",
            "It rained in Tarrow.",
            0,
            "https://a.example/1",
            "Gazette",
            "weather",
            "center",
        ],
        [
            "babe_sg2-1",
            'A "shameful" plan; the worst.',
            1,
            "https://a.example/2",
            "Herald",
            "pier",
            "left",
        ],
    ]


def test_basil_counts_lexical_bias_outside_quotations(published: Path) -> None:
    table = basil.parse(published / "basil")["basil"]
    assert cells(table, "id", "label", "informational", "quoted") == [
        [f"{article}#{n}", label, informational, quoted]
        for article in ("2_fox", "10_nyt")
        for n, label, informational, quoted in [(0, 1, 0, 0), (1, 0, 0, 0), (2, 0, 1, 1)]
    ]
    assert table["text"][0] == "The mayor ranted again."
    assert set(table["outlet"]) == {"fox", "nyt"}


def test_mpqa_tells_the_writers_opinion_from_a_sources(published: Path) -> None:
    table = mpqa.parse(published / "mpqa")["mpqa"]
    names = ["id", "text", "label", "label_any", "label_source_only", "group"]
    assert cells(table, *names) == [
        ["20010101/a-1#0", "The café shut.", 0, 0, 0, "20010101/a-1"],
        ["20010101/a-1#1", "A shameful end!", 1, 1, 0, "20010101/a-1"],
        ["20010101/a-1#2", "It was “vile”, Orlan said.", 0, 1, 1, "20010101/a-1"],
    ]


def test_subj(published: Path) -> None:
    table = subj.parse(published / "subj")["subj"]
    assert cells(table, "id", "label", "group") == [
        ["quote-0", 1, "quote-0"],
        ["plot-0", 0, "plot-0"],
        ["plot-2", 0, "plot-0"],
    ]
    assert table["text"][0].startswith("a café of a film")


@pytest.mark.parametrize(
    ("parser", "folder", "file", "content", "what"),
    [
        (newssd, "newssd-eng", "train.csv", b"text,label\n", "train.csv:1: no columns"),
        (newssd, "newssd-eng", "val.csv", b"Sentence,Label\nA,MAYBE\n", "val.csv:2: the label"),
        (newssd, "newssd-eng", "test.csv", b"\xff\xfe", "test.csv: cannot read"),
        (checkthat, "checkthat", "2023-dev.tsv", b"id\n", "2023-dev.tsv:1: the columns"),
        (
            checkthat,
            "checkthat",
            "2025-test.tsv",
            b"sentence_id\tsentence\tlabel\na\tb\n",
            "2025-test.tsv:2: not 3 cells",
        ),
        (babe, "babe", "final_labels_SG2.csv", b"text;outlet\n", "no column news_link"),
        (basil, "basil", "emnlp19-BASIL.zip", zip_of({"a.txt": b""}), "there is no article"),
        (
            basil,
            "basil",
            "emnlp19-BASIL.zip",
            zip_of({"data/1_fox.json": b'{"body": [{}]}'}),
            "1_fox.json: not an article of BASIL",
        ),
        (mpqa, "mpqa", "database.mpqa.1.2.tar.gz", zip_of({"a": b""}), "no annotations"),
        (
            mpqa,
            "mpqa",
            "database.mpqa.1.2.tar.gz",
            zip_of({"man_anns/a/b/gatesentences.mpqa.1.2": b"1\tx\n"}),
            "gatesentences.mpqa.1.2:1: not an annotation",
        ),
        (
            mpqa,
            "mpqa",
            "database.mpqa.1.2.tar.gz",
            zip_of({"man_anns/a/b/gatesentences.mpqa.1.2": b"1\t0,1\tstring\tGATE_sentence\n"}),
            "the annotations of a/b have no text",
        ),
        (subj, "subj", "rotten_imdb.tar.gz", zip_of({"a": b""}), "there is no plot"),
        (subj, "subj", "rotten_imdb.tar.gz", b"<html>", "not a zip or tar archive"),
    ],
)
def test_another_format_is_refused_by_place(
    parser: Any, folder: str, file: str, content: bytes, what: str, published: Path
) -> None:
    path = published / folder / file
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        parser.parse(path.parent)
    assert what in str(raised.value)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_any_sentence_survives_its_csv(
    tmp_path_factory: pytest.TempPathFactory, sentences: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    for split in ("train", "val", "test"):
        with (folder / f"{split}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([("Sentence", "Label"), *((text, "OBJ") for text in sentences)])
    found = newssd.parse(folder)["dev"]["text"].tolist()
    assert found == [" ".join(text.split()) for text in sentences]


# Open voice: labels laid on texts


@pytest.fixture
def voices(tmp_path: Path) -> tuple[Path, Path]:
    labels = tmp_path / "checkout" / "labels.tsv"
    open_voice(tmp_path / "original", labels)
    return tmp_path / "original", labels


def test_open_voice_finds_sentences_by_length_and_hash(voices: tuple[Path, Path]) -> None:
    table = voice.parse(*voices)["annotated"]
    names = ["id", "source", "article_id", "n", "text"]
    # The repost is left out: its licence is somebody else's.
    assert cells(table, *names) == [list(row[:5]) for row in VOICES if row[0] != "ov00003"]
    assert table["label"].tolist() == ["0", "1", "1", "0", "0", "0"]


def test_open_voice_says_which_sentence_is_not_there(
    voices: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, labels = voices
    path = folder / "GrimmerSenatePressReleases" / "raw" / "A" / "1.txt"
    path.write_text("The senator spoke elsewhere.", encoding="utf-8")
    with pytest.raises(DataError, match=r"1 sentences .* the first ov00005 in raw/A/1\.txt"):
        voice.parse(folder, labels)
    path.unlink()
    path.write_text("WASHINGTON -- The senator spoke.", encoding="utf-8")
    monkeypatch.setattr(voice, "_MOST_LOST", 0.2)
    (folder / "18f.gsa.gov" / "posts" / "1.md").write_text("It is a `shame`, we think.")
    tables = voice.parse(folder, labels)
    assert len(tables["annotated"]) == 5
    assert cells(tables["missing"], "id", "article_id") == [["ov00000", "posts/1.md"]]
    path.unlink()
    with pytest.raises(DataError, match=r"1\.txt: cannot read"):
        voice.parse(folder, labels)


def test_open_voice_reads_what_is_not_utf8(voices: tuple[Path, Path]) -> None:
    folder, labels = voices
    path = folder / "GrimmerSenatePressReleases" / "raw" / "A" / "1.txt"
    path.write_bytes(b"\x93WASHINGTON -- The senator spoke. \x94")
    assert "ov00005" in set(voice.parse(folder, labels)["annotated"]["id"])


def test_open_voice_wants_its_masc_document(voices: tuple[Path, Path]) -> None:
    folder, labels = voices
    archive = folder / "nltk_data" / voice.MASC
    archive.write_bytes(zip_of({"masc_tagged/data/written/other.txt": b"A_DT"}))
    with pytest.raises(DataError, match=r"there is no post\.txt in it"):
        voice.parse(folder, labels)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("labels.tsv", "id\tsource\nov1\tx\n"),
        ("labels.tsv", "id\tsource\tarticle_id\tn\tlength\tsha256\tlabel\tconfidence\n1\tx\t"
                       "a\t1\t1\t00\t0\t3\n"),
        ("spaces.tsv", "id\tlengths\nov00004\tlong\n"),
    ],
)  # fmt: skip
def test_malformed_labels_are_told(file: str, content: str, voices: tuple[Path, Path]) -> None:
    folder, labels = voices
    labels.with_name(file).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=file):
        voice.parse(folder, labels)


def test_the_labels_that_ship_are_read() -> None:
    rows = voice.labels()
    assert len(rows) > 8_000
    assert {row.source for row in rows} == set(voice.HOMES)
