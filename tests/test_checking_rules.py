"""Rules: their pages' examples, how they are selected, and what no finding may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.checking import judging
from framing.checking.advice import advise, lexicon
from framing.checking.judging import check, is_quoted
from framing.checking.pages import examples, page
from framing.checking.policy import Policy
from framing.checking.rules import RULES, SELECTED, check_codes, longest, selected
from framing.errors import ConfigError, ReadError
from framing.model import LinearModel, load_model
from framing.readers import open_document
from framing.voice import sentence_of

ROOT = Path(__file__).resolve().parents[1]
CODES = frozenset(rule.code for rule in RULES)


def found(text: str, code: str) -> list[str]:
    """Codes of the findings in a draft, by the shipped model."""
    policy = Policy(codes=frozenset({code, "FR001", "FR002"}), require_reason=code == "FR902")
    checked = check(open_document(text.encode(), "draft.txt"), policy, load_model())
    return [one.code for one in checked.findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_shows_where_its_rule_fires(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]
    text = page(code)
    assert text.startswith(f"# {code}: {rule.name}\n")  # type: ignore[attr-defined]
    fires, silent = examples(text, "Fires on"), examples(text, "Does not fire on")
    assert fires
    assert silent
    assert "\n## Precision\n" in text
    for one in fires:
        assert code in found(one, code), one
    for one in silent:
        assert code not in found(one, code), one


def test_pages_are_in_the_docs_as_they_ship() -> None:
    folder = ROOT / "docs" / "rules"
    for rule in RULES:
        assert (folder / f"{rule.code}.md").read_text("utf-8") == page(rule.code)
    index = (folder / "README.md").read_text("utf-8")
    for rule in RULES:
        assert f"[{rule.code}]({rule.code}.md) | {rule.name} | {rule.summary}" in index


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("select", "ignore", "on"),
    [
        (None, [], {"FR001", "FR002", "FR901", "FR902", "FR903"}),
        (["FR001"], [], {"FR001"}),
        (["FR"], ["FR1", "FR9"], {"FR001", "FR002"}),
        (["FR", "FR103"], ["FR1", "FR9"], {"FR001", "FR002", "FR103"}),
        (["FR0"], ["FR0"], set()),
        (["loaded"], ["evaluation"], {"FR001", "FR002", "FR901", "FR902", "FR903"}),
    ],
)
def test_the_longest_beginning_decides(
    select: list[str] | None, ignore: list[str], on: set[str]
) -> None:
    assert selected(select, ignore) == on


def test_beginnings_of_features_are_whole_parts() -> None:
    assert longest("loaded.label.weak", ["loaded", "loaded.label"]) == len("loaded.label")
    assert longest("loaded.label.weak", ["load"]) == -1


@pytest.mark.parametrize("code", ["FR7", "fr001", "E501", ""])
def test_a_code_of_no_rule_is_refused(code: str) -> None:
    if code:
        with pytest.raises(ConfigError, match="no rule begins with"):
            check_codes([code], "--select")
    with pytest.raises(ConfigError, match=r"neither a rule|no rule"):
        check_codes(["nothing.here", "FR7"], "--select", ["loaded"])


def test_advice_is_off_unless_selected() -> None:
    assert "FR1" not in SELECTED
    assert not {code for code in selected(None, []) if code.startswith("FR1")}


# Advice

ADVISED = [
    ("FR101", "Critics say the plan failed.", ["Critics say"]),
    ("FR101", "Military analysts said the line had held.", ["Military analysts"]),
    (
        "FR101",
        "Two men, speaking on condition of anonymity, said so.",
        ["on condition of anonymity"],
    ),
    ("FR101", "Officials from the port of Halest said so.", []),
    ("FR101", "They said it was over.", []),
    ("FR102", "“It is over,” he claimed.", ["claimed"]),
    ("FR102", "The minister insisted that it was over.", ["insisted"]),
    ("FR102", "She admitted seven counts of theft.", []),
    ("FR103", "The “clean extension” took a year.", ["“clean extension”"]),
    ("FR103", "He read “The Long Pier” aloud.", []),
    ("FR104", "Thirteen bureaucrats decide it.", ["bureaucrats"]),
    ("FR104", "The Radicals won 31 seats.", []),
    ("FR104", "“They are zealots,” he said.", []),
    ("FR104", "THE ZEALOTS WILL MEET ON FRIDAY.", ["ZEALOTS"]),
]


@pytest.mark.parametrize(("code", "text", "marked"), ADVISED, ids=lambda one: str(one)[:30])
def test_advice(code: str, text: str, marked: list[str]) -> None:
    shown = advise(sentence_of(text), [code])
    assert [text[one.start : one.end] for one in shown] == marked


def test_advice_of_one_rule_does_not_overlap() -> None:
    text = "Some commentators have said that critics say the senior officials failed."
    shown = advise(sentence_of(text), CODES)
    for one in shown:
        for other in shown:
            if one is not other and one.code == other.code:
                assert one.end <= other.start or other.end <= one.start


def test_the_lexicon_of_advice_is_sorted_and_ours() -> None:
    rows = list(lexicon().rows)
    assert rows == sorted(set(rows))
    assert lexicon().licence == "Apache-2.0"


# Whose words

WORDS = st.sampled_from(
    [
        *["This is a disgrace", "critics say", "the zealots", "he claimed", "A new pier", "“", "”"],
        *[
            '"',
            "\n\n>",
            "’",
            "said Mira Hale",
            "insisted",
            ",",
            ".",
            "?",
            "\n",
            "\n\n",
            " ",
            "reform",
        ],
        *["It must end", "“reform”", "“It is a shame.”", "“Critics say so,” she said."],
    ]
)


@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
@given(text=st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_no_finding_lies_wholly_in_a_quotation_unless_it_is_a_scare_quote(
    name: str, text: str
) -> None:
    # With this model every sentence that is judged is editorial.
    document = open_document(text.encode(), name)
    try:
        checked = check(document, Policy(codes=CODES), LinearModel({}, 5.0))
    except ReadError:
        return
    from framing.voice import hear

    voices = [
        (document.span(sentence, voice.start, voice.end))
        for sentence in hear(document)
        for voice in sentence.voices
        if voice.kind == "quotation"
    ]
    for one in checked.findings:
        inside = any(start <= one.start and one.end <= end for start, end in voices)
        assert not inside or one.code == "FR103", (one.code, text[one.start : one.end])


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“It is a disgrace.”", True),
        ("“It is over.” “It is a disgrace.”", True),
        ("“It is a disgrace,” she said.", False),
        ("The “disgrace” was a late bus.", False),
        ("“Disgrace”", True),
        ("It is a disgrace.", False),
        ("It is a disgrace, she said.", False),
    ],
)
def test_quoted_from_end_to_end(text: str, quoted: bool) -> None:
    assert is_quoted(sentence_of(text)) == quoted


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_words_of_a_finding_lie_apart(marks: list[tuple[int, int]]) -> None:
    """Also of a sentence with as many marks as it is long, which took the square of them."""
    wanted = [
        one
        for one in dict.fromkeys(marks)
        if not any(one != big and big[0] <= one[0] and one[1] <= big[1] for big in marks)
    ]
    assert judging._apart(marks) == wanted


def test_a_finding_of_very_many_marks() -> None:
    marks = [(at, at + 1) for at in range(100_000)]
    assert judging._apart(marks) == marks
