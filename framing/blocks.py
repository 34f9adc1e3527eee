"""Cut a text into blocks (paragraphs, headings, list items …) and say what each one is.

Blocks come before sentences: a sentence never runs over a blank line, a bullet or a heading.
Offsets are half-open and count code points of the untouched source; white space around a
block and the bullet before it are not part of the block.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from itertools import pairwise

from framing.lexicon import Trie, columns, shipped
from framing.patterns import late
from framing.text import NORMAL, split, tokenise
from framing.values import NamedTuple

__all__ = ["BLANK", "Block", "blocks_of", "find_blocks"]

#: White space and characters that show nothing: they never begin or end a sentence.
BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_CLOSERS = "\"'”’»›)]}*_"

_BULLET = re.compile(
    r"(?P<glyph>[•◦▪▫‣⁃●○■□▸►➤➢✓✔∙·])|[-*+–—](?=\s)|(?:\(?\d{1,3}[.)]|\(?[A-Za-z]\))(?=\s)"
)
_HASHES = re.compile(r"#{1,6}(?=\s)")
_INNER_END = late(r"[a-z]{3}[.!?][\"'”’)]*\s+[\"“‘(]?[A-Z]")
_TIME = late(r"\d{1,2}[:.]\d\d")

# Below this width lines are short because they are separate, not because they were wrapped.
_NARROWEST_WRAP = 40
_LONGEST_HEADLINE = 200
_LONGEST_HEADING = 100
_LONGEST_FURNITURE = 300
_LONGEST_HEAD = 80  # of a longer text so much is looked at
_REMEMBERED = 200_000
_FEW = 200  # blocks that are read before it pays to remember


class Block(NamedTuple):
    """A stretch of the source that holds whole sentences.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the source.
    kind : str
        One of :data:`framing.text.KINDS`.
    """

    start: int
    end: int
    kind: str


#: What ``Block(*fields)`` does, three times as fast.
_block = partial(tuple.__new__, Block)


class _Line(NamedTuple):
    """A line without the white space around it."""

    start: int
    end: int
    text: str


_line = partial(tuple.__new__, _Line)
#: Lines that belong together, before it is known what they are: where they start and end, and what
#: their mark (bullet, hashes) says: "plain", "item" or "heading".
_Stretch = tuple[int, int, str]


def find_blocks(source: str) -> list[Block]:
    r"""Return the blocks of a text in order.

    Parameters
    ----------
    source : str
        Any text with any newlines.

    Returns
    -------
    list of Block

    Examples
    --------
    >>> text = "Storm Hits Port Halest\n\nBy Jane Roe\n\nIt came at\nnight.\n• Two died.\n"
    >>> [(text[b.start : b.end], b.kind) for b in find_blocks(text)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Storm Hits Port Halest', 'headline'), ('By Jane Roe', 'byline'),
     ('It came at\nnight.', 'prose'), ('Two died.', 'list item')]
    """
    blocks: list[Block] = []
    at_top = True
    for run in _runs(source):
        for start, end, shape in _stretches(run):
            kind = _kind(source[start:end], shape, at_top)
            at_top = at_top and kind != "prose"
            blocks.append(_block((start, end, kind)))
    return blocks


def blocks_of(text: str, shape: str, at_top: bool) -> list[Block]:
    """Return the blocks of a paragraph, heading or list item that markup has set apart.

    Parameters
    ----------
    text : str
        Its text without markup; newlines are breaks that the author asked for.
    shape : str
        What the markup says: ``"plain"``, ``"item"`` or ``"heading"``.
    at_top : bool
        Whether no prose has come yet: there a longer text can be a headline.

    Returns
    -------
    list of Block
        With offsets into `text`; more than one where a break sets something apart.

    Examples
    --------
    >>> blocks_of("Storm hits the port", "heading", False)
    [Block(start=0, end=19, kind='headline')]
    """
    return [
        Block(start, end, _kind(text[start:end], shape if mark == "plain" else mark, at_top))
        for run in _runs(text)
        for start, end, mark in _stretches(run)
    ]


def _runs(source: str) -> list[list[_Line]]:
    """Group the lines that have no blank line between them."""
    runs: list[list[_Line]] = []
    run: list[_Line] = []
    at = 0
    for raw in source.splitlines(keepends=True):
        text = raw.strip(BLANK)
        if text:
            start = at if raw[0] == text[0] else at + len(raw) - len(raw.lstrip(BLANK))
            run.append(_line((start, start + len(text), text)))
        # U+2029 ends a paragraph by definition; any other newline only ends a line.
        if run and (not text or raw[-1] == "\u2029"):
            runs.append(run)
            run = []
        at += len(raw)
    if run:
        runs.append(run)
    return runs


def _stretches(run: list[_Line]) -> list[_Stretch]:
    """Cut a run of lines where a bullet, a heading or a line of its own begins."""
    start, shape = _unmark(run[0], first=True)
    if len(run) == 1:
        return [(start, run[0].end, shape)]
    width = max(line.end - line.start for line in run)
    found: list[_Stretch] = []
    for line, following in pairwise(run):
        new_start, new_shape = _unmark(following, first=shape == "item" or _terminated(line.text))
        if shape == "heading" or new_shape != "plain" or _apart(line.text, following.text, width):
            found.append((start, line.end, shape))
            start, shape = new_start, new_shape
    found.append((start, run[-1].end, shape))
    return found


def _unmark(line: _Line, first: bool) -> tuple[int, str]:
    """Return where a line's words start and what the mark before them says.

    A dash or a number opens an item only where one may begin (`first`); in the midst of
    wrapped prose it is a dash or a number.
    """
    if line.text[0].isalpha() and line.text[1:2] != ")":
        return line.start, "plain"  # most lines
    mark, shape = _HASHES.match(line.text), "heading"
    if mark is None:
        mark, shape = _BULLET.match(line.text), "item"
        if mark is None or line.text[:4].lower() == "(c) " or not (first or mark["glyph"]):
            return line.start, "plain"
    words = line.text[mark.end() :].lstrip(BLANK)
    if not any(map(str.isalnum, words[:80])):
        return line.start, "plain"  # "* * *" and "- - -" divide, they list nothing
    return line.end - len(words), shape


def _apart(line: str, following: str, width: int) -> bool:
    """Tell whether the newline between two lines separates them (else it is hard wrapping)."""
    opener = following.lstrip("\"'“‘«([")[:1]
    if opener.islower() and not _is_furniture(line):
        return False
    if _is_furniture(line) or _is_furniture(following):
        return True
    if line[-1] in ",;–—-":
        return False
    # Wrapped text breaks a line only where the next word would not have fitted.
    first_word = len(following.split(None, 1)[0])
    if width < _NARROWEST_WRAP or len(line) + 1 + first_word <= width:
        return True
    return not _terminated(line) and _in_title_case(line) and not _in_title_case(following)


def _terminated(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in {".", "!", "?", "…", ":", "。"}


def _ended(text: str) -> bool:
    """Tell whether a block ends as sentences do."""
    return _terminated(text) and text[-1] != ":"


def _in_title_case(text: str) -> bool:
    """Tell whether a line's longer words are all capitalised, as in headlines."""
    words = [word for word in text[:_LONGEST_HEADLINE].split() if len(word) > 3]
    return len(words) > 1 and not any(word[0].islower() for word in words)


