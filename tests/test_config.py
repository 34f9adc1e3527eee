"""Configuration files: found, checked, and refused with path, line and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from framing.config import Config, Layer, find, lexicon_extractors, probability
from framing.errors import ConfigError, LexiconError

HEADER = "# name: house\n# language: en\n# source: style guide\n# licence: CC0-1.0\n"


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


FORMS = {
    "framing.toml": 'threshold = 0.7\nmodel = "m/desk.json"\nlexicons = ["a.tsv", "b/c.tsv"]\n',
    "setup.cfg": "[metadata]\nname = x\n\n[framing]\nthreshold = 0.7\nmodel = m/desk.json\n"
    "lexicons =\n    a.tsv\n    b/c.tsv\n",
    "pyproject.toml": '[project]\nname = "x"\n\n[tool.framing]\nthreshold = 0.7\n'
    'model = "m/desk.json"\nlexicons = [\n  "a.tsv",\n  "b/c.tsv",\n]\n',
}


@pytest.mark.parametrize("name", FORMS)
def test_every_file_says_the_same(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, FORMS[name])
    lexicons = (tmp_path / "a.tsv", tmp_path / "b/c.tsv")
    wanted = Config(Layer(0.7), str(tmp_path / "m/desk.json"), lexicons, path=path)
    assert find(tmp_path) == wanted
    assert find(tmp_path / "drafts" / "not-there-yet") == wanted


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    put(tmp_path, "framing.toml", "threshold = 0.1")
    put(tmp_path / "desk", "pyproject.toml", "[tool.framing]\nthreshold = 0.2")
    assert find(tmp_path / "desk" / "drafts").threshold == 0.2
    put(tmp_path / "desk", "setup.cfg", "[framing]\nthreshold = 0.3")
    assert find(tmp_path / "desk").threshold == 0.3
    put(tmp_path / "desk", "framing.toml", "threshold = 0.4")
    assert find(tmp_path / "desk").threshold == 0.4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup.cfg", "[metadata]\nname = framing\n"),
        ("setup.cfg", "no framing here, and no ini file either\n"),
        ("pyproject.toml", '[project]\nname = "framing"\n'),
        ("pyproject.toml", '[tool]\nother = "framing"\n'),
        ("pyproject.toml", "framing: this is not TOML\n"),
    ],
)
def test_files_of_other_tools_are_passed_over(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path / "project", name, text)
    put(tmp_path, "framing.toml", "threshold = 0.6")
    assert find(tmp_path / "project").threshold == 0.6


def test_a_name_of_a_model_is_no_path(tmp_path: Path) -> None:
    put(tmp_path, "framing.toml", 'model = "news-en"')
    assert find(tmp_path).model == "news-en"


def test_a_table_under_tool(tmp_path: Path) -> None:
    put(tmp_path, "pyproject.toml", "[tool]\nframing = {threshold = 0.9}\n")
    assert find(tmp_path).threshold == 0.9
    put(tmp_path, "pyproject.toml", "tool.framing.threshold = 0.8\n")
    assert find(tmp_path).threshold == 0.8


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("framing.toml", "\ntreshold = 1", "framing.toml:2: unknown key 'treshold'; did you mean"),
        ("framing.toml", "zebra = 1", "1: unknown key 'zebra'; known keys: baseline, cache"),
        ("framing.toml", "[tool.framing]\nthreshold = 1", "framing.toml:1: unknown key 'tool'"),
        ("framing.toml", "[lexicon]\na = 1", "1: unknown key 'lexicon'; did you mean 'lexicons'"),
        ("framing.toml", "threshold = 1.5", "1: threshold must be a number from 0 to 1, not 1.5"),
        ("framing.toml", "threshold = nan", "threshold must be a number from 0 to 1, not nan"),
        ("framing.toml", "threshold = true", "threshold must be a number from 0 to 1, not True"),
        ("framing.toml", 'threshold = "0.5"', "a number from 0 to 1, not '0.5'"),
        ("framing.toml", "model = 3", "1: model must be the name of a model or the path"),
        ("framing.toml", 'model = ""', "1: model must be the name of a model or the path"),
        ("framing.toml", '\n\nlexicons = "a.tsv"', "3: lexicons must be a list of paths"),
        ("framing.toml", "lexicons = [1]", "1: lexicons must be a list of paths of TSV files"),
        ("framing.toml", "a = 1\nb = ", "framing.toml:2: not TOML"),
        (
            "setup.cfg",
            "[other]\nthreshold = 7\n[framing]\nthreshold = high",
            "setup.cfg:4: threshold must be a number from 0 to 1, not 'high'",
        ),
        ("setup.cfg", "[framing]\nthreshold", "setup.cfg:2: threshold must be a number from 0"),
        ("setup.cfg", "[framing]\nModel = x", "setup.cfg:2: unknown key 'Model'; did you mean"),
        ("setup.cfg", "[framing]\n[framing]\n", "setup.cfg:2: malformed"),
        ("setup.cfg", "x\n[framing]\n", "setup.cfg:1: malformed"),
        (
            "pyproject.toml",
            "[tool.other]\nmodels = 1\n[tool.framing]\nmodels = 1",
            "pyproject.toml:4: unknown key 'models'; did you mean 'model'?",
        ),
        ("pyproject.toml", "[tool.framing]\nx", "pyproject.toml:2: not TOML"),
    ],
)
def test_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    put(tmp_path, name, text)
    with pytest.raises(ConfigError, match=re.escape(message)):
        find(tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "framing.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(ConfigError, match=r"framing\.toml: not UTF-8"):
        find(tmp_path)


def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "framing.toml").touch()
    monkeypatch.setattr("framing.bounds.open", refuse, raising=False)
    with pytest.raises(ConfigError, match="cannot read: Permission denied"):
        find(tmp_path)


def test_a_value_under_a_key_without_one(tmp_path: Path) -> None:
    """Found by the fuzzer: configparser itself fails with an AttributeError."""
    (tmp_path / "setup.cfg").write_text("[framing]\n[other]\nthreshold\n = 0.7\n")
    with pytest.raises(
        ConfigError, match=r"setup\.cfg: malformed: an indented line .* key = value"
    ):
        find(tmp_path)


def test_a_folder_of_that_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "framing.toml").mkdir()
    assert find(tmp_path).path != tmp_path / "framing.toml"


@pytest.mark.parametrize("text", ["1.1", "-0.1", "nan", "inf", "half"])
def test_no_probability(text: str) -> None:
    with pytest.raises(ValueError):
        probability(text)


# Lexicons


def test_a_lexicon_becomes_an_extractor(tmp_path: Path) -> None:
    path = put(tmp_path, "house.tsv", HEADER + "game changer\thouse.cliche\t\n")
    (one,) = lexicon_extractors([path])
    assert one.name == "house"
    assert list(one.features) == ["house.cliche"]
    assert "style guide" in one.features["house.cliche"]
    assert one.lexicon is not None
    assert len(one.lexicon) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "game changer\tother.cliche\t\n", r"house\.tsv:5: 'other\.cliche' does not beg"),
        (HEADER.replace("house", "my house"), r"house\.tsv:1: the name 'my house' begins every"),
        (HEADER.replace("house", "a.b"), r"house\.tsv:1: the name 'a\.b' begins every"),
        (HEADER + "game changer\n", r"house\.tsv:5: write phrase, tab, feature"),
        ("game changer\thouse.cliche\n", r"house\.tsv:1: add the header line '# name"),
    ],
)
def test_a_malformed_lexicon_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = put(tmp_path, "house.tsv", text)
    with pytest.raises(LexiconError, match=message):
        lexicon_extractors([path])


def test_two_lexicons_of_one_name_are_refused(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, HEADER + "x\thouse.y\n") for name in ("a.tsv", "b.tsv")]
    with pytest.raises(LexiconError, match=r"b\.tsv:1: .*a\.tsv is called 'house' too"):
        lexicon_extractors(paths)


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.tsv: cannot read"):
        lexicon_extractors([tmp_path / "none.tsv"])
