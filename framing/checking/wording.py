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
    plain = normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    plain = re.sub(r"--+", "-", plain)
    if not plain.isascii():
        plain = "".join(one for one in plain if category(one) not in ("Cf", "Cs"))
    plain = " ".join(plain.split())
    # What splitlines and terminals know beyond white space.
    return plain if plain.isprintable() else re.sub(r"[\x00-\x1f\x7f-\x9f]", "", plain)
