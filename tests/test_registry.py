"""Which extractors there are: built-in ones, and entry points good and bad."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from framing import registry
from framing.cli import main
from framing.errors import ExtractorError
from framing.evidence import Extractor
from framing.extractors import BUILTIN
from framing.lexicon import phrases
from framing.registry import GROUP, installed, resolve

Plug = Callable[..., None]


class Entry:
    """An entry point as far as the registry looks at one."""

    def __init__(self, name: str, value: object, owner: str | None) -> None:
        self.name, self.value = name, f"{name}:PLUG"
        self.dist = SimpleNamespace(name=owner) if owner else None
        self._value = value

    def load(self) -> object:
        if isinstance(self._value, BaseException):
            raise self._value
        return self._value


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plug]:
    """Install plug-ins: name → (what the entry point leads to, distribution)."""
    entries = [Entry("builtin", BUILTIN, "framing")]

    def entry_points(*, group: str) -> list[Entry]:
        assert group == GROUP
        return entries

    def add(**plugs: tuple[object, str | None]) -> None:
        entries.extend(Entry(name, *what) for name, what in plugs.items())

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    registry._scanned.cache_clear()
    yield add
    registry._scanned.cache_clear()


def named(name: str) -> Extractor:
    return Extractor(name, {f"{name}.mark": "marks, count per sentence; source: tests"})


def test_the_built_in_ones_come_through_the_same_door() -> None:
    found = [
        entry.load()
        for entry in importlib.metadata.entry_points(group=GROUP)
        if entry.name == "builtin"
    ]
    assert found
    assert all(one is BUILTIN for one in found)


def test_nothing_but_built_in(plug: Plug) -> None:
    assert list(installed()) == [one.name for one in BUILTIN]


def test_a_plug_in_joins_in_order(plug: Plug) -> None:
    house, zeal = named("house"), named("zeal")
    plug(zeal=(zeal, "z-dist"), house=(house, "h-dist"))
    assert installed()["house"] is house
    assert list(installed()) == sorted(installed())
    assert set(installed()) - {one.name for one in BUILTIN} == {"house", "zeal"}


def test_an_entry_point_may_hold_several(plug: Plug) -> None:
    plug(two=((named("a"), named("b")), "ab"), more=([named("c")], "c"))
    assert {"a", "b", "c"} <= set(installed())


def test_the_mapping_is_read_only(plug: Plug) -> None:
    with pytest.raises(TypeError):
        installed()["mine"] = named("mine")  # type: ignore[index]


@pytest.mark.parametrize(
    ("what", "owner", "message"),
    [
        (named("hedging"), "bad-dist", "'hedging' comes from both framing and bad-dist"),
        (ImportError("no module"), "bad-dist", "'bad' of bad-dist cannot be imported"),
        (RuntimeError("boom"), None, "'bad' of an unknown distribution cannot be imported"),
        (print, "bad-dist", "'bad' of bad-dist is builtin_function_or_method, not an Extractor"),
        ([named("fine"), "x"], "bad-dist", "'bad' of bad-dist is str, not an Extractor"),
        (SystemExit("bye"), "bad-dist", "'bad' of bad-dist cannot be imported: SystemExit('bye')"),
        (
            Extractor("house", {"other.mark": ""}),
            "bad-dist",
            "'bad' of bad-dist: extractor 'house': call the",
        ),
        (Extractor("house", {1: "x"}), "bad-dist", "'bad' of bad-dist: the features of 'house'"),  # type: ignore[dict-item]
        (Extractor("house", None), "bad-dist", "'bad' of bad-dist: the features of 'house'"),  # type: ignore[arg-type]
        (
            named("house").with_lexicon(phrases("house", ["pier"])),
            "bad-dist",
            "the lexicon of 'house' names 'house.pier', which is not declared",
        ),
    ],
)
def test_a_bad_plug_in_is_named(plug: Plug, what: object, owner: str | None, message: str) -> None:
    plug(bad=(what, owner))
    with pytest.raises(ExtractorError) as caught:
        installed()
    assert message in str(caught.value)


def test_who_waits_for_a_plug_in_learns_for_which(
    plug: Plug, capsys: pytest.CaptureFixture[str]
) -> None:
    plug(slow=(KeyboardInterrupt(), "slow-dist"))
    assert main(["extractors"]) == 130
    assert capsys.readouterr().err == (
        "framing: stopped while plug-in 'slow' of slow-dist was imported\n"
    )


def test_two_plug_ins_of_one_name_are_both_named(plug: Plug) -> None:
    plug(a=(named("house"), "first-dist"), b=(named("house"), "second-dist"))
    with pytest.raises(ExtractorError, match="both first-dist and second-dist; uninstall one"):
        installed()


def test_resolve(plug: Plug) -> None:
    house = named("house")
    plug(house=(house, "h-dist"))
    assert [one.name for one in resolve(["stance", "house", "hedging", "house"])] == [
        "hedging",
        "house",
        "stance",
    ]
    assert resolve([]) == ()
    with pytest.raises(
        ExtractorError, match=r"no extractor 'hosue' is installed; there are .*house"
    ):
        resolve(["hosue"])


def test_built_in_names_need_no_look_at_what_is_installed(plug: Plug) -> None:
    plug(bad=(RuntimeError("boom"), "bad-dist"))
    assert [one.name for one in resolve(["hedging"])] == ["hedging"]
    with pytest.raises(ExtractorError, match="bad-dist"):
        resolve(["house"])
