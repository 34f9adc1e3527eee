"""``framing evaluate``: measure a model on labelled sentences, its behaviour and its peers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from framing.commands import spans, voices
from framing.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

    from framing.model import LinearModel

__all__ = ["PEERS", "Peer", "add_arguments", "measured", "run"]

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
    parser.add_argument(
        "--context",
        action="store_true",
        help="also judge whole articles, each sentence in the light of the others",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write to a file")


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; return the exit code."""
    from framing.datasets import load
    from framing.model import load_model

    if not (arguments.data or arguments.voices or arguments.spans):
        raise ConfigError("nothing to measure on; give --data NAME, --voices or --spans")
    peers = find_peers(arguments.against)
    model = load_model(arguments.model)
    threshold = model.threshold if arguments.threshold is None else arguments.threshold
    if not 0 <= threshold <= 1:
        raise ConfigError(f"--threshold is a number from 0 to 1, not {threshold}")
    if arguments.context and model.context is None:
        raise ConfigError(f"--context: {arguments.model} knows no context; train one that does")
    report: dict[str, dict[str, Any]] = {}
    for name in arguments.data:
        frame = load(name, arguments.data_home)
        report[name] = measured(model, frame, threshold, context=arguments.context)
        if peers:
            report[name]["against"] = {
                peer: against(frame, PEERS[peer], scores) for peer, scores in peers.items()
            }
        if arguments.behaviour:
            report[name]["behaviour"] = probed(model, frame, threshold)
    others: dict[str, dict[str, Any]] = {}
    if arguments.voices:
        others["voices"] = voices.measured(arguments.voices, arguments.data_home)
    if arguments.spans:
        others["spans"] = spans.measured(model, arguments.spans)
    _write(_formatted(report, others, arguments.format), arguments.output)
    return 0


#: Parts of a report that are no data sets, and how they are laid out.
_TABLES = {"voices": voices.table, "spans": spans.table}


def _formatted(report: dict[str, Any], others: dict[str, Any], form: str) -> str:
    """Lay out what was measured on data sets, and beside them."""
    from framing.reports import evaluation

    if form == "json":
        return json.dumps({**report, **others}, indent=1) + "\n"
    tables = {name: _TABLES[name](one) for name, one in others.items()}
    if form == "text":
        return evaluation.text(report) + "".join(f"{table}\n" for table in tables.values())
    pages = [evaluation.markdown(report)] if report else []
    pages += [f"## {name}\n\n```text\n{table}\n```\n" for name, table in tables.items()]
    return "\n".join(pages)


