"""Make ``datasets/open_voice/labels.tsv`` and ``spaces.tsv`` from the annotated sentences.

The sentences belong to others and do not ship. What ships is what is ours, the labels, with the
place of each sentence, its length and a hash by which a copy of it can be recognised; and for
MASC, whose texts are published as tokens, the lengths of the words between its blanks.
Labels in ``audit.tsv``, beside them, replace those of the annotated table.
Run ``python tools/make_open_voice_labels.py PATH/TO/annotated.tsv``; ``--check`` writes nothing
and fails when the labels that ship are others.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "datasets" / "open_voice"
COLUMNS = ("id", "source", "article_id", "n", "length", "sha256", "label", "confidence")


def digest(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a sentence, as it stands, in UTF-8."""
    # No Unicode normalisation: a fetched text that differs in one code point is another text,
    # and offsets into it would be wrong.
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def settled(path: Path) -> dict[str, dict[str, str]]:
    """Labels that were settled anew by an audit, by id."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}


def read(annotated: Path, audit: Path) -> list[dict[str, str]]:
    """Rows of the annotated table, sorted by id, with length, hash and audited labels."""
    changed = settled(audit)
    with annotated.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        row["length"] = str(len(row["text"]))
        row["sha256"] = digest(row["text"])
        if row["id"] in changed:
            row |= {name: changed[row["id"]][name] for name in ("label", "confidence")}
    return sorted(rows, key=lambda row: row["id"])


def tables(rows: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Name and content of both tables, header first."""
    lines = ["\t".join(COLUMNS), *("\t".join(row[one] for one in COLUMNS) for row in rows)]
    yield "labels.tsv", "".join(f"{line}\n" for line in lines)
    lines = ["id\tlengths"]
    for row in rows:
        if row["source"].startswith("masc"):
            lengths = " ".join(str(len(word)) for word in row["text"].split(" "))
            lines.append(f"{row['id']}\t{lengths}")
    yield "spaces.tsv", "".join(f"{line}\n" for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("annotated", type=Path, help="table with the column text and the labels")
    parser.add_argument("-o", "--output", type=Path, default=TARGET, help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    stale = 0
    for name, made in tables(read(options.annotated, options.output / "audit.tsv")):
        path = options.output / name
        if not options.check:
            path.write_text(made, encoding="utf-8", newline="\n")
        elif path.read_text(encoding="utf-8") != made:
            print(f"{path} is stale", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
