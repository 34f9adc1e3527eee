"""Analysis: an article read, heard and judged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from framing.dropping import STOP, Dropped, judged
from framing.errors import ReadError
from framing.language import set_aside
from framing.model import LinearModel, Verdict, load_model
from framing.readers import SUFFIXES, open_document, plain
from framing.text import Document, Sentence
from framing.values import TYPE_CHECKING, Value
from framing.voice import hear

if TYPE_CHECKING:
    from typing import Any, overload

    import pandas as pd

    from framing.claims import Claims

__all__ = [
    "SCHEMA_VERSION",
    "Analysis",
    "analyze",
    "analyze_all",
    "default_model",
    "opened",
    "prepare",
]

SCHEMA_VERSION = "1"


class Analysis(Value, Sequence[Verdict]):
    """The verdicts on a document's sentences, in order.

    Attributes
    ----------
    document : Document
    verdicts : tuple of Verdict
        One per sentence, also those whose kind is not judged.
    dropped : tuple of Dropped
        Plug-ins that failed, so that the document was judged without them.
    """

    document: Document
    verdicts: tuple[Verdict, ...]
    dropped: tuple[Dropped, ...] = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Verdict: ...
        @overload
        def __getitem__(self, index: slice) -> tuple[Verdict, ...]: ...

    def __getitem__(self, index: int | slice) -> Verdict | tuple[Verdict, ...]:
        return self.verdicts[index]

    def __len__(self) -> int:
        return len(self.verdicts)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    @property
    def profile(self) -> dict[str, Any]:
        """The article as a whole, as the JSON report has it; see :mod:`framing.profile`."""
        from framing.profile import profile_of  # a check of a draft needs none of this

        return profile_of(self).to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON report holds, see ``docs/report-schema.md``."""
        document = self.document
        about = {"name": document.name}
        if document.format != "text":
            about["format"] = document.format
        return {
            "schema_version": SCHEMA_VERSION,
            "document": about,
            "sentences": [_to_dict(verdict, document) for verdict in self.verdicts],
            "profile": self.profile,
            **({"dropped": [one._asdict() for one in self.dropped]} if self.dropped else {}),
        }

    def claims(self) -> Claims:
        """Return what the article hangs on sources, see :mod:`framing.claims`."""
        from framing.claims import find_claims

        return find_claims(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a sentence, judged or not.

        Returns
        -------
        pandas.DataFrame
            With the columns sentence (its number, from 0), text, start, end, line, column,
            paragraph (its number, from 0), kind, label, unsure, probability, score, share_other
            (of its characters, those that are not the author speaking) and speakers (who else
            speaks in it, as written).

        Examples
        --------
        >>> frame = analyze("It rained. “It is a farce,” said Ada Crane.").to_frame()
        >>> frame[["sentence", "label", "speakers"]].values.tolist()
        [[0, 'reporting', ''], [1, 'reporting', 'Ada Crane']]
        """
        from framing.frames import sentences

        return sentences(self)

    def evidence_frame(self) -> pd.DataFrame:
        """Return one row a mark: the words that a score is the sum of.

        The amounts of a sentence's marks and its base add up to its score.

        Returns
        -------
        pandas.DataFrame
            With the columns sentence (its number, from 0), label, feature, family, amount (what
            this mark adds to the score), text, start, end (in the document's source) and value.

        Examples
        --------
        >>> analysis = analyze("It is a shameful plan.")
        >>> frame = analysis.evidence_frame()
        >>> bool(abs(frame["amount"].sum() + analysis[0].base - analysis[0].score) < 1e-9)
        True
        """
        from framing.frames import evidence

        return evidence(self)

    def to_html(self) -> str:
        """Return the article with its marks, as a piece of HTML for a notebook or a page.

        It stands alone: no script, nothing from elsewhere, and its style keeps to itself.

        Examples
        --------
        >>> "much needed" in analyze("A new pier is much needed.").to_html()
        True
        """
        from framing.registry import DESCRIBED
        from framing.reports.html import fragment

        return fragment(self, DESCRIBED)

    def __repr__(self) -> str:
        """Say what it is in one line: the fields would be the article and every mark in it.

        Examples
        --------
        >>> analyze("It rained on Monday. What a shameful, cowardly excuse that is!")
        <Analysis of '<text>': 2 sentences judged, 1 editorial>
        """
        judged = [one.label for one in self.verdicts if one.label is not None]
        return (
            f"<Analysis of {self.document.name!r}: {len(judged)} sentences judged,"
            f" {judged.count('editorial')} editorial>"
        )

    def _repr_html_(self) -> str:
        """Show the article in a notebook."""
        return self.to_html()


def _to_dict(verdict: Verdict, document: Document) -> dict[str, Any]:
    sentence = verdict.sentence

    def mark(start: int, end: int) -> dict[str, Any]:
        found = {"start": start, "end": end, "text": sentence.text[start:end]}
        # Where markup stands between, offsets into the sentence do not tell the place in the file.
        return (
            found | {"span": [*document.span(sentence, start, end)]} if sentence.pieces else found
        )

    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "line": sentence.line,
        "column": sentence.column,
        "kind": sentence.kind,
        "label": verdict.label,
        "unsure": verdict.unsure,
        "probability": verdict.probability,
        "score": verdict.score,
        "base": verdict.base,
        "contributions": [
            {
                "feature": one.feature,
                "amount": one.amount,
                "evidence": [mark(start, end) for start, end, *_ in one.evidence],
                **({"neighbours": [*map(_place, one.neighbours)]} if one.neighbours else {}),
            }
            for one in verdict.contributions
        ],
    }


def _place(sentence: Sentence) -> dict[str, int]:
    return {name: getattr(sentence, name) for name in ("start", "end", "line", "column")}


@cache
def default_model() -> LinearModel:
    """Return the shipped model, loaded once."""
    return load_model()


def prepare(document: Document) -> Document:
    """Return a document as its reader made it with all that is decided before it is judged.

    Examples
    --------
    >>> document = plain.read("“It is a disgrace,” she said.")
    >>> [voice.kind for voice in prepare(document).sentences[0].voices]
    ['quotation']
    """
    return hear(set_aside(document))


def analyze(
    text: str | os.PathLike[str] | Document,
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
    context: bool = False,
    on_plugin_error: str = STOP,
) -> Analysis:
    r"""Read an article and judge its sentences.

    Parameters
    ----------
    text : str, Path or Document
        The article itself; the path of a file that holds it, in any format of
        :data:`framing.readers.FORMATS`; or what :func:`framing.readers.open_document` returned.
    model : LinearModel, optional
        By default the shipped ``news-en``.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.
    context : bool
        Judge each sentence in the light of the article's others, see
        :class:`framing.context.Context`.
    on_plugin_error : {"stop", "drop"}
        What to do when an extractor that is not framing's own fails or breaks its contract: raise
        the error, or judge the whole document without it and say so in
        :attr:`Analysis.dropped`.

    Returns
    -------
    Analysis

    Raises
    ------
    ReadError
        If a path cannot be read, or is given as a str.
    ModelError
        If `context` is asked for and the model knows none.
    ExtractorError
        If a plug-in fails and is not to be dropped.

    Examples
    --------
    >>> article = "The vote is on Monday.\n\nA justification to stay is much needed right now."
    >>> [verdict.label for verdict in analyze(article)]
    ['reporting', 'editorial']
    """
    # A check of a draft needs none of these.
    from framing.together import is_worth_it, judge_documents, one_by_one

    document = opened(text)

    def verdicts(model: LinearModel) -> tuple[Document, tuple[Verdict, ...]]:
        if is_worth_it(len(document), model):
            ((heard, alone),) = judge_documents([document], model, threshold)
        else:
            heard, alone = one_by_one(document, model, threshold)
        return heard, model.in_context(alone, threshold) if context else alone

    (heard, found), dropped = judged(model or default_model(), verdicts, on_plugin_error)
    return Analysis(heard, found, dropped)


def analyze_all(
    articles: Iterable[str | os.PathLike[str] | Document],
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
    context: bool = False,
    on_plugin_error: str = STOP,
) -> Iterator[Analysis]:
    """Read and judge many articles; several times as fast as one after the other.

    Parameters
    ----------
    articles : iterable of str, Path or Document
        Each as for :func:`analyze`. They are read some at a time, so it may be a generator over
        more than fits into memory.
    model, threshold, context, on_plugin_error
        As for :func:`analyze`.

    Yields
    ------
    Analysis
        What :func:`analyze` returns, in the order of the articles.

    Raises
    ------
    ReadError
        If a path cannot be read, or is given as a str; the articles before it come first.
    ModelError
        If `context` is asked for and the model knows none.

    Examples
    --------
    >>> archive = ["The vote is on Monday.", "A vote is much needed. It is on Monday."]
    >>> [[verdict.label for verdict in analysis] for analysis in analyze_all(archive)]
    [['reporting'], ['editorial', 'reporting']]
    """
    from framing.together import judge_documents

    model = model or default_model()
    if not model.in_bulk or on_plugin_error != STOP:
        for one in articles:
            yield analyze(
                one,
                model=model,
                threshold=threshold,
                context=context,
                on_plugin_error=on_plugin_error,
            )
        return
    for document, verdicts in judge_documents(map(opened, articles), model, threshold):
        yield Analysis(document, model.in_context(verdicts, threshold) if context else verdicts)


def opened(text: str | os.PathLike[str] | Document) -> Document:
    """Return an article as its reader makes it."""
    if isinstance(text, Document):
        return text
    if not isinstance(text, str):
        return open_document(text)
    if text.endswith(tuple(SUFFIXES)) and os.path.isfile(text):
        raise ReadError(
            f"{text}: a str is an article, and this is the name of a file;"
            f" to read the file give pathlib.Path({text!r})"
        )
    return plain.read(text)
