"""A plug-in that misbehaves is named with its distribution, and nobody sees a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from framing.errors import ExtractorError
from framing.evidence import Evidence, Extractor
from framing.extraction import Extraction
from framing.model import LinearModel
from framing.voice import sentence_of

TEXT = "“It is shameful,” said Bo Ek."

#: The plug-in's module: each kind of function, and the mischief done in it.
PLUGIN = """
from framing import Evidence, Extractor

def mischief():
    {mischief}

def find(sentence):
    yield from mischief()

def shape(raw):
    return mischief()

def measure(words):
    return mischief()

def hear(size, voices):
    return mischief()

FEATURES = {{"bad.x": "marks, count per sentence; source: tests"}}
PLUG = Extractor("bad", FEATURES, **{{"{kind}": {kind}}})
"""
NOT_ITERABLE = "return 5"
RAISES = "raise ValueError('on purpose\\x1b[2J')"
LEAVES = "raise SystemExit(0)"
SAYS = {
    "find": {
        "return [Evidence(0, 99, 'bad.x')]": "marked 0:99 in a sentence of 29 characters",
        "return [Evidence(-1, 2, 'bad.x')]": "marked -1:2",
        "return [Evidence(None, 2, 'bad.x')]": "marked None:2; offsets are whole numbers",
        "return [Evidence(0, 2, 'worse.x')]": "does not declare 'worse.x'",
        "return [Evidence(0, 2, None)]": "does not declare None",
        "return [Evidence(0, 2, 'bad.x', float('nan'))]": "gave bad.x the value nan",
        "return [Evidence(0, 2, 'bad.x', 1e300)]": "gave bad.x the value 1e+300",
        "return [Evidence(0, 2, 'bad.x', 'much')]": "gave bad.x the value 'much'",
        "return ['bad.x']": "yields 'bad.x', not a framing.Evidence",
    },
    "shape": {"return ['worse.x']": "does not declare 'worse.x'"},
    "measure": {
        "return [('bad.x', float('inf'))]": "gave bad.x the value inf",
        "return [('worse.x', 1.0)]": "does not declare 'worse.x'",
        "return [1.0]": "measures 1.0, not (feature, value)",
    },
    "hear": {
        "return [(0, 99, 'bad.x', 1.0)]": "marked 0:99 in a sentence of",
        "return [(0, 0, 'bad.x', 1.0)]": "marked 0:0 in a sentence of",
        "return [(0, 1, 'worse.x', 1.0)]": "does not declare 'worse.x'",
        "return [(0, 1)]": "hears (0, 1), not (start, end, feature, value)",
    },
}
CASES = [
    (kind, mischief, message)
    for kind, says in SAYS.items()
    for mischief, message in {
        **says,
        RAISES: "fails with ValueError('on purpose",
        LEAVES: "fails with SystemExit(0)",
        NOT_ITERABLE: "fails with TypeError",
        "return [Extractor][1]": "fails with IndexError",
    }.items()
]


def install(folder: Path, module: str) -> None:
    """Lay a distribution with one module into a folder, as an installer does."""
    (folder / "bad_plugin.py").write_text(module)
    info = folder / "bad_dist-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bad-dist\nVersion: 1.0\n")
    (info / "top_level.txt").write_text("bad_plugin\n")
    (info / "entry_points.txt").write_text("[framing.extractors]\nbad = bad_plugin:PLUG\n")


@pytest.mark.parametrize(("kind", "mischief", "message"), CASES)
def test_it_is_named(
    kind: str, mischief: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, PLUGIN.format(kind=kind, mischief=mischief))
    monkeypatch.syspath_prepend(tmp_path)
    space: dict[str, object] = {"__name__": "bad_plugin"}
    exec((tmp_path / "bad_plugin.py").read_text(), space)
    plug = space["PLUG"]
    assert isinstance(plug, Extractor)
    model = LinearModel({"bad.x": 1.0}, 0.0).with_extractors([plug])
    for run in (
        lambda: Extraction([plug]).evidence(sentence_of(TEXT)),
        lambda: model.judge(sentence_of(TEXT)),
        lambda: model.scores([TEXT]),
    ):
        with pytest.raises(ExtractorError) as raised:
            run()
        said = str(raised.value)
        assert said.startswith(f"extractor 'bad' of bad-dist {message}")
        assert said.endswith("; mend it or uninstall bad-dist")


def test_without_a_distribution_the_extractor_is_named() -> None:
    one = Extractor("f", {"f.x": "x"}, measure=lambda words: [("f.x", float("inf"))])
    with pytest.raises(ExtractorError, match=r"^extractor 'f' gave f\.x the value inf"):
        Extraction([one]).evidence(sentence_of(TEXT))


def test_what_keeps_the_contract_comes_through() -> None:
    one = Extractor(
        "f",
        {"f.*": "x"},
        find=lambda sentence: [Evidence(0, 1, "f.find")],
        shape=lambda raw: ("f.shape",) if raw == "shameful" else (),
        measure=lambda words: [("f.measure", float(len(words)))],
        hear=lambda size, voices: [(0, 2, "f.hear", 1.0)],
        quoted=True,
    )
    found = Extraction([one]).evidence(sentence_of(TEXT))
    assert {mark.feature for mark in found} == {"f.find", "f.shape", "f.measure", "f.hear"}


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("import nowhere_to_be_found", "plug-in 'bad' of bad-dist cannot be imported"),
        ("raise SystemExit(0)", "plug-in 'bad' of bad-dist cannot be imported: SystemExit(0)"),
        ("PLUG = 5", "plug-in 'bad' of bad-dist is int, not an Extractor"),
        ("class X(Exception):\n  __repr__ = 5\nraise X", "'bad' of bad-dist cannot be imported"),
        (
            PLUGIN.format(kind="find", mischief=RAISES),
            r"extractor 'bad' of bad-dist fails with ValueError('on purpose\x1b[2J'); mend it or",
        ),
    ],
    ids=["import", "exit", "no extractor", "no repr", "find"],
)
def test_the_command_stops_with_a_message(module: str, message: str, tmp_path: Path) -> None:
    install(tmp_path, module)
    model, draft = tmp_path / "model.json", tmp_path / "draft.txt"
    model.write_text(LinearModel({"bad.x": 1.0}, 0.0, extractors={"bad": ""}).to_json())
    draft.write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "framing", "check", "--isolated", "--model", model, draft],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
