"""At size: ``pytest tests/benchmarks/test_size.py -s`` measures and writes docs/benchmarks.md.

Several processes, Spark and training, each on so many sentences that starting does not tell.
What others do on the machine meanwhile is measured too: a clock says something only of turns in
which the cores were ours, and processor time says how much work there was in any case.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from measuring import Turn, put, said, spread, table, turn
from varied import varied

import framing

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "datasets" / "ours" / "articles.tsv"
PAGE = ROOT / "docs" / "benchmarks.md"
HERE = str(Path(__file__).parent)

pytestmark = pytest.mark.skipif(not Path("/proc/stat").exists(), reason="reads /proc")

#: Sentences; a tenth will do on a busy machine.
MILLION = int(os.environ.get("FRAMING_BENCHMARK_ROWS", "1000000"))
PROCESSES = 3 * MILLION // 10
TURNS = 5
#: A turn in which others kept less of a core busy than this is a quiet one.
QUIET = 0.1
SPARK = ("local[1]", "local[2]", "local-cluster[1,1,1024]", "local-cluster[2,1,1024]")


def ours() -> list[dict[str, str]]:
    with OURS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def sentences(count: int) -> list[str]:
    return list(varied([row["text"] for row in ours()], count))


def about(rows: int) -> list[str]:
    return [
        f"{rows:,} sentences: those of our articles over and over, each time with other numbers"
        f" and names. Measured {date.today():%Y-%m}, Python {sys.version.split()[0]}, on a machine"
        f" of {os.cpu_count()} cores that did other work too; how much is told.",
        "",
    ]


def compared(name: str, pairs: list[tuple[Turn, Turn]]) -> list[str]:
    """A row: two processes against one, by the clock and by processor time."""
    quiet = [pair for pair in pairs if max(one.others for one in pair) < QUIET]
    shown = quiet if len(quiet) > 2 else pairs
    return [
        name,
        spread([one.wall for one, _ in shown], ".1f"),
        spread([two.wall for _, two in shown], ".1f"),
        spread([one.wall / two.wall for one, two in shown], ".2f"),
        spread([2 * one.used / two.used for one, two in pairs], ".2f"),
        f"{median(max(one.others for one in pair) for pair in shown):.1f}",
        f"{len(shown)} of {len(pairs)}" + (", quiet" if shown is quiet else ""),
    ]


def alternating(work: Callable[[int], object]) -> list[tuple[Turn, Turn]]:
    return [(turn(lambda: work(1)), turn(lambda: work(2))) for _ in range(TURNS)]


def test_processes(tmp_path: Path) -> None:
    texts = sentences(PROCESSES)
    source = tmp_path / "in.txt"
    source.write_text("\n".join(texts) + "\n", encoding="utf-8")

    def command(jobs: int) -> None:
        target = tmp_path / "out.csv"
        target.unlink(missing_ok=True)
        arguments = ["-m", "framing", "score", str(source), "-o", str(target), "-j", str(jobs)]
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    framing.score(texts, n_jobs=2)  # workers are kept from call to call
    rows = [
        compared(
            "`framing.score(n_jobs=2)`", alternating(lambda n: framing.score(texts, n_jobs=n))
        ),
        compared("`framing score -j 2`, with its start", alternating(command)),
    ]
    lines = [
        "## Two processes",
        "",
        *about(PROCESSES),
        *table(
            ["", "one, s", "two, s", "times as fast", "by work", "others, cores", "turns"],
            *rows,
        ),
        "*By work* is what processor time allows on two cores that are free: twice the time of one"
        " process over that of two and of the process that reads and writes.",
        "",
    ]
    print("\n".join(lines))
    put(PAGE, lines)


#: Scores a column with Spark, into nothing; prints what it took, what an empty pass takes, and
#: what the same rows take without Spark.
ON_SPARK = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
os.environ["PYSPARK_PYTHON"] = sys.executable
from measuring import turn
from pyspark.sql import SparkSession
import framing
from framing import spark
session = (
    SparkSession.builder.master(sys.argv[2])
    .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    .config("spark.local.dir", sys.argv[4])
    .getOrCreate()
)
session.sparkContext.setLogLevel("OFF")
frame = session.read.parquet(sys.argv[3])
def run(frame):
    frame.write.format("noop").mode("overwrite").save()
run(spark.score(frame.limit(1000)))
empty = turn(lambda: run(frame.mapInPandas(lambda batches: batches, frame.schema)))
scored = turn(lambda: run(spark.score(frame)))
print(json.dumps([empty, scored]))
session.stop()
"""

