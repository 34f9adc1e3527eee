"""``framing extractors``: list what finds evidence, or explain one."""

from __future__ import annotations

import argparse
import sys

from framing.commands import CLEAN

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="show this one's documentation, or that of a feature's extractor",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the list or a page; return the exit code."""
    from framing.config import find, lexicon_extractors
    from framing.errors import ExtractorError
    from framing.registry import installed, origins
    from framing.reports import extractors

    known = [(one, origins()[name]) for name, one in installed().items()]
    config = find("")
    for path, one in zip(config.lexicons, lexicon_extractors(config.lexicons), strict=True):
        known.append((one, str(path)))
    if arguments.name is None:
        sys.stdout.write(extractors.listing(known))
        return CLEAN
    for one, origin in known:
        # What an explanation shows is a feature: its family is the extractor's name.
        if one.name in (arguments.name, arguments.name.partition(".")[0]):
            sys.stdout.write(extractors.page(one, origin))
            return CLEAN
    names = ", ".join(one.name for one, _ in known)
    raise ExtractorError(f"no extractor {arguments.name!r}; there are {names}")
