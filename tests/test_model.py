"""LinearModel: a weighted sum of evidence, its file, and what it refuses."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stand_in_model import WEIGHTS, stand_in

from framing import bounds
from framing.cli import main
from framing.errors import ExtractorError, ModelError
from framing.evidence import Evidence, Extractor
from framing.extractors import BUILTIN
from framing.lexicon import parse
from framing.model import LinearModel, load_model
from framing.text import JUDGED, KINDS, Sentence
from framing.voice import sentence_of

SENTENCES = [
    "The council voted 7 to 2 on Monday.",
    "A new pier is much needed.",
    "Is it not a disgraceful, shameful, disgraceful plan for 300 people?",
    "“It is a disgraceful plan,” said Bo Ek.",
    "US officials were in SHAMEFUL haste!",
]
NOTHING = "They left."


def lexicon(*rows: str) -> str:
    header = ["# name: house", "# language: en", "# source: style guide", "# licence: CC0"]
    return "\n".join([*header, *(row.replace("|", "\t") + "\t" for row in rows)])


def house(*rows: str, name: str = "house") -> Extractor:
    return Extractor(name, {f"{name}.*": "house style"}, lexicon=parse(lexicon(*rows)))


# judging


@pytest.mark.parametrize("text", SENTENCES)
def test_contributions_add_up_to_the_score(text: str) -> None:
    verdict = stand_in().judge(sentence_of(text))
    assert verdict.score is not None
    assert verdict.base == -0.5
    total = verdict.base + sum(one.amount for one in verdict.contributions)
    assert abs(total - verdict.score) <= 1e-9
    for one in verdict.contributions:
        assert one.amount == pytest.approx(
            WEIGHTS[one.feature] * sum(mark.value for mark in one.evidence), abs=1e-12
        )


def test_every_contribution_rests_on_characters() -> None:
    verdict = stand_in().judge(sentence_of(SENTENCES[2]))
    marked = {
        one.feature: [SENTENCES[2][mark.start : mark.end] for mark in one.evidence]
        for one in verdict.contributions
    }
    assert marked == {
        "evaluation.negative.strong": ["disgraceful", "shameful", "disgraceful"],
        "rhetoric.question_mark": ["?"],
        "facticity.number": ["300"],
    }


def test_the_largest_contribution_comes_first() -> None:
    amounts = [one.amount for one in stand_in().judge(sentence_of(SENTENCES[2])).contributions]
    assert amounts == [6.0, -1.0, 1.0]


def test_without_evidence_the_score_is_the_base() -> None:
    verdict = stand_in(base=-1.25).judge(sentence_of(NOTHING))
    assert (verdict.score, verdict.base, verdict.contributions) == (-1.25, -1.25, ())
    assert stand_in(base=-1.25).score(NOTHING) == -1.25
    assert stand_in(base=-1.25).score("") == -1.25


@pytest.mark.parametrize("kind", KINDS)
def test_only_some_kinds_are_judged(kind: str) -> None:
    sentence = Sentence(SENTENCES[1], kind=kind)
    verdict = stand_in().judge(sentence)
    assert verdict.sentence is sentence
    if kind in JUDGED:
        assert verdict.label == "editorial"
    else:
        assert verdict.label is None
        assert (verdict.probability, verdict.score, verdict.base) == (None, None, None)
        assert verdict.contributions == ()


def test_the_probability_is_calibrated() -> None:
    model = stand_in().replace(calibration=(0.5, -0.25))
    verdict = model.judge(sentence_of(SENTENCES[1]))
    assert verdict.score == 2.5
    assert verdict.probability == pytest.approx(1 / (1 + math.exp(-1.0)), abs=1e-12)


def test_a_curve_with_two_slopes_survives_its_file() -> None:
    model = stand_in().replace(calibration=(1.5, 0.5, 0.25))
    again = LinearModel.from_json(model.to_json())
    assert again.calibration == (1.5, 0.5, 0.25)
    assert again.probability(-2.0) == model.probability(-2.0) < 0.1


@pytest.mark.parametrize(("score", "wanted"), [(1e6, 1.0), (-1e6, 0.0), (0.0, 0.5)])
def test_the_probability_of_extreme_scores(score: float, wanted: float) -> None:
    assert stand_in().probability(score) == wanted


@given(st.lists(st.floats(-800, 800), min_size=2, max_size=2).map(sorted))
def test_the_probability_rises_with_the_score(scores: list[float]) -> None:
    low, high = map(stand_in().probability, scores)
    assert 0.0 <= low <= high <= 1.0


def test_the_threshold_decides_the_label() -> None:
    model = stand_in().replace(thresholds={"default": 0.95, "loose": 0.3})
    sentence = sentence_of(SENTENCES[1])
    assert model.threshold == 0.95
    verdict = model.judge(sentence)
    assert verdict.label == "reporting"
    assert verdict.probability is not None
    assert model.judge(sentence, threshold=model.thresholds["loose"]).label == "editorial"
    # A probability that is the threshold is enough; 0 is a threshold, not the lack of one.
    assert model.judge(sentence, threshold=verdict.probability).label == "editorial"
    assert model.judge(sentence_of(NOTHING), threshold=0.0).label == "editorial"


def test_scores_are_those_of_the_verdicts() -> None:
    scores = [stand_in().judge(sentence_of(text)).score for text in SENTENCES]
    assert stand_in().scores(SENTENCES) == pytest.approx(scores, abs=1e-9)


# extractors that mark


def test_what_is_added_is_shown_and_weighs_nothing() -> None:
    marked = stand_in().with_extractors([house("new pier|house.pier", "voted|house.vote")])
    verdict = marked.judge(sentence_of(SENTENCES[1]))
    plain = stand_in().judge(sentence_of(SENTENCES[1]))
    assert (verdict.score, verdict.label) == (plain.score, plain.label)
    assert [(one.feature, one.amount) for one in verdict.contributions] == [
        ("interjection.phrase.strong", 3.0),
        ("house.pier", 0.0),
    ]
    assert verdict.contributions[1].evidence == (Evidence(2, 10, "house.pier"),)
    assert marked.scores(SENTENCES) == stand_in().scores(SENTENCES)


def test_what_is_added_cannot_keep_other_words_from_counting() -> None:
    extra = house("disgraceful plan|-", "shameful|-", "disgraceful plan|house.plan")
    marked = stand_in().with_extractors([extra])
    assert marked.scores(SENTENCES) == stand_in().scores(SENTENCES)
    text = "It is a disgraceful plan."
    verdict = marked.judge(sentence_of(text))
    assert verdict.score == stand_in().judge(sentence_of(text)).score == 1.5
    assert {one.feature for one in verdict.contributions} == {
        "evaluation.negative.strong",
        "house.plan",
    }


def test_the_model_itself_stays_as_it_was() -> None:
    model = stand_in()
    model.with_extractors([house("pier|house.pier")])
    assert model.marking == ()
    assert "house" not in model.to_json()
    assert model.with_extractors([house("pier|house.pier")]).to_json() == model.to_json()


@pytest.mark.parametrize("name", ["evaluation", "house"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    model = stand_in().with_extractors([house("pier|house.pier")])
    with pytest.raises(ExtractorError, match=f"'{name}' is there already; rename yours"):
        model.with_extractors([house(f"quay|{name}.quay", name=name)])


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(ExtractorError, match="'house' is there already"):
        stand_in().with_extractors([house("pier|house.a"), house("quay|house.b")])


# what a model was trained with


def test_other_phrases_than_in_training_are_refused() -> None:
    installed = {one.name: one.digest for one in BUILTIN}["evaluation"]
    model = LinearModel({}, 0.0, extractors={"evaluation": "0123456789abcdef"})
    with pytest.raises(ModelError) as raised:
        model.judge(sentence_of(NOTHING))
    for part in ("'evaluation'", "0123456789abcdef", installed, "install the version", "train"):
        assert part in str(raised.value)
    with pytest.raises(ModelError, match="0123456789abcdef"):
        model.score(NOTHING)


@pytest.mark.parametrize(("name", "digest"), [("quoted", "0123"), ("evaluation", "")])
def test_no_lexicon_is_called_none(name: str, digest: str) -> None:
    with pytest.raises(ModelError, match=r"\(none\)"):
        LinearModel({}, 0.0, extractors={name: digest}).score(NOTHING)


def test_an_extractor_that_is_not_installed_is_named() -> None:
    with pytest.raises(ExtractorError, match="'clairvoyance'"):
        LinearModel({}, 0.0, extractors={"clairvoyance": ""}).score(NOTHING)


def test_learned_phrases_come_from_the_weights() -> None:
    weights = {"wording.let us": 1.5, "wording.clear": 0.25, "wording.^ let": 0.5}
    verdict = LinearModel(weights, 0.0, extractors={"wording": ""}).judge(
        sentence_of("Let us be clear.")
    )
    assert {one.feature: one.amount for one in verdict.contributions} == weights


# the file


def test_the_file_holds_the_model() -> None:
    model = stand_in().replace(
        calibration=(0.8, -0.1),
        thresholds={"default": 0.4, "strict": 0.9},
        about={"name": "tïny", "data": {"ours": {"sentences": 2}}, "list": [1, None, "x"]},
    )
    text = model.to_json()
    again = LinearModel.from_json(text)
    assert again == model
    assert again.to_json() == text
    assert again.scores(SENTENCES) == model.scores(SENTENCES)


finite = st.floats(-1e6, 1e6)
letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
phrases = st.text(letters, min_size=1, max_size=99).map("wording.{}".format)


@given(
    st.dictionaries(phrases, finite, max_size=5),
    finite,
    st.tuples(finite, finite) | st.tuples(finite.map(abs), finite.map(abs), finite),
)
def test_numbers_survive_to_the_last_digit(
    weights: dict[str, float], base: float, calibration: tuple[float, ...]
) -> None:
    model = LinearModel(weights, base, calibration, extractors={"wording": ""})
    assert LinearModel.from_json(model.to_json()) == model


def test_the_file_is_made_to_be_compared() -> None:
    lines = stand_in().to_json().splitlines()
    names = [line.split('"')[1] for line in lines if line.count('"') == 2]
    assert [name for name in names if name in WEIGHTS] == sorted(WEIGHTS)
    assert stand_in().to_json().endswith("}\n")


def changed(**changes: Any) -> str:
    return json.dumps({**json.loads(stand_in().to_json()), **changes})


def without(key: str) -> str:
    data = json.loads(stand_in().to_json())
    del data[key]
    return json.dumps(data)


def nested(depth: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


KEYS = ("about", "base", "calibration", "extractors", "thresholds", "weights")
MALFORMED = {
    **{f"no {key}": without(key) for key in KEYS},
    **{f"{key} is null": changed(**{key: None}) for key in KEYS},
    **{f"{key} is a list of words": changed(**{key: ["a", "b", "c"]}) for key in KEYS},
    "weights of words": changed(weights={"evaluation.negative.strong": "heavy"}),
    "calibration of one number": changed(calibration=[1.0]),
    "calibration of four numbers": changed(calibration=[1.0, 0.0, 0.0, 0.0]),
    "a calibration that falls for low scores": changed(calibration=[-1.0, 1.0, 0.0]),
    "a calibration that falls for high scores": changed(calibration=[1.0, -1.0, 0.0]),
    "no default threshold": changed(thresholds={"strict": 0.5}),
    "a number beyond floats": changed(base=10**400),
    "a number beyond use": changed(weights={"rhetoric.question_mark": -1e7}),
    "a number that becomes infinite": changed(base=0).replace('"base": 0', '"base": 1e999'),
    "a number in words": changed(base="1.5"),
    "a number that is true": changed(base=True),
    "a threshold above 1": changed(thresholds={"default": 1.5}),
    "a threshold below 0": changed(thresholds={"default": 0.5, "strict": -0.1}),
    "a field too many": changed(weight={}),
    "a field of a huge name": changed(**{"x" * 10_000: 1}),
    "a density without end": changed(density=[0.0, 1e5]),
    "a density below 0": changed(density=[-1.0, 0.5]),
    "a density of words": changed(density="ab"),
    "a field twice": stand_in().to_json().replace('"base":', '"base": 1.0, "base":'),
    "a weight twice": stand_in().to_json().replace('"facticity.number":', '"a.b": 1, "a.b":'),
    "a huge name": changed(weights={"wording." + "x" * 10_000: 1.0}),
    "a name of two rows": changed(weights={"wording.let\nus": 1.0}),
    "a name of two cells": changed(weights={"wording.let\tus": 1.0}),
    "a name with half a character": changed(weights={"wording.\ud800": 1.0}),
    "a digest that is none": changed(extractors={"evaluation": "a b"}),
    "a digest that is a number": changed(extractors={"evaluation": 12345678}),
    "too many weights": changed(weights=dict.fromkeys(map(str, range(500_001)), 0)),
    "about as deep as a well": changed(about={"a": nested(100)}),
    "about with infinity": changed(about={"a": math.inf}),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_model_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: malformed model: .*; train it again$"):
        LinearModel.from_json(text, "here.json")


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf], ids=str)
@pytest.mark.parametrize(
    "place",
    [
        lambda number: {"base": number},
        lambda number: {"calibration": [number, 0.0]},
        lambda number: {"calibration": [1.0, number]},
        lambda number: {"calibration": [1.0, number, 0.0]},
        lambda number: {"thresholds": {"default": number}},
        lambda number: {"thresholds": {"default": 0.5, "strict": number}},
        lambda number: {"weights": {"evaluation.negative.strong": number}},
    ],
    ids=["base", "slope", "intercept", "high slope", "threshold", "other threshold", "weight"],
)
def test_a_number_that_is_not_finite_is_refused(number: float, place: Any) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: .* not finite; train it again$"):
        LinearModel.from_json(changed(**place(number)), "here.json")


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: version .*; this framing reads 1.* train"):
        LinearModel.from_json(changed(version=version), "here.json")


@pytest.mark.parametrize("text", ["{}", "[]", "null", '"framing"', '{"format": "onnx"}'])
def test_another_format_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: not a framing model; .*'framing train'"):
        LinearModel.from_json(text, "here.json")


@pytest.mark.parametrize(
    "text", ["", "weights: heavy", '{"format": ', "[" * 100_000], ids=["empty", "x", "half", "deep"]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"^here\.json: not JSON .*'framing train'"):
        LinearModel.from_json(text, "here.json")


def test_what_is_wrong_is_shown_short() -> None:
    for text in MALFORMED.values():
        with pytest.raises(ModelError) as raised:
            LinearModel.from_json(text, "here.json")
        assert len(str(raised.value)) < 250
        assert str(raised.value).isprintable()


def test_both_digests_are_named_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, draft = tmp_path / "own.json", tmp_path / "draft.txt"
    path.write_text(changed(extractors={"evaluation": "0123abcd"}), encoding="utf-8")
    draft.write_text("A shameful plan.")
    assert main(["check", "--isolated", "--no-cache", "--model", str(path), str(draft)]) == 2
    said = capsys.readouterr().err
    installed = {one.name: one.digest for one in BUILTIN}["evaluation"]
    assert "0123abcd" in said
    assert installed in said
    assert "Traceback" not in said


numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -1e308, 1e-320, -0.0, 2**63, 1e6, True, None]),
)
values = st.recursive(
    st.one_of(numbers, st.text(max_size=9), st.sampled_from(["", "evaluation", "wording"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.text(max_size=9), st.sampled_from(["default", "wording.a b", "weight"])),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=9,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_changed_model_is_a_model_or_refused(data: st.DataObject) -> None:
    """Whatever comes of a model's file when parts are put in, taken out or changed, it is safe."""
    made = json.loads(stand_in().to_json())
    for _ in range(data.draw(st.integers(1, 3))):
        here = made
        key = data.draw(st.sampled_from([*KEYS, "format", "version", "context", "density", "more"]))
        if isinstance(here.get(key), dict) and data.draw(st.booleans()):
            here = here[key]
            key = data.draw(st.one_of(st.sampled_from([*here, "default"]), st.text(max_size=9)))
        if data.draw(st.booleans()):
            here[key] = data.draw(values)
        else:
            here.pop(key, None)
    text = json.dumps(made)
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, at + 4))
        text = text[:at] + data.draw(st.text(max_size=4)) + text[end:]
    try:
        model = LinearModel.from_json(text, "here.json")
        verdict = model.judge(sentence_of(SENTENCES[2]))
    except (ModelError, ExtractorError) as error:
        assert str(error)
    else:
        assert verdict.score is not None
        assert math.isfinite(verdict.score)
        assert verdict.probability is not None
        assert 0.0 <= verdict.probability <= 1.0
        assert LinearModel.from_json(model.to_json()) == model


def test_a_model_that_is_too_large_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, draft = tmp_path / "own.json", tmp_path / "draft.txt"
    with path.open("wb") as file:
        file.truncate(bounds.MODEL + 1)
    with pytest.raises(ModelError, match=r"own\.json: larger than 20 MB, .*'framing train'"):
        load_model(path)
    draft.write_text("A shameful plan.")
    assert main(["check", "--isolated", "--model", str(path), str(draft)]) == 2
    assert "larger than 20 MB" in capsys.readouterr().err


def test_a_model_is_loaded_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(stand_in().to_json(), encoding="utf-8")
    assert load_model(path) == load_model(str(path)) == stand_in()


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        load_model(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("name", ["news-xx", "nowhere.json", ".json", "a/b"])
def test_no_such_model_lists_the_shipped(name: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read this model .*; shipped models: news-en"):
        load_model(name)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None], ids=["bytes", "folder"])
def test_what_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"own\.json: cannot read this model"):
        load_model(path)
