"""What the subcommands that check drafts share: the arguments that say by which rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from framing.checking.drafts import STDIN
from framing.commands.reading import add_model, probability, read_stdin
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from framing.analysis import Analysis
    from framing.checking.run import Checker, Draft, Given
    from framing.errors import ReadError

__all__ = [
    "STDIN",
    "add_drafts",
    "add_policy",
    "add_stdin_filename",
    "analyze",
    "draft",
    "drafts",
    "given",
]


def _codes(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def add_drafts(parser: argparse.ArgumentParser, stdin: bool = True) -> None:
    """Declare which drafts."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a draft, a folder of drafts, or - for standard input",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="PATTERN",
        help="leave out paths like this when folders are searched",
    )
    parser.add_argument(
        "--force-exclude",
        action="store_true",
        help="leave out excluded paths also when they are named themselves",
    )
    parser.set_defaults(stdin_filename=None)
    if stdin:
        add_stdin_filename(parser)


def add_stdin_filename(parser: argparse.ArgumentParser) -> None:
    """Declare what standard input is called."""
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="what standard input (-) is called: tells its format, and where its configuration"
        " is looked for",
    )


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Declare by which model and which rules."""
    add_model(parser)
    parser.add_argument(
        "--context",
        action="switch",
        help="judge each sentence in the light of the article's others (default: alone)",
    )
    parser.add_argument(
        "--on-plugin-error",
        choices=("stop", "drop"),
        help="when a plug-in fails: stop (default), or judge the draft without it and say so",
    )
    parser.add_argument(
        "--precision",
        type=probability,
        metavar="P",
        help="in place of a threshold: so large a share of the findings is to be true",
    )
    for name, what in [
        ("select", "rules that are on, by the beginnings of their codes (FR0,FR101)"),
        ("ignore", "rules that are off, and features that weigh nothing"),
        ("fail", "rules whose findings give exit code 1 (default: FR0)"),
    ]:
        parser.add_argument(f"--{name}", action="extend", type=_codes, metavar="CODES", help=what)
    parser.add_argument("--desk", metavar="NAME", help="news, analysis, opinion, or one of yours")
    parser.add_argument(
        "--require-reason",
        action="store_true",
        default=None,
        help="a suppression without a reason does not hold",
    )
    parser.add_argument("--config", metavar="FILE", help="in place of the nearest configuration")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")


def given(arguments: argparse.Namespace) -> Given:
    """Return what was declared by :func:`add_policy`.

    Raises
    ------
    ConfigError
        If what was typed contradicts itself or names no rule.
    """
    from framing.checking.run import Given
    from framing.config import Layer
    from framing.errors import ConfigError

    if arguments.threshold is not None and arguments.precision is not None:
        raise ConfigError("--threshold and --precision say the same thing in two ways; give one")
    if arguments.config and arguments.isolated:
        raise ConfigError("--config and --isolated contradict each other; give one")
    if arguments.select or arguments.ignore or arguments.fail:
        from framing.checking.rules import PREFIX, check_codes

        for name in ("select", "ignore", "fail"):
            codes = getattr(arguments, name) or ()
            # Features are checked when it is known which extractors the model has.
            rules = [one for one in codes if name == "fail" or one.startswith(PREFIX)]
            check_codes(rules, f"--{name}")
    layer = Layer(
        arguments.threshold,
        arguments.precision,
        _tuple(arguments.select),
        tuple(arguments.ignore or ()),
        _tuple(arguments.fail),
        arguments.require_reason,
        arguments.desk,
        arguments.context,
    )
    return Given(
        layer,
        arguments.model,
        arguments.config,
        arguments.isolated,
        arguments.on_plugin_error,
    )


def _tuple(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def drafts(arguments: argparse.Namespace, checker: Checker) -> Iterator[Draft | ReadError]:
    """Yield the drafts that :func:`add_drafts` declared, standard input read."""
    from framing.checking.drafts import find
    from framing.errors import ReadError

    found = find(arguments.paths, checker.config, arguments.exclude, arguments.force_exclude)
    for one in found:
        yield one if isinstance(one, ReadError) else draft(one, arguments.stdin_filename)


def draft(path: str, stdin_filename: str | None = None) -> Draft:
    """Return the draft at a path, standard input read."""
    from framing.checking.run import Draft

    return Draft(stdin_filename or "<stdin>", read_stdin()) if path == STDIN else Draft(path)


def analyze(checker: Checker, one: Draft) -> tuple[Analysis, str]:
    """Read and judge a draft by the configuration nearest to it; return the desk with it.

    All its sentences are judged, also where the desk's drafts are not checked.

    Raises
    ------
    ReadError
        If it cannot be read or holds no sentence.
    """
    from framing.analysis import analyze as judge
    from framing.checking.policy import policy
    from framing.errors import ReadError
    from framing.readers import open_document

    path = one.path
    document = open_document(path if one.data is None else one.data, path)
    if not document.sentences:
        raise ReadError(f"{path}: there is no sentence in it; is it the right file?")
    config = checker.config(os.path.dirname(path))
    rules = policy(config, checker.given.layer, path, document.front_matter)
    model = checker.model(config, rules)
    analysis = judge(
        document,
        model=model,
        threshold=rules.threshold,
        context=rules.context,
        on_plugin_error=checker.on_plugin_error(config),
    )
    return analysis, rules.desk
