"""The pre-commit hook and the GitHub action, run as their users run them."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from framing import cli
from framing.readers import SUFFIXES

yaml = pytest.importorskip("yaml", reason="pre-commit, which brings it, is not installed")

ROOT = Path(__file__).resolve().parents[1]
PARTS = [
    *[".pre-commit-hooks.yaml", "action.yml", "LICENSE", "NOTICE", "README.md", "setup.cfg"],
    *["pyproject.toml", "framing"],
]
REPORT = "The council voted 7 to 2 on Monday.\n"
COMMENT = "A new pier is much needed, and it is a shameful disgrace.\n"
#: Installing needs no network: what framing needs is found where the tests find it.
OFFLINE = {
    "PIP_NO_DEPS": "1",
    "PIP_NO_INDEX": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # this option is on when it is set to a false value
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONPATH": sysconfig.get_path("purelib"),
}
no_setuptools = pytest.mark.skipif(
    importlib.util.find_spec("setuptools.command.bdist_wheel") is None,
    reason="no setuptools that makes wheels",
)
no_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git")


def run(
    *command: str | Path, cwd: Path, code: int | None = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    here = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**here, **environment},
    )
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def git(*arguments: str, cwd: Path) -> str:
    named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return run("git", *named, *arguments, cwd=cwd).stdout.strip()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, as its users get it."""
    folder = tmp_path_factory.mktemp("project")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


# pre-commit


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(only, dict)
    return only


def test_the_hook_reads_what_the_readers_read() -> None:
    files = re.compile(hook()["files"])
    for suffix in SUFFIXES:
        assert files.search(f"drafts/a{suffix}"), suffix
        assert files.search(f"drafts/A{suffix.upper()}"), suffix
    assert not files.search("drafts/a.py")
    assert not files.search("drafts/amd")


