"""Lexicons: TSV files of phrases, and one token trie that finds all of them in one pass.

A lexicon file is ``phrase ⇥ feature ⇥ note`` below comment lines ``# name:``, ``# language:``,
``# source:`` and ``# licence:``. Phrases are tokens joined by single spaces, as
:func:`framing.text.tokenise` gives them; ``^`` before the first token ties a phrase to the
start of a sentence, ``*`` inside a phrase stands for any one token. The feature ``-`` marks a
phrase that keeps the words in it from counting ("critical condition").

The lexicons of the shipped extractors stand together in one more file, :class:`Index`, so that
a check of a draft reads the rows of the draft's words and no others.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from framing import bounds
from framing.errors import LexiconError
from framing.text import tokenise
from framing.values import TYPE_CHECKING, NamedTuple, Value

if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BLOCK",
    "LAST",
    "NOTHING",
    "START",
    "Index",
    "Lexicon",
    "Trie",
    "columns",
    "index",
    "load",
    "parse",
    "phrases",
    "shipped",
]

#: The feature of a phrase that stops others: a fixed expression of plain reporting.
BLOCK = "-"
#: The pseudo-token before the first token of a sentence.
START = "^"
ANY = "*"

_HEADER = ("name", "language", "source", "licence")
_SHIPPED = os.path.join(os.path.dirname(__file__), "lexicons", "en")
_LONGEST_PHRASE = 16


class Lexicon(Value):
    """A sorted list of phrases, each naming the feature it is evidence for.

    Attributes
    ----------
    name, language, source, licence : str
        From the file's header.
    rows : tuple of str
        ``phrase ⇥ feature ⇥ note`` in code-point order.
    """

    name: str
    language: str
    source: str
    licence: str
    rows: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """CRC-32 of the phrases and features, eight hex digits; notes do not count.

        It tells versions of a lexicon apart; it is no protection from anybody.
        """
        if "rows" not in vars(self) and self.name in index().digests:
            return index().digests[self.name]
        known = ("\t".join([*row.split("\t")[:2], "\n"]) for row in self.rows)
        return _digest("".join(known).encode())

    @property
    def features(self) -> tuple[str, ...]:
        """The features that the rows name, sorted."""
        return tuple(sorted({row.split("\t")[1] for row in self.rows} - {BLOCK}))

    if not TYPE_CHECKING:

        def __getattr__(self, field: str) -> Any:
            """Read a shipped lexicon when first asked for more than its name."""
            known = vars(self)
            if field not in self._fields or "name" not in known:
                raise AttributeError(f"a Lexicon has no {field!r}")
            known.update(_read(known["name"]))
            return known[field]

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return "rows" not in vars(self) or bool(self.rows)  # a shipped one has some, unread


def _digest(body: bytes) -> str:
    import zlib  # those of shipped lexicons are known already

    return f"{zlib.crc32(body):08x}"


def parse(text: str, path: str = "<lexicon>") -> Lexicon:
    r"""Read and check a lexicon's text.

    Parameters
    ----------
    text : str
        Header lines and rows.
    path : str
        Named in errors.

    Returns
    -------
    Lexicon

    Raises
    ------
    LexiconError
        Naming ``path:line`` and the remedy.

    Examples
    --------
    >>> lines = ["# name: house", "# language: en", "# source: style guide", "# licence: CC0"]
    >>> parse("\n".join([*lines, "game changer\thouse.cliche\t"])).features
    ('house.cliche',)
    """
    header: dict[str, str] = {}
    rows: dict[tuple[str, str], str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            header[key.strip()] = value.strip()
        elif line.strip():
            phrase, feature = _row(line, f"{path}:{number}")
            if (phrase, feature) in rows:
                raise LexiconError(f"{path}:{number}: {phrase!r} is listed twice; remove one row")
            rows[phrase, feature] = line
    missing = [key for key in _HEADER if not header.get(key)]
    if missing:
        raise LexiconError(f"{path}:1: add the header line '# {missing[0]}: …' above the rows")
    return Lexicon(**{key: header[key] for key in _HEADER}, rows=tuple(sorted(rows.values())))


def _row(line: str, place: str) -> tuple[str, str]:
    """Return phrase and feature of one row, or say what is wrong with it."""
    cells = line.split("\t")
    if len(cells) < 2 or not all(cells[:2]):
        raise LexiconError(f"{place}: write phrase, tab, feature (and a note), not {line!r}")
    phrase, feature = cells[:2]
    words = phrase.split(" ")
    if words[0] == START:
        words = words[1:]
    if not words or words[0] == ANY or words[-1] == ANY:
        raise LexiconError(f"{place}: {phrase!r} must begin and end with a word, not with {ANY!r}")
    if len(words) > _LONGEST_PHRASE:
        raise LexiconError(f"{place}: a phrase has at most {_LONGEST_PHRASE} words")
    tokens = tokenise(" ".join("x" if word == ANY else word for word in words)).words
    wanted = ["x" if word == ANY else word for word in words]
    if tokens != wanted:
        raise LexiconError(f"{place}: write {phrase!r} as tokens: {' '.join(tokens)!r}")
    if feature != BLOCK and "." not in feature:
        raise LexiconError(f"{place}: name the feature family.name, not {feature!r}")
    return phrase, feature


def load(path: str | os.PathLike[str]) -> Lexicon:
    """Read a lexicon file.

    Raises
    ------
    LexiconError
        If the file cannot be read, is larger than 20 MB or breaks the format.
    """
    try:
        text = bounds.read(path, bounds.LEXICON, LexiconError).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot read this lexicon: {error}") from error
    return parse(text, str(path))


@cache
def shipped(name: str) -> Lexicon:
    """Return one of the lexicons in this package; its file is read when it is looked into.

    Its format is held by the project's tests, so it is not checked again at start-up.

    Examples
    --------
    >>> shipped("hedging").licence
    'Apache-2.0'
    """
    lexicon = Lexicon.__new__(Lexicon)
    vars(lexicon)["name"] = name
    return lexicon


def _read(name: str) -> dict[str, Any]:
    """Return the fields of a shipped lexicon."""
    with open(f"{_SHIPPED}/{name}.tsv", "rb") as file:
        *lines, body = file.read().decode().split("\n", len(_HEADER))
    header = dict(line[2:].split(": ", 1) for line in lines)
    rows = body.split("\n")
    rows.pop()  # what follows the last newline: nothing
    return {**{key: header[key] for key in _HEADER}, "rows": tuple(rows)}


def columns(name: str) -> tuple[list[str], list[str]]:
    """Return the phrases of a shipped lexicon, and their features.

    Examples
    --------
    >>> phrases, features = columns("hedging")
    >>> features[phrases.index("apparent")]
    'hedging.word.weak'
    """
    cells = "\t".join(shipped(name).rows).split("\t")  # of all rows at once
    return cells[::3], cells[1::3]


class Index:
    """The lexicons of all shipped extractors in one, of which only single phrases are read.

    Its file is made by ``tools/index_lexicons.py``. The first three lines have name and digest of
    each lexicon; all features; and the pages: the first phrase of each, and where in the rest it
    begins. The rest is ``phrase ⇥ number of a feature``, sorted.

    Attributes
    ----------
    digests : dict of str to str
        Name of each lexicon → :attr:`Lexicon.digest`.
    """

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            names, features, pages = (file.readline().decode()[:-1].split("\t") for _ in range(3))
            self._body = file.read()
        self.digests = dict(zip(names[::2], names[1::2], strict=True))
        self._features = {b"%d" % number: name for number, name in enumerate(features)}
        self._pages = pages[::2]
        self._starts = [*map(int, pages[1::2]), len(self._body)]

    def look_up(self, phrase: str) -> tuple[list[str], int]:
        r"""Return what is known of a phrase.

        Returns
        -------
        features : list of str
        longer : int
            With which byte the first phrase goes on that begins with this one and a space; 0 if
            there is none.

        Examples
        --------
        >>> index().look_up("warts"), index().look_up("warts and all")
        (([], 97), (['interjection.phrase.weak'], 0))
        """
        features: list[str] = []
        page = bisect_right(self._pages, phrase)
        if not page:
            return features, 0
        body, line = self._body, b"\n" + phrase.encode("utf-8", "surrogatepass")
        size = len(line)
        # The first longer phrase may begin the next page.
        at = body.find(line, self._starts[page - 1] - 1, self._starts[page] + size)
        # What ends a phrase or a word in it sorts before all that goes on with a word.
        while at >= 0 and body.startswith(b"\t", at + size):
            end = body.index(b"\n", at + 1)
            features.append(self._features[body[at + size + 1 : end]])
            at = end if body.startswith(line, end) else -1
        longer = body[at + size + 1] if at >= 0 and body.startswith(b" ", at + size) else 0
        return features, longer


@cache
def index() -> Index:
    """Return the index of the shipped extractors' lexicons."""
    return Index(f"{_SHIPPED}/index.txt")


