"""Fetching: what a server may do wrong, what is kept, and what is refused."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Loopback, serving
from published import open_voice, tar_of, write_published, zip_of

from framing import datasets
from framing.cli import main
from framing.datasets import corpora, fetch, load, status, verify
from framing.datasets.archives import members
from framing.datasets.corpora import CORPORA
from framing.datasets.download import download
from framing.datasets.formats import open_voice as voice
from framing.errors import DataError

CONTENT = bytes(range(256)) * 4_000
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as loopback:
        loopback.files["/a"] = CONTENT
        yield loopback


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "a.bin"


def get(server: Loopback, target: Path, path: str = "/a", **options: Any) -> str:
    options = {"limit": 1 << 30, "pause": lambda seconds: None, **options}
    return download(server.url + path, target, **options)


def part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


# One file


def test_a_file_arrives_whole(server: Loopback, target: Path) -> None:
    assert get(server, target, sha256=HASH) == HASH
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == ["a.bin"]


def test_a_redirect_is_followed(server: Loopback, target: Path) -> None:
    server.redirects["/old"] = f"{server.url}/a"
    assert get(server, target, "/old") == HASH


@pytest.mark.parametrize("away", ["file:///etc/hostname", "ftp://127.0.0.1/a"])
def test_a_redirect_to_another_protocol_is_not(away: str, server: Loopback, target: Path) -> None:
    server.redirects["/old"] = away
    with pytest.raises(DataError):
        get(server, target, "/old")
    assert not target.exists()


def test_a_redirect_from_https_to_http_is_refused() -> None:
    from urllib.request import Request

    from framing.datasets.download import _Redirects

    with pytest.raises(DataError, match="it is not https"):
        _Redirects().redirect_request(
            Request("https://a.example/"), None, 302, "Found", {}, "http://a.example/"
        )


def test_a_circle_of_redirects_ends(server: Loopback, target: Path) -> None:
    server.redirects["/old"] = f"{server.url}/old"
    with pytest.raises(DataError, match="302"):
        get(server, target, "/old")


def test_a_broken_transfer_is_continued(server: Loopback, target: Path) -> None:
    server.faults["/a"] = ["cut", "cut"]
    assert get(server, target, sha256=HASH) == HASH
    half, three_quarters = len(CONTENT) // 2, len(CONTENT) // 4 * 3
    assert [asked for _, asked in server.asked] == [
        None,
        f"bytes={half}-",
        f"bytes={three_quarters}-",
    ]


def test_it_is_continued_by_the_next_call_too(server: Loopback, target: Path) -> None:
    server.faults["/a"] = ["cut"]
    with pytest.raises(DataError, match=r"the transfer ended after 512,000 of 1,024,000 bytes"):
        get(server, target, tries=1)
    assert not target.exists()
    assert part(target).read_bytes() == CONTENT[:512_000]
    assert get(server, target, sha256=HASH) == HASH
    assert server.asked[-1] == ("/a", "bytes=512000-")


def test_a_server_that_cannot_continue_sends_all(server: Loopback, target: Path) -> None:
    server.ranges = False
    server.faults["/a"] = ["cut"]
    assert get(server, target, sha256=HASH) == HASH
    assert target.read_bytes() == CONTENT


def test_a_silent_server_is_given_up(server: Loopback, target: Path) -> None:
    server.faults["/a"] = ["hang"]
    with pytest.raises(DataError, match="timed out"):
        get(server, target, tries=1, timeout=0.2)
    server.over.set()
    assert get(server, target, sha256=HASH) == HASH


def test_a_busy_server_is_asked_again_after_a_pause(server: Loopback, target: Path) -> None:
    server.faults["/a"] = [503, 429]
    pauses: list[float] = []
    assert get(server, target, pause=pauses.append) == HASH
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize("code", [403, 404, 410])
def test_what_is_not_there_is_not_asked_for_twice(
    code: int, server: Loopback, target: Path
) -> None:
    server.faults["/a"] = [code] * 9
    with pytest.raises(DataError, match=f"/a: {code} "):
        get(server, target)
    assert len(server.asked) == 1


def test_a_server_always_busy_is_given_up(server: Loopback, target: Path) -> None:
    server.faults["/a"] = [500] * 9
    with pytest.raises(DataError, match=r"500 .*try again later"):
        get(server, target)
    assert len(server.asked) == 4


def test_nobody_listens(target: Path) -> None:
    with serving() as gone:
        pass
    with pytest.raises(DataError, match="refused"):
        get(gone, target, tries=2)


def test_another_file_than_the_pinned_one_is_refused(server: Loopback, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"what was there")
    with pytest.raises(DataError, match=f"its sha256 is {HASH}, not 0000"):
        get(server, target, sha256="0000")
    assert target.read_bytes() == b"what was there"
    assert not part(target).exists()


def test_a_beginning_of_another_file_is_begun_anew(server: Loopback, target: Path) -> None:
    for beginning in (b"of another file", CONTENT + b"and more"):
        target.parent.mkdir(exist_ok=True)
        part(target).write_bytes(beginning)
        if len(beginning) < len(CONTENT):
            assert get(server, target, sha256=HASH) == HASH
        else:
            with pytest.raises(DataError, match="416"):
                get(server, target, sha256=HASH)
            assert get(server, target, sha256=HASH) == HASH


def test_an_endless_answer_is_cut(server: Loopback, target: Path) -> None:
    with pytest.raises(DataError, match="longer than 1,000 bytes"):
        get(server, target, limit=1_000)
    assert not target.exists()
    assert part(target).stat().st_size == 0


def test_a_length_that_is_no_number_is_a_fault_like_others(server: Loopback, target: Path) -> None:
    server.length = "long"
    with pytest.raises(DataError, match="try again later"):
        get(server, target)


def test_only_http_is_spoken(target: Path) -> None:
    with pytest.raises(DataError, match="only https"):
        download("file:///etc/hostname", target, limit=9)


# Archives


def archive(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "archive"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["../a", "/a", "b/../../a", "..\\a", "c:/a"])
@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_a_name_that_leads_out_is_refused(make: Any, name: str, tmp_path: Path) -> None:
    path = archive(tmp_path, make({"b/ok": b"1", name: b"2"}))
    with pytest.raises(DataError, match="leads out of the archive"):
        list(members(path, lambda name: True))


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_what_unpacks_to_too_much_is_refused(make: Any, tmp_path: Path) -> None:
    path = archive(tmp_path, make({"a": b"0" * 5_000, "b": b"0" * 5_000}))
    assert [len(content) for _, content in members(path, lambda name: True)] == [5_000, 5_000]
    with pytest.raises(DataError, match="a unpacks to more than 4,999 bytes"):
        list(members(path, lambda name: True, longest=4_999))
    with pytest.raises(DataError, match="b unpacks to more than 4,999 bytes"):
        list(members(path, lambda name: True, total=9_999))
    with pytest.raises(DataError, match="more than 1 members"):
        list(members(path, lambda name: True, most=1))


def test_links_and_folders_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as made:
        for name, kind in (
            ("link", tarfile.SYMTYPE),
            ("folder", tarfile.DIRTYPE),
            ("./", tarfile.DIRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/hostname"
            made.addfile(info)
    assert list(members(path, lambda name: True)) == []
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as zipped:
        zipped.writestr("folder/", b"")
    assert list(members(path.with_suffix(".zip"), lambda name: True)) == []


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    whole = zip_of({"a": b"0" * 5_000})
    damaged = whole.replace(b"0" * 100, b"1" * 100, 1)
    for content in (damaged, tar_of({"a": CONTENT})[:2_000]):
        path = archive(tmp_path, content)
        with pytest.raises(DataError, match="damaged"):
            list(members(path, lambda name: True))
    with pytest.raises(DataError, match="no such file"):
        list(members(tmp_path / "none", lambda name: True))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08"]))
def test_any_bytes_are_an_archive_or_told(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, magic: bytes
) -> None:
    path = archive(tmp_path_factory.mktemp("any"), magic + content)
    with contextlib.suppress(DataError):
        list(members(path, lambda name: True))


# Corpora


@pytest.fixture
def published(server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """The originals of all corpora on the server, as under their public homes."""
    files = write_published(tmp_path / "published")
    labels = tmp_path / "checkout" / "labels.tsv"
    open_voice(tmp_path / "published" / "open-voice", labels)
    monkeypatch.setattr(voice, "LABELS", labels)
    monkeypatch.setattr(voice.labels, "__defaults__", (labels,))
    monkeypatch.setattr(voice.parse, "__defaults__", (labels,))
    for path in (tmp_path / "published" / "open-voice").rglob("*"):
        if path.is_file():
            files[str(path.relative_to(tmp_path / "published"))] = path.read_bytes()
    for name, corpus in CORPORA.items():
        for original in corpus.originals():
            for url in original.urls[-1:]:
                place = urlsplit(url)
                server.files[f"/{place.netloc}{place.path}"] = files[f"{name}/{original.path}"]
        # The sentences that are known are those of the real corpus.
        monkeypatch.setitem(CORPORA, name, corpus._replace(content={}))
    return server


def test_every_corpus_is_fetched_and_loaded(published: Loopback, tmp_path: Path) -> None:
    home, done = tmp_path / "home", []
    options: dict[str, Any] = {
        "mirror": published.url,
        "progress": lambda *arguments: done.append(arguments[:2]),
    }
    assert len(datasets.fetch_newssd_eng(home, **options)) == 4
    assert done == [(1, 3), (2, 3), (3, 3)]
    assert len(datasets.load_newssd_eng("test", home)) == 2
    assert len(datasets.fetch_checkthat(2025, "test", home, **options)) == 3
    assert datasets.load_checkthat(2023, "dev", home)["label"].tolist() == [1, 0, 0]
    assert datasets.fetch_babe(home, **options)["topic"].tolist() == ["weather", "pier"]
    assert len(datasets.fetch_basil(home, **options)) == 6
    assert len(datasets.fetch_subj(home, **options)) == 3
    source = tmp_path / "published" / "mpqa" / "database.mpqa.1.2.tar.gz"
    assert datasets.fetch_mpqa(home, source=source)["label"].tolist() == [0, 1, 0]
    assert len(datasets.fetch_open_voice(home, **options)) == 6
    for name in ("babe", "basil", "mpqa", "open_voice", "ours", "subj"):
        frame = getattr(datasets, f"load_{name}")(home)
        assert list(frame.columns[:4]) == ["text", "label", "group", "source"]
    assert {one.present for one in status(home)} == {"yes"}
    assert [verify(name, home) for name in CORPORA] == [[]] * 7


def test_nothing_is_fetched_twice(published: Loopback, tmp_path: Path) -> None:
    fetch("babe", tmp_path, mirror=published.url)
    asked = len(published.asked)
    fetch("babe", tmp_path, mirror="http://127.0.0.1:9")
    assert len(published.asked) == asked


def test_what_changed_since_the_first_fetch_is_refused(published: Loopback, tmp_path: Path) -> None:
    fetch("babe", tmp_path, mirror=published.url)
    before = load("babe", tmp_path)
    manifest = json.loads((tmp_path / "babe" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"originals", "revision", "tables"}
    (path,) = (path for path in published.files if path.endswith("SG2.csv"))
    published.files[path] += b"More.;;;;;Biased;Entirely factual;[]\n"
    (tmp_path / "babe" / "original" / "final_labels_SG2.csv").unlink()
    with pytest.raises(DataError, match="another file than the pinned one"):
        fetch("babe", tmp_path, mirror=published.url)
    assert load("babe", tmp_path).equals(before)


def test_a_fetch_that_broke_off_is_finished_by_the_next(
    published: Loopback, tmp_path: Path
) -> None:
    path = next(path for path in published.files if path.endswith("/val.csv"))
    content = published.files.pop(path)
    with pytest.raises(DataError, match="404"):
        fetch("newssd-eng", tmp_path, mirror=published.url)
    assert [one.present for one in status(tmp_path) if one.name == "newssd-eng"] == ["in part"]
    with pytest.raises(DataError, match="framing datasets fetch newssd-eng"):
        load("newssd-eng", tmp_path)
    published.files[path] = content
    before = len(published.asked)
    fetch("newssd-eng", tmp_path, mirror=published.url)
    assert len(published.asked) < before + 3


def test_another_release_is_refused(
    published: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = CORPORA["newssd-eng"]
    monkeypatch.setitem(CORPORA, "newssd-eng", corpus._replace(content={"dev": "00"}))
    with pytest.raises(DataError, match=r"the sentences of dev hash to .* another release"):
        fetch("newssd-eng", tmp_path, mirror=published.url)
    assert not list((tmp_path / "newssd_eng").glob("*.tsv"))


def test_an_interrupted_write_leaves_what_was_there(
    published: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch("babe", tmp_path, mirror=published.url)
    before = (tmp_path / "babe" / "babe.tsv").read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="No space left"):
        fetch("babe", tmp_path, mirror=published.url)
    monkeypatch.undo()
    assert (tmp_path / "babe" / "babe.tsv").read_bytes() == before
    assert not [path for path in (tmp_path / "babe").iterdir() if path.suffix == ".part"]


def test_originals_are_taken_from_this_machine(published: Loopback, tmp_path: Path) -> None:
    folder = tmp_path / "published" / "checkthat"
    assert len(fetch("checkthat", tmp_path / "home", source=folder)) == 9
    assert published.asked == []
    with pytest.raises(DataError, match="9 files are needed; give the folder"):
        fetch("checkthat", tmp_path / "home", source=folder / "2023-dev.tsv")
    (folder / "2024-dev.tsv").write_text("other\n", encoding="utf-8")
    with pytest.raises(DataError, match="another file"):
        fetch("checkthat", tmp_path / "home", source=folder)
    with pytest.raises(DataError, match="cannot read"):
        fetch("babe", tmp_path / "home", source=tmp_path / "none.csv")


def test_a_second_address_is_asked_where_the_first_has_nothing(
    published: Loopback, tmp_path: Path
) -> None:
    fetch("checkthat", tmp_path, mirror=published.url)
    gold = [path for path, _ in published.asked if path.endswith("test_en_gold.tsv")]
    labelled = [path for path, _ in published.asked if path.endswith("test_en_labeled.tsv")]
    assert (len(gold), len(labelled)) == (3, 3)


def test_terms_must_be_accepted_by_hand(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"accept terms .* framing datasets fetch mpqa --from FILE"):
        fetch("mpqa", tmp_path)


def test_unknown_names(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no corpus 'gazette' to fetch; there are newssd-eng"):
        fetch("gazette", tmp_path)
    with pytest.raises(DataError, match=r"was not fetched .* framing datasets fetch babe"):
        verify("babe", tmp_path)


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / "babe").mkdir()
    for content in ("{", '{"originals": 1}'):
        (tmp_path / "babe" / "manifest.json").write_text(content, encoding="utf-8")
        with pytest.raises(DataError, match=r"manifest\.json: damaged"):
            verify("babe", tmp_path)


def test_labels_that_ship_win(published: Loopback, tmp_path: Path) -> None:
    fetch("open-voice", tmp_path, mirror=published.url)
    labels = voice.LABELS.read_text(encoding="utf-8")
    voice.LABELS.write_text(labels.replace("\t0\t3\n", "\t1\t1\n", 1), encoding="utf-8")
    assert load("open-voice", tmp_path)["label"].tolist() == [1, 1, 1, 0, 0, 0]
    table = tmp_path / "open_voice" / "annotated.tsv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("a shame", "a pity"), encoding="utf-8"
    )
    with pytest.raises(DataError, match="line 3: the text of ov00001 does not match its hash"):
        load("open-voice", tmp_path)


def test_every_address_is_https_and_pinned_where_it_can_be() -> None:
    for name, corpus in CORPORA.items():
        for original in corpus.originals():
            assert original.limit <= 64 << 20
            for url in original.urls:
                assert urlsplit(url).scheme == "https"
                known_by_branch = name == "checkthat" and "/raw/main/" in url
                assert (
                    known_by_branch
                    or name == "subj"
                    or any(
                        set(piece) <= set("0123456789abcdef") and len(piece) in (8, 40)
                        for piece in url.split("/")
                    )
                ), url
    assert not hasattr(corpora, "fetch")


# The command


def run(*arguments: object) -> int:
    return main(["datasets", *map(str, arguments)])


def test_command_lists_what_is_here(
    published: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data-home", tmp_path / "home") == 0
    shown = capsys.readouterr().out
    assert shown.count("here: no") == 7
    assert "Nothing is downloaded unless asked" in shown
    assert published.asked == []
    where = ("--data-home", tmp_path / "home")
    assert run("fetch", "babe", "subj", *where, "--mirror", published.url) == 0
    assert capsys.readouterr().out.splitlines() == [
        "babe: babe.tsv, 2 sentences",
        "subj: subj.tsv, 3 sentences",
    ]
    assert run("list", *where) == 0
    assert f"here: yes; {tmp_path / 'home' / 'babe'}" in capsys.readouterr().out


def test_command_verifies(
    published: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--data-home", tmp_path / "home")
    assert run("verify", *where) == 0
    assert "nothing was fetched here" in capsys.readouterr().out
    run("fetch", "babe", *where, "--mirror", published.url)
    assert run("verify", *where) == 0
    assert "babe: as it was fetched" in capsys.readouterr().out
    folder = tmp_path / "home" / "babe"
    (folder / "babe.tsv").write_text("text\n", encoding="utf-8")
    (folder / "original" / "final_labels_SG2.csv").unlink()
    assert run("verify", "babe", *where) == 1
    shown = capsys.readouterr().out
    assert "babe.tsv: changed" in shown
    assert "final_labels_SG2.csv: missing" in shown


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("fetch",), "name a corpus"),
        (("list", "babe"), "takes no names"),
        (("fetch", "babe", "subj", "--from", "x"), "one corpus at a time"),
        (("fetch", "gazette"), "no corpus 'gazette'"),
        (("verify", "subj"), "was not fetched"),
    ],
)
def test_command_refuses(
    arguments: tuple[str, ...], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--data-home", tmp_path) == 2
    assert what in capsys.readouterr().err


def test_command_shows_its_progress_on_a_terminal(
    published: Loopback,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run("fetch", "babe", "--data-home", tmp_path, "--mirror", published.url)
    assert capsys.readouterr().err == "\rbabe: 1 of 1 files\n"
