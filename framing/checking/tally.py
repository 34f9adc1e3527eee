"""The tally of a run: what is new, what is counted, what is kept for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from framing.checking.findings import Checked, Finding, Summary, Suppressed
from framing.values import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.checking.baseline import Baseline
    from framing.checking.changes import Changes
    from framing.dropping import Dropped

__all__ = ["Tally"]


class Tally:
    """Counts what comes in draft by draft, and keeps no more of it than is needed.

    Parameters
    ----------
    baseline : Baseline, optional
        What is known already.
    changes : Changes, optional
        What was touched.
    keep : bool
        Whether the findings are kept for a report on all drafts.

    Examples
    --------
    >>> tally = Tally()
    >>> tally.take(Checked("a.txt", 3, (("byline", 1),)))
    []
    >>> tally.summary().judged
    3
    """

    def __init__(
        self,
        baseline: Baseline | None = None,
        changes: Changes | None = None,
        keep: bool = False,
    ) -> None:
        self._baseline, self._changes, self._keep = baseline, changes, keep
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._paths: list[str] = []
        self._errors: list[str] = []
        self._dropped: dict[str, Dropped] = {}
        self.findings: list[Finding] = []
        self.suppressed: list[Suppressed] = []
        #: Findings that make the check fail.
        self.failing = 0

    def take(self, checked: Checked) -> list[Finding]:
        """Count a draft; return the findings to report of it."""
        if checked.error:
            self.fail(checked.error)
            return []
        for one in checked.dropped:
            self._dropped.setdefault(one.extractor, one)
        findings: Sequence[Finding] = checked.findings
        if self._baseline is not None:
            fresh = self._baseline.new(checked.path, findings)
            self._counts["baseline"] += len(findings) - len(fresh)
            findings = fresh
        if self._changes is not None:
            touched = self._changes.touched(findings, self._changes.old(checked.path))
            self._counts["untouched"] += len(findings) - len(touched)
            findings = touched
        failing = sum(one.fails for one in findings)
        self.failing += failing
        self._counts["files"] += 1
        self._counts["judged"] += checked.judged
        self._counts["findings"] += len(findings)
        self._counts["advice"] += len(findings) - failing
        self._counts["suppressed"] += len(checked.suppressed)
        self._skipped.update(dict(checked.skipped))
        if self._keep:
            self._paths.append(checked.path)
            self.findings.extend(findings)
            self.suppressed.extend(checked.suppressed)
        return list(findings)

    def leave(self) -> None:
        """Count a draft that has not changed."""
        self._counts["unchanged"] += 1

    def fail(self, error: str) -> None:
        """Note what kept a draft from being checked."""
        self._errors.append(error)

    def summary(self) -> Summary:
        """Return what came of all drafts so far."""
        counts = self._counts
        return Summary(
            counts["files"],
            counts["judged"],
            tuple(sorted(self._skipped.items(), key=lambda item: (-item[1], item[0]))),
            counts["findings"],
            counts["advice"],
            counts["suppressed"],
            counts["baseline"],
            counts["unchanged"],
            self._changes.base if self._changes is not None else "",
            counts["untouched"],
            tuple(self._paths),
            tuple(self._errors),
            tuple(self._baseline.stale()) if self._baseline is not None else (),
            tuple(self._dropped.values()),
        )
