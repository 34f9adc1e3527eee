"""Where fuzzing starts: real input of each kind, and every attack."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from attacks import ATTACKS
from targets import notebook, word_file

from framing.lexicon import shipped
from framing.model import LinearModel
from framing.readers import SUFFIXES

ROOT = Path(__file__).parents[2]


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs for a target."""
    if target == "config":
        yield b'threshold = 0.7\nlexicons = ["house.tsv"]\n'
        yield b"[framing]\nthreshold = 0.7\n"
        yield b"[tool.framing]\nthreshold = 0.7\n"
    elif target == "lexicon":
        yield "\n".join(shipped("hedging").rows[:40]).encode()
    elif target == "model":
        yield LinearModel({"rhetoric.question_mark": 1.0}, -1.0, extractors={}).to_json().encode()
    elif target == "file.docx":
        paragraph = b"<w:p><w:r><w:t>It rained.</w:t></w:r></w:p>"
        yield word_file(paragraph)
        yield paragraph
        yield b"<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl><w:del>%s</w:del>" % ((paragraph,) * 2)
    elif target == "file.ipynb":
        yield notebook(b"# A *wet* day\n\nIt rained.\n")
    elif target == "sidecar":
        yield b'[[ignore]]\ncodes = ["FR001"]\nsentence = "It is bad."\nreason = "a joke"\n'
        yield b'[[ignore]]\nreason = "wire copy"\n'
    elif target == "baseline":
        yield b"# framing baseline 1\nFR001\t1\ta.txt\tIt is bad.\n"
    elif target == "rows":
        for number, row in enumerate((b"It rained.\n", b'text,n\n"It, rained",1\n', b'{"a":1}\n')):
            yield bytes([number]) + row
        yield b"\x03" + gzip.compress(b"text\nIt rained.\n", mtime=0)
    elif target == "kept":
        yield struct.pack("<IId", 1, zlib.crc32(struct.pack("<d", 0.5)), 0.5)
        yield b'[1,[["empty",1]],[],[]]'
    elif target in ("plain", "splitter", "voice") or target.removeprefix("file") in SUFFIXES:
        for draft in sorted((ROOT / "examples" / "drafts").glob("*.txt")):
            yield draft.read_bytes()[:4_000]
    for text in ATTACKS.values():
        yield text.encode("utf-8", "surrogatepass")[:20_000]
