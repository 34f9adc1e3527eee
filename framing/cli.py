"""The command ``framing``: arguments in, a report out, an exit code.

A subcommand is a module of :mod:`framing.commands` and is imported when it is typed: ``framing
check`` is called on every save and every commit and must start at once.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from framing import __version__
from framing.commands import CLEAN, FAILED, FOUND, complain
from framing.errors import FramingError
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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
        atexit.register(gc.freeze)
        argv = sys.argv[1:]
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
            parser = argparse.ArgumentParser(
                prog=f"framing {command.name}",
                description=command.summary,
                allow_abbrev=False,
                formatter_class=_formatter,
            )
            parser.set_defaults(run=command.module().run)
            command.module().add_arguments(parser)
            return parser.parse_args(given[1:])
    parser = _parser()
    parser.parse_args(given)
    parser.error("begin with the command")


def _parser() -> argparse.ArgumentParser:
    """Return what reads a line that does not begin with a subcommand, and complains or helps."""
    parser = argparse.ArgumentParser(
        prog="framing",
        description="Tell the sentences of a news article that report from those in which the"
        " writer comments, and show why.",
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.summary)
    return parser


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Lay out help for 80 columns; argparse asks for the terminal's at every start, by shutil."""
    return argparse.HelpFormatter(prog, width=80)


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
