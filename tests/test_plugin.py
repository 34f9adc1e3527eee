"""The example plug-in, built and installed for real."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "examples" / "plugin"
DRAFT = ROOT / "examples" / "drafts" / "harbour.txt"

TRAIN = """
import json, sys
import framing

teasers = ["You won't believe what the council did.", "What happened next is a disgrace.",
    "Why would the mayor do that? You'll never guess.", "9 reasons you should be ashamed of us"]
reports = ["The council met on Monday.", "Police said that two men were held.",
    "The ferry left Lomsk at noon.", "9 boats left the harbour."]
model = framing.EditorialClassifier(["evaluation", "rhetoric", "clickbait"], min_df=1, C=1.0)
model.fit((teasers + reports) * 5, ([1] * 4 + [0] * 4) * 5)
open(sys.argv[1], "w", encoding="utf-8").write(model.to_linear_model().to_json())
text = "You won't believe where the ferry went."
print(json.dumps([[one.feature, one.amount, [text[e.start:e.end] for e in one.evidence]]
    for one in model.explain([text])[0].contributions]))
"""


def can_build_here() -> bool:
    """Whether the tools of a build are at hand, so that no package index need be asked."""
    try:
        setuptools = [int(part) for part in version("setuptools").split(".")[:2]]
    except (PackageNotFoundError, ValueError):
        return False
    return setuptools >= [70, 1] or find_spec("wheel") is not None


@dataclass
class Place:
    """A fresh environment with framing in it, and what was seen before the plug-in came."""

    folder: Path
    before: dict[str, str] = field(default_factory=dict)

    @property
    def bin(self) -> Path:
        return self.folder / "env" / ("Scripts" if os.name == "nt" else "bin")

    def run(
        self, *command: str | Path, path: Path | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        kept |= {"PYTHONUTF8": "1", **({"PYTHONPATH": str(path)} if path else {})}
        program, *arguments = command
        return subprocess.run(
            [self.bin / program, *arguments],
            cwd=cwd or self.folder,
            env=kept,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def explain(self, draft: Path = DRAFT, *arguments: str | Path) -> str:
        result = self.run("framing", "explain", "--format", "json", draft, *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def install(self, source: Path, *arguments: str | Path) -> None:
        here = ["--no-build-isolation"] if can_build_here() else []
        pip: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            self.bin / "python",
            "--quiet",
        ]
        pip += ["--disable-pip-version-check", "install", "--no-deps", *here, *arguments, source]
        done = subprocess.run(pip, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def copy(self, source: Path, *names: str) -> Path:
        """Copy a project, so that building leaves nothing behind in the checkout."""
        target = self.folder / f"source-{source.name}"
        target.mkdir()
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
        for name in names:
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name, ignore=ignore)
            else:
                shutil.copy(source / name, target / name)
        return target


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    pytest.importorskip("pip")
    made = Place(tmp_path_factory.mktemp("plugin"))
    env = made.folder / "env"
    venv.create(env, symlinks=os.name != "nt")
    # The dependencies of this environment are at hand, behind what is installed in that one;
    # a path in a .pth file is not searched for more .pth files, so an editable framing is not.
    base = {"base": str(env), "platbase": str(env)}
    outer = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    inner = Path(sysconfig.get_path("purelib", vars=base))
    (inner / "outer.pth").write_text("".join(f"{path}\n" for path in sorted(outer)))
    names = ["setup.cfg", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "framing"]
    made.install(made.copy(ROOT, *names))
    made.before = {
        "extractors": made.run("framing", "extractors").stdout,
        "explain": made.explain(),
    }
    made.install(made.copy(PLUGIN, "setup.cfg", "pyproject.toml", "framing_clickbait", "tests"))
    return made


def test_framing_is_the_installed_one(place: Place) -> None:
    result = place.run("python", "-c", "import framing; print(framing.__file__)")
    assert Path(result.stdout.strip()).is_relative_to(place.folder)


def test_it_is_listed(place: Place) -> None:
    listed = place.run("framing", "extractors").stdout
    row = next(line for line in listed.splitlines() if line.startswith("clickbait"))
    assert row.split() == ["clickbait", "2", "features", "framing-clickbait"]
    before = place.before["extractors"]
    assert "clickbait" not in before
    assert [line.split() for line in listed.splitlines() if line != row] == [
        line.split() for line in before.splitlines()
    ]


def test_its_page_is_its_docstring(place: Place) -> None:
    page = place.run("framing", "extractors", "clickbait").stdout
    for words in ("framing-clickbait", "Not marked", "clickbait.countdown: a number", "10 phrases"):
        assert words in page


def test_it_changes_no_score(place: Place) -> None:
    assert place.explain() == place.before["explain"]


def test_its_own_tests_pass(place: Place) -> None:
    source = place.folder / f"source-{PLUGIN.name}"
    result = place.run(
        *("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"), cwd=source
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_model_trained_with_it_shows_its_evidence(place: Place) -> None:
    model = place.folder / "model.json"
    result = place.run("python", "-c", TRAIN, model)
    assert result.returncode == 0, result.stderr
    seen = {feature: (amount, words) for feature, amount, words in json.loads(result.stdout)}
    amount, words = seen["clickbait.tease"]
    assert amount > 0
    assert words == ["You won't believe"]

    draft = place.folder / "draft.txt"
    draft.write_text("The ferry left at noon. You won't believe where it went.\n")
    sentences = json.loads(place.explain(draft, "--model", model))["sentences"]
    assert evidence(sentences[1])["clickbait.tease"] == ["You won't believe"]
    assert [sentence["label"] for sentence in sentences] == ["reporting", "editorial"]


def test_a_second_extractor_of_that_name_is_refused(place: Place) -> None:
    source = place.folder / "second"
    shutil.copytree(PLUGIN, source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (source / "framing_clickbait").rename(source / "second_clickbait")
    setup = (source / "setup.cfg").read_text(encoding="utf-8")
    setup = setup.replace("framing_clickbait", "second_clickbait")
    setup = setup.replace("framing-clickbait", "second-clickbait")
    (source / "setup.cfg").write_text(setup, encoding="utf-8")
    target = place.folder / "beside"
    place.install(source, "--target", target)

    result = place.run("framing", "extractors", path=target)
    assert result.returncode == 2
    assert "'clickbait' comes from both framing-clickbait and second-clickbait" in result.stderr
    # The shipped model asks for neither, so that its users are not stopped.
    checked = place.run("framing", "explain", "--format", "json", DRAFT, path=target)
    assert checked.stdout == place.before["explain"]


def test_its_phrases_alone_work_without_code(place: Place) -> None:
    folder = place.folder / "desk"
    folder.mkdir()
    shutil.copy(PLUGIN / "framing_clickbait" / "clickbait.tsv", folder)
    (folder / "framing.toml").write_text('lexicons = ["clickbait.tsv"]\n')
    draft = folder / "draft.txt"
    draft.write_text("You won't believe where the ferry went.\n")
    marked = json.loads(place.explain(draft))["sentences"][0]
    assert evidence(marked)["clickbait.tease"] == ["You won't believe"]
    (folder / "framing.toml").unlink()
    plain = json.loads(place.explain(draft))["sentences"][0]
    assert plain["score"] == marked["score"]


def evidence(sentence: dict[str, Any]) -> dict[str, list[str]]:
    return {
        one["feature"]: [mark["text"] for mark in one["evidence"]]
        for one in sentence["contributions"]
    }
