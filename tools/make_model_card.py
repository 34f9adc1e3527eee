"""Measure the shipped model and write docs/measures.json and docs/model-card.md.

    python tools/make_model_card.py --data-home CORPORA

measures everything (some minutes; it needs the extra "benchmark") and writes both files; run it
whenever the model has changed.
``--render`` writes the card anew from measures that are there. A test holds the card to the
measures, and the measures to the model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from framing.commands.evaluate import PEERS, against, find_peers, measured, probed
from framing.commands.train import read_recipe
from framing.datasets import load
from framing.evaluation import measure
from framing.files import replacing
from framing.model import LinearModel, load_model
from framing.reports.evaluation import as_table

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "framing" / "models" / "news-en.json"
RECIPE = MODEL.with_suffix(".toml")
MEASURES = ROOT / "docs" / "measures.json"
CARD = ROOT / "docs" / "model-card.md"
TEMPLATE = ROOT / "tools" / "model_card.md"

#: Sets that the model has not seen → what they are called.
UNSEEN = {
    "newssd-eng-test": "NewsSD-ENG, test split",
    "mpqa-writer-dev": "MPQA, writer's own opinion, development half",
    "babe-opinion-dev": "BABE, opinion against fact, development half",
}
#: Sets that it was trained on, measured by models that have not seen the article.
HELD_OUT = {
    "newssd-eng": "NewsSD-ENG, train and dev, held out",
    "ours": "our articles and pairs, held out",
}
TITLES = {**HELD_OUT, **UNSEEN}
#: Sets whose sentences the probes change.
PROBED = ("newssd-eng-test", "mpqa-writer-dev", "babe-opinion-dev")
WORST = 5


def digest(path: Path = MODEL) -> str:
    """Return the SHA-256 of the model file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seen_again(model: LinearModel) -> dict[str, float]:
    """Measure our own sentences, which the model was trained on: cheap, and needs no corpora.

    Nothing of this is shown. It tells whether the code still gives what was measured.
    """
    frame = load("ours", ROOT / "datasets")
    chances = [model.probability(score) for score in model.scores(frame["text"].tolist())]
    values = measure(frame["label"], chances, model.threshold)
    return {name: round(values[name], 4) for name in ("macro_f1", "auc", "ece")}


def measure_all(home: Path) -> dict[str, Any]:
    """Measure all that the card shows."""
    from framing.training import gather, held_out_scores

    model = load_model(MODEL)
    given = {"threshold": model.threshold, "context": model.context is not None}
    recipe, _ = read_recipe(RECIPE)
    data = gather(recipe, home)
    peers = find_peers(",".join(PEERS))
    sets: dict[str, Any] = {}
    for name in HELD_OUT:
        frame = data[data["source"] == name].reset_index(drop=True)
        scores = held_out_scores(recipe, data, name).tolist()
        # Of the columns that only other sources have nothing is there.
        frame = frame.dropna(axis="columns", how="all")
        sets[name] = measured(model, frame, scores=scores, **given)
    for name in UNSEEN:
        frame = load(name, home)
        sets[name] = measured(model, frame, **given)
        sets[name]["against"] = {
            peer: against(frame, PEERS[peer], scores) for peer, scores in peers.items()
        }
        if name in PROBED:
            sets[name]["behaviour"] = probed(model, frame, model.threshold)
    return {
        "model": {"sha256": digest(), "weights": len(model.weights)},
        "seen_again": seen_again(model),
        "sets": rounded(sets),
    }


def rounded(found: Any) -> Any:
    """Round all numbers to four places: what differs beyond is the machine."""
    if isinstance(found, dict):
        return {key: rounded(value) for key, value in found.items()}
    if isinstance(found, list):
        return [rounded(value) for value in found]
    return round(found, 4) if isinstance(found, float) else found


def render(measures: Mapping[str, Any], model: LinearModel, template: str) -> str:
    """Fill the template's marks with tables."""
    sets: Mapping[str, Any] = measures["sets"]
    limits = model.thresholds
    about: Mapping[str, Any] = model.about
    marks = {
        "name": about["name"],
        "credit": about["credit"],
        "weights": f"{len(model.weights):,}",
        "extractors": str(len(model.extractors)),
        "threshold": f"{model.threshold:.2f}",
        "low": f"{limits['reporting']:.2f}",
        "high": f"{limits['editorial']:.2f}",
        "precision": f"{about['recipe']['precision']:.0%}".replace("%", " %"),
        "sha256": measures["model"]["sha256"],
        "data": training_data(about),
        "main": main_table(sets),
        "context": context_table(sets),
        "unsure": unsure_table(sets),
        "abstention": abstention_table(sets),
        "source_only": source_only_table(sets["mpqa-writer-dev"]),
        "cells": "\n\n".join(cell_tables(sets)),
        "behaviour": behaviour_table(sets),
        "peers": peer_table(sets),
    }
    page = template
    for name, text in marks.items():
        page = page.replace("{{" + name + "}}", text)
    if "{{" in page:
        raise SystemExit(f"{TEMPLATE}: unknown mark {page[page.index('{{') :].split()[0]}")
    return page


def with_range(found: Mapping[str, float | None]) -> str:
    """Show a value with its interval."""
    if found["value"] is None:
        return "–"
    return f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def plain(value: float | None) -> str:
    """Show a number."""
    return "–" if value is None else f"{value:.3f}"


