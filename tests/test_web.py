"""``framing serve``: marks what it is given, keeps nothing, answers nobody but its own page."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from stand_in_model import stand_in

from framing.analysis import Analysis, analyze
from framing.cli import main
from framing.readers import open_document
from framing.web.app import LARGEST, LONGEST, application
from framing.web.downloads import sentences
from framing.web.guard import HEADERS, is_loopback, refusal
from framing.web.screen import screen

PORT = 8765
OWN = {"host": f"127.0.0.1:{PORT}"}
PIER = (Path(__file__).parent / "drafts" / "pier.txt").read_text(encoding="utf-8")


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def judge(data: bytes, name: str) -> Analysis:
    return analyze(open_document(data, name), model=stand_in())


APP = application(judge, PORT)


async def _ask(
    app: Any, method: str, path: str, body: bytes, headers: dict[str, str], end: str = ""
) -> Answer:
    """Send a request; before its end the client may be ``gone``, or it ``hangs``."""
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": plain,
        "raw_path": plain.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", PORT),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    # In pieces, as a network delivers it.
    pieces = [body[at : at + 65536] for at in range(0, len(body), 65536)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if end and len(pieces) == 1:
            await asyncio.sleep(3_600 if end == "hangs" else 0)
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    given = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    data = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], given, data)


def ask(method: str, path: str, body: bytes = b"", app: Any = APP, **headers: str) -> Answer:
    named = OWN | {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(_ask(app, method, path, body, named))


def form(draft: str, name: str = "") -> bytes:
    return urlencode({"draft": draft, "name": name}).encode()


# What it answers


def test_the_screen() -> None:
    answer = ask("GET", "/")
    assert answer.status == 200
    assert "<textarea" in answer.text
    for path, kind in (("/screen.css", "text/css"), ("/screen.js", "text/javascript")):
        answer = ask("GET", path)
        assert answer.headers["content-type"].startswith(kind)
        assert answer.body


def test_a_draft_is_marked() -> None:
    answer = ask("POST", "/mark", form(PIER))
    assert answer.status == 200
    assert "2 of 6 sentences editorial" in answer.text
    assert "<style" not in answer.text


def test_without_scripts_the_whole_screen_comes_back() -> None:
    answer = ask("POST", "/", form(PIER, "pier.txt"))
    assert "2 of 6 sentences editorial" in answer.text
    assert "By Ada Lund" in answer.text
    assert 'value="pier.txt"' in answer.text


@pytest.mark.parametrize("given", ["../../drafts/pier.md", r"C:\drafts\pier.md", "pier.md"])
def test_the_name_tells_the_format_and_no_folder(given: str) -> None:
    names = []

    def noting(data: bytes, name: str) -> Analysis:
        names.append(name)
        return judge(data, name)

    ask("POST", "/mark", form(PIER, given), app=application(noting, PORT))
    assert names == ["pier.md"]


def test_a_draft_in_markdown() -> None:
    answer = ask("POST", "/mark", form("# A *new* pier\n\nIt [rained](x).", "pier.md"))
    shown = re.sub("<[^>]*>", "", answer.text)
    assert "A new pier" in shown
    assert "It rained." in shown


def test_downloads() -> None:
    page = ask("POST", "/download/html", form(PIER))
    assert page.text.startswith("<!DOCTYPE html>")
    report = ask("POST", "/download/json", form(PIER))
    assert json.loads(report.body)["profile"]["editorial"] == 2
    table = ask("POST", "/download/csv", form(PIER))
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["label"] for row in rows].count("editorial") == 2
    for kind, answer in (("html", page), ("json", report), ("csv", table)):
        assert answer.headers["content-disposition"].endswith(f'filename="framing-report.{kind}"')
    assert ask("POST", "/download/exe", form(PIER)).status == 404


def test_no_cell_is_a_formula() -> None:
    analysis = analyze("=HYPERLINK(1) is a new pier.\n\n@SUM(1) rained on us.", model=stand_in())
    for row in list(csv.reader(io.StringIO(sentences(analysis))))[1:]:
        assert row[-1][0] == "'"


def test_a_file_is_read() -> None:
    answer = ask("POST", "/open?name=pier.txt", PIER.encode("utf-16"))
    assert json.loads(answer.body) == {"text": PIER, "name": "pier.txt"}


def test_a_word_document_is_read() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("A new pier is much needed.")
    file = io.BytesIO()
    document.save(file)
    read = json.loads(ask("POST", "/open?name=pier.docx", file.getvalue()).body)
    assert read["text"].strip() == "A new pier is much needed."
    assert read["name"] == "pier.docx.txt"  # the field now holds plain text


# What it cannot do


def test_wrong_bytes() -> None:
    answer = ask("POST", f"/open?name={quote('a b.txt')}", b"caf\xe9")
    assert answer.status == 422
    assert answer.text == "a b.txt:1: byte 3 is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("path", ["/", "/mark", "/download/csv"])
def test_no_draft(path: str) -> None:
    answer = ask("POST", path, form(" \n"))
    assert answer.status == 422
    assert "there is no draft" in answer.text


def test_nothing_to_judge() -> None:
    answer = ask("POST", "/", form("By Jane Roe\n\n© 1903 The Quay Street Observer"))
    assert answer.status == 422
    assert "nothing to judge" in answer.text
    assert "By Jane Roe" in answer.text  # the reader keeps the draft


def test_another_language() -> None:
    answer = ask(
        "POST", "/mark", form("Der Rat hat am Montag über die Brücke beraten. Eine Schande!")
    )
    assert answer.status == 422
    assert "no English prose in it; skipped 2 (2 not English)" in answer.text


@pytest.mark.parametrize("path", ["/mark", "/open?name=a.txt"])
def test_too_long(path: str) -> None:
    draft = "a " * (LONGEST // 2 + 1)
    answer = ask("POST", path, form(draft) if path == "/mark" else draft.encode())
    assert answer.status == 413
    assert "200,000 characters" in answer.text


@pytest.mark.parametrize("path", ["/", "/mark", "/open?name=a.txt", "/download/json"])
def test_too_large(path: str) -> None:
    answer = ask("POST", path, b"draft=" + b"a" * LARGEST)
    assert answer.status == 413
    assert "too large" in answer.text


@pytest.mark.parametrize("path", ["/", "/mark", "/open?name=a.txt", "/download/json"])
def test_too_slow(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.web.app.PATIENCE", 0.001)
    answer = asyncio.run(_ask(APP, "POST", path, b"draft=" + b"a" * 99_999, OWN, end="hangs"))
    assert answer.status == 408
    assert "did not arrive within 0.001 seconds" in answer.text


def test_who_has_gone_leaves_no_traceback() -> None:
    answer = asyncio.run(_ask(APP, "POST", "/mark", b"draft=" + b"a" * 99_999, OWN, end="gone"))
    assert (answer.status, answer.body) == (400, b"")


def test_no_connection_lasts_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that begins nothing ends at once, one that is being answered has as much time again."""
    pytest.importorskip("uvicorn")
    import uvicorn
    from uvicorn.server import ServerState

    from framing.web.patience import Patient

    monkeypatch.setattr("framing.web.patience.LONGEST", 0.001)

    class Line(asyncio.Transport):
        def __init__(self) -> None:
            super().__init__()
            self.ended = asyncio.Event()

        def abort(self) -> None:
            self.ended.set()

        def is_closing(self) -> bool:
            return self.ended.is_set()

        def close(self) -> None: ...

        def pause_reading(self) -> None: ...

        def resume_reading(self) -> None: ...

        def write(self, data: bytes | bytearray | memoryview) -> None: ...

    async def connect(said: bytes, go_on: asyncio.Event) -> tuple[Patient, Line]:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            await go_on.wait()

        config = uvicorn.Config(app, lifespan="off", log_level="critical")
        config.load()
        protocol, line = Patient(config, ServerState(), {}), Line()
        protocol.connection_made(line)
        if said:  # nothing would mean the end
            protocol.data_received(said)
        return protocol, line

    async def both() -> None:
        for said in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"):
            go_on = asyncio.Event()
            protocol, line = await connect(said, go_on)
            await asyncio.wait_for(line.ended.wait(), 60)
            protocol.connection_lost(None)
            go_on.set()

    asyncio.run(both())


