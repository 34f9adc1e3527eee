"""Tables of sentences: text, CSV, JSON lines and Parquet, read and written chunk by chunk.

A file is never held in memory as a whole, and every column comes out as it went in: CSV cells
stay text, JSON values stay what they are, Parquet columns keep their types.
"""

from __future__ import annotations

from framing.tables.chunks import Added, Chunk, Writer
from framing.tables.formats import COMPRESSIONS, FORMATS, extent, format_of, read, write

__all__ = [
    "COMPRESSIONS",
    "FORMATS",
    "Added",
    "Chunk",
    "Writer",
    "extent",
    "format_of",
    "read",
    "write",
]
