"""``framing config``: show the settings that hold for a draft, and where each comes from."""

from __future__ import annotations

import argparse
import os
import sys

from framing.commands import CLEAN
from framing.commands.policing import add_policy, given

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "path", nargs="?", default="", metavar="PATH", help="a draft or a folder; default: here"
    )
    add_policy(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the settings; return the exit code."""
    from framing.checking.run import Checker
    from framing.checking.settled import settled
    from framing.readers import open_document
    from framing.reports.settings import listing

    asked = given(arguments)
    path = arguments.path
    is_draft = bool(path) and not os.path.isdir(path)
    folder = os.path.dirname(path) if is_draft else path
    front_matter = {}
    if is_draft and os.path.exists(path):
        front_matter = dict(open_document(path).front_matter)
    name = path if is_draft else os.path.join(folder, "")
    config = Checker(asked).config(folder)
    sys.stdout.write(listing(settled(config, asked, name, front_matter), config.path, name))
    return CLEAN
