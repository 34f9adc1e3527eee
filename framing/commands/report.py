"""``framing report``: a page about drafts, to hand on."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from framing.commands import CLEAN, complain
from framing.commands.reading import Judges, add_model
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="DRAFT",
        help="a draft, a folder of drafts, or - for standard input",
    )
    parser.add_argument(
        "--output", "-o", required=True, metavar="FILE", help="the page to write, an .html file"
    )
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="what standard input (-) is called, and where its configuration is looked for",
    )
    add_model(parser)
    parser.epilog = "If a draft cannot be read no page is written, and the exit code is 2."


def run(arguments: argparse.Namespace) -> int:
    """Write the page, and say how large it is; return the exit code."""
    from framing.commands.check import drafts
    from framing.files import replacing
    from framing.registry import installed
    from framing.reports import html
    from framing.reports.layout import plural

    judges = Judges(arguments)
    analyses: list[Analysis] = []
    errors: list[ReadError] = []
    for path in drafts(arguments.paths):
        try:
            if isinstance(path, ReadError):
                raise path
            analyses.append(judges.analyze(path, arguments.stdin_filename))
        except ReadError as error:
            errors.append(error)
    if errors:
        for earlier in errors[:-1]:
            complain(earlier)
        raise errors[-1]
    with replacing(arguments.output) as file:
        file.write(html.page(analyses, installed()).encode("utf-8"))
    found = sum(verdict.label == "editorial" for one in analyses for verdict in one)
    print(
        f"wrote {arguments.output}: {plural(len(analyses), 'draft')},"
        f" {plural(found, 'editorial sentence')}",
        file=sys.stderr,
    )
    return CLEAN
