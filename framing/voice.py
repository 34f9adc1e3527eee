"""Whose voice: which spans of a sentence are not its author speaking.

Quotations by their marks (:mod:`framing.quotations`), attributed clauses by their frames
(:mod:`framing.attribution`), the attitudes of others (:mod:`framing.attitudes`), and the
quotation marks that are neither: titles, nicknames, words mentioned as words, and scare quotes,
by which the author keeps their distance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import partial

from framing.attitudes import attitudes
from framing.attribution import attributed
from framing.grammar import BITS, MENTION, OPENER
from framing.line import Line
from framing.quotations import MARKS, Quotation, quotations
from framing.speakers import Frame, Heard
from framing.stops import places
from framing.text import Document, Sentence, Tokens, Voice

__all__ = [
    "Heard",
    "between",
    "by_offsets",
    "by_tokens",
    "closed_in",
    "ends_reported",
    "hear",
    "heard",
    "in_its_words",
    "listen",
    "others",
    "sentence_of",
    "told_apart",
    "voices_of",
]

_SCARE_LONGEST = 4
_STOPS, _ENDS = frozenset(".!?"), frozenset(".,!?")
#: So many frames to either side are asked whether a quotation is theirs.
_NEAR = 4
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "the",
        "of",
        "in",
        "on",
        "for",
        "to",
        "at",
        "by",
        "or",
        "with",
        "from",
        "vs",
        "is",
        "over",
        "under",
    ]
)


#: What ``Heard(*fields)`` does, three times as fast.
_heard = partial(tuple.__new__, Heard)
_voice = partial(tuple.__new__, Voice)


def heard(text: str, tokens: Tokens, awaited: str = "") -> tuple[list[Heard], str]:
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
    voices : list of Heard
        By start; an attributed span may contain a quotation.
    awaited : str
        Closing mark still missing at the end, or "".

    Examples
    --------
    >>> from framing.text import tokenise
    >>> heard("It failed, critics say.", tokenise("It failed, critics say."))[0]
    [Heard(start=0, end=2, kind='attributed', speaker=(3, 4), source='vague')]
    """
    words, raw = tokens.words, tokens.raw
    marked: list[Quotation] = []
    if awaited or not MARKS.isdisjoint(raw):
        marked, awaited = quotations(text, raw, awaited)
    quoted = between(marked, len(words))
    stops, held = places(words, raw, quoted)
    if not (marked or stops or held or (words and BITS[words[0]] & OPENER)):
        return [], awaited
    line = Line(words, raw, quoted)
    return voices_of(line, stops, held, marked, raw), awaited


def between(marked: Iterable[Quotation], size: int) -> bytes:
    """Mark with 1 the tokens that stand between quotation marks, with 0 the others."""
    quoted = bytearray(size)
    for start, end, _ in marked:
        quoted[start:end] = b"\1" * (end - start)
    return bytes(quoted)


def voices_of(
    line: Line,
    stops: list[int],
    held: list[int],
    marked: Sequence[Quotation] = (),
    raw: Sequence[str] = (),
) -> list[Heard]:
    """Find the voices in a sentence of which quotation marks and stops are known.

    Its tokens as written are asked for only with quotation marks.
    """
    found, frames = attributed(line, stops) if stops or line.bits[0] & OPENER else ([], [])
    if held:
        found += [
            one
            for one in attitudes(line, held)
            if not any(other.start <= one.start < other.end for other in found)
        ]
    if marked:
        found += [told_apart(raw, quotation, frames) for quotation in marked]
    if len(found) > 1:
        found.sort(key=_place)
    return found


def _place(one: Heard) -> tuple[int, int, str]:
    return one.start, -one.end, one.kind


