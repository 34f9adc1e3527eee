"""Whose voice: which spans of a sentence are not its author speaking.

Quotations by their marks (:mod:`framing.quotations`), attributed clauses by their frames
(:mod:`framing.attribution`), and the quotation marks that are neither: titles, nicknames, words
mentioned as words, and scare quotes, by which the author keeps their distance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from framing.attribution import attributions
from framing.quotations import MARKS, Quotation, quotations
from framing.text import Document, Sentence, Tokens, Voice

__all__ = ["hear", "listen", "others"]

_SCARE_LONGEST = 4
_MENTION = frozenset(
    "word words term terms phrase titled entitled named nicknamed album film novel book song play"
    " series episode show headlined headline slogan".split()
)
_SMALL = frozenset("a an and the of in on for to at by or with from vs is over under".split())


def listen(text: str, tokens: Tokens, awaited: str = "") -> tuple[tuple[Voice, ...], str]:
    """Find the voices in one sentence.

    Parameters
    ----------
    text : str
        The sentence.
    tokens : Tokens
        Its tokens.
    awaited : str
        Closing quotation mark that the sentence before left open, or "".

    Returns
    -------
    voices : tuple of Voice
        By start; an attributed span may contain a quotation.
    awaited : str
        Closing mark still missing at the end, or "".

    Examples
    --------
    >>> from framing.text import tokenise
    >>> text = "The “reform” failed, critics say."
    >>> [(v.kind, text[v.start : v.end], v.source) for v in listen(text, tokenise(text))[0]]
    [('attributed', 'The “reform” failed', 'vague'), ('scare', '“reform”', None)]
    """
    if awaited or MARKS.search(text):
        marked, awaited = quotations(text, tokens, awaited)
    else:
        marked = []
    words, raw, starts, ends = tokens
    quoted = [False] * len(words)
    kinds = [_kind(text, tokens, quotation) for quotation in marked]
    for quotation in marked:
        for index in _inside(starts, quotation.start, quotation.end):
            quoted[index] = True
    found, framed = attributions(words, raw, quoted)
    voices = [
        Voice(
            starts[one.start],
            ends[one.end - 1],
            "attributed",
            (starts[one.speaker[0]], ends[one.speaker[1] - 1]) if one.speaker else None,
            one.source,
        )
        for one in found
    ]
    who = next(((v.speaker, v.source) for v in voices if v.speaker), (None, None))
    for quotation, kind in zip(marked, kinds, strict=True):
        if kind == "quotation" or (kind == "scare" and framed):
            voices.append(Voice(quotation.start, quotation.end, "quotation", *who))
        elif kind:  # scare quotes, for sure after "so-called"
            voices.append(Voice(quotation.start, quotation.end, "scare"))
    return tuple(sorted(voices, key=lambda v: (v.start, -v.end, v.kind))), awaited


def _inside(starts: list[int], start: int, end: int) -> range:
    return range(bisect_left(starts, start), bisect_left(starts, end))


def _kind(text: str, tokens: Tokens, quotation: Quotation) -> str:
    """Tell a quotation from scare quotes, and both from marks that mean no voice ("")."""
    if not quotation.complete:
        return "quotation"
    inside = _inside(tokens.starts, quotation.start, quotation.end)
    content = tokens.raw[inside.start + 1 : inside.stop - 1]
    letters = [word for word in content if word[0].isalnum()]
    if not letters:
        return ""
    before = tokens.raw[inside.start - 1] if inside.start else ""
    titled = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in letters)
    if titled and letters[0][0].isupper() and content[-1] not in ".!?":
        if len(letters) > 1 or before[:1].isupper() or (content[-1] != "," and before.isalnum()):
            return ""
    if before.lower() == "called" and tokens.words[max(inside.start - 2, 0)] == "so":
        return "so-called"
    if before.lower() in _MENTION:
        return ""
    if len(letters) <= _SCARE_LONGEST and content[-1] not in ".,!?" and before != ":" and before and not letters[0][0].isupper():
        return "scare"
    return "quotation"


def hear(document: Document) -> Document:
    """Give every sentence of a document its voices.

    A quotation that stays open runs on to the next sentence of its paragraph and ends with
    the paragraph: the next one opens its own mark if the speech goes on.

    Examples
    --------
    >>> text = "“It failed. It will fail again,” he said."
    >>> sentences = (Sentence(text[:11]), Sentence(text[12:], 12))
    >>> heard = hear(Document(text, sentences=sentences, paragraphs=(0, 0)))
    >>> [[text[s.start + v.start : s.start + v.end] for v in s.voices] for s in heard]
    [['“It failed.'], ['It will fail again,”']]
    """
    awaited = ""
    paragraph = -1
    heard = []
    for sentence, block in zip(document.sentences, document.paragraphs, strict=True):
        if block != paragraph:
            awaited, paragraph = "", block
        voices, awaited = listen(sentence.text, sentence.tokens, awaited)
        heard.append(replace(sentence, voices=voices))
    return replace(document, sentences=tuple(heard))


def others(tokens: Tokens, voices: Sequence[Voice]) -> list[bool] | None:
    """Mark the tokens that somebody else than the author speaks; None if there are none.

    Scare quotes are the author's own.
    """
    spans = [(voice.start, voice.end) for voice in voices if voice.kind != "scare"]
    if not spans:
        return None
    marked = [False] * len(tokens.words)
    for start, end in spans:
        for index in _inside(tokens.starts, start, end):
            marked[index] = True
    return marked