def columns(title: str, rows: Iterable[Sequence[str]], *names: str) -> str:
    """Lay out a table whose first column has a title."""
    return as_table((title, *names), list(rows))


def training_data(about: Mapping[str, Any]) -> str:
    """Show what the model was made of."""
    weights = dict(about["recipe"]["sources"])
    rows = [
        (name, f"{one['sentences']:,}", f"{one['editorial']:,}", f"{weights[name]:g}")
        for name, one in sorted(about["data"].items())
    ]
    return columns("set", rows, "sentences", "editorial", "weight of each")


def main_table(sets: Mapping[str, Any]) -> str:
    """Show the measures at the threshold."""
    keys = ("macro_f1", "editorial_f1", "precision", "recall", "auc", "ece")
    rows = [
        (TITLES[name], f"{one['sentences']:,}", *(with_range(one["measures"][key]) for key in keys))
        for name, one in sets.items()
    ]
    names = ("macro-F1", "editorial F1", "precision", "recall", "AUC", "ECE")
    return columns("sentences of", rows, "sentences", *names)


def context_table(sets: Mapping[str, Any]) -> str:
    """Show what the articles add."""
    rows = [
        (
            TITLES[name],
            *(
                with_range(one[stage][key])
                for key in ("macro_f1", "auc", "ece")
                for stage in ("measures", "context")
            ),
            *(with_range(one["context"][key]) for key in ("rare_alone", "rare_in_context")),
        )
        for name, one in sets.items()
        if "context" in one
    ]
    names = [
        f"{what}, {how}" for what in ("macro-F1", "AUC", "ECE") for how in ("alone", "context")
    ]
    rare = ("rare comments found, alone", "rare comments found, context")
    return columns("sentences of", rows, *names, *rare)


def unsure_table(sets: Mapping[str, Any]) -> str:
    """Show how many verdicts are sure, and how many of these are right."""
    rows = [
        (
            TITLES[name],
            *(with_range(one["sure"][key]) for key in ("share", "editorial", "reporting")),
        )
        for name, one in sets.items()
    ]
    return columns("sentences of", rows, "sure", "right, editorial", "right, reporting")


def abstention_table(sets: Mapping[str, Any]) -> str:
    """Show the share of wrong labels by coverage."""
    shown = [
        f"{one['coverage']:.0%}".replace("%", " %") for one in sets["newssd-eng"]["abstention"]
    ]
    rows = [
        (TITLES[name], *(plain(point["error"]) for point in one["abstention"]))
        for name, one in sets.items()
    ]
    return columns("sentences of", rows, *shown)


def source_only_table(one: Mapping[str, Any]) -> str:
    """Show how often somebody else's opinion is taken for the writer's."""
    found = one["source_only"]
    rows = [
        ("at the model's threshold", with_range(found["called"])),
        ("at the threshold with 70 % recall", with_range(found["called_at_recall_70"])),
    ]
    return columns("", rows, "called editorial")


def cell_tables(sets: Mapping[str, Any]) -> Iterable[str]:
    """Show the worst topics and outlets."""
    for name, one in sets.items():
        for column, cells in one.get("cells", {}).items():
            named = [cell for cell in cells if cell["name"] != "(others)"]
            rows = [
                (
                    cell["name"],
                    str(cell["sentences"]),
                    str(cell["editorial"]),
                    f"{cell['accuracy']:.3f} [{cell['low']:.3f}, {cell['high']:.3f}]",
                    plain(cell["macro_f1"]),
                    plain(cell["auc"]),
                )
                for cell in named[:WORST]
            ]
            lead = f"{TITLES[name]}, by {column}: the worst {len(rows)} of {len(named)}."
            header = ("sentences", "editorial", "accuracy", "macro-F1", "AUC")
            yield f"{lead}\n\n{columns(column, rows, *header)}"


def behaviour_table(sets: Mapping[str, Any]) -> str:
    """Show what follows when sentences are changed."""
    found = {name: sets[name]["behaviour"] for name in PROBED}
    rows = [
        (
            probes[0]["name"],
            probes[0]["measure"],
            *(f"{plain(one['value'])} of {one['tried']:,}" for one in probes),
        )
        for probes in zip(*found.values(), strict=True)
    ]
    return columns("change", rows, "measure", *(TITLES[name] for name in found))


def peer_table(sets: Mapping[str, Any]) -> str:
    """Show other packages on the same sentences."""
    rows = [
        (
            TITLES[name],
            *(
                with_range(found["measures"][key])
                for key in ("auc", "macro_f1")
                for found in (one, *one["against"].values())
            ),
        )
        for name, one in sets.items()
        if "against" in one
    ]
    names = [f"{what}, {who}" for what in ("AUC", "macro-F1") for who in ("framing", *PEERS)]
    return columns("sentences of", rows, *names)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-home", type=Path, help="folder of the data sets")
    parser.add_argument("--render", action="store_true", help="measure nothing")
    arguments = parser.parse_args(argv)
    if not arguments.render:
        written = json.dumps(measure_all(arguments.data_home), indent=1, ensure_ascii=False)
        with replacing(MEASURES) as file:
            file.write(f"{written}\n".encode())
    measures = json.loads(MEASURES.read_text(encoding="utf-8"))
    page = render(measures, load_model(MODEL), TEMPLATE.read_text(encoding="utf-8"))
    with replacing(CARD) as file:
        file.write(page.encode())


if __name__ == "__main__":
    main()
