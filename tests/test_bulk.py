"""Files of sentences in, the same files with probabilities out."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from stand_in_model import stand_in

import framing
from framing import bulk, tables
from framing.bulk import Scored, score_file
from framing.cli import main
from framing.errors import DataError, FramingError, MissingExtraError, ReadError

TEXTS = [
    "The council voted 7 to 2, “on Monday”.",
    "A new pier is much needed.",
    "東京 👍🏽, a disgraceful plan?\tYes.",
]
MODEL = stand_in(-0.25)
PROBABILITIES = framing.score(TEXTS, model=MODEL).tolist()
LABELS = ["reporting", "editorial", "editorial"]
ROWS: list[dict[str, Any]] = [
    {"id": f"00{number}", "text": text, "note": note}
    for number, (text, note) in enumerate(zip(TEXTS, ["a,b", 'say "no"\nnow', ""], strict=True))
]


def put(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write rows by other means than those under test."""
    if path.suffix == ".txt":
        path.write_text("".join(f"{row['text']}\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    else:
        parquet = pytest.importorskip("pyarrow.parquet")
        import pyarrow as pa

        parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


def get(path: Path) -> list[dict[str, Any]]:
    """Read rows by other means than those under test."""
    if path.suffix == ".txt":
        lines = path.read_text("utf-8").splitlines()
        return [
            dict(zip(["probability", "label", "text"], line.split("\t", 2), strict=True))
            for line in lines
        ]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    import pyarrow.parquet as parquet

    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows


@pytest.mark.parametrize("chunk", [1, 2, 100])
@pytest.mark.parametrize("target", [".txt", ".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("source", [".txt", ".csv", ".jsonl", ".parquet"])
def test_every_format_to_every_format(tmp_path: Path, source: str, target: str, chunk: int) -> None:
    only_text = ".txt" in (source, target)
    rows = [{"text": row["text"]} for row in ROWS] if only_text else ROWS
    given = put(tmp_path / f"in{source}", rows)
    wanted = tmp_path / f"out{target}"
    assert score_file(given, wanted, model=MODEL, chunk=chunk) == Scored(3, 2, 0)
    found = get(wanted)
    assert [float(row.pop("probability")) for row in found] == PROBABILITIES
    assert [row.pop("label") for row in found] == LABELS
    assert found == rows
    assert {path.name for path in tmp_path.iterdir()} == {given.name, wanted.name}


def test_types_come_through_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    table = pa.table(
        {
            "text": pa.array(["It rained.", None], pa.large_string()),
            "when": pa.array([1, None], pa.timestamp("ns", "UTC")),
            "tags": pa.array([["a"], []], pa.list_(pa.string())),
            "kind": pa.array(["x", "y"]).dictionary_encode(),
        }
    )
    parquet.write_table(table, tmp_path / "in.parquet")
    score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", model=MODEL, chunk=1)
    found = parquet.read_table(tmp_path / "out.parquet")
    assert found.column_names == [*table.column_names, "probability", "label"]
    for name in table.column_names:
        assert found[name].to_pylist() == table[name].to_pylist()
    assert found.schema.field("when").type == pa.timestamp("ns", "UTC")
    assert found["label"].to_pylist() == ["reporting", None]


def test_values_come_through_json(tmp_path: Path) -> None:
    row = {"text": "It rained.", "n": 1, "x": 0.1, "deep": {"a": [None, True]}, "half": "\ud800"}
    put(tmp_path / "in.jsonl", [row])
    score_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl", model=MODEL)
    found = get(tmp_path / "out.jsonl")[0]
    assert {name: found[name] for name in row} == row
    score_file(tmp_path / "in.jsonl", tmp_path / "out.csv", model=MODEL)
    assert get(tmp_path / "out.csv")[0]["deep"] == '{"a": [null, true]}'


def test_rows_without_text_stay_blank(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("It rained.\n\n \nIt snowed.")
    assert score_file(tmp_path / "in.txt", tmp_path / "out.txt", model=MODEL) == Scored(2, 0, 2)
    lines = (tmp_path / "out.txt").read_text().splitlines()
    assert lines[1:3] == ["\t\t", "\t\t "]


def test_a_missing_key_is_a_missing_text(tmp_path: Path) -> None:
    put(tmp_path / "in.jsonl", [{"text": "It rained."}, {"other": 1}])
    score_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl", model=MODEL)
    assert get(tmp_path / "out.jsonl")[1] == {"other": 1, "probability": None, "label": None}


def test_excel_and_windows_files(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"\xef\xbb\xbftext,n\r\nIt rained.,1\r\n\r\n")
    score_file(tmp_path / "in.csv", tmp_path / "out.csv", model=MODEL)
    assert get(tmp_path / "out.csv")[0]["n"] == "1"
    (tmp_path / "in.txt").write_bytes("\ufeffIt rained.\r\nIt\u2028snowed.\r\n".encode())
    assert score_file(tmp_path / "in.txt", tmp_path / "out.jsonl", model=MODEL).sentences == 2
    assert [row["text"] for row in get(tmp_path / "out.jsonl")] == ["It rained.", "It\u2028snowed."]


def test_a_column_by_name_and_an_only_column(tmp_path: Path) -> None:
    put(tmp_path / "in.csv", [{"text": "x", "satz": "A pier is much needed."}])
    counts = score_file(tmp_path / "in.csv", tmp_path / "o.csv", text_column="satz", model=MODEL)
    assert counts.editorial == 1
    put(tmp_path / "one.csv", [{"satz": "A pier is much needed."}])
    assert score_file(tmp_path / "one.csv", tmp_path / "o.csv", model=MODEL).editorial == 1


def test_taken_names_need_a_prefix(tmp_path: Path) -> None:
    source = put(tmp_path / "in.csv", [{"text": "It rained.", "label": "gold"}])
    with pytest.raises(DataError, match=r"has a column 'label' already; .*--prefix framing_"):
        score_file(source, tmp_path / "out.csv", model=MODEL)
    score_file(source, tmp_path / "out.csv", model=MODEL, prefix="framing_")
    row = get(tmp_path / "out.csv")[0]
    assert list(row) == ["text", "label", "framing_probability", "framing_label"]
    assert row["label"] == "gold"


def test_the_threshold_moves_labels_alone(tmp_path: Path) -> None:
    source = put(tmp_path / "in.txt", ROWS)
    assert score_file(source, tmp_path / "o.txt", model=MODEL, threshold=0.0).editorial == 3
    assert [float(row["probability"]) for row in get(tmp_path / "o.txt")] == PROBABILITIES


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.xlsx", b"", r"in\.xlsx: unknown format; name it with one of \.txt, \.csv"),
        ("in.txt", b"", r"in\.txt: no sentences to score"),
        ("in.txt", b"\n\n", r"in\.txt: no sentences to score"),
        ("in.txt", b"ok\ncaf\xe9\n", r"in\.txt:2: byte 3 of the line is not UTF-8"),
        ("in.csv", b"", r"in\.csv: no sentences to score"),
        ("in.csv", b"text\n", r"in\.csv: no sentences to score"),
        ("in.csv", b"a,b\nx,y\n", r"no column 'text'; .*--text-column, one of 'a', 'b'"),
        ("in.csv", b"a,a\nx,y\n", r"in\.csv:1: two columns are called 'a'"),
        ("in.csv", b"text,b\nx,y\nIt rained, then snowed,y\n", r"in\.csv:3: 3 cells under 2"),
        ("in.csv", b'text\n"open\nand on', r"in\.csv:3: malformed CSV"),
        ("in.jsonl", b'{"text": "a"}\n\n{"text": \n', r"in\.jsonl:3: not JSON"),
        ("in.jsonl", b'["a"]\n', r"in\.jsonl:1: write one JSON object per line"),
        ("in.jsonl", b'{"text": "a"}\n{"text": 7}\n', r"in\.jsonl:2: 'text' is int, not text: 7"),
        ("in.parquet", b"PAR", r"in\.parquet: not a Parquet file"),
    ],
)
def test_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FramingError, match=message):
        score_file(tmp_path / name, tmp_path / "out.jsonl", model=MODEL)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("suffix", tables.FORMATS)
def test_a_missing_source_is_named(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ReadError, match=rf"none\{suffix}: cannot read: No such file"):
        score_file(tmp_path / f"none{suffix}", tmp_path / "out.csv", model=MODEL)


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "in.csv").mkdir()
    with pytest.raises(ReadError, match=r"in\.csv: cannot read: Is a directory"):
        score_file(tmp_path / "in.csv", tmp_path / "out.csv", model=MODEL)


def test_the_source_is_never_written_over(tmp_path: Path) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    with pytest.raises(DataError, match="is the source itself"):
        score_file(source, tmp_path / "." / "in.csv", model=MODEL)


def test_columns_that_do_not_fit_a_line_of_text(tmp_path: Path) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    with pytest.raises(DataError, match=r"holds no columns but the text.*id, text, note"):
        score_file(source, tmp_path / "out.txt", model=MODEL)


def test_columns_that_appear_late(tmp_path: Path) -> None:
    source = put(tmp_path / "in.jsonl", [{"text": "a"}, {"text": "b", "late": 1}])
    with pytest.raises(DataError, match=r"in\.jsonl:2: the column 'late' was not there"):
        score_file(source, tmp_path / "out.csv", model=MODEL, chunk=1)
    with pytest.raises(DataError, match=r"in\.jsonl:2: from here on a column does not fit"):
        score_file(source, tmp_path / "out.parquet", model=MODEL, chunk=1)
    score_file(source, tmp_path / "out.csv", model=MODEL)
    assert [row["late"] for row in get(tmp_path / "out.csv")] == ["", "1"]


def test_a_column_without_values_yet(tmp_path: Path) -> None:
    source = put(tmp_path / "in.jsonl", [{"text": "a", "n": None}, {"text": "b", "n": "x"}])
    score_file(source, tmp_path / "out.parquet", model=MODEL, chunk=1)
    assert [row["n"] for row in get(tmp_path / "out.parquet")] == [None, "x"]


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    source = put(tmp_path / "in.txt", ROWS)
    with pytest.raises(MissingExtraError, match=r"pip install 'framing\[parquet\]'"):
        score_file(source, tmp_path / "out.parquet", model=MODEL)


def test_progress(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    score_file(source, tmp_path / "out.csv", model=MODEL, progress=True, chunk=1)
    assert "B/s" in capfd.readouterr().err


def test_the_default_model(tmp_path: Path) -> None:
    source = put(tmp_path / "in.txt", ROWS)
    bulk.score_file(source, tmp_path / "out.csv")
    found = [float(row["probability"]) for row in get(tmp_path / "out.csv")]
    assert found == framing.score(TEXTS).tolist()


# The command


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(tmp_path / "in.csv", [*ROWS, {"id": "x", "text": "", "note": ""}])
    (tmp_path / "model.json").write_text(MODEL.to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"')
    target = tmp_path / "out.jsonl"
    assert main(["score", str(source), "-o", str(target), "--prefix", "p_", "--jobs", "2"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "scored 3 sentences; 2 editorial; left 1 row without text blank\n"
    assert [row["p_label"] for row in get(target)] == [*LABELS, None]
    assert main(["score", str(source), "-o", str(target), "--threshold", "0"]) == 0
    assert "3 editorial" in capsys.readouterr().err


def test_command_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    target = str(tmp_path / "out.csv")
    assert main(["score", str(source), "-o", target, "--jobs", "0"]) == 2
    assert main(["score", str(source), "-o", target, "--text-column", "satz"]) == 2
    with pytest.raises(SystemExit):
        main(["score", str(source)])
    errors = capsys.readouterr().err
    assert "--jobs is a number of processes" in errors
    assert "no column 'satz'" in errors


# Compressed files


@pytest.mark.parametrize("suffix", tables.COMPRESSIONS)
@pytest.mark.parametrize("kind", [".txt", ".csv", ".jsonl"])
def test_compressed_in_and_out(tmp_path: Path, kind: str, suffix: str) -> None:
    opened: Any = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}[suffix]
    plain = put(tmp_path / f"in{kind}", ROWS)
    packed = tmp_path / f"in{kind}{suffix}"
    with opened(packed, "wb") as file:
        file.write(plain.read_bytes())
    score_file(packed, tmp_path / f"out{kind}{suffix}", model=MODEL)
    score_file(plain, tmp_path / f"out{kind}", model=MODEL)
    with opened(tmp_path / f"out{kind}{suffix}", "rb") as file:
        assert file.read() == (tmp_path / f"out{kind}").read_bytes()


@pytest.mark.parametrize("suffix", tables.COMPRESSIONS)
def test_a_damaged_file_is_told(tmp_path: Path, suffix: str) -> None:
    pack: Any = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}[suffix]
    whole = pack(b"It rained.\n" * 50)
    for name, content in {"cut": whole[:-9], "other": b"It rained.\n"}.items():
        source = tmp_path / f"{name}.txt{suffix}"
        source.write_bytes(content)
        with pytest.raises(ReadError, match=rf"{name}\.txt\{suffix}"):
            score_file(source, tmp_path / "out.csv", model=MODEL)
    assert not (tmp_path / "out.csv").exists()


def test_parquet_is_not_compressed_again(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Parquet is compressed inside"):
        tables.format_of("in.parquet.gz")


# Rows that cannot be read


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("in.jsonl", b'{"text": "It rained."}\n{"text": \n{"text": "It snowed."}\n', "not JSON"),
        ("in.jsonl", b'{"text": "It rained."}\n{"text": 7}\n{"text": "It snowed."}\n', "is int"),
        ("in.csv", b"id,text\n1,It rained.\n2,a,b\n3,It snowed.\n", "3 cells under 2 columns"),
        ("in.csv", b"text\nIt rained.\ncaf\xe9\nIt snowed.\n", "is not UTF-8"),
        ("in.txt", b"It rained.\ncaf\xe9\nIt snowed.\n", "is not UTF-8"),
    ],
)
@pytest.mark.parametrize("chunk", [1, 10])
def test_one_bad_row_costs_one_row(
    tmp_path: Path, name: str, content: bytes, fault: str, chunk: int
) -> None:
    (tmp_path / name).write_bytes(content)
    target = tmp_path / "out.jsonl"
    counts = score_file(tmp_path / name, target, model=MODEL, keep_faults=True, chunk=chunk)
    assert counts[:4] == (2, 0, 0, 1)
    rows = get(target)
    assert [row["label"] for row in rows] == ["reporting", None, "reporting"]
    assert [fault in (row["error"] or "") for row in rows] == [False, True, False]


# Runs that were killed


def test_a_killed_run_goes_on_without_loss_or_repeats(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    lines = [f"The council met {number} times, a shameful record." for number in range(6_000)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "model.json").write_text(MODEL.to_json(), encoding="utf-8")
    target, journal = tmp_path / "out.csv", tmp_path / ".out.csv.scores"
    code = (
        "from framing.bulk import score_file\n"
        "from framing.model import load_model\n"
        "score_file('in.txt', 'out.csv', model=load_model('model.json'), chunk=50)\n"
    )
    killed = 0
    while not target.exists():
        process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
        before = journal.stat().st_size if journal.exists() else 0
        # The first runs are killed as soon as they have gone on a little.
        while process.poll() is None and killed < 3:
            if journal.exists() and journal.stat().st_size > before + 2_000:
                process.send_signal(signal.SIGKILL)
                killed += 1
                break
        process.wait()
    assert killed == 3
    assert not journal.exists()
    score_file(source, tmp_path / "whole.csv", model=MODEL)
    assert target.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_what_an_earlier_run_scored_is_not_scored_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    scored: list[int] = []

    def until_the_third(texts: list[str], **options: Any) -> Any:
        if len(scored) == 2:
            raise KeyboardInterrupt
        scored.append(len(texts))
        return framing.score(texts, **options)

    monkeypatch.setattr(bulk, "score", until_the_third)
    with pytest.raises(KeyboardInterrupt):
        score_file(source, tmp_path / "out.csv", model=MODEL, chunk=1)
    monkeypatch.undo()
    counts = score_file(source, tmp_path / "out.csv", model=MODEL)
    assert (counts.sentences, counts.resumed) == (3, 2)
    assert [row["label"] for row in get(tmp_path / "out.csv")] == LABELS
    # Another source, model or column starts anew.
    assert score_file(source, tmp_path / "out.csv", model=MODEL).resumed == 0


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_processes_change_nothing(tmp_path: Path, n_jobs: int) -> None:
    rows = [{"id": str(n), "text": f"{n} times a shameful plan."} for n in range(200)]
    source = put(tmp_path / "in.csv", rows)
    score_file(source, tmp_path / f"{n_jobs}.csv", model=MODEL, n_jobs=n_jobs, chunk=7)
    found = [float(row["probability"]) for row in get(tmp_path / f"{n_jobs}.csv")]
    assert found == framing.score([row["text"] for row in rows], model=MODEL).tolist()


def test_a_line_that_expands_beyond_all_measure(tmp_path: Path) -> None:
    """A few kB, compressed, may hold a line as long as memory."""
    import gzip

    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(52):
            file.write(b" " * 1_000_000)
    with pytest.raises(DataError, match=r"bomb\.jsonl\.gz:1: a line of more than 50 MB"):
        list(tables.read(path, 10))
