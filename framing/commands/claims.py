"""``framing claims``: list who says what in drafts."""

from __future__ import annotations

import argparse

from framing.commands.drafts import add_output, add_reading, code, format_of, put, read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_reading(parser)
    add_output(parser, "text", "csv", "json")


def run(arguments: argparse.Namespace) -> int:
    """List the claims; return the exit code."""
    from framing.claims import COLUMNS
    from framing.reports import claims, json

    found = [analysis.claims() for analysis in read(arguments)]
    kind = format_of(arguments)
    if kind == "csv":
        report = claims.as_csv(found, COLUMNS)
    elif kind == "json":
        report = json.dump([row for one in found for row in one.to_dict()])
    else:
        report = claims.as_text(found)
    put(report, arguments)
    return code(arguments)
