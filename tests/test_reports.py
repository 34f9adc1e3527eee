"""What reports show: marks under the right words, sums that add up, nothing that bites."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in_model import stand_in

from framing.analysis import Analysis, analyze
from framing.evidence import Evidence
from framing.extractors import BUILTIN
from framing.model import Contribution, Verdict
from framing.reports import extractors, terminal, text
from framing.reports import json as json_report
from framing.reports.characters import UNSAFE, cells, one_line, shorten, visible, width
from framing.reports.layout import TOP, lay_out
from framing.text import Document, Sentence

HERE = Path(__file__).parent
ANSI = re.compile(r"\x1b\[[\d;]*m")


def judged(sentence: str, *contributions: Contribution, name: str = "draft.txt") -> Analysis:
    """An analysis of one editorial sentence."""
    score = sum(one.amount for one in contributions)
    verdict = Verdict(Sentence(sentence), "editorial", 0.83, score, 0.0, contributions)
    return Analysis(Document(sentence, name, (verdict.sentence,), (0,)), (verdict,))


def mark(sentence: str, words: str, amount: float, feature: str = "x.y") -> Contribution:
    start = sentence.index(words)
    return Contribution(feature, amount, (Evidence(start, start + len(words), feature),))


def below(analysis: Analysis, words: str, **options: int) -> str:
    """What is drawn under some words on the one line that shows them."""
    lines = text.explain(analysis, **options).splitlines()  # type: ignore[arg-type]
    at = next(number for number, line in enumerate(lines) if words in line)
    start = width(lines[at][: lines[at].index(words)])
    return lines[at + 1][start : start + width(words)]


# Characters


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb\u2066", r"a\u202eb\u2066"),
        ("\x7f\x00\r\n\t", r"\x7f\x00\r\n\t"),
        ("\udcff", r"\udcff"),
        ("\U000e0041", r"\U000e0041"),
        ("naïve 東京 👍🏽", "naïve 東京 👍🏽"),
    ],
)
def test_visible(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(st.text())
def test_nothing_unsafe_is_shown(raw: str) -> None:
    assert not re.search(UNSAFE, visible(raw))
    assert len(cells(raw)) == len(raw)
    assert not re.search(UNSAFE, one_line(raw))


@pytest.mark.parametrize(
    ("shown", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("東京", 4),
        ("e\u0301", 1),
        ("\u0e01\u0e34", 1),  # a Thai vowel sign has no combining class
        ("👍🏽", 2),
        ("❤️", 2),
        ("👩\u200d🚀", 2),
        ("soft\u00adhyphen", 10),
    ],
)
def test_width(shown: str, columns: int) -> None:
    assert width(shown) == columns


@given(st.text(), st.integers(1, 40))
def test_shorten_keeps_to_its_columns(raw: str, columns: int) -> None:
    assert width(shorten(one_line(raw), columns)) <= columns


# Plain explanations


def test_marks_say_what_words_add_up_to() -> None:
    sentence = "A new pier must be built by 1903."
    analysis = judged(
        sentence,
        mark(sentence, "must be", 2.0),
        mark(sentence, "1903", -1.0),
        mark(sentence, "pier", 0.0),
    )
    assert below(analysis, "must be") == "^^^^^^^"
    assert below(analysis, "1903.") == "~~~~"
    assert below(analysis, "pier") == "...."


def test_evidence_on_the_same_words_is_summed() -> None:
    sentence = "A pier is much needed now."
    analysis = judged(
        sentence, mark(sentence, "is much needed", 1.0), mark(sentence, "needed", -3.0, "x.z")
    )
    assert below(analysis, "is much needed") == "^^^^^^^^~~~~~~"


def test_a_contribution_is_shared_by_value() -> None:
    sentence = "one two"
    shared = Contribution("x.y", 4.0, (Evidence(0, 3, "x.y", 3.0), Evidence(4, 7, "x.y", 1.0)))
    analysis = judged(sentence, shared, mark(sentence, "two", -2.0, "x.z"))
    assert below(analysis, "one two") == "^^^ ~~~"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("東京 is ", "much needed"),
        ("👍🏽 👩\u200d🚀 ❤️ is ", "much needed"),
        ("e\u0301te\u0301 is ", "much needed"),
        ("is ", "東京"),
        ("\u202e\x1b[31m ", "needed"),
        ("line\r\n   break ", "needed"),
    ],
)
def test_marks_stand_under_their_words(before: str, words: str) -> None:
    sentence = f"{before}{words} now"
    analysis = judged(sentence, mark(sentence, words, 1.0))
    assert below(analysis, words) == "^" * width(words)


def test_marks_go_on_when_the_line_breaks() -> None:
    sentence = "word " * 20 + "is much needed here"
    lines = text.explain(judged(sentence, mark(sentence, "is much needed", 1.0)), columns=40)
    drawn = "".join(line for line in lines.splitlines()[2:-4] if set(line) <= {"^", " "})
    assert drawn.count("^") in (len("is much needed"), len("is much needed") - 1)


def test_what_is_about_the_whole_sentence_marks_no_words() -> None:
    sentence = "The pier was closed on Monday"
    analysis = judged(sentence, mark(sentence, sentence, 1.0))
    report = text.explain(analysis)
    assert "+1.00  x.y  (whole sentence)" in report
    assert "^" * 5 not in report.split("marks:")[0]


def test_words_found_twice_are_counted() -> None:
    marks = (Evidence(0, 2, "x.y"), Evidence(3, 5, "x.y"))
    assert '"so" ×2' in text.explain(judged("so so what", Contribution("x.y", 1.0, marks)))


def test_what_is_left_out_is_summed() -> None:
    contributions = [mark("it", "it", float(amount), f"x.{amount}") for amount in (9, 8, 7, 6, 5)]
    contributions += [mark("it", "it", 0.5, "x.a"), mark("it", "it", 0.25, "x.b")]
    contributions += [mark("it", "it", 0.0, "house.cliche")]
    analysis = judged("it", *contributions)
    report = text.explain(analysis)
    assert "+0.75  2 more" in report
    assert "x.a" not in report
    assert "(marked, no weight)" in report  # a reader who lists phrases wants to see them
    assert "…  (marked, no weight)" in text.explain(analysis, columns=48)  # the words give way
    assert "more" not in text.explain(analysis, top=None)
    amounts = re.findall(r"^ +([+-]\d+\.\d\d)  ", report, re.MULTILINE)
    assert len(amounts) == TOP + 3
    assert sum(map(float, amounts)) == pytest.approx(analysis[0].score)


def test_no_amount_is_minus_nothing() -> None:
    assert "-0.00" not in text.explain(judged("it", mark("it", "it", -0.001)))


def test_only_one_label() -> None:
    analysis = analyze("It rained in 2019. It is a disgraceful plan.", model=stand_in(-0.25))
    assert [verdict.label for verdict in analysis] == ["reporting", "editorial"]
    assert "It rained" not in text.explain(analysis, only="editorial")
    assert "disgraceful" not in text.explain(analysis, only="reporting")
    assert "2 sentences judged: 1 editorial (50%)" in text.explain(analysis, only="editorial")


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=200),
    st.integers(24, 100),
    st.data(),
)
def test_every_line_fits_and_nothing_is_lost(raw: str, columns: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    contribution = Contribution("x.y", 1.0, (Evidence(start, end, "x.y"),))
    lines = list(lay_out(judged(raw, contribution), columns=columns))
    shown = []
    for line in lines[3:]:
        shown.append("".join(piece.text for piece in line))
        assert not re.search(UNSAFE, shown[-1])
        if len(line) > 1 and line[0].text.startswith("      +1.00  "):
            del shown[-1]
            break
    assert "".join("".join(shown).split()) == "".join(one_line(raw).split())
    for words in shown:
        # A trailing space or a character that widens the one before it may hang over.
        assert width(words.rstrip()) <= columns + 1


# JSON


def test_json_is_the_analysis() -> None:
    analysis = analyze((HERE / "drafts/pier.txt").read_text("utf-8"), model=stand_in())
    assert json.loads(json_report.explain(analysis)) == analysis.to_dict()


def test_json_fits_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path = HERE.parent / "framing/schemas/report-1.json"
    if not path.exists():
        pytest.skip("no schema")
    analysis = analyze((HERE / "drafts/pier.txt").read_text("utf-8"), model=stand_in())
    jsonschema.validate(json.loads(json_report.explain(analysis)), json.loads(path.read_text()))


@given(st.text(min_size=1))
def test_json_is_harmless_and_loses_nothing(raw: str) -> None:
    report = json_report.explain(judged(raw))
    assert not re.search(UNSAFE, report.replace("\n", ""))
    assert json.loads(report)["sentences"][0]["text"] == raw


# The terminal


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("colourful")
def test_the_terminal_shows_the_same_words() -> None:
    analysis = analyze((HERE / "drafts/pier.txt").read_text("utf-8"), model=stand_in())
    shown = ANSI.sub("", terminal.explain(analysis, columns=60)).splitlines()
    plain = text.explain(analysis, columns=60).splitlines()
    marks = [line for line in plain if set(line) <= set("^~. ") and line.strip()]
    assert [line.rstrip() for line in shown] == [line for line in plain if line not in marks]


@pytest.mark.usefixtures("colourful")
def test_the_terminal_underlines() -> None:
    analysis = judged("It must go.", mark("It must go.", "must", 1.0))
    assert re.search(r"\x1b\[1;4;\d+mmust\x1b\[0m go", terminal.explain(analysis))


@pytest.mark.usefixtures("colourful")
def test_no_color_keeps_the_underline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    report = terminal.explain(judged("It must go.", mark("It must go.", "must", 1.0)))
    assert "\x1b[1;4mmust\x1b[0m" in report
    assert not re.search(r"\x1b\[[\d;]*3\d", report)


@pytest.mark.usefixtures("colourful")
def test_markup_in_a_draft_is_text() -> None:
    report = terminal.explain(judged("[bold]It[/bold] :smile: [link=http://x]must[/link]"))
    assert "[bold]It[/bold] :smile: [link=http://x]must[/link]" in report


# Extractors


def test_listing_has_a_line_for_each() -> None:
    lines = extractors.listing([(one, "framing") for one in BUILTIN]).splitlines()
    assert len(lines) == len(BUILTIN)
    assert any(re.match(r"wording +learned in training +framing", line) for line in lines)
    assert extractors.listing([]) == ""


@pytest.mark.parametrize("one", BUILTIN, ids=lambda one: one.name)
def test_page_names_every_feature(one: object) -> None:
    from framing.evidence import Extractor

    assert isinstance(one, Extractor)
    page = extractors.page(one, "framing")
    for feature in one.features:
        assert f"  {feature}: {one.features[feature]}" in page
    assert all(unicodedata.category(c) != "Cc" or c == "\n" for c in page)
