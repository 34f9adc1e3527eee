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
from framing.commands import CLEAN, complain
from framing.commands.policing import STDIN, add_drafts, add_policy, drafts, given
from framing.errors import ConfigError, FramingError, ReadError
from framing.reports import findings
from framing.reports.characters import visible

__all__ = ["add_arguments", "run"]

#: Of a file: when it was written, how long it is, which one it is; None if there is none.
Stamp = tuple[int, int, int] | None

_CONFIGURATIONS = ("framing.toml", "setup.cfg", "pyproject.toml")


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
        self._configured: dict[str, Stamp] = {}
        self._complaints: set[str] = set()
        self._checker = Checker(given(arguments))

    def look(self) -> int:
        """Check what has changed since the last look; return how many drafts are watched."""
        if self._reconfigured():
            self._checker = Checker(given(self._arguments))
            self._stamps = {}
        found = list(self._drafts())
        stamps = {one.path: (_stamp(one.path), _stamp(one.path + SIDECAR)) for one in found}
        changed = [one for one in found if self._stamps.get(one.path) != stamps[one.path]]
        for path in self._stamps.keys() - stamps.keys():
            _say(f"{path}: gone")
        self._stamps = stamps
        if changed:
            self._check(changed)
        return len(found)

    def _reconfigured(self) -> bool:
        """Tell whether a configuration file has changed since the last look."""
        paths: list[str] = self._arguments.paths
        files = {
            os.path.join(above, name)
            for folder in {_folder(path) for path in (*paths, *self._stamps)}
            for above in _upwards(folder)
            for name in _CONFIGURATIONS
        }
        if self._arguments.config:
            files.add(self._arguments.config)
        known, self._configured = self._configured, {path: _stamp(path) for path in files}
        return any(known.get(path, stamp) != stamp for path, stamp in self._configured.items())

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
            elif fresh:
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


def _stamp(path: str) -> Stamp:
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size, about.st_ino


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those above it."""
    folder = os.path.abspath(folder)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above
