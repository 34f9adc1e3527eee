"""Long hostile texts end at all: what grows with the square of the length would not.

How fast they grow is measured by ``tests/benchmarks/test_growth_hostile.py``; here no time is
compared, for a machine may be slow. 200 kB that cost their square would take many minutes.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from framing.analysis import analyze
from framing.readers import open_document
text = (sys.argv[2] * (200_000 // len(sys.argv[2]) + 1))[:200_000]
if sys.argv[1] == "analyze":
    analyze(text)
else:
    open_document(text.encode(), "draft" + sys.argv[1])
"""
PIECES = {
    "analyze": ["a", "“", "J. K. ", "said that he said ", '"a ', "Rumour and report , "],
    ".md": ["[", "[a](", "*a_", "`", "> ", "<a "],
    ".html": ["<div>", "<!--", "&#", "<a ", "</p>"],
    ".rst": ["`", ".. a::\n ", "*", "a\n=\n"],
}


@pytest.mark.parametrize(
    ("how", "piece"), [(how, piece) for how, pieces in PIECES.items() for piece in pieces]
)
def test_it_ends(how: str, piece: str) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, how, piece], check=True, timeout=300)
