"""The contract of extractors, held where code that is not framing's own is run.

A plug-in may fail in any way. Whatever it does, the error names the extractor, the distribution
that brought it and what to do; nobody is shown a traceback, and no mark that breaks the contract
becomes part of a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from framing.errors import ExtractorError
from framing.evidence import Evidence, Extractor, Hear, Measure, Shape
from framing.text import Sentence
from framing.values import TYPE_CHECKING
from framing.voice import Heard

if TYPE_CHECKING:
    from typing import Any, TypeGuard

__all__ = ["finding", "hearing", "measuring", "shaping", "shown"]

#: A value may be a length or a count; what is larger would drown every other evidence.
_LARGEST = 1e9


def finding(one: Extractor, sentence: Sentence) -> Iterator[Evidence]:
    """Yield what an extractor's own function finds.

    Raises
    ------
    ExtractorError
        If it fails or yields what it did not declare, or spans outside the sentence.
    """
    size = len(sentence.text)
    for mark in _called(one, one.find, sentence):
        if not isinstance(mark, Evidence):
            raise _breach(one, one.find, f"yields {shown(mark)}, not a framing.Evidence")
        _check_span(one, one.find, mark.start, mark.end, size, "characters")
        _check(one, one.find, mark.feature, mark.value)
        yield mark


def shaping(one: Extractor) -> Shape | None:
    """Return an extractor's function of tokens, of which only declared features come."""
    shape = one.shape
    if shape is None or _is_ours(shape):
        return shape

    def checked(raw: str) -> tuple[str, ...]:
        features = tuple(_called(one, shape, raw))
        for feature in features:
            _check(one, shape, feature, 1.0)
        return features

    return checked


def measuring(one: Extractor) -> Measure | None:
    """Return an extractor's function of words, of which only declared features come."""
    measure = one.measure
    if measure is None or _is_ours(measure):
        return measure

    def checked(words: Sequence[str]) -> Iterator[tuple[str, float]]:
        for found in _called(one, measure, words):
            if not _is_row(found, 2):
                raise _breach(one, measure, f"measures {shown(found)}, not (feature, value)")
            _check(one, measure, *found)
            yield found[0], found[1]

    return checked


def hearing(one: Extractor) -> Hear | None:
    """Return an extractor's function of voices, of which only marks inside the sentence come."""
    hear = one.hear
    if hear is None or _is_ours(hear):
        return hear

    def checked(size: int, voices: Sequence[Heard]) -> Iterator[tuple[int, int, str, float]]:
        for found in _called(one, hear, size, voices):
            if not _is_row(found, 4):
                raise _breach(one, hear, f"hears {shown(found)}, not (start, end, feature, value)")
            start, end, feature, value = found
            _check_span(one, hear, start, end, size, "tokens", least=1)
            _check(one, hear, feature, value)
            yield start, end, feature, value

    return checked


def _is_ours(function: Callable[..., object]) -> bool:
    """Whether a function is one of this package, which its tests hold to the contract."""
    return _home(function) == "framing"


def _home(function: Callable[..., object]) -> str:
    return str(getattr(function, "__module__", None) or "").partition(".")[0]


def _is_row(found: object, size: int) -> TypeGuard[Sequence[Any]]:
    return isinstance(found, tuple | list) and len(found) == size


def _called(one: Extractor, function: Callable[..., Iterable[Any]], *given: object) -> list[Any]:
    try:
        return list(function(*given))
    except (Exception, SystemExit) as error:  # it may fail in any way; it is named, not hidden
        raise _breach(one, function, f"fails with {shown(error)}") from error
    except KeyboardInterrupt:  # whoever waited in vain learns for what
        raise KeyboardInterrupt(f"stopped while {_named(one, function)} was running") from None


def _check_span(
    one: Extractor,
    function: Callable[..., object],
    start: object,
    end: object,
    size: int,
    unit: str,
    least: int = 0,
) -> None:
    if not (isinstance(start, int) and isinstance(end, int)):
        what = f"marked {shown(start)}:{shown(end)}; offsets are whole numbers"
        raise _breach(one, function, what)
    if not (0 <= start <= end - least and end <= size):
        what = f"marked {start}:{end} in a sentence of {size} {unit}"
        raise _breach(one, function, f"{what}; offsets count from the sentence's start")


def _check(one: Extractor, function: Callable[..., object], feature: object, value: object) -> None:
    if not (isinstance(feature, str) and one.declares(feature)):
        raise _breach(one, function, f"does not declare {shown(feature)}")
    try:
        is_fit = bool(abs(value) <= _LARGEST)  # type: ignore[arg-type]
    except Exception:  # whatever stands there is asked to be a number
        is_fit = False
    if not is_fit:
        what = f"gave {feature} the value {shown(value)}; a value is a number up to {_LARGEST:.0f}"
        raise _breach(one, function, what)


def _breach(one: Extractor, function: Callable[..., object], what: str) -> ExtractorError:
    """Return the error, with the distribution that the function is part of."""
    owner = _owner(_home(function))
    remedy = f"; mend it or uninstall {owner}" if owner else ""
    return ExtractorError(f"{_named(one, function)} {what}{remedy}", one.name)


def _named(one: Extractor, function: Callable[..., object]) -> str:
    owner = _owner(_home(function))
    return f"extractor {one.name!r} of {owner}" if owner else f"extractor {one.name!r}"


@cache
def _owner(module: str) -> str:
    """Return the distribution that a module is part of, "" if none is; this takes its time."""
    from importlib.metadata import packages_distributions

    return " or ".join(sorted(set(packages_distributions().get(module, ()))))


def shown(value: object, longest: int = 80) -> str:
    """Return how a value of somebody else's is shown in a message: short, and without failing.

    Examples
    --------
    >>> shown(["x"] * 99, longest=10)
    "['x', 'x',…"
    """
    try:
        text = repr(value)
    except Exception:  # of a plug-in, even this may fail
        text = type(value).__name__
    return text if len(text) <= longest else f"{text[:longest]}…"
