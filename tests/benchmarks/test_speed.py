"""How fast: ``pytest tests/benchmarks -s`` measures and writes docs/benchmarks.md.

All contenders get the same texts on one core and take turns, so that what else the machine does
hits all of them. Nothing here fails because a machine is slow.
"""

from __future__ import annotations

import csv
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import growth
import pytest
from measuring import (
    Timed,
    clocked,
    one_core,
    process,
    put,
    ratios,
    said,
    spread,
    table,
    taking_turns,
)

import framing
from framing.analysis import default_model
from framing.model import Verdict
from framing.voice import sentence_of

ROOT = Path(__file__).resolve().parents[2]
MPQA = ROOT.parent / "shared" / "data" / "mpqa_writer" / "dev.tsv"
OURS = ROOT / "datasets" / "ours" / "articles.tsv"
DRAFT = ROOT / "examples" / "drafts" / "harbour.txt"
PAGE = ROOT / "docs" / "benchmarks.md"

REPEATS = 11
PROCESSES = 21
FEWEST = 5_000

#: Scores all lines of a file in a process of its own, which has met no token yet.
FRESH = """
import sys
from time import process_time
import framing, framing.folding, numpy
texts = open(sys.argv[1], encoding="utf-8").read().split("\\n")
model, score = framing.load_model(), framing.score
model.extraction
start = process_time()
score(texts, model=model)
print(process_time() - start)
"""


class Corpus(NamedTuple):
    """Texts to read, and what they are called on the page."""

    name: str
    sentences: list[str]
    documents: list[str]


@pytest.fixture(autouse=True)
def on_one_core() -> Iterator[None]:
    """Keep the measurements on one core."""
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    one_core()
    yield
    if before is not None:
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


def proselint() -> Callable[[str], object]:
    """Return what lints one text with all checks that are on by default."""
    from proselint.checks import __register__
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: LintFile("draft", content=text).lint(DEFAULT)


def looked_at(verdicts: Iterable[Verdict]) -> float:
    """Read every contribution's amount, and where each of its marks stands."""
    total = 0.0
    for verdict in verdicts:
        for part in verdict.contributions:
            total += part.amount
            for mark in part.evidence:
                total += mark.start - mark.end
    return total


