"""``framing export``: sentences of drafts as tasks for annotators."""

from __future__ import annotations

import argparse
import sys

from framing.commands import CLEAN
from framing.commands.drafts import add_drafts, add_output, code, put, read
from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--to",
        choices=("label-studio", "doccano"),
        default="label-studio",
        help="the annotators' tool (default: label-studio)",
    )
    parser.add_argument(
        "--predictions",
        action="store_true",
        help="show the model's labels to the annotators, who will agree with it more often",
    )
    parser.add_argument(
        "--config",
        action="store_true",
        help="print the labelling interface for a Label Studio project instead",
    )
    add_drafts(parser, needed=False)
    add_output(parser, "json")


def run(arguments: argparse.Namespace) -> int:
    """Write the tasks; return the exit code."""
    from framing.annotation import LABEL_STUDIO_CONFIG, tasks
    from framing.reports.layout import plural

    if arguments.config:
        put(LABEL_STUDIO_CONFIG, arguments)
        return CLEAN
    if not arguments.paths:
        raise ConfigError("name the drafts whose sentences are to be labelled")
    analyses = read(arguments)
    put(tasks(analyses, arguments.to, predictions=arguments.predictions), arguments)
    judged = sum(verdict.label is not None for analysis in analyses for verdict in analysis)
    print(f"exported {plural(judged, 'sentence')}", file=sys.stderr)
    return code(arguments)