def _write(shown: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(shown)
        return
    from framing.files import replacing

    with replacing(output) as file:
        file.write(shown.encode("utf-8", "backslashreplace"))


def measured(
    model: LinearModel,
    frame: pd.DataFrame,
    threshold: float,
    *,
    context: bool = False,
    scores: Sequence[float] | None = None,
) -> dict[str, Any]:
    """Measure a model on a data set.

    Parameters
    ----------
    model : LinearModel
    frame : DataFrame
        See :func:`framing.datasets.load`.
    threshold : float
        Probability from which a sentence is called editorial.
    context : bool
        Also judge whole articles, if the set has any.
    scores : sequence of float, optional
        Scores of the sentences, by default those of the model; others are of models that have
        not seen them.

    Returns
    -------
    dict
        What ``--format json`` prints of a set.
    """
    from framing.evaluation import by_cell, measure, risk_coverage, source_only

    if scores is None:
        scores = model.scores(frame["text"].tolist())
    chances = [model.probability(score) for score in scores]
    found: dict[str, Any] = {"sentences": len(frame), "threshold": threshold}
    found["measures"] = _intervals(frame, chances, threshold, measure)
    frame = frame.assign(article=_articles(frame))
    if context and frame["article"].any():
        together = _in_context(model, frame, scores)
        found["context"] = _intervals(frame, together, threshold, measure)
        found["context"].update(_rare_comments(frame, chances, together, threshold))
    if "label_source_only" in frame:
        through = frame["label_source_only"].astype(str) == "1"
        kinds = frame["label"].where(~through, 2)
        kinds = kinds.where(frame["label"] != 1, 1)
        found["source_only"] = _intervals(
            frame.assign(label=kinds), chances, threshold, source_only
        )
    curve = risk_coverage(frame["label"], chances, threshold)
    found["abstention"] = [one._asdict() for one in curve]
    if {"reporting", "editorial"} <= set(model.thresholds):
        found["sure"] = _intervals(frame, chances, threshold, _sure(model))
    columns = [one for one in ("topic", "outlet") if one in frame]
    if columns:
        found["cells"] = {
            column: [
                {**one._asdict(), **_finite(macro_f1=one.macro_f1, auc=one.auc)}
                for one in by_cell(frame["label"], chances, frame[column].fillna(""), threshold)
            ]
            for column in columns
        }
    return found


def _intervals(
    frame: pd.DataFrame,
    chances: Sequence[float],
    threshold: float,
    measures: Callable[..., dict[str, float]],
) -> dict[str, dict[str, float | None]]:
    """Measure with intervals over articles; None is what could not be measured."""
    from framing.evaluation import intervals

    given = frame["label"], chances
    values = measures(*given, threshold)
    ranges = intervals(*given, frame["group"], threshold, measures=measures)
    return {
        key: _finite(value=value, low=ranges[key][0], high=ranges[key][1])
        for key, value in values.items()
    }


#: Corpora whose groups are whole articles, though no column says so.
_WHOLE = ("basil", "mpqa")


def _articles(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the whole article that each sentence belongs to, "" for none."""
    if "article_id" in frame:
        return frame["group"].where(frame["article_id"].fillna("") != "", "")
    if "source" in frame:
        return frame["group"].where(frame["source"].isin(_WHOLE), "")
    return frame["group"].where(frame["group"].isna(), "")


def _in_context(model: LinearModel, frame: pd.DataFrame, scores: Sequence[float]) -> list[float]:
    """Return the probabilities of sentences, each in the light of its article."""
    if model.context is None:
        raise ConfigError("the model knows no context")
    chances = [model.probability(score) for score in scores]
    for article, rows in frame.groupby("article").indices.items():
        if article != "":
            added = model.context.amounts([chances[row] for row in rows])
            # The others count with what they are alone, so the order does not matter.
            for row, amount in zip(rows, added, strict=True):
                chances[row] = model.probability(scores[row] + amount)
    return chances


def _rare_comments(
    frame: pd.DataFrame, alone: Sequence[float], together: Sequence[float], threshold: float
) -> dict[str, dict[str, float | None]]:
    """Return the recall of comments in articles that mostly report, alone and in context."""
    share = frame.groupby("article")["label"].transform("mean")
    few = frame[(share < 0.5) & (frame["article"] != "")]
    if few.empty:
        return {}

    def recall(labels: Any, chances: Any, at: float) -> dict[str, float]:
        found = [chance >= at for label, chance in zip(labels, chances, strict=True) if label == 1]
        return {"recall": sum(found) / len(found) if found else float("nan")}

    return {
        name: _intervals(few, [chances[row] for row in few.index], threshold, recall)["recall"]
        for name, chances in (("rare_alone", alone), ("rare_in_context", together))
    }


def _sure(model: LinearModel) -> Callable[..., dict[str, float]]:
    """Return what measures the verdicts that a model does not mark as unsure."""

    def sure(labels: Any, chances: Any, threshold: float) -> dict[str, float]:
        truth, chance = np.asarray(labels) == 1, np.asarray(chances)
        called = chance >= threshold
        above = called & (chance >= model.thresholds["editorial"])
        below = ~called & (chance < model.thresholds["reporting"])
        return {
            "share": float((above | below).mean()),
            "editorial": float(truth[above].mean()) if above.any() else float("nan"),
            "reporting": float(1 - truth[below].mean()) if below.any() else float("nan"),
        }

    import numpy as np

    return sure


def find_peers(names: str | None) -> dict[str, Scores]:
    """Import the peers that were asked for.

    Raises
    ------
    ConfigError
        If one is unknown.
    MissingExtraError
        If one is not installed.
    """
    found: dict[str, Scores] = {}
    wanted = [one.strip() for one in (names or "").split(",") if one.strip()]
    for name in wanted:
        if name not in PEERS:
            raise ConfigError(f"--against {name}: unknown; there are {', '.join(PEERS)}")
    for name in wanted:
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


def against(frame: pd.DataFrame, peer: Peer, scores: Scores) -> dict[str, Any]:
    """Measure a peer: AUC, and F1 at its own threshold; its score is no probability."""
    from framing.evaluation import measure

    def comparable(*given: Any) -> dict[str, float]:
        values = measure(*given)
        return {name: values[name] for name in ("auc", "macro_f1", "editorial_f1")}

    found = scores(frame["text"].tolist())
    return {
        "score": peer.score,
        "threshold": peer.default,
        "measures": _intervals(frame, found, peer.default, comparable),
    }


def probed(model: Any, frame: pd.DataFrame, threshold: float) -> list[dict[str, Any]]:
    from framing.behaviour import Material, behaviour

    return [
        {**one._asdict(), **_finite(value=one.value), "worst": list(one.worst)}
        for one in behaviour(model, Material.of(frame), threshold)
    ]


def _finite(**values: float) -> dict[str, float | None]:
    """Replace what could not be measured by None, for JSON knows no NaN."""
    return {name: value if isfinite(value) else None for name, value in values.items()}
