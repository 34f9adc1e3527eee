"""Patterns that are compiled when they are first used.

Compiling all of them would take longer than judging a draft, and a draft needs few.
"""

from __future__ import annotations

import re

from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__all__ = ["late"]


class _Late:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._pattern, self._flags), name)
        self.__dict__[name] = method  # so this is not asked again
        return method


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what can be used like a compiled pattern and is compiled at its first use.

    Examples
    --------
    >>> late("wet", re.IGNORECASE).search("A WET day").span()
    (2, 5)
    """
    return _Late(pattern, flags)  # type: ignore[return-value]
