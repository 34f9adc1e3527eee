"""``framing evaluate``: measure a model on labelled sentences."""

from __future__ import annotations

import argparse
import json
from math import isfinite
from pathlib import Path

from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from framing.datasets import NAMES

    parser.add_argument("model", nargs="?", default="news-en", help="a name or a JSON file")
    parser.add_argument(
        "--data",
        action="append",
        required=True,
        metavar="NAME",
        help=f"a data set; may be repeated: {', '.join(NAMES)}",
    )
    parser.add_argument("--data-home", type=Path, help="folder of the data sets")
    parser.add_argument(
        "--threshold", type=float, metavar="P", help="in place of the model's; from 0 to 1"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; return the exit code."""
    from framing.datasets import load
    from framing.evaluation import intervals, measure
    from framing.model import load_model

    model = load_model(arguments.model)
    threshold = model.threshold if arguments.threshold is None else arguments.threshold
    if not 0 <= threshold <= 1:
        raise ConfigError(f"--threshold is a number from 0 to 1, not {threshold}")
    report = {}
    for name in arguments.data:
        frame = load(name, arguments.data_home)
        scores = model.scores(frame["text"].tolist())
        chances = [model.probability(score) for score in scores]
        values = measure(frame["label"], chances, threshold)
        ranges = intervals(frame["label"], chances, frame["group"], threshold)
        report[name] = {
            "sentences": len(frame),
            "threshold": threshold,
            "measures": {
                key: _finite(value=value, low=ranges[key][0], high=ranges[key][1])
                for key, value in values.items()
            },
        }
    print(json.dumps(report, indent=1) if arguments.format == "json" else _text(report))
    return 0


def _finite(**values: float) -> dict[str, float | None]:
    """Replace what could not be measured by None, for JSON knows no NaN."""
    return {name: value if isfinite(value) else None for name, value in values.items()}


def _text(report: dict[str, dict[str, object]]) -> str:
    lines = []
    for name, one in report.items():
        lines.append(f"{name}: {one['sentences']} sentences, threshold {one['threshold']:.2f}")
        for key, value in one["measures"].items():  # type: ignore[attr-defined]
            lines.append(
                f"  {key:<13} {value['value']:.3f}  [{value['low']:.3f}, {value['high']:.3f}]"
                if None not in value.values()
                else f"  {key:<13} not defined: all sentences have one label"
            )
    return "\n".join(lines)
