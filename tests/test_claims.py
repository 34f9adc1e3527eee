"""Claims: who says what, where exactly, and what is concluded about the source."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings

from framing.analysis import analyze
from framing.claims import COLUMNS, Claim, Claims
from framing.cli import main
from framing.model import LinearModel
from framing.reports.claims import as_csv, as_text

MODEL = LinearModel({}, -1.0)


def claims(text: str) -> Claims:
    return analyze(text, model=MODEL).claims()


def one(text: str) -> Claim:
    [found] = claims(text)
    return found


@pytest.mark.parametrize(
    ("text", "speaker", "source", "verb", "form", "words"),
    [
        (
            "“It failed,” said Ada Crane.",
            "Ada Crane",
            "named",
            "said",
            "quoted",
            "“It failed,”",
        ),
        (
            "The mayor said the pier would be “a disgrace” by May.",
            "The mayor",
            "unnamed",
            "said",
            "mixed",
            "the pier would be “a disgrace” by May",
        ),
        (
            "The pier is unsafe, according to critics.",
            "critics",
            "vague",
            "according to",
            "paraphrased",
            "The pier is unsafe",
        ),
        (
            "Her lawyer, Otto Vale, said the pier was sound.",
            "Otto Vale",
            "named",
            "said",
            "paraphrased",
            "the pier was sound",
        ),
        (
            "Perhaps the mayor hoped that the pier would stand.",
            "the mayor",
            "unnamed",
            "hoped",
            "paraphrased",
            "the pier would stand",
        ),
    ],
)
def test_one_statement(
    text: str, speaker: str, source: str, verb: str, form: str, words: str
) -> None:
    found = one(text)
    assert (found.speaker, found.source, found.verb) == (speaker, source, verb)
    assert (found.form, found.text, found.resolved) == (form, words, False)
    assert text[found.start : found.end] == words


def test_a_quotation_in_two_pieces_is_one_claim() -> None:
    text = "“It failed,” said Ada Crane, “and it will fail again.”"
    found = one(text)
    assert [text[start:end] for start, end in found.spans] == [
        "“It failed,”",
        "“and it will fail again.”",
    ]


def test_a_quotation_over_sentences_is_one_claim() -> None:
    text = "Rain fell.\n\n“It failed. It will fail again,” said Ada Crane. “It always has.”"
    found = one(text)
    assert found.speaker == "Ada Crane"
    assert found.text == "“It failed. … It will fail again,” … “It always has.”"
    assert (found.sentence, found.line, found.column) == (1, 3, 1)


def test_its_place_is_that_of_its_words() -> None:
    found = one("Rain fell.\n\nAda Crane said: “It failed.”")
    assert (found.line, found.column) == (3, 17)


def test_two_words_of_report_are_two_claims() -> None:
    found = claims("Ada Crane called the plan superb but cautioned that it was late.")
    assert [claim.verb for claim in found] == ["called", "cautioned"]


@pytest.mark.parametrize(
    "before",
    [
        "Mayor Ada Crane arrived at noon.",
        "“It failed,” said Ada Crane.",
        "Ada Crane, 67, has fished here since 1980. The sea was rough.",
    ],
)
def test_a_pronoun_is_followed_back(before: str) -> None:
    found = claims(f"{before}\n\nShe said the pier was sound.")[-1]
    assert (found.speaker, found.as_written, found.resolved) == ("Ada Crane", "She", True)


def test_a_surname_is_completed() -> None:
    found = claims("Mayor Ada Crane arrived.\n\nThe pier was sound, Ms. Crane said.")[-1]
    assert (found.speaker, found.as_written) == ("Ada Crane", "Ms. Crane")
    assert not found.resolved


def test_a_pronoun_without_anybody_before() -> None:
    found = one("She said the pier was sound.")
    assert (found.speaker, found.resolved) == ("She", False)


def test_a_body_is_no_person() -> None:
    text = "The council said the pier was sound.\n\nIt said so twice, and that it would stay."
    assert claims(text)[-1].speaker == "The council"


def test_it_is_what_was_just_spoken_of() -> None:
    text = (
        "An inspection found cracks.\n\nThe report was handed over on Monday. It says all is well."
    )
    assert claims(text)[-1].speaker == "The report"


def test_a_quotation_inside_a_clause_belongs_to_it() -> None:
    text = "Ada Crane said the closure was “a precaution” and denied that it was late."
    said, denied = claims(text)
    assert (said.text, denied.text) == ("the closure was “a precaution”", "it was late")


@pytest.mark.parametrize(
    "text",
    [
        "The pier is unsafe.",
        "The so-called “reform” is unsafe.",
        "We asked whether the pier was safe.",
        "The pier was expected to close.",
        "By “Ada Crane”",
        "Written comments may be sent to the clerk.",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert len(claims(text)) == 0


def test_speech_alone_goes_to_the_last_who_spoke() -> None:
    text = "“It failed,” said Ada Crane.\n\nRain fell.\n\n“It will fail again.”"
    last = claims(text)[-1]
    assert (last.speaker, last.as_written, last.resolved) == ("Ada Crane", None, True)


def test_tables() -> None:
    found = claims("“=1+1 is two,” said Ada Crane. Police said 7 were held.")
    assert list(found.to_frame().columns) == list(COLUMNS)
    assert len(found.to_frame()) == len(found) == 2
    assert found[:1] == (found[0],)
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()


def test_csv_holds_no_formula() -> None:
    text = "=SUM(A1), said Ada Crane, would not do.\n\n-2 was enough, the council said."
    cells = [
        cell for row in csv.reader(as_csv([claims(text)], COLUMNS).splitlines()) for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "-", "+", "@"))]


def test_text_shows_what_was_concluded() -> None:
    shown = as_text([claims("Mayor Ada Crane arrived.\n\n“Never!” she said.")])
    assert "<text>:3:1: Ada Crane [she] (named) said, quoted" in shown


@settings(max_examples=50)
@given(TEXTS)
def test_any_text(text: str) -> None:
    for claim in claims(text):
        for start, end in claim.spans:
            assert 0 <= start < end <= len(text)
        assert claim.text == " … ".join(text[start:end] for start, end in claim.spans)


def test_markup_is_in_the_spans_and_not_in_the_words(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text("The mayor said the pier was *truly* unsafe.\n", encoding="utf-8")
    analysis = analyze(path, model=MODEL)
    [claim] = analysis.claims()
    assert claim.text == "the pier was truly unsafe"
    [(start, end)] = claim.spans
    assert analysis.document.source[start:end] == "the pier was *truly* unsafe"


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, missing = tmp_path / "draft.txt", tmp_path / "missing.txt"
    draft.write_text("“It failed,” said Ada Crane.", encoding="utf-8")
    output = tmp_path / "claims.csv"
    assert main(["claims", str(draft), "-o", str(output)]) == 0
    [row] = csv.DictReader(output.read_text(encoding="utf-8").splitlines())
    assert (row["document"], row["speaker"]) == (str(draft), "Ada Crane")
    assert main(["claims", str(draft), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["form"] == "quoted"
    assert main(["claims", str(missing), str(draft)]) == 2
    shown = capsys.readouterr()
    assert "1 claim;" in shown.out
    assert "missing.txt: cannot read" in shown.err
    assert main(["claims", str(missing)]) == 2
