"""Errors: one base, one meaning each."""

from __future__ import annotations

import pytest

from framing import FramingError, errors


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_is_a_framing_error(name: str) -> None:
    error = getattr(errors, name)
    assert issubclass(error, FramingError)
    assert error.__doc__
    with pytest.raises(FramingError, match=r"draft\.txt:3: remedy"):
        raise error("draft.txt:3: remedy")


def test_all_is_all() -> None:
    raised = {name for name, one in vars(errors).items() if isinstance(one, type)}
    assert raised == set(errors.__all__)
