"""Formats of findings: parsed back by real parsers, harmless whatever a draft holds."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in_model import stand_in

from framing.checking.findings import Finding, Summary, Suppressed, Weight
from framing.checking.judging import check
from framing.checking.policy import Policy
from framing.checking.rules import RULES
from framing.checking.tally import Tally
from framing.readers import open_document
from framing.reports.characters import UNSAFE
from framing.reports.fingerprints import fingerprints
from framing.reports.formats import FORMATS

HERE = Path(__file__).parent
DRAFT = """\
Council Backs a Disgraceful Plan for the Pier

The council voted 7 to 2 on Monday. A new pier is much needed behind the “façade” there.

<!-- framing: ignore[FR001] agreed & signed -->
Is it not a disgraceful plan?

<!-- framing: ingore -->
Critics say the zealots on the council will win.
"""
HOSTILE = (
    "]]> <b>&amp;</b> ::error file=x::forged %0A\r\n"
    "::warning::y\x1b[31m\x00\u202e\u2028\ufffe\ud800"
    " | `x` [a](javascript:1) @desk #1 \\ \x9b <!-- --> \"'"
)
CODES = frozenset(rule.code for rule in RULES)


def tally_of(text: str = DRAFT, name: str = "drafts/a.txt") -> Tally:
    document = open_document(text.encode(), name)
    tally = Tally(keep=True)
    tally.take(check(document, Policy(codes=CODES), stand_in()))
    return tally


def hostile() -> Tally:
    tally = Tally(keep=True)
    place = (1, 1, 2, 9, 0, 8, 1, 9)
    weights = (Weight("own.x\n::error::", 3.0, ((0, 3),)),)
    verdict = ("editorial", 0.9, 2.0, -1.0, weights)
    path = f"drafts/{HOSTILE}.txt"
    tally.findings = [
        Finding(
            path, "FR001", HOSTILE, True, HOSTILE, *place, "prose", HOSTILE, ((4, 9),), *verdict
        ),
        Finding(path, "FR903", "news", False, HOSTILE, *place),
    ]
    tally.suppressed = [Suppressed(tally.findings[0], HOSTILE, f"{path}:1")]
    tally.fail(f"{HOSTILE}: cannot read")
    return tally


def report(name: str, tally: Tally) -> str:
    return FORMATS[name].whole(tally.findings, tally.suppressed, tally.summary())


def golden(name: str, shown: str) -> None:
    """Compare with a stored output; FRAMING_GOLDEN=write stores it anew."""

    path = HERE / "golden" / "formats" / name
    if os.environ.get("FRAMING_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str) -> None:
    shown = report(name, tally_of())
    if name == "sarif":  # without the rules' pages, which have tests of their own
        shown = re.sub(r'"(text|markdown)": "# FR.*"', r'"\1": "# …"', shown)
    golden(f"check.{name}", shown)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_in_a_draft_is_obeyed(name: str) -> None:
    shown = report(name, hostile())
    unsafe = re.findall(UNSAFE, shown.replace("\n", ""))
    assert unsafe == []
    lines = shown.splitlines()
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == (2 if name == "github" else 0)


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_without_findings(name: str) -> None:
    empty = report(name, Tally(keep=True))
    if FORMATS[name].streamed:
        assert empty == ""
    elif name in ("junit", "checkstyle"):
        assert len(list(ET.fromstring(empty.encode()).iter("error"))) == 0
    elif name != "markdown":
        json.loads(empty)


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_is_that_of_the_drafts(name: str) -> None:
    tally = Tally(keep=True)
    for draft in ("b.txt", "a.txt"):
        tally.findings += tally_of(name=draft).findings
    shown = report(name, tally)
    assert shown.index("b.txt") < shown.index("a.txt")
    assert shown == report(name, tally)


# For people


def test_text_underlines_the_words() -> None:
    lines = report("text", tally_of()).splitlines()
    at = next(
        n
        for n, line in enumerate(lines)
        if line.endswith("A new pier is much needed behind the “façade” there.")
    )
    assert lines[at - 1].startswith("drafts/a.txt:3:37: FR001 (news desk) editorial 0.92: the")
    assert lines[at + 1].strip() == "^" * len("is much needed")
    assert lines[at + 1].index("^") == lines[at].index("is much")


def test_concise_is_a_line_each() -> None:
    shown = report("concise", hostile())
    assert shown.count("\n") == 2
    assert " advice: " in shown.splitlines()[1]


def test_what_is_unsure_says_so() -> None:
    one = tally_of().findings[0].replace(unsure=True)
    assert (
        FORMATS["concise"]
        .part([one])
        .endswith(" [FR002 news, unsure: evaluation.negative.strong]\n")
    )
    assert " editorial 0.82, unsure: " in FORMATS["text"].part([one])
    assert json.loads(FORMATS["jsonl"].part([one]))["unsure"] is True


@given(st.text(st.characters(exclude_categories=())), st.text(min_size=1))
def test_lines_stay_lines(text: str, path: str) -> None:
    place = (path, "FR103", "news", False, text, 1, 1, 1, 9, 0, 8, 1, 9)
    for name in ("concise", "github", "jsonl"):
        shown = FORMATS[name].part([Finding(*place, "prose", text)])
        assert len(shown.splitlines()) == 1
        assert not re.search(UNSAFE, shown[:-1])


# For programs


def test_json_has_all_there_is() -> None:
    tally = tally_of()
    data = json.loads(report("json", tally))
    assert data["schema_version"] == "1"
    one = data["findings"][1]
    assert one["text"] == "A new pier is much needed behind the “façade” there."
    assert DRAFT[one["start"] : one["end"]] == one["text"]
    assert one["marks"] == [{"start": 11, "end": 25, "text": "is much needed"}]
    total = one["base"] + sum(part["amount"] for part in one["contributions"])
    assert abs(total - one["score"]) < 1e-9
    assert data["suppressed"][0]["suppressed"] == {
        "reason": "agreed & signed",
        "where": "drafts/a.txt:5",
    }
    assert data["summary"]["suppressed"] == 1
    lines = [json.loads(line) for line in report("jsonl", tally).splitlines()]
    assert lines == data["findings"]


def test_json_fits_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((HERE.parent / "framing/schemas/check-1.json").read_text("utf-8"))
    for tally in (tally_of(), hostile(), Tally(keep=True)):
        jsonschema.validate(json.loads(report("json", tally)), schema)


@given(st.text(st.characters(exclude_categories=())))
def test_json_loses_nothing(text: str) -> None:
    place = ("a.txt", "FR103", "news", False, text, 1, 1, 1, 9, 0, 8, 1, 9)
    for name in ("jsonl",):
        shown = FORMATS[name].part([Finding(*place, "prose", text)])
        assert json.loads(shown)["text"] == text


def sarif(tally: Tally) -> dict[str, Any]:
    log = json.loads(report("sarif", tally))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


def test_sarif_structure() -> None:
    run = sarif(tally_of())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+", rule["name"]) for rule in rules)
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in rules)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    lines = DRAFT.split("\n")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "note")
        assert re.fullmatch("[0-9a-f]{64}", result["partialFingerprints"]["framing/v1"])
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "drafts/a.txt"}
        region = place["region"]
        assert region["startLine"] == region["endLine"]
        shown = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        offset = region["charOffset"]
        assert shown == DRAFT[offset : offset + region["charLength"]]
        assert shown
    suppressed = [one for one in run["results"] if "suppressions" in one]
    assert [one["suppressions"][0]["justification"] for one in suppressed] == ["agreed & signed"]


def test_sarif_by_its_published_schema() -> None:
    path = Path(os.environ.get("SARIF_SCHEMA", HERE / "sarif-schema-2.1.0.json"))
    if not path.exists():
        pytest.skip("no copy of the published schema here")
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(path.read_text("utf-8"))
    for tally in (tally_of(), hostile(), Tally(keep=True)):
        jsonschema.validate(json.loads(report("sarif", tally)), schema)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü#?%.txt", "a%20b/%C3%BC%23%3F%25.txt"),
        ("/home/desk/a.txt", "file:///home/desk/a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("\udce9.txt", "%E9.txt"),
    ],
)
def test_sarif_paths_are_uris(path: str, uri: str) -> None:
    tally = Tally(keep=True)
    tally.findings = [tally_of().findings[0].replace(path=path)]
    (result,) = sarif(tally)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_tells_what_could_not_be_checked() -> None:
    tally = tally_of()
    tally.fail("b.txt: cannot read")
    (invocation,) = sarif(tally)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "b.txt: cannot read"


def test_fingerprints_stay_when_lines_move_and_tell_twins_apart() -> None:
    before = list(fingerprints(tally_of(DRAFT + "\nA new pier is much needed.\n").findings))
    moved = DRAFT.replace("The council", "It rained.\n\nThe council").replace(
        "Is it not", "Is it\nnot"
    )
    after = list(fingerprints(tally_of(moved + "\nA new  pier is\nmuch needed.\n").findings))
    assert before == after
    twins = tally_of("It is a disgraceful plan.\n\nIt is a disgraceful plan.\n").findings
    assert len(set(fingerprints(twins))) == 2
    first, second = tally_of(name="a.txt").findings[0], tally_of(name="b.txt").findings[0]
    assert list(fingerprints([first])) == list(fingerprints([second]))
    assert list(fingerprints([first], True)) != list(fingerprints([second], True))


def test_gitlab() -> None:
    data = json.loads(report("gitlab", tally_of()))
    assert {one["severity"] for one in data} == {"major", "info"}
    assert len({one["fingerprint"] for one in data}) == len(data)
    assert data[1]["location"] == {"path": "drafts/a.txt", "lines": {"begin": 3, "end": 3}}


def test_rdjson_counts_bytes() -> None:
    data = json.loads(report("rdjson", tally_of()))
    lines = DRAFT.encode().split(b"\n")
    shown = []
    for one in data["diagnostics"]:
        span = one["location"]["range"]
        assert span["start"]["line"] == span["end"]["line"]
        line = lines[span["start"]["line"] - 1]
        shown.append(line[span["start"]["column"] - 1 : span["end"]["column"] - 1].decode())
    assert "“façade”" in shown
    assert "Critics say" in shown


def test_junit() -> None:
    suites = ET.fromstring(report("junit", tally_of()).encode())
    suite = suites.find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert suite.get("tests") == str(len(cases))
    failures = suite.findall("testcase/failure")
    assert suite.get("failures") == str(len(failures)) == "2"
    assert "A new pier is much needed behind the “façade” there." in str(failures[1].text)
    assert [one.get("message") for one in suite.iter("skipped")] == [
        "drafts/a.txt:5: agreed & signed"
    ]


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
@given(text=st.text(st.characters(exclude_categories=())))
def test_xml_is_xml_whatever_is_in_it(name: str, text: str) -> None:
    place = (text, "FR001", text, True, text, 1, 1, 1, 9, 0, 8, 1, 9)
    tally = Tally(keep=True)
    tally.findings = [Finding(*place, "prose", text)]
    tally.suppressed = [Suppressed(tally.findings[0], text, text)]
    tally.fail(text)
    ET.fromstring(report(name, tally).encode())


def test_checkstyle() -> None:
    root = ET.fromstring(report("checkstyle", tally_of()).encode())
    (file,) = root.findall("file")
    assert file.get("name") == "drafts/a.txt"
    errors = file.findall("error")
    assert [(one.get("line"), one.get("severity")) for one in errors[:2]] == [
        ("1", "error"),
        ("3", "error"),
    ]


def test_github_escapes_as_its_runner_unescapes() -> None:
    def unescape(text: str) -> str:
        for escape, character in [("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%25", "%")]:
            text = text.replace(escape, character)
        return text

    first = report("github", hostile()).splitlines()[0]
    found = re.fullmatch(r"::error file=([^,:]*),([^:]*)::(.*)", first)
    assert found is not None
    assert "%0A" in unescape(found[1])  # what stood there as text is text again
    assert "\n" not in found[1] + found[3]
    assert unescape(found[1]).startswith("drafts/]]> <b>&amp;</b> ::error file=x::forged")


# The page


def test_markdown_shows_hostile_text_as_text() -> None:
    markdown = pytest.importorskip("markdown_it")
    shown = report("markdown", hostile())
    html = markdown.MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(shown)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "b"}
    assert "[a](javascript:1) @desk #1" in re.sub("<[^>]*>", "", html)
    rows = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    assert [len(re.findall("<t[hd]", row)) for row in rows] == [5, 5, 5, 3, 3]


def test_markdown_says_what_was_checked() -> None:
    lines = report("markdown", tally_of()).splitlines()
    assert lines[0] == "## framing check"
    assert lines[2].startswith("checked ")
    row = next(line for line in lines if line.startswith("| drafts/a.txt:3:37 "))
    assert "A new pier <b>is much needed</b> behind the “façade” there." in row


def test_the_summary_counts_everything() -> None:
    from framing.reports.findings import summary

    counted = Summary(
        9, 214, (("quotation", 22), ("boilerplate", 6), ("not English", 3)), 4, 1, 2, 7
    )
    assert summary(counted) == (
        "checked 214 sentences in 9 files; skipped 31 (22 quotation, 6 boilerplate, 3 not English);"
        " 4 findings (1 advice), 2 suppressed, 7 in baseline"
    )
