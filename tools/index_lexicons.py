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
from framing.lexicon import SHORTEST_STEM, Lexicon

TARGET = Path(__file__).parents[1] / "framing" / "lexicons" / "en" / "index.txt"
#: So many bytes are searched from end to end; of more, longer stems have a place each.
LARGEST = 1_000

Row = tuple[str, str]


def render(lexicons: list[Lexicon]) -> str:
    """Return the text of the index."""
    rows = [(cells[0], cells[1]) for one in lexicons for cells in map(_cells, one.rows)]
    features = sorted({feature for _, feature in rows})
    numbers = {feature: str(number) for number, feature in enumerate(features)}
    rows.sort(key=lambda row: (f"{row[0]}\t", row[1]))
    rows = [(phrase, numbers[feature]) for phrase, feature in rows]
    digests = [cell for one in lexicons for cell in (one.name, one.replace().digest)]
    places = [str(cell) for place in _places(rows, SHORTEST_STEM, 1) for cell in place]
    head = ["\t".join(cells) for cells in (digests, features, places)]
    return "\n".join([*head, "", _body(rows)])


def _cells(row: str) -> list[str]:
    return row.split("\t")


def _body(rows: list[Row]) -> str:
    return "".join(f"{phrase}\t{number}\n" for phrase, number in rows)


def _places(rows: list[Row], length: int, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield each stem with where its rows begin, and their size."""
    for stem, group in groupby(rows, lambda row: f"{row[0].split(' ')[0]} "[:length]):
        found = list(group)
        size = len(_body(found).encode())
        if size > LARGEST and not stem.endswith(" "):
            yield stem, 0, 0
            yield from _places(found, length + 1, start)
        else:
            yield stem, start, size
        start += size


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
