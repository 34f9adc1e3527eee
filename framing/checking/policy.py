"""Policy: which desk's rules hold for a draft, and what they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache

from framing.checking.rules import FAILING, PREFIX, longest, selected, starts_with_any
from framing.config import Config, Desk, Layer
from framing.errors import ConfigError
from framing.values import TYPE_CHECKING, Value

if TYPE_CHECKING:
    from typing import Any

__all__ = ["NEWS", "Policy", "desks", "layers", "policy", "resolve", "weighed"]

#: The desk of a draft that says nothing else.
NEWS = "news"
_KEYS = ("genre", "section", "type")


class Policy(Value):
    """What holds for one draft.

    Attributes
    ----------
    desk : str
    judged : bool
    threshold : float or None
        None leaves it to the model.
    codes : frozenset of str
        The rules that are on.
    fail : tuple of str
        Beginnings of the codes that make the check fail.
    select, ignore : tuple of str
        As given, for features.
    require_reason : bool
    context : bool
        Whether a sentence is judged in the light of the article's others.
    """

    desk: str = NEWS
    judged: bool = True
    threshold: float | None = None
    codes: frozenset[str] = frozenset()
    fail: tuple[str, ...] = FAILING
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    require_reason: bool = False
    context: bool = False

    def fails(self, code: str) -> bool:
        """Tell whether a finding of this code makes the check fail."""
        return starts_with_any(code, self.fail)


def policy(
    config: Config, given: Layer, path: str, front_matter: Mapping[str, str] | None = None
) -> Policy:
    """Return what holds for a draft.

    Parameters
    ----------
    config : Config
        The configuration nearest to it.
    given : Layer
        What the command line says; it wins.
    path : str
        Where the draft lies.
    front_matter : mapping, optional
        What stands above its text; ``genre``, ``section`` and ``type`` may name the desk.

    Returns
    -------
    Policy

    Examples
    --------
    >>> policy(Config(), Layer(), "a.txt", {"genre": "Opinion"}).judged
    False
    >>> policy(Config(), Layer(threshold=0.9), "a.txt", {"genre": "analysis"}).threshold
    0.9
    """
    desk, stack = layers(config, given, path, front_matter)
    select = resolve(stack, "select")
    ignore = tuple(one for layer in stack for one in layer.ignore)
    return Policy(
        desk.name,
        desk.judged,
        next((layer.limit for layer in stack if layer.limit is not None), None),
        selected(select, ignore) if desk.judged else frozenset(),
        FAILING if (fail := resolve(stack, "fail")) is None else fail,
        select or (),
        ignore,
        bool(resolve(stack, "require_reason")),
        bool(resolve(stack, "context")),
    )


def resolve(stack: Iterable[Layer], field: str) -> Any:
    """Return what the uppermost layer says that says something."""
    return next((value for one in stack if (value := getattr(one, field)) is not None), None)


def layers(
    config: Config, given: Layer, path: str, front_matter: Mapping[str, str] | None = None
) -> tuple[Desk, list[Layer]]:
    """Return the desk of a draft and the layers of what is set for it, the strongest first.

    Command line, files by pattern, desk, all drafts.
    """
    mine: list[Layer] = []
    if config.per_file:
        from framing.checking.globs import matches

        mine = [one for glob, one in config.per_file if matches(path, [glob], config.folder)]
        mine.reverse()
    named = given.desk or resolve(mine, "desk")
    if named is None and (front_matter or config.desks):
        named = _by_front_matter(config, front_matter or {}) or _by_path(config, path)
    named = named or config.layer.desk or NEWS
    if named == NEWS and not config.desks:
        desk = Desk(NEWS)
    else:
        known = desks(config)
        if named not in known:
            raise ConfigError(f"no desk {named!r}; there are {', '.join(sorted(known))}")
        desk = known[named]
    return desk, [given, *mine, desk.layer, config.layer]


def desks(config: Config) -> dict[str, Desk]:
    """Return all desks by name; what a file says of a built-in desk is laid over it.

    Examples
    --------
    >>> sorted(desks(Config()))
    ['analysis', 'news', 'opinion']
    """
    from framing.settings import BUILTIN_DESKS

    return {one.name: one for one in (*BUILTIN_DESKS, *config.desks)}


def _by_front_matter(config: Config, front_matter: Mapping[str, str]) -> str | None:
    """Return the desk that ``genre``, ``section`` or ``type`` names, in this order."""
    lower = {key.lower(): value for key, value in front_matter.items()}
    for key in _KEYS:
        for value in _values(lower.get(key, "")):
            for desk in config.desks:
                if value == desk.name.lower() or value in map(str.lower, desk.genres):
                    return desk.name
            if value in _genres():
                return _genres()[value]
    return None


def _values(text: str) -> list[str]:
    """Return a value and its parts: ``Opinion/Columns``, ``[news, sport]``."""
    value = text.strip().lower()
    for divider in "[]\"'/>|;":
        value = value.replace(divider, ",")
    return [text.strip().lower(), *(part.strip() for part in value.split(",") if part.strip())]


def _by_path(config: Config, path: str) -> str | None:
    from framing.checking.globs import matches

    for desk in config.desks:
        if desk.paths and matches(path, desk.paths, config.folder):
            return desk.name
    return None


@cache
def _genres() -> dict[str, str]:
    """Return what newsrooms call the built-in desks' genres → the desk."""
    path = os.path.join(os.path.dirname(__file__), "genres.tsv")
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {genre: desk for genre, desk in rows}


def weighed(feature: str, select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Tell whether a feature counts: the longest beginning decides, and without one it does.

    Examples
    --------
    >>> weighed("loaded.label.weak", ["loaded.label"], ["loaded"])
    True
    >>> weighed("loaded.action.weak", ["loaded.label"], ["loaded"])
    False
    """
    on = longest(feature, (one for one in select if not one.startswith(PREFIX)))
    off = longest(feature, (one for one in ignore if not one.startswith(PREFIX)))
    return off < 0 or on > off
