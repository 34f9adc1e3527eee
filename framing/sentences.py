"""Find the sentences of a block: plain rules for what is plain, nupunkt for what is doubtful.

Most periods of a news text are plain: an ordinary word before them, a capital after them. Those
are decided here, which is exact for news and saves loading nupunkt (a word list of 6,000
abbreviations) for most drafts. What remains, an abbreviation nobody listed before a capital, is
what nupunkt was trained for, and it is asked about that spot alone.

Every step looks at a bounded stretch around one terminator, so time is linear in any input.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from framing.blocks import BLANK
from framing.lexicon import columns
from framing.patterns import late
from framing.values import NamedTuple

__all__ = ["find_sentences"]

# A terminator, the quotation marks, brackets and note marks that close after it, and the gap.
_STOP = re.compile(
    r"(?P<stop>[.!?…‼⁇⁈⁉。！？]+)"
    r"(?P<close>[\"'”’»›)\]}*_]*(?:\[\d{1,3}\])*)"
    rf"(?P<gap>[{BLANK}]*)"
)
_FIRST_STOP = re.compile("[.!?…‼⁇⁈⁉。！？]")
_NEXT = late(
    r"(?P<open>[\"'“‘«‹(\[{¿¡*_–—\s\u200b-]{0,8})"
    r"(?P<word>[^\W_][\w’'&-]{0,30})?(?P<after>.{0,2})",
    re.DOTALL,
)
# Compiled when first needed, which for most drafts is never.
# `“Why?” Gen. Jane Roe asked`: up to four capitalised words and the verb.
_SPEAKER = (
    r"(?:[A-ZÀ-Þ][\w.’'-]{0,30}\s{1,4}){1,4}"
    r"(?P<verb>[a-z]{3,12})\b(?:\s{1,4}(?P<then>[a-z]{1,12})\b)?"
)
_ENUMERATOR = late(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\)?")
_INITIALISM = r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}"
_SPEECH = re.compile(r"[^\W_]")
_SPACES = late(rf"[{BLANK}]")

_OPENERS = "\"'“‘«‹([{*_"
_LONGEST_WORD = 40  # a longer stretch before a period is an address or noise
_TAIL = 3  # letters by which most words are told from abbreviations
_WINDOW = 40  # characters on either side of a doubtful period that nupunkt gets to see


class _Stop(NamedTuple):
    """A terminator and what stands around it."""

    marks: str
    closers: str
    chunk: str  # what stands before it up to the white space, without opening marks
    word: str  # the part of the chunk behind its last hyphen or dash
    before: str  # the word before the chunk, "" at the start of a sentence
    opened: str  # opening marks after the gap
    next: str
    after: str  # the two characters behind the next word


def find_sentences(source: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences in ``source[start:end]``.

    Parameters
    ----------
    source : str
        Any text.
    start, end : int
        The block to look at; by default all of `source`.

    Returns
    -------
    list of (int, int)
        In order, not overlapping; every visible character of the block is in one of them.

    Examples
    --------
    >>> text = "“Why?” he asked. It was 5 p.m. in the U.S. He left."
    >>> [text[i:j] for i, j in find_sentences(text)]
    ['“Why?” he asked.', 'It was 5 p.m. in the U.S.', 'He left.']
    """
    end = len(source) if end is None else end
    while start < end and source[start] in BLANK:
        start += 1
    while end > start and source[end - 1] in BLANK:
        end -= 1
    if start == end:
        return []
    stop = _FIRST_STOP.search(source, start, end)
    if stop is None or stop.end() == end:
        return [(start, end)]  # at a glance: as most paragraphs of news
    spans: list[tuple[int, int]] = []
    first = start
    last_stop = start
    for match in _STOP.finditer(source, start, end):
        gap, following = match.span("gap")
        if following == end:
            break
        if gap == following:
            here = _is_missing_space(source, match, first)
        else:
            here = _is_plain_end(source, match, first, end) or _ends(
                source, match, first, last_stop, end
            )
        last_stop = following
        if here:
            spans.append((first, gap))
            first = following
    spans.append((first, end))
    return _with_words(source, spans)


