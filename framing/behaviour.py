"""Behaviour of a model: what a change to a sentence does to its label and its score.

Measures on held-out sentences say how often a model is right, not whether for the right reasons.
A probe changes sentences in a way whose effect is known (Ribeiro et al., 2020, Beyond Accuracy:
Behavioral Testing of NLP Models with CheckList, ACL): another name leaves the label, quotation
marks and a speaker make reporting of a comment, and so on. See ``docs/behaviour.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from math import nan
from typing import TYPE_CHECKING, NamedTuple

from framing import probes
from framing.errors import DataError
from framing.extraction import in_title_case, seen_as
from framing.lexicon import BLOCK
from framing.model import LinearModel
from framing.text import Sentence, tokenise
from framing.voice import Heard, by_tokens, sentence_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CONFIDENT", "Material", "ProbeResult", "behaviour", "span_deletion"]

#: From this probability on a comment is a confident one; only such are put into other mouths.
CONFIDENT = 0.7
#: Scores may differ by this much and be the same.
TOLERANCE = 1e-9
#: So many failures are named.
WORST = 10

#: A sentence → the same changed.
Change = Callable[[str], str]


class ProbeResult(NamedTuple):
    """What came of one probe.

    Attributes
    ----------
    name : str
    measure : str
        What `value` is: ``"kept"`` (share of sentences whose label stays), ``"reporting"``
        (share that become reporting), ``"changed"`` (share whose label changes; neither good nor
        bad) or ``"rank correlation"``.
    tried : int
        Sentences that the change fits.
    value : float
        NaN if there are too few to say.
    worst : tuple of int
        Numbers of the sentences that fail, the worst first, at most ten.
    """

    name: str
    measure: str
    tried: int
    value: float
    worst: tuple[int, ...] = ()


@dataclass(frozen=True)
class Material:
    """Labelled sentences, and what is known of their words taken together.

    Attributes
    ----------
    texts : tuple of str
    labels : tuple of int
        1 editorial, 0 reporting.

    Examples
    --------
    >>> sorted(Material(("In Varsk, Ilko Maren lost.",), (0,)).names)
    ['Ilko', 'Maren', 'Varsk']
    >>> Material(("It rained.",), ())
    Traceback (most recent call last):
    framing.errors.DataError: 1 sentences and 0 labels; give one label to each sentence
    """

    texts: tuple[str, ...]
    labels: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.texts) != len(self.labels):
            raise DataError(
                f"{len(self.texts)} sentences and {len(self.labels)} labels;"
                " give one label to each sentence"
            )

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Material:
        """Take the columns ``text`` and ``label`` of a data set."""
        return cls(tuple(frame["text"]), tuple(map(int, frame["label"])))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are names, see :func:`framing.probes.names_in`."""
        return probes.names_in(self.texts)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that are written small somewhere."""
        return probes.written_small(self.texts)


@dataclass(frozen=True)
class _Judge:
    """A model with its threshold."""

    model: LinearModel
    threshold: float

    def scores(self, texts: Sequence[str]) -> list[float]:
        return self.model.scores(texts)

    def editorial(self, score: float) -> bool:
        return self.model.probability(score) >= self.threshold


def behaviour(
    model: LinearModel, material: Material, threshold: float | None = None
) -> tuple[ProbeResult, ...]:
    """Run all probes.

    Parameters
    ----------
    model : LinearModel
    material : Material
        Labelled sentences.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.

    Returns
    -------
    tuple of ProbeResult

    Examples
    --------
    >>> from framing.model import load_model
    >>> material = Material(("In Varsk, Ilko Maren lost.", "What a disgrace!"), (0, 1))
    >>> result = behaviour(load_model(), material)[0]
    >>> result.name, result.measure, result.tried, result.value
    ('entity swap', 'kept', 1, 1.0)
    """
    judge = _Judge(model, model.threshold if threshold is None else threshold)
    before = judge.scores(material.texts)
    kept = partial(_kept, judge, material.texts, before)
    confident = [
        index
        for index, (score, label) in enumerate(zip(before, material.labels, strict=True))
        if label == 1 and judge.editorial(score) and model.probability(score) >= CONFIDENT
    ]
    wrapped = partial(_becomes_reporting, judge, material.texts, confident)
    changed = partial(_changed, judge, material.texts, before)
    sourced = tuple(
        map(_unless_question(lambda text: probes.report(text, material.small)), material.texts)
    )
    return (
        kept("entity swap", lambda text: probes.swap_names(text, material.names)),
        kept("outlet swap", probes.swap_outlets),
        _kept(judge, sourced, judge.scores(sourced), "outlet swap, as source", probes.swap_outlets),
        kept("gender swap", probes.swap_gender),
        wrapped("quote-wrap", _unless_torn(probes.quote)),
        wrapped("quote-wrap, speaker first", _unless_torn(probes.quote_after)),
        wrapped(
            "attribution-wrap",
            _unless_question(lambda text: probes.attribute(text, material.small)),
        ),
        changed(
            "hedge “perhaps”", _unless_question(lambda text: probes.perhaps(text, material.small))
        ),
        changed(
            "hedge “it seems”", _unless_question(lambda text: probes.seems(text, material.small))
        ),
        span_deletion(model, material),
        span_deletion(model, material, close_gap=True),
        *(
            kept(f"typography: {name}", _same_tokens(change), exactly=True)
            for name, change in (
                ("straight quotes", _one_way(probes.straight_quotes)),
                ("curly quotes", _one_way(probes.curly_quotes)),
                ("dashes", probes.other_dashes),
                ("no-break spaces", probes.no_break_spaces),
            )
        ),
    )


def _fitting(
    texts: Sequence[str], rows: Sequence[int], change: Change
) -> tuple[list[int], list[str]]:
    """Return the rows that a change does something to, and the changed texts."""
    found = [(row, new) for row in rows if (new := change(texts[row])) != texts[row]]
    return [row for row, _ in found], [new for _, new in found]


def _kept(
    judge: _Judge,
    texts: Sequence[str],
    before: Sequence[float],
    name: str,
    change: Change,
    *,
    exactly: bool = False,
) -> ProbeResult:
    """Measure how often the label stays; `exactly` asks the same of the score."""
    rows, new = _fitting(texts, range(len(texts)), change)
    failed = []
    for row, after in zip(rows, judge.scores(new), strict=True):
        off = abs(after - before[row])
        other = judge.editorial(after) != judge.editorial(before[row])
        if other or (exactly and off > TOLERANCE):
            failed.append((off, row))
    return _result(name, "kept", len(rows), len(rows) - len(failed), failed)


def _becomes_reporting(
    judge: _Judge, texts: Sequence[str], confident: Sequence[int], name: str, change: Change
) -> ProbeResult:
    rows, new = _fitting(texts, confident, change)
    after = zip(rows, judge.scores(new), strict=True)
    failed = [(score, row) for row, score in after if judge.editorial(score)]
    return _result(name, "reporting", len(rows), len(rows) - len(failed), failed)


def _changed(
    judge: _Judge, texts: Sequence[str], before: Sequence[float], name: str, change: Change
) -> ProbeResult:
    rows, new = _fitting(texts, range(len(texts)), change)
    other = [
        (abs(after - before[row]), row)
        for row, after in zip(rows, judge.scores(new), strict=True)
        if judge.editorial(after) != judge.editorial(before[row])
    ]
    return _result(name, "changed", len(rows), len(other), other)


def _result(
    name: str, measure: str, tried: int, counted: int, named: list[tuple[float, int]]
) -> ProbeResult:
    value = counted / tried if tried else nan
    return ProbeResult(name, measure, tried, value, _worst(named))


def _worst(found: list[tuple[float, int]]) -> tuple[int, ...]:
    return tuple(row for _, row in sorted(found, key=lambda one: (-one[0], one[1]))[:WORST])


def _unless_question(change: Change) -> Change:
    """Leave out questions: "said that is it not …" is no English."""
    return lambda text: text if text.rstrip(" \"'”’)").endswith("?") else change(text)


def _unless_torn(change: Change) -> Change:
    """Leave out sentences that begin or end in the middle of a quotation."""

    def whole(text: str) -> str:
        even = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
        return change(text) if even else text

    return whole


def _one_way(change: Change) -> Change:
    """Leave out quotation marks of which straight ones would not tell the direction."""

    def told(text: str) -> str:
        return change(text) if probes.tells_direction(probes.curly_quotes(text)) else text

    return told


#: Quotation marks and dashes of one kind each.
_FOLDED = str.maketrans({**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'"), "–": "—"})


def _same_tokens(change: Change) -> Change:
    """Leave out sentences that are cut into other tokens after the change."""

    def folded(text: str) -> list[str]:
        words = tokenise(text).words
        return ["—" if word == "--" else word.translate(_FOLDED) for word in words]

    def same(text: str) -> str:
        new = change(text)
        return new if new != text and folded(new) == folded(text) else text

    return same


def span_deletion(
    model: LinearModel, material: Material, *, close_gap: bool = False
) -> ProbeResult:
    """Correlate what the explanation says of words with what their removal does.

    From each sentence the words of the largest positive contribution are taken, and of the marks
    that share words with it; so are fixed expressions ("war on terror") that share words, since
    what is left of one is another expression. Predicted is the sum of what these marks say; real
    is by how much the score falls. A word leaves a blank, a word that nobody knows, as short or
    long as it was: so nothing else changes its place or its neighbours, and a title stays a title.
    Left out are sentences in which hearing tells another voice without
    the words: there the frame of the sentence is gone, not its wording. What is measured of the
    sentence as a whole, and of its voices, rests on no words, and is left out on both sides.

    Parameters
    ----------
    model : LinearModel
    material : Material
    close_gap : bool
        Leave no blank. The rest is another sentence then, with new neighbours and perhaps a new
        first word, so the two differ more.

    Returns
    -------
    ProbeResult
        `value` is Spearman's rank correlation; `worst` are the sentences in which predicted and
        real differ most.

    Examples
    --------
    >>> span_deletion(LinearModel({}, -1.0), Material(("It rained.",), (0,)))
    ProbeResult(name='span deletion', measure='rank correlation', tried=0, value=nan, worst=())
    """
    who: Callable[[Sentence], object] = _speakers if close_gap else _heard
    rows: list[int] = []
    predicted: list[float] = []
    real: list[float] = []
    for row, text in enumerate(material.texts):
        sentence = sentence_of(text)
        marks = _weighed(model, sentence)
        removed = _removed(marks, _fixed(model, sentence))
        rest = _without(sentence, removed, close_gap)
        after = sentence_of(rest)
        if not removed or not any(map(str.isalnum, rest)):
            continue
        if who(after) != who(sentence):
            continue
        rows.append(row)
        gone = (one.amount for one in marks if not removed.isdisjoint(range(*one.span)))
        predicted.append(sum(gone))
        kept = sum(one.amount for one in _weighed(model, after))
        real.append(sum(one.amount for one in marks) - kept)
    off = [
        (abs(said - done), row)
        for row, said, done in zip(rows, predicted, real, strict=True)
        if abs(said - done) > TOLERANCE
    ]
    name = "span deletion, gap closed" if close_gap else "span deletion"
    value = _spearman(predicted, real)
    return ProbeResult(name, "rank correlation", len(rows), value, _worst(off))


class _Weighed(NamedTuple):
    """What a mark on words adds to the score."""

    feature: str
    span: tuple[int, int]
    amount: float


def _weighed(model: LinearModel, sentence: Sentence) -> list[_Weighed]:
    """Return the marks that rest on words: not on all of them, and not on who speaks."""
    tokens = sentence.tokens
    voiced = model.extraction.voiced(len(tokens), by_tokens(tokens, sentence.voices))
    heard = {(tokens.starts[start], name) for start, _, name, _ in voiced}
    return [
        _Weighed(mark.feature, (mark.start, mark.end), model.weights[mark.feature] * mark.value)
        for mark in model.extraction.evidence(sentence)
        if mark.feature in model.weights
        and mark.end - mark.start < len(sentence.text)
        and (mark.start, mark.feature) not in heard
    ]


def _fixed(model: LinearModel, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the fixed expressions: phrases whose words count for nothing by themselves."""
    tokens = sentence.tokens
    found = model.extraction.trie.find([seen_as(word, initial=True)[0] for word in tokens.raw])
    return [
        (tokens.starts[start], tokens.ends[end - 1])
        for start, end, feature in found
        if feature == BLOCK
    ]


