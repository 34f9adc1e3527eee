"""Analysis: an article read, heard and judged."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, overload

from framing.model import LinearModel, Verdict, load_model
from framing.readers import open_document, plain
from framing.text import Document
from framing.values import Value
from framing.voice import hear

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SCHEMA_VERSION", "Analysis", "analyze", "default_model"]

SCHEMA_VERSION = "1"


class Analysis(Value, Sequence[Verdict]):
    """The verdicts on a document's sentences, in order.

    Attributes
    ----------
    document : Document
    verdicts : tuple of Verdict
        One per sentence, also those whose kind is not judged.
    """

    document: Document
    verdicts: tuple[Verdict, ...]

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
    def profile(self) -> dict[str, float | int]:
        """The article as a whole: sentences, judged, editorial, share_editorial."""
        judged = sum(verdict.label is not None for verdict in self.verdicts)
        editorial = sum(verdict.label == "editorial" for verdict in self.verdicts)
        return {
            "sentences": len(self.verdicts),
            "judged": judged,
            "editorial": editorial,
            "share_editorial": editorial / judged if judged else 0.0,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return what the JSON report holds, see ``docs/report-schema.md``."""
        return {
            "schema_version": SCHEMA_VERSION,
            "document": {"name": self.document.name},
            "sentences": [_to_dict(verdict) for verdict in self.verdicts],
            "profile": self.profile,
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row a sentence: its text, place, kind, label, probability and score."""
        import pandas as pd

        columns = [
            "text",
            "start",
            "end",
            "line",
            "column",
            "kind",
            "label",
            "probability",
            "score",
        ]
        return pd.DataFrame(
            [[row[name] for name in columns] for row in map(_to_dict, self.verdicts)],
            columns=columns,
        )


def _to_dict(verdict: Verdict) -> dict[str, Any]:
    sentence = verdict.sentence
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "line": sentence.line,
        "column": sentence.column,
        "kind": sentence.kind,
        "label": verdict.label,
        "probability": verdict.probability,
        "score": verdict.score,
        "base": verdict.base,
        "contributions": [
            {
                "feature": one.feature,
                "amount": one.amount,
                "evidence": [
                    {"start": start, "end": end, "text": sentence.text[start:end]}
                    for start, end, *_ in one.evidence
                ],
            }
            for one in verdict.contributions
        ],
    }


@cache
def default_model() -> LinearModel:
    """Return the shipped model, loaded once."""
    return load_model()


def analyze(
    text: str | os.PathLike[str] | Document,
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
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

    Returns
    -------
    Analysis

    Raises
    ------
    ReadError
        If a path cannot be read.

    Examples
    --------
    >>> article = "The vote is on Monday.\n\nA justification to stay is much needed right now."
    >>> [verdict.label for verdict in analyze(article)]
    ['reporting', 'editorial']
    """
    if isinstance(text, Document):
        document = text
    elif isinstance(text, str):
        document = plain.read(text)
    else:
        document = open_document(text)
    model = model or default_model()
    heard = hear(document)
    return Analysis(heard, tuple(model.judge(sentence, threshold) for sentence in heard))
