"""Train a model on labels of your own, with scikit-learn's tools, and keep it as readable JSON.

The labels are those of the articles written for framing (``datasets/ours``). Put your own in
their place: a text, a label (1 comments, 0 reports) and the article it is from.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sklearn.model_selection import GridSearchCV, GroupKFold, GroupShuffleSplit
from sklearn.pipeline import Pipeline

import framing
from framing.datasets import load
from framing.evaluation import intervals, measure

DATASETS = Path(__file__).parents[1] / "datasets"
EXTRACTORS = ("evaluation", "facticity", "rhetoric", "sourcing", "stance")


def main() -> None:
    data = load("ours", DATASETS)

    # Sentences of one article are alike: an article is for training or for testing, never both.
    split = GroupShuffleSplit(n_splits=1, test_size=0.3, random_state=0)
    [(train, test)] = split.split(data["text"], data["label"], data["group"])
    fit, held = data.iloc[train], data.iloc[test]

    # The classifier takes texts, so the pipeline has one step; put yours before it.
    classifier = framing.EditorialClassifier(EXTRACTORS, min_df=5, n_splits=3)
    search = GridSearchCV(
        Pipeline([("framing", classifier)]),
        {"framing__C": [0.002, 0.02]},
        cv=GroupKFold(2),
        scoring="roc_auc",
    )
    search.fit(fit["text"].tolist(), fit["label"].to_numpy(), groups=fit["group"].to_numpy())
    print(
        f"C = {search.best_params_['framing__C']}, AUC in cross-validation {search.best_score_:.3f}"
    )

    chances = search.predict_proba(held["text"].tolist())[:, 1]
    ranges = intervals(held["label"], chances, held["group"], rounds=200)
    for name, value in measure(held["label"], chances).items():
        low, high = ranges[name]
        print(f"{name:13} {value:.3f}  [{low:.3f}, {high:.3f}]")

    # What is kept needs neither scikit-learn nor pickle: weights that can be read and compared.
    model = search.best_estimator_["framing"].to_linear_model(data="datasets/ours")
    path = Path(tempfile.mkdtemp()) / "my-model.json"
    path.write_text(model.to_json(), encoding="utf-8")
    again = framing.load_model(path)
    [verdict] = framing.analyze("How very convenient for the harbour board.", model=again)
    print(f"{path.name}: {len(again.weights)} weights; {verdict.label} {verdict.probability:.2f}")


if __name__ == "__main__":
    main()