def _is_plain_end(source: str, match: re.Match[str], first: int, end: int) -> bool:
    """Tell at a glance that a sentence ends, as it does at most periods before a capital.

    The last letters of the word before show that it is neither an abbreviation nor a number.
    """
    at, following = match.start(), match.end()
    if source[at] != "." or match.end("stop") > at + 1:
        return False
    following += source[following] in _OPENERS
    if following == end or not "A" <= source[following] <= "Z":
        return False
    tail = source[max(at - _TAIL, first) : at]
    return (
        len(tail) == _TAIL
        and tail.islower()
        and tail.isalpha()
        and tail.strip("ivx") != ""
        and tail not in _abbreviated()
    )


@cache
def _abbreviated() -> frozenset[str]:
    """Return how the abbreviations end that are as long as what is looked at."""
    return frozenset(word.rstrip(".")[-_TAIL:] for word in _words_of("abbreviations"))


def _with_words(source: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a span without a letter or digit ("🎉", "***", a stray quote) to the one before."""
    found: list[tuple[int, int]] = []
    wordless = False
    for span in spans:
        speaks = _SPEECH.search(source, *span) is not None
        if found and (wordless or not speaks):
            span = (found.pop()[0], span[1])
            speaks = speaks or not wordless
        found.append(span)
        wordless = not speaks
    return found


def _ends(source: str, match: re.Match[str], first: int, last_stop: int, end: int) -> bool:
    """Decide whether a terminator that white space follows ends its sentence."""
    at = match.start()
    following = match.end()
    upcoming = _NEXT.match(source, following, end)
    assert upcoming is not None  # all its parts are optional
    left = source[max(first, at - _LONGEST_WORD) : at]
    *earlier, chunk = _SPACES.split(left) if left else [""]
    chunk = chunk.lstrip(_OPENERS)
    stop = _Stop(
        match["stop"],
        match["close"],
        chunk,
        re.split("[-‐‑–—/]", chunk)[-1] if not chunk.isalnum() else chunk,
        next((word for word in reversed(earlier) if word), ""),
        upcoming["open"],
        upcoming["word"] or "",
        upcoming["after"],
    )
    if not chunk and last_stop == at and stop.marks == ".":
        stop = stop._replace(marks="...")  # ". . ." is a spaced ellipsis
    if at - first < _LONGEST_WORD and _opens_only(source[first:at], stop):
        return False
    if stop.marks == ".":
        answer = _judge_period(stop)
    else:
        answer = _judge_mark(stop, source, following, end)
    if answer is None:
        return _ask(source, match.end("close"), following, first, end)
    return answer


def _opens_only(so_far: str, stop: _Stop) -> bool:
    """Tell whether what stands before a terminator is no sentence, only the start of one."""
    if not _SPEECH.search(so_far):
        return True  # "... But", a leading ellipsis
    if stop.marks != "." or stop.closers:
        return False
    if _ENUMERATOR.fullmatch(so_far.rpartition(": ")[2]):
        return True  # "1. First", "two reasons: 1. First"
    # "PORT HALEST. March 3 (Agency) - "
    return so_far.isupper() and stop.next.lower() in _words()["calendar"]


def _judge_mark(stop: _Stop, source: str, following: int, end: int) -> bool:
    """Judge ``!``, ``?``, an ellipsis and their mixtures."""
    if _continues(stop) or "—" in stop.opened or "–" in stop.opened:
        return False
    if stop.marks[0] not in "!?" and stop.marks[-1] not in "!?":  # an ellipsis
        if not stop.next or stop.next[0].isdigit() or _first_part(stop.next) == "I":
            return False
        return not (stop.closers.startswith((")", "]")) and not stop.chunk)
    if not stop.chunk:
        return stop.closers[:1] not in (")", "]")  # "(!)", "(?)"
    if _feature(stop.chunk) == "abbreviation.brand" and not stop.closers:
        return _starts(stop)
    if any(mark in stop.closers for mark in "\"'”’»"):
        speaker = re.compile(_SPEAKER).match(source, following, min(end, following + 160))
        if speaker and speaker["verb"] in _words()["report"]:
            clause = speaker["then"] in _words()["subject"]
            return clause and speaker["verb"] not in ("asked", "asks")
    return True


def _judge_period(stop: _Stop) -> bool | None:
    """Judge a single period; None is for nupunkt to decide."""
    word = stop.word
    feature = _feature(word)
    if not word or not word[0].isalnum():
        return not _continues(stop)
    if _continues(stop):
        # An ordinary word before it: a sentence in lower case, or an abbreviation nobody listed.
        if stop.next and len(word) > 3 and word.isalpha() and not (feature or stop.closers):
            return None if not stop.opened else False
        return False
    if feature == "abbreviation.inner":
        return False
    capitalised = word[0].isupper()
    if feature and (capitalised or feature not in _words()["capitalised"]):
        judge = _JUDGES.get(feature, _by_starter)
        return judge(stop)
    if len(word) == 1 and word.isalpha():
        return _judge_initial(stop)
    if "." in word:
        if re.fullmatch(_INITIALISM, word):
            return True if _starts(stop) else None
        return True
    if not capitalised or len(word) > 3 or word.isupper() or not word.isalpha() or _starts(stop):
        return True
    # "Kim. Roe", "Abb. Roe": a short capitalised word may be an abbreviation nobody listed.
    return True if stop.closers else None


def _continues(stop: _Stop) -> bool:
    """Tell whether what follows cannot begin a sentence: a word in lower case."""
    if not stop.next:
        if stop.after[:1] in (".", "…") and stop.chunk:
            # `... But` and `“. . . But` open a sentence; the dots of "end. . . ." close one.
            return not (stop.after in ("..", "…") or stop.opened.strip(BLANK))
        return stop.after[:1] in (".", ",", ";", ":", ")", "]", "}")
    first = stop.next[0]
    # iPhone and eBay begin with a lower-case letter wherever they stand.
    return first.islower() and not any(char.isupper() for char in stop.next[1:3])


def _starts(stop: _Stop) -> bool:
    """Tell whether the next word is capitalised only because a sentence begins with it."""
    if not stop.next or not stop.next[0].isupper() or stop.after[:1] in (".", "-"):
        return False
    if any(dash in stop.opened for dash in "–—-"):
        return False  # "WASHINGTON, D.C. - Lawmakers": a dateline
    word = _first_part(stop.next)
    return (word.istitle() or word == "I") and word.lower() in _words()["starter"]


def _first_part(word: str) -> str:
    """Return a word without its clitic: "I" of "I’ll"."""
    return word.replace("’", "'").partition("'")[0]


def _by_starter(stop: _Stop) -> bool:
    """End at an abbreviation only before a word that is plainly a sentence's first."""
    return _starts(stop)


def _never(stop: _Stop) -> bool:
    return False


def _judge_number(stop: _Stop) -> bool:
    """``No. 5``, ``p. 12``; but "He said no. The others …"."""
    digits = stop.next[:1].isdigit() or stop.opened.strip(BLANK) != ""
    return not (digits or stop.next in ("I", "II", "III", "IV", "V", "X"))


def _judge_unit(stop: _Stop) -> bool:
    return not stop.next[:1].isdigit()


def _judge_time(stop: _Stop) -> bool:
    """``5 p.m. Monday`` and ``5 p.m. EDT`` go on; ``5 p.m. Officials`` does not."""
    if not stop.next or stop.next[0].isdigit() or "(" in stop.opened or stop.after[:1] == ".":
        return False
    return stop.next.lower() not in _words()["calendar"]


def _judge_state(stop: _Stop) -> bool:
    """``Santa Ana, Calif. Mayor`` is rare: after a comma AP style would put another one."""
    if not stop.next or stop.next[0].isdigit() or stop.opened.strip(BLANK):
        return _starts(stop)
    if _starts(stop):
        return True
    closes = stop.before.endswith(",") or "-" in stop.chunk
    in_capitals = stop.word.isupper() and stop.next.isupper()  # a headline in capitals
    return closes and "." not in stop.word and stop.after[:1] != "." and not in_capitals


def _judge_org(stop: _Stop) -> bool | None:
    if _starts(stop):
        return True
    if not stop.next or stop.next[0].isdigit() or stop.opened.strip(BLANK) or stop.after[:1] == ".":
        return False
    return None


def _judge_initial(stop: _Stop) -> bool | None:
    """``J. K. Rowe`` goes on; "vitamin C. The" and "so do I. Doctors" do not."""
    if _starts(stop):
        return True
    if stop.word == "I" and stop.before[:1].islower():
        return True
    if stop.word.isupper() and (not stop.before or not stop.before[0].islower()):
        return False
    return None


_JUDGES: dict[str, Callable[[_Stop], bool | None]] = {
    "abbreviation.title": _never,
    "abbreviation.number": _judge_number,
    "abbreviation.unit": _judge_unit,
    "abbreviation.time": _judge_time,
    "abbreviation.state": _judge_state,
    "abbreviation.org": _judge_org,
    "abbreviation.suffix": _judge_org,
    "abbreviation.end": _judge_unit,
}


def _is_missing_space(source: str, match: re.Match[str], first: int) -> bool:
    """Tell whether a sentence ends here though no space follows ("end.The next")."""
    at, following = match.start(), match.end()
    if len(match["stop"]) > 1 or match["stop"] in "…":
        return False
    if match["stop"] in "。！？":
        return True
    upcoming = source[following : following + 2]
    if not upcoming.istitle() or not (upcoming.isalpha() or upcoming in ("I ", "A ")):
        return False
    if match["close"]:
        return match["close"][-1] in "”’)]»" and source[at - 1 : at].isalpha()
    left = _SPACES.split(source[max(first, at - _LONGEST_WORD) : at])[-1].lstrip(_OPENERS)
    right = _SPACES.split(source[following : following + _LONGEST_WORD])[0]
    word = re.split("[-‐‑–—/,]", left)[-1]
    if len(word) < 3 or not word.isalpha() or not word[1:].islower() or _feature(word):
        return False
    if any(mark in left + right for mark in "/@\\_=") or re.search(r"\.[^\W_]", right):
        return False
    name = re.match(r"\w*", right)
    if name and _words_of("boundaries").get(name.group().lower()) == "address.domain":
        return False
    return match["stop"] == "." or word.islower()


@cache
def _words_of(name: str) -> dict[str, str]:
    """Return a shipped list as phrase → feature."""
    return dict(zip(*columns(name), strict=True))


@cache
def _words() -> dict[str, frozenset[str]]:
    """Return the words that decide boundaries, by what they do."""
    by: dict[str, set[str]] = {}
    for word, feature in _words_of("boundaries").items():
        by.setdefault(feature, set()).add(word)
    subject = by["starter.subject"]
    months = by["calendar.month"] | by["calendar.weekday"]
    abbreviated = {word for word, what in _words_of("abbreviations").items() if "month" in what}
    return {
        "subject": frozenset(subject),
        "starter": frozenset(subject | by["starter.other"]),
        "report": frozenset(by["verb.report"]),
        "calendar": frozenset(months | abbreviated | by["calendar.zone"]),
        "capitalised": frozenset(
            {"abbreviation.month", "abbreviation.state", "abbreviation.title", "abbreviation.org"}
        ),
    }


def _feature(word: str) -> str:
    """Return what kind of abbreviation a word is, "" for none; its last period is left out."""
    known = _words_of("abbreviations")
    key = word.lower().replace("’", "'")
    return known.get(key + "." if "." in key else key, "")


def _ask(source: str, close: int, following: int, first: int, end: int) -> bool:
    """Ask nupunkt whether a sentence ends between `close` and `following`."""
    left = max(first, close - _WINDOW)
    right = min(end, following + _WINDOW)
    # Whole words only; a blank line or the like in the window would be a boundary by itself.
    window = _SPACES.sub(" ", source[left:right])
    return any(close <= left + last <= following for _, last in _nupunkt()(window))


@cache
def _nupunkt() -> Callable[[str], list[tuple[int, int]]]:
    """Load nupunkt when the first doubtful period is met: it costs more than all else here."""
    import nupunkt

    return nupunkt.sent_spans