def told_apart(raw: Sequence[str], quotation: Quotation, frames: Sequence[Frame] = ()) -> Heard:
    """Tell what is quoted from scare quotes and mentions, and give it its speaker."""
    start, end, complete = quotation
    kind = _kind(raw, start, end, bool(frames)) if complete else "quotation"
    if kind == "quotation" or kind == "scare":
        frame = _nearest(quotation, frames, kind) if frames else None
        if frame:
            return _heard((start, end, "quotation", frame.speaker, frame.source))
        return _heard((start, end, kind, None, None))
    return _heard((start, end, "mention" if kind == "mention" else "scare", None, None))


def _nearest(quotation: Quotation, frames: Sequence[Frame], kind: str) -> Frame | None:
    """Return the frame of a quotation: the nearest that does not speak of its source."""
    start, end, _ = quotation
    best: Frame | None = None
    least = 0
    if len(frames) > _NEAR:
        near = bisect_left(frames, start, key=lambda frame: frame.at)
        frames = frames[max(near - _NEAR, 0) : near + _NEAR]
    for frame in frames:
        at, who, _ = frame
        if who and (who[0] <= start < who[1] or (kind == "scare" and who[0] == end < at)):
            continue  # "the ‘independent’ review found …"
        away = max(start - at, at - end)
        if best is None or away < least or (away == least and not best.speaker):
            best, least = frame, away
    return best


def listen(text: str, tokens: Tokens, awaited: str = "") -> tuple[tuple[Voice, ...], str]:
    """Find the voices in one sentence, by offsets.

    The same as :func:`heard`, with offsets into the text in place of token numbers.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> text = "The “reform” failed, critics say."
    >>> [(v.kind, text[v.start : v.end], v.source) for v in listen(text, tokenise(text))[0]]
    [('attributed', 'The “reform” failed', 'vague'), ('quotation', '“reform”', 'vague')]
    """
    voices, awaited = heard(text, tokens, awaited)
    if not voices:
        return (), awaited
    return by_offsets(voices, tokens.starts, tokens.ends), awaited


def by_offsets(
    voices: Iterable[Heard], starts: Sequence[int], ends: Sequence[int]
) -> tuple[Voice, ...]:
    """Return voices given by token numbers by offsets; where tokens start and end is given.

    Examples
    --------
    >>> by_offsets([Heard(1, 4, "scare")], [0, 2, 3, 8, 9], [1, 3, 8, 9, 10])
    (Voice(start=2, end=9, kind='scare', speaker=None, source=None),)
    """
    return tuple(
        [
            _voice(
                (
                    starts[start],
                    ends[end - 1],
                    kind,
                    (starts[who[0]], ends[who[1] - 1]) if who else None,
                    source,
                )
            )
            for start, end, kind, who, source in voices
        ]
    )


def by_tokens(tokens: Tokens, voices: Sequence[Voice]) -> list[Heard]:
    """Return voices given by offsets by token numbers.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> by_tokens(tokenise("A “farce”."), [Voice(2, 9, "scare")])
    [Heard(start=1, end=4, kind='scare', speaker=None, source=None)]
    """
    starts = tokens.starts
    return [
        Heard(
            bisect_left(starts, start),
            bisect_left(starts, end),
            kind,
            (bisect_left(starts, who[0]), bisect_left(starts, who[1])) if who else None,
            source,
        )
        for start, end, kind, who, source in voices
    ]


def _kind(raw: Sequence[str], start: int, end: int, framed: bool) -> str:
    """Tell a quotation from scare quotes, and both from titles, names and words mentioned."""
    content = raw[start + 1 : end - 1]
    for first in content:
        if first[0].isalnum():
            break
    else:
        return "mention"
    before, last = raw[start - 1] if start else "", content[-1]
    lower = before.lower()
    if lower == "called" and raw[max(start - 2, 0)].lower() == "so":
        return "so-called"
    if BITS[lower] & MENTION:
        return "mention"
    if framed and not before and last == ",":
        return "quotation"  # “It’s over,” she said
    if first[0].isupper():
        if last in _STOPS:
            return "quotation"
        letters = [word for word in content if word[0].isalnum()]
        placed = len(letters) > 1 or before[:1].isupper() or (last != "," and before.isalnum())
        return "mention" if placed and _is_titled(letters) else "quotation"
    if end < len(raw) and raw[end].lower() == "means":
        return "mention"
    if last in _ENDS or before in (":", ""):
        return "quotation"
    short = sum(word[0].isalnum() for word in content) <= _SCARE_LONGEST
    return "scare" if short else "quotation"


