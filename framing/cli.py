"""The command ``framing``: arguments in, a report out, an exit code.

A subcommand is a module of :mod:`framing.commands` and is imported when it is typed: ``framing
check`` is called on every save and every commit and must start at once.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace

from framing import __version__
from framing.commands import CLEAN, FAILED, FOUND, complain
from framing.errors import FramingError
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["CLEAN", "COMMANDS", "FAILED", "FOUND", "Command", "main"]

_INTERRUPTED, _PIPE_CLOSED = 130, 141


class Command(NamedTuple):
    """A subcommand.

    Attributes
    ----------
    name : str
        What is typed after ``framing``.
    summary : str
        One line for ``framing --help``.
    """

    name: str
    summary: str

    def module(self) -> Any:
        """Import its module: ``add_arguments(parser)``, and ``run(arguments)`` → exit code."""
        return import_module(f"framing.commands.{self.name.replace('-', '_')}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments after the command's name; by default those of the process.

    Returns
    -------
    int
        The exit code.

    Examples
    --------
    >>> main(["check", "no-such-draft.txt"])
    2
    """
    if argv is None:
        # This process is the command's own. What it makes in a short life is hardly ever garbage
        # in cycles: looking for some, now and at exit, took an eighth of a check.
        gc.set_threshold(100_000)
        left = main(sys.argv[1:])
        if atexit._ncallbacks():
            atexit.register(gc.freeze)
        else:  # nobody has anything left to do
            atexit.register(_leave, left)
        return left
    _make_printable()
    arguments = _parse(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except FramingError as error:
        complain(error)
        return FAILED
    except KeyboardInterrupt as stop:
        if stop.args:
            complain(stop)
        return _INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return _PIPE_CLOSED  # whoever read this has seen enough
    except OSError as error:
        _drop_output()
        complain(error)
        return FAILED


def _parse(given: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; of the subcommands only the one that was typed is imported."""
    for command in COMMANDS:
        if given and given[0] == command.name:
            module = command.module()
            plain = _Plain()
            module.add_arguments(plain)
            arguments: argparse.Namespace | None = plain.read(given[1:])
            if arguments is None:
                parser = _parser(f"framing {command.name}", command.summary)
                module.add_arguments(parser)
                arguments = parser.parse_args(given[1:])
            arguments.run = module.run
            return arguments
    parser = _parser(
        "framing",
        "Tell the sentences of a news article that report from those in which the"
        " writer comments, and show why.",
    )
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.summary)
    parser.parse_args(given)
    parser.error("begin with the command")


def _parser(prog: str, description: str) -> argparse.ArgumentParser:
    """Return what reads a line, and complains or helps."""
    import argparse

    parser = argparse.ArgumentParser(
        prog=prog,
        description=description,
        allow_abbrev=False,
        # argparse asks for the terminal's width at every start, by shutil.
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=80),
    )
    parser.register("action", "switch", argparse.BooleanOptionalAction)
    return parser


class _Plain:
    """Stands in for argparse where paths alone are given: argparse takes as long as a page does.

    It is told of the same arguments, and learns what they are when nobody gives them.
    """

    epilog = ""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._positional: list[tuple[str, Any]] = []
        self._simple = True

    def add_argument(self, *names: str, **about: Any) -> None:
        """Learn what an argument is by default."""
        name = next((one for one in names if one.startswith("--")), names[0])
        dest = name.lstrip("-").replace("-", "_")
        if name == dest:
            self._positional.append((dest, about.get("nargs")))
        flag = about.get("action") == "store_true"
        default = self._values[dest] = about.get("default", False if flag else None)
        read = name == dest or isinstance(default, str)
        if about.keys() & {"dest", "required"} or (read and about.keys() & {"type", "choices"}):
            self._simple = False

    def set_defaults(self, **values: Any) -> None:
        """Learn what is no argument."""
        self._values.update(values)

    def read(self, given: Sequence[str]) -> Any:
        """Return what argparse makes of paths; None if it has to be asked."""
        if not self._simple or not given or any(one.startswith("-") for one in given):
            return None
        if [nargs for _, nargs in self._positional] != ["+"]:
            return None
        return SimpleNamespace(**self._values | {self._positional[0][0]: list(given)})


def _leave(code: int) -> None:
    """End the process; to take apart all that it holds would take as long as to judge a page."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _make_printable() -> None:
    """Let the standard streams show as an escape what their encoding does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Give Python something to flush at exit when standard output takes nothing any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


#: Every subcommand; a new one is a row here and a module in ``framing.commands``.
COMMANDS: tuple[Command, ...] = (
    Command("check", "list the editorial sentences of drafts"),
    Command("watch", "check drafts whenever they are saved"),
    Command("lsp", "serve findings to an editor"),
    Command("explain-rule", "say what a rule is about, with examples"),
    Command("suppressions", "list what editors let stand, and why"),
    Command("config", "show the settings that hold, and where each comes from"),
    Command("explain", "show every sentence with its evidence"),
    Command("report", "write a page about drafts, to hand on"),
    Command("profile", "show drafts as a whole: comment, devices, sources"),
    Command("claims", "list who says what in drafts"),
    Command("compare", "show what differs between two texts"),
    Command("serve", "mark a draft while you type, in the browser"),
    Command("score", "score a file of sentences"),
    Command("export", "write sentences as tasks for annotators"),
    Command("labels", "read what annotators have labelled"),
    Command("extractors", "list what finds evidence, or explain one"),
    Command("train", "make a model from labelled sentences"),
    Command("evaluate", "measure a model on labelled sentences"),
    Command("datasets", "list, fetch and verify public corpora"),
)
