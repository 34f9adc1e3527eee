"""Configuration: defaults, then the file nearest to the draft, then the command line.

The file is ``framing.toml``, or ``setup.cfg`` with a section ``[framing]``, or
``pyproject.toml`` with a table ``[tool.framing]``, in the draft's folder or the nearest folder
above it that has one. Its paths are relative to itself. What the keys mean and which values they
take is :mod:`framing.settings`'s to say, which is imported when there is such a file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from math import isfinite

from framing import bounds
from framing.errors import ConfigError, LexiconError
from framing.values import TYPE_CHECKING, Value

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from framing.evidence import Extractor
    from framing.settings import Place

__all__ = ["Config", "Desk", "Layer", "find", "lexicon_extractors", "load", "place", "probability"]


class Layer(Value):
    """What may be set for all drafts, for a desk, for some files and on the command line.

    Attributes
    ----------
    threshold : float or None
        Probability from which a sentence is called editorial.
    precision : float or None
        Wanted share of true findings, in place of a threshold.
    select : tuple of str or None
        Codes of rules that are on, and features that count, by their beginnings.
    ignore : tuple of str
        Codes of rules that are off, and features that weigh nothing, by their beginnings.
    fail : tuple of str or None
        Codes of rules whose findings make the check fail, by their beginnings.
    require_reason : bool or None
        Whether a suppression without a reason does not hold.
    desk : str or None
        The desk whose rules hold.
    context : bool or None
        Whether a sentence is judged in the light of the article's others.

    None is for what is not set.
    """

    threshold: float | None = None
    precision: float | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail: tuple[str, ...] | None = None
    require_reason: bool | None = None
    desk: str | None = None
    context: bool | None = None

    @property
    def limit(self) -> float | None:
        """The probability asked for.

        Of sentences whose calibrated probability is at least p, a share of at least p is
        editorial; so a wanted precision is a threshold.
        """
        return self.precision if self.threshold is None else self.threshold


class Desk(Value):
    """A desk and its rules.

    Attributes
    ----------
    name : str
    layer : Layer
        What is set for it.
    judged : bool
        Whether its drafts are judged at all.
    genres : tuple of str
        Values of ``genre``, ``section`` or ``type`` in the front matter that mean this desk.
    paths : tuple of str
        Patterns of its drafts' paths.
    """

    name: str
    layer: Layer = Layer()
    judged: bool = True
    genres: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class Config(Value):
    """What may be set.

    Attributes
    ----------
    layer : Layer
        What holds for all drafts.
    model : str or None
        Name of a shipped model or path of a model file; None for the default.
    lexicons : tuple of Path
        Paths of TSV lexicons whose phrases are marked.
    exclude : tuple of str
        Patterns of paths that are left out when a folder is searched.
    baseline : Path or None
        File of the findings that are known already.
    max_findings : int
        So many findings are let pass.
    cache : bool or None
        Whether results are remembered; None for when it pays.
    cache_dir : Path or None
        Where.
    jobs : int
        Processes to use; -1 for one per core.
    format : str or None
        What the report looks like.
    on_plugin_error : {"stop", "drop"} or None
        What to do about a plug-in that fails, see :mod:`framing.dropping`.
    desks : tuple of Desk
        Those of the file.
    per_file : tuple of (str, Layer)
        Patterns of paths, and what is set for them; the last one that matches wins.
    path : Path or None
        The file that this comes from.
    """

    layer: Layer = Layer()
    model: str | None = None
    lexicons: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: Path | None = None
    max_findings: int = 0
    cache: bool | None = None
    cache_dir: Path | None = None
    jobs: int = 1
    format: str | None = None
    on_plugin_error: str | None = None
    desks: tuple[Desk, ...] = ()
    per_file: tuple[tuple[str, Layer], ...] = ()
    path: Path | None = None

    @property
    def threshold(self) -> float | None:
        """Probability from which a sentence is called editorial; None leaves it to the model."""
        return self.layer.limit

    @property
    def folder(self) -> str:
        """What patterns of paths are relative to: the file's folder, or the current one."""
        return os.path.dirname(self.path) if self.path else os.getcwd()


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
            # Nobody waits for a pipe that happens to lie there.
            text = _read(path) if os.path.isfile(path) else None
            # Reading a whole setup.cfg or pyproject.toml of some other tool costs start-up.
            if text is not None and (not section or "framing" in text):
                settings = parse(text, path)
                if settings is not None:
                    return _checked(settings, path, text, section)
        here, below = os.path.dirname(here), here
    return Config()