def _kind(text: str, shape: str, at_top: bool) -> str:
    """Say what a block is."""
    furniture = _furniture(text)
    if furniture:
        return furniture
    if shape == "item":
        return "list item"
    if shape == "heading" or _is_headline(text, at_top):
        return "headline"
    return "prose"


def _is_headline(text: str, at_top: bool) -> bool:
    if text[-1] == ".":
        return False
    longest = _LONGEST_HEADLINE if at_top else _LONGEST_HEADING
    if len(text) > longest or text[-1] in ",;:" or text.lstrip("\"'“‘«([")[:1].islower():
        return False
    if _terminated(text) and not (text[-1] in "?!" and _in_title_case(text)):
        return False
    return not _INNER_END.search(text)


@cache
def _phrases() -> list[tuple[str, str]]:
    """Return the phrases that tell furniture, each with its feature."""
    return list(zip(*columns("furniture"), strict=True))


@cache
def _trie() -> Trie:
    return Trie([shipped("furniture")])


@cache
def _inside(*places: str) -> frozenset[str]:
    """Return one word, a rare one, of each phrase that tells something also inside a line."""
    phrases = [phrase for phrase, feature in _phrases() if feature.endswith(places)]
    return frozenset(max(phrase.split(" "), key=len) for phrase in phrases)


