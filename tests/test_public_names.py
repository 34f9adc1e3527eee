"""What ``import framing`` promises, and what it leaves for later."""

from __future__ import annotations

import subprocess
import sys

import pytest

import framing


@pytest.mark.parametrize("name", framing.__all__)
def test_name_can_be_imported(name: str) -> None:
    program = f"import framing, sys; before = set(sys.modules); print(framing.{name} is not None)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr


def test_names_are_listed() -> None:
    assert framing.__all__ == sorted(framing.__all__)
    assert set(framing.__all__) <= set(dir(framing))
    assert framing.Sentence is framing.Sentence


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sentence_splitter'"):
        framing.sentence_splitter  # noqa: B018


def test_import_alone_is_light() -> None:
    program = "import framing, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.returncode == 0
    assert not {"numpy", "sklearn", "pandas", "nupunkt"} & set(done.stdout.split())
