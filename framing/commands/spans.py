"""``framing evaluate --spans``: the words a model shows against those a reader named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.model import LinearModel

__all__ = ["DEFAULT", "measured", "table"]

#: The spans of a checkout.
DEFAULT = Path(__file__).parents[2] / "datasets" / "ours" / "spans.tsv"


def measured(model: LinearModel, path: Path) -> dict[str, Any]:
    """Return the measures of :class:`framing.rationales.Agreement` by name."""
    from framing.rationales import agreement, read_spans

    found = agreement(model, read_spans(path))
    kinds = {kind: {"spans": size, "hit": hit} for kind, (size, hit) in found.by_kind.items()}
    return {**found._asdict(), "by_kind": kinds}


def table(report: dict[str, Any]) -> str:
    """Lay out a report.

    Examples
    --------
    >>> kinds = {"irony": {"spans": 2, "hit": 0.5}}
    >>> shares = {"hit": 0.5, "found": 1.0, "precision": 0.5, "chance": 0.25}
    >>> print(table({"sentences": 1, "spans": 2, **shares, "by_kind": kinds}))
    spans: 2 in 1 editorial sentences
      touched by one of the 3 strongest marks    0.500
      touched by any mark for editorial          1.000
      strongest marks that touch a span          0.500, by chance 0.250
      irony        0.500 of    2
    """
    lines = [
        f"spans: {report['spans']} in {report['sentences']} editorial sentences",
        f"  touched by one of the 3 strongest marks    {report['hit']:.3f}",
        f"  touched by any mark for editorial          {report['found']:.3f}",
        f"  strongest marks that touch a span          {report['precision']:.3f},"
        f" by chance {report['chance']:.3f}",
    ]
    lines.extend(
        f"  {kind:<12} {one['hit']:.3f} of {one['spans']:>4}"
        for kind, one in report["by_kind"].items()
    )
    return "\n".join(lines)
