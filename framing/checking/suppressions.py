"""Suppressions: what an editor decided to let stand, beside the text or in a file next to it.

In the draft, as a comment (in plain text on a line of its own)::

    <!-- framing: ignore[FR001] agreed with the desk -->        the next sentence
    <!-- framing: ignore-start[FR001] reader's letter -->       from here …
    <!-- framing: ignore-end -->                                … to here
    <!-- framing: ignore-file[FR1] wire copy -->                the whole file

Without codes a suppression holds for every rule. Copy that must not be touched has its
suppressions in ``DRAFT.framing.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from framing.checking.findings import Finding, Suppressed
from framing.checking.policy import Policy
from framing.checking.rules import PREFIX, RULES, starts_with_any
from framing.checking.wording import wording
from framing.errors import ReadError
from framing.text import Document
from framing.values import NamedTuple

__all__ = ["SIDECAR", "Suppression", "apply", "in_comments", "in_sidecar", "is_directive"]

#: What a draft's name is followed by in the name of the file with its suppressions.
SIDECAR = ".framing.toml"

_DIRECTIVE = re.compile(r"framing\s*:\s*")
_FORM = re.compile(
    r"(?P<what>ignore(?:-(?:file|start|end))?)\s*(?:\[(?P<codes>[^\]]*)\])?(?:[\s:–—-]+(?P<why>.*))?",
    re.DOTALL,
)
_UNUSED, _NO_REASON, _MALFORMED = "FR901", "FR902", "FR903"


class Suppression(NamedTuple):
    """A decision to let findings stand.

    Attributes
    ----------
    scope : str
        ``"sentence"``, ``"block"`` or ``"file"``.
    codes : tuple of str
        Beginnings of the codes it is about; empty for all.
    reason : str
    path : str
        The file it stands in.
    line, column, start, end : int
        Where it stands there.
    covers : tuple of (int, int)
        Half-open offsets into the draft: findings that begin there are suppressed.
    wrong : str
        Why it is void, "" if it is not.
    code : str
        The rule that a void one breaks.
    """

    scope: str
    codes: tuple[str, ...]
    reason: str
    path: str
    line: int
    column: int
    start: int
    end: int
    covers: tuple[int, int]
    wrong: str = ""
    code: str = _MALFORMED


def is_directive(text: str) -> bool:
    """Tell whether a comment is addressed to this program.

    Examples
    --------
    >>> is_directive("framing: ignore"), is_directive("framing the picture")
    (True, False)
    """
    return _DIRECTIVE.match(text) is not None


def in_comments(document: Document) -> list[Suppression]:
    r"""Read the suppressions in a draft's comments.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Suppression
        In order; those that cannot be read are void and say why.

    Examples
    --------
    >>> from framing.readers import open_document
    >>> text = b"It rained.\n\n<!-- framing: ignore[FR001] an old joke -->\n\nIt poured."
    >>> one, = in_comments(open_document(text, "a.txt"))
    >>> one.scope, one.codes, one.reason, text[slice(*one.covers)]
    ('sentence', ('FR001',), 'an old joke', b'It poured.')
    """
    found: list[Suppression] = []
    opened: list[Suppression] = []
    for start, end, text in document.comments:
        if not is_directive(text):
            continue
        form = _FORM.fullmatch(text[_DIRECTIVE.match(text).end() :].strip())  # type: ignore[union-attr]
        line, column = document.place(start)
        where = (document.name, line, column, start, end)
        if form is None:
            wrong = "write framing: ignore[CODE] reason, or ignore-file, ignore-start, ignore-end"
            found.append(Suppression("sentence", (), "", *where, (0, 0), wrong))
            continue
        codes = _codes(form["codes"] or "")
        unknown = _unknown(codes)
        if form["what"] == "ignore-end":
            if opened:
                found.append(_closed(opened.pop(), start))
            else:
                wrong = "ignore-end without an ignore-start before it"
                found.append(Suppression("block", codes, "", *where, (0, 0), wrong))
            continue
        scope = {"ignore": "sentence", "ignore-start": "block", "ignore-file": "file"}[form["what"]]
        covers = (0, len(document.source) + 1)
        if scope == "sentence":
            covers = _next(document, end)
        elif scope == "block":
            covers = (end, end)
        reason = " ".join((form["why"] or "").split())
        one = Suppression(scope, codes, reason, *where, covers, unknown)
        (opened if scope == "block" else found).append(one)
    found += (one._replace(wrong="ignore-start without an ignore-end after it") for one in opened)
    return sorted(found, key=lambda one: one.start)


def _closed(one: Suppression, end: int) -> Suppression:
    return one._replace(covers=(one.covers[0], end))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _unknown(codes: Iterable[str]) -> str:
    """Say which code is that of no rule, "" if all are."""
    for one in codes:
        if not one.startswith(PREFIX) or not any(rule.code.startswith(one) for rule in RULES):
            return f"no rule begins with {one!r}"
    return ""


def _next(document: Document, offset: int) -> tuple[int, int]:
    """Return where the sentence lies that an offset is in, or else the one after it."""
    at = bisect_right(document.sentences, offset, key=lambda sentence: sentence.end)
    if at == len(document):
        return offset, offset
    return document.sentences[at].start, document.sentences[at].end


def in_sidecar(text: str, path: str, document: Document) -> list[Suppression]:
    r"""Read the suppressions in the file beside a draft.

    Parameters
    ----------
    text : str
        TOML: tables ``[[ignore]]`` with ``sentence`` (its wording; without it the whole file is
        meant), ``codes`` and ``reason``.
    path : str
        The file's.
    document : Document
        The draft.

    Raises
    ------
    ReadError
        If the file is malformed; the text names path, line and remedy.

    Examples
    --------
    >>> from framing.readers import open_document
    >>> draft = open_document("It rained. It’s bad.".encode(), "a.txt")
    >>> text = '[[ignore]]\nsentence = "It\'s bad."\nreason = "a joke"\n'
    >>> [one.covers for one in in_sidecar(text, "a.txt.framing.toml", draft)]
    [(11, 20)]
    """
    from framing.toml import MalformedError, parse

    try:
        tables = parse(text)
    except MalformedError as error:
        raise ReadError(f"{path}:{error.line}: not TOML: {error}") from error
    lines = [n for n, row in enumerate(text.splitlines(), 1) if row.strip() == "[[ignore]]"]
    rows = tables.pop("ignore", [])
    if tables or not isinstance(rows, list) or len(lines) != len(rows):
        raise ReadError(f"{path}:1: write tables [[ignore]], each on lines of its own, alone")
    found: list[Suppression] = []
    for line, row in zip(lines, rows, strict=True):
        codes, sentence, reason = _row(row, f"{path}:{line}")
        covered = [(0, len(document.source) + 1)]
        if sentence:
            wanted = wording(sentence)
            covered = [(s.start, s.end) for s in document if wording(s.text) == wanted] or [(0, 0)]
        scope = "sentence" if sentence else "file"
        wrong = _unknown(codes)
        found += (
            Suppression(scope, codes, reason, path, line, 1, 0, 0, covers, wrong)
            for covers in covered
        )
    return found


def _row(row: dict[str, object], where: str) -> tuple[tuple[str, ...], str, str]:
    for key in row:
        if key not in ("codes", "sentence", "reason"):
            raise ReadError(f"{where}: unknown key {key!r}; known keys: codes, reason, sentence")
    codes, sentence, reason = row.get("codes", []), row.get("sentence", ""), row.get("reason", "")
    if not isinstance(codes, list) or not all(isinstance(one, str) for one in codes):
        raise ReadError(f"{where}: codes must be a list of codes")
    if not isinstance(sentence, str) or not isinstance(reason, str):
        raise ReadError(f"{where}: sentence and reason must be text")
    return tuple(codes), sentence, reason


def apply(
    suppressions: Sequence[Suppression], findings: Sequence[Finding], policy: Policy, path: str
) -> tuple[list[Finding], list[Suppressed]]:
    """Part findings into those that remain and those that are suppressed.

    Parameters
    ----------
    suppressions : sequence of Suppression
    findings : sequence of Finding
    policy : Policy
        Which rules are on, and whether a reason must be given.
    path : str
        The draft's.

    Returns
    -------
    remaining : list of Finding
        And what is wrong with the suppressions themselves.
    suppressed : list of Suppressed
    """
    valid = []
    for one in suppressions:
        if not one.wrong and policy.require_reason and not one.reason:
            one = one._replace(wrong="say after the codes why", code=_NO_REASON)
        valid.append(one)
    ordered = sorted(
        (index for index, one in enumerate(valid) if not one.wrong),
        key=lambda index: valid[index].covers[1] - valid[index].covers[0],
    )
    used: set[tuple[str, int, int]] = set()
    remaining: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        for index in ordered:
            one = valid[index]
            first, last = one.covers
            if first <= finding.start < last and (
                not one.codes or starts_with_any(finding.code, one.codes)
            ):
                used.add((one.path, one.line, one.start))
                where = f"{one.path}:{one.line}"
                suppressed.append(Suppressed(finding, one.reason, where))
                break
        else:
            remaining.append(finding)
    seen: set[tuple[str, int, int]] = set()
    for one in valid:
        key = (one.path, one.line, one.start)
        if key in used or key in seen:
            continue
        seen.add(key)
        code, why = (one.code, one.wrong) if one.wrong else (_UNUSED, _unused(one))
        runs = not one.codes or any(starts_with_any(rule, one.codes) for rule in policy.codes)
        if code in policy.codes and (one.wrong or runs):
            remaining.append(_complaint(one, code, why, policy))
    return remaining, suppressed


def _unused(one: Suppression) -> str:
    codes = f"[{','.join(one.codes)}]" if one.codes else ""
    return f"ignore{codes} suppresses nothing; remove it"


def _complaint(one: Suppression, code: str, why: str, policy: Policy) -> Finding:
    rule = next(rule for rule in RULES if rule.code == code)
    reason = why if code == _UNUSED else f"{rule.summary}: {why}"
    return Finding(
        one.path,
        code,
        policy.desk,
        policy.fails(code),
        reason,
        one.line,
        one.column,
        one.line,
        one.column + max(one.end - one.start, 1),
        one.start,
        one.end,
        one.column,
        one.column + max(one.end - one.start, 1),
    )
