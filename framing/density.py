"""Density: evidence counts for more in a short sentence than in a long one.

One strong word is a larger part of six words than of sixty, and long sentences collect marks by
chance. A model may therefore thin all evidence of a sentence by one factor that depends on its
length alone, so that the score stays a weighted sum of marks.
"""

from __future__ import annotations

__all__ = ["NONE", "USUAL_LENGTH", "thinning"]

#: Tokens of a usual news sentence: there evidence counts fully.
USUAL_LENGTH = 24
#: The density of a model in which length does not matter.
NONE = (0.0, 0.0)


def thinning(size: int, density: tuple[float, float]) -> float:
    """Return by what the evidence of a sentence is multiplied.

    Parameters
    ----------
    size : int
        Number of its tokens.
    density : tuple of (float, float)
        Offset and power: the factor is ``((24 + offset) / (size + offset)) ** power``.

    Examples
    --------
    >>> [round(thinning(size, (10.0, 0.5)), 2) for size in (6, 24, 60)]
    [1.46, 1.0, 0.7]
    """
    offset, power = density
    if not power or not size:
        return 1.0
    return float(((USUAL_LENGTH + offset) / (size + offset)) ** power)
