"""Two texts beside each other: what appeared, what went, what reads otherwise."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from stand_in_model import stand_in

from framing.analysis import analyze
from framing.cli import main
from framing.comparison import COLUMNS, STATUSES, Comparison, compare
from framing.reports.characters import UNSAFE
from framing.reports.comparison import as_csv, as_text

MODEL = stand_in()
BEFORE = """Pier Closes

The pier closed on Monday after a storm. Rain is expected.

Nobody was hurt. It is a shameful plan. The council meets on Friday at noon.
"""


def found(after: str, before: str = BEFORE) -> Comparison:
    return compare(before, after, model=MODEL)


def test_the_same() -> None:
    one = found(BEFORE.upper().replace("\n\n", "\n\n\n"))
    assert {pair.status for pair in one.pairs} == {"same"}
    assert "removed" in one.counts()


def test_added_removed_and_edited() -> None:
    after = BEFORE.replace(" Rain is expected.", " Why, one asks, should it ever reopen?").replace(
        "Nobody was hurt.", "Nobody at all was hurt."
    )
    one = found(after)
    by_status = {pair.status: pair for pair in one.pairs}
    assert one.counts() == {
        "same": 4,
        "moved": 0,
        "edited": 1,
        "added": 1,
        "removed": 1,
        "relabelled": 0,
    }
    removed, edited = by_status["removed"], by_status["edited"]
    assert removed.a and removed.a.sentence.text == "Rain is expected."
    assert edited.similarity == pytest.approx(6 / 8)


def test_moved() -> None:
    after = BEFORE.replace(" Nobody was hurt.", "").replace("Nobody was hurt. ", "")
    one = found(after.replace("Rain is", "Nobody was hurt. Rain is"))
    assert [pair.status for pair in one.pairs].count("moved") == 1


def test_relabelled() -> None:
    [pair] = [
        one for one in found(BEFORE.replace("a shameful", "the city's")).pairs if one.relabelled
    ]
    assert pair.a and pair.b
    assert (pair.status, pair.a.label, pair.b.label) == ("edited", "editorial", "reporting")


def test_devices() -> None:
    one = found(BEFORE.replace(" It is a shameful plan.", ""))
    assert one.devices()["evaluation"][1] == 0
    [row] = one.devices_frame().query("family == 'evaluation'").to_dict("records")
    assert (row["b"], row["difference"]) == (0, -row["a"])


def test_every_sentence_is_there_once() -> None:
    one = found("Rain is expected. Rain is expected. The council meets on Friday.")
    texts = [pair.a.sentence.text for pair in one.pairs if pair.a]
    assert sorted(texts) == sorted(
        verdict.sentence.text for verdict in analyze(BEFORE, model=MODEL)
    )


@settings(max_examples=30)
@given(TEXTS, TEXTS)
def test_any_texts(a: str, b: str) -> None:
    one = compare(a, b, model=MODEL)
    judged = [sum(v.label is not None for v in side) for side in (one.a, one.b)]
    assert [
        sum(p.a is not None for p in one.pairs),
        sum(p.b is not None for p in one.pairs),
    ] == judged
    assert all(pair.status in STATUSES for pair in one.pairs)
    shown = as_text(one, all_sentences=True)
    assert re.search(UNSAFE, shown.replace("\n", "")) is None


def test_nothing_there() -> None:
    one = compare("", "By Ada Crane", model=MODEL)
    assert one.pairs == ()
    assert "nothing editorial" in str(one)
    assert as_csv(one, COLUMNS).count("\n") == 1


def test_what_cannot_be_given() -> None:
    with pytest.raises(ValueError, match="similarity"):
        compare("a", "b", similarity=0)


def test_tables() -> None:
    one = found(BEFORE + "\nShould it not reopen?")
    assert tuple(one.to_frame().columns) == COLUMNS
    assert json.loads(json.dumps(one.to_dict())) == one.to_dict()
    [added] = [
        row for row in csv.DictReader(as_csv(one, COLUMNS).splitlines()) if not row["text_a"]
    ]
    assert added["status"] == "added"


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b, out = (tmp_path / name for name in ("a.txt", "b.txt", "out.json"))
    a.write_text(BEFORE, encoding="utf-8")
    b.write_text(BEFORE.replace("Rain is", "Snow is"), encoding="utf-8")
    assert main(["compare", str(a), str(b)]) == 0
    assert "5 same, 0 moved, 1 edited" in capsys.readouterr().out
    assert main(["compare", str(a), str(b), "-o", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["counts"]["edited"] == 1
    assert main(["compare", str(a), str(b), "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("status,relabelled")
    assert main(["compare", str(a), str(tmp_path / "none.txt")]) == 2
    assert main(["compare", str(a), str(b), "--similarity", "2"]) == 2
