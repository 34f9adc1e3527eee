"""Score the sentences of a file into another file, chunk by chunk."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from framing.analysis import default_model
from framing.errors import DataError
from framing.files import replacing
from framing.model import LinearModel
from framing.scoring import score
from framing.tables import Added, Chunk, extent, format_of, read, write

__all__ = ["Scored", "score_file"]

_CHUNK = 20_000


class Scored(NamedTuple):
    """How many sentences a run scored.

    Attributes
    ----------
    sentences : int
        Rows with a score.
    editorial : int
        Rows with the label editorial.
    blank : int
        Rows without text; their probability and label are empty.
    """

    sentences: int
    editorial: int
    blank: int


def score_file(
    source: str | Path,
    target: str | Path,
    *,
    text_column: str | None = None,
    prefix: str = "",
    model: LinearModel | None = None,
    threshold: float | None = None,
    n_jobs: int = 1,
    progress: bool = False,
    chunk: int = _CHUNK,
) -> Scored:
    r"""Score a file of sentences.

    The target gets every column of the source, and the columns ``probability`` and ``label``.
    It appears when all of it has been written.

    Parameters
    ----------
    source, target : str or Path
        Files of one of :data:`framing.tables.FORMATS`, not necessarily the same. A ``.txt``
        holds a sentence a line; as a target, probability, tab, label, tab, sentence.
    text_column : str, optional
        The column that holds the sentences; by default ``text``, or the only one there is.
    prefix : str
        Put before the names of the new columns, where theirs are taken.
    model : LinearModel, optional
        By default the shipped ``news-en``.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.
    n_jobs : int
        Processes to use; -1 for one per core.
    progress : bool
        Show a progress bar on standard error.
    chunk : int
        Rows held in memory at a time.

    Returns
    -------
    Scored

    Raises
    ------
    ReadError, DataError
        If the source cannot be read or has no such column, or the target cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> source = Path(tempfile.mkdtemp(), "in.txt")
    >>> _ = source.write_text("It rained.\nIt snowed.\n")
    >>> score_file(source, source.with_name("out.csv")).sentences
    2
    """
    model = model or default_model()
    limit = model.threshold if threshold is None else threshold
    total, unit = extent(source)
    format_of(target)
    if Path(target).exists() and Path(target).samefile(source):
        raise DataError(f"{target}: is the source itself; name another file")
    counts = Scored(0, 0, 0)
    with (
        replacing(target) as file,
        closing(write(target, file)) as writer,
        _bar(total, unit, progress) as bar,
    ):
        done = 0
        for part in read(source, chunk):
            texts = _texts(part, text_column, str(source))
            names = [f"{prefix}probability", f"{prefix}label"]
            _refuse_taken(part, names, str(source))
            probabilities = _score(texts, model, n_jobs)
            labels = [
                None if one is None else "editorial" if one >= limit else "reporting"
                for one in probabilities
            ]
            added = [Added(names[0], probabilities, float), Added(names[1], labels, str)]
            writer.write(part, added)
            blank = labels.count(None)
            counts = Scored(
                counts.sentences + len(labels) - blank,
                counts.editorial + labels.count("editorial"),
                counts.blank + blank,
            )
            bar.update(part.done - done)
            done = part.done
        if not counts.sentences:
            raise DataError(f"{source}: no sentences to score; is it empty?")
    return counts


def _texts(part: Chunk, wanted: str | None, path: str) -> list[str | None]:
    """Return the sentences of a chunk, None where there is no text."""
    name = wanted or (part.names[0] if len(part.names) == 1 else "text")
    if name not in part.names:
        raise DataError(
            f"{path}: no column {name!r}; name the sentences' column with --text-column,"
            f" one of {', '.join(map(repr, part.names))}"
        )
    texts: list[str | None] = []
    for place, value in zip(part.places, part.column(name), strict=True):
        if value is not None and not isinstance(value, str):
            raise DataError(f"{place}: {name!r} is {type(value).__name__}, not text: {value!r}")
        texts.append(value if value and not value.isspace() else None)
    return texts


def _refuse_taken(part: Chunk, names: Sequence[str], path: str) -> None:
    for name in names:
        if name in part.names:
            raise DataError(
                f"{path}: has a column {name!r} already; name the new ones apart,"
                " for example with --prefix framing_"
            )


def _score(texts: list[str | None], model: LinearModel, n_jobs: int) -> list[float | None]:
    present = [text for text in texts if text is not None]
    found = iter(score(present, model=model, n_jobs=n_jobs).tolist())
    return [None if text is None else next(found) for text in texts]


def _bar(total: int, unit: str, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(
        total=total, unit=unit, unit_scale=True, file=sys.stderr, disable=not progress, leave=False
    )