def test_too_many_fields() -> None:
    answer = ask("POST", "/mark", b"a=1&b=2&c=3&d=4&e=5&draft=x")
    assert answer.status == 422
    assert "no form" in answer.text


# Whom it answers


@pytest.mark.parametrize("path", ["/", "/mark", "/nowhere", "/screen.js"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_answer_carries_the_headers(method: str, path: str) -> None:
    answer = ask(method, path)
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8765",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example:8765",
        "127.0.0.1:80",
        "127.0.0.1",
        "10.0.0.1:8765",
        "",
        "localhost:8765@evil.example",
        "evil.example:localhost:8765",
    ],
)
def test_other_hosts_are_refused(host: str) -> None:
    answer = ask("GET", "/", host=host)
    assert answer.status == 403
    assert "<" not in answer.text


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"]
)
def test_its_own_names_are_answered(host: str) -> None:
    assert ask("GET", "/", host=host).status == 200
    assert (
        ask("POST", "/mark", form(PIER), host=host, origin=f"http://{host.lower()}").status == 200
    )


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({}, True),  # no browser
        ({"origin": "http://127.0.0.1:8765"}, True),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),  # a form under no-referrer
        ({"origin": "null"}, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://127.0.0.1:3000"}, False),
        ({"origin": "https://127.0.0.1:8765"}, False),
        ({"origin": "http://localhost:8765"}, False),  # another page, by its address
    ],
)
def test_other_pages_are_refused(headers: dict[str, str], answered: bool) -> None:
    assert (refusal("POST", OWN | headers, PORT) == "") is answered
    assert (ask("POST", "/mark", form(PIER), **headers).status == 200) is answered


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("evil.example", False),
        ("", False),
    ],
)
def test_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


