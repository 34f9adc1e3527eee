"""The article as a whole: shares, devices, sources, readability."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given, settings
from stand_in_model import stand_in

from framing import profile as profiles
from framing.analysis import Analysis, analyze
from framing.cli import main
from framing.evidence import Evidence
from framing.model import Contribution, Verdict
from framing.profile import devices, profile_of, readability
from framing.reports.characters import UNSAFE
from framing.reports.profile import as_csv, as_text
from framing.text import Sentence

MODEL = stand_in()
ARTICLE = """Pier a Disgrace?

It is a shameful, disgraceful plan! The vote is on Monday.

“It failed,” Ada Crane admitted. Ms. Crane claimed that the roof leaks. Critics say it is sound.

The roof costs 400 crowns.
"""


def analysis(text: str = ARTICLE) -> Analysis:
    return analyze(text, model=MODEL)


def test_shares() -> None:
    found = profile_of(analysis())
    assert (found.sentences, found.judged, found.editorial) == (7, 7, 2)
    assert (found.share_headline, found.share_lead, found.share_ending) == (1.0, 0.5, 0.0)
    assert found.share_editorial == 2 / 7


def test_a_part_that_is_not_there_has_no_share() -> None:
    found = profile_of(analysis("Pier a Disgrace?"))
    assert (found.share_headline, found.share_lead, found.share_ending) == (1.0, None, None)
    empty = profile_of(analysis(""))
    assert (empty.share_editorial, empty.share_headline, empty.devices) == (0.0, None, {})


def test_quoted_words() -> None:
    found = profile_of(analysis("“It failed,” said Ada. The pier failed, he said."))
    # It failed said Ada The pier failed he said: 2 of 9 quoted, 3 more hung on a source.
    assert (found.share_quoted, found.share_attributed) == (2 / 9, 5 / 9)


def test_devices_are_counted_per_100_sentences() -> None:
    counted = devices(analysis())
    assert counted["evaluation"] == pytest.approx(100 * 2 / 7)  # shameful, disgraceful
    assert "facticity" not in counted


def test_marks_of_a_family_that_overlap_count_once() -> None:
    sentence = Sentence("It is a shameful plan.")
    marks = tuple(Evidence(start, end, "stance.x") for start, end in ((0, 5), (3, 8), (8, 16)))
    verdict = Verdict(sentence, "editorial", 0.9, 1.0, 0.0, (Contribution("stance.x", 1.0, marks),))
    assert devices([verdict]) == {"stance": 200.0}
    assert devices([Verdict(sentence)]) == {}


def test_sources() -> None:
    crane, critics = profile_of(analysis()).sources
    assert (crane.speaker, crane.source, crane.claims, crane.words_quoted) == (
        "Ada Crane",
        "named",
        2,
        2,
    )
    assert crane.verbs == {"admitted": 1, "claimed": 1}
    assert crane.loaded == {"admitted": "endorsing", "claimed": "doubting"}
    assert (critics.source, critics.loaded) == ("vague", {})


def test_plain_data_and_tables() -> None:
    one = analysis()
    found = profile_of(one)
    assert one.profile == found.to_dict() == json.loads(json.dumps(found.to_dict()))
    assert found.to_frame().loc[0, "devices.evaluation"] == found.devices["evaluation"]
    assert list(found.sources_frame()["speaker"]) == ["Ada Crane", "Critics"]
    assert as_csv([found, profile_of(analysis("It rained."))]).count("\n") == 3


def test_readability(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "has_syllables", lambda: False)
    found = readability(analysis())
    assert found["reporting"]["lix"] is not None
    assert found["reporting"]["gunning_fog"] is None
    shown = as_text(profile_of(analysis()), found)
    assert "not measured: Flesch reading ease" in shown
    assert all(value is None for value in readability(analysis("It rained."))["editorial"].values())


def test_a_profile_without_readability_loads_nothing_slow(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(ARTICLE, encoding="utf-8")
    program = (
        "import sys; from framing.cli import main; main(sys.argv[1:]);"
        " print(*sorted({'textstat', 'nltk', 'pandas', 'numpy', 'sklearn'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "profile", str(draft)],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n\n"), "the last line names what was loaded"


def test_many_sources_are_cut() -> None:
    names = [f"Ann{letter}" for letter in "abcdefghijklm"]
    text = " ".join(f"“It failed,” said {name} {name}son." for name in names)
    assert "and 1 more" in as_text(profile_of(analysis(text)))


@settings(max_examples=30)
@given(TEXTS)
def test_any_text(text: str) -> None:
    found = profile_of(analysis(text))
    assert 0 <= found.share_quoted <= found.share_attributed <= 1
    shown = as_text(found)
    assert re.search(UNSAFE, shown.replace("\n", "")) is None


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(ARTICLE, encoding="utf-8")
    assert main(["profile", str(draft)]) == 0
    assert "sources: 2 (1 named, 1 vague)" in capsys.readouterr().out
    assert main(["profile", str(draft), "--format", "json", "--readability"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert row["document"] == str(draft)
    assert row["readability"]["reporting"]["ari"] > 0
    assert main(["profile", str(draft), "-o", str(tmp_path / "profile.csv")]) == 0
    assert (tmp_path / "profile.csv").read_text(encoding="utf-8").startswith("document,sentences,")
