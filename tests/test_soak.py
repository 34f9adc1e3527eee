"""``framing serve`` under a short load, counted and not timed: no error, nothing held for ever."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
sys.path.insert(0, str(Path(__file__).parent / "soak"))

from serve import Soak, served


@pytest.mark.skipif(os.name == "nt", reason="a process is ended in another way there")
def test_it_answers_everybody_beside_clients_that_hang() -> None:
    """Eight clients ask six times each, one sends slowly, eight never finish."""
    with served() as (port, _):
        soak = Soak(port, until=float("inf"), rounds=6)
        asyncio.run(soak.run(clients=8, unfinished=8, pause=0.0, piece=50_000))
    assert soak.wrong == []
    answered = {what: count for what, count in soak.statuses.items() if "slow" not in what}
    assert sum(answered.values()) == 48
    # What is sent slowly is refused as soon as it is too large.
    assert soak.statuses["slow 413"] + soak.statuses["slow cut"] == 6
