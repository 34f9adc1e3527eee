"""Fingerprints: what tells platforms that a finding is the one they know already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from framing.checking.wording import wording
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.findings import Finding

__all__ = ["fingerprints"]


def fingerprints(findings: Iterable[Finding], placed: bool = False) -> Iterator[str]:
    """Yield a fingerprint of each finding: its rule, the wording of its sentence, and its words.

    Lines do not count, so that text above a finding does not make it a new one. Of several that
    are alike, each has its number.

    Parameters
    ----------
    findings : iterable of Finding
    placed : bool
        Whether the draft counts.

    Examples
    --------
    >>> from framing.checking.findings import Finding
    >>> place = ("a.txt", "FR103", "news", False, "", 1, 4, 1, 10, 3, 9, 4, 10)
    >>> one, two = Finding(*place), Finding(*place).replace(line=7)
    >>> first, second = fingerprints([one]), fingerprints([two])
    >>> next(first) == next(second)
    True
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for one in findings:
        marked = [one.text[start:end] for start, end in one.marks] if one.label is None else []
        what = (one.code, one.path if placed else "", wording(one.text), wording(" ".join(marked)))
        alike = (one.path, *what)
        parts = [*what, str(seen[alike])]
        seen[alike] += 1
        yield sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
