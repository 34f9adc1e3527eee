"""Tables of an analysis: one row a sentence, one row a mark (pandas)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.model import Verdict

__all__ = ["EVIDENCE", "SENTENCES", "evidence", "sentence_row", "sentences"]

#: The columns of :func:`sentences`.
SENTENCES = (
    "sentence",
    "text",
    "start",
    "end",
    "line",
    "column",
    "paragraph",
    "kind",
    "label",
    "unsure",
    "probability",
    "score",
    "share_other",
    "speakers",
)
#: The columns of :func:`evidence`.
EVIDENCE = (
    "sentence",
    "label",
    "feature",
    "family",
    "amount",
    "text",
    "start",
    "end",
    "value",
)


def sentences(analysis: Analysis) -> pd.DataFrame:
    """Return one row a sentence, see :meth:`framing.analysis.Analysis.to_frame`."""
    paragraphs = analysis.document.paragraphs
    return pd.DataFrame(
        [
            sentence_row(number, paragraphs[number], verdict)
            for number, verdict in enumerate(analysis)
        ],
        columns=list(SENTENCES),
    )


def sentence_row(number: int, paragraph: int, verdict: Verdict) -> tuple[Any, ...]:
    """Return the cells of one row, in the order of :data:`SENTENCES`."""
    sentence = verdict.sentence
    spoken = [voice for voice in sentence.voices if voice.kind != "scare"]
    covered = {at for voice in spoken for at in range(voice.start, voice.end)}
    speakers = dict.fromkeys(
        sentence.text[slice(*voice.speaker)] for voice in spoken if voice.speaker
    )
    return (
        number,
        sentence.text,
        sentence.start,
        sentence.end,
        sentence.line,
        sentence.column,
        paragraph,
        sentence.kind,
        verdict.label,
        verdict.unsure,
        verdict.probability,
        verdict.score,
        len(covered) / len(sentence.text) if sentence.text else 0.0,
        "; ".join(speakers),
    )


def evidence(analysis: Analysis) -> pd.DataFrame:
    """Return one row a mark, see :meth:`framing.analysis.Analysis.evidence_frame`."""
    rows: list[tuple[Any, ...]] = []
    for number, verdict in enumerate(analysis):
        sentence = verdict.sentence
        for one in verdict.contributions:
            if not one.evidence:  # what the article adds rests on no words of the sentence
                family = one.feature.partition(".")[0]
                place = (sentence.start, sentence.start, 1.0)
                rows.append((number, verdict.label, one.feature, family, one.amount, "", *place))
            total = sum(mark.value for mark in one.evidence)
            for start, end, feature, value in one.evidence:
                rows.append(
                    (
                        number,
                        verdict.label,
                        feature,
                        feature.partition(".")[0],
                        one.amount * value / total if total else 0.0,
                        sentence.text[start:end],
                        *analysis.document.span(sentence, start, end),
                        value,
                    )
                )
    return pd.DataFrame(rows, columns=list(EVIDENCE))
