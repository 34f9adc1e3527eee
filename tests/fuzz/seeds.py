"""Where fuzzing starts: real input of each kind, and every attack."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from attacks import ATTACKS

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
        yield word_file("<w:p><w:r><w:t>It rained.</w:t></w:r></w:p>")
    elif target in ("plain", "voice") or target.removeprefix("file") in SUFFIXES:
        for draft in sorted((ROOT / "examples" / "drafts").glob("*.txt")):
            yield draft.read_bytes()[:4_000]
    for text in ATTACKS.values():
        yield text.encode("utf-8", "surrogatepass")[:20_000]


def word_file(body: str) -> bytes:
    """Return a Word document around the XML of its paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return stored.getvalue()
