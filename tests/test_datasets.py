"""Data sets by name, read from a folder and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpora import table, write_corpora

from framing.datasets import NAMES, data_home, load
from framing.datasets.formats.checkthat import SPLITS, YEARS
from framing.errors import DataError

ROOT = Path(__file__).resolve().parents[1]
SIZES = {
    "babe-opinion-dev": 19,
    "mpqa-writer-dev": 20,
    "newssd-eng": 85,
    "newssd-eng-test": 30,
    "open-voice": 48,
    "ours": 26,
    **dict.fromkeys(["babe", "basil", "mpqa", "subj"], 20),
    **{f"checkthat-{year}-{split}": 20 for year in YEARS for split in SPLITS},
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_corpora(tmp_path)


def test_every_set_is_tried_here() -> None:
    assert sorted(NAMES) == sorted(SIZES)


@pytest.mark.parametrize("name", NAMES)
def test_columns_and_types(name: str, home: Path) -> None:
    frame = load(name, home)
    assert list(frame.columns)[:4] == ["text", "label", "group", "source"]
    assert len(frame) == SIZES[name]
    assert frame.index.tolist() == list(range(len(frame)))
    assert set(frame["label"]) == {0, 1}
    assert all(isinstance(text, str) and text for text in frame["text"])
    assert all(isinstance(group, str) and group for group in frame["group"])
    assert set(frame["source"]) == {name}


def test_neighbours_of_newssd_share_a_group_and_splits_do_not(home: Path) -> None:
    groups = load("newssd-eng", home)["group"]
    assert groups[:10].nunique() == 1
    assert groups[9] != groups[10]
    assert groups.nunique() == 6 + 3
    assert set(groups).isdisjoint(load("newssd-eng-test", home)["group"])


def test_articles_of_open_voice_are_named_with_their_source(home: Path) -> None:
    # The numbers are all digits here: an id is never read as a number.
    assert set(load("open-voice", home)["group"]) == {f"gazette/{100 + n}" for n in range(8)}


def test_both_sentences_of_a_pair_share_a_group(home: Path) -> None:
    frame = load("ours", home)
    assert frame[frame["group"] == "p1"]["label"].tolist() == [0, 1]


def test_mpqa_takes_the_writers_label(home: Path) -> None:
    assert load("mpqa-writer-dev", home)["label"].mean() == 0.5


def test_babe_leaves_out_sentences_without_a_label(home: Path) -> None:
    assert "b0" not in set(load("babe-opinion-dev", home)["group"])


def test_text_stays_as_it_stands(tmp_path: Path) -> None:
    texts = ['A “scare” quote " alone', "NA", "007", " blank ", "a\\tb", "#hash", "1,5 €"]
    table(
        tmp_path / "mpqa_writer" / "dev.tsv",
        "id,text,label_writer,article_id",
        *((n, text, n % 2, "x") for n, text in enumerate(texts)),
    )
    assert load("mpqa-writer-dev", tmp_path)["text"].tolist() == texts


def test_our_own_sets_are_found_in_the_checkout(tmp_path: Path) -> None:
    frame = load("ours", tmp_path)
    rows = (ROOT / "datasets" / "ours" / "articles.tsv").read_text(encoding="utf-8").splitlines()
    assert len(frame) > len(rows) - 1
    assert frame["group"].nunique() > 50


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ours"])
def test_a_missing_file_names_the_remedy(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load(name, tmp_path)
    for part in (name, str(tmp_path), "datasets/README.md", "--data-home", ".tsv"):
        assert part in str(raised.value)


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(DataError, match=r"no data set 'gazette'; there are .*open-voice"):
        load("gazette")


@pytest.mark.parametrize(
    ("header", "row", "what"),
    [
        ("id,text,article_id", ("1", "It rained.", "a"), "no column 'label_writer'"),
        ("id,label_writer,article_id", ("1", "1", "a"), "no column 'text'"),
        ("id,text,label_writer,article_id", ("1", "It rained.", "yes", "a"), "'yes'"),
        ("id,text,label_writer,article_id", ("1", "It rained.", "2", "a"), "neither 1"),
    ],
    ids=["no label", "no text", "a word", "another number"],
)
def test_a_wrong_table_is_refused(
    header: str, row: tuple[str, ...], what: str, tmp_path: Path
) -> None:
    table(tmp_path / "mpqa_writer" / "dev.tsv", header, row)
    with pytest.raises(DataError, match="mpqa-writer-dev") as raised:
        load("mpqa-writer-dev", tmp_path)
    assert what in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"id\ttext\n\xff\xfe\t\n", b"a\tb\n1\t2\t3\t4\n"])
def test_what_is_no_table_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mpqa_writer" / "dev.tsv"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DataError, match="mpqa-writer-dev"):
        load("mpqa-writer-dev", tmp_path)


def test_home_is_the_argument_then_the_environment_then_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRAMING_DATA", str(tmp_path / "set"))
    assert data_home(tmp_path) == tmp_path
    assert data_home() == tmp_path / "set"
    monkeypatch.delenv("FRAMING_DATA")
    assert data_home() == Path.home() / ".cache" / "framing"


def test_the_environment_names_the_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_DATA", str(home))
    assert len(load("open-voice")) == SIZES["open-voice"]
