"""``framing profile``: show drafts as a whole."""

from __future__ import annotations

import argparse

from framing.commands.drafts import add_output, add_reading, code, format_of, put, read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_reading(parser)
    add_output(parser, "text", "json", "csv")
    parser.add_argument(
        "--readability",
        action="store_true",
        help="also measure how hard the reporting and the editorial part are to read",
    )


def run(arguments: argparse.Namespace) -> int:
    """Show the profiles; return the exit code."""
    from framing.profile import profile_of, readability
    from framing.reports import json, profile

    analyses = read(arguments)
    found = [profile_of(analysis) for analysis in analyses]
    read_ease = [readability(one) if arguments.readability else None for one in analyses]
    kind = format_of(arguments)
    if kind == "csv":
        report = profile.as_csv(found)
    elif kind == "json":
        rows = []
        for one, measured in zip(found, read_ease, strict=True):
            row = {"document": one.document, **one.to_dict()}
            rows.append(row if measured is None else row | {"readability": measured})
        report = json.dump(rows)
    else:
        report = "\n".join(
            profile.as_text(one, measured) for one, measured in zip(found, read_ease, strict=True)
        )
    put(report, arguments)
    return code(arguments)
