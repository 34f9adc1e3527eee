"""Many articles at once: a tidy frame in which nothing is lost, errors neither."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import pandas as pd

from framing.analysis import Analysis, analyze, analyze_all, default_model, opened
from framing.errors import DataError, FramingError
from framing.frames import SENTENCES, sentence_row
from framing.model import LinearModel
from framing.profile import profile_of
from framing.scoring import kept_ready
from framing.text import Document

__all__ = ["LEVELS", "analyze_many"]

#: What a row of the result is.
LEVELS = ("sentences", "documents")

_CHUNK = 16
#: What is put before the name of a column of the frame whose own name is taken.
_PREFIX = "article_"

Row = tuple[Any, ...]


class _Read(NamedTuple):
    """An article, or why there is none: rows by name, and the error."""

    rows: list[dict[str, Any]]
    error: str | None


def analyze_many(
    articles: pd.DataFrame | Iterable[str | os.PathLike[str]],
    *,
    text_column: str = "text",
    id_column: str | None = None,
    level: str = "sentences",
    model: LinearModel | None = None,
    threshold: float | None = None,
    context: bool = False,
    n_jobs: int = 1,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Read and judge many articles.

    An article that cannot be read costs one row: it stays in the result, with its id, its
    columns, and what went wrong under ``error``.

    Parameters
    ----------
    articles : DataFrame or iterable of str or Path
        One article a row, or texts and paths, mixed as they come. As for
        :func:`framing.analyze`, a ``str`` is an article and a ``Path`` a file. An iterable is
        read as it is needed, so it may be a generator over more than fits into memory.
    text_column : str
        The frame's column that holds texts or paths.
    id_column : str, optional
        The frame's column that names each article; by default its index.
    level : {"sentences", "documents"}
        What a row of the result is.
    model, threshold, context
        As for :func:`framing.analyze`.
    n_jobs : int
        Processes to use; -1 for one per core.
    progress : bool, optional
        Show a progress bar on standard error; by default on a terminal.

    Returns
    -------
    pandas.DataFrame
        ``document`` first: the article's id, path, or number from 0. For ``"sentences"`` then
        the columns of :meth:`framing.Analysis.to_frame`; for ``"documents"`` the numbers of
        :class:`framing.Profile`. Then ``error``, None where all went well, and the other columns
        of the frame; one whose name is taken is called ``article_…``.

    Raises
    ------
    DataError
        If the frame has no such column.
    ModelError
        If `context` is asked for and the model knows none.
    TypeError
        If a single text or path was given.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {"text": ["It rained. It is a shameful plan.", None], "outlet": ["Post", "Echo"]}
    ... )
    >>> result = analyze_many(frame)
    >>> result[["document", "sentence", "outlet", "error"]].values.tolist()
    [[0, 0, 'Post', None], [0, 1, 'Post', None], [1, <NA>, 'Echo', 'no text here']]
    """
    if isinstance(articles, str | bytes | os.PathLike):
        raise TypeError(
            "articles must be a frame or an iterable of texts and paths, not a single one; for"
            " one article use framing.analyze(text)"
        )
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    if n_jobs == 0:
        raise ValueError("n_jobs must be a number of processes, or -1 for one per core, not 0")
    model = model or default_model()
    model.extraction  # noqa: B018  a model that does not fit is told before the first article
    if context:
        model.in_context(())  # likewise
    way = _Way(model, threshold, context, level)
    given = _Given(articles, text_column, id_column)
    rows: list[dict[str, Any]] = []
    with _bar(given.total, progress) as bar:
        for number, read in enumerate(_run(given.texts, way, n_jobs)):
            name = given.name(number)
            rows.extend(
                {"document": name, **row, "error": read.error, "#": number}
                for row in read.rows or [{}]
            )
            bar.update(1)
    return given.finish(rows, level)


class _Way(NamedTuple):
    """How articles are judged, and what is kept of them."""

    model: LinearModel
    threshold: float | None
    context: bool
    level: str


