"""Evidence and extractors as values."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from framing.errors import ExtractorError
from framing.evidence import Evidence, Extractor, check_names, extractor
from framing.extractors import BUILTIN
from framing.lexicon import phrases
from framing.text import Sentence

SENTENCE = Sentence("No! Never!")


@extractor("shout", {"shout.mark": "exclamation marks, count per sentence; source: style 4"})
def SHOUT(sentence: Sentence) -> Iterator[Evidence]:
    """Exclamation marks."""
    for at, character in enumerate(sentence.text):
        if character == "!":
            yield Evidence(at, at + 1, "shout.mark")


def find_stops(sentence: Sentence) -> Iterator[Evidence]:
    for at, character in enumerate(sentence.text):
        if character == ".":
            yield Evidence(at, at + 1, "stop.mark")


STOP = extractor("stop", {"stop.mark": "full stops"}, quoted=True)(find_stops)


def test_evidence_counts_once_by_default() -> None:
    assert Evidence(0, 2, "shout.mark") == (0, 2, "shout.mark", 1.0)


def test_the_decorator_makes_a_value() -> None:
    assert isinstance(SHOUT, Extractor)
    assert (SHOUT.name, SHOUT.doc, SHOUT.quoted) == ("shout", "Exclamation marks.", False)
    assert list(SHOUT.find(SENTENCE)) == [
        Evidence(2, 3, "shout.mark"),
        Evidence(9, 10, "shout.mark"),
    ]
    assert STOP.quoted
    assert STOP.doc == ""
    with pytest.raises(AttributeError):
        SHOUT.name = "other"  # type: ignore[misc]


def test_the_decorator_registers_nothing() -> None:
    assert all(one.name != "shout" for one in BUILTIN)


@pytest.mark.parametrize("feature", ["mark", "shouting.mark", "shou", "Shout.mark"])
def test_features_are_called_after_their_extractor(feature: str) -> None:
    with pytest.raises(ExtractorError, match=r"extractor 'shout': call the feature shout\."):
        extractor("shout", {feature: "exclamation marks"})
    with pytest.raises(ExtractorError, match="shout"):
        check_names("shout", {"shout.mark": "fine", feature: "exclamation marks"})


def test_the_features_are_a_copy() -> None:
    features = {"copy.mark": "marks"}
    made = extractor("copy", features)(find_stops)
    features["copy.other"] = "others"
    assert list(made.features) == ["copy.mark"]


def test_declares() -> None:
    one = Extractor("a", {"a.plain": "", "a.graded.*": ""})
    assert one.declares("a.plain")
    assert one.declares("a.graded.weak")
    assert not one.declares("a.plain.weak")
    assert not one.declares("a.graded")
    assert not one.declares("a.gradedly.weak")
    assert not one.declares("b.plain")


def test_without_ways_to_find_there_is_no_evidence() -> None:
    assert list(Extractor("a", {}).find(SENTENCE)) == []


def test_another_lexicon_is_another_extractor() -> None:
    words = phrases("shout", ["no"])
    other = SHOUT.with_lexicon(words)
    assert other.lexicon is words
    assert SHOUT.lexicon is None
    assert other != SHOUT
    assert other.find is SHOUT.find
    assert other.digest == words.digest
    assert SHOUT.digest == ""


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("one", [SHOUT, STOP, *BUILTIN], ids=lambda one: one.name)
def test_pickles(one: Extractor, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(one, protocol))
    assert again == one
    assert again.doc == one.doc
    assert again.find is one.find
    assert list(again.find(SENTENCE)) == list(one.find(SENTENCE))


def test_a_decorated_extractor_pickles_with_other_phrases() -> None:
    other = SHOUT.with_lexicon(phrases("shout", ["no"]))
    again = pickle.loads(pickle.dumps(other))
    assert again == other
    assert again != SHOUT


def test_what_has_no_place_in_a_module_does_not_pickle() -> None:
    @extractor("local", {"local.mark": "marks"})
    def local(sentence: Sentence) -> Iterator[Evidence]:
        yield from ()

    with pytest.raises((pickle.PicklingError, AttributeError), match="local"):
        pickle.dumps(local)
