"""``framing explain-rule``: say what a rule is about."""

from __future__ import annotations

import argparse
import sys

from framing.commands import CLEAN
from framing.errors import ConfigError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="a rule; without it all are listed")


def run(arguments: argparse.Namespace) -> int:
    """Print the rule's page; return the exit code."""
    from framing.checking.pages import page
    from framing.checking.rules import RULES

    if arguments.code is None:
        for rule in RULES:
            print(f"{rule.code}  {rule.name:26}  {rule.summary}")
        return CLEAN
    wanted = arguments.code
    for rule in RULES:
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            sys.stdout.write(page(rule.code))
            return CLEAN
    codes = ", ".join(rule.code for rule in RULES)
    raise ConfigError(f"no rule {wanted!r}; there are {codes}")
