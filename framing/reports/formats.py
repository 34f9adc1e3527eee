"""The formats of findings: which there are, and where each is made."""

from __future__ import annotations

from importlib import import_module

from framing.values import TYPE_CHECKING, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framing.checking.findings import Finding, Summary, Suppressed

__all__ = ["FORMATS", "Format"]


class Format(Value):
    """A format of findings.

    Attributes
    ----------
    module : str
        The module here that makes it.
    function : str
        ``function(findings)`` for a format that is one draft's findings after another's, else
        ``function(findings, suppressed, summary)``.
    streamed : bool
        Whether it is the former.
    suffix : str
        How the names of its files end, "" if that tells nothing.
    """

    module: str
    function: str
    streamed: bool = False
    suffix: str = ""

    def part(self, findings: Sequence[Finding]) -> str:
        """Return the findings of one draft, of a format that is streamed."""
        made: str = getattr(import_module(f"framing.reports.{self.module}"), self.function)(
            findings
        )
        return made

    def whole(
        self, findings: Sequence[Finding], suppressed: Sequence[Suppressed], summary: Summary
    ) -> str:
        """Return a whole report."""
        if self.streamed:
            return self.part(findings)
        made: str = getattr(import_module(f"framing.reports.{self.module}"), self.function)(
            findings, suppressed, summary
        )
        return made


FORMATS = {
    "text": Format("findings", "text", streamed=True, suffix=".txt"),
    "concise": Format("findings", "concise", streamed=True),
    "json": Format("findings_json", "json", suffix=".json"),
    "jsonl": Format("findings_json", "jsonl", streamed=True, suffix=".jsonl"),
    "github": Format("github", "commands", streamed=True),
    "sarif": Format("sarif", "log", suffix=".sarif"),
    "junit": Format("xml", "junit", suffix=".xml"),
    "gitlab": Format("codequality", "gitlab"),
    "rdjson": Format("codequality", "rdjson"),
    "checkstyle": Format("xml", "checkstyle"),
    "markdown": Format("markdown", "page", suffix=".md"),
}