HERE_ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from measuring import turn
import pyarrow.parquet as pq
import framing
framing.score(["It rained."] * 1000)
def run():
    for batch in pq.ParquetFile(sys.argv[2]).iter_batches(10_000):
        framing.score(batch.column("text").to_pylist())
print(json.dumps(turn(run)))
"""


def test_spark(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "in.parquet"
    rows = pa.table({"text": sentences(MILLION)})
    pq.write_table(rows, path, row_group_size=MILLION // 16)
    alone = Turn(*json.loads(said(HERE_ALONE, HERE, str(path))))
    shown = [["`framing.score`, one process", *_took(alone, alone), "", ""]]
    for master in SPARK:
        empty, scored = (
            Turn(*one) for one in json.loads(said(ON_SPARK, HERE, master, str(path), str(tmp_path)))
        )
        shown.append(
            [
                f"`{master}`",
                *_took(scored, alone),
                f"{empty.used:.1f}",
                f"{(scored.used - alone.used) / MILLION * 1e6:.1f}",
            ]
        )
    lines = [
        "## Spark",
        "",
        *about(MILLION),
        "Read from Parquet, scored, written nowhere. *An empty pass* sends the same rows through"
        " Python and back, unscored; *overhead* is the processor time beyond `framing.score`, of"
        " Java and Python together.",
        "",
        *table(
            [
                "",
                "s",
                "times as fast",
                "processor time, s",
                "others, cores",
                "an empty pass, processor time, s",
                "overhead, microseconds per row",
            ],
            *shown,
        ),
    ]
    print("\n".join(lines))
    put(PAGE, lines)


def _took(one: Turn, alone: Turn) -> list[str]:
    # On a machine that was busy with other work a ratio of clocks would mislead.
    quiet = max(one.others, alone.others) < QUIET
    faster = f"{alone.wall / one.wall:.2f}" if quiet else "busy"
    return [f"{one.wall:.0f}", faster, f"{one.used:.1f}", f"{one.others:.1f}"]


#: Trains on varied sentences of our articles; tests on the articles left out.
TRAINED = """
import json, sys
sys.path.insert(0, sys.argv[1])
from itertools import islice
from measuring import peak, turn
import numpy as np
from sklearn.metrics import roc_auc_score
from test_size import ours
from varied import varied
from framing import EditorialClassifier
way, count, chunk = sys.argv[2], int(sys.argv[3]), 50_000
rows = [row for row in ours() if row["label"] in ("0", "1")]
articles = sorted({row["article_id"] for row in rows})
held = set(articles[::4])
learned = [row for row in rows if row["article_id"] not in held]
order = np.random.default_rng(0).permutation(len(learned))
learned = [learned[at] for at in order]
tested = [row for row in rows if row["article_id"] in held]
labels = np.resize([int(row["label"]) for row in learned], count)
texts = varied([row["text"] for row in learned], count)
# The penalty is on the sum over all sentences; many copies are to count like their originals.
settings = dict(C=0.002 * len(learned) / count, n_jobs=2, density=(10.0, 0.4))
model = EditorialClassifier(**settings)
def train():
    if way == "fit":
        model.fit_weights(list(texts), labels)
    for at in range(0, count if way == "partial_fit" else 0, chunk):
        model.partial_fit(list(islice(texts, chunk)), labels[at : at + chunk])
took = turn(train)
scores = model.decision_function([row["text"] for row in tested])
auc = roc_auc_score([int(row["label"]) for row in tested], scores)
print(json.dumps([took, auc, peak(), scores.tolist()]))
"""


def test_training() -> None:
    found = {}
    for way in ("fit", "partial_fit"):
        took, auc, peak, scores = json.loads(said(TRAINED, HERE, way, str(MILLION)))
        found[way] = Turn(*took), auc, peak, scores
    exact = found["fit"][-1]
    same = [
        sum((a > 0) == (b > 0) for a, b in zip(scores, exact, strict=True)) / len(exact)
        for *_, scores in found.values()
    ]
    lines = [
        "## Training",
        "",
        *about(MILLION),
        "Two processes read; a quarter of the articles is left out and tested on.",
        "",
        *table(
            [
                "",
                "s",
                "processor time, s",
                "others, cores",
                "peak memory of the process, MB",
                "AUC",
                "same label as `fit`",
            ],
            *(
                [
                    f"`{way}`" if way == "fit" else "`partial_fit`, 50,000 a chunk",
                    f"{took.wall:.0f}",
                    f"{took.used:.0f}",
                    f"{took.others:.1f}",
                    f"{peak:.0f}",
                    f"{auc:.4f}",
                    f"{share:.1%}",
                ]
                for (way, (took, auc, peak, _)), share in zip(found.items(), same, strict=True)
            ),
        ),
    ]
    print("\n".join(lines))
    put(PAGE, lines)
