"""The file of a model: JSON, read strictly, of which nothing is run.

A model may come from anybody. So all of it is checked before anything is made of it: that each
field is there, once, and of its type; that no name or number is such that judging with it would
fail later; and that there is not more of anything than a model can need.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping

from framing import bounds
from framing.context import Context
from framing.density import NONE
from framing.errors import ModelError
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn

__all__ = ["FORMAT", "VERSION", "fields", "load"]

FORMAT = "framing-linear-model"
VERSION = 1
_SHIPPED = os.path.join(os.path.dirname(__file__), "models")
_NEEDED = ("about", "base", "calibration", "extractors", "thresholds", "weights")
_KNOWN = {*_NEEDED, "format", "version", "context", "density"}

#: How many entries a table may have, how long a name may be, how large a number, how deep a nest.
_ENTRIES = 500_000
_LONGEST = 500
_LARGEST = 1e6
_DEEPEST = 32
_STEEPEST = 10
#: In a lexicon's row these would end the phrase or the row; half a character cannot be printed.
_UNFIT = "[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"


def load(name: str | os.PathLike[str]) -> tuple[str, str]:
    """Return the text of a model, and the path that it comes from.

    Raises
    ------
    ModelError
        If there is no such model, or it is too large or no UTF-8.
    """
    path = os.fspath(name)
    if not path.endswith(".json"):
        path = os.path.join(_SHIPPED, f"{path}.json")
    try:
        return bounds.read(path, bounds.MODEL, ModelError).decode(), path
    except (OSError, ValueError) as error:
        files = sorted(os.listdir(_SHIPPED))
        shipped = ", ".join(one.removesuffix(".json") for one in files if one.endswith(".json"))
        raise ModelError(
            f"{path}: cannot read this model ({error}); shipped models: {shipped}"
        ) from error


def fields(text: str, path: str) -> dict[str, Any]:
    """Return the fields of the model that a text holds.

    Raises
    ------
    ModelError
        If the text is not a model of this format, or a number in it is not finite.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_not_finite)
    except _Malformed as error:
        raise _error(path, error) from error
    except (ValueError, RecursionError) as error:
        raise ModelError(
            f"{path}: not JSON ({error}); a model is written by 'framing train'"
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ModelError(f"{path}: not a framing model; one is written by 'framing train'")
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise ModelError(
            f"{path}: version {_shown(version)}; this framing reads {VERSION}:"
            " install the framing that wrote it, or train it again"
        )
    try:
        _check_fields(data)
        return {
            "weights": _table("weights", data["weights"], _number),
            "base": _number("base", data["base"]),
            "calibration": _calibration(data["calibration"]),
            "thresholds": _thresholds(data["thresholds"]),
            "extractors": _table("extractors", data["extractors"], _digest),
            "about": _about(data["about"]),
            "density": _density(data["density"]) if "density" in data else NONE,
            "context": Context.from_dict(data["context"], path) if "context" in data else None,
        }
    except _Malformed as error:
        raise _error(path, error) from error


class _Malformed(Exception):
    """What is wrong with a file, whose path is not known where that is seen."""


def _error(path: str, error: _Malformed) -> ModelError:
    return ModelError(f"{path}: malformed model: {error}; train it again")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a table, in which JSON lets a name come twice: readers would differ on what holds."""
    table = dict(pairs)
    if len(table) < len(pairs):
        from collections import Counter

        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise _Malformed(f"{_shown(twice)} is there twice")
    return table


def _not_finite(constant: str) -> NoReturn:
    raise _Malformed(f"the number {constant} is not finite")


def _check_fields(data: dict[str, Any]) -> None:
    for name in _NEEDED:
        if name not in data:
            raise _Malformed(f"{name!r} is missing")
    for name in data:
        if name not in _KNOWN:
            raise _Malformed(f"unknown field {_shown(name)}; there are {', '.join(sorted(_KNOWN))}")


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Malformed(f"{_shown(name)} is a number, not {_shown(value)}")
    if not abs(value) <= _LARGEST:
        raise _Malformed(f"{_shown(name)} is {_shown(value)}; the largest number is {_LARGEST:.0f}")
    return float(value)


def _digest(name: str, value: object) -> str:
    if not isinstance(value, str) or (value and not value.isalnum()) or len(value) > _LONGEST:
        raise _Malformed(f"the digest of {_shown(name)} is letters and digits, not {_shown(value)}")
    return value


def _table(what: str, value: object, read: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Malformed(f"{what!r} is a table, not {_shown(value)}")
    if len(value) > _ENTRIES:
        raise _Malformed(f"{what!r} has {len(value)} entries; the most is {_ENTRIES}")
    if max(map(len, value), default=0) > _LONGEST:
        raise _Malformed(f"a name in {what!r} is longer than {_LONGEST} characters")
    names = "".join(value)
    if not names.isprintable() and re.search(_UNFIT, names):
        raise _Malformed(f"a name in {what!r} has a control character or half a character")
    numbers = value.values()
    if (
        read is _number
        and set(map(type, numbers)) == {float}
        and max(map(abs, numbers)) <= _LARGEST
    ):
        return value  # thousands of weights, checked at once
    return {name: read(name, entry) for name, entry in value.items()}


def _two(name: str, value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise _Malformed(f"{name!r} is two numbers, not {_shown(value)}")
    first, second = (_number(name, one) for one in value)
    return first, second


def _calibration(value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) not in (2, 3):
        raise _Malformed(
            "'calibration' is slope and intercept, or two slopes and an intercept,"
            f" not {_shown(value)}"
        )
    numbers = tuple(_number("calibration", one) for one in value)
    if len(numbers) == 3 and min(numbers[:2]) < 0:
        raise _Malformed(f"the slopes of 'calibration' are from 0 on, not {_shown(value)}")
    return numbers


def _density(value: object) -> tuple[float, float]:
    offset, power = _two("density", value)
    if offset < 0 or abs(power) > _STEEPEST:
        raise _Malformed(
            f"'density' is an offset from 0 on and a power up to {_STEEPEST}, not {value}"
        )
    return offset, power


def _thresholds(value: object) -> Mapping[str, float]:
    table: Mapping[str, float] = _table("thresholds", value, _number)
    if "default" not in table:
        raise _Malformed("'thresholds' lacks 'default'")
    for name, one in table.items():
        if not 0 <= one <= 1:
            raise _Malformed(f"the threshold {_shown(name)} is from 0 to 1, not {one}")
    return table


def _about(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Malformed(f"'about' is a table, not {_shown(value)}")
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise _Malformed(f"'about' is nested more than {_DEEPEST} deep")
    return value


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _shown(value: object, longest: int = 60) -> str:
    if isinstance(value, dict | list):
        return f"a {'table' if isinstance(value, dict) else 'list'} of {len(value)}"
    try:
        text = repr(value)
    except ValueError:  # Python does not write out integers of thousands of digits
        text = "a huge number"
    return text if len(text) <= longest else f"{text[:longest]}…"
