"""A command that is killed, or whose disk is full, leaves the old file or the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from stand_in_model import stand_in

from framing.cli import main

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of this process")

#: Runs a command again and again in children, each of which kills itself at another moment from
#: the one on at which it opens a file to write. Says what was left each time.
PROGRAM = """
import json, os, random, signal, sys, threading, time
from pathlib import Path
import framing.training
from framing.cli import main
from stand_in_model import stand_in

framing.training.train = lambda *given: stand_in()
arguments, target, kills = json.loads(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
old = target.read_bytes()
chance = random.Random(7)

def child(delay, moment):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    def kill():
        time.sleep(delay)
        os.kill(os.getpid(), signal.SIGKILL)
    def hook(event, given):
        if event == "open" and str(given[0]).endswith(".part"):
            if moment == "open":
                os.kill(os.getpid(), signal.SIGKILL)
            threading.Thread(target=kill, daemon=True).start()
        if event == "os.rename" and moment == "rename":
            os.kill(os.getpid(), signal.SIGKILL)
    if moment != "never":
        sys.addaudithook(hook)
    os._exit(main(arguments))

def run(delay, moment):
    pid = os.fork()
    if not pid:
        child(delay, moment)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status), target.read_bytes()

_, new = run(0, "never")
killed, left = 0, {"old": 0, "new": 0, "half": 0}
moments = ["open", "rename", *["delay"] * (kills - 2)]
for moment in moments:
    target.write_bytes(old)
    was_killed, now = run(chance.random() * 0.0015, moment)
    killed += was_killed
    left["old" if now == old else "new" if now == new else "half"] += 1
print(json.dumps({"killed": killed, "changed": new != old, **left}))
"""


def write_draft(place: Path, comments: int) -> None:
    text = "".join(f"What a shameful excuse number {at} is!\n\n" for at in range(comments))
    (place / "draft.txt").write_text(text)


def prepare(place: Path, name: str) -> None:
    """Write a baseline of 40 findings, of which ten are gone: it is going to shrink."""
    if name == "baseline":
        (place / "out").unlink()
        assert main(commands(place)[name]) == 0
        write_draft(place, 30)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_draft(tmp_path, 40)
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "out").write_text("what was there before")
    return tmp_path


def commands(place: Path) -> dict[str, list[str]]:
    draft, out = str(place / "draft.txt"), str(place / "out")
    check = ["check", "--isolated", "--no-cache", "--model", str(place / "model.json")]
    return {
        "report": ["report", draft, "-o", out],
        "check": [*check, f"--output=json={out}", draft],
        "baseline": [*check, "--baseline", out, "--write-baseline", draft],
        "explain": ["explain", "--format", "json", draft, "-o", out],
        "train": ["train", "--data", "ours", "-o", out],
    }


NAMES = ["report", "check", "baseline", "explain", "train"]


@pytest.mark.parametrize("name", NAMES)
def test_a_kill_leaves_the_old_file_or_the_new(place: Path, name: str) -> None:
    prepare(place, name)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PROGRAM,
            json.dumps(commands(place)[name]),
            str(place / "out"),
            "12",
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        cwd=place,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    print(name, found)
    assert found["changed"], done.stderr
    assert found["half"] == 0
    assert found["killed"] >= 2  # those at a certain moment at least
    assert found["old"] >= 2


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_is_told(place: Path, name: str) -> None:
    """A bound on the size of files stands in for a disk that is full."""
    prepare(place, name)
    before = (place / "out").read_bytes()
    program = (
        "import json, resource, sys\n"
        "import framing.training\n"
        "from stand_in_model import stand_in\n"
        "framing.training.train = lambda *given: stand_in()\n"
        "from framing.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "sys.exit(main(json.loads(sys.argv[1])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(commands(place)[name])],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        cwd=place,
    )
    assert done.returncode == 2, done.stderr
    assert f"{place / 'out'}: cannot write: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert (place / "out").read_bytes() == before
    assert sorted(one.name for one in place.iterdir()) == ["draft.txt", "model.json", "out"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
@pytest.mark.parametrize("to", ["a file", "standard output"])
def test_a_full_device_is_told(place: Path, to: str) -> None:
    explain = [sys.executable, "-m", "framing", "explain", str(place / "draft.txt")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*explain, *(["-o", "/dev/full"] if to == "a file" else [])],
            stdout=full if to == "standard output" else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["report", "check", "baseline", "explain"])
def test_a_folder_that_takes_no_files_is_told(
    place: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = place / "locked"
    locked.mkdir()
    (locked / "out").write_text("")
    locked.chmod(0o555)
    arguments = [
        one.replace(str(place / "out"), str(locked / "out")) for one in commands(place)[name]
    ]
    try:
        if os.access(locked, os.W_OK):
            pytest.skip("this user may write everywhere")
        assert main(arguments) == 2
    finally:
        locked.chmod(0o755)
    said = capsys.readouterr().err
    assert "out: cannot write: Permission denied" in said
    assert (locked / "out").read_text() == ""


@pytest.mark.parametrize("name", ["report", "check", "explain"])
def test_a_folder_of_the_system_takes_no_files(
    place: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where even the administrator may make no files."""
    if not Path("/proc/self").exists():
        pytest.skip("there is no such folder here")
    arguments = [one.replace(str(place / "out"), "/proc/out") for one in commands(place)[name]]
    assert main(arguments) == 2
    assert "/proc/out: cannot write: " in capsys.readouterr().err
