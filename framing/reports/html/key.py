"""The key: what the marks on a page mean, and where each kind of evidence comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from framing.reports.html.markup import Element, element
from framing.reports.html.sentence import look, reasons
from framing.reports.names import FAMILIES, family, family_name, feature_name

if TYPE_CHECKING:
    from framing.analysis import Analysis
    from framing.evidence import Extractor

__all__ = ["families", "glossary", "key"]

_DEGREES = ("below 55%", "from 55%", "from 70%", "from 85%")
_HOW = (
    "The number of an editorial sentence leads to the notes; hover over a sentence, tap it or"
    " reach it with the Tab key, and a box shows what its score is the sum of.",
    "Each amount is the weight of the evidence on the words that are quoted. To the right and +"
    " speaks for the writer’s own comment, to the left and − for reporting. The amounts and the"
    " base add up to the score, and the score is turned into a probability by calibration.",
    "A dotted frame marks verdicts that are unsure: with such a probability the model is wrong more"
    " often than it should be.",
    "Words in somebody else’s voice, quoted or attributed, are paler: they do not count as the"
    " writer’s.",
    "A mark is a question to an editor, not a judgement: people disagree about such sentences too.",
)


def families(analyses: Iterable[Analysis]) -> list[str]:
    """Return the families that speak for "editorial" anywhere, in a fixed order."""
    found = {
        family(one.feature)
        for analysis in analyses
        for verdict in analysis
        if verdict.label == "editorial"
        for one in reasons(verdict)
    }
    return sorted(found, key=_rank)


def _rank(name: str) -> tuple[int, str]:
    known = list(FAMILIES)
    return known.index(name) if name in known else len(known), name


def key(analysis: Analysis) -> Element:
    """Return the short key: how strongly, and the lines under words."""
    steps = [
        element("span", text, class_=f"fr-editorial fr-degree-{number}")
        for number, text in enumerate(_DEGREES, 1)
    ]
    lines = [
        element("span", family_name(name), class_=f"fr-e fr-reason {look(name)}")
        for name in families([analysis])
    ]
    unsure = any(verdict.unsure for verdict in analysis)
    return element(
        "div",
        element("span", "editorial", class_="fr-term"),
        element("span", *steps, class_="fr-scale"),
        element("span", "because of", class_="fr-term") if lines else None,
        *lines,
        element("span", "unsure", class_="fr-unsure") if unsure else None,
        element("span", "somebody else’s words", class_="fr-spoken"),
        class_="fr-key",
    )


def glossary(analyses: Iterable[Analysis], extractors: Mapping[str, Extractor]) -> Element:
    """Return the long key, folded: how to read a page, and every kind of evidence on it."""
    used = sorted(
        {
            one.feature
            for analysis in analyses
            for verdict in analysis
            for one in verdict.contributions
            if family(one.feature) != "wording"  # the word explains itself
        }
    )
    rows: list[Element] = []
    for name in sorted({family(feature) for feature in used}, key=_rank):
        one = extractors.get(name)
        told = [text for text in (_about(one, feature) for feature in used) if text] if one else []
        rows.append(
            element(
                "dt",
                element("span", family_name(name), class_=f"fr-e {look(name)}"),
                f" {_first(one)}" if one else None,
            )
        )
        rows += [element("dd", text) for text in dict.fromkeys(told)]
    return element(
        "details",
        element("summary", "How to read this"),
        *(element("p", text) for text in _HOW),
        element("dl", *rows) if rows else None,
        class_="fr-glossary",
    )


def _first(one: Extractor) -> str:
    """Return what an extractor is about, from the first line of its documentation."""
    line = one.doc.strip().partition("\n")[0]
    return line.partition(": ")[2] or line


def _about(one: Extractor, feature: str) -> str:
    """Describe a feature as its extractor does; "" if it belongs to another."""
    if family(feature) != one.name:
        return ""
    for known, what in one.features.items():
        stem = known.removesuffix("*")
        if feature == known or (stem != known and feature.startswith(stem)):
            name = feature_name(stem.rstrip(".") if stem != known else known)
            told = re.sub(
                r",? by strength( \(weak, medium, strong\))?|, count per sentence", "", what
            )
            return f"{name.partition(': ')[2] or name}: {' '.join(told.split())}"
    return ""
