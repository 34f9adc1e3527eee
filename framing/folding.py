"""Scores without evidence: a model's weights folded into the tokens and phrases they rest on.

The same sum as :meth:`framing.model.LinearModel.judge` makes, for bulk scoring: what a token
adds wherever it stands is one number, looked up with the token; only where a phrase of several
tokens begins is there anything to settle. Tests hold both paths equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from framing.extraction import Extraction, in_title_case
from framing.lexicon import ANY, BLOCK, START, Entry
from framing.text import Tokens
from framing.voice import Heard, heard, others, sentence_of

__all__ = ["Folded"]

_MEMO_LIMIT = 200_000


class _Node(NamedTuple):
    """A phrase of the trie with what it adds, in one voice.

    ``always`` is added whatever other phrases stand there; ``rivals`` maps a family to what it
    adds if this is its longest phrase; ``blocks`` says that the phrase keeps others from it.
    """

    always: float
    rivals: dict[str, float]
    blocks: bool
    longer: dict[str, _Node]


class _Memo(dict[str, float]):
    """Token as written → what it adds in one voice where nothing competes."""

    def __init__(self, make: Callable[[str], _Node]) -> None:
        super().__init__()
        self.nodes: dict[str, _Node] = {}
        self._make = make

    def __missing__(self, raw: str) -> float:
        if len(self) > _MEMO_LIMIT:
            self.clear()
            self.nodes.clear()
        node = self.nodes[raw] = self._make(raw)
        amount = self[raw] = node.always + sum(node.rivals.values())
        return amount


class Folded:
    """A model's weights by token.

    Parameters
    ----------
    extraction : Extraction
        The model's extractors.
    weights : mapping of str to float
        Feature → weight.
    base : float
        Score of a sentence without evidence.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> extraction = Extraction(one for one in BUILTIN if one.name == "rhetoric")
    >>> Folded(extraction, {"rhetoric.question_mark": 0.5}, -1.0).score("Why? Why?")
    0.0
    """

    def __init__(self, extraction: Extraction, weights: Mapping[str, float], base: float) -> None:
        self._extraction, self._weights, self._base = extraction, weights, base
        # by voice (the author's, another's), then by place (first word of the sentence or not)
        self._memos = tuple(
            tuple(_Memo(self._maker(by_other, initial)) for initial in (False, True))
            for by_other in (False, True)
        )
        start = extraction.trie[START]
        self._starts = tuple(self._node(start, by_other) for by_other in (False, True))
        self._openings = _openings(extraction.trie.phrases())
        self._wild = frozenset(first for first, second in self._openings if second == ANY)
        self.opinions = extraction.opinions
        self._measured = any(
            one.measure and any(map(one.declares, weights)) for one in extraction.extractors
        )

    def _maker(self, by_other: bool, initial: bool) -> Callable[[str], _Node]:
        """Return what works out the node of a token as written."""

        def make(raw: str) -> _Node:
            _, shapes, entry = self._extraction.known(raw, initial)
            node = self._node(entry, by_other)
            added = sum(self._weight(feature, by_other) for feature in shapes)
            return node._replace(always=node.always + added)

        return make

    def _node(self, entry: Entry, by_other: bool) -> _Node:
        """Fold the weights into an entry of the trie and all that goes on from it."""
        always = 0.0
        rivals: dict[str, float] = {}
        for feature in entry.features:
            if feature != BLOCK:
                family = feature.partition(".")[0]
                weight = self._weight(feature, by_other)
                if family in self._extraction.overlapping:
                    always += weight
                else:
                    rivals[family] = rivals.get(family, 0.0) + weight
        after = entry.longer
        longer = (
            {}
            if after is None
            else {word: self._node(after[word], by_other) for word in after.following()}
        )
        return _Node(always, rivals, BLOCK in entry.features, longer)

    def _weight(self, feature: str, by_other: bool) -> float:
        return self._weights.get(self._extraction.heard(feature, by_other), 0.0)

    def score(self, text: str) -> float:
        """Return the score of a sentence given alone."""
        tokens = Tokens(text)
        raw, words = tokens.raw, tokens.words
        if not raw:
            return self._base
        voices, _ = heard(text, tokens)
        # In the text, the lexicons' sign for any token is a sign like others.
        plain = ["" if word == ANY else word for word in words] if ANY in text else words
        total = self._base + self._matched(raw, plain, voices)
        weights, extraction = self._weights, self._extraction
        if self._measured:
            for feature, value in extraction.measured(words):
                total += weights.get(feature, 0.0) * value
        if voices:
            for _, _, feature, value in extraction.voiced(len(raw), voices):
                total += weights.get(feature, 0.0) * value
        if extraction.finders:
            for mark in extraction.sought(sentence_of(text), others(len(raw), voices)):
                total += weights.get(mark.feature, 0.0) * mark.value
        return total

    def _matched(self, raw: list[str], words: list[str], voices: Sequence[Heard]) -> float:
        """Add up the tokens and phrases, as :meth:`Extraction.matches` finds them.

        First every token for itself; then, where a phrase begins, what that changes.
        """
        first = 0
        size = len(raw)
        while first < size and not raw[first][0].isalnum():
            first += 1
        titled = in_title_case(raw, first)
        author, quoted = self._memos
        by_author, by_other = author[titled], quoted[titled]
        total = sum(map(by_author.__getitem__, raw))
        other = others(size, voices) if voices else None
        if other is not None:
            spoken = [token for token, told in zip(raw, other, strict=True) if told]
            total += sum(map(by_other.__getitem__, spoken))
            total -= sum(map(by_author.__getitem__, spoken))
        openings = self._openings
        begun = [index for index, pair in enumerate(pairwise(words)) if pair in openings]
        if not self._wild.isdisjoint(words):
            begun.extend(index for index, word in enumerate(words) if word in self._wild)
            begun.sort()
        window = _Window(self, raw, words, other, first, titled)
        settled = 0
        if first < size:
            if not titled:
                usual, initial = self._memos[window.voice(first)]
                token = raw[first]
                total += initial[token] - usual[token]
            if _begins(openings, words, first - 1, START):
                change, settled = window.settle(first, self._starts[window.voice(first)])
                total += change
        for index in begun:
            if index >= settled and (
                _begins(openings, words, index, words[index])
                or (words[index] in self._wild and _begins_wild(openings, words, index))
            ):
                change, settled = window.settle(index)
                total += change
        return total

    def node(self, raw: str, by_other: bool, initial: bool) -> _Node:
        """Return the node of a token as written."""
        memo = self._memos[by_other][initial]
        if raw not in memo.nodes:
            memo[raw]  # works it out
        return memo.nodes[raw]


def _openings(
    phrases: Iterable[tuple[str, ...]],
) -> dict[tuple[str, str], frozenset[str] | None]:
    """Return the first two tokens of phrases → the third ones; None if nothing need follow."""
    thirds: dict[tuple[str, str], set[str]] = {}
    ended: set[tuple[str, str]] = set()
    for first, second, *rest in phrases:
        thirds.setdefault((first, second), set()).update(rest[:1])
        if not rest or rest[0] == ANY:
            ended.add((first, second))
    return {
        pair: None if pair in ended else frozenset(following) for pair, following in thirds.items()
    }


def _begins(
    openings: Mapping[tuple[str, str], frozenset[str] | None],
    words: list[str],
    index: int,
    first: str,
) -> bool:
    """Whether a phrase may begin with token ``index``, by it and the two that follow."""
    if index + 1 >= len(words):
        return False
    pair = (first, words[index + 1])
    if pair not in openings:
        return False
    thirds = openings[pair]
    return thirds is None or (index + 2 < len(words) and words[index + 2] in thirds)


def _begins_wild(
    openings: Mapping[tuple[str, str], frozenset[str] | None], words: list[str], index: int
) -> bool:
    """Tell the same of phrases whose second token may be any."""
    thirds = openings[words[index], ANY]
    return index + 2 < len(words) and (thirds is None or words[index + 2] in thirds)


class _Window:
    """Settles which of the phrases around a token count, in one sentence."""

    __slots__ = ("_first", "_folded", "_other", "_raw", "_titled", "_words")

    def __init__(
        self,
        folded: Folded,
        raw: list[str],
        words: list[str],
        other: list[bool] | None,
        first: int,
        titled: bool,
    ) -> None:
        self._folded, self._raw, self._words = folded, raw, words
        self._other, self._first, self._titled = other, first, titled

    def voice(self, index: int) -> bool:
        """Whether another than the author speaks this token."""
        return self._other is not None and self._other[index]

    def settle(self, index: int, start: _Node | None = None) -> tuple[float, int]:
        """Go on from a token until no phrase reaches further.

        Returns by how much the phrases change the sum of the single tokens, and where they end.
        """
        taken: dict[str, int] = {}
        total = 0.0
        reach = index + 1
        while index < reach:
            initial = self._titled or index == self._first
            node = self._folded.node(self._raw[index], self.voice(index), initial)
            index += 1
            if start is not None or node.rivals or node.longer:
                amount, reach = self._compete(node, index, taken, reach, start)
                total += amount - node.always - sum(node.rivals.values())
                start = None
        return total, reach

    def _compete(
        self, node: _Node, after: int, taken: dict[str, int], reach: int, start: _Node | None
    ) -> tuple[float, int]:
        """Settle the phrases that begin at the token before ``after``.

        Returns what they add, and the furthest token that a phrase has taken.
        """
        words, size = self._words, len(self._words)
        total = 0.0
        best: dict[str, tuple[int, float]] = {}  # family → its longest phrase here
        blocked = taken.get(BLOCK, 0)
        waiting = [(after, node)] if start is None else [(after, node), (after - 1, start)]
        while waiting:
            end, (always, rivals, blocks, longer) = waiting.pop()
            total += always
            for family, amount in rivals.items():
                longest = best.get(family)
                if longest is None or end > longest[0]:
                    best[family] = (end, amount)
                elif end == longest[0]:
                    best[family] = (end, amount + longest[1])
            if blocks and end > blocked:
                blocked = taken[BLOCK] = end
            if longer and end < size:
                following = longer.get(words[end])
                if following is not None:
                    waiting.append((end + 1, following))
                if ANY in longer:
                    waiting.append((end + 1, longer[ANY]))
        reach = max(reach, blocked)
        opinions = self._folded.opinions
        for family, (end, amount) in best.items():
            if taken.get(family, 0) < after:
                if end > blocked or family not in opinions:
                    total += amount
                if end > after:
                    taken[family] = end
                    reach = max(reach, end)
        return total, reach
