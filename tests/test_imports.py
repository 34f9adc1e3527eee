"""``framing check`` starts at once because it imports next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stand_in_model import stand_in

HERE = Path(__file__).parent
HEAVY = {
    "joblib",
    "nltk",
    "numpy",
    "pandas",
    "pyarrow",
    "rich",
    "scipy",
    "sklearn",
    "textstat",
    "tqdm",
}
#: All of the standard library that a check of a draft takes; others cost up to 8 ms each.
QUICK = {
    *("__future__", "_bisect", "_collections", "_functools", "_json", "_operator", "_sre"),
    *("atexit", "bisect", "collections", "contextlib", "copyreg", "enum", "functools", "gc"),
    *("importlib", "itertools", "json", "keyword", "math", "operator", "re", "reprlib", "types"),
    *("unicodedata", "warnings"),
}
#: Rooms of the package that a check of plain text has no use for.
UNUSED = {
    *("automaton", "batch", "behaviour", "bulk", "datasets", "evaluation", "features"),
    *(
        "folding",
        "hearing",
        "probes",
        "scoring",
        "spark",
        "tables",
        "together",
        "training",
        "unfolding",
    ),
}
PROGRAM = """
import sys
from framing.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print("\\n" + " ".join(sys.modules))
sys.exit(code)
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "model.json"
    path.write_text(stand_in().to_json(), encoding="utf-8")
    return str(path)


def modules(*arguments: str) -> set[str]:
    """Run the command and return the top-level modules that it imported."""
    return {name.partition(".")[0] for name in imported(*arguments)}


def imported(*arguments: str) -> list[str]:
    """Run the command and return the modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, encoding="utf-8"
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", str(HERE / "drafts/pier.txt")],
        ["check", "--format", "json", str(HERE / "drafts")],
        ["explain", str(HERE / "drafts/pier.txt")],
        ["explain", "--format", "json", str(HERE / "drafts/pier.txt")],
        ["extractors"],
        ["--help"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_nothing_heavy(arguments: list[str], model: str) -> None:
    options = ["--model", model] if arguments[0] in ("check", "explain") else []
    assert modules(*arguments, *options) & HEAVY == set()


@pytest.mark.parametrize(
    ("name", "more"),
    [("draft.txt", set()), ("draft.md", set()), ("draft.html", {"html", "_markupbase"})],
)
def test_a_check_starts_at_once(name: str, more: set[str], tmp_path: Path) -> None:
    draft = tmp_path / name  # with the shipped model, and without a doubtful period
    draft.write_text("The council voted on Monday.\n\nA new pier is much needed.\n")
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        encoding="utf-8",
    )
    there = set(done.stdout.split())  # what the interpreter itself or an editable install needs
    assert modules("check", str(draft)) - there - QUICK - more == {"framing"}


def test_a_check_imports_no_room_in_vain(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The council voted on Monday.\n")
    rooms = {
        name.split(".")[1] for name in imported("check", str(draft)) if name.startswith("framing.")
    }
    assert "extraction" in rooms
    assert rooms & UNUSED == set()


def test_the_guard_sees_what_is_imported(tmp_path: Path, model: str) -> None:
    source = tmp_path / "in.txt"
    source.write_text("It rained.\n")
    target = str(tmp_path / "out.txt")
    assert "numpy" in modules("score", str(source), "-o", target, "--model", model)


def test_the_package_alone_imports_next_to_nothing() -> None:
    program = "import sys, framing; print(*[m for m in sys.modules if m.startswith('framing')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.stdout.split() == ["framing"]
