"""The rules: each a code, a name and what it says. :data:`RULES` is the only list of them.

A rule's page, with sentences on which it must and must not fire, is ``pages/CODE.md``. Advice is
found by :mod:`framing.checking.advice`, which is imported when a rule of it is selected, and what
is wrong with suppressions by :mod:`framing.checking.suppressions`.
"""

from __future__ import annotations

from collections.abc import Iterable

from framing.errors import ConfigError
from framing.values import Value

__all__ = [
    "FAILING",
    "PREFIX",
    "RULES",
    "SELECTED",
    "Rule",
    "check_codes",
    "longest",
    "selected",
    "starts_with_any",
]

#: With which every code begins, and no feature.
PREFIX = "FR"


class Rule(Value):
    """A rule.

    Attributes
    ----------
    code : str
        Never reused for another rule.
    name : str
        The same in words.
    summary : str
        What a finding says, one line.
    """

    code: str
    name: str
    summary: str


RULES = (
    Rule("FR001", "editorial-sentence", "the writer comments in their own voice"),
    Rule("FR002", "editorial-headline", "the headline comments"),
    Rule("FR101", "vague-source", "nobody can tell who the source is"),
    Rule("FR102", "loaded-report-verb", "the verb takes a side on what the source says"),
    Rule("FR103", "scare-quotes", "quotation marks keep a distance without a source"),
    Rule("FR104", "loaded-group-noun", "the noun judges the people it names"),
    Rule("FR901", "unused-suppression", "the suppression suppresses nothing"),
    Rule("FR902", "suppression-without-reason", "the suppression gives no reason, so it is void"),
    Rule("FR903", "malformed-suppression", "the suppression cannot be read, so it is void"),
)
#: On, and failing, unless something else is said.
SELECTED = ("FR0", "FR9")
FAILING = ("FR0",)


def starts_with_any(name: str, beginnings: Iterable[str]) -> bool:
    """Tell whether a code begins with one of some beginnings.

    Examples
    --------
    >>> starts_with_any("FR001", ["FR1", "FR0"])
    True
    """
    return name.startswith(tuple(beginnings))


def longest(name: str, beginnings: Iterable[str]) -> int:
    """Return the length of the longest beginning of a code or a feature, -1 if there is none.

    A feature begins with whole parts: ``loaded.label`` begins ``loaded.label.strong`` and not
    ``loaded.labels``.

    Examples
    --------
    >>> longest("FR001", ["FR", "FR0", "FR1"]), longest("loaded.label.weak", ["loaded.lab"])
    (3, -1)
    """
    return max(
        (
            len(one)
            for one in beginnings
            if name.startswith(one)
            and (one.startswith(PREFIX) or name == one or name[len(one)] == ".")
        ),
        default=-1,
    )


def selected(select: Iterable[str] | None, ignore: Iterable[str]) -> frozenset[str]:
    """Return the codes that are on: the longest beginning decides, and `ignore` a draw.

    Parameters
    ----------
    select : iterable of str or None
        If it names no rule, :data:`SELECTED` is on.
    ignore : iterable of str

    Examples
    --------
    >>> sorted(selected(["FR1", "FR001"], ["FR103", "FR104"]))
    ['FR001', 'FR101', 'FR102']
    """
    on = [one for one in select or () if one.startswith(PREFIX)] or SELECTED
    off = [one for one in ignore if one.startswith(PREFIX)]
    return frozenset(
        rule.code for rule in RULES if longest(rule.code, on) > longest(rule.code, off)
    )


def check_codes(beginnings: Iterable[str], where: str, families: Iterable[str] = ()) -> None:
    """Refuse what is the beginning of no rule and of no feature.

    Parameters
    ----------
    beginnings : iterable of str
    where : str
        What names them, for the message.
    families : iterable of str
        Names of extractors; none are taken without them.

    Raises
    ------
    ConfigError

    Examples
    --------
    >>> check_codes(["FR7"], "--select")
    Traceback (most recent call last):
    framing.errors.ConfigError: --select: no rule begins with 'FR7'; see framing explain-rule
    """
    known = set(families)
    for one in beginnings:
        if one.startswith(PREFIX) or not known:
            if not any(rule.code.startswith(one) for rule in RULES):
                raise ConfigError(f"{where}: no rule begins with {one!r}; see framing explain-rule")
        elif one.partition(".")[0] not in known:
            raise ConfigError(
                f"{where}: {one!r} begins neither a rule (FR…) nor a feature"
                f" ({', '.join(sorted(known))})"
            )
