"""Analysis: an article read, heard and judged."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, overload

from framing.errors import ReadError
from framing.language import set_aside
from framing.model import Contribution, LinearModel, Verdict, load_model
from framing.readers.plain import read
from framing.text import Document, Sentence
from framing.values import Value
from framing.voice import hear

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SCHEMA_VERSION", "Analysis", "analyze", "decode", "default_model", "read_text"]

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
        """Return one row a sentence: its text, place, kind, label, unsure, probability, score."""
        import pandas as pd

        columns = [
            "text",
            "start",
            "end",
            "line",
            "column",
            "kind",
            "label",
            "unsure",
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
        "unsure": verdict.unsure,
        "probability": verdict.probability,
        "score": verdict.score,
        "base": verdict.base,
        "contributions": [_part(one, sentence) for one in verdict.contributions],
    }


def _part(one: Contribution, sentence: Sentence) -> dict[str, Any]:
    found: dict[str, Any] = {
        "feature": one.feature,
        "amount": one.amount,
        "evidence": [
            {"start": start, "end": end, "text": sentence.text[start:end]}
            for start, end, *_ in one.evidence
        ],
    }
    if one.neighbours:
        found["neighbours"] = [
            {"start": other.start, "end": other.end, "line": other.line, "column": other.column}
            for other in one.neighbours
        ]
    return found


@cache
def default_model() -> LinearModel:
    """Return the shipped model, loaded once."""
    return load_model()


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a draft, see :func:`decode`.

    Raises
    ------
    ReadError
        Naming the file, and for wrong bytes the line and the byte.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ReadError(f"{path}: cannot read: {error.strerror or error}") from error
    return decode(data, str(path))


def decode(data: bytes, name: str) -> str:
    """Return the text of a draft: UTF-8, or UTF-16 with a byte-order mark.

    Newlines stay as they are.

    Parameters
    ----------
    data : bytes
        What the file holds.
    name : str
        Named in errors.

    Raises
    ------
    ReadError
        Naming the line and the byte.

    Examples
    --------
    >>> decode("naïve".encode("utf-16"), "draft.txt")
    'naïve'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8"
        if b"\0" in data:
            line = data.count(b"\n", 0, data.index(b"\0")) + 1
            raise ReadError(f"{name}:{line}: a binary file (it has a NUL byte); give a text file")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{name}:{line}: byte {error.start} is not {encoding.upper()}; save the file as UTF-8"
        ) from error


def analyze(
    text: str | os.PathLike[str],
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
    context: bool = False,
) -> Analysis:
    r"""Read an article and judge its sentences.

    Parameters
    ----------
    text : str or Path
        The article itself, or the path of a file that holds it.
    model : LinearModel, optional
        By default the shipped ``news-en``.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.
    context : bool
        Judge each sentence in the light of the article's others, see
        :class:`framing.context.Context`.

    Returns
    -------
    Analysis

    Raises
    ------
    ReadError
        If a path cannot be read as text.
    ModelError
        If `context` is asked for and the model knows none.

    Examples
    --------
    >>> article = "The vote is on Monday.\n\nA justification to stay is much needed right now."
    >>> [verdict.label for verdict in analyze(article)]
    ['reporting', 'editorial']
    """
    if isinstance(text, str):
        document = read(text)
    else:
        document = read(read_text(text), str(text))
    model = model or default_model()
    heard = hear(set_aside(document))
    verdicts = tuple(model.judge(sentence, threshold) for sentence in heard)
    return Analysis(heard, model.in_context(verdicts, threshold) if context else verdicts)
