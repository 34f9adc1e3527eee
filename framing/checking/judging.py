"""One draft: read, heard and judged, the rules applied, suppressions heeded."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from framing.checking.findings import Checked, Finding, Suppressed, Weight
from framing.checking.policy import Policy
from framing.errors import ReadError
from framing.model import LinearModel, Verdict
from framing.reports.characters import one_line, shorten
from framing.reports.layout import TOP, is_whole
from framing.text import JUDGED, Document, Sentence
from framing.voice import hear

__all__ = ["check", "is_quoted", "sidecar_of"]

_SHOWN_WORDS = 3
_LONGEST_WORDS = 40
#: Voices that take a sentence from its author.
_OTHERS = frozenset({"quotation"})


def is_quoted(sentence: Sentence) -> bool:
    """Tell whether a sentence is somebody else's from its first word to its last.

    Scare quotes are the author's own, and a clause that is attributed without quotation marks
    is the author's wording.

    Examples
    --------
    >>> from framing.voice import sentence_of
    >>> is_quoted(sentence_of("“It is a disgrace.”"))
    True
    >>> is_quoted(sentence_of("“It is a disgrace,” she said."))
    False
    """
    spans = [(one.start, one.end) for one in sentence.voices if one.kind in _OTHERS]
    if not spans:
        return False
    at = 0
    for start, end in sorted(spans):
        if any(map(str.isalnum, sentence.text[at:start])):
            return False
        at = max(at, end)
    return not any(map(str.isalnum, sentence.text[at:]))


def sidecar_of(name: str) -> str | None:
    """Return the text of the file with a draft's suppressions, None if there is none."""
    path = f"{name}.framing.toml"
    if not os.path.exists(path):
        return None
    from framing.readers.encoding import read_text

    return read_text(path)


def check(
    document: Document, policy: Policy, model: LinearModel, sidecar: str | None = None
) -> Checked:
    """Check one draft.

    Parameters
    ----------
    document : Document
        As its reader returned it.
    policy : Policy
        The rules that hold for it.
    model : LinearModel
        What judges it.
    sidecar : str, optional
        Text of the file with its suppressions.

    Returns
    -------
    Checked

    Raises
    ------
    ReadError
        If there is nothing in it to judge, or its suppressions cannot be read.

    Examples
    --------
    >>> from framing.readers import open_document
    >>> draft = open_document(b"A new pier is much needed.", "a.txt")
    >>> policy = Policy(codes=frozenset({"FR001"}))
    >>> [one.code for one in check(draft, policy, LinearModel({}, 1.0)).findings]
    ['FR001']
    """
    if not document.sentences:
        raise ReadError(f"{document.name}: there is no sentence in it; is it the right file?")
    heard = hear(document)
    skipped: Counter[str] = Counter()
    findings: list[Finding] = []
    judged = 0
    for sentence in heard:
        if sentence.kind not in JUDGED:
            skipped[sentence.kind] += 1
        elif not policy.judged:
            skipped[f"{policy.desk} desk"] += 1
        elif is_quoted(sentence):
            skipped["quotation"] += 1
        else:
            judged += 1
            findings.extend(_broken(heard, sentence, policy, model))
    if not judged and not (skipped["quotation"] or skipped[f"{policy.desk} desk"]):
        raise ReadError(
            f"{document.name}: nothing to judge, there is no prose in it; {_skipped(skipped)}"
        )
    suppressed: list[Suppressed] = []
    if document.comments or sidecar is not None:
        findings, suppressed = _suppress(heard, findings, policy, sidecar)
    findings.sort(key=lambda one: (one.path != document.name, one.start, one.end, one.code))
    reasons = tuple(sorted(skipped.items()))
    return Checked(document.name, judged, reasons, tuple(findings), tuple(suppressed))


def _skipped(skipped: Counter[str]) -> str:
    kinds = ", ".join(f"{n} {kind}" for kind, n in skipped.most_common())
    return f"skipped {skipped.total()} ({kinds})"


def _suppress(
    document: Document, findings: list[Finding], policy: Policy, sidecar: str | None
) -> tuple[list[Finding], list[Suppressed]]:
    from framing.checking.suppressions import SIDECAR, apply, in_comments, in_sidecar

    suppressions = in_comments(document)
    if sidecar is not None:
        suppressions += in_sidecar(sidecar, f"{document.name}{SIDECAR}", document)
    return apply(suppressions, findings, policy, document.name)


def _broken(
    document: Document, sentence: Sentence, policy: Policy, model: LinearModel
) -> Iterator[Finding]:
    """Yield the rules that a sentence breaks."""
    code = "FR002" if sentence.kind == "headline" else "FR001"
    if code in policy.codes:
        verdict = model.judge(sentence, policy.threshold)
        if verdict.label == "editorial":
            yield _editorial(document, verdict, code, policy)
    if any(code.startswith("FR1") for code in policy.codes):
        from framing.checking.advice import advise

        for code, start, end, reason in advise(sentence, policy.codes):
            yield _place(document, sentence, code, policy, reason, start, end)


def _editorial(document: Document, verdict: Verdict, code: str, policy: Policy) -> Finding:
    sentence = verdict.sentence
    marks = [
        (mark.start, mark.end)
        for one in verdict.contributions[:TOP]
        if one.amount > 0
        for mark in one.evidence
        if not is_whole(sentence.text, mark.start, mark.end)
    ]
    words = [
        shorten(one_line(sentence.text[start:end]), _LONGEST_WORDS)
        for start, end in _apart(marks)[:_SHOWN_WORDS]
    ]
    what = "the headline comments" if code == "FR002" else "the writer comments"
    quoted = ", ".join(f'"{one}"' for one in words)
    finding = _place(document, sentence, code, policy, f"{what}: {quoted}" if quoted else what)
    return finding.replace(
        marks=tuple(sorted(set(marks))),
        label=verdict.label,
        probability=verdict.probability,
        score=verdict.score,
        base=verdict.base,
        weights=tuple(
            Weight(one.feature, one.amount, tuple((m.start, m.end) for m in one.evidence))
            for one in verdict.contributions
        ),
    )


def _apart(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what is there already or lies inside another mark; what weighs most comes first."""
    return [
        one
        for one in dict.fromkeys(marks)
        if not any(one != big and big[0] <= one[0] and one[1] <= big[1] for big in marks)
    ]


def _place(
    document: Document,
    sentence: Sentence,
    code: str,
    policy: Policy,
    reason: str,
    first: int = 0,
    last: int | None = None,
) -> Finding:
    """Return a finding on a stretch of a sentence, or on all of it."""
    start, end = document.span(sentence, first, last)
    line, column = document.place(start)
    end_line, end_column = document.place(end)
    return Finding(
        document.name,
        code,
        policy.desk,
        policy.fails(code),
        reason,
        line,
        column,
        end_line,
        end_column,
        start,
        end,
        _bytes(document, start, column),
        _bytes(document, end, end_column),
        sentence.kind,
        sentence.text,
        ((first, last),) if last is not None else (),
    )


def _bytes(document: Document, offset: int, column: int) -> int:
    """Return a column counted in bytes of UTF-8."""
    before = document.source[offset - column + 1 : offset]
    return column if before.isascii() else len(before.encode("utf-8", "surrogatepass")) + 1
