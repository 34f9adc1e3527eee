"""Suppressions: which findings they cover, and what is wrong with them."""

from __future__ import annotations

import pytest

from framing.checking.findings import Checked
from framing.checking.judging import check
from framing.checking.policy import Policy
from framing.errors import ReadError
from framing.model import LinearModel
from framing.readers import open_document

CODES = frozenset({"FR001", "FR101", "FR901", "FR902", "FR903"})
#: Every sentence that is judged is editorial.
ALWAYS = LinearModel({}, 5.0)


def checked(text: str, sidecar: str | None = None, **policy: object) -> Checked:
    document = open_document(text.encode(), "a.txt")
    return check(document, Policy(codes=CODES).replace(**policy), ALWAYS, sidecar)


def remaining(text: str, sidecar: str | None = None, **policy: object) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in checked(text, sidecar, **policy).findings]


def ignore(what: str) -> str:
    return f"<!-- framing: {what} -->"


ONE = "It is bad. It is worse.\n"


def test_the_next_sentence() -> None:
    text = f"It is so.\n\n{ignore('ignore[FR001] agreed')}\n\n{ONE}"
    result = checked(text)
    assert [(one.line, one.column) for one in result.findings] == [(1, 1), (5, 12)]
    (suppressed,) = result.suppressed
    assert suppressed.reason == "agreed"
    assert suppressed.where == "a.txt:3"
    assert suppressed.finding.text == "It is bad."


def test_without_codes_every_rule_is_meant() -> None:
    text = f"{ignore('ignore: house style')}\nCritics say it is bad.\n"
    assert remaining(text) == []
    text = f"{ignore('ignore[FR1] house style')}\nCritics say it is bad.\n"
    assert remaining(text) == [("FR001", 2)]


def test_a_block() -> None:
    text = (
        f"{ONE}\n{ignore('ignore-start[FR0] a letter')}\n\n{ONE}\n{ignore('ignore-end')}\n\n{ONE}"
    )
    assert remaining(text) == [("FR001", 1), ("FR001", 1), ("FR001", 9), ("FR001", 9)]


def test_blocks_within_blocks() -> None:
    start, end = ignore("ignore-start[FR001] x"), ignore("ignore-end")
    text = f"{start}\n{ONE}\n{start}\n{ONE}\n{end}\n{ONE}\n{end}\n{ONE}"
    assert remaining(text) == [("FR001", 11), ("FR001", 11)]


def test_the_whole_file() -> None:
    text = f"{ONE}\n{ignore('ignore-file[FR001] wire copy')}\n\n{ONE}"
    result = checked(text)
    assert result.findings == ()
    assert len(result.suppressed) == 4


def test_the_narrowest_is_used() -> None:
    text = f"{ignore('ignore-file[FR001] all')}\n{ignore('ignore[FR001] one')}\n{ONE}"
    assert [one.reason for one in checked(text).suppressed] == ["one", "all"]


def test_a_comment_is_no_sentence_and_moves_nothing() -> None:
    text = f"It is so.\n{ignore('ignore[FR001] x')}\nIt is bad.\n"
    document = open_document(text.encode(), "a.txt")
    assert [sentence.text for sentence in document] == ["It is so.", "It is bad."]
    assert [(one.line, one.column) for one in document] == [(1, 1), (3, 1)]
    assert all(document.source[one.start : one.end] == one.text for one in document)


