"""The baseline: findings that were there before anybody checked, to be worked off.

A TSV file, sorted, one line a rule and sentence of a draft, so that two branches merge:
``code ⇥ count ⇥ path ⇥ sentence``. A sentence is known by its wording
(:mod:`framing.checking.wording`): to wrap it otherwise, to curl its quotation marks or to move
its draft makes no new finding.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from framing.checking.findings import Finding
from framing.checking.wording import wording
from framing.errors import ConfigError

__all__ = ["DEFAULT", "Baseline", "is_kept"]

#: The file's name where none is given.
DEFAULT = "framing-baseline.tsv"
#: Findings; who has more has no use for a list of them.
_MOST = 1_000_000
_FIRST = "# framing baseline 1"
_HEADER = f"{_FIRST}: rule, how often, draft, sentence; written by framing check --write-baseline"

Key = tuple[str, str]


def is_kept(finding: Finding) -> bool:
    """Tell whether a finding can be known beforehand; what is wrong with a suppression cannot.

    Examples
    --------
    >>> is_kept(Finding("a.txt", "FR901", "news", False, "", 1, 1, 1, 2, 0, 1, 1, 2))
    False
    """
    return bool(finding.text)


class Baseline:
    r"""The findings known beforehand, and which of them a run has met.

    Parameters
    ----------
    path : str
        The file; paths in it are relative to its folder.
    text : str
        What it holds; "" for a new one.
    adopt : bool
        Whether findings that were not known are taken in; else it only shrinks.

    Raises
    ------
    ConfigError
        If the text is malformed, naming path, line and remedy.

    Examples
    --------
    >>> known = Baseline("b.tsv", "# framing baseline 1\nFR001\t1\ta.txt\tIt is bad.\n")
    >>> place = (1, 1, 2, 5, 0, 10, 1, 5)
    >>> finding = Finding("a.txt", "FR001", "news", True, "", *place, text="It is\nbad.")
    >>> len(known.new("a.txt", [finding, finding]))
    1
    """

    def __init__(self, path: str, text: str = "", adopt: bool = False) -> None:
        self.path = path
        self._adopt = adopt
        self._folder = os.path.realpath(os.path.dirname(path))
        #: (code, sentence) → draft → how often.
        self._known: dict[Key, dict[str, int]] = defaultdict(dict)
        self._left: dict[Key, dict[str, int]] = defaultdict(dict)
        #: (code, draft, sentence) of this run → how often it was known, and how often it was not.
        self._met: Counter[tuple[str, str, str]] = Counter()
        self._fresh: Counter[tuple[str, str, str]] = Counter()
        self._checked: set[str] = set()
        total = 0
        for number, line in enumerate(text.split("\n"), 1):
            if number == 1 and text and not line.startswith(_FIRST):
                raise ConfigError(
                    f"{path}:1: no baseline; one is written by framing check --write-baseline"
                )
            if line and not line.startswith("#"):
                code, count, draft, sentence = self._row(line.rstrip("\r"), number)
                total += count
                if total > _MOST:
                    raise ConfigError(
                        f"{path}:{number}: more than {_MOST:,} findings; write it anew with"
                        " --write-baseline"
                    )
                # Two branches may each have added the line: it is the same finding.
                here = self._known[code, sentence]
                here[draft] = max(here.get(draft, 0), count)
        for key, drafts in self._known.items():
            self._left[key] = dict(drafts)

    def _row(self, line: str, number: int) -> tuple[str, int, str, str]:
        cells = line.split("\t")
        if len(cells) != 4 or not re.fullmatch("[0-9]{1,7}", cells[1]) or not all(cells):
            raise ConfigError(
                f"{self.path}:{number}: not a line of a baseline (rule, count, draft, sentence;"
                " tabs between): mend it, or write it anew with --write-baseline"
            )
        return cells[0], int(cells[1]), cells[2], cells[3]

    def _name(self, path: str) -> str:
        here = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        name = os.path.relpath(here, self._folder).replace(os.sep, "/")
        return name.encode("utf-8", "backslashreplace").decode().replace("\t", " ")

    def new(self, path: str, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings of a draft that were not known; call it once for every draft."""
        name = self._name(path)
        self._checked.add(name)
        fresh = []
        for finding in findings:
            if not is_kept(finding):
                fresh.append(finding)
                continue
            sentence = wording(finding.text)
            known = self._take((finding.code, sentence), name)
            (self._met if known else self._fresh)[finding.code, name, sentence] += 1
            if not (known or self._adopt):
                fresh.append(finding)
        return fresh

    def _take(self, key: Key, name: str) -> bool:
        """Use up one known finding: this draft's, or that of a draft that is no more."""
        left = self._left.get(key)
        if not left:
            return False
        for draft in (name, *left):
            if left.get(draft, 0) and (draft == name or self._is_gone(draft)):
                left[draft] -= 1
                return True
        return False

    def _is_gone(self, draft: str) -> bool:
        return not os.path.exists(os.path.join(self._folder, draft))

    def stale(self) -> list[str]:
        """Return the known sentences that this run should have met and did not, in order."""
        return [
            sentence
            for (_, sentence), drafts in sorted(self._left.items())
            for draft, count in sorted(drafts.items())
            for _ in range(count)
            if draft in self._checked or self._is_gone(draft)
        ]

    def rewritten(self) -> str:
        """Return the file's text after this run."""
        counts = Counter(self._met)
        if self._adopt:
            counts.update(self._fresh)
        for (code, sentence), drafts in self._known.items():
            for draft, count in drafts.items():
                if draft not in self._checked and not self._is_gone(draft):
                    counts[code, draft, sentence] += count
        rows = [_HEADER]
        for (code, draft, sentence), count in sorted(counts.items()):
            rows.append(f"{code}\t{count}\t{draft}\t{sentence}")
        return "\n".join(rows) + "\n"
