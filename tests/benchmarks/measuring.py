"""Measuring on a machine that does other things too: processor time, turns and ratios."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import monotonic, process_time
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
    """Let all run one after another, so many times: what disturbs one disturbs all.

    What one has left behind is thrown away before the next one's clock starts; what it throws away
    itself is its own time.
    """
    found = {name: Timed(name, []) for name in contenders}
    for _ in range(repeats):
        for name, run in contenders.items():
            gc.collect()
            found[name].turns.append(run())
    return found


class Turn(NamedTuple):
    """What something took of a machine that does other things too.

    Attributes
    ----------
    wall : float
        Seconds by the clock.
    used : float
        Seconds of processor time, of this process and all that it started.
    others : float
        Cores that others kept busy meanwhile.
    """

    wall: float
    used: float
    others: float


def turn(work: Callable[[], object]) -> Turn:
    """Do something, and say what it took; Linux only."""
    started, used, busy = monotonic(), _used(os.getpid()), _busy()
    work()
    wall = monotonic() - started
    used = _used(os.getpid()) - used
    return Turn(wall, used, max((_busy() - busy - used) / wall, 0.0))


def _used(root: int) -> float:
    """Return the processor time of a process and all below it, in seconds."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        number = int(path.parent.name)
        parents[number], ticks[number] = int(fields[1]), sum(map(int, fields[11:15]))
    found, below = 0, {root}
    while below:
        found += sum(ticks.get(one, 0) for one in below)
        below = {one for one, parent in parents.items() if parent in below}
    return found / os.sysconf("SC_CLK_TCK")


def _busy() -> float:
    """Return for how long the cores have been busy, in seconds."""
    first = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()
    user, nice, system, _, _, interrupts, soft, *_ = map(int, first[1:])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


def peak() -> float:
    """Return the most memory that this process has held, in MB; Linux only.

    ``resource`` would tell how large the process was from which this one was started, if that
    was larger.
    """
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def put(page: Path, lines: list[str]) -> None:
    """Write sections of a page (``## Title``) in place of those of the same title."""
    sections = _sections(page.read_text(encoding="utf-8") if page.exists() else "")
    sections.update(_sections("\n".join(lines)))
    text = "\n\n".join(section.strip() for section in sections.values() if section.strip())
    page.write_text(text + "\n", encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    """Return the sections of a page by their first line; what stands before them under ""."""
    head, *rest = ("\n" + text).split("\n## ")
    found = {"": head} if head.strip() else {}
    found.update((one.partition("\n")[0], f"## {one}") for one in rest)
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
