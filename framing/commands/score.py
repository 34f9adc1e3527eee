"""``framing score``: score a file of sentences."""

from __future__ import annotations

import argparse
import os
import sys

from framing.commands import CLEAN
from framing.commands.reading import add_model
from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "source",
        metavar="IN",
        help="a .txt (a sentence a line), .csv, .jsonl or .parquet file; the first three also"
        " compressed: .gz, .bz2, .xz",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="a file of any of these formats; it gets the columns 'probability' and 'label' added",
    )
    parser.add_argument("--text-column", metavar="NAME", help="default: text")
    parser.add_argument("--prefix", default="", help="put before the names of the new columns")
    parser.add_argument("--jobs", "-j", type=int, default=1, metavar="N", help="processes; -1: all")
    parser.add_argument(
        "--progress",
        action="switch",
        default=None,
        help="show a progress bar (default: on a terminal)",
    )
    parser.add_argument(
        "--errors",
        choices=("stop", "keep"),
        default="stop",
        help="what a row that cannot be read does: stop the run, or keep its place with the"
        " reason in a column 'error' (default: stop)",
    )
    parser.add_argument(
        "--engine",
        choices=("local", "spark"),
        default="local",
        help="spark: score with Apache Spark into a new folder OUT, as spark-submit or"
        " spark-defaults.conf set it up (extra 'spark')",
    )
    add_model(parser)
    parser.epilog = (
        "A run that was killed goes on where it stopped when it is started again with the same"
        " file, model and column."
    )


def run(arguments: argparse.Namespace) -> int:
    """Score, and say how many; return the exit code."""
    from framing.bulk import score_file
    from framing.checking.policy import Policy
    from framing.checking.run import Checker, Given
    from framing.config import Layer
    from framing.reports.layout import plural

    if arguments.jobs == 0:
        raise ConfigError("--jobs is a number of processes, or -1 for one per core, not 0")
    checker = Checker(Given(Layer(arguments.threshold), arguments.model))
    config = checker.config(os.path.dirname(arguments.source))
    model = checker.model(config, Policy())
    threshold = config.threshold if arguments.threshold is None else arguments.threshold
    if arguments.engine == "spark":
        from framing import spark

        spark.score_file(
            arguments.source,
            arguments.output,
            text_column=arguments.text_column or "text",
            prefix=arguments.prefix,
            model=model,
            threshold=threshold,
        )
        return CLEAN
    progress = sys.stderr.isatty() if arguments.progress is None else arguments.progress
    scored = score_file(
        arguments.source,
        arguments.output,
        text_column=arguments.text_column,
        prefix=arguments.prefix,
        model=model,
        threshold=threshold,
        n_jobs=arguments.jobs,
        progress=progress,
        keep_faults=arguments.errors == "keep",
    )
    line = f"scored {plural(scored.sentences, 'sentence')}; {scored.editorial} editorial"
    if scored.blank:
        line += f"; left {plural(scored.blank, 'row')} without text blank"
    if scored.faults:
        line += f"; {plural(scored.faults, 'row')} with errors"
    if scored.resumed:
        line += f"; {scored.resumed} of them by an earlier run"
    print(line, file=sys.stderr)
    return CLEAN