def _is_titled(words: Iterable[str]) -> bool:
    """Whether words are Written Like a Title."""
    return all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)


def sentence_of(text: str) -> Sentence:
    """Return a sentence given alone, its voices heard.

    Examples
    --------
    >>> sentence_of("“It failed,” he said.").voices[0].kind
    'quotation'
    """
    sentence = Sentence(text)
    voices, _ = listen(text, sentence.tokens)
    return sentence.spoken(voices) if voices else sentence


def hear(document: Document) -> Document:
    """Give every sentence of a document its voices.

    A quotation that stays open runs on to the next sentence of its paragraph and ends with
    the paragraph: the next one opens its own mark if the speech goes on, or closes the mark
    without having opened one. What a source says may run on without marks, in free indirect
    speech: "Critics attacked the plan. They said it failed. It would cost millions." A sentence
    that has its voices already, because markup sets it as a block quote, keeps them.

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
    heard: list[Sentence] = []
    reported = False  # the sentence before ended in what a source says
    for at, (sentence, block) in enumerate(
        zip(document.sentences, document.paragraphs, strict=True)
    ):
        if block != paragraph:
            if awaited and not closed_in(document, at, awaited):
                awaited = ""
            paragraph, reported = block, False
        if sentence.voices:
            heard.append(sentence)
            continue
        voices, awaited = listen(sentence.text, sentence.tokens, awaited)
        if reported and not voices and in_its_words(sentence.tokens.words):
            whole = [Heard(0, len(sentence.tokens), "attributed")]
            voices = by_offsets(whole, sentence.tokens.starts, sentence.tokens.ends)
        else:
            reported = ends_reported(sentence.tokens, voices)
        heard.append(sentence.spoken(voices) if voices else sentence)
    return document.replace(sentences=tuple(heard))


def closed_in(document: Document, at: int, awaited: str) -> bool:
    """Whether a paragraph closes the quotation of the one before and has not opened its own."""
    block = document.paragraphs[at]
    for index in range(at, len(document.sentences)):
        if document.paragraphs[index] != block:
            return False
        sentence = document.sentences[index]
        marked, missing = quotations(sentence.text, sentence.tokens.raw, awaited)
        if marked and not missing:
            return awaited == "”" and "“" not in sentence.text[: sentence.text.find("”")]
        if "“" in sentence.text:
            return False
    return False


def ends_reported(tokens: Tokens, voices: Sequence[Voice]) -> bool:
    """Whether a sentence ends in what its source says, without quotation marks."""
    last = [one for one in voices if one.kind != "attitude"][-1:]
    return bool(last) and last[0].kind == "attributed" and last[0].end >= tokens.starts[-1]


_STATES = frozenset(["be", "have", "seem", "appear", "take", "never", "not", "also"])


def in_its_words(words: Sequence[str]) -> bool:
    """Whether a sentence is in the tense of a report, as "it would cost millions" is.

    What would be or have been is as often the author's own conclusion.
    """
    if len(words) < 4 or words[-1] != "." or words[0] not in ("it", "he", "she", "they"):
        return False
    return words[1] == "would" and words[2] not in _STATES and "i" not in words


def others(size: int, voices: Iterable[Heard]) -> list[bool] | None:
    """Mark the tokens that somebody else than the author speaks; None if there are none.

    Scare quotes are the author's own.

    Examples
    --------
    >>> others(3, [Heard(0, 1, "quotation"), Heard(2, 3, "scare")])
    [True, False, False]
    """
    marked: list[bool] | None = None
    for start, end, kind, _, _ in voices:
        if kind != "scare":
            marked = marked or [False] * size
            marked[start:end] = [True] * (end - start)
    return marked
