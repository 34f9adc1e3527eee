"""The command ``framing``: arguments in, a report out, an exit code.

Everything that a subcommand needs is imported when it runs: ``framing check`` is called on
every save and every commit and must start at once.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from framing import __version__
from framing.errors import ConfigError, FramingError, ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.config import Config
    from framing.model import LinearModel

__all__ = ["CLEAN", "COMMANDS", "FAILED", "FOUND", "Command", "main"]

#: Exit codes: nothing found; something found; something kept the command from doing its work.
CLEAN, FOUND, FAILED = 0, 1, 2
_INTERRUPTED, _PIPE_CLOSED = 130, 141

_DRAFTS = (".txt", ".md")
_STDIN = "-"
_WIDEST = 100


class Command(NamedTuple):
    """A subcommand.

    Attributes
    ----------
    name : str
        What is typed after ``framing``.
    summary : str
        One line for ``framing --help``.
    add_arguments : callable
        Declares the arguments; called only for the subcommand that runs.
    run : callable
        Does the work and returns the exit code; imports what it needs.
    """

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


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
    arguments = _parser(argv).parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except FramingError as error:
        _complain(error)
        return FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return _PIPE_CLOSED  # whoever read this has seen enough
    except OSError as error:
        _drop_output()
        _complain(error)
        return FAILED


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="framing",
        description="Tell the sentences of a news article that report from those in which the"
        " writer comments, and show why.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    # With a name given, argparse need not format a usage line at every start to find one.
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, prog=parser.prog
    )
    for command in COMMANDS:
        one = commands.add_parser(
            command.name, help=command.summary, description=command.summary, allow_abbrev=False
        )
        one.set_defaults(run=command.run)
        # Another's arguments are not needed, and declaring them may mean importing it.
        if command.name in given:
            command.add_arguments(one)
    return parser


def _make_printable() -> None:
    """Let the standard streams show as an escape what their encoding does not know."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Give Python something to flush at exit when standard output takes nothing any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: FramingError | OSError) -> None:
    from framing.reports.characters import visible

    print(f"framing: {visible(str(error))}", file=sys.stderr)


# Arguments that several subcommands share


def _probability(text: str) -> float:
    from framing.config import probability

    try:
        return probability(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}") from None


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", metavar="MODEL", help="a shipped model's name or the path of a .json file"
    )
    parser.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="call a sentence editorial from this probability (default: the model's)",
    )


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="what standard input (-) is called, and where its configuration is looked for",
    )
    _add_model(parser)


class _Judges:
    """The model and threshold for each draft, by the configuration nearest to it."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._model: str | None = arguments.model
        self._threshold: float | None = arguments.threshold
        self._configs: dict[Path, Config] = {}
        self._models: dict[tuple[str | None, tuple[Path, ...]], LinearModel] = {}

    def config(self, folder: Path) -> Config:
        """Return the configuration for drafts in a folder."""
        if folder not in self._configs:
            from framing.config import find

            self._configs[folder] = find(folder)
        return self._configs[folder]

    def threshold(self, folder: Path) -> float | None:
        """Return the threshold that was asked for, None for the model's."""
        return self.config(folder).threshold if self._threshold is None else self._threshold

    def model(self, folder: Path) -> LinearModel:
        """Return the model, with the lexicons of the configuration as marks."""
        config = self.config(folder)
        name = self._model or config.model
        key = (name, config.lexicons)
        if key not in self._models:
            from framing.model import load_model

            model = load_model(name) if name else load_model()
            if config.lexicons:
                from framing.config import lexicon_extractors

                model = model.with_extractors(lexicon_extractors(config.lexicons))
            self._models[key] = model
        return self._models[key]

    def analyze(self, path: str, stdin_filename: str | None) -> Analysis:
        """Read and judge a draft."""
        from dataclasses import replace

        from framing.analysis import analyze, read_text

        if path == _STDIN:
            name = stdin_filename or "<stdin>"
            folder = Path(stdin_filename or name).parent
            text: str | Path = read_text(cast(Path, _StandardInput(name)))
        else:
            name = path
            text = Path(path)
            folder = text.parent
        model, threshold = self.model(folder), self.threshold(folder)
        analysis = analyze(text, model=model, threshold=threshold)
        if not analysis.verdicts:
            raise ReadError(f"{name}: there is no sentence in it; is it the right file?")
        return replace(analysis, document=replace(analysis.document, name=name))


