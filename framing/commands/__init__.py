"""Subcommands that :mod:`framing.cli` only names: each module declares arguments and runs.

Here is what they say to whoever called them: exit codes and complaints.
"""

from __future__ import annotations

import sys

from framing.errors import ExtractorError, FramingError
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framing.dropping import Dropped

__all__ = ["CLEAN", "FAILED", "FOUND", "complain", "tell_dropped"]

#: Exit codes: nothing found; something found; something kept the command from doing its work.
CLEAN, FOUND, FAILED = 0, 1, 2


def tell_dropped(path: str, dropped: Iterable[Dropped]) -> None:
    """Say on standard error without which plug-ins a draft was judged, and why."""
    for one in dropped:
        complain(ExtractorError(f"{path}: judged without {one.extractor!r}: {one.reason}"))


def complain(error: FramingError | OSError | KeyboardInterrupt) -> None:
    """Say on standard error what went wrong."""
    from framing.reports.characters import visible

    print(f"framing: {visible(str(error))}", file=sys.stderr)
