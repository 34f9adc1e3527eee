"""``framing evaluate``: measure a model on labelled sentences, its behaviour and its peers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from framing.commands import spans, voices
from framing.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PEERS", "Peer", "add_arguments", "run"]

Scores = Callable[[Sequence[str]], list[float]]


class Peer(NamedTuple):
    """Another package whose score may stand for the probability of a comment.

    Attributes
    ----------
    module : str
        What is imported.
    package : str
        What ``pip install`` brings it.
    score : str
        What is taken as its score.
    default : float
        The score from which F1 calls a sentence editorial: where VADER's documentation ends the
        neutral band, and the middle of TextBlob's scale. It is never fitted to the data.
    make : callable
        The imported module → a function from texts to scores.
    """

    module: str
    package: str
    score: str
    default: float
    make: Callable[[Any], Scores]


def _vader(module: Any) -> Scores:
    analyzer = module.SentimentIntensityAnalyzer()
    return lambda texts: [abs(analyzer.polarity_scores(text)["compound"]) for text in texts]


def _textblob(module: Any) -> Scores:
    return lambda texts: [module.TextBlob(text).sentiment.subjectivity for text in texts]


#: So many failures are named in the table; JSON has ten.
_SHOWN = 3

#: Name on the command line → peer.
PEERS = {
    "textblob": Peer("textblob", "textblob", "subjectivity", 0.5, _textblob),
    "vader": Peer("vaderSentiment.vaderSentiment", "vaderSentiment", "|compound|", 0.05, _vader),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from framing.datasets import NAMES

    parser.add_argument("model", nargs="?", default="news-en", help="a name or a JSON file")
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="NAME",
        help=f"a data set; may be repeated: {', '.join(NAMES)}",
    )
    parser.add_argument("--data-home", type=Path, help="folder of the data sets")
    parser.add_argument(
        "--threshold", type=float, metavar="P", help="in place of the model's; from 0 to 1"
    )
    parser.add_argument(
        "--behaviour", action="store_true", help="also change the sentences and see what follows"
    )
    parser.add_argument(
        "--against",
        metavar="PEERS",
        help=f"also score other packages, separated by commas: {', '.join(PEERS)}",
    )
    parser.add_argument(
        "--voices",
        type=Path,
        nargs="?",
        const=voices.DEFAULT,
        metavar="TSV",
        help="also compare the hearing with marked sentences, by default those of a checkout",
    )
    parser.add_argument(
        "--spans",
        type=Path,
        nargs="?",
        const=spans.DEFAULT,
        metavar="TSV",
        help="also compare the words that weigh with those a reader marked, by default in ours",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; return the exit code."""
    from framing.datasets import load
    from framing.evaluation import intervals, measure
    from framing.model import load_model

    if not (arguments.data or arguments.voices or arguments.spans):
        raise ConfigError("nothing to measure on; give --data NAME, --voices or --spans")
    peers = _peers(arguments.against)
    model = load_model(arguments.model)
    threshold = model.threshold if arguments.threshold is None else arguments.threshold
    if not 0 <= threshold <= 1:
        raise ConfigError(f"--threshold is a number from 0 to 1, not {threshold}")
    report: dict[str, dict[str, Any]] = {}
    for name in arguments.data:
        frame = load(name, arguments.data_home)
        scores = model.scores(frame["text"].tolist())
        chances = [model.probability(score) for score in scores]
        values = measure(frame["label"], chances, threshold)
        ranges = intervals(frame["label"], chances, frame["group"], threshold)
        report[name] = {
            "sentences": len(frame),
            "threshold": threshold,
            "measures": _with_ranges(values, ranges),
        }
        if peers:
            report[name]["against"] = {
                peer: _against(frame, PEERS[peer], scores) for peer, scores in peers.items()
            }
        if arguments.behaviour:
            report[name]["behaviour"] = _behaviour(model, frame, threshold)
    if arguments.voices:
        report["voices"] = voices.measured(arguments.voices, arguments.data_home)
    if arguments.spans:
        report["spans"] = spans.measured(model, arguments.spans)
    print(json.dumps(report, indent=1) if arguments.format == "json" else _text(report))
    return 0


