"""What the subcommands for the desk share: drafts in, one report on all of them out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from framing.commands import CLEAN, FAILED, complain
from framing.commands.reading import Judges, add_model, write_json
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_drafts", "add_output", "code", "format_of", "put", "read"]

_SUFFIXES = {".csv": "csv", ".json": "json", ".jsonl": "jsonl"}


def add_drafts(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Declare the drafts and the model that judges them."""
    parser.add_argument(
        "paths",
        nargs="+" if needed else "*",
        metavar="DRAFT",
        help="a draft, or - for standard input",
    )
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="what standard input (-) is called"
    )
    add_model(parser)


def add_output(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Declare where the report goes and what it looks like."""
    parser.add_argument(
        "--format", choices=formats, help=f"default: by the name of the output, else {formats[0]}"
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write to a file")
    parser.set_defaults(formats=formats)


def format_of(arguments: argparse.Namespace) -> str:
    """Return the format that was asked for, or that the output's name asks for."""
    formats: tuple[str, ...] = arguments.formats
    if arguments.format:
        return str(arguments.format)
    by_name = _SUFFIXES.get(Path(arguments.output or "").suffix.lower(), "")
    return by_name if by_name in formats else formats[0]


def read(arguments: argparse.Namespace) -> list[Analysis]:
    """Read and judge the drafts; complain of each that cannot be read and go on.

    Raises
    ------
    ReadError
        If none of them can be read.
    """
    judges = Judges(arguments)
    found: list[Analysis] = []
    errors: list[ReadError] = []
    for path in dict.fromkeys(arguments.paths):
        try:
            found.append(judges.analyze(path, arguments.stdin_filename))
        except ReadError as error:
            errors.append(error)
    for failed in errors[: None if found else -1]:
        complain(failed)
    if errors and not found:
        raise errors[-1]
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
