"""The words that the grammar of hearing lists, to try rules on."""

from __future__ import annotations

from framing.grammar import _FUNCTION_WORDS, BITS
from framing.lexicon import shipped

LISTED = sorted(
    {row.split("\t")[0] for row in shipped("voices").rows}
    | {word for words in _FUNCTION_WORDS.values() for word in words.split()}
)


def listed(mask: int) -> list[str]:
    """Return those that can be one of some classes."""
    return [word for word in LISTED if BITS[word] & mask]
