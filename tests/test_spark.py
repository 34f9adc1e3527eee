"""A real Spark of several executor processes gives the same numbers, and loses nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stand_in_model import stand_in

import framing
from framing.errors import DataError, MissingExtraError

pytest.importorskip("pyspark", reason='pip install -e ".[spark]" brings Spark')
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

from framing import spark as on_spark

pytestmark = [
    pytest.mark.slow,
    # Of Spark and pandas between themselves.
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning"),
]
MODEL = stand_in(-0.25)
TEXTS = [f"The council voted {n} to 2 on a shameful plan, “a farce”." for n in range(400)]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_WORKER_DIR", str(folder / "work"))
        patch.chdir(folder)
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", str(folder))
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.fixture
def frame(session: Any) -> Any:
    rows = [(n, text) for n, text in enumerate([*TEXTS, None, " "])]
    return session.createDataFrame(rows, ["id", "text"]).repartition(8)


def executors() -> list[int]:
    """Process numbers of the executors that run on this machine."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:  # it has ended
            continue
        if b"CoarseGrainedExecutorBackend" in command:
            found.append(int(folder.name))
    return found


def test_the_same_numbers_as_here(frame: Any) -> None:
    rows = sorted(on_spark.score(frame, model=MODEL).collect(), key=lambda row: row.id)
    expected = framing.score(TEXTS, model=MODEL).tolist()
    assert [row.probability for row in rows] == [*expected, None, None]
    assert {row.label for row in rows} <= {"editorial", "reporting", None}
    assert [row.text for row in rows] == [*TEXTS, None, " "]


def test_the_shipped_model(session: Any) -> None:
    frame = session.createDataFrame([(TEXTS[0],)], ["text"])
    [row] = on_spark.score(frame, prefix="f_").collect()
    assert row.f_probability == framing.score(TEXTS[:1])[0]


def test_verdicts_of_articles(frame: Any) -> None:
    rows = sorted(on_spark.analyze(frame, model=MODEL).collect(), key=lambda row: row.id)
    assert rows[-2].verdicts is None
    for row in rows[:5]:
        expected = framing.analyze(row.text, model=MODEL)
        assert row.error is None
        assert [one.score for one in row.verdicts] == [one.score for one in expected]
        words = [part.words for part in row.verdicts[0].contributions]
        text = expected[0].sentence.text
        assert words == [
            [text[mark.start : mark.end] for mark in part.evidence]
            for part in expected[0].contributions
        ]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds executors in /proc")
def test_a_killed_executor_loses_nothing(session: Any) -> None:
    before = set(executors())
    assert len(before) >= 2
    rows = [(n, text) for n, text in enumerate(TEXTS * 50)]
    frame = session.createDataFrame(rows, ["id", "text"]).repartition(40)
    killed = threading.Event()
    status = session.sparkContext.statusTracker()

    def kill_one_at_work() -> None:
        while not killed.is_set():
            for stage in status.getActiveStageIds():
                info = status.getStageInfo(stage)
                if info and info.numTasks == 40 and info.numCompletedTasks > 2:
                    os.kill(max(before), signal.SIGKILL)
                    killed.set()
                    return

    killer = threading.Thread(target=kill_one_at_work, daemon=True)
    killer.start()
    found = {row.id: row.probability for row in on_spark.score(frame, model=MODEL).collect()}
    assert killed.is_set(), "the job was over before an executor could be killed"
    assert max(before) not in executors()
    assert found == dict(enumerate(framing.score(TEXTS * 50, model=MODEL).tolist()))


@pytest.mark.parametrize("kind", [".csv", ".jsonl", ".parquet", ".txt"])
def test_files(session: Any, frame: Any, tmp_path: Path, kind: str) -> None:
    source, target = tmp_path / f"in{kind}", tmp_path / f"out{kind}"
    if kind == ".txt":
        source.write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    elif kind == ".csv":
        frame.write.csv(str(source), header=True, escape='"')
    elif kind == ".jsonl":
        frame.write.json(str(source))
    else:
        frame.write.parquet(str(source))
    on_spark.score_file(source, target, model=MODEL, session=session)
    reader = session.read
    if kind == ".parquet":
        rows = reader.parquet(str(target)).collect()
    elif kind == ".csv":
        rows = reader.csv(str(target), header=True, escape='"').collect()
    elif kind == ".jsonl":
        rows = reader.json(str(target)).collect()
    else:
        lines = reader.text(str(target)).collect()
        rows = [
            dict(zip(["probability", "label", "text"], one.value.split("\t"), strict=True))
            for one in lines
        ]
    found = {row["text"]: float(row["probability"]) for row in rows if row["probability"]}
    assert found == dict(zip(TEXTS, framing.score(TEXTS, model=MODEL).tolist(), strict=True))
    with pytest.raises(DataError, match="exists"):
        on_spark.score_file(source, target, model=MODEL, session=session)


def test_refused(session: Any, frame: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no column 'satz'"):
        on_spark.score(frame, "satz", model=MODEL)
    with pytest.raises(DataError, match="'id' is bigint, not string"):
        on_spark.score(frame, "id", model=MODEL)
    scored = on_spark.score(frame, model=MODEL)
    with pytest.raises(DataError, match="a column 'probability' already"):
        on_spark.score(scored, model=MODEL)
    with pytest.raises(DataError, match="could not score it"):
        on_spark.score_file(tmp_path / "none.csv", tmp_path / "out.csv", session=session)


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'framing\[spark\]'"):
        on_spark.score_file(tmp_path / "in.csv", tmp_path / "out.csv")