class _Given:
    """The articles as they were given: texts, names, and the columns beside them."""

    def __init__(
        self,
        articles: pd.DataFrame | Iterable[str | os.PathLike[str]],
        text_column: str,
        id_column: str | None,
    ) -> None:
        self._beside: pd.DataFrame | None = None
        self._names: list[Any] | None = None
        self._paths: dict[int, str] = {}
        self.total: int | None = None
        if isinstance(articles, pd.DataFrame):
            for name in (text_column, *([id_column] if id_column else [])):
                if list(articles.columns).count(name) != 1:
                    raise DataError(
                        f"the frame must have one column {name!r}; it has"
                        f" {', '.join(map(repr, articles.columns))}"
                    )
            self._names = (articles[id_column] if id_column else articles.index).tolist()
            left = [one for one in (text_column, id_column) if one]
            self._beside = articles.drop(columns=left).reset_index(drop=True)
            self.texts: Iterable[Any] = articles[text_column].tolist()
            self.total = len(articles)
        else:
            self.total = len(articles) if isinstance(articles, Sequence) else None
            self.texts = self._noted(articles)

    def _noted(self, articles: Iterable[Any]) -> Iterator[Any]:
        """Note the paths as they come by: they are the names of their articles."""
        for number, one in enumerate(articles):
            if isinstance(one, os.PathLike):
                self._paths[number] = str(one)
            yield one

    def name(self, number: int) -> Any:
        """Return the id of an article."""
        if self._names is not None:
            return self._names[number]
        return self._paths.pop(number, number)

    def finish(self, rows: list[dict[str, Any]], level: str) -> pd.DataFrame:
        """Return the rows as a frame, with the columns that stood beside the texts."""
        names = ["document", *(SENTENCES if level == "sentences" else [])]
        names += [name for row in rows for name in row if name not in ("error", "#")]
        columns = [*dict.fromkeys(names), "error"]
        frame = pd.DataFrame(rows, columns=[*columns, "#"])
        for name in ("sentence", "start", "end", "line", "column", "paragraph"):
            if name in frame:
                frame[name] = frame[name].astype("Int64")  # an article in error has none
        frame["error"] = frame["error"].astype(object).where(frame["error"].notna(), None)
        if self._beside is not None:
            beside = self._beside.rename(
                columns=lambda name: f"{_PREFIX}{name}" if name in columns else name
            )
            beside = beside.iloc[frame["#"].to_numpy(dtype=int)].reset_index(drop=True)
            frame = pd.concat([frame, beside], axis=1)
        return frame.drop(columns="#")


def _run(texts: Iterable[Any], way: _Way, n_jobs: int) -> Iterator[_Read]:
    """Yield what each article brings, in order."""
    chunks = iter(texts)
    parts = iter(lambda: list(islice(chunks, _CHUNK)), [])
    if n_jobs == 1:
        for part in parts:
            yield from _read_all(part, way)
        return
    from joblib import Parallel, delayed

    # A copy leaves the extractors that are ready, and all they remember, at home.
    bare = way._replace(model=way.model.replace())
    for done in Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_in_worker)(part, bare) for part in parts
    ):
        yield from done


def _in_worker(texts: list[Any], way: _Way) -> list[_Read]:
    return _read_all(texts, way._replace(model=kept_ready(way.model)))


def _read_all(texts: list[Any], way: _Way) -> list[_Read]:
    """Read and judge some articles; whatever goes wrong with one is its error and nobody else's."""
    opened = [_open(text) for text in texts]
    documents = [one for one in opened if isinstance(one, Document)]
    try:
        analyses = analyze_all(
            documents, model=way.model, threshold=way.threshold, context=way.context
        )
        rows = iter([_rows(one, way.level) for one in analyses])
    except Exception:  # in which of them somebody's extractor fails is found one by one
        return [_judge(one, way) for one in opened]
    return [
        _Read(next(rows), None) if isinstance(one, Document) else _Read([], one) for one in opened
    ]


def _open(text: Any) -> Document | str:
    """Return an article as its reader makes it, or what is wrong with it."""
    if isinstance(text, bytes) or not isinstance(text, str | os.PathLike):
        missing = text is None or text is pd.NA or text != text  # the last is NaN
        return "no text here" if missing else f"not a text: {text!r:.60}"
    try:
        return opened(text) or "there is no sentence in it"
    except FramingError as error:
        return str(error)
    except Exception as error:  # named in the row, and the other articles go on
        return f"{type(error).__name__}: {error}"


def _judge(one: Document | str, way: _Way) -> _Read:
    if isinstance(one, str):
        return _Read([], one)
    try:
        analysis = analyze(one, model=way.model, threshold=way.threshold, context=way.context)
        return _Read(_rows(analysis, way.level), None)
    except FramingError as error:
        return _Read([], str(error))
    except Exception as error:
        return _Read([], f"{type(error).__name__}: {error}")


def _rows(analysis: Analysis, level: str) -> list[dict[str, Any]]:
    if level == "documents":
        numbers = profile_of(analysis).numbers()
        del numbers["document"]
        return [numbers]
    paragraphs = analysis.document.paragraphs
    return [
        dict(zip(SENTENCES, sentence_row(number, paragraphs[number], verdict), strict=True))
        for number, verdict in enumerate(analysis)
    ]


def _bar(total: int | None, progress: bool | None) -> Any:
    from tqdm import tqdm

    shown = sys.stderr.isatty() if progress is None else progress
    return tqdm(total=total, unit=" articles", file=sys.stderr, disable=not shown)
