"""What framing raises: every error a caller may want to catch is a :class:`FramingError`."""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "DataError",
    "ExtractorError",
    "FramingError",
    "LexiconError",
    "MissingExtraError",
    "ModelError",
    "ReadError",
]


class FramingError(Exception):
    """Base of all errors of this package; its text names the file, the line and the remedy."""


class ReadError(FramingError):
    """A draft cannot be read: missing, unreadable, not text."""


class ConfigError(FramingError):
    """A configuration file or a command-line value is wrong."""


class LexiconError(FramingError):
    """A lexicon file breaks its format; the text starts with ``path:line``."""


class ExtractorError(FramingError):
    """An extractor is unknown, declared twice, or broke its contract.

    Attributes
    ----------
    extractor : str
        Its name, where judging can go on without it; else "".
    """

    def __init__(self, message: str = "", extractor: str = "") -> None:
        super().__init__(message)
        self.extractor = extractor


class ModelError(FramingError):
    """A model file is malformed or does not fit the extractors that are installed."""


class DataError(FramingError):
    """A data set or a column that was asked for is not there or not usable."""


class MissingExtraError(FramingError):
    """An optional dependency is not installed; the text names the extra that brings it."""
