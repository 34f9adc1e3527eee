"""Findings for people: with the sentence and its words underlined, or one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from framing.reports.characters import one_line, shorten, visible
from framing.reports.layout import FOR, is_whole, plural, without, wrap
from framing.reports.text import marks
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding, Summary

__all__ = ["concise", "message", "stale", "summary", "text"]

_COLUMNS = 80
_SHOWN_FEATURES = 3
_SHOWN_STALE = 3
_LONGEST = 200


def text(findings: Iterable[Finding]) -> str:
    """Show each finding with its sentence, the words it rests on underlined, and why.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    str
        Lines, each ended by a newline, a blank line after each finding.

    Examples
    --------
    >>> from framing.checking.findings import Finding
    >>> place = ("a.txt", "FR103", "news", False, 'whose word is "mere"?', 1, 4, 1, 10, 3, 9, 4, 10)
    >>> print(text([Finding(*place, "prose", 'A "mere" fee.', ((2, 8),))]), end="")
    a.txt:1:4: FR103 (news desk, advice) whose word is "mere"?
        A "mere" fee.
          ^^^^^^
    <BLANKLINE>
    """
    return "".join(map(_shown, findings))


def _shown(one: Finding) -> str:
    what = f"{one.desk} desk" if one.fails else f"{one.desk} desk, advice"
    verdict = ""
    if one.probability is not None:
        verdict = f" {one.label} {one.probability:.2f}{', unsure' if one.unsure else ''}:"
    lines = [f"{_place(one)} {one.code} ({visible(what)}){verdict} {one_line(one.reason)}"]
    if one.text:
        styles = [""] * len(one.text)
        for start, end in one.marks:
            styles[start:end] = [FOR] * (end - start)
        for line in wrap(one.text, styles, _COLUMNS):
            lines.append("".join(piece.text for piece in line).rstrip())
            lines.append(marks(line))
    return "".join(f"{line}\n" for line in lines if line) + "\n"


def _place(one: Finding) -> str:
    return f"{visible(one.path)}:{one.line}:{one.column}:"


def concise(findings: Iterable[Finding]) -> str:
    """Show one line for each finding.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    str
        Lines of ``path:line:column: editorial probability "sentence" [code desk: features]``,
        and of ``path:line:column: advice: reason [code desk]``.

    Examples
    --------
    >>> from framing.checking.findings import Finding
    >>> place = ("a.txt", "FR103", "news", False, 'whose word is "mere"?', 1, 4, 1, 10, 3, 9, 4, 10)
    >>> print(concise([Finding(*place)]), end="")
    a.txt:1:4: advice: whose word is "mere"? [FR103 news]
    """
    return "".join(f"{_place(one)} {_said(one)}\n" for one in findings)


def _said(one: Finding) -> str:
    if one.probability is None:
        level = "error" if one.fails else "advice"
        return f"{level}: {one_line(one.reason)} [{one.code} {visible(one.desk)}]"
    sentence = shorten(one_line(one.text), _COLUMNS)
    # How long the sentence is, and the like, tells an editor nothing.
    features = [
        visible(weight.feature)
        for weight in one.weights
        if weight.amount > 0
        and not any(is_whole(one.text, start, end) for start, end in weight.spans)
    ][:_SHOWN_FEATURES]
    rule = f"{one.code} {visible(one.desk)}{', unsure' if one.unsure else ''}"
    rest = f"{rule}: {', '.join(features)}" if features else rule
    return f'{one.label} {one.probability:.2f} "{sentence}" [{rest}]'


def message(one: Finding) -> str:
    """Say in one line what is wrong, by which desk's rule, in which sentence.

    Examples
    --------
    >>> from framing.checking.findings import Finding
    >>> place = ("a.txt", "FR103", "news", False, 'whose word is "mere"?', 1, 4, 1, 10, 3, 9, 4, 10)
    >>> message(Finding(*place, text="A mere fee."))
    'whose word is "mere"? (news desk): A mere fee.'
    """
    said = f"{one_line(one.reason)} ({visible(one.desk)} desk)"
    return f"{said}: {shorten(one_line(one.text), _LONGEST)}" if one.text else said


def summary(one: Summary) -> str:
    """Say in one line how much was checked, what was left out, and what was found.

    Examples
    --------
    >>> from framing.checking.findings import Summary
    >>> summary(Summary(9, 214, (("quotation", 22), ("boilerplate", 6)), 4, 0, 2, 7))
    ... # doctest: +NORMALIZE_WHITESPACE
    'checked 214 sentences in 9 files; skipped 28 (22 quotation, 6 boilerplate); 4 findings,
     2 suppressed, 7 in baseline'
    """
    parts = [f"checked {plural(one.judged, 'sentence')} in {plural(one.files, 'file')}"]
    if one.base:
        parts[0] += f" changed since {visible(one.base)} ({one.unchanged} unchanged)"
    if one.skipped:
        ordered = sorted(one.skipped, key=lambda item: (-item[1], item[0]))
        reasons = ", ".join(f"{count} {visible(why)}" for why, count in ordered)
        parts.append(f"skipped {sum(count for _, count in one.skipped)} ({reasons})")
    found = plural(one.findings, "finding")
    if one.advice:
        found += f" ({one.advice} advice)"
    counts = [found]
    for number, what in [
        (one.suppressed, "suppressed"),
        (one.baseline, "in baseline"),
        (one.untouched, "in unchanged sentences"),
    ]:
        if number:
            counts.append(f"{number} {what}")
    if one.dropped:
        counts[-1] += f"; {without(one.dropped)}"
    return "; ".join([*parts, ", ".join(counts)])


def stale(sentences: Sequence[str]) -> str:
    """Say which sentences of the baseline are not found any more.

    Examples
    --------
    >>> stale(["It is bad."])
    '1 finding of the baseline is gone ("It is bad."); remove it with --write-baseline'
    """
    shown = [f'"{shorten(one_line(one), 40)}"' for one in sentences[:_SHOWN_STALE]]
    if len(sentences) > _SHOWN_STALE:
        shown.append("…")
    gone, them = ("is", "it") if len(sentences) == 1 else ("are", "them")
    return (
        f"{plural(len(sentences), 'finding')} of the baseline {gone} gone"
        f" ({', '.join(shown)}); remove {them} with --write-baseline"
    )
