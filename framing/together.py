"""Documents judged together: whole articles by the hundred, with numpy.

What :func:`framing.analysis.prepare` and :meth:`framing.model.LinearModel.judge` do one sentence
after the other, for all sentences of some documents at once; with the same result, and several
times as fast from some dozen sentences on.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, islice, pairwise

from framing.language import is_english, set_aside, speaks
from framing.model import TOGETHER, LinearModel, Verdict
from framing.text import Document, Sentence, Voice
from framing.voice import closed_in, hear

__all__ = ["is_worth_it", "judge_documents", "one_by_one"]

#: From so many sentences on arrays are faster; from so many also if numpy must be imported first.
_FEW, _MANY = 9, 4_000

Judged = tuple[Document, tuple[Verdict, ...]]


def is_worth_it(count: int, model: LinearModel) -> bool:
    """Whether so many sentences are judged faster together than one by one."""
    return count >= (_FEW if "numpy" in sys.modules else _MANY) and model.in_bulk


def judge_documents(
    documents: Iterable[Document], model: LinearModel, threshold: float | None = None
) -> Iterator[Judged]:
    """Set aside what is no English prose, hear whose voice speaks, and judge.

    Parameters
    ----------
    documents : iterable of Document
        As their readers made them; taken in some at a time.
    model : LinearModel
        Fit for it, see :attr:`LinearModel.in_bulk`.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.

    Yields
    ------
    document, verdicts : Document, tuple of Verdict
        What :func:`framing.analysis.prepare` returns, and the verdicts on it, in order.

    Examples
    --------
    >>> from framing.model import load_model
    >>> from framing.readers import plain
    >>> drafts = map(plain.read, ["It rained.", "“It failed,” he said. A farce, plainly."])
    >>> for document, verdicts in judge_documents(drafts, load_model()):
    ...     print([verdict.label for verdict in verdicts])
    ['reporting']
    ['reporting', 'editorial']
    """
    group: list[Document] = []
    size = 0
    left = iter(documents)
    while True:
        try:
            document = next(left)
        except StopIteration:
            break
        except BaseException:
            yield from _judged(group, model, threshold)  # what was read before is not lost
            raise
        if any(sentence.voices for sentence in document):  # markup has spoken: a block quote
            yield from _judged(group, model, threshold)
            group, size = [], 0
            yield one_by_one(document, model, threshold)
            continue
        group.append(document)
        size += len(document)
        if size >= TOGETHER:
            yield from _judged(group, model, threshold)
            group, size = [], 0
    yield from _judged(group, model, threshold)


def one_by_one(document: Document, model: LinearModel, threshold: float | None = None) -> Judged:
    """Return what :func:`judge_documents` yields of a document, without arrays."""
    heard = hear(set_aside(document))
    return heard, tuple(model.judge(sentence, threshold) for sentence in heard)


def _judged(
    documents: Sequence[Document], model: LinearModel, threshold: float | None
) -> Iterator[Judged]:
    sentences = [sentence for document in documents for sentence in document]
    follows = [
        number == before
        for document in documents
        for before, number in pairwise((-1, *document.paragraphs))
    ]
    parts = []
    english: list[bool] = []
    voices: list[Iterator[tuple[Voice, ...]]] = []
    begins = list(accumulate(map(len, documents), initial=0))

    def closed(start: int, number: int, awaited: str) -> bool:
        which = bisect_right(begins, start + number) - 1
        at = start + number - begins[which]
        return at > 0 and closed_in(documents[which], at, awaited)

    for start, end in pairwise(_cuts(sentences, follows)):
        texts = [sentence.text for sentence in sentences[start:end]]
        unfolded = model.read_together(texts, follows[start:end], partial(closed, start))
        spoken_of = unfolded.sums(speaks, 3).tolist()
        english.extend(map(is_english, *spoken_of, unfolded.sizes, map(len, texts)))
        voices.append(unfolded.voices())
        parts.append(unfolded.scored())
    spoken, scored = chain.from_iterable(voices), chain.from_iterable(parts)
    enough = iter(english)
    for document in documents:
        size = len(document)
        kept = set_aside(document, list(islice(enough, size)))
        heard = kept.replace(
            sentences=tuple(
                sentence.spoken(voices) if voices else sentence
                for sentence, voices in zip(kept, islice(spoken, size), strict=True)
            )
        )
        yield heard, tuple(model.verdicts(heard, islice(scored, size), threshold))


def _cuts(sentences: Sequence[Sentence], follows: Sequence[bool]) -> list[int]:
    """Return where sentences are parted: some together, whole paragraphs.

    No part begins in a paragraph that might close a quotation of the one before.
    """
    cuts = [0]
    at = TOGETHER
    while at < len(follows):
        end = at + 1
        while end < len(follows) and follows[end]:
            end += 1
        if not follows[at] and not any("”" in one.text for one in sentences[at:end]):
            cuts.append(at)
            at += TOGETHER
        else:
            at = end
    return [*cuts, len(follows)]
