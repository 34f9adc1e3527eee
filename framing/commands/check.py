"""``framing check``: list the editorial sentences of drafts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from framing.commands import CLEAN, FAILED, FOUND, complain
from framing.commands.reading import STDIN, Judges, add_reading, write_json
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_arguments", "run"]

_DRAFTS = (".txt", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a draft, a folder of drafts (*.txt and *.md), or - for standard input",
    )
    add_reading(parser)
    parser.epilog = (
        "Exit code: 0 if there is nothing to say, 1 if there are findings, 2 if anything kept"
        " it from checking."
    )


def run(arguments: argparse.Namespace) -> int:
    """Check and print; return the exit code."""
    from framing.reports import text
    from framing.reports.layout import refusal, skipped

    judges = Judges(arguments)
    analyses: list[Analysis] = []
    failed = False
    for path in _drafts(arguments.paths):
        try:
            if isinstance(path, ReadError):
                raise path
            analysis = judges.analyze(path, arguments.stdin_filename)
            name, why = analysis.document.name, refusal(analysis)
            if all(verdict.label is None for verdict in analysis):
                why = why or "there is no prose in it"
                raise ReadError(f"{name}: nothing to judge, {why}; {skipped(analysis)}")
            if why:
                complain(ReadError(f"{name}: {why}; {skipped(analysis)}"))
        except ReadError as error:
            # The other drafts are checked all the same.
            complain(error)
            failed = True
            continue
        analyses.append(analysis)
        if arguments.format == "text":
            sys.stdout.write(text.findings(analysis))
    if arguments.format == "json":
        from framing.reports import json

        write_json(json.findings(analyses))
    # Findings alone on standard output: what reads them need not know this line.
    sys.stdout.flush()
    print(text.summary(analyses), file=sys.stderr)
    found = any(verdict.label == "editorial" for analysis in analyses for verdict in analysis)
    return FAILED if failed else FOUND if found else CLEAN


def _drafts(paths: Sequence[str]) -> Iterator[str | ReadError]:
    """Yield each draft once, those of a folder in order; an error for a folder without any."""
    seen: set[str] = set()
    for path in paths:
        found = [path]
        if path != STDIN and os.path.isdir(path):
            found = sorted(_inside(path))
            if not found:
                yield ReadError(f"{path}: no drafts in this folder; they are called *.txt or *.md")
        for one in found:
            key = one if one == STDIN else os.path.realpath(one)
            if key not in seen:
                seen.add(key)
                yield one


def _inside(folder: str) -> Iterator[str]:
    """Yield the drafts in a folder and in those below it, hidden ones left out."""
    from pathlib import Path

    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(_DRAFTS) and not name.startswith("."):
                yield str(Path(here, name))
