"""Findings: what a check says about a draft."""

from __future__ import annotations

from framing.dropping import Dropped
from framing.values import NamedTuple, Value

__all__ = ["Checked", "Finding", "Reason", "Summary", "Suppressed", "Weight"]


class Weight(NamedTuple):
    """What one feature adds to a score, as :class:`framing.model.Contribution` in short.

    Attributes
    ----------
    feature : str
    amount : float
    spans : tuple of (int, int)
        Half-open offsets into the sentence's text.
    """

    feature: str
    amount: float
    spans: tuple[tuple[int, int], ...]


class Finding(Value):
    """A rule broken at a place.

    Attributes
    ----------
    path : str
        The draft.
    code : str
        The rule's, ``FR001``.
    desk : str
        The desk whose rule it is.
    fails : bool
        Whether it makes the check fail; else it is advice.
    reason : str
        One line for the author.
    line, column, end_line, end_column : int
        One-based; the end is exclusive.
    start, end : int
        The same place as half-open code-point offsets into the file's text.
    byte_column, end_byte_column : int
        The columns counted in bytes of UTF-8.
    kind : str
        What the sentence is, one of :data:`framing.text.KINDS`; "" outside of sentences.
    text : str
        The sentence.
    marks : tuple of (int, int)
        Half-open offsets into the sentence's text: the words it rests on.
    label, probability, score, base :
        The sentence's verdict.
    unsure : bool
        Whether it is less certain than the model was made to be.
    weights : tuple of Weight
        What its score is the sum of.
    """

    path: str
    code: str
    desk: str
    fails: bool
    reason: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    byte_column: int
    end_byte_column: int
    kind: str = ""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    label: str | None = None
    probability: float | None = None
    score: float | None = None
    base: float | None = None
    weights: tuple[Weight, ...] = ()
    unsure: bool = False


class Suppressed(Value):
    """A finding that somebody decided to let stand, and why."""

    finding: Finding
    reason: str
    where: str


#: Why a sentence was not judged → how many.
Reason = tuple[str, int]


class Checked(Value):
    """What came of one draft.

    Attributes
    ----------
    path : str
    judged : int
        Sentences judged.
    skipped : tuple of (str, int)
        Why others were not, and how many.
    findings : tuple of Finding
        In order of place.
    suppressed : tuple of Suppressed
    error : str
        What kept the draft from being checked, "" if nothing did.
    dropped : tuple of Dropped
        Plug-ins that failed, so that it was checked without them.
    """

    path: str
    judged: int = 0
    skipped: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    error: str = ""
    dropped: tuple[Dropped, ...] = ()


class Summary(Value):
    """What came of a run.

    Attributes
    ----------
    files : int
        Drafts checked.
    judged : int
        Sentences judged.
    skipped : tuple of (str, int)
        Why others were not, and how many, the most frequent reason first.
    findings : int
        Reported, advice among them.
    advice : int
        Reported, and without effect on the exit code.
    suppressed : int
    baseline : int
        Known before, so not reported.
    unchanged : int
        Drafts without a change since the base of comparison, which were not checked.
    base : str
        That base, "" without one.
    untouched : int
        Findings in sentences that have not changed since, so not reported.
    paths : tuple of str
        The drafts checked, in order.
    errors : tuple of str
        What kept others from being checked.
    stale : tuple of str
        Sentences of the baseline that are not found any more.
    dropped : tuple of Dropped
        Plug-ins without which drafts were checked, each with the first reason.
    """

    files: int = 0
    judged: int = 0
    skipped: tuple[Reason, ...] = ()
    findings: int = 0
    advice: int = 0
    suppressed: int = 0
    baseline: int = 0
    unchanged: int = 0
    base: str = ""
    untouched: int = 0
    paths: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