def load(path: str | os.PathLike[str]) -> Config:
    """Read one configuration file, whatever lies nearer to the draft.

    Parameters
    ----------
    path : str or Path
        A ``setup.cfg``, a ``pyproject.toml``, or a TOML file of any other name.

    Raises
    ------
    ConfigError
        If it cannot be read, holds no settings for framing, or is malformed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp(), "strict.toml")
    >>> _ = path.write_text("threshold = 0.3")
    >>> load(path).threshold
    0.3
    """
    full = os.path.realpath(path)
    text = _read(full)
    if text is None:
        raise ConfigError(f"{path}: cannot read: there is no such file")
    name = os.path.basename(full)
    _, section, parse = next((row for row in _FILES if row[0] == name), _FILES[0])
    settings = parse(text, full)
    if settings is None:
        raise ConfigError(f"{path}: nothing for framing in it; add the section [{section}]")
    return _checked(settings, full, text, section)


def place(config: Config) -> Place | None:
    """Return the file that a configuration comes from, to find lines in; None without one.

    Examples
    --------
    >>> place(Config()) is None
    True
    """
    if config.path is None:
        return None
    from framing.settings import Place

    path = str(config.path)
    section = next((row[1] for row in _FILES if row[0] == os.path.basename(path)), "")
    return Place(path, _read(path) or "", section)


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


def _checked(settings: dict[str, Any], path: str, text: str, section: str) -> Config:
    from framing.settings import Place, check

    return check(settings, Place(path, text, section))


def _read(path: str) -> str | None:
    """Return the text of a file, None if there is none."""
    try:
        data = bounds.read(path, bounds.CONFIG, ConfigError)
        # Newlines as Python's text files give them.
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8; save the file as UTF-8") from error


def _parse_own(text: str, path: str) -> dict[str, Any]:
    from framing.toml import MalformedError, parse

    try:
        return parse(text)
    except MalformedError as error:
        raise ConfigError(f"{path}:{error.line}: not TOML: {error}") from error


def _parse_pyproject(text: str, path: str) -> dict[str, Any] | None:
    if not re.search(r"tool\s*\.\s*[\"']?framing|^\s*\[\s*tool\s*\]", text, re.MULTILINE):
        return None
    tool = _parse_own(text, path).get("tool")
    settings = tool.get("framing") if isinstance(tool, dict) else None
    return settings if isinstance(settings, dict) else None


def _parse_setup(text: str, path: str) -> dict[str, Any] | None:
    """Read the sections ``[framing]``, ``[framing.desks.NAME]``, ``[framing.per-file.GLOB]``."""
    if not re.search(r"^\[framing[\].]", text, re.MULTILINE):
        return None
    import configparser

    from framing.settings import from_text

    parser = configparser.RawConfigParser(default_section="", allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text, path)
    except configparser.Error as error:
        number = getattr(error, "lineno", None) or 1
        raise ConfigError(f"{path}:{number}: malformed: {error}") from error
    except AttributeError as error:  # what configparser makes of it
        raise ConfigError(
            f"{path}: malformed: an indented line goes on a key that has no '='; write key = value"
        ) from error
    settings: dict[str, Any] = {}
    for section in parser.sections():
        _, _, below = section.partition("framing")
        if section == f"framing{below}" and (not below or below[0] == "."):
            here = settings
            for name in below[1:].split(".", 1) if below else ():
                here = here.setdefault(name, {})
            here.update({key: from_text(key, value) for key, value in parser[section].items()})
    return settings


_FILES: tuple[tuple[str, str, Callable[[str, str], dict[str, Any] | None]], ...] = (
    ("framing.toml", "", _parse_own),
    ("setup.cfg", "framing", _parse_setup),
    ("pyproject.toml", "tool.framing", _parse_pyproject),
)


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
