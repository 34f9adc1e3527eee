"""The keys of a configuration file: what each takes, and where in the file it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from framing.config import Config, Desk, Layer, probability
from framing.dropping import DROP, STOP
from framing.errors import ConfigError
from framing.values import Value

__all__ = ["BUILTIN_DESKS", "DESK", "LAYER", "RUN", "Key", "Place", "check", "from_text"]

#: What drafts are judged by where nothing else is said: strict, lenient, not at all.
BUILTIN_DESKS = (
    Desk("news"),
    Desk("analysis", Layer(precision=0.8)),
    Desk("opinion", judged=False),
)


class Key(NamedTuple):
    """A key.

    Attributes
    ----------
    wanted : str
        What it takes, as errors say it.
    take : callable
        ``(value, folder)`` → what is kept; raises TypeError or ValueError.
    read : callable
        A value in an ini file, which knows text alone → the value meant.
    """

    wanted: str
    take: Callable[[object, Path], Any]
    read: Callable[[str], object] = str


def _number(value: object, folder: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return probability(value)


def _integer(value: object, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value


def _jobs(value: object, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value == 0 or value < -1:
        raise TypeError(value)
    return value


def _text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _switch(value: object, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _texts(value: object, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise TypeError(value)
    return tuple(value)


def _model(value: object, folder: Path) -> str:
    text = _text(value, folder)
    return str(folder / text) if text.endswith(".json") else text


def _path(value: object, folder: Path) -> Path:
    return folder / _text(value, folder)


def _paths(value: object, folder: Path) -> tuple[Path, ...]:
    return tuple(folder / one for one in _texts(value, folder))


def _format(value: object, folder: Path) -> str:
    from framing.reports.formats import FORMATS

    if value not in FORMATS:
        raise ValueError(value)
    return _text(value, folder)


def _on_plugin_error(value: object, folder: Path) -> str:
    if value not in (STOP, DROP):
        raise ValueError(value)
    return _text(value, folder)


def _read_switch(text: str) -> object:
    return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)


def _read_number(text: str) -> object:
    for kind in (int, float):
        with suppress(ValueError):
            return kind(text)
    return text  # refused, with its line, by the check that follows


def _read_list(text: str) -> object:
    return [one.strip() for one in re.split(r"[\n,]", text) if one.strip()]


def _read_lines(text: str) -> object:
    return [one.strip() for one in text.splitlines() if one.strip()]


_CODES = "a list of codes of rules or of features, each by its beginning"

#: What may be set for all drafts, for a desk and for some files.
LAYER: Mapping[str, Key] = {
    "threshold": Key("a number from 0 to 1", _number, _read_number),
    "precision": Key("a number from 0 to 1", _number, _read_number),
    "select": Key(_CODES, _texts, _read_list),
    "ignore": Key(_CODES, _texts, _read_list),
    "fail": Key("a list of codes of rules, each by its beginning", _texts, _read_list),
    "require-reason": Key("true or false", _switch, _read_switch),
    "desk": Key("the name of a desk", _text),
    "context": Key("true or false", _switch, _read_switch),
}
#: What may be set for a run.
RUN: Mapping[str, Key] = {
    "model": Key("the name of a model or the path of a .json file", _model),
    "lexicons": Key("a list of paths of TSV files", _paths, _read_lines),
    "exclude": Key("a list of patterns of paths", _texts, _read_lines),
    "baseline": Key("the path of a file", _path),
    "max-findings": Key("a number of findings, 0 or more", _integer, _read_number),
    "cache": Key("true or false", _switch, _read_switch),
    "cache-dir": Key("the path of a folder", _path),
    "jobs": Key("a number of processes, or -1 for one per core", _jobs, _read_number),
    "format": Key("the name of a format, see framing check --help", _format),
    "on-plugin-error": Key("stop or drop", _on_plugin_error),
}
#: What says which drafts are a desk's, besides its layer.
DESK: Mapping[str, Key] = {
    "judged": Key("true or false", _switch, _read_switch),
    "genres": Key("a list of values in the front matter", _texts, _read_list),
    "paths": Key("a list of patterns of paths", _texts, _read_lines),
}
_ALL = {**LAYER, **RUN, **DESK}
_TABLES = ("desks", "per-file")
_DESK_LAYER = {key: LAYER[key] for key in LAYER if key not in ("desk", "require-reason")}


class Place(Value):
    """The file and section in which keys stand."""

    path: str
    text: str
    section: str

    def of(self, *keys: str) -> str:
        """Return ``path:line`` of a key, given by the tables it lies in and its own name."""
        while keys:
            number = self.line(keys)
            if number:
                return f"{self.path}:{number}"
            keys = keys[:-1]
        return f"{self.path}:1"

    def line(self, keys: tuple[str, ...]) -> int:
        """Return the line of exactly this key or table, 0 if it stands in no line of its own."""
        wanted = _plain(".".join((self.section, *keys)).lstrip("."))
        section = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            end = re.search(r"(?<!\])\]+\s*(?:#.*)?$", line)
            if end and line.lstrip().startswith("[") and "=" not in line:
                section = _plain(line[: end.start()].lstrip("[ \t"))
                if section == wanted:
                    return number
                continue
            name = re.match(r"((?:[\w./*? -]|\"[^\"]*\"|'[^']*')+)(?:[=:]|$)", line.strip())
            if name and f"{section}.{_plain(name.group(1))}".lstrip(".") == wanted:
                return number
        return 0


def _plain(name: str) -> str:
    """Return a key without quotation marks and spaces, underscores as hyphens."""
    return re.sub(r"[\"'\s]", "", name).replace("_", "-")


def from_text(key: str, value: str | None) -> object:
    """Return what a value in an ini file means.

    Examples
    --------
    >>> from_text("threshold", "0.5"), from_text("select", "FR0, FR1")
    (0.5, ['FR0', 'FR1'])
    """
    known = _ALL.get(key.replace("_", "-"))
    return value if known is None or value is None else known.read(value)


def check(settings: Mapping[str, Any], place: Place) -> Config:
    """Refuse what is unknown or of the wrong type; make paths relative to the file.

    Parameters
    ----------
    settings : mapping
        What the file says.
    place : Place
        The file.

    Raises
    ------
    ConfigError
        Naming path, line and remedy.
    """
    tables = {key.replace("_", "-"): settings[key] for key in settings}
    desks = _table(tables.pop("desks", {}), place, "desks")
    files = _table(tables.pop("per-file", {}), place, "per-file")
    taken = _take(tables, {**LAYER, **RUN}, place, (), _TABLES)
    layer = Layer(**{key: taken.pop(key) for key in Layer._fields if key in taken})
    made = []
    builtin = {one.name: one for one in BUILTIN_DESKS}
    for name, values in desks.items():
        given = _take(values, {**_DESK_LAYER, **DESK}, place, ("desks", name))
        mine = {key: given.pop(key) for key in Layer._fields if key in given}
        made.append(_over(builtin.get(name, Desk(name)), mine, given))
    per_file = tuple(
        (pattern, Layer(**_take(values, LAYER, place, ("per-file", pattern))))
        for pattern, values in files.items()
    )
    known = {one.name for one in (*BUILTIN_DESKS, *made)}
    named: list[tuple[tuple[str, ...], str | None]] = [(("desk",), layer.desk)]
    named += [(("per-file", pattern, "desk"), one.desk) for pattern, one in per_file]
    for keys, wanted in named:
        if wanted is not None and wanted not in known:
            raise ConfigError(
                f"{place.of(*keys)}: no desk {wanted!r}; there are {', '.join(sorted(known))},"
                f" or add a table desks.{wanted}"
            )
    return Config(layer, **taken, desks=tuple(made), per_file=per_file, path=Path(place.path))


def _over(desk: Desk, layer: dict[str, Any], given: dict[str, Any]) -> Desk:
    """Return a desk with what a file says of it laid over what it is."""
    if "threshold" in layer:  # one of the two ways to say it
        layer = {"precision": None, **layer}
    return desk.replace(layer=desk.layer.replace(**layer), **given)


def _refuse_codes(key: str, codes: tuple[str, ...]) -> None:
    """Refuse codes of no rule; features are checked when it is known which the model has."""
    from framing.checking.rules import PREFIX, check_codes

    check_codes([one for one in codes if key == "fail" or one.startswith(PREFIX)], key)


def _table(value: object, place: Place, key: str) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise ConfigError(f"{place.of(key)}: {key} must be a table of tables, [{key}.NAME]")
    return value


def _take(
    settings: Mapping[str, Any],
    keys: Mapping[str, Key],
    place: Place,
    above: tuple[str, ...],
    tables: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the values of one table by the names of fields, checked."""
    taken: dict[str, Any] = {}
    for given, value in settings.items():
        key = given.replace("_", "-")
        where = place.of(*above, given)
        if key not in keys:
            known = sorted((*keys, *tables))
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}"
            raise ConfigError(f"{where}: unknown key {given!r}; {hint}")
        wanted, take, _ = keys[key]
        try:
            taken[key.replace("-", "_")] = kept = take(value, Path(place.path).parent)
            if key in ("select", "ignore", "fail"):
                _refuse_codes(key, kept)
        except (TypeError, ValueError) as error:
            shown = "empty" if value is None else repr(value)
            raise ConfigError(f"{where}: {key} must be {wanted}, not {shown}") from error
        except ConfigError as error:
            raise ConfigError(f"{where}: {error}") from error
    if "threshold" in taken and "precision" in taken:
        raise ConfigError(
            f"{place.of(*above, 'precision')}: threshold and precision say the same thing in two"
            " ways; give one of them"
        )
    return taken
