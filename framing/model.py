"""LinearModel: a weighted sum of evidence, judged with the standard library alone.

``score = base + Σ weight(feature) · value`` over all evidence, so that a score is exactly the
base plus a sum over marked characters. The probability is a function of the score that rises with
it (:mod:`framing.calibration`), the label a threshold on the probability.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from framing import calibration, model_file
from framing.context import COMMENTS, Context
from framing.density import NONE, thinning
from framing.errors import ExtractorError, ModelError
from framing.evidence import Evidence, Extractor
from framing.extraction import Extraction
from framing.lexicon import BLOCK, phrases
from framing.registry import resolve
from framing.text import JUDGED, Sentence, Voice
from framing.values import TYPE_CHECKING, Value
from framing.verdict import Contribution, Verdict, contribution
from framing.voice import sentence_of

if TYPE_CHECKING:
    from typing import Any

    from framing.folding import Folded
    from framing.unfolding import Unfolded, Unfolder

__all__ = ["Contribution", "LinearModel", "Verdict", "load_model"]

#: So many sentences are judged at once: enough to share the cost of a step, few enough to stay
#: in the processor's cache.
TOGETHER = 2_000


class LinearModel(Value):
    """Weights of features, and all that is needed to judge with them.

    Attributes
    ----------
    weights : mapping of str to float
        Feature → weight.
    base : float
        Score of a sentence without evidence.
    calibration : tuple of float
        The curve from score to probability: slope and intercept, or a slope for low scores, one
        for high scores, and the intercept; see :func:`framing.calibration.log_odds`.
    thresholds : mapping of str to float
        Name → probability. From ``"default"`` on a sentence is called editorial. Reporting that is
        not below ``"reporting"``, and a comment that is below ``"editorial"``, are unsure; without
        these two nothing is.
    extractors : mapping of str to str
        Name of each extractor the model needs → digest of its lexicon in training.
    about : mapping
        Where the model comes from: data, recipe, measures.
    density : tuple of (float, float)
        How evidence thins out in long sentences, see :func:`framing.density.thinning`.
    context : Context or None
        What an article's other sentences add, where that is asked for.
    marking : tuple of Extractor
        Extractors whose evidence is shown and weighs nothing; not part of the file.
    """

    weights: Mapping[str, float]
    base: float
    calibration: tuple[float, ...] = (1.0, 0.0)
    thresholds: Mapping[str, float] = {"default": 0.5}
    extractors: Mapping[str, str] = {}
    about: Mapping[str, Any] = {}
    density: tuple[float, float] = NONE
    context: Context | None = None
    marking: tuple[Extractor, ...] = ()

    def with_extractors(self, extra: Iterable[Extractor]) -> LinearModel:
        """Return the model with extractors that only mark: their features weigh nothing.

        Their evidence is shown among the contributions with the amount 0. Phrases by which their
        lexicons keep others from counting are left out, for these would change scores.

        Raises
        ------
        ExtractorError
            If one has the name of an extractor that the model knows.
        """
        added = (*self.marking, *map(_without_blocks, extra))
        names = [*self.extractors, *(one.name for one in added)]
        for name in names:
            if names.count(name) > 1:
                raise ExtractorError(f"extractor {name!r} is there already; rename yours")
        return self.replace(marking=added)

    @property
    def threshold(self) -> float:
        """The probability from which a sentence is called editorial."""
        return self.thresholds["default"]

    @cached_property
    def extraction(self) -> Extraction:
        """The extractors of this model, ready to run.

        Raises
        ------
        ModelError
            If one is not installed or knows other phrases than in training.
        """
        known = (self._fitted(one) for one in resolve(self.extractors))
        weights, marking = self.weights, {one.name for one in self.marking}

        def shown(name: str) -> bool:
            return name in weights or name.partition(".")[0] in marking

        return Extraction((*known, *self.marking), shown if marking else weights.__contains__)

    def _fitted(self, one: Extractor) -> Extractor:
        """Check an installed extractor against the model; give a learned one its phrases."""
        if one.learned:
            stem = f"{one.name}."
            size = len(stem)
            vocabulary = [name[size:] for name in self.weights if name[:size] == stem]
            return one.with_lexicon(phrases(one.name, vocabulary))
        wanted = self.extractors[one.name]
        if one.digest != wanted:
            raise ModelError(
                f"extractor {one.name!r}: this model was trained with lexicon"
                f" {wanted or '(none)'}, installed is {one.digest or '(none)'};"
                " install the version of the extractor it was trained with, or train it again"
            )
        return one

    def probability(self, score: float) -> float:
        """Return the calibrated probability of a score."""
        return calibration.probability(score, self.calibration)

    def contributions(
        self, evidence: Mapping[str, Sequence[Evidence]], thinned: float = 1.0
    ) -> list[Contribution]:
        """Weigh evidence, given by feature; features without weight are left out.

        ``thinned`` multiplies all of it, see :mod:`framing.density`.
        """
        weights, marking = self.weights, {one.name for one in self.marking}
        found = []
        for feature, marks in evidence.items():
            weight = weights.get(feature)
            if weight is None:
                if feature.partition(".")[0] not in marking:
                    continue
                weight = 0.0
            value = marks[0][3] if len(marks) == 1 else sum([mark[3] for mark in marks])
            amount = weight * value * thinned
            found.append((-abs(amount), feature, contribution((feature, amount, tuple(marks), ()))))
        found.sort()
        return [one for _, _, one in found]

    def judge(self, sentence: Sentence, threshold: float | None = None) -> Verdict:
        """Judge a sentence whose voices have been heard.

        Examples
        --------
        >>> model = LinearModel({"rhetoric.question_mark": 2.0}, -1.0, extractors={"rhetoric": ""})
        >>> verdict = LinearModel({}, -1.0).judge(Sentence("It rained."))
        >>> verdict.label, round(verdict.probability, 3), verdict.contributions
        ('reporting', 0.269, ())
        """
        if sentence.kind not in JUDGED:
            return Verdict(sentence)
        marks = self.extraction.marks(sentence)
        score = self.base + marks.total(self.weights) * self.thinned(sentence)
        probability = self.probability(score)
        label, unsure = self._label(probability, threshold)
        return Verdict.of(sentence, label, probability, score, unsure, self, marks)

    @property
    def in_bulk(self) -> bool:
        """Whether all evidence can be found for many sentences at once.

        That of functions of a sentence cannot, nor that of extractors which only mark.
        """
        return not (self.extraction.finders or self.marking)

    def judge_all(self, texts: Iterable[str], threshold: float | None = None) -> Iterator[Verdict]:
        """Judge sentences given alone; in bulk, with numpy.

        Parameters
        ----------
        texts : iterable of str
            One sentence each; up to two thousand are read at a time.
        threshold : float, optional
            Probability from which a sentence is called editorial, in place of the model's.

        Yields
        ------
        Verdict
            What :meth:`judge` says one by one, to within 1e-9 of the scores.

        Examples
        --------
        >>> verdicts = load_model().judge_all(["It rained.", "It is a shameful farce."])
        >>> [verdict.label for verdict in verdicts]
        ['reporting', 'editorial']
        """
        if not self.in_bulk:
            yield from (self.judge(sentence_of(text), threshold) for text in texts)
            return
        left = iter(texts)
        while part := list(islice(left, TOGETHER)):
            unfolded = self.read_together(part)
            sentences = map(_spoken, part, unfolded.voices())
            yield from self.verdicts(sentences, unfolded.scored(), threshold)

    def read_together(self, texts: Sequence[str], *paragraphs: Any) -> Unfolded:
        """Read sentences in bulk; what else is given goes to :func:`framing.hearing.hear_all`."""
        return self._unfolder.unfold(self._folded.read(texts, *paragraphs))

    def verdicts(
        self,
        sentences: Iterable[Sentence],
        scored: Iterable[tuple[float, Unfolded, int]],
        threshold: float | None = None,
    ) -> Iterator[Verdict]:
        """Yield the verdicts on sentences that were read together.

        ``scored`` is for each the score, what it was read with, and its number there.
        """
        # One at a time: thousands that live at once keep the garbage collector busy.
        for sentence, (score, unfolded, number) in zip(sentences, scored, strict=False):
            if sentence.kind in JUDGED:
                probability = self.probability(score)
                label, unsure = self._label(probability, threshold)
                yield Verdict.of(
                    sentence, label, probability, score, unsure, self, unfolded, number
                )
            else:
                yield Verdict(sentence)

    def _label(self, probability: float, threshold: float | None) -> tuple[str, bool]:
        """Return the label of a probability, and whether it is unsure."""
        limits = self.thresholds
        if probability >= (limits["default"] if threshold is None else threshold):
            return "editorial", probability < limits.get("editorial", 0.0)
        return "reporting", probability >= limits.get("reporting", 2.0)

    def in_context(
        self, verdicts: Sequence[Verdict], threshold: float | None = None
    ) -> tuple[Verdict, ...]:
        """Judge an article's sentences again, each in the light of the others.

        Parameters
        ----------
        verdicts : sequence of Verdict
            On all sentences of one article, each judged alone.
        threshold : float, optional
            Probability from which a sentence is called editorial, in place of the model's.

        Returns
        -------
        tuple of Verdict
            With the contribution ``context.comments`` where the others add something.

        Raises
        ------
        ModelError
            If the model knows no context.
        """
        if self.context is None:
            raise ModelError(
                "this model knows no context; judge without it, or train a model with a context"
            )
        judged = [at for at, one in enumerate(verdicts) if one.probability is not None]
        chances = [verdicts[at].probability or 0.0 for at in judged]
        found = list(verdicts)
        amounts, carriers = self.context.amounts(chances), self.context.carriers(chances)
        for at, amount, carrying in zip(judged, amounts, carriers, strict=True):
            if amount:
                neighbours = tuple(verdicts[judged[one]].sentence for one in carrying)
                alone = verdicts[at]
                parts = (*alone.contributions, Contribution(COMMENTS, amount, (), neighbours))
                score = (alone.score or 0.0) + amount
                probability = self.probability(score)
                label, unsure = self._label(probability, threshold)
                found[at] = Verdict(
                    alone.sentence,
                    label,
                    probability,
                    score,
                    alone.base,
                    tuple(sorted(parts, key=lambda one: (-abs(one.amount), one.feature))),
                    unsure,
                )
        return tuple(found)

    def thinned(self, sentence: Sentence) -> float:
        """Return by what the evidence of a sentence is multiplied, see :mod:`framing.density`."""
        return thinning(len(sentence.tokens), self.density)

    def scores(self, texts: Sequence[str]) -> list[float]:
        """Return the score of each sentence, given alone; in bulk, with numpy."""
        return self._folded.scores(texts)

    def score(self, text: str) -> float:
        """Return the score of one sentence given alone."""
        sentence = sentence_of(text)
        total = self.extraction.marks(sentence).total(self.weights)
        return self.base + total * self.thinned(sentence)

    @cached_property
    def _folded(self) -> Folded:
        from framing.folding import Folded  # what judges whole articles needs no sums

        return Folded(self.extraction, self.weights, self.base, self.density)

    @cached_property
    def _unfolder(self) -> Unfolder:
        from framing.unfolding import Unfolder

        return Unfolder(self._folded, self.extraction, self.weights, self.density)

    def to_json(self) -> str:
        """Return the model as readable, diffable JSON."""
        # A file without context is what it was before there was any.
        context = {"context": self.context.to_dict()} if self.context else {}
        return (
            json.dumps(
                {
                    "format": model_file.FORMAT,
                    "version": model_file.VERSION,
                    "about": self.about,
                    "extractors": dict(sorted(self.extractors.items())),
                    "base": self.base,
                    "calibration": list(self.calibration),
                    "thresholds": dict(self.thresholds),
                    **({} if self.density == NONE else {"density": list(self.density)}),
                    **context,
                    "weights": dict(sorted(self.weights.items())),
                },
                ensure_ascii=False,
                indent=1,
            )
            + "\n"
        )

    @classmethod
    def from_json(cls, text: str, path: str = "<model>") -> LinearModel:
        """Read a model; nothing in it is run.

        Raises
        ------
        ModelError
            If the text is not a model of this format: a field is missing, unknown, twice there or
            of another type, or a name, a number or a nest is out of bounds.
        """
        return cls(**model_file.fields(text, path))


def _spoken(text: str, voices: tuple[Voice, ...]) -> Sentence:
    return Sentence(text, voices=voices)


def _without_blocks(one: Extractor) -> Extractor:
    """Return an extractor whose phrases keep no others from counting."""
    if one.lexicon is None:
        return one
    rows = tuple(row for row in one.lexicon.rows if row.split("\t")[1] != BLOCK)
    return one if rows == one.lexicon.rows else one.with_lexicon(one.lexicon.replace(rows=rows))


def load_model(name: str | os.PathLike[str] = "news-en") -> LinearModel:
    """Load a model by the name it is shipped under, or from a JSON file.

    Parameters
    ----------
    name : str or Path
        ``"news-en"`` or a path that ends in ``.json``.

    Returns
    -------
    LinearModel

    Raises
    ------
    ModelError
        If there is no such model, or the file is malformed or larger than 20 MB.

    Examples
    --------
    >>> load_model("news-en").threshold > 0
    True
    """
    text, path = model_file.load(name)
    return LinearModel.from_json(text, path)
