"""``framing lsp``: serve findings to an editor."""

from __future__ import annotations

import argparse

from framing.commands import CLEAN
from framing.commands.policing import add_policy, given
from framing.errors import MissingExtraError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_policy(parser)
    parser.add_argument(
        "--delay",
        type=_seconds,
        default=0.3,
        metavar="SECONDS",
        help="check when nothing has been typed for so long (default: 0.3)",
    )
    # Some editors' clients add it unasked.
    parser.add_argument("--stdio", action="store_true", help="the only way there is")
    parser.epilog = "Speaks the Language Server Protocol; an editor starts it, not a person."


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 60:
        raise argparse.ArgumentTypeError(f"must be from 0 to 60 seconds, not {text!r}")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor says that it is enough."""
    try:
        from framing.lsp import make_server
    except ImportError as error:
        raise MissingExtraError(
            'framing lsp needs pygls; install it with: pip install "framing[lsp]"'
        ) from error
    make_server(given(arguments), arguments.delay).start_io()
    return CLEAN
