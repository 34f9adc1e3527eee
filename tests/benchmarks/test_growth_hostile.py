"""Growth on hostile texts: ``pytest tests/benchmarks/test_growth_hostile.py -s`` prints factors.

How much longer twice the text takes, of each hostile pattern and each function that reads a
draft: 2 is linear, 4 quadratic. It is the cube root of what eight times the text takes, which
says more than one doubling on a machine that does other things too. Processor time, the least of
several turns; nothing here fails because a machine is slow.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from measuring import clocked, table

from framing.analysis import analyze
from framing.checking.run import Checker, Draft, Given
from framing.model import load_model
from framing.readers import SUFFIXES, open_document
from framing.sentences import find_sentences
from framing.text import tokenise
from framing.voice import listen

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "fuzz")]

from targets import notebook, word_file  # noqa: E402 they lie beside this folder

SIZE = 15_000
DOUBLINGS = 3
TURNS = 2
#: Seconds; of what is faster the clock says too little.
_SEEN = 0.01
#: A pattern is repeated up to the size.
PATTERNS = {
    "words": "word ",
    "one token": "a",
    "full stops": ".",
    "initials": "J. K. ",
    "abbreviations": "U.S. ",
    "open quotes": "“",
    "straight quotes": '"',
    "quote by quote": "“Why?” ",
    "apostrophes": "'a ",
    "brackets": "[",
    "links": "[a](",
    "stars": "*",
    "backticks": "`",
    "block quotes": "> ",
    "tags": "<a ",
    "open elements": "<div>",
    "comments": "<!--",
    "entities": "&#",
    "table rows": "a|b\n-|-\n",
    "underlines": "a\n=\n",
    "list items": "- a\n",
    "blank lines": "\n",
    "spaces": " ",
    "said": "said that he said ",
    "sources": "Rumour and report , ",
    "combining": "e\u0301",
    "NULs": "\0a ",
    "footnotes": "[^a]: b\n",
    "directives": ".. a::\n ",
    "loaded words": "shameful a ",
}


CHECKER = Checker(Given(isolated=True))


def _reader(suffix: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        data = text.replace("\0", "").encode()
        if suffix == ".docx":  # markup is text there
            data = word_file(
                b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % escape(data.decode()).encode()
            )
        elif suffix == ".ipynb":
            data = notebook(data)
        return open_document(data, f"draft{suffix}")

    return read


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "tokenise": tokenise,
    "find_sentences": find_sentences,
    "listen": lambda text: listen(text, tokenise(text)),
    "score": load_model().score,
    "analyze": analyze,
    "check": lambda text: CHECKER.check(Draft("draft.txt", text.replace("\0", "").encode())),
    **{f"reader {suffix}": _reader(suffix) for suffix in SUFFIXES},
}


def seconds(work: Callable[[str], object], piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    return min(clocked(lambda: work(text)) for _ in range(TURNS))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_growth(name: str) -> None:
    work = FUNCTIONS[name]
    work("A word. " * 100)  # loads what is loaded once
    found = []
    for what, piece in PATTERNS.items():
        small, large = seconds(work, piece, SIZE), seconds(work, piece, SIZE << DOUBLINGS)
        if large > _SEEN:
            found.append(((large / small) ** (1 / DOUBLINGS), what, large))
    found.sort(reverse=True)
    rows = [[what, f"{factor:.2f}", f"{took * 1e3:.1f}"] for factor, what, took in found]
    print("\n" + name)
    print("\n".join(table(["pattern", "factor", "ms"], *rows)))
