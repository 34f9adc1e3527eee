"""``framing check``: list the editorial sentences of drafts."""

from __future__ import annotations

import os
import sys

from framing.commands import CLEAN, FAILED, FOUND, complain, tell_dropped
from framing.commands.policing import STDIN, add_drafts, add_policy, drafts, given
from framing.commands.reading import write_json
from framing.errors import ConfigError, ReadError
from framing.reports.formats import FORMATS
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from framing.checking.baseline import Baseline
    from framing.checking.cache import Cache
    from framing.checking.findings import Summary
    from framing.checking.run import Draft
    from framing.checking.tally import Tally
    from framing.config import Config

__all__ = ["add_arguments", "run"]

#: Shown in the encoding of the terminal; what programs read is UTF-8.
_FOR_PEOPLE = frozenset({"text", "concise"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_drafts(parser)
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="default: text on a terminal, concise for programs",
    )
    parser.add_argument(
        "--output",
        "-o",
        action="append",
        default=[],
        metavar="[FORMAT=]FILE",
        help="write a report to a file beside what is shown; may be repeated",
    )
    add_policy(parser)
    parser.add_argument("--diff", metavar="BASE", help="only sentences touched since this revision")
    parser.add_argument("--baseline", metavar="FILE", help="leave out the findings in this file")
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="write the baseline; one that is there only shrinks",
    )
    parser.add_argument(
        "--add-to-baseline",
        action="store_true",
        help="with --write-baseline: take in new findings too",
    )
    parser.add_argument("--max-findings", type=_count, metavar="N", help="let so many pass")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 despite findings")
    parser.add_argument(
        "--cache",
        action="switch",
        help="remember results (default: for many drafts)",
    )
    parser.add_argument("--cache-dir", metavar="DIR", help="where to remember them")
    parser.add_argument("--jobs", "-j", type=int, metavar="N", help="processes; -1: one per core")
    parser.epilog = (
        "Exit code: 0 if there is nothing to say, 1 if there are findings, 2 if anything kept"
        " it from checking."
    )