@no_git
@no_setuptools
@pytest.mark.slow
def test_pre_commit_runs_the_hook(project: Path, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    git("init", "-q", cwd=project)
    git("add", "-A", cwd=project)
    git("commit", "-qm", "all", cwd=project)
    revision = git("rev-parse", "HEAD", cwd=project)
    desk = tmp_path / "desk"
    desk.mkdir()
    git("init", "-q", cwd=desk)
    config = {"repos": [{"repo": str(project), "rev": revision, "hooks": [{"id": "framing"}]}]}
    (desk / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (desk / "framing.toml").write_text('exclude = ["old"]\n')
    (desk / "old").mkdir()
    for name, text in [("a.md", REPORT), ("b.txt", COMMENT), ("old/c.md", COMMENT), ("d.py", "")]:
        (desk / name).write_text(text)
    git("add", "-A", cwd=desk)
    home = str(tmp_path / "home")
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    done = run(*command, cwd=desk, code=1, PRE_COMMIT_HOME=home, **OFFLINE)
    assert "framing check" in done.stdout
    assert "Failed" in done.stdout
    assert "b.txt:1:1: editorial" in done.stdout
    assert "checked 2 sentences in 2 files; 1 finding" in done.stdout
    (desk / "b.txt").write_text(REPORT)
    done = run(*command, cwd=desk, code=0, PRE_COMMIT_HOME=home, **OFFLINE)
    assert "Passed" in done.stdout


# GitHub action

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPTS = [step for step in ACTION["runs"]["steps"] if "run" in step]


def act(
    step: dict[str, Any], cwd: Path, inputs: dict[str, str], **environment: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run a step as GitHub does, and return the process with the files that it wrote."""
    values = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
    for name, value in step.get("env", {}).items():
        environment[name] = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], value)
    files = {name: cwd.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for name, path in files.items():
        path.write_text("")
        environment[name] = str(path)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = cwd.parent / "script.sh"
    script.write_text(step["run"])
    done = run(
        *("bash", "--noprofile", "--norc", "-eo", "pipefail", script),
        cwd=cwd,
        code=None,
        **environment,
    )
    return done, {name: path.read_text() for name, path in files.items()}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    (folder / "new drafts").mkdir(parents=True)
    (folder / "a.md").write_text(REPORT)
    (folder / "new drafts" / "b.txt").write_text(COMMENT)
    return folder


def test_nothing_from_outside_is_part_of_a_script() -> None:
    assert len(SCRIPTS) == 2
    for step in SCRIPTS:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        assert "eval" not in step["run"]


@no_setuptools
def test_the_action_installs(project: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    target = tmp_path / "packages"
    done, _ = act(
        SCRIPTS[0],
        tmp_path / "here",
        {},
        GITHUB_ACTION_PATH=str(project),
        PIP_TARGET=str(target),
        **OFFLINE,
    )
    assert done.returncode == 0, done.stderr
    assert (target / "framing" / "models" / "news-en.json").is_file()


def test_the_action_checks(desk: Path) -> None:
    done, written = act(SCRIPTS[1], desk, {})
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error .*file=(\./)?new drafts/b\.txt,line=1,", done.stdout, re.MULTILINE)
    assert written["GITHUB_OUTPUT"] == "exit-code=1\n"
    assert "b.txt" in written["GITHUB_STEP_SUMMARY"]


def test_the_inputs_of_the_action(desk: Path) -> None:
    inputs = {"paths": "a.md\n\nnew drafts\n", "arguments": "--desk=news\n--fail=FR9\n"}
    done, written = act(SCRIPTS[1], desk, {**inputs, "sarif": "out.sarif"})
    assert done.returncode == 0, done.stderr
    assert "checked 2 sentences in 2 files" in done.stderr
    assert '"version": "2.1.0"' in (desk / "out.sarif").read_text()
    assert written["GITHUB_OUTPUT"] == "exit-code=0\n"


@pytest.mark.parametrize("name", ["paths", "diff", "arguments", "sarif"])
@pytest.mark.parametrize(
    "value", ["$(touch stolen)", "`touch stolen`", "; touch stolen", "--x\n-y"]
)
def test_inputs_run_nothing(name: str, value: str, desk: Path) -> None:
    done, _ = act(SCRIPTS[1], desk, {name: value})
    assert done.returncode in (0, 1, 2)
    assert not (desk / "stolen").exists()
    assert "Traceback" not in done.stderr


@no_git
def test_the_action_on_changes(desk: Path) -> None:
    git("init", "-q", "-b", "main", cwd=desk)
    git("add", "-A", cwd=desk)
    git("commit", "-qm", "all", cwd=desk)
    git("checkout", "-qb", "mine", cwd=desk)
    done, _ = act(SCRIPTS[1], desk, {"diff": "main"})
    assert done.returncode == 0, done.stderr
    (desk / "a.md").write_text(REPORT + "\n" + COMMENT)
    done, _ = act(SCRIPTS[1], desk, {"diff": "main"})
    assert done.returncode == 1, done.stderr
    assert "a.md,line=3" in done.stdout
    assert "b.txt" not in done.stdout


# Recipes

RECIPES = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def test_recipes_are_yaml() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", RECIPES, re.MULTILINE | re.DOTALL)
    hooks, github, gitlab = map(yaml.safe_load, blocks)
    assert hooks["repos"][0]["hooks"][0]["id"] == hook()["id"]
    assert set(github["jobs"]["framing"]["steps"][1]["with"]) <= set(ACTION["inputs"])
    assert gitlab["framing"]["script"]


def test_commands_of_the_recipes_are_understood() -> None:
    text = re.sub(r"\n +(?=--)", " ", RECIPES)
    found = re.findall(
        r"^ *(?:[-.\w/]+ )?(?:\S*/)?framing (check|watch) ([^|<\n]+)", text, re.MULTILINE
    )
    assert len(found) >= 5
    for command, line in found:
        assert cli._parse([command, *shlex.split(line)]).paths


def test_inputs_are_explained() -> None:
    for name in ACTION["inputs"]:
        assert f"| `{name}` |" in RECIPES
