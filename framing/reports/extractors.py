"""What finds evidence: a list of extractors, and a page about one."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc

from framing.reports.characters import visible, width
from framing.reports.layout import plural
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.evidence import Extractor

__all__ = ["listing", "page"]


def listing(extractors: Iterable[tuple[Extractor, str]]) -> str:
    """List extractors: name, number of features, where each one comes from.

    Parameters
    ----------
    extractors : iterable of (Extractor, str)
        Each with its origin.

    Returns
    -------
    str
        A line per extractor.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> hedging = next(one for one in BUILTIN if one.name == "hedging")
    >>> listing([(hedging, "framing")]).split()[::3]
    ['hedging', 'framing']
    """
    rows = [(visible(one.name), _size(one), visible(origin)) for one, origin in extractors]
    name_width = max((width(name) for name, _, _ in rows), default=0)
    size_width = max((len(size) for _, size, _ in rows), default=0)
    return "".join(
        f"{name}{' ' * (name_width - width(name))}  {size:{size_width}}  {origin}\n"
        for name, size, origin in rows
    )


def page(one: Extractor, origin: str) -> str:
    """Show an extractor's documentation and its features.

    Parameters
    ----------
    one : Extractor
        What to show.
    origin : str
        Where it comes from.

    Returns
    -------
    str
        Lines, each ended by a newline.

    Examples
    --------
    >>> from framing.extractors import BUILTIN
    >>> hedging = next(one for one in BUILTIN if one.name == "hedging")
    >>> page(hedging, "framing").splitlines()[0]
    'hedging, from framing'
    """
    lines = [f"{one.name}, from {origin}", "", *cleandoc(one.doc).splitlines(), "", _size(one)]
    lines += [f"  {name}: {what}" for name, what in sorted(one.features.items())]
    # A feature that stands for several ("stance.necessity.*") is spelt out.
    spelt = [name for name in _features(one) if name not in one.features]
    if spelt:
        lines += ["", "in full", *(f"  {name}" for name in spelt)]
    if one.lexicon and not one.learned:
        lexicon = one.lexicon
        lines += [
            "",
            f"{plural(len(lexicon), 'phrase')}; source: {lexicon.source};"
            f" licence: {lexicon.licence}",
        ]
    return "".join(f"{visible(line)}".rstrip() + "\n" for line in lines)


def _features(one: Extractor) -> list[str]:
    """Return the features that an extractor speaks of, as far as they are known beforehand."""
    named = {name for name in one.features if not name.endswith("*")}
    if one.lexicon:
        named.update(one.lexicon.features)
    return sorted(named)


def _size(one: Extractor) -> str:
    return "learned in training" if one.learned else plural(len(_features(one)), "feature")
