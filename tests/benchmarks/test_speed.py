"""How fast: ``pytest tests/benchmarks -s`` prints rates and writes docs/benchmarks.md.

All contenders get the same texts on one core and take turns, so that what else the machine does
hits all of them. Nothing here fails because a machine is slow.
"""

from __future__ import annotations

import csv
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import framing
from framing.model import load_model
from framing.voice import sentence_of

ROOT = Path(__file__).resolve().parents[2]
MPQA = ROOT.parent / "shared" / "data" / "mpqa_writer" / "dev.tsv"
OURS = ROOT / "datasets" / "ours" / "articles.tsv"
DRAFT = ROOT / "examples" / "drafts" / "harbour.txt"
PAGE = ROOT / "docs" / "benchmarks.md"

REPEATS = 7
PROCESSES = 21
FEWEST = 5_000

#: Scores all lines of a file in a process of its own, which has met no token yet.
FRESH = """
import sys
from time import perf_counter
from framing.model import load_model
texts = open(sys.argv[1], encoding="utf-8").read().split("\\n")
model = load_model()
model.extraction
start = perf_counter()
model.scores(texts)
print(perf_counter() - start)
"""


class Corpus(NamedTuple):
    """Texts to read, and what they are called on the page."""

    name: str
    sentences: list[str]
    documents: list[str]


class Timed(NamedTuple):
    """Seconds of each turn."""

    name: str
    turns: list[float]


@pytest.fixture(scope="module", autouse=True)
def one_core() -> Iterator[None]:
    """Keep this process and its children on one core."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    yield
    os.sched_setaffinity(0, before)


def corpus() -> Corpus:
    path = MPQA if MPQA.is_file() else OURS
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    articles: dict[str, list[str]] = {}
    for row in rows:
        articles.setdefault(row["article_id"], []).append(row["text"])
    sentences = [row["text"] for row in rows]
    name = "the development sentences of MPQA"
    if path == OURS:
        sentences *= -(-FEWEST // len(sentences))
        name = "our own articles, repeated"
    return Corpus(name, sentences, ["\n\n".join(texts) for texts in articles.values()])


def fresh(texts: list[str], folder: Path) -> float:
    path = folder / "sentences.txt"
    path.write_text("\n".join(text.replace("\n", " ") for text in texts), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FRESH, str(path)], capture_output=True, encoding="utf-8", check=True
    )
    return float(done.stdout)


def clocked(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def process(*arguments: str) -> float:
    return clocked(
        lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    )


def taking_turns(contenders: dict[str, Callable[[], float]], repeats: int) -> dict[str, Timed]:
    found = {name: Timed(name, []) for name in contenders}
    for _ in range(repeats):
        for name, run in contenders.items():
            found[name].turns.append(run())
    return found


def spread(values: list[float], form: str) -> str:
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def ratios(of: Timed, to: Timed) -> str:
    """How often ``of`` is as fast as ``to``, turn by turn."""
    return spread([b / a for a, b in zip(of.turns, to.turns, strict=True)], ".2f")


def processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found.group(1) if found else platform.machine()


def test_speed(tmp_path: Path) -> None:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    texts = corpus()
    sentences, documents = texts.sentences, texts.documents
    model = load_model()
    vader = SentimentIntensityAnalyzer()
    token = re.compile(r"\w+|[^\w\s]")
    heard = [sentence_of(text) for text in sentences[:50]]
    scored = framing.score(sentences)  # warm
    assert scored.tolist() == [model.probability(one) for one in model.scores(sentences)]
    assert [model.judge(one).score for one in heard] == pytest.approx(
        model.scores(sentences[:50]), abs=1e-9
    )

    rates = taking_turns(
        {
            r"`re.findall(r'\w+\|[^\w\s]', text)`": lambda: clocked(
                lambda: [token.findall(text) for text in sentences]
            ),
            "vaderSentiment, `polarity_scores`": lambda: clocked(
                lambda: [vader.polarity_scores(text) for text in sentences]
            ),
            "framing, `LinearModel.scores`, new process": lambda: fresh(sentences, tmp_path),
            "framing, `LinearModel.scores`": lambda: clocked(lambda: model.scores(sentences)),
            "framing, `framing.score`": lambda: clocked(lambda: framing.score(sentences)),
            "framing, verdicts with evidence": lambda: clocked(
                lambda: [model.judge(sentence_of(text)) for text in sentences]
            ),
            "framing, `analyze`, whole documents": lambda: clocked(
                lambda: [framing.analyze(text) for text in documents]
            ),
        },
        REPEATS,
    )
    started = taking_turns(
        {
            "`python -c pass`": lambda: process("-c", "pass"),
            f"`framing check {DRAFT.name}`": lambda: process("-m", "framing", "check", str(DRAFT)),
        },
        PROCESSES,
    )
    page = written(texts, rates, started, load)
    print(f"\n{page}")
    PAGE.write_text(page, encoding="utf-8")


def written(texts: Corpus, rates: dict[str, Timed], started: dict[str, Timed], load: float) -> str:
    """Return the page: what was measured, on what, when."""
    tokens, vader = list(rates.values())[:2]
    read = {name: sum(map(len, texts.sentences)) for name in rates}
    read[list(rates)[-1]] = sum(map(len, texts.documents))
    repeated = len(texts.sentences)
    kilo = {
        name: [read[name] / 1e6 / turn for turn in timed.turns] for name, timed in rates.items()
    }
    lines = [
        "# Benchmarks",
        "",
        "<!-- written by: pytest tests/benchmarks -s -->",
        "",
        f"Measured {date.today():%Y-%m} on one core of {processor()}, {platform.system()},"
        f" Python {platform.python_version()}, framing {framing.__version__},"
        f" vaderSentiment {version('vaderSentiment')}.",
        f"Texts: {texts.name}, {repeated:,} sentences, {sum(map(len, texts.sentences)):,}"
        f" characters; as documents {len(texts.documents):,}.",
        f"All contenders take turns, {REPEATS} times; numbers are the median with the smallest"
        " and the largest, ratios are taken turn by turn.",
        f"The machine has {os.cpu_count()} cores; their load before the start was {load:.1f}.",
        "",
        "| | sentences per second | million characters per second | times vaderSentiment |"
        " times `re.findall` |",
        "|---|---|---|---|---|",
    ]
    for name, timed in rates.items():
        whole = name == list(rates)[-1]
        per_second = [len(texts.sentences) / turn for turn in timed.turns]
        lines.append(
            f"| {name} | {'' if whole else spread(per_second, ',.0f')} |"
            f" {spread(kilo[name], '.2f')} | {'' if whole else ratios(timed, vader)} |"
            f" {'' if whole else ratios(timed, tokens)} |"
        )
    lines += [
        "",
        "A new process has met no token yet and pays for each when it first meets it; the other"
        " rows have met all of these texts before.",
        "`framing.score` is `LinearModel.scores` with probabilities in an array.",
        "",
        f"| {PROCESSES} starts of a process | milliseconds |",
        "|---|---|",
    ]
    for name, timed in started.items():
        lines.append(f"| {name} | {spread([turn * 1000 for turn in timed.turns], '.1f')} |")
    bare, check = started.values()
    more = [(b - a) * 1000 for a, b in zip(bare.turns, check.turns, strict=True)]
    lines.append(f"| the difference | {spread(more, '.1f')} |")
    return "\n".join(lines) + "\n"
