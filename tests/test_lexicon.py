"""Lexicons and the trie, in the small; the shipped ones are held by test_lexicons."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing.lexicon
from framing.errors import LexiconError
from framing.evidence import Extractor
from framing.extractors import BUILTIN
from framing.lexicon import ANY, START, Lexicon, Trie, load, parse, phrases, shipped

HEADER = "# name: house\n# language: en\n# source: style guide\n# licence: CC0\n"


def house(*rows: str) -> Lexicon:
    return parse(HEADER + "".join(f"{row}\n" for row in rows), "house.tsv")


def test_parse() -> None:
    lexicon = house("war of words\thouse.cliche\tworn", "game changer\thouse.cliche", "", "x\t-\t")
    assert (lexicon.name, lexicon.language) == ("house", "en")
    assert (lexicon.source, lexicon.licence) == ("style guide", "CC0")
    assert len(lexicon) == 3
    assert list(lexicon.rows) == sorted(lexicon.rows)
    assert lexicon.features == ("house.cliche",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("war", "write phrase, tab, feature"),
        ("war\t", "write phrase, tab, feature"),
        ("\thouse.cliche", "write phrase, tab, feature"),
        ("war\tcliche", "name the feature family.name"),
        ("War\thouse.cliche", "as tokens: 'war'"),
        ("ill-fated\thouse.cliche", "as tokens: 'ill fated'"),
        ("it's over\thouse.cliche", 'as tokens: "it \'s over"'),
        ("it’s\thouse.cliche", "as tokens"),
        ("war  of\thouse.cliche", "as tokens"),
        ("* of words\thouse.cliche", "begin and end with a word"),
        ("war of *\thouse.cliche", "begin and end with a word"),
        ("^\thouse.cliche", "begin and end with a word"),
        ("^ *\thouse.cliche", "begin and end with a word"),
        ("war ^ of\thouse.cliche", ""),
        (f"{'a ' * 16}b\thouse.cliche", "at most 16 words"),
    ],
)
def test_a_row_that_breaks_the_format_is_named(row: str, message: str) -> None:
    if message:
        with pytest.raises(LexiconError, match=r"^house\.tsv:6: ") as caught:
            house("fine\thouse.cliche", row)
        assert message in str(caught.value)
    else:  # an odd token, but a token
        assert len(house(row)) == 1


def test_a_phrase_that_stands_twice_is_named() -> None:
    with pytest.raises(LexiconError, match=r"house\.tsv:6: 'war' is listed twice"):
        house("war\thouse.cliche\ta", "war\thouse.cliche\tb")
    assert len(house("war\thouse.cliche", "war\thouse.metaphor")) == 2


@pytest.mark.parametrize("key", ["name", "language", "source", "licence"])
def test_a_header_that_lacks_a_line_is_named(key: str) -> None:
    text = "".join(line for line in HEADER.splitlines(True) if not line.startswith(f"# {key}:"))
    with pytest.raises(LexiconError, match=rf"house\.tsv:1: add the header line '# {key}: "):
        parse(text + "war\thouse.cliche\n", "house.tsv")


def test_the_digest_is_of_phrases_and_features() -> None:
    plain = house("war\thouse.cliche\t", "work\thouse.cliche\t")
    assert plain.digest == house("work\thouse.cliche\tnote", "war\thouse.cliche\tnote").digest
    assert plain.digest == house("work\thouse.cliche", "war\thouse.cliche").digest
    assert plain.digest != house("war\thouse.cliche\t").digest
    assert plain.digest != house("war\thouse.x\t", "work\thouse.cliche\t").digest
    assert house("war\thouse.x").digest != house("war\thouse.y").digest


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "house.tsv"
    path.write_text(HEADER + "war\thouse.cliche\n", encoding="utf-8")
    assert load(path) == load(str(path)) == house("war\thouse.cliche")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconError, match=r"house\.tsv: cannot read"):
        load(path)
    with pytest.raises(LexiconError, match=r"none\.tsv: cannot read"):
        load(tmp_path / "none.tsv")


def test_shipped_is_what_parse_would_read() -> None:
    path = Path(framing.lexicon.__file__).parent / "lexicons" / "en" / "rhetoric.tsv"
    assert shipped("rhetoric") == load(path)
    assert shipped("rhetoric") is shipped("rhetoric")


@pytest.mark.parametrize("one", BUILTIN, ids=lambda one: one.name)
def test_the_digest_of_a_shipped_file_is_that_of_its_rows(one: Extractor) -> None:
    if one.lexicon:
        assert one.digest == one.lexicon.replace().digest


def test_learned_phrases_are_features() -> None:
    lexicon = phrases("wording", ["war", "^ also", "let us"])
    assert lexicon.features == ("wording.^ also", "wording.let us", "wording.war")
    assert len(phrases("wording", ())) == 0


def test_pickles() -> None:
    lexicon = house("war\thouse.cliche")
    assert pickle.loads(pickle.dumps(lexicon)) == lexicon


# the trie


def test_find() -> None:
    trie = Trie([house("war\thouse.x", "war of words\thouse.y"), house("of\tother.z")])
    assert set(trie.find(["a", "war", "of", "words"])) == {
        (1, 2, "house.x"),
        (1, 4, "house.y"),
        (2, 3, "other.z"),
    }
    assert list(trie.find([])) == []
    assert list(trie.find(["war-torn", "wars", "wa"])) == []


def test_find_at_the_start_and_over_gaps() -> None:
    trie = Trie([house("^ also\thouse.x", "not a * but\thouse.y")])
    assert list(trie.find(["also", "also"])) == [(0, 1, "house.x")]
    assert list(trie.find(["not", "a", "ship", "but"])) == [(0, 4, "house.y")]
    assert list(trie.find(["not", "a", "but"])) == []


def test_an_entry_is_built_when_first_met() -> None:
    trie = Trie([house("war\thouse.x")])
    assert len(trie) == 0
    assert trie["war"].features == ("house.x",)
    assert trie["peace"].features == ()
    assert set(trie) == {"war", "peace"}


def test_of_the_shipped_lexicons_only_the_words_asked_for_are_read() -> None:
    program = """
