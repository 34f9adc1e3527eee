"""Which extractors there are: the built-in ones and those of installed plug-ins.

Built-ins come through the same door, the entry-point group ``framing.extractors``, as one
entry that names the list. They are also known without asking the installed packages, so that a
model that needs nothing else starts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from framing.contract import shown
from framing.errors import ExtractorError
from framing.evidence import Extractor, check_names
from framing.extractors import BUILTIN
from framing.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["DESCRIBED", "GROUP", "installed", "origins", "resolve"]

GROUP = "framing.extractors"


def installed() -> Mapping[str, Extractor]:
    """Return every installed extractor by name, sorted; scanned once.

    Raises
    ------
    ExtractorError
        If a plug-in cannot be imported, is no extractor, or takes a name that is taken; the
        text names its distribution.

    Examples
    --------
    >>> "hedging" in installed()
    True
    """
    return MappingProxyType(_whole().extractors)


def origins() -> Mapping[str, str]:
    """Return the distribution that each installed extractor comes from.

    Examples
    --------
    >>> origins()["hedging"]
    'framing'
    """
    return MappingProxyType(_whole().owners)


class _Scan(NamedTuple):
    """Extractors and their distributions by name, and what is wrong with others."""

    extractors: dict[str, Extractor]
    owners: dict[str, str]
    broken: list[ExtractorError]


def _whole() -> _Scan:
    """Return what is installed, if all of it is sound."""
    scan = _scanned()
    if scan.broken:
        raise scan.broken[0]
    return scan


@cache
def _scanned() -> _Scan:
    """Look at every entry point, once."""
    from importlib.metadata import entry_points

    found = {one.name: one for one in BUILTIN}
    owners = dict.fromkeys(found, "framing")
    broken: list[ExtractorError] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        owner = entry.dist.name if entry.dist else "an unknown distribution"
        try:
            for plug in _loaded(entry, owner):
                name = plug.name
                if name in found:
                    both = f"{owners[name]} and {owner}; uninstall one of them"
                    broken.append(
                        ExtractorError(f"extractor {name!r} comes from both {both}", name)
                    )
                else:
                    found[name], owners[name] = plug, owner
        except ExtractorError as error:
            broken.append(error)
    for one in broken:  # of two that claim a name neither is taken, unless one is framing's
        if owners.get(one.extractor) != "framing":
            found.pop(one.extractor, None)
    return _Scan(
        {name: found[name] for name in sorted(found)},
        {name: owners[name] for name in sorted(found)},
        broken,
    )


def _loaded(entry: EntryPoint, owner: str) -> tuple[Extractor, ...]:
    """Return the extractors that an entry point leads to, but the built-in ones."""
    who = f"plug-in {entry.name!r} of {owner}"
    try:
        loaded = entry.load()
    except (Exception, SystemExit) as error:  # it may fail in any way; it is named, not hidden
        raise ExtractorError(
            f"{who} cannot be imported: {shown(error)}; mend it or uninstall {owner}"
        ) from error
    except KeyboardInterrupt:  # whoever waited in vain learns for what
        raise KeyboardInterrupt(f"stopped while {who} was imported") from None
    if loaded is BUILTIN:
        return ()
    every = tuple(loaded) if isinstance(loaded, tuple | list) else (loaded,)
    for one in every:
        if not isinstance(one, Extractor):
            raise ExtractorError(
                f"{who} is {type(one).__name__}, not an Extractor; make it with @framing.extractor"
            )
        _check(one, who)
    return every


def _check(one: Extractor, who: str) -> None:
    """Refuse what is declared wrongly, naming the plug-in."""
    try:
        check_names(one.name, dict(one.features))
    except ExtractorError as error:
        raise ExtractorError(f"{who}: {error}") from error
    except Exception as error:  # nothing is known of what stands there
        raise ExtractorError(
            f"{who}: the features of {one.name!r} are a dict of str to str: {shown(error)}"
        ) from error
    for feature in one.lexicon.features if one.lexicon else ():
        if not one.declares(feature):
            raise ExtractorError(
                f"{who}: the lexicon of {one.name!r} names {feature!r}, which is not declared"
            )


def resolve(names: Iterable[str]) -> tuple[Extractor, ...]:
    """Return the extractors of these names, in order of name.

    Raises
    ------
    ExtractorError
        If one is not installed, or comes from a plug-in that cannot be imported.

    Examples
    --------
    >>> [one.name for one in resolve(["stance", "hedging"])]
    ['hedging', 'stance']
    """
    wanted = sorted(set(names))
    known: Mapping[str, Extractor] = {one.name: one for one in BUILTIN}
    if not known.keys() >= set(wanted):
        scan = _scanned()
        known = scan.extractors
        for name in wanted:
            if name in known:
                continue
            # Which extractors a plug-in would have brought that cannot be imported, nobody knows.
            ours = [one for one in scan.broken if one.extractor in ("", name)]
            if ours:
                raise ExtractorError(str(ours[0]), name) from ours[0]
            raise ExtractorError(
                f"no extractor {name!r} is installed; there are {', '.join(known)}"
            )
    return tuple(known[name] for name in wanted)


class _Described(Mapping[str, Extractor]):
    """What is known of extractors; plug-ins are imported when one of theirs is asked for."""

    def __getitem__(self, name: str) -> Extractor:
        for one in BUILTIN:
            if one.name == name:
                return one
        return _scanned().extractors[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_scanned().extractors)

    def __len__(self) -> int:
        return len(_scanned().extractors)


#: Name → extractor, of those that are sound: what their documentation is taken from.
DESCRIBED: Mapping[str, Extractor] = _Described()
