"""A run over drafts: one after another or many at a time, with or without what is remembered."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from framing.checking.drafts import STDIN
from framing.checking.findings import Checked
from framing.checking.judging import check, sidecar_of
from framing.checking.policy import Policy, policy, weighed
from framing.checking.rules import PREFIX, check_codes
from framing.config import Config, Layer, find, load
from framing.dropping import STOP, judged
from framing.errors import FramingError, ReadError
from framing.model import LinearModel, load_model
from framing.values import TYPE_CHECKING, Value

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from framing.checking.cache import Cache

__all__ = ["CACHED_FROM", "Checker", "Draft", "Given", "each", "remembered"]

#: From so many drafts on, results are remembered unless something else is said: below, looking
#: them up costs as much as judging.
CACHED_FROM = 16
_CHUNK = 8
#: Results that wait for those before them.
_HELD = 512


class Draft(Value):
    """A draft to be checked.

    Attributes
    ----------
    path : str
        What it is called; its ending tells the format, its folder the configuration.
    data : bytes or None
        What it holds, if that has been read already.
    """

    path: str
    data: bytes | None = None


class Given(Value):
    """What the command line says of how drafts are checked.

    Attributes
    ----------
    layer : Layer
    model : str or None
    config : str or None
        A configuration file in place of the nearest one.
    isolated : bool
        Whether configuration files are left unread.
    on_plugin_error : {"stop", "drop"} or None
    """

    layer: Layer = Layer()
    model: str | None = None
    config: str | None = None
    isolated: bool = False
    on_plugin_error: str | None = None


class Checker:
    """Checks drafts, each by the configuration nearest to it; models are loaded once.

    Parameters
    ----------
    given : Given
        What the command line says.

    Examples
    --------
    >>> checker = Checker(Given(isolated=True))
    >>> checker.check(Draft("a.txt", b"It rained on Monday.")).judged
    1
    """

    def __init__(self, given: Given) -> None:
        self.given = given
        self._configs: dict[str, Config] = {}
        self._models: dict[tuple[object, ...], LinearModel] = {}
        self._named = load(given.config) if given.config else None

    def config(self, folder: str) -> Config:
        """Return the configuration for drafts in a folder."""
        if folder not in self._configs:
            if self._named is not None:
                self._configs[folder] = self._named
            else:
                self._configs[folder] = Config() if self.given.isolated else find(folder)
        return self._configs[folder]

    def check(self, draft: Draft) -> Checked:
        """Check a draft; what keeps it from being checked is told in the result."""
        from framing.readers import open_document

        path = draft.path
        try:
            sidecar = None if path == STDIN else sidecar_of(path)
            document = open_document(path if draft.data is None else draft.data, path)
            config = self.config(os.path.dirname(path))
            rules = policy(config, self.given.layer, path, document.front_matter)
            result, dropped = judged(
                self.model(config, rules),
                lambda model: check(document, rules, model, sidecar),
                self.on_plugin_error(config),
            )
            return result.replace(dropped=dropped) if dropped else result
        except ReadError as error:
            return Checked(path, error=str(error))

    def on_plugin_error(self, config: Config) -> str:
        """Return what to do about a plug-in that fails."""
        return self.given.on_plugin_error or config.on_plugin_error or STOP

    def model(self, config: Config, rules: Policy) -> LinearModel:
        """Return the model for a configuration, without the features that a policy ignores."""
        name = self.given.model or config.model
        features = tuple(
            one for one in (*rules.select, "", *rules.ignore) if not one.startswith(PREFIX)
        )
        if len(features) == 1:
            features = ()
        key = (name, config.lexicons, features)
        if key not in self._models:
            if (model := self._models.get((name, config.lexicons, ()))) is None:
                model = load_model(name) if name else load_model()
                if config.lexicons:
                    from framing.config import lexicon_extractors

                    model = model.with_extractors(lexicon_extractors(config.lexicons))
                self._models[name, config.lexicons, ()] = model
            if features:
                families = [*model.extractors, *(one.name for one in model.marking)]
                typed = (*(self.given.layer.select or ()), *self.given.layer.ignore)
                for one in filter(None, features):
                    where = "--select and --ignore" if one in typed else str(config.path)
                    check_codes([one], where, families)
                weights = {
                    feature: weight
                    for feature, weight in model.weights.items()
                    if weighed(feature, rules.select, rules.ignore)
                }
                model = model.replace(weights=weights)
            self._models[key] = model
        return self._models[key]


def each(
    checker: Checker, drafts: Sequence[Draft], jobs: int = 1, cache: Cache | None = None
) -> Iterator[Checked]:
    """Yield what comes of each draft, in order; no more is held than the processes work on.

    Parameters
    ----------
    checker : Checker
    drafts : sequence of Draft
    jobs : int
        Processes; -1 for one per core.
    cache : Cache, optional
        Results of earlier runs.

    Yields
    ------
    Checked
    """
    if cache is not None:
        yield from remembered(checker, drafts, jobs, cache)
    elif jobs == 1 or len(drafts) <= _CHUNK:
        yield from map(checker.check, drafts)
    else:
        yield from _many(checker, drafts, jobs)


def remembered(
    checker: Checker, drafts: Iterable[Draft], jobs: int, cache: Cache
) -> Iterator[Checked]:
    """Yield what comes of each draft; what is known already is not worked out again."""
    from framing.checking.cache import digest
    from framing.checking.keys import Keys

    keys = Keys(checker)
    waiting: deque[tuple[str, Draft, Checked | None]] = deque()
    unknown = 0
    limit = 1 if jobs == 1 else _HELD // 4
    for draft in drafts:
        key = ""
        found = None
        try:
            from framing.readers.encoding import read_bytes

            data = read_bytes(draft.path) if draft.data is None else draft.data
            known = keys.of(draft.path)
            if known:
                key = digest(known, data)
                found = cache.get(key, draft.path)
            if found is None:
                draft = Draft(draft.path, data)
        except ReadError as error:
            found = Checked(draft.path, error=str(error))
        if found is not None and not waiting:
            yield found
            continue
        waiting.append((key, draft, found))
        unknown += found is None
        if unknown >= limit or len(waiting) >= _HELD:
            yield from _answer(checker, waiting, jobs, cache)
            unknown = 0
    yield from _answer(checker, waiting, jobs, cache)


def _answer(
    checker: Checker,
    waiting: deque[tuple[str, Draft, Checked | None]],
    jobs: int,
    cache: Cache,
) -> Iterator[Checked]:
    unknown = [draft for _, draft, found in waiting if found is None]
    results = each(checker, unknown, jobs)
    while waiting:
        key, _, found = waiting.popleft()
        if found is None:
            found = next(results)
            if key and not found.error:
                cache.put(key, found)
        yield found


def _many(checker: Checker, drafts: Sequence[Draft], jobs: int) -> Iterator[Checked]:
    """Yield what comes of each draft, worked out by several processes."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    count = jobs if jobs > 0 else os.cpu_count() or 1
    chunks = (drafts[at : at + _CHUNK] for at in range(0, len(drafts), _CHUNK))
    with ProcessPoolExecutor(count, initializer=_start, initargs=(checker.given,)) as pool:
        running: deque[Future[list[Checked]]] = deque()
        try:
            for chunk in chunks:
                running.append(_submit(pool, chunk))
                if len(running) > 2 * count:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool as error:
            raise FramingError("a process was ended from outside; try --jobs 1") from error
        finally:
            for one in running:
                one.cancel()


def _submit(pool: ProcessPoolExecutor, drafts: Sequence[Draft]) -> Future[list[Checked]]:
    return pool.submit(_check_chunk, list(drafts))


#: In a worker: its checker, with the models that are loaded.
_here: list[Checker] = []


def _start(given: Given) -> None:
    import signal

    # Who interrupts the run interrupts the process that holds the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here[:] = [Checker(given)]


def _check_chunk(drafts: list[Draft]) -> list[Checked]:
    return [_here[0].check(draft) for draft in drafts]