def _count(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = -1
    if value < 0:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"must be a number, 0 or more, not {text!r}")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Check and print; return the exit code."""
    from framing.checking.run import Checker, each
    from framing.checking.tally import Tally

    checker = Checker(given(arguments))
    config = checker.config(_folder(arguments))
    terminal, outputs = _formats(arguments, config)
    streamed = FORMATS[terminal].streamed
    baseline = _baseline(arguments, config)
    changes = None
    if arguments.diff is not None:
        from framing.checking.changes import Changes

        if arguments.write_baseline:
            raise ConfigError("--write-baseline needs all sentences; leave out --diff")
        changes = Changes(arguments.diff)
    tally = Tally(baseline, changes, keep=bool(outputs) or not streamed)
    found: list[Draft] = []
    for draft in drafts(arguments, checker):
        if isinstance(draft, ReadError):
            complain(draft)
            tally.fail(str(draft))
        elif changes is not None and changes.is_unchanged(draft.path, draft.data):
            tally.leave()
        else:
            found.append(draft)
    cache = _cache(arguments, config, len(found))
    try:
        for checked in each(checker, found, _jobs(arguments, config), cache):
            fresh = tally.take(checked)
            if checked.error:
                complain(ReadError(checked.error))
            tell_dropped(checked.path, checked.dropped)
            if streamed and fresh:
                _write(FORMATS[terminal].part(fresh), terminal)
    finally:
        if cache is not None:
            cache.close()
    return _finish(arguments, config, terminal, outputs, tally, baseline)


def _folder(arguments: argparse.Namespace) -> str:
    """Return the folder whose configuration holds for the run: that of the first path."""
    path: str = arguments.paths[0]
    if path == STDIN:
        path = arguments.stdin_filename or ""
    return path if os.path.isdir(path) else os.path.dirname(path)


def _formats(arguments: argparse.Namespace, config: Config) -> tuple[str, list[tuple[str, str]]]:
    """Return the format that is shown, and those of files with their names."""
    shown = config.format or ("text" if sys.stdout.isatty() else "concise")
    outputs = []
    bare = False
    for output in arguments.output:
        name, _, path = output.partition("=")
        if name not in FORMATS or not path:
            bare, path = True, output
            name = arguments.format or _by_suffix(path)
        outputs.append((name, path))
    # With a file for the report that was asked for, the terminal shows what it always does.
    return shown if bare or not arguments.format else arguments.format, outputs


def _by_suffix(path: str) -> str:
    ending = os.path.splitext(path)[1].lower() or ".txt"
    return next((name for name, one in FORMATS.items() if one.suffix == ending), "text")


def _baseline(arguments: argparse.Namespace, config: Config) -> Baseline | None:
    path = arguments.baseline or config.baseline
    if arguments.add_to_baseline and not arguments.write_baseline:
        raise ConfigError("--add-to-baseline goes with --write-baseline")
    if path is None and not arguments.write_baseline:
        return None
    from framing.checking.baseline import DEFAULT, Baseline

    path = str(path or DEFAULT)
    if os.path.exists(path):
        from framing.readers.encoding import read_text

        return Baseline(path, read_text(path), adopt=arguments.add_to_baseline)
    if arguments.write_baseline:
        return Baseline(path, adopt=True)
    raise ConfigError(f"{path}: no such baseline; make it with --write-baseline")


def _cache(arguments: argparse.Namespace, config: Config, number: int) -> Cache | None:
    wanted = config.cache if arguments.cache is None else arguments.cache
    if wanted is None:
        from framing.checking.run import CACHED_FROM

        wanted = number >= CACHED_FROM
    if not wanted:
        return None
    from framing.checking.cache import Cache, default_folder

    return Cache(str(arguments.cache_dir or config.cache_dir or default_folder()))


def _jobs(arguments: argparse.Namespace, config: Config) -> int:
    jobs: int = config.jobs if arguments.jobs is None else arguments.jobs
    if jobs == 0 or jobs < -1:
        raise ConfigError(f"--jobs is a number of processes, or -1 for one per core, not {jobs}")
    return jobs


def _finish(
    arguments: argparse.Namespace,
    config: Config,
    terminal: str,
    outputs: list[tuple[str, str]],
    tally: Tally,
    baseline: Baseline | None,
) -> int:
    """Write what is to be written at the end; return the exit code."""
    from framing.reports import findings as shown

    summary = tally.summary()
    if not FORMATS[terminal].streamed:
        report = FORMATS[terminal].whole(tally.findings, tally.suppressed, summary)
        _write(report, terminal)
    for name, path in outputs:
        from framing.files import replacing

        report = FORMATS[name].whole(tally.findings, tally.suppressed, summary)
        with replacing(path) as file:
            file.write(report.encode("utf-8", "backslashreplace"))
    # Findings alone on standard output: what reads them need not know these lines.
    sys.stdout.flush()
    print(shown.summary(summary), file=sys.stderr)
    failed = bool(summary.errors)
    if baseline is not None:
        if arguments.write_baseline:
            _write_baseline(baseline)
        elif summary.stale:
            print(shown.stale(summary.stale), file=sys.stderr)
    if not failed and not summary.judged and not _is_meant(summary):
        complain(ReadError(f"nothing was checked: {_why(summary)}"))
        failed = True
    allowed = config.max_findings if arguments.max_findings is None else arguments.max_findings
    found = tally.failing > allowed and not arguments.exit_zero
    return FAILED if failed else FOUND if found else CLEAN


def _write_baseline(baseline: Baseline) -> None:
    from framing.files import replacing
    from framing.reports.characters import visible
    from framing.reports.layout import plural

    text = baseline.rewritten()
    with replacing(baseline.path) as file:
        file.write(text.encode())
    lines = plural(text.count("\n") - 1, "line")
    print(f"wrote {visible(baseline.path)}: {lines}", file=sys.stderr)


def _is_meant(summary: Summary) -> bool:
    """Tell whether it is by what was asked for that nothing was judged."""
    return bool(summary.base) or any(why.endswith(" desk") for why, _ in summary.skipped)


def _why(summary: Summary) -> str:
    if not summary.files:
        return "every path is excluded"
    return "all sentences are quotations; is it the right file?"


def _write(report: str, name: str) -> None:
    """Write a report to standard output."""
    if name in _FOR_PEOPLE:
        sys.stdout.write(report)
    else:
        write_json(report)
