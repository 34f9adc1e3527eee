"""The shipped lexicons and the lists they are made of keep their format."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from framing.extractors import BUILTIN
from framing.lexicon import BLOCK, Lexicon, index, parse, shipped

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted((ROOT / "framing" / "lexicons" / "en").glob("*.tsv"))
LISTS = sorted((ROOT / "datasets" / "lexicons").glob("*.tsv"))
HEADER = ["# name: ", "# language: ", "# source: ", "# licence: "]
STRENGTHS = {"weak", "medium", "strong"}
#: Lexicons that no extractor reads: they cut text, tell voices and languages.
STRUCTURE = {"abbreviations", "boundaries", "furniture", "language", "voices"}
#: What makes a row of a list the same row: all that is not a rating or a note.
KEYS = {
    "closed": ("phrase", "feature"),
    "phrases": ("phrase", "family", "position"),
    "voices": ("lemma", "pos", "role"),
    "words": ("lemma", "pos", "family"),
}
BY_NAME = {one.name: one for one in BUILTIN}


def name(path: Path) -> str:
    return path.stem


def pairs(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for row in lexicon.rows:
        phrase, feature = row.split("\t")[:2]
        yield phrase, feature


def rows(path: Path) -> list[dict[str, str]]:
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    columns = first.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in rest]


def test_all_lexicons_are_known() -> None:
    read = {one.name for one in BUILTIN if one.lexicon and not one.learned}
    assert {path.stem for path in SHIPPED} == read | STRUCTURE
    assert {path.stem for path in LISTS} == set(KEYS)


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_shipped_file_parses(path: Path) -> None:
    lexicon = parse(path.read_text(encoding="utf-8"), str(path))
    assert (lexicon.name, lexicon.language) == (path.stem, path.parent.name)
    assert lexicon.licence == "Apache-2.0"
    assert lexicon.source.startswith("written for framing")
    assert len(lexicon) > 0


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_shipped_file_is_written_as_the_loader_expects(path: Path) -> None:
    # At start-up nothing is checked: four header lines, then rows that a binary search can use.
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    assert text.endswith("\n") and "\r" not in text
    assert [line[: len(key)] for line, key in zip(lines, HEADER, strict=False)] == HEADER
    body = lines[len(HEADER) : -1]
    assert body == sorted(body)
    assert len(body) == len({tuple(line.split("\t")[:2]) for line in body})
    assert all(line.count("\t") == 2 for line in body)
    assert shipped(path.stem) == parse(text, str(path))


@pytest.mark.parametrize(
    "path", [*SHIPPED, *LISTS], ids=lambda one: f"{one.parent.name}-{one.stem}"
)
def test_no_characters_that_nobody_sees(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    seen = {one for one in text if one not in "\t\n" and unicodedata.category(one)[0] in "CZ"}
    assert seen <= {" "}
    assert "  " not in text and " \t" not in text and "\t " not in text and " \n" not in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_every_feature_is_declared(path: Path) -> None:
    if path.stem in STRUCTURE:
        assert path.stem not in BY_NAME
        return
    lexicon, extractor = shipped(path.stem), BY_NAME[path.stem]
    assert [one for one in lexicon.features if not extractor.declares(one)] == []
    for declared in extractor.features:
        if declared.endswith(".*") and lexicon.features and STRENGTHS & _endings(lexicon, declared):
            assert _endings(lexicon, declared) <= STRENGTHS, declared
    if path.stem == "neutral":
        assert {feature for _, feature in pairs(lexicon)} == {BLOCK}
    else:
        assert BLOCK not in {feature for _, feature in pairs(lexicon)}


def _endings(lexicon: Lexicon, declared: str) -> set[str]:
    stem = declared[:-1]
    return {feature.removeprefix(stem) for feature in lexicon.features if feature.startswith(stem)}


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_no_phrase_has_two_strengths(path: Path) -> None:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for phrase, feature in pairs(shipped(path.stem)):
        stem, _, strength = feature.rpartition(".")
        if strength in STRENGTHS:
            found[phrase, stem].add(strength)
    assert {key: both for key, both in found.items() if len(both) > 1} == {}


@pytest.mark.parametrize("path", LISTS, ids=name)
def test_list_is_sorted_and_unique(path: Path) -> None:
    keys = [tuple(row[column] for column in KEYS[path.stem]) for row in rows(path)]
    assert [pair for pair in pairwise(keys) if pair[0] > pair[1]] == []
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", LISTS, ids=name)
def test_list_has_known_ratings(path: Path) -> None:
    known = {
        "strength": {"1", "2", "3"},
        "polarity": {"-1", "0", "1"},
        "pos": {"a", "n", "r", "v", "x"} if path.stem == "words" else {"a", "n", "p", "v", "x"},
        "position": {"any", "start"},
    }
    for row in rows(path):
        assert all(row[column] in allowed for column, allowed in known.items() if column in row)
        entry = next(iter(row.values()))
        assert entry and entry == entry.lower() and "’" not in entry, entry


def checked(tool: str) -> subprocess.CompletedProcess[str]:
    """Ask a tool whether what it makes is stale."""
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool), "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_shipped_files_are_made_of_the_lists() -> None:
    pytest.importorskip("lemminflect")
    done = checked("expand_lexicons.py")
    assert done.returncode == 0, done.stderr


def test_the_index_is_made_of_the_shipped_files() -> None:
    done = checked("index_lexicons.py")
    assert done.returncode == 0, done.stderr


def test_the_index_holds_what_the_files_hold() -> None:
    read = [one.lexicon.replace() for one in BUILTIN if one.lexicon and not one.learned]
    assert index().digests == {one.name: one.digest for one in read}
    known = defaultdict(list)
    longer: dict[str, int] = {}
    for phrase, feature in sorted(pair for lexicon in read for pair in pairs(lexicon)):
        known[phrase].append(feature)
        words = phrase.split(" ")
        for size in range(1, len(words)):
            longer.setdefault(" ".join(words[:size]), words[size].encode()[0])
    for phrase in {*known, *longer}:
        assert index().look_up(phrase) == (known.get(phrase, []), longer.get(phrase, 0)), phrase


@pytest.mark.parametrize(
    "phrase",
    ["", "!!", "*", "thex", "th", "zzz", "\uffff", "é", "war\ud800", "\ud800", "^ ^", "a  a"],
)
def test_the_index_holds_nothing_else(phrase: str) -> None:
    assert index().look_up(phrase) == ([], 0)


def test_card_names_every_list() -> None:
    card = (ROOT / "datasets" / "lexicons" / "card.md").read_text(encoding="utf-8")
    assert [path.name for path in LISTS if f"| `{path.name}` |" not in card] == []