@cache
def _when() -> frozenset[str]:
    """Return the words that name a month or a weekday."""
    rows = [*zip(*columns("boundaries"), strict=True), *zip(*columns("abbreviations"), strict=True)]
    wanted = {"calendar.month", "calendar.weekday", "abbreviation.month"}
    return frozenset([word for word, feature in rows if feature in wanted])


@cache
def _of_dates() -> frozenset[str]:
    """Return the words that a line holds which is no more than a date."""
    return _when().union(word for word, feature in _phrases() if feature == "byline.date")


def _is_furniture(line: str) -> bool:
    """Tell whether a single line is surely no part of the text around it."""
    return not line[0].islower() and _furniture(line) is not None


def _furniture(text: str) -> str | None:
    """Return caption, byline or boilerplate if a block's wording says so, else None."""
    return None if _chunks().speak(text) else _worded(text)


class _Chunks:
    """What was met between two white spaces, and what it can tell of the block it stands in.

    It is met again and again, so it is cut into tokens only once. To learn it costs more than to
    look at all tokens of a block once, so a single draft is read without.
    """

    def __init__(self) -> None:
        self._asked = 0
        self._plain: set[str] = set()  # can tell furniture only where a block begins with it
        self._opening: set[str] = set()  # of these, what can tell it there
        self._dating: set[str] = set()  # of these, what a line that is a mere date can hold
        self._roles: set[str] = set()  # of these, what can end a line that says who writes

    def speak(self, text: str) -> bool:
        """Tell at a glance that a block is no furniture; False where that is doubtful."""
        if self._asked < _FEW:
            self._asked += 1
            return False
        chunks = text[:_LONGEST_FURNITURE].split()
        return (
            (self._plain.issuperset(chunks) or all(map(self._is_plain, chunks)))
            and not self._dating.issuperset(chunks)
            and len(chunks) > 1
            and not (chunks[0] in self._opening and _may_open(chunks))
            and (_ended(text) or self._roles.isdisjoint(chunks))
        )

    def _is_plain(self, chunk: str) -> bool:
        if chunk in self._plain:
            return True
        words = list(map(NORMAL.__getitem__, split(chunk)))
        if (
            not _inside(".part").isdisjoint(words)
            or "wrote" in words
            or "|" in chunk
            or chunk in "·»›"
            or len(chunk) > _LONGEST_HEAD
            or chunk.startswith(("FILE", "(FILE"))
        ):
            return False
        if len(self._plain) > _REMEMBERED:
            _chunks.cache_clear()
        # Other threads believe what is in the last of these.
        if words and words[0] in _openings():
            self._opening.add(chunk)
        if not any(word.isalpha() and word not in _of_dates() for word in words):
            self._dating.add(chunk)
        if not _inside(".role").isdisjoint(words):
            self._roles.add(chunk)
        self._plain.add(chunk)
        return True


@cache
def _chunks() -> _Chunks:
    return _Chunks()


@cache
def _openings() -> dict[str, set[str]]:
    """Return the first words of phrases that tell furniture there, and what follows each, or ""."""
    found: dict[str, set[str]] = {}
    for phrase, feature in _phrases():
        if not feature.endswith((".part", ".role", ".date")):
            first, *rest = phrase.split(" ")
            found.setdefault(first, set()).add(rest[0] if rest else "")
    return found


