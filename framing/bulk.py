"""Score the sentences of a file into another file, in bounded memory, over processes.

The file is read chunk by chunk; while one is written, other processes score the next ones.
Scores are kept in a journal (:mod:`framing.journal`) until the target is whole, so that a run
that was killed goes on where it stopped.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from math import isnan, nan
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from framing.analysis import default_model
from framing.errors import DataError
from framing.files import replacing
from framing.journal import Journal
from framing.model import LinearModel
from framing.scoring import score
from framing.tables import Added, Chunk, extent, format_of, read, write

__all__ = ["Scored", "labelled", "model_of", "score_file", "score_texts"]

_CHUNK = 5_000
_CHUNKS_PER_JOB = 4


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
    faults : int
        Rows that could not be read or scored; they are told in the column ``error``.
    resumed : int
        Rows that an earlier run had scored.
    """

    sentences: int
    editorial: int
    blank: int
    faults: int = 0
    resumed: int = 0


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
    keep_faults: bool = False,
) -> Scored:
    r"""Score a file of sentences.

    The target gets every column of the source, and the columns ``probability`` and ``label``.
    It appears when all of it has been written. Until then a hidden file beside it keeps the
    scores: run again with the same source, model and column, it goes on where it stopped.

    Parameters
    ----------
    source, target : str or Path
        Files of one of :data:`framing.tables.FORMATS`, not necessarily the same, the text
        formats also compressed (``.gz``, ``.bz2``, ``.xz``). A ``.txt`` holds a sentence a
        line; as a target, probability, tab, label, tab, sentence.
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
        Rows held in memory at a time, by each process.
    keep_faults : bool
        Leave rows that cannot be read or scored without a score, and say why in a third new
        column, ``error``; by default the first of them stops the run.

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
    text = model.to_json()
    journal = Journal(_beside(target), _about(source, text, text_column, keep_faults))
    names = [f"{prefix}probability", f"{prefix}label", *([f"{prefix}error"] * keep_faults)]
    counts = Scored(0, 0, 0)
    with journal:
        counts = counts._replace(resumed=journal.kept)
        with (
            replacing(target) as file,
            write(target, file) as writer,
            _Bar(total, unit, progress) as bar,
        ):
            prepared = (
                _prepared(part, text_column, names, str(source), keep_faults)
                for part in read(source, chunk, keep_faults)
            )
            for part, texts, values in _scored(prepared, journal, text, n_jobs):
                probabilities, labels = labelled(values, limit)
                added = [Added(names[0], probabilities, float), Added(names[1], labels, str)]
                if keep_faults:
                    faults = [part.faults.get(row) for row in range(len(labels))]
                    added.append(Added(names[2], faults, str))
                writer.write(part, added)
                unscored = labels.count(None)
                counts = counts._replace(
                    sentences=counts.sentences + len(labels) - unscored,
                    editorial=counts.editorial + labels.count("editorial"),
                    blank=counts.blank + unscored - len(part.faults),
                    faults=counts.faults + len(part.faults),
                )
                bar.update(part.done, len(texts))
            if not counts.sentences:
                journal.remove()
                raise DataError(f"{source}: no sentences to score; is it empty?")
        journal.remove()
    return counts


def _beside(target: str | Path) -> Path:
    path = Path(target).resolve()
    return path.with_name(f".{path.name}.scores")


def _about(
    source: str | Path, model: str, text_column: str | None, keep_faults: bool
) -> dict[str, Any]:
    """Return what a journal must agree on for its scores to be those of this run."""
    from hashlib import sha256

    path = Path(source).resolve()
    stat = path.stat()
    return {
        "format": "framing-journal-1",
        "source": str(path),
        "size": stat.st_size,
        "changed": stat.st_mtime_ns,
        "model": sha256(model.encode()).hexdigest(),
        "text_column": text_column,
        "keep_faults": keep_faults,
    }


Texts = list[str | None]


def _prepared(
    part: Chunk, text_column: str | None, names: Sequence[str], path: str, keep_faults: bool
) -> tuple[Chunk, Texts]:
    """Return a chunk with its sentences, None where there is no text."""
    for name in names:
        if name in part.names:
            raise DataError(
                f"{path}: has a column {name!r} already; name the new ones apart,"
                " for example with --prefix framing_"
            )
    name = text_column or (part.names[0] if len(part.names) == 1 else "text")
    if name not in part.names and len(part.faults) < len(part.places):
        raise DataError(
            f"{path}: no column {name!r}; name the sentences' column with --text-column,"
            f" one of {', '.join(map(repr, part.names))}"
        )
    texts: Texts = []
    for row, value in enumerate(part.column(name) if name in part.names else part.places):
        if value is not None and not isinstance(value, str):
            fault = f"{name!r} is {type(value).__name__}, not text: {value!r}"
            if not keep_faults:
                raise DataError(f"{part.places[row]}: {fault}")
            part.faults[row] = fault
        texts.append(None if row in part.faults or not value or value.isspace() else value)
    return part, texts


def _scored(
    prepared: Iterable[tuple[Chunk, Texts]], journal: Journal, model: str, n_jobs: int
) -> Iterator[tuple[Chunk, Texts, list[float]]]:
    """Yield each chunk with its scores: those of an earlier run, then new ones."""
    with _Scorers(model, n_jobs) as scorers:
        waiting: deque[tuple[Chunk, Texts, list[float], Callable[[], list[float]]]] = deque()

        def first() -> tuple[Chunk, Texts, list[float]]:
            part, texts, known, result = waiting.popleft()
            values = result()
            if values:
                journal.add(values)
            return part, texts, known + values

        for part, texts in prepared:
            known = journal.take(len(texts))
            waiting.append((part, texts, known, scorers.begin(texts[len(known) :])))
            if len(waiting) > scorers.ahead:
                yield first()
        while waiting:
            yield first()


class _Scorers:
    """Scores chunks, in this process or in several.

    Attributes
    ----------
    ahead : int
        So many chunks are begun before the first of them is waited for: enough that no process
        idles while this one reads and writes, and no more than memory should hold.
    """

    def __init__(self, model: str, n_jobs: int) -> None:
        self._model = model
        self._workers: Any = None
        self.ahead = 0
        if n_jobs != 1:
            from joblib import effective_n_jobs
            from joblib.externals.loky import ProcessPoolExecutor

            jobs = effective_n_jobs(n_jobs)
            # Not joblib.Parallel: it begins chunks as fast as they are scored, whether or not
            # they are written as fast, and memory would fill.
            self._workers = ProcessPoolExecutor(max_workers=jobs)
            self.ahead = _CHUNKS_PER_JOB * jobs
        self._begun: deque[Any] = deque(maxlen=self.ahead + 1)

    def __enter__(self) -> _Scorers:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if self._workers:
            for result in self._begun:  # after an error nobody waits for them
                result.cancel()
            self._workers.shutdown()

    def begin(self, texts: Texts) -> Callable[[], list[float]]:
        """Return what gives the scores of a chunk when they are there."""
        if self._workers and texts:
            self._begun.append(self._workers.submit(score_texts, texts, self._model))
            result: Callable[[], list[float]] = self._begun[-1].result
            return result
        return lambda: score_texts(texts, self._model)


def score_texts(texts: Sequence[str | None], model: str) -> list[float]:
    """Score sentences with a model given as JSON, which any process can be sent.

    Parameters
    ----------
    texts : sequence of str or None
        One sentence each, or None.
    model : str
        What :meth:`framing.LinearModel.to_json` returns; the process keeps it ready.

    Returns
    -------
    list of float
        Probabilities; NaN where there is no sentence.

    Examples
    --------
    >>> score_texts(["It rained.", None], LinearModel({}, 0.0).to_json())
    [0.5, nan]
    """
    present = [text for text in texts if text is not None]
    found = iter(score(present, model=model_of(model)).tolist()) if present else iter(())
    return [nan if text is None else next(found) for text in texts]


def labelled(
    values: Sequence[float], threshold: float
) -> tuple[list[float | None], list[str | None]]:
    """Return probabilities and labels as columns; None where there is no sentence.

    Parameters
    ----------
    values : sequence of float
        What :func:`score_texts` returns.
    threshold : float
        Probability from which a sentence is called editorial.

    Returns
    -------
    probabilities : list of float or None
    labels : list of str or None

    Examples
    --------
    >>> labelled([0.5, nan], 0.4)
    ([0.5, None], ['editorial', None])
    """
    probabilities = [None if isnan(one) else one for one in values]
    return probabilities, [
        None if one is None else "editorial" if one >= threshold else "reporting"
        for one in probabilities
    ]


@lru_cache(maxsize=2)
def model_of(model: str) -> LinearModel:
    """Return the model that a JSON text holds, kept ready for the next call."""
    return LinearModel.from_json(model)


class _Bar:
    """A progress bar with the rate of sentences beside that of what is read."""

    def __init__(self, total: int, unit: str, shown: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(
            total=total,
            unit=unit,
            unit_scale=True,
            file=sys.stderr,
            disable=not shown,
            leave=False,
        )
        self._begun = monotonic()
        self._rows = 0

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def update(self, done: int, rows: int) -> None:
        """Go on to what has been read of the file, by so many rows."""
        self._rows += rows
        rate = self._rows / max(monotonic() - self._begun, 1e-9)
        self._bar.set_postfix_str(f"{rate:,.0f} sentences/s", refresh=False)
        self._bar.update(done - self._bar.n)