def of_sentences(texts: Corpus, path: Path) -> dict[str, Timed]:
    """Let everybody read the same sentences."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    sentences = texts.sentences
    vader, token = SentimentIntensityAnalyzer(), re.compile(r"\w+|[^\w\s]")
    return taking_turns(
        {
            r"`re.findall(r'\w+\|[^\w\s]', text)`": lambda: clocked(
                lambda: [token.findall(text) for text in sentences]
            ),
            "vaderSentiment, `polarity_scores`": lambda: clocked(
                lambda: [vader.polarity_scores(text) for text in sentences]
            ),
            "TextBlob, `sentiment`": lambda: clocked(
                lambda: [TextBlob(text).sentiment for text in sentences]
            ),
            "framing, `score`": lambda: clocked(lambda: framing.score(sentences)),
            "framing, `score`, first call of a process": lambda: float(said(FRESH, str(path))),
            "framing, `judge_all`, evidence on demand": lambda: clocked(
                lambda: [one.label for one in default_model().judge_all(sentences)]
            ),
            "framing, `judge_all`, verdicts with evidence": lambda: clocked(
                lambda: looked_at(default_model().judge_all(sentences))
            ),
            "framing, `judge`, one by one, with evidence": lambda: clocked(
                lambda: looked_at(default_model().judge(sentence_of(text)) for text in sentences)
            ),
        },
        REPEATS,
    )


def of_documents(texts: Corpus) -> dict[str, Timed]:
    lint = proselint()
    return taking_turns(
        {
            "proselint, default checks": lambda: clocked(
                lambda: [lint(text) for text in texts.documents]
            ),
            "framing, `analyze_all`": lambda: clocked(
                lambda: [len(one) for one in framing.analyze_all(texts.documents)]
            ),
            "framing, `analyze`, one by one": lambda: clocked(
                lambda: [len(framing.analyze(text)) for text in texts.documents]
            ),
        },
        REPEATS,
    )


def of_processes(folder: Path) -> dict[str, Timed]:
    draft = folder / "draft.txt"
    draft.write_text((DRAFT.read_text(encoding="utf-8") * 2)[:6_000], encoding="utf-8")
    process("-m", "framing", "check", str(draft))
    return taking_turns(
        {
            "`python -c pass`": lambda: process("-c", "pass"),
            "`framing check`, a draft of 6 kB": lambda: process(
                "-m", "framing", "check", str(draft)
            ),
        },
        PROCESSES,
    )


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
    sentences = texts.sentences
    path = tmp_path / "sentences.txt"
    path.write_text("\n".join(text.replace("\n", " ") for text in sentences), encoding="utf-8")
    model = default_model()
    scored = framing.score(sentences)  # warm
    one_by_one = [model.probability(one) for one in model.scores(sentences)]
    assert scored.tolist() == pytest.approx(one_by_one, rel=1e-12)
    alone = [model.judge(sentence_of(text)) for text in sentences[:50]]
    assert [one.score for one in alone] == pytest.approx(model.scores(sentences[:50]), abs=1e-9)
    assert looked_at(alone) == pytest.approx(looked_at(model.judge_all(sentences[:50])))
    page = [
        *_head(texts, load),
        *_sentences(of_sentences(texts, path), len(sentences)),
        *_documents(of_documents(texts), len(sentences)),
        *_processes(of_processes(tmp_path)),
        *_growth(sentences, path),
    ]
    print("\n".join(["", *page]))
    put(PAGE, page)


def _head(texts: Corpus, load: float) -> list[str]:
    peers = ("vaderSentiment", "textblob", "proselint", "numpy")
    return [
        "# Benchmarks",
        "",
        "<!-- written by: pytest tests/benchmarks -s -->",
        "",
        f"Measured {date.today():%Y-%m} on one core of {processor()}, {platform.system()},"
        f" Python {platform.python_version()}, framing {framing.__version__},"
        f" {', '.join(f'{name} {version(name)}' for name in peers)}.",
        f"Texts: {texts.name}, {len(texts.sentences):,} sentences,"
        f" {sum(map(len, texts.sentences)):,} characters; as documents {len(texts.documents):,}.",
        "All contenders take turns; numbers are the median with the smallest and the largest,"
        " ratios are taken turn by turn, and what is measured is processor time.",
        f"The machine has {os.cpu_count()} cores; their load before the start was {load:.1f}:"
        " it was busy with other work, so read the ratios.",
        "",
    ]


def _sentences(found: dict[str, Timed], count: int) -> list[str]:
    token, vader, blob, *_ = found.values()
    return [
        "## Sentences",
        "",
        *table(
            ["", "sentences per second", "times vaderSentiment", "times TextBlob", "times `re`"],
            *(
                [
                    name,
                    spread([count / turn for turn in one.turns], ",.0f"),
                    ratios(one, vader),
                    ratios(one, blob),
                    ratios(one, token),
                ]
                for name, one in found.items()
            ),
        ),
        "The first call of a process has met no token yet and pays for each when it first meets"
        " it; the other rows have met all of these texts before. Importing is not counted.",
        "",
    ]


def _documents(found: dict[str, Timed], count: int) -> list[str]:
    lint = next(iter(found.values()))
    return [
        "## Whole documents",
        "",
        *table(
            ["", "sentences per second", "times proselint"],
            *(
                [
                    name,
                    spread([count / turn for turn in one.turns], ",.0f"),
                    ratios(one, lint),
                ]
                for name, one in found.items()
            ),
        ),
    ]


def _processes(found: dict[str, Timed]) -> list[str]:
    bare = next(iter(found.values()))
    return [
        "## Start",
        "",
        *table(
            [f"{PROCESSES} starts of a process", "milliseconds", "times as long"],
            *(
                [name, spread([turn * 1000 for turn in one.turns], ".1f"), ratios(bare, one)]
                for name, one in found.items()
            ),
        ),
    ]


def _growth(sentences: list[str], path: Path) -> list[str]:
    return [
        "## Growth",
        "",
        *growth.corpora(sentences),
        "A call costs something by itself, however few its sentences are: send many at a time.",
        "",
        *growth.documents(sentences),
        "`analyze_all` judges documents together, so their length does not tell.",
        "",
        *growth.lexicons(sentences),
        "The added phrases are looked up and never found.",
        "",
        *growth.extractors(sentences),
        *growth.memory(str(path)),
    ]