class _StandardInput:
    """Standard input as far as a reader of files needs one."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return self._name

    def read_bytes(self) -> bytes:
        return sys.stdin.buffer.read()


# check


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a draft, a folder of drafts (*.txt and *.md), or - for standard input",
    )
    _add_reading(parser)
    parser.epilog = (
        "Exit code: 0 if there is nothing to say, 1 if there are findings, 2 if anything kept"
        " it from checking."
    )


def _check(arguments: argparse.Namespace) -> int:
    from framing.reports import text
    from framing.reports.layout import skipped

    judges = _Judges(arguments)
    analyses: list[Analysis] = []
    failed = False
    for path in _drafts(arguments.paths):
        try:
            if isinstance(path, ReadError):
                raise path
            analysis = judges.analyze(path, arguments.stdin_filename)
            if all(verdict.label is None for verdict in analysis):
                raise ReadError(
                    f"{analysis.document.name}: nothing to judge, there is no prose in it;"
                    f" {skipped(analysis)}"
                )
        except ReadError as error:
            # The other drafts are checked all the same.
            _complain(error)
            failed = True
            continue
        analyses.append(analysis)
        if arguments.format == "text":
            sys.stdout.write(text.findings(analysis))
    if arguments.format == "json":
        from framing.reports import json

        _write_json(json.findings(analyses))
    # Findings alone on standard output: what reads them need not know this line.
    sys.stdout.flush()
    print(text.summary(analyses), file=sys.stderr)
    found = any(verdict.label == "editorial" for analysis in analyses for verdict in analysis)
    return FAILED if failed else FOUND if found else CLEAN


def _drafts(paths: Sequence[str]) -> Iterator[str | ReadError]:
    """Yield each draft once, those of a folder in order; an error for a folder without any."""
    seen: set[str] = set()
    for path in paths:
        found = [path]
        if path != _STDIN and Path(path).is_dir():
            found = sorted(_inside(Path(path)))
            if not found:
                yield ReadError(f"{path}: no drafts in this folder; they are called *.txt or *.md")
        for one in found:
            key = one if one == _STDIN else str(Path(one).resolve())
            if key not in seen:
                seen.add(key)
                yield one


def _inside(folder: Path) -> Iterator[str]:
    """Yield the drafts in a folder and in those below it, hidden ones left out."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith(_DRAFTS) and not name.startswith("."):
                yield str(Path(here, name))


def _write_json(report: str) -> None:
    # JSON is UTF-8 by its standard, whatever the locale says.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(report)


# explain


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="a draft, or - for standard input")
    _add_reading(parser)
    parser.add_argument(
        "--only", choices=("editorial", "reporting"), help="show only sentences with this label"
    )
    parser.add_argument(
        "--all-evidence",
        action="store_true",
        help="show every contribution, not only the largest",
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="write to a file")


def _explain(arguments: argparse.Namespace) -> int:
    if arguments.format == "json" and (arguments.only or arguments.all_evidence):
        raise ConfigError("--only and --all-evidence are for text; JSON always holds everything")
    analysis = _Judges(arguments).analyze(arguments.path, arguments.stdin_filename)
    if arguments.format == "json":
        from framing.reports import json

        report = json.explain(analysis)
    else:
        report = _explanation(analysis, arguments)
    if arguments.output:
        from framing.files import replacing

        with replacing(arguments.output) as file:
            file.write(report.encode("utf-8", "backslashreplace"))
    elif arguments.format == "json":
        _write_json(report)
    else:
        sys.stdout.write(report)
    return CLEAN


