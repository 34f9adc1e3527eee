"""Put the extractors' lexicons together in one file, of which a check reads only what it needs.

Run ``python tools/index_lexicons.py`` after a lexicon has changed; ``--check`` fails when
``framing/lexicons/en/index.txt`` is stale. What stands in it: :class:`framing.lexicon.Index`.
"""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from pathlib import Path

from framing.extractors import BUILTIN
from framing.lexicon import Lexicon

TARGET = Path(__file__).parents[1] / "framing" / "lexicons" / "en" / "index.txt"
STEM = 3


def render(lexicons: list[Lexicon]) -> str:
    """Return the text of the index."""
    entries = [row.split("\t")[:2] for one in lexicons for row in one.rows]
    features = sorted({feature for _, feature in entries})
    numbers = {feature: number for number, feature in enumerate(features)}
    entries.sort(key=lambda entry: (f"{entry[0]}\t", entry[1]))
    places, body = [], ""
    parts = []
    size = 0
    for stem, group in groupby(entries, key=lambda entry: entry[0].split(" ")[0][:STEM]):
        places += [stem, str(size)]
        part = "".join(f"\n{phrase}\t{numbers[feature]}" for phrase, feature in group)
        size += len(part.encode())
        parts.append(part)
    body = "".join(parts)
    known = (f"{one.name} {one.replace().digest}" for one in lexicons)
    return "\n".join([" ".join(known), " ".join(features), " ".join(places), f"{body}\n"])


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
