"""Hypothesis strategy: texts made of what hurts sentence splitters."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *["He left", "U.S.", "Gen.", "Inc.", "a.m.", "5", "No.", "I", "word", "Xyz", "iPhone"],
        *[".", "!", "?", "…", "...", ". . .", "“", "”", '"', "'", "’", "(", ")", "[1]", "—", "-"],
        *["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"],
        *[" ", " ", " ", "\u00a0", "\u200b", "\ufeff", "\u202f", "\t", "• ", "1. ", "# ", "* "],
        *["🎉", "e\u0301", "İ", "\ud800", "\udfff", "👨‍👩‍👧", "|", "©", "Tags:", "By Dara Orlan"],
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())), st.lists(PIECES, max_size=60).map("".join)
)
