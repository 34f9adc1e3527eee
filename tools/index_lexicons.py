"""Put the extractors' lexicons together in one file, of which a check reads only what it needs.

Run ``python tools/index_lexicons.py`` after a lexicon has changed; ``--check`` fails when
``framing/lexicons/en/index.txt`` is stale. What stands in it: :class:`framing.lexicon.Index`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from framing.extractors import BUILTIN
from framing.lexicon import Lexicon

TARGET = Path(__file__).parents[1] / "framing" / "lexicons" / "en" / "index.txt"
#: So many bytes a page holds at least, but for the last.
PAGE = 400

Row = tuple[str, str]


def render(lexicons: list[Lexicon]) -> str:
    """Return the text of the index."""
    rows = [(cells[0], cells[1]) for one in lexicons for cells in map(_cells, one.rows)]
    features = sorted({feature for _, feature in rows})
    numbers = {feature: str(number) for number, feature in enumerate(features)}
    rows.sort(key=lambda row: (f"{row[0]}\t", row[1]))
    rows = [(phrase, numbers[feature]) for phrase, feature in rows]
    digests = [cell for one in lexicons for cell in (one.name, one.replace().digest)]
    pages = [str(cell) for page in _pages(rows) for cell in page]
    head = ["\t".join(cells) for cells in (digests, features, pages)]
    return "\n".join([*head, "", _body(rows)])


def _cells(row: str) -> list[str]:
    return row.split("\t")


def _body(rows: list[Row]) -> str:
    return "".join(f"{phrase}\t{number}\n" for phrase, number in rows)


def _pages(rows: list[Row]) -> Iterator[tuple[str, int]]:
    """Yield the first phrase of each page, and where it begins."""
    start = page = 1  # behind the empty line
    for phrase, group in groupby(rows, lambda row: row[0]):
        if start == 1 or start - page >= PAGE:
            page = start
            yield phrase, page
        start += len(_body(list(group)).encode())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    check = parser.parse_args().check
    text = render([one.lexicon for one in BUILTIN if one.lexicon and not one.learned])
    stale = not TARGET.exists() or TARGET.read_bytes() != text.encode()
    if stale and check:
        print("stale: run python tools/index_lexicons.py", file=sys.stderr)
    elif stale:
        TARGET.write_bytes(text.encode())
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main())
