"""All extractors over one sentence: one pass over the tokens, then the sentence functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from framing.errors import ExtractorError
from framing.evidence import Evidence, Extractor, _nothing
from framing.lexicon import ANY, BLOCK, START, Entry, Trie
from framing.text import Sentence, Tokens, normalise
from framing.voice import others

__all__ = ["Extraction", "Match"]

#: The extractor that asks for marks in another's voice, renamed ``quoted.family``.
QUOTED = "quoted"
_MEMO_LIMIT = 200_000


class Match(NamedTuple):
    """A feature found on tokens ``start`` to ``end`` (half-open)."""

    start: int
    end: int
    feature: str


class _Known(NamedTuple):
    """What is known of a token as written, whatever stands around it."""

    word: str
    shapes: tuple[str, ...]
    entry: Entry


class _Memo(dict[str, _Known]):
    """Token as written → what is known of it, worked out when first met."""

    def __init__(self, extraction: Extraction, initial: bool) -> None:
        super().__init__()
        self._extraction, self._initial = extraction, initial

    def __missing__(self, raw: str) -> _Known:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        word = normalise(raw)
        # The first word of a sentence has a capital that says nothing.
        seen = raw if not self._initial or raw.isupper() and len(raw) > 1 else word
        known = self[raw] = _Known(word, self._extraction.shapes(seen), self._extraction.trie[word])
        return known


class Extraction:
    """A set of extractors made ready to run together.

    Parameters
    ----------
    extractors : iterable of Extractor

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "interjection")
    >>> text = "Also, a justification to stay is much needed."
    >>> [text[e.start : e.end] for e in extraction.evidence(Sentence(text))]
    ['is much needed']
    """

    def __init__(self, extractors: Iterable[Extractor]) -> None:
        self.extractors = tuple(extractors)
        lexicons = [one.lexicon for one in self.extractors if one.lexicon]
        self.trie = Trie(lexicons)
        self._shapes = [one.shape for one in self.extractors if one.shape]
        self._finders = [one for one in self.extractors if one.find is not _nothing]
        self._overlapping = frozenset(one.name for one in self.extractors if one.overlapping)
        self._quoted = frozenset(one.name for one in self.extractors if one.quoted)
        self._echoed = frozenset(
            one.name for one in self.extractors if not (one.quoted or one.overlapping)
        ) if any(one.name == QUOTED for one in self.extractors) else frozenset()
        self._memo = _Memo(self, initial=False)
        self._initial = _Memo(self, initial=True)

    def shapes(self, raw: str) -> tuple[str, ...]:
        """Features of a single token's shape."""
        return tuple(feature for shape in self._shapes for feature in shape(raw))

    def matches(self, raw: Sequence[str]) -> list[Match]:
        """Find phrases and shapes in tokens as written.

        Parameters
        ----------
        raw : sequence of str
            All tokens of one sentence.

        Returns
        -------
        list of Match
            By start; of the phrases of one family that begin inside each other only the
            first and longest, unless the family is overlapping.
        """
        memo = self._memo
        known = [memo[token] for token in raw]
        found: list[Match] = []
        first = next((i for i, token in enumerate(raw) if token[0].isalnum()), -1)
        if first >= 0:
            known[first] = self._initial[raw[first]]
        taken: dict[str, int] = {}
        blocked = 0
        for index, (_, shapes, entry) in enumerate(known):
            for feature in shapes:
                found.append(Match(index, index + 1, feature))
            here: list[tuple[int, str]] = []
            if index == first:
                self._follow(self.trie[START], known, index, here)
            if entry.longer:
                self._follow(entry, known, index + 1, here)
            elif entry.features:
                here.extend((index + 1, feature) for feature in entry.features)
            if here:
                blocked = self._keep(here, index, taken, blocked, found)
        return found

    @staticmethod
    def _follow(
        entry: Entry, known: Sequence[_Known], at: int, here: list[tuple[int, str]]
    ) -> None:
        """Collect ``(end, feature)`` of every phrase that goes on from ``entry``."""
        for feature in entry.features:
            here.append((at, feature))
        longer = entry.longer
        if longer and at < len(known):
            following = longer.get(known[at].word)
            if following:
                Extraction._follow(following, known, at + 1, here)
            if ANY in longer:
                Extraction._follow(longer[ANY], known, at + 1, here)

    def _keep(
        self,
        here: list[tuple[int, str]],
        index: int,
        taken: dict[str, int],
        blocked: int,
        found: list[Match],
    ) -> int:
        """Keep the longest phrase per family that is neither taken nor blocked."""
        longest: dict[str, int] = {}
        for end, feature in here:
            if feature == BLOCK:
                blocked = max(blocked, end)
            else:
                family = feature[: feature.index(".")]
                if end > longest.get(family, 0):
                    longest[family] = end
        for end, feature in here:
            if feature == BLOCK:
                continue
            family = feature[: feature.index(".")]
            if family in self._overlapping:
                found.append(Match(index, end, feature))
            elif end == longest[family] and taken.get(family, 0) <= index and end > blocked:
                found.append(Match(index, end, feature))
        for family, end in longest.items():
            if end > index + 1 and taken.get(family, 0) <= index:
                taken[family] = end
        return blocked

    def _heard(self, feature: str, by_other: bool) -> str:
        """The name under which a mark counts, by whose voice it is in; "" if it does not."""
        if not by_other:
            return feature
        family = feature[: feature.index(".")]
        if family in self._quoted:
            return feature
        return f"{QUOTED}.{family}" if family in self._echoed else ""

    def evidence(self, sentence: Sentence) -> list[Evidence]:
        """Return all evidence in a sentence, by start.

        Raises
        ------
        ExtractorError
            If an extractor yields what it did not declare, or spans outside the sentence.
        """
        tokens = sentence.tokens
        other = others(tokens, sentence.voices)
        starts, ends = tokens.starts, tokens.ends
        found: list[Evidence] = []
        for start, end, feature in self.matches(tokens.raw):
            name = self._heard(feature, other is not None and other[start])
            if name:
                found.append(Evidence(starts[start], ends[end - 1], name))
        for one in self._finders:
            for mark in one.find(sentence):
                _check(mark, one, sentence)
                name = self._heard(
                    mark.feature, other is not None and _spoken_by_other(mark, tokens, other)
                )
                if name:
                    found.append(mark if name == mark.feature else mark._replace(feature=name))
        found.sort()
        return found


def _check(mark: Evidence, one: Extractor, sentence: Sentence) -> None:
    if not 0 <= mark.start <= mark.end <= len(sentence.text):
        raise ExtractorError(
            f"extractor {one.name!r} marked {mark.start}:{mark.end} in a sentence of"
            f" {len(sentence.text)} characters; offsets count from the sentence's start"
        )
    if not one.declares(mark.feature):
        raise ExtractorError(f"extractor {one.name!r} does not declare {mark.feature!r}")
    if not (mark.value - mark.value == 0):
        raise ExtractorError(f"extractor {one.name!r} gave {mark.feature} the value {mark.value}")


def _spoken_by_other(mark: Evidence, tokens: Tokens, other: Sequence[bool]) -> bool:
    inside = [
        other[index]
        for index, start in enumerate(tokens.starts)
        if mark.start <= start < mark.end
    ]
    return bool(inside) and inside[0]
