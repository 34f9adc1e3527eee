"""Verdict: the judgment of one sentence, and the contributions that its score is the sum of."""

from __future__ import annotations

from functools import partial

from framing.evidence import Evidence
from framing.text import Sentence
from framing.values import TYPE_CHECKING, NamedTuple, Value

if TYPE_CHECKING:
    from framing.extraction import Marks
    from framing.model import LinearModel
    from framing.unfolding import Unfolded

__all__ = ["Contribution", "Verdict"]


class Contribution(NamedTuple):
    """What one feature adds to a score, and the marks it rests on.

    Attributes
    ----------
    feature : str
    amount : float
        In units of the score (log-odds before calibration); positive speaks for editorial.
    evidence : tuple of Evidence
        Empty for what the article adds.
    neighbours : tuple of Sentence
        For what the article adds, the other sentences that carry most of it, the first one most.
    """

    feature: str
    amount: float
    evidence: tuple[Evidence, ...]
    neighbours: tuple[Sentence, ...] = ()


#: What ``Contribution(*fields)`` does, three times as fast.
contribution = partial(tuple.__new__, Contribution)


class _Contributions:
    """The contributions of a verdict that was not given any: made of its marks when asked for.

    They are not kept, so that the verdicts of a whole archive stay small.
    """

    def __get__(self, verdict: Verdict | None, owner: type[Verdict]) -> tuple[Contribution, ...]:
        if verdict is None or "_marks" not in verdict.__dict__:
            return ()
        known = verdict.__dict__
        marks, number = known["_marks"], known["_number"]
        if number >= 0:
            found: tuple[Contribution, ...] = marks.found(number)
            return found
        model, sentence = known["_model"], verdict.sentence
        return tuple(model.contributions(marks.by_feature(sentence), model.thinned(sentence)))


class Verdict(Value):
    """The judgment of one sentence.

    Attributes
    ----------
    sentence : Sentence
    label : str or None
        ``"editorial"`` or ``"reporting"``; None if the sentence's kind is not judged.
    probability : float or None
        Calibrated probability that the sentence is editorial.
    score : float or None
        ``base`` plus the sum of the contributions' amounts.
    base : float or None
        The score of a sentence without evidence.
    contributions : tuple of Contribution
        Largest amount first, in absolute value; worked out each time they are asked for.
    unsure : bool
        Whether the probability lies where the model is right less often than it was asked for,
        see ``LinearModel.thresholds``.
    """

    sentence: Sentence
    label: str | None = None
    probability: float | None = None
    score: float | None = None
    base: float | None = None
    contributions: tuple[Contribution, ...] = ()
    unsure: bool = False

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        label: str,
        probability: float,
        score: float,
        unsure: bool,
        model: LinearModel,
        marks: Marks | Unfolded,
        number: int = -1,
    ) -> Verdict:
        """Return a verdict whose contributions are worked out when they are asked for.

        Of sentences that were read together, `number` says which one it is.
        """
        verdict = cls.__new__(cls)
        known = verdict.__dict__
        known["sentence"], known["label"], known["probability"] = sentence, label, probability
        known["score"], known["base"], known["unsure"] = score, model.base, unsure
        known["_model"], known["_marks"], known["_number"] = model, marks, number
        return verdict


Verdict.contributions = _Contributions()  # type: ignore[assignment]
