r"""TOML of somebody else's, read with bounds.

What Python's parser may raise besides its own error, or may take without end, is refused here:
nests deeper than its stack, keys of so many parts that memory grows with their square, and
integers beyond the 64 bits that TOML has.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["MalformedError", "parse"]

#: A key of more parts is nobody's; each more costs as much as all before it.
_PARTS = 32
_LONG_KEY = (
    r"(?<![\w-])(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
    rf"(?:[ \t]*+\.[ \t]*+(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')){{{_PARTS}}}"
)
_LARGEST = 2**63


class MalformedError(ValueError):
    """Why a text cannot be read.

    Attributes
    ----------
    line : int
        Where it goes wrong, from 1; the last line if the parser does not say.
    """

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


def parse(text: str) -> dict[str, Any]:
    r"""Return the tables that a text holds.

    Parameters
    ----------
    text : str
        TOML, with any newlines.

    Raises
    ------
    MalformedError
        If it is no TOML, or nests, keys or numbers in it are beyond all measure.

    Examples
    --------
    >>> parse("[desk]\nthreshold = 0.7")
    {'desk': {'threshold': 0.7}}
    """
    import tomllib

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    long = re.search(_LONG_KEY, text)
    if long:
        line = text.count("\n", 0, long.start()) + 1
        raise MalformedError(f"a key of more than {_PARTS} parts (at line {line})", line)
    last = text.count("\n") + (not text.endswith("\n"))
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        number = re.search(r"at line (\d+)", str(error))
        raise MalformedError(str(error), int(number[1]) if number else max(last, 1)) from error
    except RecursionError as error:
        raise MalformedError("nested too deep", 1) from error
    except ValueError as error:  # an integer of thousands of digits
        raise MalformedError("an integer beyond 64 bits", 1) from error
    _check_integers(tables)
    return tables


def _check_integers(tables: dict[str, Any]) -> None:
    waiting: list[object] = [tables]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, int) and not -_LARGEST <= one < _LARGEST:
            raise MalformedError("an integer beyond 64 bits", 1)