def _may_open(chunks: list[str]) -> bool:
    """Tell whether a block that begins so may begin with such a phrase."""
    first, *rest = tokenise(" ".join(chunks[:2])).words
    following = _openings()[first]
    return not rest or rest[0] in following or "" in following


# A line is looked at beside the one before it, beside the next one, and as a block of its own.
@lru_cache(maxsize=64)
def _worded(text: str) -> str | None:
    """Return what :func:`_furniture` does, after a look at all tokens."""
    head = text[:_LONGEST_FURNITURE]
    if not any(map(str.isalnum, head)):
        return "boilerplate"
    if head.startswith(("FILE -", "FILE –", "FILE —", "(FILE")):
        return "caption"
    short = len(text) <= _LONGEST_FURNITURE
    tokens = tokenise(head if short else head[:_LONGEST_HEAD])
    words, raw = tokens.words, tokens.raw
    ended = _ended(text)
    last = len(words)
    while last and not any(map(str.isalnum, words[last - 1])):
        last -= 1
    if short and not _inside(".part", ".role").isdisjoint(words):
        phrases = _trie().find(words)
    else:
        phrases = _trie().begin(words)
    for start, end, feature in phrases:
        kind, _, place = feature.partition(".")
        if place == "part":
            found = short
        elif place == "role":
            found = short and _is_signature(raw, start, end, ended)
        elif start:
            found = False
        elif feature == "byline.title":
            found = not ended and short and _is_credit(raw, end)
        elif place == "title":
            found = not ended and last <= 16
        elif place == "line":
            found = end >= last
        else:
            found = place == "start"
        if found:
            return kind
    return _layout(text, words, last) if short else None


def _layout(text: str, words: list[str], last: int) -> str | None:
    """Judge a short block by its build: a line of links, a date, an address, a login."""
    if last <= 14:
        if words[-2:] in (["wrote", ","], ["wrote", ":"]):
            return "byline"
        if _is_date(text, words[:last]):
            return "byline"
        if not re.search(r"\s", text) and ("@" in text or "://" in text or text[:4] == "www."):
            return "boilerplate"
    if "|" not in text and text.isascii():
        return None
    bars = max(text.count("|"), text.count(" · "), text.count(" » "), text.count(" › "))
    return "boilerplate" if bars >= 2 and len(text) < 40 * (bars + 1) else None


def _is_date(text: str, words: list[str]) -> bool:
    """Tell whether a line says only when ("Published 3 May 2024, 10:30")."""
    when = _when()
    telling = bool(_TIME.search(text))
    digits = False
    for word in words:
        if any(map(str.isdigit, word)):
            digits = True
        elif word in when:
            telling = True
        elif word.isalpha() or "." in word:
            if word not in _of_dates():
                return False
            telling = telling or word in ("ago", "read", "published", "updated", "posted")
    return digits and telling


def _is_credit(raw: list[str], start: int) -> bool:
    """Tell whether capitalised names follow the opening words of a byline."""
    names = [word for word in raw[start : start + 40] if word[0].isalpha()]
    if not names or not names[0][0].isupper():
        # "Posted by jroe on May 3", but not "By the numbers".
        return start > 1 and len(raw) <= 14
    capitalised = sum(word[0].isupper() for word in names)
    return 2 * capitalised >= len(names)


def _is_signature(raw: list[str], start: int, end: int, ended: bool) -> bool:
    """Tell whether a role stands after a name and ends the line ("Jane Roe, Staff Writer")."""
    if ended or not 3 <= start <= 8 or raw[start - 1] not in {",", "|", "/", "•", "·", "–", "—"}:
        return False
    names = [word for word in (*raw[: start - 1], *raw[end:]) if word[0].isalpha()]
    return len(raw) <= end + 8 and all(word[0].isupper() or word == "and" for word in names)
