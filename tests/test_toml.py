"""TOML of somebody else's: read, or refused in a line, whatever it holds."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.front_matter import front_matter
from framing.toml import MalformedError, parse


def test_newlines_are_any() -> None:
    assert parse("a = 1\r\nb = 2\rc = 3\n") == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("\na = ", 2, "Invalid value"),
        ("\n[a\n", 2, "Expected ']'"),
        # Memory for a key grew with the square of its parts: 8,000 took 258 MB.
        ("\n" + "a." * 100_000 + "b = 1", 2, "a key of more than 32 parts"),
        ("[" + '"a" . ' * 40 + "b]", 1, "a key of more than 32 parts"),
        ("a = " + "[" * 100_000, 1, "nested too deep"),
        ("a = " + "{b = " * 100_000, 1, "nested too deep"),
        ("a = " + "9" * 5_000, 1, "an integer beyond 64 bits"),
        ("a = [[0x" + "f" * 5_000 + "]]", 1, "an integer beyond 64 bits"),
        ("a = 9223372036854775808", 1, "an integer beyond 64 bits"),
    ],
)
def test_it_is_refused(text: str, line: int, why: str) -> None:
    with pytest.raises(MalformedError) as raised:
        parse(text)
    assert why in str(raised.value)
    assert raised.value.line == line
    assert front_matter(f"+++\n{text}\n+++\nIt rained.")[0] == {}


@pytest.mark.parametrize("text", ["a = 9223372036854775807", "." * 100 + "= 1", "a." * 30 + "b=1"])
def test_what_is_just_large_is_read_as_python_reads_it(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(MalformedError):
            parse(text)
    else:
        assert parse(text) == wanted


@given(st.text(st.sampled_from("ab.=[]{}\"'\\\n\r 019-_#:,xtrue\u2028é")))
def test_anything(text: str) -> None:
    """What Python reads, this reads; what it refuses, this refuses, and in no other way."""
    try:
        wanted = tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except ValueError:
        with pytest.raises(MalformedError):
            parse(text)
    else:
        assert parse(text) == wanted
