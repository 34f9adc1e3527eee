"""Attitudes: what a sentence says that somebody else feels, judges or wants.

No words of theirs are reported, so this is no attribution; but the feeling and what it is about
are not the author's either: "opposed the bill", "is furious", "criticism of the sale". Four
frames: a verb or an adjective of attitude whose subject is a source, a noun of attitude with
what it is about, and what somebody sees something as.
"""

from __future__ import annotations

from framing.clauses import clause_end
from framing.grammar import (
    ABOUT,
    ADVERB,
    ATTITUDE,
    AUTHOR,
    AUXILIARY,
    BE,
    CALL,
    CAPITAL,
    COMMA,
    DETERMINER,
    LY,
    MOOD,
    NOMINAL,
    PASSED,
    PASSIVE,
    SPEECH,
    STAND,
)
from framing.line import Line
from framing.signs import antecedent
from framing.speakers import (
    Heard,
    Span,
    is_author,
    is_source,
    phrase_end,
    source_of,
    subject_start,
)

__all__ = ["attitudes"]

_OWN = frozenset(["my", "our", "your", "no", "i", "we", "you"])
_LINKS = frozenset(
    [
        "become",
        "became",
        "becomes",
        "feel",
        "feels",
        "felt",
        "remain",
        "remains",
        "remained",
        "seem",
        "seems",
        "seemed",
        "grew",
        "grow",
        "sound",
        "sounded",
        "look",
        "looked",
        "looks",
    ]
)
_DEGREES = frozenset(
    [
        "so",
        "very",
        "rather",
        "quite",
        "somewhat",
        "pretty",
        "not",
        "more",
        "less",
        "too",
        "increasingly",
    ]
)
_ATTITUDES = ATTITUDE | MOOD | STAND


def attitudes(line: Line, stops: list[int]) -> list[Heard]:
    """Find the attitudes of others in a sentence.

    Parameters
    ----------
    line : Line
    stops : list of int
        Where to look, see :mod:`framing.stops`.

    Returns
    -------
    list of Heard
        By start; none lies inside another. A noun's holder is not looked for.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> tokens = tokenise("The union was furious. It opposed the sale, which cost millions.")
    >>> line = Line(tokens.words, tokens.raw, bytes(len(tokens)))
    >>> found = attitudes(line, list(range(len(tokens))))
    >>> [tokens.words[one.start : one.end] for one in found]
    [['furious'], ['opposed', 'the', 'sale']]
    """
    found: list[Heard] = []
    reach = 0
    for at in stops:
        bits = line.bits[at]
        seen = bits & PASSIVE and line.words[at + 1] == "by"
        if not (bits & _ATTITUDES or seen) or at < reach or line.quoted[at]:
            continue
        held = (
            (_seen_by(line, at) if seen else None)
            or (_mood(line, at) if bits & MOOD else None)
            or (_verb(line, at) if bits & ATTITUDE else None)
            or (_noun(line, at) if bits & STAND else None)
        )
        if held:
            found.append(held)
            reach = held.end
    return found


def _subject(line: Line, left: int) -> Span | None:
    """Return who holds the attitude, if that can be somebody else than the author."""
    if left < 0:
        return None
    if line.words[left] in ("who", "which", "that"):
        speaker = antecedent(line, left)
    elif line.quoted[left] or line.bits[left] & (AUTHOR | DETERMINER):
        return None
    else:
        speaker = (subject_start(line, left), left + 1)
    if not speaker or is_author(line, speaker) or not is_source(line, *speaker):
        return None
    return speaker


def _about(line: Line, at: int) -> int:
    """Where what an attitude is about ends: with the phrase, or before a verb's auxiliary."""
    end = phrase_end(line, at)
    for index in range(at, end):
        if line.bits[index] & AUXILIARY and line.words[index] != "'s":
            return index
    return end


def _attitude(line: Line, start: int, end: int, speaker: Span) -> Heard:
    return Heard(start, end, "attitude", speaker, source_of(line, speaker))


def _mood(line: Line, at: int) -> Heard | None:
    """``is furious``; ``Residents, angry at the delay, …``."""
    if at > 1 and line.words[at - 1] == "," and line.words[at + 1] in ABOUT:
        speaker = _subject(line, at - 2)
        if not speaker or not (speaker[0] == 0 or line.is_(speaker[0] - 1, COMMA)):
            return None
        return _attitude(line, at, _about(line, at + 2), speaker)
    begin = line.left_of(at, ADVERB | LY)
    while begin > 0 and line.words[begin] in _DEGREES:
        begin = line.left_of(begin, ADVERB | LY)
    if begin < 1 or not (line.bits[begin] & BE or line.words[begin] in _LINKS):
        return None
    speaker = _subject(line, line.left_of(begin, PASSED))
    return _attitude(line, at, at + 1, speaker) if speaker else None


def _verb(line: Line, at: int) -> Heard | None:
    """``opposed the bill``; ``complained about the noise``."""
    follows = line.words[at + 1]
    if line.bits[at] & SPEECH and follows not in ABOUT:
        return None  # "warned that": attributed
    if line.bits[at] & CALL and follows != "for":
        return None
    owned = line.bits[at] & STAND and line.bits[at - 1] & NOMINAL  # the report's warning of
    passive = at and line.bits[at - 1] & BE and not line.words[at].endswith("ing")
    left = line.left_of(at, PASSED)
    if owned or passive or left < 0 or line.bits[at] & CAPITAL:
        return None
    speaker = _subject(line, left)
    return _attitude(line, at, _about(line, at + 1), speaker) if speaker else None


def _noun(line: Line, at: int) -> Heard | None:
    """``outrage over the sale``."""
    name = at and line.bits[at] & CAPITAL
    if line.words[at + 1] not in ABOUT or name or (at and line.words[at - 1] in _OWN):
        return None
    return Heard(at, _about(line, at + 2), "attitude")


def _seen_by(line: Line, at: int) -> Heard | None:
    """``seen by many as a stunt``, without "is"."""
    if not at or line.bits[at - 1] & BE:
        return None
    mark = phrase_end(line, at + 2, stop=("as",))
    speaker, start = (at + 2, mark), mark + 1
    if line.words[mark] != "as" or start >= line.size or not is_source(line, *speaker):
        return None
    end = clause_end(line, start)
    end = line.find(start, COMMA, end - start) or end
    return _attitude(line, start, end, speaker)
