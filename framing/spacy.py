"""A component for spaCy pipelines: ``nlp.add_pipe("framing")`` (the extra ``spacy``).

It reads the text as :func:`framing.analyze` does, works in a blank English pipeline, and needs no
model of spaCy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framing.errors import MissingExtraError

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
except ImportError as error:
    raise MissingExtraError(
        "the component needs spaCy; install it with: pip install 'framing[spacy]'"
    ) from error

if TYPE_CHECKING:
    from framing.model import LinearModel

__all__ = ["Component", "make"]

#: Keys of ``doc.spans``, and the stem of the extensions.
SENTENCES, EVIDENCE = "framing", "framing_evidence"


class Component:
    """Judges the sentences of each document.

    Parameters
    ----------
    model : LinearModel
    threshold : float or None
        Probability from which a sentence is called editorial, in place of the model's.
    set_sentences : bool
        Let ``doc.sents`` be framing's sentences where no other component has cut the text.

    Notes
    -----
    A document gets the extension ``doc._.framing``, an :class:`framing.Analysis`, and two groups
    of spans: ``doc.spans["framing"]``, the sentences, with their label; and
    ``doc.spans["framing_evidence"]``, the marked words, with the feature as label. Spans of
    sentences have the extensions ``framing_label``, ``framing_probability``, ``framing_score``
    and ``framing_verdict``. Marks are widened to whole tokens of spaCy's; the exact offsets
    are in the analysis.
    """

    def __init__(
        self,
        model: LinearModel,
        threshold: float | None = None,
        set_sentences: bool = True,
    ) -> None:
        self.model = model
        self.threshold = threshold
        self.set_sentences = set_sentences
        _declare()

    def __call__(self, doc: Doc) -> Doc:
        """Judge a document."""
        from framing.analysis import analyze

        analysis = analyze(doc.text, model=self.model, threshold=self.threshold)
        doc._.framing = analysis
        sentences, marks = [], []
        for verdict in analysis:
            start, end = verdict.sentence.start, verdict.sentence.end
            label = verdict.label or verdict.sentence.kind
            span = doc.char_span(start, end, label=label, alignment_mode="expand")
            if span is None:
                continue
            sentences.append(span)
            span._.framing_verdict = verdict
            span._.framing_label = verdict.label
            span._.framing_probability = verdict.probability
            span._.framing_score = verdict.score
            for one in verdict.contributions:
                for mark in one.evidence:
                    marked = doc.char_span(
                        start + mark.start,
                        start + mark.end,
                        label=one.feature,
                        alignment_mode="expand",
                    )
                    if marked is not None:
                        marks.append(marked)
        doc.spans[SENTENCES] = sentences
        doc.spans[EVIDENCE] = marks
        if self.set_sentences and len(doc) and not doc.has_annotation("SENT_START"):
            starts = {span.start for span in sentences}
            for token in doc:
                token.is_sent_start = token.i in starts or token.i == 0
        return doc


def _declare() -> None:
    """Declare the extensions, which spaCy keeps for the whole process."""
    if not Doc.has_extension("framing"):
        Doc.set_extension("framing", default=None)
    for name in ("verdict", "label", "probability", "score"):
        if not Span.has_extension(f"framing_{name}"):
            Span.set_extension(f"framing_{name}", default=None)


@Language.factory(
    "framing",
    assigns=["doc._.framing", "doc.spans", "token.is_sent_start"],
    default_config={"model": "news-en", "threshold": None, "set_sentences": True},
)
def make(nlp: Language, name: str, model: str, threshold: float | None, set_sentences: bool) -> Any:
    """Make the component; spaCy calls this for ``nlp.add_pipe("framing")``.

    Parameters
    ----------
    nlp : spacy.language.Language
    name : str
        What the component is called in the pipeline.
    model : str
        A shipped model's name or the path of a JSON file.
    threshold : float or None
    set_sentences : bool
        See :class:`Component`.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("framing")
    >>> doc = nlp("The vote is on Monday. It is a shameful, disgraceful plan.")
    >>> [(sentence.label_, sentence._.framing_score > 0) for sentence in doc.spans["framing"]]
    [('reporting', False), ('editorial', True)]
    """
    from framing.model import load_model

    return Component(load_model(model), threshold, set_sentences)
