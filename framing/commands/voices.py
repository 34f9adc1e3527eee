"""``framing evaluate --voices``: measure the hearing on marked sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from framing.errors import DataError

__all__ = ["DEFAULT", "measured", "table"]

#: The marks of a checkout.
DEFAULT = Path(__file__).parents[2] / "datasets" / "voices" / "annotations.tsv"


def measured(marks: Path, home: Path | None) -> dict[str, Any]:
    """Compare the hearing with the marks of a table.

    Parameters
    ----------
    marks : Path
        See :func:`framing.voice_evaluation.read_marks`.
    home : Path or None
        Folder of the data sets that hold the sentences.

    Returns
    -------
    dict
        ``sentences``; ``measures`` over all and in ``strata``; ``wrong``: set, id, words too many
        and too few.

    Raises
    ------
    DataError
        If a set is not there or has other sentences than those that were marked.
    """
    from framing.datasets import load
    from framing.voice_evaluation import Tally, compare, digest, errors, read_marks

    read = read_marks(marks)
    texts = {
        digest(text): text
        for name in {one.data for one in read}
        for text in load(name, home)["text"]
    }
    lost = [one for one in read if one.digest not in texts]
    if lost:
        raise DataError(
            f"{marks}: {len(lost)} sentences, the first {lost[0].id}, are not in {lost[0].data};"
            " is it the revision that was marked? See datasets/voices/card.md"
        )

    def values(stratum: str | None) -> dict[str, dict[str, float]]:
        pairs = [(texts[one.digest], one.voices) for one in read if stratum in (None, one.stratum)]
        found: dict[str, Tally] = compare(pairs)
        return {
            name: {
                "precision": one.precision,
                "recall": one.recall,
                "f1": one.f1,
                "found": one.found,
                "marked": one.marked,
            }
            for name, one in found.items()
        }

    return {
        "sentences": len(read),
        "measures": values(None),
        "strata": {name: values(name) for name in sorted({one.stratum for one in read})},
        "wrong": [[one.data, one.id, more, less] for one, more, less in errors(read, texts)],
    }


def table(report: dict[str, Any]) -> str:
    """Lay out a report.

    Examples
    --------
    >>> row = {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "found": 1, "marked": 2}
    >>> print(table({"sentences": 4, "measures": {"words": row}, "strata": {}, "wrong": []}))
    voices: 4 sentences, 0 of them with words heard wrongly
      words       P 1.000  R 0.500  F1 0.667  found     1  marked     2
    """
    lines = [
        f"voices: {report['sentences']} sentences,"
        f" {len(report['wrong'])} of them with words heard wrongly"
    ]
    for title, part in (("", report["measures"]), *report["strata"].items()):
        if title:
            lines.append(f"stratum {title}")
        lines.extend(
            f"  {name:<11} P {one['precision']:.3f}  R {one['recall']:.3f}  F1 {one['f1']:.3f}"
            f"  found {one['found']:>5}  marked {one['marked']:>5}"
            for name, one in part.items()
        )
    return "\n".join(lines)
