"""What the subcommands for the desk share: drafts in, one report on all of them out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from framing.commands import CLEAN, FAILED, complain, tell_dropped
from framing.commands.policing import add_drafts, add_policy, analyze, drafts, given
from framing.commands.reading import write_json
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_output", "add_reading", "code", "format_of", "put", "read"]

_SUFFIXES = {".csv": "csv", ".json": "json", ".jsonl": "jsonl"}


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Declare the drafts and what judges them."""
    add_drafts(parser)
    add_policy(parser)


def add_output(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Declare where the report goes and what it looks like."""
    if len(formats) > 1:
        parser.add_argument(
            "--format",
            choices=formats,
            help=f"default: by the name of the output, else {formats[0]}",
        )
    parser.add_argument("--output", "-o", metavar="FILE", help="write to a file")
    parser.set_defaults(formats=formats)


def format_of(arguments: argparse.Namespace) -> str:
    """Return the format that was asked for, or that the output's name asks for."""
    formats: tuple[str, ...] = arguments.formats
    asked: str | None = getattr(arguments, "format", None)
    by_name = _SUFFIXES.get(Path(arguments.output or "").suffix.lower(), "")
    return asked or (by_name if by_name in formats else formats[0])


def read(arguments: argparse.Namespace) -> list[Analysis]:
    """Read and judge the drafts; complain of each that cannot be read and go on.

    Raises
    ------
    ReadError
        If none of them can be read.
    """
    from framing.checking.run import Checker

    checker = Checker(given(arguments))
    found: list[Analysis] = []
    errors: list[ReadError] = []
    for draft in drafts(arguments, checker):
        try:
            if isinstance(draft, ReadError):
                raise draft
            analysis, _ = analyze(checker, draft)
            tell_dropped(draft.path, analysis.dropped)
            found.append(analysis)
        except ReadError as error:
            errors.append(error)
    if not found:
        raise errors.pop() if errors else ReadError("nothing to read: every path is excluded")
    for failed in errors:
        complain(failed)
    arguments.failed = bool(errors)
    return found


def put(report: str, arguments: argparse.Namespace) -> None:
    """Write a report where it was asked for."""
    if arguments.output:
        from framing.files import replacing

        with replacing(arguments.output) as file:
            file.write(report.encode("utf-8", "backslashreplace"))
    elif format_of(arguments) == "text":
        sys.stdout.write(report)
    else:
        write_json(report)  # as JSON, CSV is UTF-8 whatever the locale says


def code(arguments: argparse.Namespace) -> int:
    """Return the exit code: whether every draft could be read."""
    return FAILED if arguments.failed else CLEAN
