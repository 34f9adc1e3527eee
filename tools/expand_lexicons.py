"""Expand the curated lemma lists in ``datasets/lexicons`` into the surface forms that ship.

Development only: needs lemminflect. Run ``python tools/expand_lexicons.py`` after editing a
list; ``--check`` fails when a shipped lexicon is stale.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from lemminflect import getAllInflections, getAllInflectionsOOV

from framing.text import tokenise

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "datasets" / "lexicons"
TARGET = ROOT / "framing" / "lexicons" / "en"
SOURCE = "written for framing and curated by reading, see datasets/lexicons/card.md"

UPOS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "r": "ADV"}
STRENGTH = {"1": "weak", "2": "medium", "3": "strong"}
POLARITY = {"-1": "negative", "0": "neutral", "1": "positive"}

#: family of a draft row → (lexicon, feature stem); polarity and strength follow where they count
WORD_FAMILIES = {
    "evaluation": ("evaluation", "evaluation.{polarity}.{strength}"),
    "emotion": ("evaluation", "evaluation.emotion.{strength}"),
    "abstraction": ("evaluation", "evaluation.abstraction.{strength}"),
    "attitude": ("stance", "stance.attitude.{strength}"),
    "certainty": ("stance", "stance.certainty.{strength}"),
    "necessity": ("stance", "stance.necessity.{strength}"),
    "hedge": ("hedging", "hedging.word.{strength}"),
    "intensity": ("loaded", "loaded.intensity.{strength}"),
    "metaphor": ("loaded", "loaded.metaphor.{strength}"),
    "label": ("loaded", "loaded.label.{strength}"),
    "action": ("loaded", "loaded.action.{strength}"),
    "comparison": ("rhetoric", "rhetoric.comparison.{strength}"),
    "generaliser": ("rhetoric", "rhetoric.generaliser.{strength}"),
    "motive": ("insinuation", "insinuation.motive.{strength}"),
    "reporting": ("sourcing", "sourcing.report.{stance}"),
    "fact": ("facticity", "facticity.word.{strength}"),
}
PHRASE_FAMILIES = {
    "attribution": ("sourcing", "sourcing.attribution.{strength}"),
    "vague_source": ("sourcing", "sourcing.vague.{strength}"),
    "background": ("facticity", "facticity.background.{strength}"),
    "factual": ("facticity", "facticity.phrase.{strength}"),
    "certainty": ("stance", "stance.certain.{strength}"),
    "deontic": ("stance", "stance.deontic.{strength}"),
    "stance": ("stance", "stance.phrase.{strength}"),
    "consequence": ("rhetoric", "rhetoric.consequence.{strength}"),
    "contrast": ("rhetoric", "rhetoric.contrast.{strength}"),
    "generalisation": ("rhetoric", "rhetoric.generalisation.{strength}"),
    "rhetorical": ("rhetoric", "rhetoric.question.{strength}"),
    "irony": ("rhetoric", "rhetoric.irony.{strength}"),
    "evaluation": ("evaluation", "evaluation.phrase.{strength}"),
    "hedge": ("hedging", "hedging.phrase.{strength}"),
    "insinuation": ("insinuation", "insinuation.phrase.{strength}"),
    "interjection": ("interjection", "interjection.phrase.{strength}"),
    "scare": ("loaded", "loaded.cliche.{strength}"),
    "neutral": ("neutral", "-"),
}
STANCE = {"-1": "doubting", "0": "neutral", "1": "endorsing"}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def forms(lemma: str, pos: str) -> set[str]:
    """Every inflected form of a lemma, as tokens joined by spaces."""
    if pos == "p" or pos not in UPOS:
        found = {lemma}
    else:
        head, _, last = lemma.replace("-", " ").rpartition(" ")
        known = getAllInflections(last, UPOS[pos])
        if not known and pos in "nv":
            known = getAllInflectionsOOV(last, UPOS[pos])
        inflected = itertools.chain.from_iterable(known.values())
        found = {lemma, *(f"{head} {form}".strip() for form in inflected)}
    return {" ".join(tokenise(form).words) for form in found}


def expand_words(name: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(name):
        lexicon, stem = WORD_FAMILIES[row["family"]]
        feature = stem.format(
            polarity=POLARITY[row["polarity"]],
            strength=STRENGTH[row["strength"]],
            stance=STANCE[row["polarity"]],
        )
        for form in forms(row["lemma"], row["pos"]):
            yield lexicon, form, feature


def expand_phrases(name: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(name):
        lexicon, stem = PHRASE_FAMILIES[row["family"]]
        feature = stem.format(strength=STRENGTH[row["strength"]])
        start = "^ " if row["position"] == "start" else ""
        slots = [slot.split("|") for slot in row["phrase"].split(" ")]
        for words in itertools.product(*slots):
            phrase = " ".join(
                word if word == "*" else " ".join(tokenise(word).words) for word in words
            )
            yield lexicon, start + phrase, feature


def expand_voices(name: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(name):
        if row["pos"] == "x" or row["role"] in ("vague", "passive", "sure"):
            yield "voices", row["lemma"], f"voices.{row['role']}"
        elif row["pos"] == "v":
            inflected = getAllInflections(row["lemma"], "VERB")
            for tag, found in inflected.items():
                reports = tag == "VBG" and row["role"] != "attitude"
                stem = "voices.saying" if reports else "voices"
                for form in found:
                    yield "voices", form, f"{stem}.{row['role']}"
        else:
            for form in forms(row["lemma"], "n"):
                yield "voices", form, f"voices.{row['role']}"


def copy_closed(name: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(name):
        yield row["feature"].partition(".")[0], row["phrase"], row["feature"]


def strongest(features: Iterable[str]) -> str:
    """Of several ratings of one form in one family, the strongest."""
    order = ["weak", "medium", "strong"]
    return max(
        features, key=lambda f: order.index(last) if (last := f.rpartition(".")[2]) in order else 0
    )


def render(lexicon: str, entries: set[tuple[str, str]]) -> str:
    grouped: dict[tuple[str, str], list[str]] = {}
    for phrase, feature in entries:
        stem, _, last = feature.rpartition(".")
        family = stem if last in STRENGTH.values() else feature
        grouped.setdefault((phrase, family), []).append(feature)
    lines = sorted(f"{phrase}\t{strongest(found)}\t" for (phrase, _), found in grouped.items())
    header = [
        f"# name: {lexicon}",
        "# language: en",
        f"# source: {SOURCE}",
        "# licence: Apache-2.0",
    ]
    return "\n".join([*header, *lines]) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    check = parser.parse_args().check
    lexicons: dict[str, set[tuple[str, str]]] = {}
    for lexicon, phrase, feature in itertools.chain(
        expand_words("words.tsv"),
        expand_phrases("phrases.tsv"),
        expand_voices("voices.tsv"),
        copy_closed("closed.tsv"),
    ):
        lexicons.setdefault(lexicon, set()).add((phrase, feature))
    stale = []
    for lexicon, entries in sorted(lexicons.items()):
        path, text = TARGET / f"{lexicon}.tsv", render(lexicon, entries)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not check:
                path.write_text(text, encoding="utf-8")
        print(f"{lexicon}: {len(entries)} forms")
    if check and stale:
        print(f"stale: {', '.join(stale)}; run python tools/expand_lexicons.py", file=sys.stderr)
    elif not check:
        print("now run python tools/index_lexicons.py")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
