"""``framing compare``: show what differs between two texts."""

from __future__ import annotations

import argparse

from framing.commands import CLEAN, tell_dropped
from framing.commands.drafts import add_output, format_of, put
from framing.commands.policing import add_policy, analyze, draft, given
from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("a", metavar="A", help="the earlier draft, or one outlet's article")
    parser.add_argument("b", metavar="B", help="the later draft, or another outlet's article")
    parser.add_argument(
        "--similarity",
        type=float,
        default=0.6,
        metavar="S",
        help="share of words in common from which two sentences are one, edited (default: 0.6)",
    )
    parser.add_argument(
        "--all", action="store_true", help="show also the sentences that are the same in both"
    )
    add_policy(parser)
    add_output(parser, "text", "csv", "json")


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; return the exit code."""
    from framing.checking.run import Checker
    from framing.comparison import COLUMNS, compare
    from framing.reports import comparison, json

    if not 0 < arguments.similarity <= 1:
        raise ConfigError(f"--similarity is above 0 and at most 1, not {arguments.similarity}")
    checker = Checker(given(arguments))
    a, b = (analyze(checker, draft(path))[0] for path in (arguments.a, arguments.b))
    for one in (a, b):
        tell_dropped(one.document.name, one.dropped)
    found = compare(a, b, similarity=arguments.similarity)
    kind = format_of(arguments)
    if kind == "csv":
        report = comparison.as_csv(found, COLUMNS)
    elif kind == "json":
        report = json.dump(found.to_dict())
    else:
        report = comparison.as_text(found, all_sentences=arguments.all)
    put(report, arguments)
    return CLEAN