def test_a_comment_in_the_midst_of_a_line_is_text() -> None:
    text = f"It is so. {ignore('ignore[FR001] x')} It is bad.\n"
    assert open_document(text.encode(), "a.txt").comments == ()


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("ignore[FR001]", ""),
        ("ignore[FR001]: agreed", "agreed"),
        ("ignore[FR001] – agreed", "agreed"),
        ("ignore [ FR001 , FR101 ]   agreed  by   all", "agreed by all"),
        ("ignore agreed", "agreed"),
    ],
)
def test_how_it_is_written(what: str, reason: str) -> None:
    (suppressed,) = checked(f"{ignore(what)}\nIt is bad.\n").suppressed
    assert suppressed.reason == reason


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("ingore[FR001]", "write framing: ignore[CODE] reason"),
        ("ignore[FR001", "write framing: ignore[CODE] reason"),
        ("", "write framing: ignore[CODE] reason"),
        ("ignore[FR7]", "no rule begins with 'FR7'"),
        ("ignore[FR001, loaded]", "no rule begins with 'loaded'"),
        ("ignore-start[FR001]", "ignore-start without an ignore-end after it"),
        ("ignore-end", "ignore-end without an ignore-start before it"),
        ("ignored", "write framing: ignore[CODE] reason"),
    ],
)
def test_what_cannot_be_read_is_void(what: str, why: str) -> None:
    findings = checked(f"{ignore(what)}\nIt is bad.\n").findings
    assert [one.code for one in findings] == ["FR903", "FR001"]
    assert why in findings[0].reason
    assert not findings[0].fails


def test_unused() -> None:
    text = f"{ignore('ignore[FR101] x')}\nIt is bad.\n"
    assert remaining(text) == [("FR901", 1), ("FR001", 2)]
    # It may be needed when its rule is on.
    assert remaining(text, codes=frozenset({"FR001", "FR901"})) == [("FR001", 2)]
    assert remaining(f"It is bad.\n\n{ignore('ignore x')}\n") == [("FR001", 1), ("FR901", 3)]


def test_a_desk_that_is_not_judged_says_nothing() -> None:
    text = f"{ignore('ignore[FR001] x')}\n{ignore('ingore')}\nIt is bad.\n"
    assert remaining(text, judged=False, codes=frozenset()) == []


def test_a_reason_may_be_required() -> None:
    text = f"{ignore('ignore[FR001]')}\nIt is bad.\n"
    assert remaining(text) == []
    assert remaining(text, require_reason=True) == [("FR902", 1), ("FR001", 2)]
    text = f"{ignore('ignore[FR001] agreed')}\nIt is bad.\n"
    assert remaining(text, require_reason=True) == []


# Beside the draft


def test_a_sentence_by_its_wording() -> None:
    sidecar = '[[ignore]]\nsentence = "\\"It\'s  bad,\\" they - said."\nreason = "agreed"\n'
    result = checked("“It’s bad,” they – said.\n\nIt is worse.\n", sidecar)
    assert [one.line for one in result.findings] == [3]
    assert result.suppressed[0].where == "a.txt.framing.toml:1"


def test_every_such_sentence_and_the_whole_file() -> None:
    sidecar = '[[ignore]]\nsentence = "It is bad."\ncodes = ["FR001"]\n'
    assert remaining("It is bad. It is bad.\n", sidecar) == []
    assert remaining(ONE, '[[ignore]]\ncodes = ["FR0"]\nreason = "wire copy"\n') == []


def test_unused_beside_the_draft() -> None:
    sidecar = '# decisions\n\n[[ignore]]\nsentence = "It was bad."\n\n[[ignore]]\ncodes = ["FR7"]\n'
    findings = checked("It is bad.\n", sidecar).findings
    assert [(one.path, one.line, one.code) for one in findings] == [
        ("a.txt", 1, "FR001"),
        ("a.txt.framing.toml", 3, "FR901"),
        ("a.txt.framing.toml", 6, "FR903"),
    ]


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        ("[[ignore]\n", "a.txt.framing.toml:1: not TOML"),
        ("\n[[ignore]]\nsentences = 'x'\n", "toml:2: unknown key 'sentences'; known keys: codes"),
        ("[[ignore]]\ncodes = 'FR001'\n", "toml:1: codes must be a list"),
        ("[[ignore]]\nsentence = 1\n", "toml:1: sentence and reason must be text"),
        ("ignore = [{}]\n", "toml:1: write tables"),
        ("[ignore]\nreason = 'x'\n", "toml:1: write tables"),
        ("[[allow]]\n", "toml:1: write tables"),
    ],
)
def test_malformed_beside_the_draft(sidecar: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        checked("It is bad.\n", sidecar)
    assert message in str(caught.value)
