"""Measuring on a machine that does other things too: processor time, turns and ratios."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import NamedTuple


class Timed(NamedTuple):
    """Seconds of processor time, turn by turn."""

    name: str
    turns: list[float]


def clocked(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def process(*arguments: str) -> float:
    """Run Python with these arguments; return the processor time of the process."""
    # An installed package is compiled; a first run compiles it here.
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    start = _children()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=kept)
    return _children() - start


def said(program: str, *arguments: str) -> str:
    """Run a program in a process of its own; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def taking_turns(contenders: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, Timed]:
    """Let all run one after another, so many times: what disturbs one disturbs all."""
    found = {name: Timed(name, []) for name in contenders}
    for _ in range(repeats):
        for name, run in contenders.items():
            found[name].turns.append(run())
    return found


def spread(values: list[float], form: str) -> str:
    """Return the median, with the smallest and the largest."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def ratios(of: Timed, to: Timed, form: str = ".2f") -> str:
    """How often ``of`` is as fast as ``to``, turn by turn."""
    return spread([b / a for a, b in zip(of.turns, to.turns, strict=True)], form)


def table(*rows: list[str]) -> list[str]:
    """Return a Markdown table; the first row is its head."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return [head, "|" + "---|" * len(rows[0]), *body, ""]


def one_core() -> None:
    """Keep this process and its children on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
