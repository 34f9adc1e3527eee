"""The recipe for Dask in the documentation, run as it stands there, over processes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import framing

dask = pytest.importorskip("dask", reason='pip install "dask[dataframe]" brings Dask')
pytest.importorskip("dask.dataframe")

PAGE = Path(__file__).resolve().parents[1] / "docs" / "howto" / "scale.md"
TEXTS = [f"The council voted {n} to 2 on a shameful plan, “a farce”." for n in range(60)]


@pytest.mark.slow
def test_the_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## Dask")[2]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found
    monkeypatch.chdir(tmp_path)
    for number in range(2):
        with Path(f"sentences-{number}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text"])
            writer.writerows(enumerate([*TEXTS[number::2], " ", ""]))
    with dask.config.set(scheduler="processes", num_workers=2):
        exec(compile(found[1], str(PAGE), "exec"), {})
    for number in range(2):
        with Path(f"scored-{number}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        expected = framing.score(TEXTS[number::2]).tolist()
        assert [float(row["probability"]) for row in rows[:-2]] == expected
        assert [row["text"] for row in rows[:-2]] == TEXTS[number::2]
        assert {row["probability"] + row["label"] for row in rows[-2:]} == {""}
        assert {row["label"] for row in rows[:-2]} <= {"editorial", "reporting"}
