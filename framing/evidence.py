"""Evidence, and the extractors that find it.

An extractor is a value: a name, the features it may speak of, and up to three ways to find
evidence. A lexicon's phrases and the shapes of single tokens are found for all extractors
together in one pass over the tokens (:mod:`framing.extraction`); whatever needs the whole
sentence is a function of the sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from framing.errors import ExtractorError
from framing.lexicon import Lexicon
from framing.text import Sentence
from framing.values import TYPE_CHECKING, NamedTuple, Value
from framing.voice import Heard

if TYPE_CHECKING:
    from typing import Any

__all__ = ["Evidence", "Extractor", "Find", "Hear", "Measure", "Shape", "extractor"]


class Evidence(NamedTuple):
    """One mark: these characters of the sentence speak for this feature.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the sentence's text.
    feature : str
        ``family.name``.
    value : float
        How much; 1.0 for a plain occurrence.
    """

    start: int
    end: int
    feature: str
    value: float = 1.0


Find = Callable[[Sentence], Iterable[Evidence]]
#: Token as written → the features its shape is evidence for.
Shape = Callable[[str], tuple[str, ...]]


#: Normalised tokens → (feature, value) of the sentence as a whole.
Measure = Callable[[Sequence[str]], Iterable[tuple[str, float]]]

#: Number of tokens, voices → (start, end, feature, value), half-open token numbers.
Hear = Callable[[int, Sequence[Heard]], Iterable[tuple[int, int, str, float]]]


def _nothing(sentence: Sentence) -> Iterable[Evidence]:
    return ()


class Extractor(Value, uncompared=("doc",)):
    """A named source of evidence.

    Attributes
    ----------
    name : str
        The family: every feature is called ``name.something``.
    features : mapping of str to str
        Feature (or a prefix that ends in ``*``) → what it is, its unit and its source.
    find : callable
        Sentence → evidence.
    lexicon : Lexicon or None
        Phrases whose features are the evidence.
    shape : callable or None
        Token as written → features; called once per distinct token.
    measure : callable or None
        Normalised tokens → (feature, value) pairs; the evidence is the whole sentence.
    hear : callable or None
        Number of tokens, voices → (start, end, feature, value) by token numbers; not asked
        where there are no voices.
    quoted : bool
        Keep evidence in another's voice; by default only the author's words count.
    overlapping : bool
        Count phrases inside phrases too, not the longest alone.
    opinion : bool
        The phrases are signs of opinion: they do not count inside a fixed expression of plain
        reporting ("critical condition"), nor one capitalised word inside a sentence ("Hope").
    learned : bool
        The phrases are chosen in training and live in the model, not in a file.
    doc : str
        The docstring that ``framing extractors NAME`` shows.
    """

    name: str
    features: Mapping[str, str]
    find: Find = _nothing
    lexicon: Lexicon | None = None
    shape: Shape | None = None
    measure: Measure | None = None
    hear: Hear | None = None
    quoted: bool = False
    overlapping: bool = False
    opinion: bool = False
    learned: bool = False
    doc: str = ""

    def declares(self, feature: str) -> bool:
        """Whether the extractor may speak of a feature."""
        return feature in self.features or any(
            feature.startswith(known[:-1]) for known in self.features if known.endswith("*")
        )

    def with_lexicon(self, lexicon: Lexicon) -> Extractor:
        """Return the same extractor with other phrases."""
        return self.replace(lexicon=lexicon)

    @property
    def digest(self) -> str:
        """Identify what the extractor knows; "" when that is code alone."""
        return self.lexicon.digest if self.lexicon else ""

    def __reduce__(self) -> tuple[Any, ...]:
        state = {name: getattr(self, name) for name in self._fields}
        state["features"] = dict(self.features)
        # A decorated function's name now means its extractor, so pickle would not find it.
        home, name = self.find.__module__, getattr(self.find, "__qualname__", "")
        there = getattr(sys.modules.get(home), name, None)
        if home == "__main__" or not isinstance(there, Extractor) or there.find is not self.find:
            return _restored, (state,)
        del state["find"]
        return _restored, (state, home, name)


def _restored(state: dict[str, Any], home: str = "", name: str = "") -> Extractor:
    """Undo ``__reduce__``: take a decorated function from the extractor of its name."""
    if home:
        from importlib import import_module

        state["find"] = getattr(import_module(home), name).find
    return Extractor(**state)


def extractor(
    name: str, features: Mapping[str, str], *, quoted: bool = False
) -> Callable[[Find], Extractor]:
    """Make an extractor of a function; nothing is registered.

    Parameters
    ----------
    name : str
        The family.
    features : mapping of str to str
        Each feature, ``name.something``, with what it is, its unit and its source.
    quoted : bool
        Whether evidence in another's voice counts too.

    Returns
    -------
    callable
        A decorator that turns ``find(sentence) -> iterable of Evidence`` into an Extractor.

    Raises
    ------
    ExtractorError
        If a feature does not begin with the extractor's name.

    Examples
    --------
    >>> @extractor("shout", {"shout.mark": "exclamation marks per sentence; source: style 4"})
    ... def shout(sentence):
    ...     for at, character in enumerate(sentence.text):
    ...         if character == "!":
    ...             yield Evidence(at, at + 1, "shout.mark")
    >>> [mark.start for mark in shout.find(Sentence("No!"))]
    [2]
    """
    check_names(name, features)

    def make(find: Find) -> Extractor:
        return Extractor(name, dict(features), find, quoted=quoted, doc=find.__doc__ or "")

    return make


def check_names(name: str, features: Mapping[str, str]) -> None:
    """Refuse features that are not called after their extractor."""
    for feature in features:
        if not feature.startswith(f"{name}."):
            raise ExtractorError(f"extractor {name!r}: call the feature {name}.{feature!r}")