def _explanation(analysis: Analysis, arguments: argparse.Namespace) -> str:
    from framing.reports.layout import TOP

    options: dict[str, Any] = {
        "only": arguments.only,
        "top": None if arguments.all_evidence else TOP,
    }
    if arguments.output or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        from framing.reports import text

        return text.explain(analysis, **options)
    from shutil import get_terminal_size

    from framing.reports import terminal

    return terminal.explain(analysis, columns=min(get_terminal_size().columns, _WIDEST), **options)


# score


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="IN", help="a .txt (a sentence a line), .csv, .jsonl or .parquet file"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help="a file of any of these formats; it gets the columns 'probability' and 'label' added",
    )
    parser.add_argument("--text-column", metavar="NAME", help="default: text")
    parser.add_argument("--prefix", default="", help="put before the names of the new columns")
    parser.add_argument("--jobs", "-j", type=int, default=1, metavar="N", help="processes; -1: all")
    parser.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="show a progress bar (default: on a terminal)",
    )
    _add_model(parser)


def _score(arguments: argparse.Namespace) -> int:
    from framing.bulk import score_file
    from framing.reports.layout import plural

    if arguments.jobs == 0:
        raise ConfigError("--jobs is a number of processes, or -1 for one per core, not 0")
    judges = _Judges(arguments)
    folder = Path(arguments.source).parent
    progress = sys.stderr.isatty() if arguments.progress is None else arguments.progress
    scored = score_file(
        arguments.source,
        arguments.output,
        text_column=arguments.text_column,
        prefix=arguments.prefix,
        model=judges.model(folder),
        threshold=judges.threshold(folder),
        n_jobs=arguments.jobs,
        progress=progress,
    )
    line = f"scored {plural(scored.sentences, 'sentence')}; {scored.editorial} editorial"
    if scored.blank:
        line += f"; left {plural(scored.blank, 'row')} without text blank"
    print(line, file=sys.stderr)
    return CLEAN


# extractors


def _add_extractors(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="show this one's documentation")


def _extractors(arguments: argparse.Namespace) -> int:
    from framing.config import find, lexicon_extractors
    from framing.errors import ExtractorError
    from framing.registry import installed
    from framing.reports import extractors

    known = [(one, _origin(name)) for name, one in installed().items()]
    config = find(Path())
    for path, one in zip(config.lexicons, lexicon_extractors(config.lexicons), strict=True):
        known.append((one, str(path)))
    if arguments.name is None:
        sys.stdout.write(extractors.listing(known))
        return CLEAN
    for one, origin in known:
        if one.name == arguments.name:
            sys.stdout.write(extractors.page(one, origin))
            return CLEAN
    names = ", ".join(one.name for one, _ in known)
    raise ExtractorError(f"no extractor {arguments.name!r}; there are {names}")


def _origin(name: str) -> str:
    """Return the distribution that an installed extractor comes from."""
    from importlib.metadata import entry_points

    from framing.extractors import BUILTIN
    from framing.registry import GROUP

    if any(one.name == name for one in BUILTIN):
        return "framing"
    for entry in entry_points(group=GROUP):
        loaded = entry.load()
        for one in loaded if isinstance(loaded, tuple | list) else (loaded,):
            if one.name == name and entry.dist:
                return entry.dist.name
    return "an unknown distribution"


#: Every subcommand; a new one is a row here.
def _elsewhere(name: str, summary: str) -> Command:
    """Return a command whose module in ``framing.commands`` is imported when it is typed."""

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        import_module(f"framing.commands.{name}").add_arguments(parser)

    def run(arguments: argparse.Namespace) -> int:
        return int(import_module(f"framing.commands.{name}").run(arguments))

    return Command(name, summary, add_arguments, run)


COMMANDS: tuple[Command, ...] = (
    Command("check", "list the editorial sentences of drafts", _add_check, _check),
    Command("explain", "show every sentence with its evidence", _add_explain, _explain),
    Command("score", "score a file of sentences", _add_score, _score),
    Command("extractors", "list what finds evidence, or explain one", _add_extractors, _extractors),
    _elsewhere("train", "make a model from labelled sentences"),
    _elsewhere("evaluate", "measure a model on labelled sentences"),
)
