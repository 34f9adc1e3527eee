"""What becomes of a plug-in that fails: the run stops, or goes on without it and says so.

A result without a plug-in is another result, so to stop is the default. Who would rather have it
gets every document judged either with the plug-in or wholly without: never half of it, and
always the same whatever was judged before.
"""

from __future__ import annotations

from collections.abc import Callable

from framing.errors import ExtractorError
from framing.model import LinearModel
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

__all__ = ["DROP", "STOP", "Dropped", "judged"]

STOP, DROP = "stop", "drop"


class Dropped(NamedTuple):
    """A plug-in without which a document was judged.

    Attributes
    ----------
    extractor : str
    reason : str
        What it did, and the distribution that it is part of.
    """

    extractor: str
    reason: str


def judged(
    model: LinearModel, work: Callable[[LinearModel], T], on_plugin_error: str = STOP
) -> tuple[T, tuple[Dropped, ...]]:
    """Judge with a model; where a plug-in fails, again without it, if that is wanted.

    Parameters
    ----------
    model : LinearModel
    work : callable
        Model → result; what it does is done again from the beginning.
    on_plugin_error : {"stop", "drop"}

    Returns
    -------
    result : object
        What `work` returned.
    dropped : tuple of Dropped
        The plug-ins that it was done without.

    Raises
    ------
    ExtractorError
        If a plug-in fails and is not to be dropped.
    ValueError
        If `on_plugin_error` is neither of the two.

    Examples
    --------
    >>> from framing import Extractor
    >>> from framing.text import Sentence
    >>> def fail(sentence):
    ...     raise ValueError("no luck")
    >>> bad = Extractor("bad", {"bad.x": "marks, count; source: none"}, find=fail)
    >>> model = LinearModel({}, -1.0).with_extractors([bad])
    >>> verdict, dropped = judged(model, lambda one: one.judge(Sentence("It rained.")), "drop")
    >>> verdict.score, dropped[0].extractor
    (-1.0, 'bad')
    """
    if on_plugin_error not in (STOP, DROP):
        raise ValueError(f"on_plugin_error is 'stop' or 'drop', not {on_plugin_error!r}")
    dropped: list[Dropped] = []
    while True:
        try:
            return work(model), tuple(dropped)
        except ExtractorError as error:
            name = error.extractor
            if on_plugin_error == STOP or not _knows(model, name):
                raise
            model = _without(model, name)
            dropped.append(Dropped(name, str(error)))


def _knows(model: LinearModel, name: str) -> bool:
    """Whether an extractor of this name judges or marks."""
    return name in model.extractors or any(one.name == name for one in model.marking)


def _without(model: LinearModel, name: str) -> LinearModel:
    """Return a model without an extractor: what it would find adds nothing.

    It is kept with the model: what fails does so in every document, and to get ready takes time.
    """
    kept: dict[str, LinearModel] = model.__dict__.setdefault("_without", {})
    if name not in kept:
        known = {one: digest for one, digest in model.extractors.items() if one != name}
        marking = tuple(one for one in model.marking if one.name != name)
        kept[name] = model.replace(extractors=known, marking=marking)
    return kept[name]
