"""Whether two sentences are the same for an editor, however they are set."""

from __future__ import annotations

import re
from unicodedata import category, normalize

__all__ = ["wording"]

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
#: Controls, marks of direction and joiners, halves of surrogates.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def wording(text: str) -> str:
    r"""Return a sentence without what typesetting changes.

    Compatibility forms (ligatures, full-width letters), quotation marks, dashes, white space and
    characters that show nothing.

    Parameters
    ----------
    text : str
        A sentence.

    Returns
    -------
    str
        One line without controls; equal for sentences of the same wording.

    Examples
    --------
    >>> wording("“It’s\n  over”–he\u00a0said…") == wording('"It\'s over"-he said...')
    True
    """
    if not text.isprintable():
        text = "".join(one for one in text if one.isspace() or category(one) not in _UNSEEN)
    plain = normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    return " ".join(re.sub(r"--+", "-", plain).split())
