"""Configuration: defaults, then the file nearest to the draft, then the command line.

The file is ``framing.toml``, or ``setup.cfg`` with a section ``[framing]``, or
``pyproject.toml`` with a table ``[tool.framing]``, in the draft's folder or the nearest folder
above it that has one. Its paths are relative to itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, Any

from framing.errors import ConfigError, LexiconError
from framing.values import Value

if TYPE_CHECKING:
    from pathlib import Path

    from framing.evidence import Extractor

__all__ = ["Config", "find", "lexicon_extractors", "probability"]


class Config(Value):
    """What may be set.

    Attributes
    ----------
    threshold : float or None
        Probability from which a sentence is called editorial; None leaves it to the model.
    model : str or None
        Name of a shipped model or path of a model file; None for the default.
    lexicons : tuple of Path
        Paths of TSV lexicons whose phrases are marked.
    context : bool
        Whether a sentence is judged in the light of the article's others.
    path : Path or None
        The file that this comes from.
    """

    threshold: float | None = None
    model: str | None = None
    lexicons: tuple[Path, ...] = ()
    context: bool = False
    path: Path | None = None


def find(folder: str | os.PathLike[str]) -> Config:
    """Return the configuration that holds for drafts in a folder.

    Parameters
    ----------
    folder : str or Path
        Where the draft lies.

    Returns
    -------
    Config
        The defaults if no file is found up to the root of the file system.

    Raises
    ------
    ConfigError
        If the nearest file is malformed; the text names path, line and remedy.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "framing.toml").write_text("threshold = 0.7")
    >>> find(folder).threshold
    0.7
    """
    here, below = os.path.realpath(folder), None
    while here != below:
        for name, section, parse in _FILES:
            path = os.path.join(here, name)
            text = _read(path)
            # Reading a whole setup.cfg or pyproject.toml of some other tool costs start-up.
            if text is not None and (not section or "framing" in text):
                settings = parse(text, path)
                if settings is not None:
                    return _check(settings, _Place(path, text, section))
        here, below = os.path.dirname(here), here
    return Config()


def probability(text: str | float) -> float:
    """Read a probability.

    Raises
    ------
    ValueError
        If it is no number from 0 to 1.

    Examples
    --------
    >>> probability("0.5")
    0.5
    """
    value = float(text)
    if not (isfinite(value) and 0.0 <= value <= 1.0):
        raise ValueError(text)
    return value


def _read(path: str) -> str | None:
    """Return the text of a file, None if there is none."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8; save the file as UTF-8") from error


def _parse_own(text: str, path: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}:{_line_in(error, text)}: not TOML: {error}") from error


def _parse_pyproject(text: str, path: str) -> dict[str, Any] | None:
    if not re.search(r"tool\s*\.\s*[\"']?framing|^\s*\[\s*tool\s*\]", text, re.MULTILINE):
        return None
    tool = _parse_own(text, path).get("tool")
    settings = tool.get("framing") if isinstance(tool, dict) else None
    return settings if isinstance(settings, dict) else None


def _parse_setup(text: str, path: str) -> dict[str, Any] | None:
    if not re.search(r"^\[framing\]", text, re.MULTILINE):
        return None
    import configparser

    parser = configparser.RawConfigParser(default_section="", allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text, path)
    except configparser.Error as error:
        number = getattr(error, "lineno", None) or 1
        raise ConfigError(f"{path}:{number}: malformed: {error}") from error
    settings: dict[str, Any] = dict(parser["framing"])
    # An ini file knows text alone.
    if isinstance(settings.get("lexicons"), str):
        lines = (line.strip() for line in settings["lexicons"].splitlines())
        settings["lexicons"] = [line for line in lines if line]
    if isinstance(settings.get("threshold"), str):
        with suppress(ValueError):  # refused, with its line, by the check that follows
            settings["threshold"] = float(settings["threshold"])
    if isinstance(settings.get("context"), str):
        word = settings["context"].lower()
        settings["context"] = parser.BOOLEAN_STATES.get(word, settings["context"])
    return settings


_FILES: tuple[tuple[str, str, Callable[[str, str], dict[str, Any] | None]], ...] = (
    ("framing.toml", "", _parse_own),
    ("setup.cfg", "framing", _parse_setup),
    ("pyproject.toml", "tool.framing", _parse_pyproject),
)