def _peers(names: str | None) -> dict[str, Scores]:
    """Import the peers that were asked for.

    Raises
    ------
    ConfigError
        If one is unknown.
    MissingExtraError
        If one is not installed.
    """
    found: dict[str, Scores] = {}
    for name in (one.strip() for one in (names or "").split(",") if one.strip()):
        if name not in PEERS:
            raise ConfigError(f"--against {name}: unknown; there are {', '.join(PEERS)}")
        peer = PEERS[name]
        try:
            module = import_module(peer.module)
        except ImportError as error:
            raise MissingExtraError(
                f"--against {name} needs {peer.package}; install it with:"
                f" pip install {peer.package}"
            ) from error
        found[name] = peer.make(module)
    return found


def _against(frame: pd.DataFrame, peer: Peer, scores: Scores) -> dict[str, Any]:
    """Measure a peer: AUC, and F1 at its own threshold; its score is no probability."""
    from framing.evaluation import intervals, measure

    def comparable(*given: Any) -> dict[str, float]:
        values = measure(*given)
        return {name: values[name] for name in ("auc", "macro_f1", "editorial_f1")}

    found = scores(frame["text"].tolist())
    given = frame["label"], found
    ranges = intervals(*given, frame["group"], peer.default, measures=comparable)
    return {
        "score": peer.score,
        "threshold": peer.default,
        "measures": _with_ranges(comparable(*given, peer.default), ranges),
    }


def _behaviour(model: Any, frame: pd.DataFrame, threshold: float) -> list[dict[str, Any]]:
    from framing.behaviour import Material, behaviour

    return [
        {**one._asdict(), **_finite(value=one.value), "worst": list(one.worst)}
        for one in behaviour(model, Material.of(frame), threshold)
    ]


def _with_ranges(
    values: dict[str, float], ranges: dict[str, tuple[float, float]]
) -> dict[str, dict[str, float | None]]:
    return {
        key: _finite(value=value, low=ranges[key][0], high=ranges[key][1])
        for key, value in values.items()
    }


def _finite(**values: float) -> dict[str, float | None]:
    """Replace what could not be measured by None, for JSON knows no NaN."""
    return {name: value if isfinite(value) else None for name, value in values.items()}


#: Parts of a report that are no data sets, and how they are laid out.
_TABLES = {"voices": voices.table, "spans": spans.table}


def _text(report: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name, one in report.items():
        if name in _TABLES:
            lines.append(_TABLES[name](one))
            continue
        lines.append(f"{name}: {one['sentences']} sentences, threshold {one['threshold']:.2f}")
        lines.extend(_measured(one["measures"]))
        for peer, found in one.get("against", {}).items():
            lines.append(f"against {peer} ({found['score']}, threshold {found['threshold']:.2f})")
            lines.extend(_measured(found["measures"]))
        if "behaviour" in one:
            lines.append("behaviour")
            lines.extend(_probed(one["behaviour"]))
    return "\n".join(lines)


def _measured(measures: dict[str, dict[str, float | None]]) -> list[str]:
    return [
        f"  {key:<13} {value['value']:.3f}  [{value['low']:.3f}, {value['high']:.3f}]"
        if None not in value.values()
        else f"  {key:<13} not defined: all sentences have one label"
        for key, value in measures.items()
    ]


def _probed(probes: list[dict[str, Any]]) -> list[str]:
    """Lay out the probes as a table; the worst sentences are told by their row from 0."""
    lines = []
    for one in probes:
        value = "    –" if one["value"] is None else f"{one['value']:.3f}"
        worst = f"  rows {', '.join(map(str, one['worst'][:_SHOWN]))}" if one["worst"] else ""
        lines.append(
            f"  {one['name']:<27} {one['measure']:<16} {value} of {one['tried']:>5}{worst}"
        )
    return lines
