"""Score many sentences: probabilities without explanations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from framing.analysis import default_model
from framing.calibration import NEVER
from framing.model import LinearModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["kept_ready", "probabilities", "score"]

_SMALLEST_CHUNK = 1_000
_LARGEST_CHUNK = 20_000
_CHUNKS_PER_JOB = 4


def score(
    sentences: Sequence[str],
    *,
    model: LinearModel | None = None,
    n_jobs: int = 1,
    progress: bool = False,
) -> NDArray[np.float64]:
    """Return the probability that each sentence is editorial, each taken alone.

    Every text gets a probability, also one that :func:`framing.analyze` would set aside because
    it is no English or no prose.

    Parameters
    ----------
    sentences : sequence of str
        One sentence each; a list, an array or a column of a data frame.
    model : LinearModel, optional
        By default the shipped ``news-en``.
    n_jobs : int
        Processes to use; -1 for one per core.
    progress : bool
        Show a progress bar on standard error.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        Calibrated probabilities, in the order of the sentences.

    Raises
    ------
    TypeError
        If `sentences` is a single string, or holds something else than strings.

    Examples
    --------
    >>> [bool(0 < one < 1) for one in score(["It rained on Monday.", "It is a disgrace."])]
    [True, True]
    """
    import numpy as np

    if isinstance(sentences, str | bytes):
        raise TypeError(
            "sentences must be a sequence of str, one sentence each, not a single string;"
            " for an article use framing.analyze(text)"
        )
    if n_jobs == 0:
        raise ValueError("n_jobs must be a number of processes, or -1 for one per core, not 0")
    texts = list(sentences)
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"sentences[{index}] is {type(text).__name__}, not str: {text!r}")
    model = model or default_model()
    result = np.empty(len(texts), dtype=np.float64)
    done = 0
    with _bar(len(texts), progress) as bar:
        for part in _parts(model, texts, n_jobs, progress):
            result[done : done + len(part)] = part
            done += len(part)
            bar.update(len(part))
    return result


class _Silent:
    """A progress bar that nobody asked for."""

    def __enter__(self) -> _Silent:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, n: int) -> None:
        """Show nothing."""


def _bar(total: int, progress: bool) -> Any:
    if not progress:
        return _Silent()
    from tqdm import tqdm

    return tqdm(total=total, unit=" sentences", unit_scale=True, file=sys.stderr)


def _parts(
    model: LinearModel, texts: list[str], n_jobs: int, progress: bool
) -> Iterator[NDArray[np.float64]]:
    """Yield the probabilities of one chunk after another, in order."""
    if n_jobs == 1 or len(texts) <= _SMALLEST_CHUNK:
        size = _SMALLEST_CHUNK if progress else max(len(texts), 1)
        for start in range(0, len(texts), size):
            yield _probabilities(model, texts[start : start + size])
        return
    from joblib import Parallel, delayed, effective_n_jobs

    jobs = effective_n_jobs(n_jobs)
    # As many chunks for each process: none waits for the last chunk of another.
    chunks = jobs * max(-(-len(texts) // (jobs * _LARGEST_CHUNK)), _CHUNKS_PER_JOB)
    size = max(-(-len(texts) // chunks), _SMALLEST_CHUNK)
    # A copy leaves the extractors that are ready, and all they remember, at home.
    bare = model.replace()
    yield from Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_in_worker)(bare, texts[start : start + size])
        for start in range(0, len(texts), size)
    )


def _in_worker(model: LinearModel, texts: list[str]) -> NDArray[np.float64]:
    """Score a chunk in another process."""
    return _probabilities(kept_ready(model), texts)


def kept_ready(model: LinearModel) -> LinearModel:
    """Return the model of the chunk before, with all that it has met, if it is the same.

    A worker is sent a bare copy with every chunk.

    Examples
    --------
    >>> first = kept_ready(LinearModel({}, -1.0))
    >>> kept_ready(LinearModel({}, -1.0)) is first
    True
    """
    if _ready[:1] != [model]:
        _ready[:] = [model]
    return _ready[0]


#: In a worker: what :func:`kept_ready` keeps.
_ready: list[LinearModel] = []


def probabilities(
    scores: NDArray[np.float64], calibration: tuple[float, ...]
) -> NDArray[np.float64]:
    """Return what :func:`framing.calibration.probability` says of each score.

    Parameters
    ----------
    scores : ndarray of float64, shape (n,)
    calibration : tuple of float
        As for :func:`framing.calibration.log_odds`.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)

    Examples
    --------
    >>> import numpy as np
    >>> probabilities(np.array([0.0, -1e6]), (1.0, 0.0)).tolist()
    [0.5, 0.0]
    """
    import numpy as np

    if len(calibration) == 2:
        slope, intercept = calibration
        odds = slope * scores + intercept
    else:
        low, high, intercept = calibration
        bend = (high - low) * np.log1p(np.exp(-np.abs(scores)))
        odds = np.where(scores < 0, low, high) * scores + bend + intercept
    chances = 1.0 / (1.0 + np.exp(-np.maximum(odds, NEVER)))
    return np.where(odds > NEVER, chances, 0.0)


def _probabilities(model: LinearModel, texts: list[str]) -> NDArray[np.float64]:
    import numpy as np

    return probabilities(np.array(model.scores(texts)), model.calibration)
