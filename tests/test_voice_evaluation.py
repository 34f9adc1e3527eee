"""The hearing against voices that people marked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from framing.cli import main
from framing.datasets import load
from framing.errors import DataError
from framing.text import Voice
from framing.voice_evaluation import Marked, Tally, compare, digest, errors, read_marks

MARKS = Path(__file__).resolve().parents[1] / "datasets" / "voices" / "annotations.tsv"
HEADER = [
    "set",
    "id",
    "sha256",
    "stratum",
    "kind",
    "start",
    "end",
    "speaker_start",
    "speaker_end",
    "source",
    "doubt",
]
SAID = "Dara Orlan said the pier was closed."
CLAUSE = Voice(16, 35, "attributed", (0, 10), "named")


def write(path: Path, *rows: str) -> Path:
    lines = ["\t".join(HEADER), *(row.replace(" ", "\t") for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_marks_are_read_by_sentence(tmp_path: Path) -> None:
    path = write(
        tmp_path / "marks.tsv",
        "gazette g1 00 verbs attributed 16 35 0 10 named ",
        "gazette g1 00 verbs quotation 20 24    1",
        "gazette g2 01 none none      ",
    )
    assert read_marks(path) == [
        Marked("gazette", "g1", "00", "verbs", (CLAUSE, Voice(20, 24, "quotation"))),
        Marked("gazette", "g2", "01", "none", ()),
    ]


@pytest.mark.parametrize(
    ("row", "line"), [("gazette g1 00 verbs", 2), ("gazette g1 00 verbs attributed x 3    ", 2)]
)
def test_a_malformed_mark_is_told_by_line(row: str, line: int, tmp_path: Path) -> None:
    path = write(tmp_path / "marks.tsv", row)
    with pytest.raises(DataError, match=re.escape(f"{path}:{line}: ")):
        read_marks(path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "marks.tsv"
    path.write_text("id\ttext\n", encoding="utf-8")
    with pytest.raises(DataError, match="the columns must be set, id"):
        read_marks(path)
    with pytest.raises(DataError, match="cannot read"):
        read_marks(tmp_path / "none.tsv")


def test_the_same_is_right_in_every_measure() -> None:
    found = compare([(SAID, [CLAUSE])])
    assert found["words"] == Tally(4, 4, 4)
    for name in ("spans", "attributed", "speakers", "sources"):
        assert found[name] == Tally(1, 1, 1), name
    assert found["quotation"] == Tally(0, 0, 0)
    assert found["quotation"].f1 == found["quotation"].recall == 1.0


def test_a_span_too_long_costs_precision() -> None:
    found = compare([(SAID, [CLAUSE._replace(start=20)])])
    assert (found["words"], found["spans"]) == (Tally(3, 4, 3), Tally(0, 1, 1))


def test_closing_punctuation_is_nobodys() -> None:
    assert compare([(SAID, [CLAUSE._replace(end=36)])])["spans"] == Tally(1, 1, 1)


def test_a_source_of_another_kind_is_no_source_found() -> None:
    found = compare([(SAID, [CLAUSE._replace(source="vague", speaker=(5, 10))])])
    assert (found["speakers"], found["sources"]) == (Tally(1, 1, 1), Tally(0, 1, 1))


def test_scare_quotes_are_the_authors_words() -> None:
    text = "The “reform” cost them their jobs."
    found = compare([(text, [Voice(4, 12, "scare")])])
    assert (found["words"], found["scare"]) == (Tally(0, 0, 0), Tally(1, 1, 1))


def test_errors_count_words() -> None:
    marks = [Marked("gazette", "g1", digest(SAID), "verbs", (CLAUSE._replace(start=20),))]
    assert errors(marks, {digest(SAID): SAID}) == [(marks[0], 1, 0)]
    assert errors(marks, {}) == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "newssd_eng"
    folder.mkdir()
    for split, text in (("train", SAID), ("dev", "It rained.")):
        (folder / f"{split}.tsv").write_text(f"text\tlabel\n{text}\t0\n", encoding="utf-8")
    return tmp_path


def test_command_shows_the_measures(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(
        home / "marks.tsv",
        f"newssd-eng g1 {digest(SAID)} verbs attributed 20 35 0 10 named ",
        f"newssd-eng g2 {digest('It rained.')} none none      ",
    )
    asked = ["evaluate", "--voices", str(path), "--data-home", str(home)]
    assert main(asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "voices: 2 sentences, 1 of them with words heard wrongly"
    assert lines[1] == "  words       P 0.750  R 1.000  F1 0.857  found     4  marked     3"
    assert "stratum none" in lines
    assert main([*asked, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)["voices"]
    assert report["wrong"] == [["newssd-eng", "g1", 1, 0]]
    assert report["measures"]["words"]["found"] == 4
    assert list(report["strata"]) == ["none", "verbs"]


def test_command_refuses_other_sentences(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(home / "marks.tsv", "newssd-eng g1 00 verbs attributed 20 35    ")
    assert main(["evaluate", "--voices", str(path), "--data-home", str(home)]) == 2
    assert "1 sentences, the first g1, are not in newssd-eng" in capsys.readouterr().err


# The marks that ship


def test_marks_are_well_formed() -> None:
    for one in read_marks(MARKS):
        assert re.fullmatch(r"[0-9a-f]{16}", one.digest)
        assert one.stratum in {"quotes", "verbs", "none"}
        for voice in one.voices:
            assert voice.kind in {"quotation", "attributed", "mention", "scare"}
            assert 0 <= voice.start < voice.end
            assert (voice.source is None) == (voice.speaker is None)
            assert voice.source in {"named", "unnamed", "vague", None}


def test_marks_lie_on_the_sentences_that_were_fetched() -> None:
    read = read_marks(MARKS)
    for name in {one.data for one in read}:
        try:
            known = {digest(text): text for text in load(name)["text"]}
        except DataError:
            pytest.skip("this set was not fetched here")
        for one in (one for one in read if one.data == name):
            text = known[one.digest]
            for voice in one.voices:
                span = text[voice.start : voice.end]
                assert span and span == span.strip()


def test_card_counts_the_marks() -> None:
    read = read_marks(MARKS)
    card = (MARKS.parent / "card.md").read_text(encoding="utf-8")
    for name in {one.data for one in read}:
        strata = [one.stratum for one in read if one.data == name]
        counts = [len(strata), *map(strata.count, ("quotes", "verbs", "none"))]
        assert f"| `{name}` | {' | '.join(map(str, counts))} |" in card
    voices = [voice for one in read for voice in one.voices]
    for kind in ("quotation", "attributed", "mention", "scare"):
        spoken = [voice for voice in voices if voice.kind == kind]
        speakers = sum(voice.speaker is not None for voice in spoken)
        assert f"| `{kind}` | {len(spoken)} | {speakers} |" in card
    assert f"| `none` | {sum(not one.voices for one in read)} | 0 | 0 |" in card
    register = (MARKS.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"| {len(read)} sentences |" in register
