"""``framing export``: sentences of drafts as tasks for annotators."""

from __future__ import annotations

import argparse
import sys

from framing.commands.drafts import add_output, add_reading, code, put, read

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
        "--interface",
        metavar="FILE",
        help="also write the labelling interface that a Label Studio project needs",
    )
    add_reading(parser)
    add_output(parser, "json")


def run(arguments: argparse.Namespace) -> int:
    """Write the tasks; return the exit code."""
    from framing.annotation import LABEL_STUDIO_CONFIG, tasks
    from framing.reports.layout import plural

    analyses = read(arguments)
    if arguments.interface:
        from framing.files import replacing

        with replacing(arguments.interface) as file:
            file.write(LABEL_STUDIO_CONFIG.encode())
    put(tasks(analyses, arguments.to, predictions=arguments.predictions), arguments)
    judged = sum(verdict.label is not None for analysis in analyses for verdict in analysis)
    print(f"exported {plural(judged, 'sentence')}", file=sys.stderr)
    return code(arguments)
