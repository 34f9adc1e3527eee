"""One draft: read, heard and judged, the rules applied, suppressions heeded."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from framing.analysis import prepare
from framing.checking.findings import Checked, Finding, Suppressed, Weight
from framing.checking.policy import Policy
from framing.errors import ReadError
from framing.model import LinearModel, Verdict
from framing.reports.characters import one_line, shorten
from framing.reports.layout import TOP, is_whole
from framing.text import JUDGED, NOT_ENGLISH, NOT_PROSE, Document, Sentence

__all__ = ["check", "is_quoted", "sidecar_of"]

_SHOWN_WORDS = 3
#: Families that tell how a sentence is built: "is" and "it" are named where nothing else is.
_GROUND = ("surface.", "wording.")
_LONGEST_WORDS = 40
#: Voices that take a sentence from its author.
_OTHERS = frozenset({"quotation"})


class _Places:
    """Lines and columns of a document, the latter also in bytes; asked for mostly in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._ascii = document.source.isascii()
        self._at = (0, 0, 1)  # line, offset, byte column

    def of(self, offset: int, keep: bool = False) -> tuple[int, int, int]:
        """Return line, column and byte column of an offset; `keep` it to go on from there."""
        line, column = self.document.place(offset)
        if self._ascii:
            return line, column, column
        start, wide = offset - column + 1, 1
        # A paragraph may be one line of a megabyte: go on from the place before.
        if self._at[0] == line and self._at[1] <= offset:
            _, start, wide = self._at
        wide += len(self.document.source[start:offset].encode("utf-8", "surrogatepass"))
        if keep:
            self._at = line, offset, wide
        return line, column, wide


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
    if not os.path.isfile(path):  # to open a pipe would be to wait for it
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
    heard = prepare(document)
    together = _in_context(heard, policy, model)
    skipped: Counter[str] = Counter()
    findings: list[Finding] = []
    judged = 0
    places = _Places(heard)
    for number, sentence in enumerate(heard):
        if sentence.kind not in JUDGED:
            skipped[sentence.kind] += 1
        elif not policy.judged:
            skipped[f"{policy.desk} desk"] += 1
        elif is_quoted(sentence):
            skipped["quotation"] += 1
        else:
            judged += 1
            verdict = together[number] if together else None
            findings.extend(_broken(places, sentence, policy, model, verdict))
    if not judged and not (skipped["quotation"] or skipped[f"{policy.desk} desk"]):
        unknown = skipped[NOT_ENGLISH] or skipped[NOT_PROSE]
        why = f"it is {_most(skipped)}" if unknown else "there is no prose in it"
        raise ReadError(f"{document.name}: nothing to judge, {why}; {_skipped(skipped)}")
    suppressed: list[Suppressed] = []
    if document.comments or sidecar is not None:
        findings, suppressed = _suppress(heard, findings, policy, sidecar)
    findings.sort(key=lambda one: (one.path != document.name, one.start, one.end, one.code))
    reasons = tuple(sorted(skipped.items()))
    return Checked(document.name, judged, reasons, tuple(findings), tuple(suppressed))


def _most(skipped: Counter[str]) -> str:
    """Return which of the two that are unknown to the model there is more of."""
    return max((NOT_ENGLISH, NOT_PROSE), key=skipped.__getitem__)


def _in_context(document: Document, policy: Policy, model: LinearModel) -> tuple[Verdict, ...]:
    """Judge all sentences together, where a policy asks for it."""
    if not policy.context:
        return ()
    alone = [model.judge(sentence, policy.threshold) for sentence in document]
    return model.in_context(alone, policy.threshold)


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
    places: _Places,
    sentence: Sentence,
    policy: Policy,
    model: LinearModel,
    verdict: Verdict | None = None,
) -> Iterator[Finding]:
    """Yield the rules that a sentence breaks; judge it, unless its verdict is there."""
    code = "FR002" if sentence.kind == "headline" else "FR001"
    if code in policy.codes:
        verdict = verdict or model.judge(sentence, policy.threshold)
        if verdict.label == "editorial":
            yield _editorial(places, verdict, code, policy)
    if any(code.startswith("FR1") for code in policy.codes):
        from framing.checking.advice import advise

        for code, start, end, reason in advise(sentence, policy.codes):
            yield _place(places, sentence, code, policy, reason, start, end)


def _editorial(places: _Places, verdict: Verdict, code: str, policy: Policy) -> Finding:
    sentence, contributions = verdict.sentence, verdict.contributions
    told = [
        (one.feature.startswith(_GROUND), (mark.start, mark.end))
        for one in contributions[:TOP]
        if one.amount > 0
        for mark in one.evidence
        if not is_whole(sentence.text, mark.start, mark.end)
    ]
    marks = [mark for _, mark in told]
    telling = [mark for ground, mark in told if not ground]
    words = [
        shorten(one_line(sentence.text[start:end]), _LONGEST_WORDS)
        for start, end in _apart(telling or marks)[:_SHOWN_WORDS]
    ]
    what = "the headline comments" if code == "FR002" else "the writer comments"
    quoted = ", ".join(f'"{one}"' for one in dict.fromkeys(words))
    finding = _place(places, sentence, code, policy, f"{what}: {quoted}" if quoted else what)
    return finding.replace(
        marks=tuple(sorted(set(marks))),
        label=verdict.label,
        unsure=verdict.unsure,
        probability=verdict.probability,
        score=verdict.score,
        base=verdict.base,
        weights=tuple(
            Weight(one.feature, one.amount, tuple((m.start, m.end) for m in one.evidence))
            for one in contributions
        ),
    )


def _apart(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what is there already or lies inside another mark; what weighs most comes first."""
    inside = set()
    reach = -1
    for start, end in sorted(set(marks), key=lambda one: (one[0], -one[1])):
        if end <= reach:
            inside.add((start, end))
        reach = max(reach, end)
    return [one for one in dict.fromkeys(marks) if one not in inside]


def _place(
    places: _Places,
    sentence: Sentence,
    code: str,
    policy: Policy,
    reason: str,
    first: int = 0,
    last: int | None = None,
) -> Finding:
    """Return a finding on a stretch of a sentence, or on all of it."""
    document = places.document
    start, end = document.span(sentence, first, last)
    line, column, byte_column = places.of(start, keep=True)
    end_line, end_column, end_byte_column = places.of(end)
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
        byte_column,
        end_byte_column,
        sentence.kind,
        sentence.text,
        ((first, last),) if last is not None else (),
    )
