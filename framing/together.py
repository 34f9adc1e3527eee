"""Documents judged together: whole articles by the hundred, with numpy.

What :func:`framing.analysis.prepare` and :meth:`framing.model.LinearModel.judge` do one sentence
after the other, for all sentences of some documents at once; with the same result, and several
times as fast from some dozen sentences on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from framing.language import is_closed, set_aside, tells_enough
from framing.model import TOGETHER, LinearModel, Verdict
from framing.text import Document, Voice
from framing.voice import hear

__all__ = ["is_worth_it", "judge_documents"]

#: From so many sentences on arrays are faster; from so many also if numpy must be imported first.
_FEW, _MANY = 16, 4_000

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
            yield _one_by_one(document, model, threshold)
            continue
        group.append(document)
        size += len(document)
        if size >= TOGETHER:
            yield from _judged(group, model, threshold)
            group, size = [], 0
    yield from _judged(group, model, threshold)


def _one_by_one(document: Document, model: LinearModel, threshold: float | None) -> Judged:
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
    voices: dict[int, tuple[Voice, ...]] = {}
    for start, end in pairwise(_cuts(follows)):
        texts = [sentence.text for sentence in sentences[start:end]]
        read, unfolded = model.read_together(texts, follows[start:end])
        counts = unfolded.counts(is_closed), unfolded.sizes
        english.extend(map(tells_enough, *counts))
        voices.update((start + at, heard) for at, heard in unfolded.voices(read.heard))
        parts.append((start, end, read.scores.tolist(), unfolded))
    heard = []
    at = 0
    for document in documents:
        heard.append(_heard(set_aside(document, english[at : at + len(document)]), voices, at))
        at += len(document)
    sentences = [sentence for document in heard for sentence in document]
    verdicts: list[Verdict] = []
    for start, end, scores, unfolded in parts:
        verdicts += model.verdicts(sentences[start:end], scores, unfolded, threshold)
    left = iter(verdicts)
    for document in heard:
        yield document, tuple(islice(left, len(document)))


def _heard(document: Document, voices: Mapping[int, tuple[Voice, ...]], first: int) -> Document:
    """Return a document with the voices of its sentences, of which the first has a number."""
    sentences = [
        sentence.replace(voices=voices[number]) if number in voices else sentence
        for number, sentence in enumerate(document, first)
    ]
    return document.replace(sentences=tuple(sentences))


def _cuts(follows: Sequence[bool]) -> list[int]:
    """Return where sentences are parted: some thousand together, whole paragraphs."""
    cuts = [0]
    for number, goes_on in enumerate(follows):
        if not goes_on and number - cuts[-1] >= TOGETHER:
            cuts.append(number)
    return [*cuts, len(follows)]
