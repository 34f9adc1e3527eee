"""The settings that hold for a draft, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from framing.checking.globs import matches
from framing.checking.policy import NEWS, layers, policy
from framing.checking.rules import FAILING, SELECTED
from framing.config import Config, Layer, place
from framing.dropping import STOP
from framing.settings import LAYER, RUN
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from framing.checking.run import Given

__all__ = ["Setting", "settled"]

_DEFAULT = "default"
_COMMAND = "command line"
#: What holds where nothing is said, as far as None does not say it.
_DEFAULTS = {"select": SELECTED, "fail": FAILING, "require-reason": False, "context": False}


class Setting(NamedTuple):
    """A key, its value, and where it comes from: ``path:line``, command line, default."""

    key: str
    value: object
    origin: str


def settled(
    config: Config, given: Given, path: str, front_matter: Mapping[str, str]
) -> list[Setting]:
    """Return every setting that holds for a draft.

    Parameters
    ----------
    config : Config
        The configuration nearest to it.
    given : Given
        What the command line says.
    path : str
        Where it lies.
    front_matter : mapping
        What stands above its text.

    Examples
    --------
    >>> from framing.checking.run import Given
    >>> settled(Config(), Given(), "a.txt", {"genre": "opinion"})[0]
    Setting(key='desk', value='opinion', origin='front matter')
    """
    desk, stack = layers(config, given.layer, path, front_matter)
    names = _names(config, path, desk.name)
    found = [
        Setting("desk", desk.name, _of_desk(config, given, path, desk.name)),
        Setting("judged", desk.judged, _line(config, "desks", desk.name, "judged")),
    ]
    for key in LAYER:
        if key == "desk":
            continue
        field = key.replace("-", "_")
        if key == "ignore":
            rows = [
                (layer.ignore, name)
                for layer, name in zip(stack, names, strict=True)
                if layer.ignore
            ]
            ignored = tuple(one for values, _ in rows for one in values)
            origins = ", ".join(_origin(config, name, key) for _, name in rows)
            found.append(Setting(key, ignored, origins or _DEFAULT))
            continue
        for layer, name in zip(stack, names, strict=True):
            value = getattr(layer, field)
            if value is not None:
                found.append(Setting(key, value, _origin(config, name, key)))
                break
        else:
            found.append(Setting(key, _DEFAULTS.get(key), _DEFAULT))
    rules = policy(config, given.layer, path, front_matter)
    found.append(Setting("rules", tuple(sorted(rules.codes)), "select and ignore"))
    for key in RUN:
        value = getattr(config, key.replace("-", "_"))
        origin = _line(config, key)
        if key == "model" and given.model:
            value, origin = given.model, _COMMAND
        if key == "on-plugin-error":
            value = given.on_plugin_error or value or STOP
            origin = _COMMAND if given.on_plugin_error else origin
        found.append(Setting(key, value, origin))
    return found


def _names(config: Config, path: str, desk: str) -> list[tuple[str, ...]]:
    """Return for each layer of :func:`framing.checking.policy.layers` where it stands."""
    files = [glob for glob, _ in config.per_file if matches(path, [glob], config.folder)]
    mine = [("per-file", glob) for glob in reversed(files)]
    return [(_COMMAND,), *mine, ("desks", desk), ()]


def _origin(config: Config, name: tuple[str, ...], key: str) -> str:
    return _COMMAND if name == (_COMMAND,) else _line(config, *name, key)


def _line(config: Config, *keys: str) -> str:
    """Return ``path:line`` of a key that is set; else by which name it holds."""
    where = place(config)
    number = where.line(keys) if where is not None else 0
    if where is not None and number:
        return f"{where.path}:{number}"
    return f"built-in desk {keys[1]}" if keys[0] == "desks" else _DEFAULT


def _of_desk(config: Config, given: Given, path: str, desk: str) -> str:
    """Say what made a draft this desk's."""
    if given.layer.desk:
        return _COMMAND
    for glob, layer in reversed(config.per_file):
        if layer.desk and matches(path, [glob], config.folder):
            return _line(config, "per-file", glob, "desk")
    if layers(config, Layer(), path, {})[0].name != desk:
        return "front matter"
    for one in config.desks:
        if one.name == desk and one.paths and matches(path, one.paths, config.folder):
            return _line(config, "desks", desk, "paths")
    return _line(config, "desk") if desk != NEWS or config.layer.desk else _DEFAULT
