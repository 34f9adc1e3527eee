"""``framing explain``: show every sentence with its evidence."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from framing.commands import CLEAN, tell_dropped
from framing.commands.policing import add_policy, add_stdin_filename, analyze, draft, given
from framing.commands.reading import write_json
from framing.errors import ConfigError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_arguments", "run"]

_WIDEST = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("path", metavar="PATH", help="a draft, or - for standard input")
    add_stdin_filename(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_policy(parser)
    parser.add_argument(
        "--only", choices=("editorial", "reporting"), help="show only sentences with this label"
    )
    parser.add_argument(
        "--all-evidence",
        action="store_true",
        help="show every contribution, not only the largest",
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write to a file")


def run(arguments: argparse.Namespace) -> int:
    """Explain and print; return the exit code."""
    from framing.checking.run import Checker

    if arguments.format == "json" and (arguments.only or arguments.all_evidence):
        raise ConfigError("--only and --all-evidence are for text; JSON always holds everything")
    one = draft(arguments.path, arguments.stdin_filename)
    analysis, _ = analyze(Checker(given(arguments)), one)
    tell_dropped(one.path, analysis.dropped)
    if arguments.format == "json":
        from framing.reports import json

        report = json.explain(analysis)
    else:
        report = _explanation(analysis, arguments)
    if arguments.output:
        from framing.files import replacing

        with replacing(arguments.output) as file:
            file.write(report.encode("utf-8", "backslashreplace"))
    elif arguments.format == "json":
        write_json(report)
    else:
        sys.stdout.write(report)
    return CLEAN


def _explanation(analysis: Analysis, arguments: argparse.Namespace) -> str:
    from framing.reports.layout import TOP

    options: dict[str, Any] = {
        "only": arguments.only,
        "top": None if arguments.all_evidence else TOP,
    }
    if arguments.output or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        from framing.reports import text

        return text.explain(analysis, **options)
    from shutil import get_terminal_size

    from framing.reports import terminal

    return terminal.explain(analysis, columns=min(get_terminal_size().columns, _WIDEST), **options)
