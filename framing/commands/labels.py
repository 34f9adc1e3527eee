"""``framing labels``: what annotators have labelled, as one table for training."""

from __future__ import annotations

import argparse
import sys

from framing.commands import CLEAN
from framing.errors import DataError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="EXPORT",
        help="what Label Studio (JSON, JSON-MIN) or doccano (JSONL) has exported",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="a .csv, .jsonl or .parquet file; texts are written as they are",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the exports and write one table; return the exit code."""
    import pandas as pd

    from framing.annotation import read_labels
    from framing.files import replacing
    from framing.reports.layout import plural
    from framing.tables import Chunk, format_of, write

    format_of(arguments.output)
    frame = pd.concat([read_labels(path) for path in arguments.paths], ignore_index=True)
    if not len(frame):
        raise DataError(f"{arguments.paths[0]}: nothing in it is labelled yet")
    rows = [
        {str(name): None if value is pd.NA else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]
    chunk = Chunk(list(frame.columns), [arguments.output] * len(rows), len(rows), rows)
    with (
        replacing(arguments.output) as file,
        write(arguments.output, file) as writer,
    ):
        writer.write(chunk, [])
    people = frame["annotator"].nunique()
    sentences = len(frame[["group", "text"]].drop_duplicates())
    print(
        f"read {plural(len(frame), 'label')} of {plural(sentences, 'sentence')}"
        f" by {plural(people, 'annotator')}; {int(frame['label'].sum())} editorial",
        file=sys.stderr,
    )
    return CLEAN