def _line_in(error: Exception, text: str) -> int:
    """Return the line that an error of ``tomllib`` names; else it is about the text's end."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found.group(1)) if found else len(text.splitlines())


class _Place(Value):
    """The file and section in which a key stands."""

    path: str
    text: str
    section: str

    def of(self, key: str) -> str:
        """Return ``path:line`` of a key."""
        section, number = "", 0
        sought = re.compile(rf"\s*(?:[\w.]+\.)?[\"']?{re.escape(key)}[\"']?\s*(?:[=:.]|$)")
        for number, line in enumerate(self.text.splitlines(), 1):
            header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
            if header:
                section = header.group(1)
                if section == f"{self.section}.{key}".lstrip("."):
                    return f"{self.path}:{number}"
            elif self.section.startswith(section) and sought.match(line):
                return f"{self.path}:{number}"
        return f"{self.path}:1"


def _check(settings: dict[str, Any], place: _Place) -> Config:
    """Refuse what is unknown or of the wrong type; make paths relative to the file."""
    known = sorted(_KEYS)
    for key in settings:
        if key not in _KEYS:
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
            raise ConfigError(f"{place.of(key)}: unknown key {key!r}; {hint}")
    from pathlib import Path

    path = Path(place.path)
    checked = {}
    for key, value in settings.items():
        wanted, take = _KEYS[key]
        try:
            checked[key] = take(value, path.parent)
        except (TypeError, ValueError) as error:
            shown = "empty" if value is None else repr(value)
            raise ConfigError(f"{place.of(key)}: {key} must be {wanted}, not {shown}") from error
    return Config(**checked, path=path)


def _take_threshold(value: object, folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return probability(value)


def _take_context(value: object, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _take_model(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return str(folder / value) if value.endswith(".json") else value


def _take_lexicons(value: object, folder: Path) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise TypeError(value)
    return tuple(folder / one for one in value)


_KEYS: dict[str, tuple[str, Callable[[object, Path], Any]]] = {
    "threshold": ("a number from 0 to 1", _take_threshold),
    "context": ("true or false", _take_context),
    "model": ("the name of a model or the path of a .json file", _take_model),
    "lexicons": ("a list of paths of TSV files", _take_lexicons),
}


def lexicon_extractors(paths: Iterable[Path]) -> tuple[Extractor, ...]:
    r"""Make an extractor of each TSV lexicon, with no code.

    Its features are those that the rows name, and all of them begin with the lexicon's name.

    Parameters
    ----------
    paths : iterable of Path
        Lexicon files, see :mod:`framing.lexicon`.

    Returns
    -------
    tuple of Extractor

    Raises
    ------
    LexiconError
        If a file cannot be read or breaks its format; the text names path, line and remedy.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp(), "house.tsv")
    >>> header = "# name: house\n# language: en\n# source: style guide\n# licence: CC0\n"
    >>> _ = path.write_text(header + "game changer\thouse.cliche\n")
    >>> [one.name for one in lexicon_extractors([path])]
    ['house']
    """
    from framing.evidence import Extractor
    from framing.lexicon import load

    made: dict[str, tuple[Path, Extractor]] = {}
    for path in paths:
        lexicon = load(path)
        name = lexicon.name
        if name in made:
            raise LexiconError(f"{path}:1: {made[name][0]} is called {name!r} too; rename one")
        if not re.fullmatch(r"[\w-]+", name):
            raise LexiconError(
                f"{path}:1: the name {name!r} begins every feature; make it of letters, digits,"
                " '_' and '-'"
            )
        for feature in lexicon.features:
            if not feature.startswith(f"{name}."):
                raise LexiconError(
                    f"{path}:{_row_of(feature, path)}: {feature!r} does not begin with"
                    f" the lexicon's name; write {name}.{feature.split('.', 1)[-1]}"
                )
        what = f"phrases of the lexicon {name}, count per sentence; source: {lexicon.source}"
        features = dict.fromkeys(lexicon.features, what)
        doc = f"The lexicon {path}: {len(lexicon)} phrases; licence: {lexicon.licence}."
        made[name] = path, Extractor(name, features, lexicon=lexicon, doc=doc)
    return tuple(one for _, one in made.values())


def _row_of(feature: str, path: Path) -> int:
    """Return the line of the first row that names a feature."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, row in enumerate(rows, 1) if row.split("\t")[1:2] == [feature])
