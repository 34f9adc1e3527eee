"""``framing report``: a page about drafts, to hand on."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from framing.commands import CLEAN, complain, tell_dropped
from framing.commands.policing import add_drafts, add_policy, analyze, drafts, given
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_drafts(parser)
    parser.add_argument(
        "--output", "-o", required=True, metavar="FILE", help="the page to write, an .html file"
    )
    add_policy(parser)
    parser.epilog = "If a draft cannot be read no page is written, and the exit code is 2."


def run(arguments: argparse.Namespace) -> int:
    """Write the page, and say what is in it; return the exit code."""
    from framing.checking.run import Checker
    from framing.files import replacing
    from framing.registry import DESCRIBED
    from framing.reports import html
    from framing.reports.characters import visible
    from framing.reports.layout import plural

    checker = Checker(given(arguments))
    analyses: list[Analysis] = []
    desks: list[str] = []
    errors: list[ReadError] = []
    for draft in drafts(arguments, checker):
        try:
            if isinstance(draft, ReadError):
                raise draft
            analysis, desk = analyze(checker, draft)
        except ReadError as error:
            errors.append(error)
        else:
            tell_dropped(draft.path, analysis.dropped)
            analyses.append(analysis)
            desks.append(desk)
    if not analyses and not errors:
        raise ReadError("nothing to show: every path is excluded")
    if errors:
        for earlier in errors[:-1]:
            complain(earlier)
        raise errors[-1]
    page = html.page(analyses, DESCRIBED, desks)
    with replacing(arguments.output) as file:
        file.write(page.encode("utf-8"))
    found = sum(verdict.label == "editorial" for one in analyses for verdict in one)
    print(
        f"wrote {visible(arguments.output)}: {plural(len(analyses), 'draft')},"
        f" {plural(found, 'editorial sentence')}",
        file=sys.stderr,
    )
    return CLEAN
