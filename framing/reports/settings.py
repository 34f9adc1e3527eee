"""Settings that hold: one a line, as TOML, with where each comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from framing.reports.characters import visible, width
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.settled import Setting

__all__ = ["listing"]

_WIDEST = 48


def listing(settings: Sequence[Setting], path: os.PathLike[str] | None, draft: str) -> str:
    """Return the settings, a line each.

    Parameters
    ----------
    settings : sequence of Setting
    path : path or None
        The configuration file.
    draft : str
        For which draft, "" for those of the current folder.

    Examples
    --------
    >>> from framing.checking.settled import Setting
    >>> print(listing([Setting("jobs", 1, "default")], None, "a.txt"), end="")
    # for a.txt; no configuration file
    jobs = 1  # default
    """
    where = visible(str(path)) if path else "no configuration file"
    lines = [f"# for {visible(draft) or 'drafts here'}; {where}"]
    shown = [(f"{one.key} = {_value(one.value)}", visible(one.origin)) for one in settings]
    columns = min(max((width(text) for text, _ in shown), default=0), _WIDEST)
    for text, origin in shown:
        lines.append(f"{text}{' ' * max(columns - width(text), 0)}  # {origin}")
    return "".join(f"{line}\n" for line in lines)


def _value(value: object) -> str:
    """Return a value as TOML writes it; what is not set has no value there."""
    if value is None:
        return "unset"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, int | float):
        return repr(value)
    return visible(json.dumps(str(value), ensure_ascii=False))
