"""Context: what the other sentences of an article add to the score of one.

In a column every second sentence comments, in a report hardly any. So a sentence whose neighbours
comment is likelier to comment itself. The addition is never negative: an article that mostly
reports leaves each of its sentences as it stands, and its few comments are found as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from framing.errors import ModelError
from framing.values import Value

__all__ = ["COMMENTS", "Context"]

#: The feature under which the addition is shown.
COMMENTS = "context.comments"


class Context(Value):
    """The second stage of a model, over the first stage's probabilities.

    A sentence gets ``weight`` times by how much the mean probability of the article's other
    sentences exceeds ``free``. A short article says little of itself: the mean is taken as if
    there were ``prior`` sentences more, each with the probability ``free``.

    Attributes
    ----------
    weight : float
        In units of the score; not negative.
    free : float
        Mean probability up to which nothing is added, from 0 to 1.
    prior : float
        Sentences; not negative.

    Examples
    --------
    >>> Context(weight=4.0, free=0.25, prior=2.0).amounts([1.0, 0.75, 0.25])
    [0.5, 0.75, 1.25]
    >>> Context(weight=4.0).amounts([0.3, 0.1, 0.1])
    [0.0, 0.0, 0.0]
    """

    weight: float
    free: float = 0.25
    prior: float = 3.0

    def values(self, probabilities: Sequence[float]) -> list[float]:
        """Return for each sentence by how much the others exceed what is free.

        Parameters
        ----------
        probabilities : sequence of float
            P(editorial) of the judged sentences of one article, each taken alone.
        """
        total = sum(probabilities) - self.free * len(probabilities)
        size = len(probabilities) - 1 + self.prior
        if size <= 0:
            return [0.0] * len(probabilities)
        return [max(0.0, (total - (one - self.free)) / size) for one in probabilities]

    def amounts(self, probabilities: Sequence[float]) -> list[float]:
        """Return what is added to the score of each sentence, see :meth:`values`."""
        return [self.weight * value for value in self.values(probabilities)]

    def carriers(self, probabilities: Sequence[float], most: int = 3) -> list[tuple[int, ...]]:
        """Return for each sentence the others that speak most for a comment, the first one most.

        Only sentences that raise the mean above what is free are named, at most `most`.

        Examples
        --------
        >>> Context(1.0).carriers([0.9, 0.1, 0.8, 0.3], 2)
        [(2, 3), (0, 2), (0, 3), (0, 2)]
        """
        loud = [at for at, one in enumerate(probabilities) if one > self.free]
        loud.sort(key=lambda at: -probabilities[at])
        named = loud[: most + 1]
        return [
            tuple(other for other in named if other != at)[:most]
            for at in range(len(probabilities))
        ]

    def to_dict(self) -> dict[str, float]:
        """Return what the model file holds."""
        return {"weight": self.weight, "free": self.free, "prior": self.prior}

    @classmethod
    def from_dict(cls, data: object, path: str) -> Context:
        """Read what the model file holds.

        Raises
        ------
        ModelError
            If a number is missing, malformed or out of its range.
        """
        try:
            if not isinstance(data, dict):
                raise TypeError(data)
            weight, free, prior = (float(data[name]) for name in cls._fields)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ModelError(f"{path}: malformed context: {error!r}; train it again") from error
        if not (isfinite(weight + prior) and weight >= 0 and prior >= 0 and 0 <= free <= 1):
            raise ModelError(
                f"{path}: context: weight and prior are numbers from 0 on, free one from 0 to 1,"
                f" not {weight}, {prior} and {free}; train it again"
            )
        return cls(weight, free, prior)