def _removed(marks: Sequence[_Weighed], fixed: Sequence[tuple[int, int]] = ()) -> frozenset[int]:
    """Return the characters under the largest positive feature, and under what overlaps it."""
    sums: dict[str, float] = {}
    for one in marks:
        sums[one.feature] = sums.get(one.feature, 0.0) + one.amount
    best = max(sums, key=lambda name: (sums[name], name), default="")
    if sums.get(best, 0.0) <= 0:
        return frozenset()
    removed = set(chain.from_iterable(range(*one.span) for one in marks if one.feature == best))
    waiting = [set(range(*span)) for span in (*(one.span for one in marks), *fixed)]
    while touched := [one for one in waiting if one & removed and not one <= removed]:
        removed.update(*touched)
    return frozenset(removed)


#: What stands for a word, and for a sign, that is gone: no lexicon knows them. Titles are told by
#: the capitals of words longer than the first.
_BLANK_WORD, _BLANK_LONG, _BLANK_SIGN = "zqz", "zqzq", "¤"


def _without(sentence: Sentence, removed: frozenset[int], close_gap: bool) -> str:
    """Return a sentence's text without some characters, or with blanks for their tokens."""
    text, tokens = sentence.text, sentence.tokens
    if close_gap:
        kept = (" " if at in removed else character for at, character in enumerate(text))
        return " ".join("".join(kept).split())
    first = next((at for at, word in enumerate(tokens.raw) if word[0].isalnum()), -1)
    titled = first >= 0 and in_title_case(tokens.raw, first)
    parts, last = [], 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        if not removed.isdisjoint(range(start, end)):
            parts += [text[last:start], _blank(text[start:end], titled)]
            last = end
    return "".join([*parts, text[last:]])


def _blank(word: str, titled: bool) -> str:
    """Return what stands for a word: short or long, in a title with its capital, as it was."""
    if not word[0].isalnum():
        return _BLANK_SIGN
    blank = _BLANK_LONG if len(word) > len(_BLANK_WORD) else _BLANK_WORD
    return blank.title() if titled and word[0].isupper() else blank


def _heard(sentence: Sentence) -> list[Heard]:
    """Return who speaks in a sentence, and where by tokens."""
    return by_tokens(sentence.tokens, sentence.voices)


def _speakers(sentence: Sentence) -> list[tuple[str, str | None, bool]]:
    """Return who speaks in a sentence, apart from where."""
    return [(one.kind, one.source, one.speaker is not None) for one in sentence.voices]


def _spearman(left: Sequence[float], right: Sequence[float]) -> float:
    # Of equal values there is no order, and scipy warns.
    if len(set(left)) < 2 or len(set(right)) < 2:
        return nan
    from scipy.stats import spearmanr

    # Sums of the same amounts in another order differ in the last digits: these are ties.
    rank = spearmanr([round(x, 9) for x in left], [round(x, 9) for x in right]).statistic
    return round(float(rank), 9)
