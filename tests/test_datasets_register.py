"""What the folder of data sets says of itself is true, and nobody else's sentence lies in it."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from framing.datasets import NAMES, data_home

ROOT = Path(__file__).resolve().parents[1]
DATASETS = ROOT / "datasets"
TOOL = ROOT / "tools" / "make_open_voice_labels.py"
FOLDERS = sorted({path.parent for path in DATASETS.glob("*/*")})
CARDS = [folder / "card.md" for folder in FOLDERS]
PAGES = sorted(DATASETS.rglob("*.md"))
#: What every card answers; a heading may say more ("Collection and curation").
HEADINGS = ["Motivation", "Composition", "Collection", "Use", "Known faults", "Licence"]
#: Sets whose sentences are somebody else's, with the column that holds their label.
FOREIGN = {
    "babe_opinion": "label_opinion_bin",
    "mpqa_writer": "label_writer",
    "newssd_eng": "label",
    "open_voice": "label",
}
#: Sets of which only a card lies here.
ONLY_FETCHED = ["babe", "basil", "mpqa", "subj"]
ARTICLE_COLUMNS = ["article_id", "n", "label", "kind", "desk", "register", "evidence", "text"]
LABEL_COLUMNS = {
    "id": r"ov\d{5}",
    "source": r"[a-z0-9]+(-[a-z]+)?",
    "article_id": r"[^\s]+",
    "n": r"0|[1-9]\d*",
    "length": r"[1-9]\d*",
    "sha256": r"[0-9a-f]{16}",
    "label": r"[01]",
    "confidence": r"[123]",
}

Row = dict[str, str]


def name(path: Path) -> str:
    return path.parent.name if path.name == "card.md" else path.stem


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def cells(page: Path, *columns: str) -> list[list[str]]:
    """Rows of the table of a page whose header begins with these columns, marks taken off."""
    found: list[list[str]] = []
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        row = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|--"):
            found.append(row)
        inside = inside or tuple(row[: len(columns)]) == columns
    return found


def number(text: str) -> int:
    return int(text.replace(",", ""))


def tally(table: list[Row], column: str = "label") -> list[int]:
    """Editorial and reporting sentences."""
    found = Counter(row[column] for row in table)
    return [found["1"], found["0"]]


@pytest.fixture(scope="module")
def articles() -> list[Row]:
    return rows(DATASETS / "ours" / "articles.tsv")


@pytest.fixture(scope="module")
def pairs() -> list[Row]:
    return rows(DATASETS / "ours" / "pairs.tsv")


@pytest.fixture(scope="module")
def labels() -> list[Row]:
    return rows(DATASETS / "open_voice" / "labels.tsv")


@pytest.fixture(scope="module")
def by_article(articles: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in articles:
        found[row["article_id"]].append(row)
    return found


# The pages


@pytest.mark.parametrize("card", CARDS, ids=name)
def test_card_answers_what_every_card_answers(card: Path) -> None:
    text = card.read_text(encoding="utf-8")
    found = re.findall(r"^## (.+)$", text, re.MULTILINE)
    wanted = [*HEADINGS, "Labels"] if name(card) in {*FOREIGN, "ours"} else HEADINGS
    assert [one for one in wanted if not any(head.startswith(one) for head in found)] == []
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    for section in re.split(r"^## .+$", text, flags=re.MULTILINE):
        assert section.strip()


def test_register_names_every_folder_and_every_loader() -> None:
    register = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert [card for card in CARDS if f"]({name(card)}/card.md)" not in register] == []
    sets = cells(DATASETS / "README.md", "set", "what", "size", "labels", "licence")
    loaders = {row[-1].partition(":")[0] for row in sets}
    assert loaders == {*NAMES, "none"}
    files = cells(DATASETS / "README.md", "loader", "files in that folder")
    assert [row[0] for row in files] == [row[-1] for row in sets if row[-1] in NAMES]


def test_only_ours_and_open_licences_are_trained_on() -> None:
    sets = cells(DATASETS / "README.md", "set", "what")
    use = {row[-1]: row[-2] for row in sets}
    assert {loader for loader in NAMES if use[loader] == "evaluation only"} == {
        "babe-opinion-dev",
        "mpqa-writer-dev",
        "newssd-eng-test",
        *(name for name in NAMES if name.startswith("checkthat")),
        *ONLY_FETCHED,
    }
    recipe = (ROOT / "framing" / "models" / "news-en.toml").read_text(encoding="utf-8")
    sources = recipe.partition("[sources]")[2].partition("\n[")[0]
    trained = set(re.findall(r"^([\w-]+) *=", sources, re.MULTILINE))
    assert trained <= {loader for loader in NAMES if use[loader].startswith("training")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        assert re.match(r"https?:", target) or (page.parent / target).exists(), target


# Counts


def test_lexicon_card_counts_the_lists() -> None:
    folder = DATASETS / "lexicons"
    said = {row[0]: number(row[1]) for row in cells(folder / "card.md", "list", "rows")}
    assert said == {path.name: len(rows(path)) for path in folder.glob("*.tsv")}


def test_card_of_ours_counts_the_files(articles: list[Row], pairs: list[Row]) -> None:
    said = cells(DATASETS / "ours" / "card.md", "file", "rows")
    files = [("articles.tsv", articles, "article_id"), ("pairs.tsv", pairs, "pair_id")]
    assert [[row[0], *map(number, row[1:])] for row in said] == [
        [file, len(table), *tally(table), len({row[unit] for row in table})]
        for file, table, unit in files
    ]


@pytest.mark.parametrize("column", ["register", "desk"])
def test_card_of_ours_counts_articles_by(column: str, articles: list[Row]) -> None:
    said = cells(DATASETS / "ours" / "card.md", column, "articles")
    assert {row[0]: [*map(number, row[1:])] for row in said} == {
        value or "not recorded": [
            len({row["article_id"] for row in articles if row[column] == value}),
            sum(row[column] == value for row in articles),
            sum(row[column] == value and row["label"] == "1" for row in articles),
        ]
        for value in {row[column] for row in articles}
    }


def test_card_of_ours_counts_kinds_and_evidence(articles: list[Row]) -> None:
    card = DATASETS / "ours" / "card.md"
    kinds = Counter(row["kind"] for row in articles)
    comments = Counter(row["kind"] for row in articles if row["label"] == "1")
    assert {row[0]: [*map(number, row[1:])] for row in cells(card, "kind", "sentences")} == {
        kind: [count, comments[kind]] for kind, count in kinds.items()
    }
    marked = [row for row in articles if row["evidence"]]
    spans = sum(len(row["evidence"].split(" || ")) for row in marked)
    where = len({row["article_id"] for row in marked})
    said = f"{spans} spans in {len(marked)} sentences of {where} articles"
    assert said in card.read_text(encoding="utf-8")


def test_register_counts_ours(articles: list[Row], pairs: list[Row]) -> None:
    register = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert f"{len({row['article_id'] for row in articles})} annotated articles" in register
    assert f"{len({row['pair_id'] for row in pairs})} minimal pairs" in register
    assert f"| {len(articles) + len(pairs):,} sentences |" in register


def test_register_counts_as_the_cards_do() -> None:
    register = (DATASETS / "README.md").read_text(encoding="utf-8")
    sizes = {
        folder: {row[0]: [*map(number, row[1:])] for row in cells(card, "file", "rows")}
        for card in CARDS
        if (folder := name(card)) in FOREIGN
    }
    newssd = sizes["newssd_eng"]
    for count in [
        newssd["train.tsv"][0] + newssd["dev.tsv"][0],
        newssd["test.tsv"][0],
        sizes["mpqa_writer"]["dev.tsv"][0],
        sum(sizes["babe_opinion"]["dev.tsv"][1:]),
    ]:
        assert f"| {count:,} sentences" in register


def test_card_of_open_voice_counts_the_labels(labels: list[Row]) -> None:
    card = DATASETS / "open_voice" / "card.md"
    said = {row[0]: [*map(number, row[2:])] for row in cells(card, "source", "what")}
    found = {}
    for source in [*{row["source"] for row in labels}, "all"]:
        chosen = [row for row in labels if source in (row["source"], "all")]
        places = {(row["source"], row["article_id"]) for row in chosen}
        found[source] = [len(places), len(chosen), *tally(chosen)]
    assert said == found
    by_confidence = {row[0]: [*map(number, row[1:])] for row in cells(card, "confidence")}
    for confidence, counts in by_confidence.items():
        chosen = [row for row in labels if row["confidence"] == confidence]
        assert counts == [len(chosen), *tally(chosen)]
    assert sorted(by_confidence) == ["1", "2", "3"]
    register = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert f"| {len(labels):,} sentences |" in register


@pytest.mark.parametrize("folder", ["babe_opinion", "mpqa_writer", "newssd_eng"])
def test_card_of_a_fetched_set_counts_its_files(folder: str) -> None:
    for file, *counts in cells(DATASETS / folder / "card.md", "file", "rows"):
        path = data_home() / folder / file
        if not path.is_file():
            pytest.skip("this set was not fetched here")
        table = rows(path)
        assert [*map(number, counts)] == [len(table), *tally(table, FOREIGN[folder])]


# Nobody else's sentences


@pytest.mark.parametrize("folder", [*sorted(FOREIGN), *ONLY_FETCHED, "checkthat"])
def test_no_text_of_others_lies_here(folder: str) -> None:
    allowed = (
        {"card.md", "labels.tsv", "spaces.tsv", "audit.tsv"}
        if folder == "open_voice"
        else {"card.md"}
    )
    assert {path.name for path in (DATASETS / folder).iterdir()} == allowed


@pytest.mark.parametrize(("folder", "column"), sorted(FOREIGN.items()))
def test_no_page_quotes_a_sentence_of_others(folder: str, column: str) -> None:
    home = data_home() / folder
    if not home.is_dir():
        pytest.skip("this set was not fetched here")
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for path in home.glob("*.tsv"):
        table = rows(path)
        assert column in table[0]
        assert [
            row["text"] for row in table if len(row["text"]) > 25 and row["text"] in pages
        ] == []


def test_labels_hold_places_and_labels_and_no_text(labels: list[Row]) -> None:
    assert list(labels[0]) == list(LABEL_COLUMNS)
    for row in labels:
        for column, pattern in LABEL_COLUMNS.items():
            assert re.fullmatch(pattern, row[column]), row


def test_labels_are_sorted_and_unique(labels: list[Row]) -> None:
    ids = [row["id"] for row in labels]
    assert [pair for pair in pairwise(ids) if pair[0] >= pair[1]] == []
    places = [(row["source"], row["article_id"], row["n"]) for row in labels]
    assert len(set(places)) == len(places)
    assert len({row["sha256"] for row in labels}) == len(labels)


def run_tool(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_labels_are_made_by_the_tool(tmp_path: Path) -> None:
    # A decomposed accent, a lone quotation mark: hashed as they stand.
    texts = ['"The cafe\u0301 shut.', "Shutting it was a disgrace."]
    annotated = tmp_path / "annotated.tsv"
    annotated.write_text(
        "id\tsource\tarticle_id\tn\ttext\tlabel\tconfidence\n"
        f"ov00001\tgazette\tmay/1.md\t2\t{texts[1]}\t1\t3\n"
        f"ov00000\tmasc-blog\tmay/1.md\t1\t{texts[0]}\t0\t2\n",
        encoding="utf-8",
    )
    assert run_tool(annotated, "-o", tmp_path).returncode == 0
    made, spaces = tmp_path / "labels.tsv", tmp_path / "spaces.tsv"
    first, second = (hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts)
    assert made.read_text(encoding="utf-8").splitlines() == [
        "\t".join(LABEL_COLUMNS),
        f"ov00000\tmasc-blog\tmay/1.md\t1\t16\t{first}\t0\t2",
        f"ov00001\tgazette\tmay/1.md\t2\t27\t{second}\t1\t3",
    ]
    assert spaces.read_text(encoding="utf-8") == "id\tlengths\nov00000\t4 5 5\n"
    assert run_tool(annotated, "-o", tmp_path, "--check").returncode == 0
    made.write_text("stale\n", encoding="utf-8")
    stale = run_tool(annotated, "-o", tmp_path, "--check")
    assert (stale.returncode, made.read_text(encoding="utf-8")) == (1, "stale\n")
    assert "is stale" in stale.stderr


def test_labels_lie_on_the_text_that_was_fetched(labels: list[Row], tmp_path: Path) -> None:
    annotated = data_home() / "open_voice" / "annotated.tsv"
    if not annotated.is_file():
        pytest.skip("this set was not fetched here")
    assert run_tool(annotated, "-o", tmp_path).returncode == 0
    # Labels may have been settled anew since; places and hashes may not move.
    fixed = [column for column in LABEL_COLUMNS if column not in {"label", "confidence"}]
    here, fetched = (
        [[row[column] for column in fixed] for row in table]
        for table in (labels, rows(tmp_path / "labels.tsv"))
    )
    assert here == fetched


def test_audit_is_what_the_labels_say(labels: list[Row]) -> None:
    audit = rows(DATASETS / "open_voice" / "audit.tsv")
    now = {row["id"]: row for row in labels}
    for row in audit:
        assert row["was"] != row["label"] == now[row["id"]]["label"]
        assert row["confidence"] == now[row["id"]]["confidence"]
        assert 1 <= int(row["case"]) <= 90
    ways = Counter((row["was"], row["label"]) for row in audit)
    card = (DATASETS / "open_voice" / "card.md").read_text(encoding="utf-8")
    said = (
        f"{len(audit)} labels were changed, {ways['0', '1']} to editorial and"
        f" {ways['1', '0']} to reporting"
    )
    assert said in card


# The guideline


CASE = re.compile(
    r"^(\d+)\. \*\*(.+?)\.\*\* (.+)\n +→ \*\*(editorial|reporting)\*\*: (.+)$", re.MULTILINE
)


def test_guideline_decides_its_cases(articles: list[Row], pairs: list[Row]) -> None:
    text = (DATASETS / "GUIDELINE.md").read_text(encoding="utf-8")
    section = text.partition("## Decided cases")[2].partition("## What stays hard")[0]
    cases = CASE.findall(section)
    assert len(cases) >= 40
    assert [int(case[0]) for case in cases] == list(range(1, len(cases) + 1))
    assert len(cases) == len(re.findall(r"^\d+\. ", section, re.MULTILINE))
    assert len({case[1] for case in cases}) == len({case[2] for case in cases}) == len(cases)
    decisions = Counter(case[3] for case in cases)
    assert min(decisions["editorial"], decisions["reporting"]) >= 15
    # Its examples teach; what teaches must not be measured with.
    ours = {row["text"] for row in [*articles, *pairs]}
    assert [case[2] for case in cases if case[2] in ours] == []
    for mentioned in re.findall(r"[Cc]ases ((?:\d+(?:, | and )?)+)", text):
        assert all(1 <= int(one) <= len(cases) for one in re.findall(r"\d+", mentioned))


# Ours


def test_articles_are_well_formed(articles: list[Row]) -> None:
    assert list(articles[0]) == ARTICLE_COLUMNS
    for row in articles:
        assert None not in row and None not in row.values(), row
        assert row["label"] in {"0", "1"}, row
        assert row["kind"] in {"prose", "headline", "list item"}, row
        assert row["text"] and all(value == value.strip() for value in row.values()), row


def test_articles_are_many_and_whole(by_article: dict[str, list[Row]]) -> None:
    assert len(by_article) >= 100
    assert sum(map(len, by_article.values())) >= 1_400
    for sentences in by_article.values():
        assert [int(row["n"]) for row in sentences] == list(range(1, len(sentences) + 1))
        assert len({(row["desk"], row["register"]) for row in sentences}) == 1
        assert all(row["kind"] != "headline" for row in sentences[1:])


def test_articles_stand_together(articles: list[Row]) -> None:
    changes = sum(a["article_id"] != b["article_id"] for a, b in pairwise(articles))
    assert changes + 1 == len({row["article_id"] for row in articles})


@pytest.mark.parametrize("register", ["wire", "tabloid", "partisan site", "blog", "analysis"])
def test_register_is_covered(register: str, articles: list[Row]) -> None:
    assert len({row["article_id"] for row in articles if row["register"] == register}) >= 5


def test_evidence_stands_in_its_sentence(by_article: dict[str, list[Row]]) -> None:
    marked = {key for key, rows in by_article.items() if any(row["evidence"] for row in rows)}
    assert len(marked) >= 40
    for key in marked:
        for row in by_article[key]:
            # A marked article is marked whole, and there is nothing to mark in a report.
            assert bool(row["evidence"]) == (row["label"] == "1"), row
            last = 0
            for span in row["evidence"].split(" || ") if row["evidence"] else []:
                at = row["text"].find(span, last)
                assert span and at >= 0, row
                last = at + len(span)


def test_spans_are_the_marked_evidence_with_its_place(articles: list[Row]) -> None:
    spans = rows(DATASETS / "ours" / "spans.tsv")
    texts = {(row["article_id"], row["n"]): row for row in articles}
    marked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in spans:
        text = texts[row["article_id"], row["n"]]["text"]
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        marked[row["article_id"], row["n"]].append(row["text"])
    evidence = {key: row["evidence"].split(" || ") for key, row in texts.items() if row["evidence"]}
    assert marked == evidence
    said = cells(DATASETS / "ours" / "card.md", "kind of span", "spans")
    assert {row[0]: number(row[1]) for row in said} == Counter(row["kind"] for row in spans)


def test_pairs_are_well_formed(pairs: list[Row]) -> None:
    assert list(pairs[0]) == ["pair_id", "label", "text"]
    assert [row["label"] for row in pairs] == ["0", "1"] * (len(pairs) // 2)
    ids = [row["pair_id"] for row in pairs]
    assert ids[::2] == ids[1::2] == sorted(set(ids))
    for row in pairs:
        assert None not in row and row["text"] and row["text"] == row["text"].strip(), row


def test_no_sentence_stands_twice(articles: list[Row], pairs: list[Row]) -> None:
    found = Counter(row["text"] for row in [*articles, *pairs])
    assert {text: count for text, count in found.items() if count > 1} == {}
