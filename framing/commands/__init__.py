"""Subcommands that :mod:`framing.cli` only names: each module declares arguments and runs.

Here is what they say to whoever called them: exit codes and complaints.
"""

from __future__ import annotations

import sys

from framing.errors import FramingError

__all__ = ["CLEAN", "FAILED", "FOUND", "complain"]

#: Exit codes: nothing found; something found; something kept the command from doing its work.
CLEAN, FOUND, FAILED = 0, 1, 2


def complain(error: FramingError | OSError | KeyboardInterrupt) -> None:
    """Say on standard error what went wrong."""
    from framing.reports.characters import visible

    print(f"framing: {visible(str(error))}", file=sys.stderr)
