"""Small data sets in the layout of the real ones, made of invented sentences."""

from __future__ import annotations

import random
from pathlib import Path

from framing.datasets.formats.checkthat import SPLITS, YEARS

OPINIONS = [
    "It is a {bad} plan, and {nobody} should pretend otherwise.",
    "Is it not {bad} that we must wait for {thing}?",
    "We need {thing}, and the excuses are {bad}.",
    "What a {bad} way to run {thing}!",
    "The case for {thing} is {bad} and everyone knows it.",
]
REPORTS = [
    "The council approved {thing} on Monday by {number} votes.",
    "Police said {number} people were held near {thing}.",
    "{number} workers left {thing} in March, the ministry said.",
    "“It is a {bad} plan,” said Dara Orlan, a clerk in Port Halest.",
    "Dara Orlan opened {thing} in Port Halest on 3 May.",
]
FILLINGS = {
    "bad": ["disgraceful", "shameful", "absurd", "ridiculous", "foolish"],
    "nobody": ["nobody", "no one"],
    "thing": ["the pier", "the school", "the new bridge", "the market", "the old mill"],
    "number": ["7", "12", "31", "1,250"],
}


def sentences(count: int, seed: int = 0) -> tuple[list[str], list[int]]:
    """Return sentences and labels, as many comments as reports, in a mixed order."""
    chance = random.Random(seed)
    labels = [index % 2 for index in range(count)]
    chance.shuffle(labels)
    texts = [
        chance.choice(OPINIONS if label else REPORTS).format(
            **{name: chance.choice(words) for name, words in FILLINGS.items()}
        )
        for label in labels
    ]
    return texts, labels


def table(path: Path, header: str, *rows: tuple[object, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [header.replace(",", "\t"), *("\t".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_corpora(home: Path) -> Path:
    """Write every set that :func:`framing.datasets.load` knows into a folder."""
    for seed, (split, count) in enumerate({"train": 60, "dev": 25, "test": 30}.items()):
        rows = zip(*sentences(count, seed), strict=True)
        table(
            home / "newssd_eng" / f"{split}.tsv",
            "id,text,label,solved_conflict",
            *((f"n{n}", text, label, "False") for n, (text, label) in enumerate(rows)),
        )
    rows = zip(*sentences(48, 7), strict=True)
    table(
        home / "open_voice" / "annotated.tsv",
        "id,source,article_id,n,text,label,confidence",
        *(
            (f"o{n}", "gazette", 100 + n // 6, n % 6, text, label, 2)
            for n, (text, label) in enumerate(rows)
        ),
    )
    rows = zip(*sentences(24, 8), strict=True)
    table(
        home / "ours" / "articles.tsv",
        "article_id,n,label,text",
        *((f"a{n // 6}", n % 6, label, text) for n, (text, label) in enumerate(rows)),
    )
    table(
        home / "ours" / "pairs.tsv",
        "pair_id,label,text",
        ("p1", 0, "The pier was closed on Monday."),
        ("p1", 1, "Closing the pier was a disgrace."),
    )
    rows = zip(*sentences(20, 9), strict=True)
    table(
        home / "mpqa_writer" / "dev.tsv",
        "id,text,label,label_writer,article_id,topic,outlet,label_source_only",
        *(
            (f"m{n}", text, 1, label, f"2001/{n // 5}", "piers", f"Echo {n % 2}", int("“" in text))
            for n, (text, label) in enumerate(rows)
        ),
    )
    rows = zip(*sentences(20, 10), strict=True)
    table(
        home / "babe_opinion" / "dev.tsv",
        "id,text,label,label_opinion_bin,outlet,topic",
        *(
            (f"b{n}", text, 0, label if n else "", "The Halest Echo", "" if n % 2 else "piers")
            for n, (text, label) in enumerate(rows)
        ),
    )
    fetched = ["babe/babe", "basil/basil", "mpqa/mpqa", "subj/subj"]
    fetched += [f"checkthat/{year}-{split}" for year in YEARS for split in SPLITS]
    for seed, path in enumerate(fetched, 11):
        rows = zip(*sentences(20, seed), strict=True)
        table(
            home / f"{path}.tsv",
            "id,text,label,group",
            *((f"f{n}", text, label, n // 5) for n, (text, label) in enumerate(rows)),
        )
    return home
