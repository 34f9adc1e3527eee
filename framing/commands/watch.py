"""``framing watch``: check drafts whenever they are saved."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator

from framing.checking.run import Checker, Draft
from framing.checking.suppressions import SIDECAR
from framing.checking.tally import Tally
from framing.checking.watching import Configurations, Stamp, stamp
from framing.commands import CLEAN, complain, tell_dropped
from framing.commands.policing import STDIN, add_drafts, add_policy, drafts, given
from framing.errors import ConfigError, FramingError, ReadError
from framing.reports import findings
from framing.reports.characters import visible

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_drafts(parser, stdin=False)
    add_policy(parser)
    parser.add_argument(
        "--interval",
        type=_seconds,
        default=0.5,
        metavar="SECONDS",
        help="how often to look for changes (default: 0.5)",
    )
    parser.epilog = "Ends with Ctrl-C. Drafts that come later are found too."


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.01 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"must be from 0.01 to 3600 seconds, not {text!r}")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Check all drafts, then each again when it has changed, until interrupted."""
    if STDIN in arguments.paths:
        raise ConfigError("standard input does not change; name files or folders to watch")
    watch = _Watch(arguments)
    if not watch.look():
        raise ReadError(f"no drafts to watch in {', '.join(arguments.paths)}")
    try:
        while True:
            time.sleep(arguments.interval)
            try:
                watch.look()
            except FramingError as error:
                watch.complain(error)
    except KeyboardInterrupt:
        return CLEAN


class _Watch:
    """What is known of the drafts that are watched.

    Parameters
    ----------
    arguments : argparse.Namespace
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._stamps: dict[str, tuple[Stamp, Stamp]] = {}
        self._configurations = Configurations(arguments.config)
        self._complaints: set[str] = set()
        self._checker = Checker(given(arguments))

    def look(self) -> int:
        """Check what has changed since the last look; return how many drafts are watched."""
        folders = {_folder(path) for path in (*self._arguments.paths, *self._stamps)}
        if self._configurations.changed(folders):
            self._checker = Checker(given(self._arguments))
            self._stamps = {}
        found = list(self._drafts())
        stamps = {one.path: (stamp(one.path), stamp(one.path + SIDECAR)) for one in found}
        changed = [one for one in found if self._stamps.get(one.path) != stamps[one.path]]
        for path in self._stamps.keys() - stamps.keys():
            _say(f"{path}: gone")
        self._stamps = stamps
        if changed:
            self._check(changed)
        return len(found)

    def _drafts(self) -> Iterator[Draft]:
        for one in drafts(self._arguments, self._checker):
            if isinstance(one, ReadError):
                self.complain(one)
            elif os.path.exists(one.path):
                yield one
            elif one.path not in self._stamps:
                self.complain(ReadError(f"{one.path}: cannot read: No such file or directory"))

    def _check(self, changed: list[Draft]) -> None:
        self._complaints.clear()
        tally = Tally()
        show = findings.text if sys.stdout.isatty() else findings.concise
        for draft in changed:
            checked = self._checker.check(draft)
            fresh = tally.take(checked)
            if checked.error:
                complain(ReadError(checked.error))
            tell_dropped(checked.path, checked.dropped)
            if fresh:
                sys.stdout.write(show(fresh))
        sys.stdout.flush()
        name = f"{changed[0].path}: " if len(changed) == 1 else ""
        _say(name + findings.summary(tally.summary()))

    def complain(self, error: FramingError) -> None:
        """Say what is wrong once, not at every look."""
        if str(error) not in self._complaints:
            self._complaints.add(str(error))
            complain(error)


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {visible(what)}", file=sys.stderr, flush=True)


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)
