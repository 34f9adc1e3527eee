"""``framing datasets``: list the public corpora, fetch one, check what was fetched."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "fetch", "verify"),
        default="list",
        help="list the corpora (default), download one, or hash again what was downloaded",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="corpora to fetch or verify")
    parser.add_argument("--data-home", type=Path, help="folder of the data sets")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="PATH",
        help="take the original file, or the folder of them, from this machine",
    )
    parser.add_argument(
        "--mirror", metavar="URL", help="server that has the originals under /host/path"
    )


def run(arguments: argparse.Namespace) -> int:
    """List, fetch or verify; return the exit code."""
    names: list[str] = arguments.names
    if arguments.action == "list":
        if names:
            raise ConfigError(f"framing datasets list takes no names, and there is {names[0]!r}")
        _list(arguments.data_home)
        return 0
    if arguments.action == "verify":
        return _verify(names, arguments.data_home)
    if not names:
        raise ConfigError("framing datasets fetch NAME: name a corpus; framing datasets lists them")
    if arguments.source and len(names) > 1:
        raise ConfigError("--from goes with one corpus at a time")
    for name in names:
        _fetch(name, arguments)
    return 0


def _list(home: Path | None) -> None:
    from framing.datasets.corpora import CORPORA
    from framing.datasets.fetching import status

    for one in status(home):
        corpus = CORPORA[one.name]
        print(f"{one.name}: {corpus.title}")
        print(f"    {corpus.size}; licence: {corpus.licence}")
        print(f"    here: {one.present}; {one.folder}")
    print("\nNothing is downloaded unless asked: framing datasets fetch NAME")


def _fetch(name: str, arguments: argparse.Namespace) -> None:
    from framing.datasets.fetching import fetch

    shown = sys.stderr.isatty()

    def progress(done: int, count: int, path: str) -> None:
        if shown:
            end = "\n" if done == count else ""
            print(f"\r{name}: {done} of {count} files{end}", end="", file=sys.stderr, flush=True)

    tables = fetch(
        name,
        arguments.data_home,
        source=arguments.source,
        mirror=arguments.mirror,
        progress=progress,
    )
    for table, frame in tables.items():
        print(f"{name}: {table}.tsv, {len(frame):,} sentences")


def _verify(names: list[str], home: Path | None) -> int:
    from framing.commands import FOUND
    from framing.datasets.fetching import status, verify

    chosen = names or [one.name for one in status(home) if one.present in ("yes", "in part")]
    if not chosen:
        print("nothing was fetched here; framing datasets lists what can be")
    wrong = 0
    for name in chosen:
        problems = verify(name, home)
        wrong += len(problems)
        print("\n".join(problems) if problems else f"{name}: as it was fetched")
    return FOUND if wrong else 0
