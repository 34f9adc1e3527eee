"""What most subcommands share: how a model is named, standard input, JSON on standard output."""

from __future__ import annotations

import sys

from framing import bounds
from framing.errors import ReadError
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["add_model", "probability", "read_stdin", "write_json"]


def read_stdin() -> bytes:
    """Return what standard input holds, of which there may be as much as of a draft."""
    return bounds.read_from(sys.stdin.buffer, "<stdin>", bounds.DRAFT, ReadError)


def probability(text: str) -> float:
    """Read a probability that was typed."""
    from framing.config import probability as read

    try:
        return read(text)
    except ValueError:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}") from None


def add_model(parser: argparse.ArgumentParser) -> None:
    """Declare which model judges, and from which probability."""
    parser.add_argument(
        "--model", metavar="MODEL", help="a shipped model's name or the path of a .json file"
    )
    parser.add_argument(
        "--threshold",
        type=probability,
        metavar="P",
        help="call a sentence editorial from this probability (default: the model's)",
    )


def write_json(report: str) -> None:
    """Write JSON to standard output."""
    # JSON is UTF-8 by its standard, whatever the locale says.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(report)
