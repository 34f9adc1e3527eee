"""What is no English and what is no prose: set aside rather than guessed at.

A model of English finds nothing in a German sentence, and would call it a report. So sentences in
other languages, tables, and code get a kind of their own and no verdict.

Function words decide: hardly an English sentence of five words lacks all of "the", "and", "of" and
the rest, and other languages are full of theirs. A sentence that tells too little by itself (a
name, a headline) follows the rest of its document.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import compress, repeat

from framing.lexicon import columns
from framing.text import JUDGED, NORMAL, NOT_ENGLISH, NOT_PROSE, Document, Sentence

__all__ = ["is_english", "set_aside", "speaks"]

_SIGNS = frozenset("{}[]<>=_;|\\#+*^~`@&/")
#: Of the visible characters of prose, at least so many are letters, and fewer are signs.
_LETTERS, _SIGNED = 0.4, 0.12
#: So many words in small letters without an English function word are suspicious.
_SUSPICIOUS = 5


def set_aside(document: Document, enough: Sequence[bool] | None = None) -> Document:
    """Return the document with sentences marked that are no English, or no prose.

    Parameters
    ----------
    document : Document
    enough : sequence of bool, optional
        What :func:`is_english` says of each sentence, where that is known.

    Returns
    -------
    Document
        The same one if there are none.

    Examples
    --------
    >>> sentences = Sentence("Es ist eine Schande."), Sentence("x = {1: [2, 3]}")
    >>> [one.kind for one in set_aside(Document("", sentences=sentences))]
    ['not English', 'not prose']
    """
    if enough and all(enough):
        return document
    told = [
        (_ENGLISH if sure else _tell(one)) if one.kind in JUDGED else ""
        for one, sure in zip(document, enough or repeat(False), strict=False)
    ]
    kinds = (NOT_ENGLISH, NOT_PROSE)
    english = told.count(_ENGLISH)
    most = max(kinds, key=told.count)
    if told.count(most) > english:
        doubtful, kind = {_SILENT, _SUSPECT}, most
    else:
        doubtful, kind = set() if english else {_SUSPECT}, NOT_ENGLISH
    found = [kind if what in doubtful else what for what in told]
    if not any(what in kinds for what in found):
        return document
    return document.replace(
        sentences=tuple(
            one.replace(kind=what) if what in kinds else one
            for one, what in zip(document, found, strict=True)
        )
    )


#: So many letters to a sign are more than enough for prose.
_SIGN = 10
#: More than all English function words of a sentence can outweigh.
_BEYOND_DOUBT = 1_000_000
_ENGLISH, _SUSPECT, _SILENT = "English", "suspect", "silent"


def _tell(sentence: Sentence) -> str:
    """Return what a sentence is by itself: one of the kinds, or one of the three words above."""
    text, words = sentence.text, sentence.tokens.words
    english, shared, foreign, foreign_shared = _words()
    sure = sum(map(english.__contains__, words))
    if _tells_enough(sure, len(words)):
        return _ENGLISH  # most sentences; the rest is looked at more closely
    if _is_no_prose(text, sentence.tokens.raw):
        return NOT_PROSE
    if not text.isascii() and _in_another_script(text):
        return NOT_ENGLISH
    raw = [one for one in sentence.tokens.raw if one[0].isalpha()]
    # Capitals make names, and these may be of any language.
    small = [one for one in raw if one[0].islower()]
    other = sum(one in foreign or not (one.isascii() or one in shared) for one in small)
    if raw and raw[0][0].isupper():
        other += raw[0].lower() in foreign
    if sure:
        return NOT_ENGLISH if other > 2 * sure else _ENGLISH
    maybe = sum(map(shared.__contains__, words))
    both = len(foreign_shared.intersection(small))
    if other > 1 or (other and (both or not maybe)) or both > maybe + 1:
        return NOT_ENGLISH
    return _SUSPECT if len(small) >= _SUSPICIOUS and not maybe else _SILENT


def _tells_enough(closed: int, size: int) -> bool:
    """Tell whether so many English function words among so many tokens make a sentence English."""
    return 6 * closed > size


def is_english(closed: int, odd: int, letters: int, size: int, length: int) -> bool:
    """Tell that a sentence is English prose by sums over its tokens; False where it is doubtful.

    Parameters
    ----------
    closed, odd, letters : int
        The sums of what :func:`speaks` says of its tokens.
    size, length : int
        How many tokens and how many characters it has.

    Examples
    --------
    >>> is_english(1, 9, 0, 5, 30), is_english(1, 2, 20, 9, 30), is_english(1, 3, 20, 9, 30)
    (True, True, False)
    """
    return _tells_enough(closed, size) or (
        closed > 0 and odd <= 2 * closed and 2 * letters > length
    )


def speaks(raw: str) -> tuple[int, int, int]:
    """Return what a token as written says of the language.

    Returns
    -------
    closed : int
        1 if it is a function word of English and of no other language.
    odd : int
        How much it speaks against English prose, at most.
    letters : int
        How many letters it has if it is made of nothing else; signs count against them, so that
        where letters remain signs are few.

    Examples
    --------
    >>> speaks("The"), speaks("storm"), speaks("und"), speaks("[")
    ((1, 0, 3), (0, 0, 5), (0, 1, 3), (0, 0, -10))
    """
    english, shared, foreign, _ = _words()
    if any(map(_is_of_another_script, raw)):
        odd = _BEYOND_DOUBT
    elif raw[0].islower():
        odd = raw in foreign or not (raw.isascii() or raw in shared)
    else:
        odd = raw.lower() in foreign
    letters = len(raw) if raw.isalpha() else -_SIGN * sum(map(_SIGNS.__contains__, raw))
    return int(NORMAL[raw] in english), int(odd), letters


def _is_no_prose(text: str, raw: Sequence[str]) -> bool:
    if _SIGNS.isdisjoint(text) and sum(map(len, filter(str.isalpha, raw))) > len(text) / 2:
        return False  # without a look at each character
    visible = "".join(text.split())
    letters = sum(map(str.isalpha, visible))
    signs = sum(map(_SIGNS.__contains__, visible))
    # Indian and Thai vowels are no letters to Unicode, but no signs either.
    return signs >= _SIGNED * len(visible) or (
        letters < _LETTERS * len(visible) and visible.isascii()
    )


def _in_another_script(text: str) -> bool:
    """Tell whether most letters are neither Latin nor Latin with marks."""
    letters = sum(map(str.isalpha, text))
    return 2 * sum(map(_is_of_another_script, text)) > letters


def _is_of_another_script(one: str) -> bool:
    return one > "\u024f" and not "\u1e00" <= one <= "\u1eff" and one.isalpha()


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Return function words: English, English and others', others', others' and English."""
    words, features = columns("language")

    def those(feature: str) -> frozenset[str]:
        return frozenset(compress(words, map(feature.__eq__, features)))

    return (
        those("english.closed"),
        those("english.shared"),
        those("other.closed"),
        those("other.shared"),
    )