# Untrusted text


class Elements(HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))


@pytest.mark.parametrize(
    "hostile",
    ["</textarea><script>alert(1)</script>", '"><img onerror=x>', "<!-- ]]> -->", "&lt;b&gt;"],
)
def test_a_draft_never_becomes_markup(hostile: str) -> None:
    harmless = Elements(ask("POST", "/", form(PIER)).text).found
    known = {tag for tag, _ in harmless} | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    for path, draft in [("/", "It is {} here."), ("/", "By {}"), ("/mark", "It is {} here.")]:
        answer = ask("POST", path, form(draft.format(hostile), f"{hostile}.txt"))
        if answer.headers["content-type"] == "text/plain; charset=utf-8":
            continue  # what is wrong, which nobody reads as markup
        found = Elements(answer.text).found
        assert {tag for tag, _ in found} <= known
        assert [tag for tag, _ in found].count("script") == (path == "/")
        assert not [name for _, names in found for name in names if name.startswith("on")]


def test_a_draft_in_the_field_keeps_its_line_breaks() -> None:
    shown = screen("\nIt rained.\n\n  It poured.")
    found = re.search("<textarea[^>]*>\n(.*?)</textarea>", shown, re.DOTALL)
    assert found
    assert found.group(1) == "\nIt rained.\n\n  It poured."


# The loop, and the command


def test_it_answers_while_it_judges() -> None:
    """A draft that takes its time does not keep the screen from anybody."""
    import threading

    go_on = threading.Event()

    def slow(data: bytes, name: str) -> Analysis:
        assert go_on.wait(60)
        return judge(data, name)

    async def both() -> tuple[Answer, Answer]:
        app = application(slow, PORT)
        marking = asyncio.create_task(_ask(app, "POST", "/mark", form(PIER), OWN))
        meanwhile = await _ask(app, "GET", "/", b"", OWN)
        go_on.set()
        return meanwhile, await marking

    meanwhile, marked = asyncio.run(both())
    assert (meanwhile.status, marked.status) == (200, 200)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com"])
def test_other_addresses_are_refused(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 2
    assert "this machine alone" in capsys.readouterr().err


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert "give another --port" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_no_port(port: str) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--port", port])


def test_the_extra_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "framing.commands.serve", raising=False)
    assert main(["serve"]) == 2
    assert 'pip install "framing[web]"' in capsys.readouterr().err


def test_it_opens_the_browser_when_it_listens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import socket
    import webbrowser
    from urllib.parse import urlsplit

    import uvicorn

    seen = []

    def visit(url: str) -> bool:
        where = urlsplit(url)
        with socket.create_connection((where.hostname or "", where.port or 0), timeout=60):
            seen.append(url)
        return True

    def stop(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert server.config.app
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", visit)
    monkeypatch.setattr(uvicorn.Server, "run", stop)
    assert main(["serve", "--port", "0", "--open"]) == 0
    assert seen[0] in capsys.readouterr().err


def test_it_speaks_http_only() -> None:
    async def never(*given: object) -> None:
        raise AssertionError

    asyncio.run(APP({"type": "websocket", "headers": []}, never, never))  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_installed_command_serves_until_it_is_interrupted(host: str) -> None:
    import signal
    from urllib.request import urlopen

    command = [sys.executable, "-m", "framing", "serve", "--port", "0", "--host", host]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stderr
        line = server.stderr.readline()
        url = re.search(r"http://[\w.]+:\d+/", line)
        assert url, line
        with urlopen(url.group(), timeout=60) as answer:
            assert answer.status == 200
        with urlopen(f"{url.group()}mark", form(PIER), timeout=60) as answer:
            assert b"sentences editorial" in answer.read()
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0
        assert server.stderr.read() == ""
