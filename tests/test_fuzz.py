"""The fuzzer's targets over its seeds and over what Hypothesis thinks of: no surprise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import example, given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from seeds import seeds
from targets import TARGETS, run, word_file


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    for seed in seeds(name):
        run(name, seed[:3_000])


@given(
    data=st.one_of(
        st.binary(max_size=400), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
)
@example(b"")
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@pytest.mark.parametrize("name", TARGETS)
def test_anything(name: str, data: bytes) -> None:
    run(name, data)


@given(body=st.text(st.sampled_from("<w:prt/>xmlns ab&;\"='"), max_size=60))
def test_word_files(body: str) -> None:
    run("file.docx", word_file(body.encode()))
