"""Which extractors there are: the built-in ones and those of installed plug-ins.

Built-ins come through the same door, the entry-point group ``framing.extractors``, as one
entry that names the list. They are also known without asking the installed packages, so that a
model that needs nothing else starts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from framing.contract import shown
from framing.errors import ExtractorError
from framing.evidence import Extractor, check_names
from framing.extractors import BUILTIN

__all__ = ["GROUP", "installed", "origins", "resolve"]

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
    return MappingProxyType({name: one for name, (one, _) in _scanned().items()})


def origins() -> Mapping[str, str]:
    """Return the distribution that each installed extractor comes from.

    Examples
    --------
    >>> origins()["hedging"]
    'framing'
    """
    return MappingProxyType({name: owner for name, (_, owner) in _scanned().items()})


@cache
def _scanned() -> dict[str, tuple[Extractor, str]]:
    """Return every extractor with its distribution, by name."""
    from importlib.metadata import entry_points

    found: dict[str, Extractor] = {}
    owners: dict[str, str] = {}
    for one in BUILTIN:
        found[one.name], owners[one.name] = one, "framing"
    for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)):
        owner = entry.dist.name if entry.dist else "an unknown distribution"
        try:
            loaded = entry.load()
        except (Exception, SystemExit) as error:  # it may fail in any way; it is named, not hidden
            raise ExtractorError(
                f"plug-in {entry.name!r} of {owner} cannot be imported: {shown(error)};"
                f" mend it or uninstall {owner}"
            ) from error
        except KeyboardInterrupt:  # whoever waited in vain learns for what
            raise KeyboardInterrupt(
                f"stopped while plug-in {entry.name!r} of {owner} was imported"
            ) from None
        if loaded is BUILTIN:
            continue
        for one in loaded if isinstance(loaded, tuple | list) else (loaded,):
            if not isinstance(one, Extractor):
                raise ExtractorError(
                    f"plug-in {entry.name!r} of {owner} is {type(one).__name__}, not an"
                    " Extractor; make it with @framing.extractor"
                )
            _check(one, f"plug-in {entry.name!r} of {owner}")
            if one.name in found:
                raise ExtractorError(
                    f"extractor {one.name!r} comes from both {owners[one.name]} and {owner};"
                    " uninstall one of them"
                )
            found[one.name], owners[one.name] = one, owner
    return {name: (found[name], owners[name]) for name in sorted(found)}


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
        If one is not installed.

    Examples
    --------
    >>> [one.name for one in resolve(["stance", "hedging"])]
    ['hedging', 'stance']
    """
    wanted = sorted(set(names))
    known: Mapping[str, Extractor] = {one.name: one for one in BUILTIN}
    if not known.keys() >= set(wanted):
        known = installed()
    for name in wanted:
        if name not in known:
            raise ExtractorError(
                f"no extractor {name!r} is installed; there are {', '.join(known)}"
            )
    return tuple(known[name] for name in wanted)
