"""Quotation marks → spans: which stretches of a sentence stand between marks.

Pure typography: what is opened, what is closed, and which marks are no quotation marks at all
(apostrophes, inches, '90s). Who speaks, and whether marks are scare quotes, is
:mod:`framing.voice`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from itertools import compress

from framing.patterns import late
from framing.values import NamedTuple

__all__ = ["MARKS", "Quotation", "quotations"]

#: Tokens that can open or close a quotation.
MARKS = frozenset("\"“”„‟«»‘’‚'`")

_CLOSER = {
    "“": "”",
    "„": "”",
    "‟": "”",
    "«": "»",
    "»": "«",
    '"': '"',
    "‘": "’",
    "‚": "’",
    "'": "'",
    "`": "'",
}
#: The marks that can also stand inside a token.
_APOSTROPHES = frozenset("'’")
_ELISION = late(r"(?:\d0s|em|til|tis|twas|cause|n|bout|round|cos|neath)\b", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{—–-/:,\"“‘'")
_FEET = late(r"\d['’]\s?\d{1,2}\"$")
_STOPS = frozenset(".,!?…")


class Quotation(NamedTuple):
    """A stretch between quotation marks, marks included.

    Attributes
    ----------
    start, end : int
        Half-open token numbers.
    complete : bool
        Whether both marks stand in this sentence.
    """

    start: int
    end: int
    complete: bool


#: What ``Quotation(*fields)`` does, three times as fast.
_quotation = partial(tuple.__new__, Quotation)


def quotations(
    text: str, raw: list[str], awaited: str = "", places: Iterable[int] | None = None
) -> tuple[list[Quotation], str]:
    """Find the quoted stretches of one sentence.

    Parameters
    ----------
    text : str
        The sentence.
    raw : list of str
        Its tokens as written.
    awaited : str
        The closing mark that an earlier sentence of the paragraph left open, or "".
    places : iterable of int, optional
        Which tokens are among :data:`MARKS`, if that is known.

    Returns
    -------
    found : list of Quotation
        In order, not overlapping; marks inside marks do not count.
    awaited : str
        The closing mark that is still missing at the end of the sentence, or "".

    Examples
    --------
    >>> from framing.text import tokenise
    >>> text = "The '90s plan was “a fraud” on voters’ trust."
    >>> raw = tokenise(text).raw
    >>> [raw[one.start : one.end] for one in quotations(text, raw)[0]]
    [['“', 'a', 'fraud', '”']]
    """
    found: list[Quotation] = []
    opened, complete = 0, not awaited
    free = 0  # where the author's text began again
    size = len(text)
    end = last = 0  # behind the mark before, in the text and among the tokens
    if places is None:
        places = compress(range(len(raw)), map(MARKS.__contains__, raw))
    for index in places:
        # The text is searched for the mark, which is faster than to work out all offsets.
        mark = raw[index]
        start = text.find(mark, end)
        if mark in _APOSTROPHES:  # those inside words and clitics are no marks
            for _ in range("".join(raw[last:index]).count(mark)):
                start = text.find(mark, start + 1)
        end, last = start + 1, index + 1
        before = text[start - 1] if start else " "
        after = text[end] if end < size else " "
        if awaited:
            if _closes(mark, awaited, text, start, before, after):
                found.append(_quotation((opened, index + 1, complete)))
                awaited, free = "", index + 1
        elif _opens(mark, text, end, before, after):
            closer = _CLOSER[mark]
            # A straight single mark that nothing closes is an apostrophe, unless it stands
            # where speech begins.
            lone = closer == "'" and index and raw[index - 1] not in (":", ",")
            if lone and not _closed_later(text, end):
                continue
            awaited, opened, complete = closer, index, True
        elif _closes_unopened(mark, before, after):
            found.append(Quotation(free, index + 1, False))
            free = index + 1
    if awaited and opened < len(raw):
        found.append(Quotation(opened, len(raw), False))
    return found, awaited


def _opens(mark: str, text: str, end: int, before: str, after: str) -> bool:
    if mark == '"':
        return (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
    if mark in "“„‟":
        return True
    if mark in "«»":  # either way round: «…» or »…«, and « … » as the French set it
        if not (before.isspace() or before in _OPENS_AFTER):
            return False
        return not after.isspace() or (mark == "«" and text.find("»", end) > 0)
    if mark not in _CLOSER:
        return False
    if not (before.isspace() or before in _OPENS_AFTER) or after.isspace():
        return False
    return not _ELISION.match(text, end)


def _closes(mark: str, awaited: str, text: str, start: int, before: str, after: str) -> bool:
    if mark != awaited:  # unless opened curly, closed straight
        return awaited == "”" and mark == '"' and not (before.isspace() or after.isalnum())
    if awaited in "”»«":
        return True
    if awaited == '"':
        if after.isalnum():
            return False
        return not before.isdigit() or not _FEET.search(text, max(start - 5, 0), start + 1)
    if before.isspace() or after.isalnum():
        return False
    # voters’ trust: a plural's apostrophe, if the quotation can still be closed further on
    if before in "sS" and after == " " and text[start + 2 : start + 3].islower():
        return not _later_closer(text, start + 1, awaited)
    return True


def _later_closer(text: str, at: int, closer: str) -> bool:
    """Whether a mark further on closes for sure: it follows a letter or stop and ends a phrase."""
    while (at := text.find(closer, at)) >= 0:
        before, after = text[at - 1], text[at + 1 : at + 2] or " "
        if not before.isspace() and not after.isalnum():
            if before not in "sS" or after != " ":
                return True
            if not text[at + 2 : at + 3].islower():
                return True
        at += 1
    return False


def _closed_later(text: str, at: int) -> bool:
    """Whether a straight single mark further on can close."""
    while (at := text.find("'", at)) >= 0:
        after = text[at + 1 : at + 2] or " "
        if not text[at - 1].isspace() and not after.isalnum():
            return True
        at += 1
    return False


def _closes_unopened(mark: str, before: str, after: str) -> bool:
    if before.isspace() or after.isalnum():
        return False
    if mark in "”»«":
        return not before.isdigit() or not after.isspace()
    if mark == '"':
        return not before.isdigit()  # 6'2"
    return mark == "’" and before in _STOPS
