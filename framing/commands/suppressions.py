"""``framing suppressions``: list what editors let stand, and why."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from framing.commands import CLEAN, FAILED, complain
from framing.commands.policing import add_drafts, add_policy, drafts, given
from framing.commands.reading import write_json
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.checking.run import Checker, Draft
    from framing.reports.suppressions import Row

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_drafts(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_policy(parser)
    parser.epilog = "Exit code: 0, or 2 if a draft could not be read."


def run(arguments: argparse.Namespace) -> int:
    """Print the table; return the exit code."""
    from framing.checking.run import Checker
    from framing.reports import suppressions

    checker = Checker(given(arguments))
    rows: list[Row] = []
    failed = False
    for draft in drafts(arguments, checker):
        try:
            if isinstance(draft, ReadError):
                raise draft
            rows.extend(_of(draft, checker))
        except ReadError as error:
            complain(error)
            failed = True
    if arguments.format == "json":
        write_json(suppressions.json(rows))
    else:
        sys.stdout.write(suppressions.table(rows))
    return FAILED if failed else CLEAN


def _of(draft: Draft, checker: Checker) -> list[Row]:
    """Return the suppressions of one draft, each with how many findings it suppresses."""
    from framing.checking.judging import sidecar_of
    from framing.checking.suppressions import SIDECAR, in_comments, in_sidecar
    from framing.readers import open_document
    from framing.reports.suppressions import Row

    path = draft.path
    document = open_document(path if draft.data is None else draft.data, path)
    found = in_comments(document)
    sidecar = sidecar_of(path)
    if sidecar is not None:
        found += in_sidecar(sidecar, f"{path}{SIDECAR}", document)
    if not found:
        return []
    checked = checker.check(draft)
    if checked.error:
        raise ReadError(checked.error)
    used = Counter(one.where for one in checked.suppressed)
    rows: dict[str, Row] = {}
    for one in found:
        where = f"{one.path}:{one.line}"
        rows[where] = Row(where, one.scope, one.codes, used[where], one.reason, one.wrong)
    return list(rows.values())
