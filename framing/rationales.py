"""How well the words that a model shows agree with those that a reader names.

Gold are the spans marked in our own articles (``datasets/ours/spans.tsv``): for every editorial
sentence the fewest words that make it so. Against them stand the model's marks: the stretches of
words that its contributions rest on, each with the sum of what they add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from framing.datasets.tsv import read_tsv
from framing.errors import DataError
from framing.model import LinearModel, Verdict
from framing.text import tokenise
from framing.voice import sentence_of

__all__ = ["Agreement", "Span", "agreement", "marks", "read_spans"]


class Span(NamedTuple):
    """Words that a reader named.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the sentence.
    kind : str
        What the words do: ``evaluation``, ``stance``, ``irony``, ….
    """

    start: int
    end: int
    kind: str


class Agreement(NamedTuple):
    """How often model and reader point at the same words.

    Attributes
    ----------
    sentences : int
        Editorial sentences with spans.
    spans : int
        The spans in them.
    hit : float
        Share of the spans that one of the model's strongest marks touches.
    found : float
        Share of the spans that any mark for editorial touches.
    precision : float
        Share of the strongest marks that touch a span.
    chance : float
        What precision would be for words drawn at random: the share of words inside spans.
    by_kind : mapping of str to (int, float)
        Kind → number of its spans, and their ``hit``.
    """

    sentences: int
    spans: int
    hit: float
    found: float
    precision: float
    chance: float
    by_kind: Mapping[str, tuple[int, float]]


def read_spans(path: str | Path) -> list[tuple[str, list[Span]]]:
    """Read marked spans with the sentences of ``articles.tsv`` beside them.

    Returns
    -------
    list of (str, list of Span)
        Each sentence that has spans.

    Raises
    ------
    DataError
        If a table cannot be read, or a span is not in its sentence.
    """
    articles = read_tsv(Path(path).with_name("articles.tsv"))
    spans = read_tsv(Path(path))
    try:
        places = zip(articles["article_id"], articles["n"], strict=True)
        texts = dict(zip(places, articles["text"], strict=True))
        found: dict[tuple[str, str], list[Span]] = defaultdict(list)
        names = ("article_id", "n", "start", "end", "kind", "text")
        rows = zip(*(spans[name] for name in names), strict=True)
        for number, (article, n, start, end, kind, text) in enumerate(rows, 2):
            if texts[article, n][int(start) : int(end)] != text:
                raise ValueError(f"line {number}: the span is not there in sentence {n}")
            found[article, n].append(Span(int(start), int(end), kind))
    except (KeyError, ValueError) as error:
        raise DataError(f"{path}: not spans of articles.tsv: {error}") from error
    return [(texts[place], marked) for place, marked in found.items()]


def marks(verdict: Verdict) -> list[tuple[float, int, int]]:
    """Return what speaks for editorial: amount, start and end, strongest first.

    Evidence of several features on the same words is one mark. A contribution is shared over
    its evidence in proportion to the values.

    Examples
    --------
    >>> from framing.model import load_model
    >>> sentence = sentence_of("It is a shameful plan.")
    >>> [sentence.text[a:b] for _, a, b in marks(load_model().judge(sentence))][0]
    'shameful'
    """
    amounts: dict[tuple[int, int], float] = defaultdict(float)
    for part in verdict.contributions:
        total = sum(mark.value for mark in part.evidence)
        for mark in part.evidence:
            if total:
                amounts[mark.start, mark.end] += part.amount * mark.value / total
    found = [(amount, start, end) for (start, end), amount in amounts.items() if amount > 0]
    return sorted(found, key=lambda one: (-one[0], one[1:]))


def agreement(
    model: LinearModel, sentences: Iterable[tuple[str, Sequence[Span]]], top: int = 3
) -> Agreement:
    """Compare a model's marks with a reader's spans.

    Parameters
    ----------
    model : LinearModel
    sentences : iterable of (str, sequence of Span)
        Editorial sentences and the words named in them.
    top : int
        How many marks of a sentence count as its strongest.

    Returns
    -------
    Agreement

    Examples
    --------
    >>> from framing.model import load_model
    >>> agreement(load_model(), [("It is a shameful plan.", [Span(8, 16, "evaluation")])]).hit
    1.0
    """
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    count = hit = found = right = shown = words = inside = 0
    for text, spans in sentences:
        count += 1
        every = marks(model.judge(sentence_of(text)))
        best = every[:top]
        for span in spans:
            touched = any(_meet(span, mark) for mark in best)
            hit += touched
            found += any(_meet(span, mark) for mark in every)
            kinds[span.kind][0] += 1
            kinds[span.kind][1] += touched
        shown += len(best)
        right += sum(any(_meet(span, mark) for span in spans) for mark in best)
        tokens = tokenise(text)
        for start, word in zip(tokens.starts, tokens.words, strict=True):
            if word[0].isalnum():
                words += 1
                inside += any(span.start <= start < span.end for span in spans)
    total = sum(one[0] for one in kinds.values())
    return Agreement(
        count,
        total,
        _share(hit, total),
        _share(found, total),
        _share(right, shown),
        _share(inside, words),
        {kind: (size, hits / size) for kind, (size, hits) in sorted(kinds.items())},
    )


def _meet(span: Span, mark: tuple[float, int, int]) -> bool:
    return span.start < mark[2] and mark[1] < span.end


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
