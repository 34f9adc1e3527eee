"""Scores without evidence: a model's weights folded into the tokens and phrases they rest on.

The same sum as :meth:`framing.model.LinearModel.judge` makes, for bulk scoring: what a token
adds wherever it stands is one number, looked up with the token. Tests hold both paths equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from framing.extraction import Extraction, in_title_case
from framing.lexicon import ANY, BLOCK, START, Entry
from framing.text import Tokens
from framing.voice import heard, others, sentence_of

__all__ = ["Folded"]

_MEMO_LIMIT = 200_000


class _Node(NamedTuple):
    """A phrase of the trie with what it adds, in one voice.

    ``always`` is added whatever other phrases stand there; ``rivals`` maps a family to what it
    adds if this is its longest phrase; ``blocks`` says that the phrase keeps others from it;
    ``longer`` holds a bare number for a pair of tokens that nothing competes with.
    """

    always: float
    rivals: dict[str, float] | None
    blocks: bool
    longer: dict[str, _Node | float] | None


class _Known(NamedTuple):
    """A token as written: what it adds where nothing competes, and what could."""

    amount: float
    longer: dict[str, _Node | float] | None
    node: _Node
    wild: bool


class _Memo(dict[str, _Known]):
    """Token as written → what it adds in one voice, worked out when first met."""

    def __init__(self, folded: Folded, by_other: bool, initial: bool) -> None:
        super().__init__()
        self._folded, self._by_other, self._initial = folded, by_other, initial

    def __missing__(self, raw: str) -> _Known:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        known = self[raw] = self._folded.know(raw, self._by_other, self._initial)
        return known


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
        self._memos = [_Memo(self, by_other, initial=False) for by_other in (False, True)]
        self._firsts = [_Memo(self, by_other, initial=True) for by_other in (False, True)]
        #: Pairs of tokens with which a phrase begins, and tokens after which any may follow.
        self._pairs = frozenset(extraction.trie.pairs())
        self._wild = frozenset(first for first, second in self._pairs if second == ANY)
        start = extraction.trie[START]
        self._starts = [self._node(start, by_other) for by_other in (False, True)]

    def know(self, raw: str, by_other: bool, initial: bool) -> _Known:
        """Work out what a token adds in one voice."""
        _, shapes, entry = self._extraction.known(raw, initial)
        node = self._node(entry, by_other)
        always = node.always + sum(self._weight(feature, by_other) for feature in shapes)
        node = node._replace(always=always)
        amount = always + sum((node.rivals or {}).values())
        return _Known(amount, node.longer, node, ANY in (node.longer or ()))

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
        longer: dict[str, _Node | float] = {}
        after = entry.longer
        wild = after is not None and after[ANY].longer is not None
        for word in after.following() if after is not None else ():
            node = self._node(after[word], by_other)  # type: ignore[index]
            simple = not (node.rivals or node.blocks or node.longer or wild)
            longer[word] = node.always if simple else node
        return _Node(always, rivals or None, BLOCK in entry.features, longer or None)

    def _weight(self, feature: str, by_other: bool) -> float:
        return self._weights.get(self._extraction.heard(feature, by_other), 0.0)

    def score(self, text: str) -> float:
        """Return the score of a sentence given alone."""
        tokens = Tokens(text)
        raw, words = tokens.raw, tokens.words
        total = self._base
        if not raw:
            return total
        weights, extraction = self._weights, self._extraction
        voices, _ = heard(text, tokens)
        other = others(len(raw), voices) if voices else None
        plain = words
        if ANY in text or START in text:  # in the text, the lexicons' own signs are like others
            plain = ["" if word in (ANY, START) else word for word in words]
        spans = [(one[0], one[1]) for one in voices if one[2] != "scare"]
        total += self._matched(raw, plain, other, spans)
        for feature, value in extraction.measured(words):
            total += weights.get(feature, 0.0) * value
        if voices:
            for _, _, feature, value in extraction.voiced(len(raw), voices):
                total += weights.get(feature, 0.0) * value
        if extraction.finders:
            for mark in extraction.sought(sentence_of(text), other):
                total += weights.get(mark.feature, 0.0) * mark.value
        return total

    def _matched(
        self,
        raw: list[str],
        words: list[str],
        other: list[bool] | None,
        spans: list[tuple[int, int]],
    ) -> float:
        """Add up the tokens and phrases, as :meth:`Extraction.matches` finds them.

        First every token for itself; then, where tokens go together, what that changes.
        """
        author, quoted = self._memos
        known = list(map(author.__getitem__, raw))
        if other is not None:
            for start, end in spans:
                known[start:end] = map(quoted.__getitem__, raw[start:end])
        first = 0
        size = len(raw)
        while first < size and not raw[first][0].isalnum():
            first += 1
        settled = 0
        total = 0.0
        opinions = self._extraction.opinions
        if first < size:
            spoken = other is not None and other[first]
            known[first] = self._firsts[spoken][raw[first]]
            if in_title_case(raw, first):
                known = [
                    self._firsts[other is not None and other[index]][token]
                    for index, token in enumerate(raw)
                ]
            start = self._starts[spoken]
            step = start.longer and start.longer.get(words[first])
            if step.__class__ is float:
                total += step  # type: ignore[operator]
            elif step is not None and _open(step, words, first + 1):
                change, settled = _window(known, words, first, opinions, start)
                total += change
            elif step is not None:
                total += step[0]  # type: ignore[index]
        total += sum([one[0] for one in known])
        pairs = self._pairs
        joined = [
            index for index, pair in enumerate(zip(words, words[1:], strict=False)) if pair in pairs
        ]
        if not self._wild.isdisjoint(words):
            wild = [index for index, word in enumerate(words[:-1]) if word in self._wild]
            joined = sorted({*joined, *wild})
        for index in joined:
            if index >= settled:
                longer = known[index][1]
                step = longer.get(words[index + 1])  # type: ignore[union-attr]
                if step.__class__ is float:
                    total += step  # type: ignore[operator]
                elif known[index][3] and _open(longer[ANY], words, index + 2) or (  # type: ignore[index]
                    step is not None and _open(step, words, index + 2)
                ):
                    change, settled = _window(known, words, index, opinions)
                    total += change
                elif step is not None:
                    total += step[0]  # type: ignore[index]
        return total


def _open(step: _Node | float, words: list[str], after: int) -> bool:
    """Whether a pair of tokens is a rated phrase, or begins one that may go on here."""
    if step.__class__ is float:
        return False
    _, rivals, blocks, longer = step  # type: ignore[misc]
    if rivals is not None or blocks:
        return True
    return longer is not None and (
        (after < len(words) and words[after] in longer) or ANY in longer
    )


def _window(
    known: list[_Known],
    words: list[str],
    index: int,
    opinions: frozenset[str],
    start: _Node | None = None,
) -> tuple[float, int]:
    """Settle the phrases from a token on, until none reaches further.

    Returns by how much they change the sum of the single tokens, and where they end.
    """
    taken: dict[str, int] = {}
    total = 0.0
    reach = index + 1
    size = len(words)
    while index < reach:
        amount, longer, node, wild = known[index]
        index += 1
        if (
            start is not None
            or node[1] is not None
            or (longer is not None and index < size and (words[index] in longer or wild))
        ):
            settled, reach = _compete(node, words, index, taken, reach, opinions, start)
            total += settled - amount
            start = None
    return total, reach


def _compete(
    node: _Node,
    words: list[str],
    after: int,
    taken: dict[str, int],
    reach: int,
    opinions: frozenset[str],
    start: _Node | None = None,
) -> tuple[float, int]:
    """Settle the phrases that begin at the token before ``after``.

    Returns what they add, and the furthest token that a phrase has taken.
    """
    index = after - 1
    total = 0.0
    best: dict[str, tuple[int, float]] = {}  # family → its longest phrase here
    blocked = taken.get(BLOCK, 0)
    size = len(words)
    waiting: list[tuple[int, _Node | float]] = [] if start is None else [(index, start)]
    end: int = after
    step: _Node | float | None = node
    while step is not None:
        follow: _Node | float | None = None
        if step.__class__ is float:
            total += step  # type: ignore[operator]
        else:
            always, rivals, blocks, longer = step  # type: ignore[misc]
            total += always
            if rivals is not None:
                for family, amount in rivals.items():
                    longest = best.get(family)
                    if longest is None or end > longest[0]:
                        best[family] = (end, amount)
                    elif end == longest[0]:
                        best[family] = (end, amount + longest[1])
            if blocks and end > blocked:
                blocked = taken[BLOCK] = end
            if longer is not None and end < size:
                follow = longer.get(words[end])
                if ANY in longer:
                    waiting.append((end + 1, longer[ANY]))
        if follow is not None:
            end, step = end + 1, follow
        elif waiting:
            end, step = waiting.pop()
        else:
            step = None
    if blocked > reach:
        reach = blocked
    for family, (end, amount) in best.items():
        if taken.get(family, 0) <= index:
            if end > blocked or family not in opinions:
                total += amount
            if end > after:
                taken[family] = end
                if end > reach:
                    reach = end
    return total, reach
