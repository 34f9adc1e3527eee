"""Make ``datasets/open_voice/labels.tsv`` from the annotated sentences.

The sentences belong to others and do not ship. What ships is what is ours, the labels, with the
place of each sentence and a hash by which a copy of it can be recognised.
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

TARGET = Path(__file__).parents[1] / "datasets" / "open_voice" / "labels.tsv"
COLUMNS = ("id", "source", "article_id", "n", "sha256", "label", "confidence")


def digest(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a sentence, as it stands, in UTF-8."""
    # No Unicode normalisation: a fetched text that differs in one code point is another text,
    # and offsets into it would be wrong.
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def lines(annotated: Path) -> Iterator[str]:
    """Lines of the stand-off table, sorted by id, header first."""
    with annotated.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    yield "\t".join(COLUMNS)
    for row in sorted(rows, key=lambda row: row["id"]):
        row["sha256"] = digest(row["text"])
        yield "\t".join(row[column] for column in COLUMNS)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("annotated", type=Path, help="table with the column text and the labels")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    made = "".join(f"{line}\n" for line in lines(options.annotated))
    if not options.check:
        options.output.write_text(made, encoding="utf-8", newline="\n")
        return 0
    if options.output.read_text(encoding="utf-8") == made:
        return 0
    print(f"{options.output} is stale", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