def phrases(name: str, vocabulary: Iterable[str]) -> Lexicon:
    """Make the lexicon of a learned extractor: each phrase is its own feature."""
    rows = tuple(sorted([f"{phrase}\t{name}.{phrase}\t" for phrase in vocabulary]))
    return Lexicon(name, "en", "learned in training", "Apache-2.0", rows)


class Entry(NamedTuple):
    """What a trie knows of the phrases that begin with certain tokens.

    Attributes
    ----------
    features : tuple of str
        Features of the phrase that ends here.
    longer : Trie or None
        Next token → the entry of the phrases that go on with it.
    """

    features: tuple[str, ...]
    longer: Trie | None


#: The entry of what no phrase goes on with.
NOTHING = Entry((), None)
_REMEMBERED = 200_000
#: After every row, so that a search need not ask whether the rows are at an end.
LAST = "\U0010ffff\U0010ffff\t"
_AFTER_ANY = chr(ord(ANY) + 1)


class Trie(dict[str, Entry]):
    r"""All phrases of several lexicons by first token; an entry is made when first asked for.

    Sorted rows make that a binary search per lexicon, so tens of thousands of phrases cost
    nothing at start-up.

    Parameters
    ----------
    lexicons : iterable of Lexicon

    Examples
    --------
    >>> rows = ("war\tx.y\t", "war of words\tx.z\t")
    >>> list(Trie([Lexicon("a", "en", "", "", rows)]).find("a war of words".split()))
    [(1, 2, 'x.y'), (1, 4, 'x.z')]
    """

    __slots__ = ("_index", "_prefix", "_rows")

    def __init__(self, lexicons: Iterable[Lexicon] = (), prefix: str = "") -> None:
        self._prefix = prefix
        self._rows: list[Sequence[str]] = []
        self._index: Index | None = None
        if lexicons:
            self._take(list(lexicons))

    def _take(self, every: list[Lexicon]) -> None:
        """Take the rows of lexicons; those of all the shipped extractors from their index."""
        if len(every) > 1:
            indexed = {id(shipped(name)) for name in index().digests}
            if indexed <= set(map(id, every)):
                self._index = index()
                every = [one for one in every if id(one) not in indexed]
        self._rows = [(*one.rows, LAST) for one in every if one.rows]

    def __missing__(self, word: str) -> Entry:
        if len(self) > _REMEMBERED:
            self.clear()
        phrase = self._prefix + word
        ended, beyond = phrase + "\t", phrase + "!"
        features: list[str] = []
        longer: Trie | None = None
        gaps = False
        if self._index is not None:
            features, following = self._index.look_up(phrase)
            if following:
                longer = Trie((), phrase + " ")
                longer._index = self._index
                gaps = following <= ord(ANY)
        for rows in self._rows:
            at = bisect_left(rows, ended)
            if rows[at] >= beyond:
                continue
            while rows[at].startswith(ended):
                features.append(rows[at].split("\t", 2)[1])
                at += 1
            goes_on = phrase + " "
            if rows[at].startswith(goes_on):
                if longer is None:
                    longer = Trie((), goes_on)
                longer._rows.append(rows)
                gaps = gaps or rows[at] < goes_on + _AFTER_ANY
        if longer is not None and not gaps:
            longer[ANY] = NOTHING  # asked for after every token, and hardly ever there
        entry = NOTHING
        if features or longer is not None:
            entry = Entry(tuple(features), longer)
        self[word] = entry
        return entry

    def find(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Yield every ``(start, end, feature)`` of a phrase in the tokens, half-open."""
        for start, word in enumerate(words):
            entry = self[word]
            if entry is not NOTHING:
                yield from _walk(entry, words, start + 1, start)
        if words:
            yield from _walk(self[START], words, 0, 0)

    def begin(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Yield those of the phrases that begin with the first token."""
        if words:
            yield from _walk(self[words[0]], words, 1, 0)
            yield from _walk(self[START], words, 0, 0)


def _walk(entry: Entry, words: list[str], at: int, start: int) -> Iterator[tuple[int, int, str]]:
    for feature in entry.features:
        yield start, at, feature
    if entry.longer is not None and at < len(words):
        for key in (words[at], ANY):
            following = entry.longer[key]
            if following is not NOTHING:
                yield from _walk(following, words, at + 1, start)
