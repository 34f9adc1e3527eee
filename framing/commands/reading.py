"""What the subcommands that read drafts share: their arguments, and the model for each draft."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from framing import bounds
from framing.checking.drafts import STDIN
from framing.errors import ReadError

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.config import Config
    from framing.model import LinearModel

__all__ = [
    "STDIN",
    "Judges",
    "add_context",
    "add_model",
    "add_plugins",
    "add_reading",
    "probability",
    "read_stdin",
    "write_json",
]


def read_stdin() -> bytes:
    """Return what standard input holds, of which there may be as much as of a draft."""
    return bounds.read_from(sys.stdin.buffer, "<stdin>", bounds.DRAFT, ReadError)


def probability(text: str) -> float:
    """Read a probability that was typed."""
    from framing.config import probability as read

    try:
        return read(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}") from None


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


def add_context(parser: argparse.ArgumentParser) -> None:
    """Declare whether the article's other sentences count."""
    parser.add_argument(
        "--context",
        action=argparse.BooleanOptionalAction,
        help="judge each sentence in the light of the article's others (default: alone)",
    )


def add_plugins(parser: argparse.ArgumentParser) -> None:
    """Declare what becomes of a plug-in that fails."""
    parser.add_argument(
        "--on-plugin-error",
        choices=("stop", "drop"),
        help="when a plug-in fails: stop (default), or judge the draft without it and say so",
    )


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Declare how drafts are read and what the report looks like."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument(
        "--stdin-filename",
        metavar="PATH",
        help="what standard input (-) is called: tells its format, and where its configuration"
        " is looked for",
    )
    add_context(parser)
    add_model(parser)
    add_plugins(parser)


class Judges:
    """The model and threshold for each draft, by the configuration nearest to it.

    Parameters
    ----------
    arguments : argparse.Namespace
        With what :func:`add_model` declares.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._model: str | None = arguments.model
        self._threshold: float | None = arguments.threshold
        self._context: bool | None = getattr(arguments, "context", None)
        self._on_plugin_error: str | None = getattr(arguments, "on_plugin_error", None)
        self._configs: dict[str, Config] = {}
        self._models: dict[tuple[object, ...], LinearModel] = {}

    def config(self, folder: str) -> Config:
        """Return the configuration for drafts in a folder."""
        if folder not in self._configs:
            from framing.config import find

            self._configs[folder] = find(folder)
        return self._configs[folder]

    def threshold(self, folder: str) -> float | None:
        """Return the threshold that was asked for, None for the model's."""
        return self.config(folder).threshold if self._threshold is None else self._threshold

    def context(self, folder: str) -> bool:
        """Return whether the article's other sentences count."""
        return self.config(folder).context if self._context is None else self._context

    def on_plugin_error(self, folder: str) -> str:
        """Return what to do about a plug-in that fails."""
        return self._on_plugin_error or self.config(folder).on_plugin_error or "stop"

    def model(self, folder: str) -> LinearModel:
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
        from framing.analysis import analyze
        from framing.readers import open_document

        if path == STDIN:
            name = stdin_filename or "<stdin>"
            document = open_document(read_stdin(), name)
        else:
            name = path
            document = open_document(path)
        folder = os.path.dirname(name)
        analysis = analyze(
            document,
            model=self.model(folder),
            threshold=self.threshold(folder),
            context=self.context(folder),
            on_plugin_error=self.on_plugin_error(folder),
        )
        if not analysis.verdicts:
            raise ReadError(f"{name}: there is no sentence in it; is it the right file?")
        return analysis


def write_json(report: str) -> None:
    """Write JSON to standard output."""
    # JSON is UTF-8 by its standard, whatever the locale says.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(report)