from framing.extractors import BUILTIN
from framing.lexicon import Trie
trie = Trie([one.lexicon for one in BUILTIN if one.lexicon])
print(trie["critics"].longer["say"].features)
print([one.name for one in BUILTIN if one.lexicon and "rows" in vars(one.lexicon)])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines() == ["('sourcing.vague.strong',)", "[]"], done.stderr


def test_a_trie_knows_the_same_by_the_index_and_by_the_rows() -> None:
    every = [one.lexicon for one in BUILTIN if one.lexicon]
    extra = house("^ war\thouse.x", "war\thouse.y", "war of words\thouse.z")
    quick, slow = Trie([*every, extra]), Trie([*(one.replace() for one in every), extra])
    phrases = {row.split("\t")[0] for one in every for row in one.rows[::7]}
    for words in (phrase.split(" ") for phrase in (*phrases, "^ war", "war of words", "no ’s")):
        assert set(quick.find(words)) == set(slow.find(words))
        assert set(quick.begin(words)) == set(slow.begin(words))
    assert quick["war"].features[-1] == slow["war"].features[-1] == "house.y"


def test_a_lexicon_has_no_other_fields() -> None:
    with pytest.raises(AttributeError, match="no 'colour'"):
        _ = shipped("rhetoric").colour  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="no 'rows'"):
        _ = Lexicon.__new__(Lexicon).rows


TOKEN = st.sampled_from(["a", "b", "c", "ab", "!", "$", "1", "ü", "it", "'s"])
PHRASE = st.lists(TOKEN, min_size=1, max_size=4)


def occurrences(phrase: list[str], words: list[str]) -> list[tuple[int, int]]:
    """Where a phrase stands, found the slow way."""
    if phrase[0] == START:
        return [(0, len(phrase) - 1)] if words[: len(phrase) - 1] == phrase[1:] else []
    size = len(phrase)
    return [
        (start, start + size)
        for start in range(len(words) - size + 1)
        if all(
            wanted in (ANY, word)
            for wanted, word in zip(phrase, words[start : start + size], strict=True)
        )
    ]


@given(
    st.lists(
        st.one_of(
            PHRASE,
            PHRASE.map(lambda one: [START, *one]),
            st.tuples(PHRASE, PHRASE).map(lambda pair: [*pair[0], ANY, *pair[1]]),
        ),
        max_size=8,
        unique_by=tuple,
    ),
    st.lists(TOKEN, max_size=12),
)
def test_the_trie_finds_what_a_plain_search_finds(
    wanted: list[list[str]], words: list[str]
) -> None:
    listed = {f"x.{number}": phrase for number, phrase in enumerate(wanted)}
    rows = sorted(f"{' '.join(phrase)}\t{feature}\t" for feature, phrase in listed.items())
    trie = Trie([Lexicon("x", "en", "tests", "CC0", tuple(rows))])
    slow = [
        (start, end, feature)
        for feature, phrase in listed.items()
        for start, end in occurrences(phrase, words)
    ]
    assert sorted(trie.find(words)) == sorted(slow)
