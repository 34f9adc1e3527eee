"""BASIL: ``emnlp19-BASIL.zip``, a JSON file for each article with its sentences and bias spans.

Source: Fan et al., "In Plain Sight: Media Bias Through the Lens of Factual Reporting", EMNLP
2019; repository marshallwhiteorg/emnlp19-media-bias.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from framing.datasets.archives import members
from framing.datasets.tsv import squeeze
from framing.errors import DataError

__all__ = ["parse"]

_ARTICLE = re.compile(r"(?:^|/)(\d+)_([a-z]+)\.json$")


def parse(folder: Path) -> dict[str, pd.DataFrame]:
    """Read all sentences.

    The label is 1 where annotators marked lexical bias outside a quotation: the outlet's own
    wording. ``informational`` tells whether they marked a slanting choice of facts, which is no
    comment by our guideline, and ``quoted`` whether bias was marked inside a quotation.
    """
    path = folder / "emnlp19-BASIL.zip"
    rows: list[tuple[Any, ...]] = []
    for name, content in members(path, lambda name: bool(_ARTICLE.search(name))):
        found = _ARTICLE.search(name)
        assert found is not None
        rows.extend(_article(f"{path}: {name}", found[1], found[2], content))
    if not rows:
        raise DataError(f"{path}: there is no article in it")
    rows.sort(key=lambda row: (int(row[0].split("_")[0]), row[0].split("#")[0], row[-1]))
    names = ["id", "text", "label", "group", "outlet", "informational", "quoted", "n"]
    return {"basil": pd.DataFrame(rows, columns=names).drop(columns="n")}


def _article(place: str, story: str, outlet: str, content: bytes) -> list[tuple[Any, ...]]:
    try:
        article = json.loads(content.decode("utf-8-sig"))
        rows = []
        for sentence in article["body"]:
            if not (text := squeeze(sentence["sentence"])):
                continue
            marks = [
                (str(mark["bias"]).lower()[:3], str(mark.get("quote", "")).lower())
                for mark in sentence["annotations"]
            ]
            cited = {"yes", "true", "1"}
            number = int(sentence["sentence-index"])
            rows.append(
                (
                    f"{story}_{outlet}#{number}",
                    text,
                    int(any(bias == "lex" and quote not in cited for bias, quote in marks)),
                    f"{story}_{outlet}",
                    outlet,
                    int(any(bias == "inf" for bias, _ in marks)),
                    int(any(quote in cited for _, quote in marks)),
                    number,
                )
            )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{place}: not an article of BASIL: {error!r}") from error
    return rows
