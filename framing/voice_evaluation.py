"""How well the hearing does: voices found against voices that people marked.

The marks are stand-off (``datasets/voices/annotations.tsv``): offsets into sentences that are
known by their hash and whose text comes with the data sets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from framing.errors import DataError
from framing.text import Tokens, Voice, tokenise
from framing.voice import listen

__all__ = ["Marked", "Tally", "compare", "digest", "errors", "read_marks"]

#: The kinds that are somebody else speaking.
_SPOKEN = ("quotation", "attributed")
_COLUMNS = (
    "set",
    "id",
    "sha256",
    "stratum",
    "kind",
    "start",
    "end",
    "speaker_start",
    "speaker_end",
    "source",
    "doubt",
)


class Marked(NamedTuple):
    """A sentence whose voices a reader marked.

    Attributes
    ----------
    data, id : str
        The set it comes from, and its id there.
    digest : str
        See :func:`digest`.
    stratum : str
        What it was drawn from: ``quotes``, ``verbs`` or ``none``.
    voices : tuple of Voice
        By start.
    """

    data: str
    id: str
    digest: str
    stratum: str
    voices: tuple[Voice, ...]


class Tally(NamedTuple):
    """How often found and marked agree.

    Attributes
    ----------
    both, found, marked : int
        What is in both, what was found, what was marked.
    """

    both: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was marked that was found; 1 if nothing was marked."""
        return self.both / self.marked if self.marked else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        Examples
        --------
        >>> round(Tally(both=1, found=2, marked=1).f1, 3)
        0.667
        """
        total = self.found + self.marked
        return 2 * self.both / total if total else 1.0


def digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a sentence, as it stands.

    Examples
    --------
    >>> digest("It rained.")
    '8b38b558e4df5eb3'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_marks(path: str | Path) -> list[Marked]:
    """Read a table of marks.

    Parameters
    ----------
    path : str or Path
        A TSV file with a row for each voice, and one of kind ``none`` for a sentence without.

    Returns
    -------
    list of Marked
        In the order of the file.

    Raises
    ------
    DataError
        If the file cannot be read or a row is malformed; the text names path and line.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot read: {error}") from error
    if tuple(lines[0].split("\t") if lines else ()) != _COLUMNS:
        raise DataError(f"{path}:1: the columns must be {', '.join(_COLUMNS)}")
    found: dict[tuple[str, str, str, str], list[Voice]] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            data, id_, sha256, stratum, kind, start, end, *who_and_source, _ = cells
            speaker_start, speaker_end, source = who_and_source
            voices = found.setdefault((data, id_, sha256, stratum), [])
            if kind == "none":
                continue
            who = (int(speaker_start), int(speaker_end)) if speaker_start else None
            voices.append(Voice(int(start), int(end), kind, who, source or None))
        except ValueError as error:
            raise DataError(f"{path}:{number}: {error}") from error
    return [Marked(*key, tuple(voices)) for key, voices in found.items()]


def _words(tokens: Tokens, start: int, end: int) -> tuple[int, ...]:
    """Return the numbers of the words that begin in a span; punctuation is nobody's."""
    return tuple(
        number
        for number, (at, word) in enumerate(zip(tokens.starts, tokens.words, strict=True))
        if start <= at < end and word[0].isalnum()
    )


def compare(
    sentences: Iterable[tuple[str, Sequence[Voice]]],
) -> dict[str, Tally]:
    """Compare what the hearing finds in sentences with what was marked in them.

    Parameters
    ----------
    sentences : iterable of (str, sequence of Voice)
        Text, and the voices marked in it.

    Returns
    -------
    dict of str to Tally
        ``words``: words that somebody else speaks. ``quotation``, ``attributed``, ``mention``,
        ``scare``: spans of the kind that begin and end at the same words; ``spans``: all of
        the first two. ``speakers``: places that name who speaks, found if they overlap and the
        voices do. ``sources``: the same, and of the same kind (named, unnamed, vague).

    Examples
    --------
    >>> marked = [("It failed, critics say.", [Voice(0, 9, "attributed", (11, 18), "vague")])]
    >>> compare(marked)["speakers"]
    Tally(both=1, found=1, marked=1)
    """
    counts: dict[str, list[int]] = {
        name: [0, 0, 0]
        for name in ("words", "spans", *_SPOKEN, "mention", "scare", "speakers", "sources")
    }

    def add(name: str, found: Set[object], marked: Set[object]) -> None:
        for place, size in enumerate((found & marked, found, marked)):
            counts[name][place] += len(size)

    for text, marked in sentences:
        tokens = tokenise(text)
        found, _ = listen(text, tokens)
        spoken = [[v for v in voices if v.kind in _SPOKEN] for voices in (found, marked)]
        words = [{w for v in voices for w in _words(tokens, v.start, v.end)} for voices in spoken]
        add("words", set(words[0]), set(words[1]))
        spans = [_spans(tokens, voices) for voices in (found, marked)]
        for kind in (*_SPOKEN, "mention", "scare"):
            add(kind, *({one for one in part if one[0] == kind} for part in spans))
        add("spans", *({one for one in part if one[0] in _SPOKEN} for part in spans))
        for name in ("speakers", "sources"):
            pairs = [_speakers(voices, name == "sources") for voices in spoken]
            right = sum(any(_meet(one, other) for other in pairs[0]) for one in pairs[1])
            counts[name][0] += min(right, len(pairs[0]))
            counts[name][1] += len(pairs[0])
            counts[name][2] += len(pairs[1])
    return {name: Tally(*three) for name, three in counts.items()}


def _spans(tokens: Tokens, voices: Iterable[Voice]) -> set[tuple[str, int, int]]:
    """Return kind, first and last word of each voice that holds a word."""
    return {
        (voice.kind, words[0], words[-1])
        for voice in voices
        if (words := _words(tokens, voice.start, voice.end))
    }


def _speakers(voices: Iterable[Voice], kinds: bool) -> set[tuple[int, int, str | None]]:
    return {(*voice.speaker, voice.source if kinds else None) for voice in voices if voice.speaker}


def _meet(one: tuple[int, int, str | None], other: tuple[int, int, str | None]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] == other[2]


def errors(marked: Iterable[Marked], texts: Mapping[str, str]) -> list[tuple[Marked, int, int]]:
    """Return the sentences heard otherwise than they are marked.

    Parameters
    ----------
    marked : iterable of Marked
    texts : mapping of str to str
        Digest → sentence; those not in it are left out.

    Returns
    -------
    list of (Marked, int, int)
        With how many words were found too many, and how many too few.

    Examples
    --------
    >>> one = Marked("ours", "a01", digest("It failed."), "none", ())
    >>> errors([one], {one.digest: "It failed."})
    []
    """
    found = []
    for one in marked:
        if one.digest in texts:
            words = compare([(texts[one.digest], one.voices)])["words"]
            if (more := words.found - words.both) + (less := words.marked - words.both):
                found.append((one, more, less))
    return found
