"""Advice: what an editor would ask about a sentence, whoever comments in it.

Where it is found decides more than the words: a loaded noun in a source's mouth is the source's,
"admitted" before no statement is no report. So only the author's own words are looked at.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from framing.lexicon import Lexicon, Trie, parse, shipped
from framing.reports.characters import one_line
from framing.text import Sentence, Voice
from framing.values import NamedTuple

__all__ = ["Advice", "advise", "lexicon"]

#: A verb of report stands so near the one who speaks, in tokens.
_NEAR = 2
#: Scare quotes hold so few words; more are a quotation whose speaker is elsewhere.
_FEW = 2
_LONGEST_SPEAKER = 4
# They say nothing of who speaks, but mostly the text around them does.
_PRONOUNS = frozenset(
    ["they", "what", "some", "others", "many", "these", "those", "people", "everyone", "nobody"]
)
_PLACED = frozenset(["at", "from", "of", "with", "in", "for"])


class Advice(NamedTuple):
    """A piece of advice: code, half-open offsets into the sentence's text, and one line."""

    code: str
    start: int
    end: int
    reason: str


@cache
def lexicon() -> Lexicon:
    """Return the phrases of the rules that are about single words.

    Examples
    --------
    >>> lexicon().features
    ('advice.anonymous', 'advice.group', 'advice.verb.doubting', 'advice.verb.endorsing')
    """
    path = os.path.join(os.path.dirname(__file__), "advice.tsv")
    with open(path, encoding="utf-8") as file:
        return parse(file.read(), path)


@cache
def _trie() -> Trie:
    return Trie([lexicon(), shipped("loaded"), shipped("sourcing")])


def advise(sentence: Sentence, codes: Iterable[str]) -> list[Advice]:
    """Return the advice on a sentence.

    Parameters
    ----------
    sentence : Sentence
        With its voices.
    codes : iterable of str
        The rules that are on.

    Returns
    -------
    list of Advice
        By place; one a rule where several of its marks overlap.

    Examples
    --------
    >>> from framing.voice import sentence_of
    >>> sentence = sentence_of("Critics say the zealots on the council “reformed” it.")
    >>> [(one.code, sentence.text[one.start : one.end]) for one in advise(sentence, ["FR101"])]
    [('FR101', 'Critics say')]
    """
    wanted = set(codes)
    found: list[Advice] = []
    said = [one for one in sentence.voices if one.kind in ("quotation", "mention")]
    others = [*said, *(one for one in sentence.voices if one.kind == "attributed")]
    if wanted & {"FR101", "FR102", "FR104"}:
        found.extend(_phrases(sentence, said, others))
    if "FR101" in wanted:
        found.extend(_vague(sentence, said))
    if "FR103" in wanted:
        found.extend(_scare(sentence))
    return _once(one for one in found if one.code in wanted)


def _phrases(
    sentence: Sentence, said: Sequence[Voice], others: Sequence[Voice]
) -> Iterator[Advice]:
    """Yield what single words and phrases give rise to."""
    tokens = sentence.tokens
    starts, ends = tokens.starts, tokens.ends
    for first, last, feature in _trie().find(tokens.words):
        start, end = starts[first], ends[last - 1]
        text = one_line(sentence.text[start:end])
        if feature in ("advice.anonymous", "sourcing.vague.strong"):
            if not _inside(start, end, said):
                yield Advice("FR101", start, end, _who(text))
        elif _inside(start, end, others):
            continue
        elif feature.startswith("advice.verb.") and _reports(sentence, first, last):
            yield Advice("FR102", start, end, _verb(text, feature.endswith("doubting")))
        elif _is_group(feature, text) and not _is_name(sentence, first):
            yield Advice("FR104", start, end, f'"{text}" judges whom it names')


_LABELS = frozenset(["loaded.label.strong", "loaded.label.medium"])


def _who(text: str) -> str:
    return f'who is "{text}"? name the source, or say why it cannot be named'


def _verb(text: str, doubting: bool) -> str:
    how = "doubts" if doubting else "vouches for"
    return f'"{text}" {how} what is reported; "said" does neither'


def _inside(start: int, end: int, voices: Iterable[Voice]) -> bool:
    return any(one.start <= start and end <= one.end for one in voices)


def _is_name(sentence: Sentence, first: int) -> bool:
    """Tell whether a capital in the midst of a sentence makes a word a name."""
    raw = sentence.tokens.raw
    return bool(first) and raw[first][0].isupper() and not sentence.text.isupper()


def _is_group(feature: str, text: str) -> bool:
    plural = text.endswith("s") and not text.endswith("ss")
    return feature == "advice.group" or (feature in _LABELS and plural)


def _reports(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a verb stands beside the speaker of something that is reported."""
    starts = sentence.tokens.starts
    for voice in sentence.voices:
        if voice.speaker and voice.kind in ("quotation", "attributed"):
            left = bisect_left(starts, voice.speaker[0])
            right = bisect_left(starts, voice.speaker[1])
            if 0 <= first - right <= _NEAR or 0 <= left - last <= 1:
                return True
    return False


def _vague(sentence: Sentence, said: Sequence[Voice]) -> Iterator[Advice]:
    for voice in sentence.voices:
        if voice.source == "vague" and voice.speaker:
            start, end = voice.speaker
            text = one_line(sentence.text[start:end])
            words = text.lower().split()
            short = len(words) <= _LONGEST_SPEAKER and not _PLACED.intersection(words)
            if short and not _PRONOUNS.intersection(words) and not _inside(start, end, said):
                yield Advice("FR101", start, end, _who(text))


def _scare(sentence: Sentence) -> Iterator[Advice]:
    for voice in sentence.voices:
        if voice.kind == "scare":
            text = one_line(sentence.text[voice.start : voice.end])
            if len(text.split()) <= _FEW:
                reason = f"{text}: whose word is it? attribute it, or drop the quotation marks"
                yield Advice("FR103", voice.start, voice.end, reason)


def _once(found: Iterable[Advice]) -> list[Advice]:
    """Keep the longest of what overlaps, rule by rule."""
    kept: list[Advice] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(
            one.code == other.code and one.start < other.end and other.start < one.end
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end, one.code))
