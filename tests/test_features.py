"""EvidenceVectorizer and EditorialClassifier, and scikit-learn around them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from small_corpora import sentences

import framing
from framing.evidence import Evidence, Extractor
from framing.extractors import BUILTIN
from framing.features import (
    DEFAULT_EXTRACTORS,
    EditorialClassifier,
    EvidenceVectorizer,
    platt,
)
from framing.lexicon import parse
from framing.text import Sentence
from framing.voice import sentence_of
from framing.weighing import RATED, STRENGTHS, _shared

TEXTS, LABELS = sentences(120)
NEW = [
    "It is a shameful, disgraceful plan, and we must say so.",
    "“It is a shameful plan,” said Dara Orlan, a clerk.",
    "Is it not absurd?",
    "The ministry approved 1,250 votes on Monday.",
    "",
]
SMALL = ("evaluation", "facticity", "rhetoric", "wording")


def fitted(**settings: Any) -> EditorialClassifier:
    return EditorialClassifier(**{"extractors": SMALL, "min_df": 3, **settings}).fit(TEXTS, LABELS)


@pytest.fixture(scope="module")
def classifier() -> EditorialClassifier:
    return EditorialClassifier(min_df=3).fit(TEXTS, LABELS)


# the matrix


def test_the_matrix_is_sparse_rows() -> None:
    vectorizer = EvidenceVectorizer(SMALL, min_df=3)
    matrix = vectorizer.fit_transform(TEXTS)
    names = vectorizer.get_feature_names_out()
    assert isinstance(matrix, sp.csr_matrix)
    assert matrix.dtype == np.float64
    assert matrix.shape == (len(TEXTS), len(names))
    assert matrix.has_sorted_indices
    assert vectorizer.transform([]).shape == (0, len(names))
    assert vectorizer.transform([""]).nnz == 0


def test_names_are_objects_in_order() -> None:
    names = EvidenceVectorizer(SMALL, min_df=3).fit(TEXTS).get_feature_names_out()
    assert names.dtype == object
    assert names.tolist() == sorted(set(names))
    assert {name.partition(".")[0] for name in names} == set(SMALL)


def test_a_cell_is_the_sum_of_the_evidence() -> None:
    vectorizer = EvidenceVectorizer(DEFAULT_EXTRACTORS, min_df=2).fit(TEXTS)
    names = vectorizer.get_feature_names_out().tolist()
    for text, row in zip(NEW, vectorizer.transform(NEW).toarray(), strict=True):
        totals = dict.fromkeys(names, 0.0)
        for mark in vectorizer._extraction.evidence(sentence_of(text)):
            if mark.feature in totals:
                totals[mark.feature] += mark.value
        assert row.tolist() == pytest.approx(list(totals.values()), abs=1e-12)
        assert text == "" or row.any()


def test_rare_features_are_left_out_unless_rated() -> None:
    vectorizer = EvidenceVectorizer(["facticity", "rhetoric"], min_df=len(TEXTS) + 1).fit(TEXTS)
    names = vectorizer.get_feature_names_out()
    assert len(names)
    assert all(name.rpartition(".")[2] in STRENGTHS for name in names)
    assert {name.partition(".")[0] for name in names} == {"rhetoric"}


def test_features_can_be_left_out_by_name() -> None:
    full = EvidenceVectorizer(["surface"], min_df=2).fit(TEXTS).feature_names_
    less = EvidenceVectorizer(
        ["surface"], min_df=2, exclude=["surface.comma", "surface.suffix_*"]
    ).fit(TEXTS)
    gone = {name for name in full if name.startswith("surface.suffix_")} | {"surface.comma"}
    assert gone < set(full)
    assert less.feature_names_ == sorted(set(full) - gone)


def test_an_extractor_can_be_given_itself() -> None:
    rows = "# name: house\n# language: en\n# source: s\n# licence: CC0\npier\thouse.pier\t\n"
    house = Extractor("house", {"house.pier": "piers"}, lexicon=parse(rows))
    vectorizer = EvidenceVectorizer([house, "rhetoric"], min_df=1).fit(["The pier?", "A pier."])
    assert "house.pier" in vectorizer.feature_names_
    assert [one.name for one in vectorizer.extractors_] == ["house", "rhetoric"]


def test_nothing_is_given_before_fitting() -> None:
    with pytest.raises(NotFittedError):
        EvidenceVectorizer().transform(NEW)
    with pytest.raises(NotFittedError):
        EvidenceVectorizer().get_feature_names_out()
    with pytest.raises(NotFittedError):
        EditorialClassifier().predict(NEW)
    with pytest.raises(NotFittedError):
        EditorialClassifier().to_linear_model()


# what is learned


def words(texts: list[str], groups: list[str] | None = None, **settings: Any) -> set[str]:
    vectorizer = EvidenceVectorizer(["wording"], **{"min_df": 3, **settings})
    vectorizer.fit(texts, groups=groups)
    return {name.removeprefix("wording.") for name in vectorizer.feature_names_}


def test_names_are_never_learned() -> None:
    texts = [
        "Yesterday Dara Orlan of Port Halest met NASA and the mayor.",
        "Orlan left, and Dara stayed in Halest with the mayor.",
        "We think Orlan and the mayor of Halest were in Port Halest.",
    ] * 2
    learned = words(texts, wording=2)
    assert "mayor" in learned
    assert "the mayor" in learned
    everything = " ".join(learned).split()
    assert {"orlan", "dara", "port", "halest", "nasa"}.isdisjoint(everything)


def test_a_name_at_the_start_of_sentences_only_is_not_told_from_a_word() -> None:
    # Capitals there say nothing; inside sentences "Orlan" would be seen.
    assert "orlan" in words(["Orlan left."] * 3)
    assert "orlan" not in words(["Orlan left."] * 3 + ["Then Orlan left."])


def test_the_pronoun_is_no_name() -> None:
    assert "i" in words(["Yesterday I left, and I stayed."] * 3)


def test_a_word_that_is_sometimes_a_name_is_learned() -> None:
    texts = ["There was hope here.", "They had hope here.", "He met Hope here."]
    assert "hope" in words(texts)
    assert "hope" not in words(texts, max_names=0.3)


def test_numbers_and_other_voices_are_not_learned() -> None:
    texts = ["“It is a folly of 12,” the clerk said in May, after 1,250 left."] * 3
    learned = words(texts, wording=2)
    assert "clerk" in learned
    assert {"folly", "12", "1,250", ","}.isdisjoint(" ".join(learned).split())


def test_a_word_counts_once_per_article() -> None:
    texts = ["The pier was shut."] * 9 + ["A quay was shut.", "One quay was shut.", "No quay shut."]
    groups = ["piers"] * 9 + ["x", "y", "z"]
    assert {"pier", "quay"} <= words(texts)
    assert "pier" not in words(texts, groups)
    assert "quay" in words(texts, groups)


def test_pairs_are_learned_if_asked_for() -> None:
    texts = ["Let us be clear."] * 3
    assert words(texts) == {"let", "us", "be", "clear"}
    assert words(texts, wording=2) - words(texts) == {"^ let", "let us", "us be", "be clear"}


# the classifier


def test_the_exported_model_is_the_classifier(classifier: EditorialClassifier) -> None:
    model = classifier.to_linear_model(name="tiny")
    texts = [*NEW, *TEXTS[:40]]
    scores = classifier.decision_function(texts)
    assert scores.shape == (len(texts),)
    for text, score, chances in zip(texts, scores, classifier.predict_proba(texts), strict=True):
        verdict = model.judge(sentence_of(text))
        assert verdict.score == pytest.approx(score, abs=1e-9)
        assert verdict.probability == pytest.approx(chances[1], abs=1e-9)
        assert chances.sum() == pytest.approx(1.0, abs=1e-12)
    assert np.abs(np.asarray(model.scores(texts)) - scores).max() <= 1e-9
    assert model.about == {"name": "tiny"}
    assert model.extractors == {
        one.name: "" if one.learned else one.digest
        for one in BUILTIN
        if one.name in DEFAULT_EXTRACTORS
    }
    assert type(model).from_json(model.to_json()) == model


def test_explanations_are_verdicts(classifier: EditorialClassifier) -> None:
    verdicts = classifier.explain(NEW)
    assert [one.score for one in verdicts] == pytest.approx(
        classifier.decision_function(NEW).tolist(), abs=1e-9
    )
    assert [one.label for one in verdicts[:2]] == ["editorial", "reporting"]


def test_predictions(classifier: EditorialClassifier) -> None:
    assert classifier.classes_.tolist() == [0, 1]
    assert classifier.predict(NEW).tolist() == (
        (classifier.predict_proba(NEW)[:, 1] >= 0.5).astype(int).tolist()
    )
    texts, labels = sentences(60, seed=5)
    assert classifier.score(texts, labels) > 0.95


def test_the_calibration_is_from_folds_that_were_held_out(classifier: EditorialClassifier) -> None:
    uncalibrated = EditorialClassifier(min_df=3).fit_weights(TEXTS, LABELS)
    assert uncalibrated.calibration_ == (1.0, 0.0)
    assert classifier.calibration_ != (1.0, 0.0)
    assert uncalibrated.coef_.tolist() == classifier.coef_.tolist()


def test_labels_may_be_truth_values() -> None:
    truth = [bool(label) for label in LABELS]
    again = EditorialClassifier(SMALL, min_df=3).fit(TEXTS, truth)
    assert again.coef_.tolist() == fitted().coef_.tolist()


@pytest.mark.parametrize(
    "labels",
    [[1] * len(TEXTS), ["editorial" if one else "reporting" for one in LABELS], [0, 1, 2] * 40],
    ids=["one", "words", "three"],
)
def test_other_labels_are_refused(labels: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"1 \(editorial\) and 0 \(reporting\)"):
        EditorialClassifier(SMALL).fit(TEXTS, labels)


def test_weights_of_sentences_count_like_copies() -> None:
    # min_df keeps all rated features either way, and scales are of the unweighted columns.
    heavy = EditorialClassifier(("facticity",), min_df=1)
    twice = np.where(np.arange(len(TEXTS)) < 10, 3.0, 1.0)
    plain = heavy.fit(TEXTS, LABELS).decision_function(NEW)
    weighted = clone(heavy).fit(TEXTS, LABELS, sample_weight=twice).decision_function(NEW)
    ones = clone(heavy).fit(TEXTS, LABELS, sample_weight=np.ones(len(TEXTS)))
    assert ones.decision_function(NEW) == pytest.approx(plain, abs=1e-5)
    assert np.abs(weighted - plain).max() > 1e-3


def test_a_sentence_without_weight_does_not_count() -> None:
    wrong = [1 - label for label in LABELS]
    none = [1.0] * len(TEXTS) + [0.0] * len(TEXTS)
    both = EditorialClassifier(("facticity", "rhetoric"), min_df=1).fit(
        TEXTS + TEXTS, LABELS + wrong, sample_weight=none
    )
    alone = EditorialClassifier(("facticity", "rhetoric"), min_df=1).fit(TEXTS, LABELS)
    assert both.coef_ == pytest.approx(alone.coef_, abs=1e-5)


def test_groups_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    folds: list[Any] = []
    real = GroupKFold.split

    def split(self: GroupKFold, *given: Any, **named: Any) -> Any:
        for one in real(self, *given, **named):
            folds.append(one)
            yield one

    monkeypatch.setattr(GroupKFold, "split", split)
    groups = np.arange(len(TEXTS)) // 8
    fitted_by_groups = EditorialClassifier(SMALL, min_df=3).fit(TEXTS, LABELS, groups=groups)
    assert len(folds) == 5
    for learned, held in folds:
        assert set(groups[learned]).isdisjoint(groups[held])
    assert fitted_by_groups.calibration_ != fitted().calibration_


def test_small_weights_are_left_out() -> None:
    full, less = fitted(), fitted(smallest=0.02)
    small = np.abs(full.coef_) < 0.02
    assert small.any()
    assert not small.all()
    assert (less.coef_[small] == 0).all()
    assert (less.coef_[~small] == full.coef_[~small]).all()
    exported = less.to_linear_model()
    assert len(exported.weights) == np.count_nonzero(less.coef_)
    assert exported.scores(NEW) == pytest.approx(less.decision_function(NEW), abs=1e-9)


def test_learned_words_are_held_down() -> None:
    def largest(scale: float) -> float:
        model = fitted(wording_scale=scale).to_linear_model()
        return max(abs(w) for name, w in model.weights.items() if name.startswith("wording."))

    assert largest(0.1) < largest(1.0) < largest(10.0)


# chunk by chunk


def in_parts(size: int, **settings: Any) -> EditorialClassifier:
    model = EditorialClassifier(**{"extractors": SMALL, "min_df": 3, **settings})
    texts, labels = sentences(1_200, seed=1)
    for at in range(0, len(texts), size):
        model.partial_fit(texts[at : at + size], labels[at : at + size], classes=[0, 1])
    return model


def test_chunks_come_to_what_all_at_once_comes_to() -> None:
    texts, labels = sentences(1_200, seed=1)
    whole = EditorialClassifier(SMALL, min_df=3).fit(texts, labels)
    new, _ = sentences(300, seed=2)
    scores = whole.decision_function(new)
    for size in (200, 400):
        found = in_parts(size)
        assert found.vectorizer_.get_params() == whole.vectorizer_.get_params()
        assert np.corrcoef(found.decision_function(new), scores)[0, 1] > 0.95
        assert (found.predict(new) == whole.predict(new)).mean() > 0.97


def test_a_classifier_fitted_in_parts_is_one_like_others() -> None:
    model = in_parts(300, density=(10.0, 0.4), smallest=0.01)
    exported = model.to_linear_model()
    assert exported.density == (10.0, 0.4)
    assert min(map(abs, exported.weights.values())) >= 0.01
    assert exported.scores(NEW) == pytest.approx(model.decision_function(NEW), abs=1e-9)
    assert [one.label for one in model.explain(NEW[:2])] == ["editorial", "reporting"]
    again = pickle.loads(pickle.dumps(model))
    texts, labels = sentences(100, seed=3)
    again.partial_fit(texts, labels)
    model.partial_fit(texts, labels)
    assert again.coef_.tolist() == model.coef_.tolist()
    assert again.calibration_ == model.calibration_


def test_scores_are_calibrated_before_they_are_learned_from() -> None:
    model = in_parts(1_200)
    assert model.calibration_ == (1.0, 0.0)  # nothing was held out yet
    texts, labels = sentences(200, seed=4)
    held = model.decision_function(texts)
    model.partial_fit(texts, labels)
    assert model.calibration_ == pytest.approx(platt(held, np.asarray(labels)))
    assert abs(model.predict_proba(texts)[:, 1].mean() - np.mean(labels)) < 0.1


def test_a_chunk_may_hold_one_label() -> None:
    model = EditorialClassifier(SMALL, min_df=3)
    comments = [text for text, label in zip(TEXTS, LABELS, strict=True) if label]
    model.partial_fit(comments, [1] * len(comments))
    assert model.predict(NEW[:1]).tolist() == [1]
    with pytest.raises(ValueError, match=r"1 \(editorial\) and 0 \(reporting\)"):
        model.partial_fit(NEW[:1], [2])
    with pytest.raises(ValueError, match=r"1 \(editorial\) and 0 \(reporting\)"):
        model.partial_fit(NEW[:1], [1], classes=["editorial", "reporting"])


def test_fitting_begins_anew() -> None:
    model = in_parts(400)
    model.fit(TEXTS, LABELS)
    assert model.coef_.tolist() == fitted().coef_.tolist()
    fresh = EditorialClassifier(SMALL, min_df=3).partial_fit(TEXTS, LABELS)
    assert model.partial_fit(TEXTS, LABELS).coef_.tolist() == fresh.coef_.tolist()


def test_weights_in_a_chunk_count_like_copies() -> None:
    def learned(copies: int, weight: float) -> Any:
        model = EditorialClassifier(("facticity", "rhetoric"), min_df=1)
        model.partial_fit(TEXTS, LABELS)
        for _ in range(copies):
            model.partial_fit(TEXTS, LABELS, sample_weight=[weight] * len(TEXTS))
        return model.coef_

    once, thrice = learned(1, 1.0), learned(1, 3.0)
    assert np.abs(thrice - once).max() > 1e-6
    assert np.dot(thrice - once, learned(3, 1.0) - once) > 0  # both move the same way


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_processes_change_nothing(n_jobs: int) -> None:
    some, _ = sentences(300)
    texts = [f"{text} {number}" for number in range(20) for text in some]
    vectorizer = EvidenceVectorizer(SMALL, min_df=3, n_jobs=n_jobs)
    matrix = vectorizer.fit_transform(texts, groups=np.arange(len(texts)) // 7)
    alone = EvidenceVectorizer(SMALL, min_df=3).fit(texts, groups=np.arange(len(texts)) // 7)
    assert vectorizer.feature_names_ == alone.feature_names_
    assert (matrix != alone.transform(texts)).nnz == 0
    assert (matrix != vectorizer.transform(texts)).nnz == 0


# rated features


def test_a_rated_feature_shares_the_weight_of_its_strength() -> None:
    seen = " ".join(TEXTS)
    model = EditorialClassifier(min_df=3).fit(TEXTS, LABELS)
    weights = dict(zip(model.vectorizer_.feature_names_, model.coef_, strict=True))
    matrix = model.vectorizer_.transform(TEXTS)
    met = np.asarray((matrix != 0).sum(axis=0)).ravel()
    absent = {
        strength: {
            round(float(weights[name]), 12)
            for name, count in zip(model.vectorizer_.feature_names_, met, strict=True)
            if name.partition(".")[0] in RATED and name.rpartition(".")[2] == strength and not count
        }
        for strength in STRENGTHS
    }
    # All that training never saw have one weight, by what the others of the strength taught.
    assert len(absent["strong"]) == 1
    assert absent["strong"].pop() > 0.0
    assert "much needed" not in seen
    assert weights["interjection.phrase.strong"] > 0.0
    [verdict] = model.explain(["A new pier is much needed."])
    assert "interjection.phrase.strong" in {one.feature for one in verdict.contributions}


def test_only_rated_families_share() -> None:
    model = fitted()
    shared = _shared(model.vectorizer_.feature_names_)
    names = np.asarray(model.vectorizer_.feature_names_)
    assert shared.shape == (len(names), len(STRENGTHS))
    for column, strength in enumerate(STRENGTHS):
        for name in names[shared[:, column].toarray().ravel() > 0]:
            assert name.partition(".")[0] in RATED
            assert name.endswith(f".{strength}")


# calibration


def test_platt_finds_the_curve_again() -> None:
    chance = np.random.default_rng(0)
    scores = chance.normal(size=40_000)
    labels = chance.uniform(size=len(scores)) < 1 / (1 + np.exp(-(1.7 * scores - 0.6)))
    slope, intercept = platt(scores, labels)
    assert slope == pytest.approx(1.7, abs=0.06)
    assert intercept == pytest.approx(-0.6, abs=0.04)


def test_platt_keeps_the_share() -> None:
    scores = np.asarray([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
    labels = np.asarray([0, 1, 0, 0, 1, 1])
    slope, intercept = platt(scores, labels)
    # The maximum likelihood curve expects as many comments as there are.
    expected = (1 / (1 + np.exp(-(slope * scores + intercept)))).sum()
    assert expected == pytest.approx(labels.sum(), abs=1e-3)


def test_platt_weighs() -> None:
    scores, labels = np.asarray([0.0, 1.0, 0.0, 1.0]), np.asarray([0, 1, 1, 0])
    copies = platt(np.repeat(scores, [3, 3, 1, 1]), np.repeat(labels, [3, 3, 1, 1]))
    weighted = platt(scores, labels, np.asarray([3.0, 3.0, 1.0, 1.0]))
    assert weighted == pytest.approx(copies, abs=1e-4)


# scikit-learn


@pytest.mark.parametrize("kind", [EvidenceVectorizer, EditorialClassifier])
def test_parameters(kind: Any) -> None:
    one = kind(extractors=SMALL, min_df=4)
    assert one.get_params()["min_df"] == 4
    assert kind(**one.get_params()).get_params() == one.get_params()
    assert one.set_params(min_df=7).min_df == 7
    assert "min_df=7" in repr(one)


def test_clones_are_not_fitted() -> None:
    model = fitted()
    again = clone(model)
    assert again.get_params() == model.get_params()
    assert not hasattr(again, "coef_")
    again.fit(TEXTS, LABELS)
    assert again.coef_.tolist() == model.coef_.tolist()
    assert clone(EvidenceVectorizer([BUILTIN[0]])).extractors == [BUILTIN[0]]


def test_refitting_forgets() -> None:
    model = fitted()
    other, labels = TEXTS[:50], LABELS[:50]
    model.fit(other, labels)
    fresh = EditorialClassifier(SMALL, min_df=3).fit(other, labels)
    assert model.vectorizer_.feature_names_ == fresh.vectorizer_.feature_names_
    assert model.coef_.tolist() == fresh.coef_.tolist()
    assert model.calibration_ == fresh.calibration_


def test_pipeline_and_grid() -> None:
    pipeline = Pipeline([("evidence", EvidenceVectorizer(SMALL)), ("linear", LogisticRegression())])
    search = GridSearchCV(
        pipeline,
        {"evidence__min_df": [2, 200], "linear__C": [0.1, 1.0]},
        cv=GroupKFold(3),
        error_score="raise",
    ).fit(TEXTS, LABELS, groups=np.arange(len(TEXTS)) // 4)
    assert search.best_score_ > 0.9
    assert search.best_params_["evidence__min_df"] == 2
    names = search.best_estimator_[:-1].get_feature_names_out()
    assert len(names) == search.best_estimator_["linear"].coef_.shape[1]


def test_the_classifier_in_a_pipeline_and_a_grid() -> None:
    search = GridSearchCV(
        EditorialClassifier(SMALL, min_df=3, n_splits=3),
        {"C": [0.0001, 0.01]},
        cv=3,
        scoring="roc_auc",
        error_score="raise",
    ).fit(TEXTS, LABELS)
    assert search.best_score_ > 0.9
    scores = cross_val_score(
        make_pipeline(EditorialClassifier(SMALL, min_df=3)), TEXTS, LABELS, cv=3
    )
    assert scores.min() > 0.8


@pytest.mark.parametrize("kind", [list, np.array], ids=["list", "array"])
def test_sentences_in_any_sequence(kind: Any) -> None:
    model = EditorialClassifier(SMALL, min_df=3).fit(kind(TEXTS), kind(LABELS))
    assert model.decision_function(kind(NEW)).tolist() == fitted().decision_function(NEW).tolist()


def test_a_fitted_classifier_is_kept_and_restored(
    classifier: EditorialClassifier, tmp_path: Path
) -> None:
    joblib.dump(classifier, tmp_path / "model.joblib")
    for again in (joblib.load(tmp_path / "model.joblib"), pickle.loads(pickle.dumps(classifier))):
        assert again.decision_function(NEW).tolist() == classifier.decision_function(NEW).tolist()
        assert again.predict_proba(NEW).tolist() == classifier.predict_proba(NEW).tolist()
        assert again.to_linear_model() == classifier.to_linear_model()
        assert (
            again.explain(NEW[:1])[0].contributions == classifier.explain(NEW[:1])[0].contributions
        )


def test_both_are_public_names() -> None:
    assert framing.EditorialClassifier is EditorialClassifier
    assert framing.EvidenceVectorizer is EvidenceVectorizer


def test_marks_without_a_column_are_left_out() -> None:
    vectorizer = EvidenceVectorizer(["facticity"], min_df=3).fit(["It rained on 5 May."] * 3)
    marks: list[Evidence] = vectorizer._extraction.evidence(Sentence("It cost 5 million euros."))
    known = [mark for mark in marks if mark.feature in vectorizer.feature_names_]
    assert len(known) < len(marks)
    assert vectorizer.transform(["It cost 5 million euros."]).sum() == sum(m.value for m in known)
