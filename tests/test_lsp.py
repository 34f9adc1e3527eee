"""The language server, driven by a client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from stand_in_model import stand_in

from framing.cli import FAILED, main

pytest.importorskip("pygls", reason="pygls is not installed")

from lsprotocol import types
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient

from framing.checking.run import Given
from framing.lsp import Desk, Positions, make_server

REPORT = "The council voted 7 to 2 on Monday."
COMMENT = "A new pier is much needed."


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model.json").write_text(stand_in().to_json(), encoding="utf-8")
    (tmp_path / "framing.toml").write_text('model = "model.json"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Editor:
    """An editor with one text open."""

    def __init__(self, folder: Path, name: str, language: str = "markdown") -> None:
        self.client: Any = LanguageClient("editor", "1")
        self.uri = (folder / name).as_uri() if name else "untitled:Untitled-1"
        self.language = language
        self.version = 0
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.shown: asyncio.Queue[str] = asyncio.Queue()
        self.text = ""
        self.server: threading.Thread | None = None

        def show(params: types.ShowMessageParams) -> None:
            self.shown.put_nowait(params.message)

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(show)

    async def start(
        self, given: Given | None, capabilities: types.ClientCapabilities, *arguments: str
    ) -> None:
        """Start the command, or without arguments for it a server in a thread of this process."""
        if given is None:
            command = (sys.executable, "-m", "framing", "lsp", "--delay", "0.01", *arguments)
            await self.client.start_io(*command)
        else:
            await self.connect(given)
        await self.client.initialize_async(types.InitializeParams(capabilities))
        self.client.initialized(types.InitializedParams())

    async def connect(self, given: Given) -> None:
        ears, mouth = os.pipe()
        reads, writes = os.pipe()
        streams = os.fdopen(ears, "rb"), os.fdopen(writes, "wb")
        server = make_server(given, 0.01)
        self.server = threading.Thread(target=server.start_io, args=streams)
        self.server.start()
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reads, "rb")
        )
        self.mouth = os.fdopen(mouth, "wb", buffering=0)
        self.client.protocol.set_writer(self.mouth)
        self.client._async_tasks.append(
            asyncio.create_task(
                run_async(
                    stop_event=self.client._stop_event,
                    reader=reader,
                    protocol=self.client.protocol,
                    error_handler=self.client.report_server_error,
                )
            )
        )

    def open(self, text: str) -> None:
        self.text = text
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(self.uri, self.language, self.version, text)
            )
        )

    def change(self, text: str) -> None:
        self.version += 1
        self.text = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def save(self) -> None:
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri))
        )

    async def diagnostics(self) -> list[types.Diagnostic]:
        """Those of the text as it is now."""
        while True:
            params = await asyncio.wait_for(self.published.get(), 60)
            if params.version == self.version:
                return list(params.diagnostics)

    def utf16(self, place: types.Range) -> str:
        """What an editor that counts UTF-16 has in a range."""
        lines = self.text.split("\n")
        first, last = place.start, place.end
        assert first.line == last.line
        line = lines[first.line].encode("utf-16-le")
        return line[2 * first.character : 2 * last.character].decode("utf-16-le")

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        if self.server is not None:
            await asyncio.to_thread(self.server.join)
        await self.client.stop()


def edit(
    steps: Callable[[Editor], Awaitable[None]],
    folder: Path,
    given: Given | None = Given(),  # noqa: B008
    *arguments: str,
    name: str = "a.md",
    language: str = "markdown",
    capabilities: types.ClientCapabilities | None = None,
) -> None:
    """Start a server and an editor, and do what the steps say."""

    async def session() -> None:
        editor = Editor(folder, name, language)
        await editor.start(given, capabilities or types.ClientCapabilities(), *arguments)
        await steps(editor)
        await editor.stop()

    asyncio.run(session())


@pytest.mark.parametrize("given", [None, Given()], ids=["the command", "in this process"])
def test_findings_while_typing(given: Given | None, desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(REPORT + "\n")
        assert await editor.diagnostics() == []
        editor.change(f"# 🎉🎉\n\n😀 *{REPORT}* {COMMENT}\n")
        (found,) = await editor.diagnostics()
        assert editor.utf16(found.range) == COMMENT
        assert (found.code, found.source) == ("FR001", "framing")
        assert found.severity == types.DiagnosticSeverity.Warning
        assert "much needed" in found.message
        for _ in range(5):  # all but the last are overtaken
            editor.change(COMMENT)
        editor.change("")
        assert await editor.diagnostics() == []

    edit(steps, desk, given)


def test_an_editor_that_counts_code_points(desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(f"😀😀 {REPORT} {COMMENT}")
        (found,) = await editor.diagnostics()
        assert found.range.start.character == len(f"😀😀 {REPORT} ")

    encodings = types.GeneralClientCapabilities(
        position_encodings=[types.PositionEncodingKind.Utf32]
    )
    edit(steps, desk, capabilities=types.ClientCapabilities(general=encodings))


@pytest.mark.parametrize("kind", [types.MarkupKind.PlainText, types.MarkupKind.Markdown])
def test_hover(kind: types.MarkupKind, desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(f"{REPORT}\n\n😀 ![x](http://evil) A ```` new pier *is much* needed.")
        place = types.TextDocumentIdentifier(editor.uri)

        async def hover(line: int, character: int) -> types.Hover | None:
            found: types.Hover | None = await editor.client.text_document_hover_async(
                types.HoverParams(place, types.Position(line, character))
            )
            return found

        shown = await hover(2, 30)
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.kind == kind
        assert "editorial 0.92" in shown.contents.value
        assert "interjection.phrase.strong" in shown.contents.value
        assert "^^" in shown.contents.value
        if kind == types.MarkupKind.Markdown:
            first, *_, last = shown.contents.value.split("\n")
            assert (first, last) == ("`````text", "`````")
        assert shown.range is not None
        assert editor.utf16(shown.range).endswith("needed.")
        report = await hover(0, 3)
        assert report is not None
        assert isinstance(report.contents, types.MarkupContent)
        assert "reporting" in report.contents.value
        assert await hover(1, 0) is None
        assert await hover(99, 99) is None

    hovering = types.HoverClientCapabilities(content_format=[kind])
    edit(
        steps,
        desk,
        capabilities=types.ClientCapabilities(
            text_document=types.TextDocumentClientCapabilities(hover=hovering)
        ),
    )


def test_a_suppression_is_inserted(desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(f"😀 {REPORT} {COMMENT}")
        (found,) = await editor.diagnostics()
        (action,) = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(editor.uri),
                types.Range(found.range.start, found.range.start),
                types.CodeActionContext([found]),
            )
        )
        assert action.kind == types.CodeActionKind.QuickFix
        assert action.title == "framing: let this stand (FR001)"
        assert list(action.diagnostics) == [found]
        ((insert,),) = action.edit.changes.values()
        assert insert.range.start == insert.range.end == found.range.start
        assert insert.new_text == "<!-- framing: ignore[FR001] say why --> "
        editor.change(f"😀 {REPORT} {insert.new_text}{COMMENT}")
        assert await editor.diagnostics() == []
        none = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(editor.uri),
                types.Range(types.Position(0, 0), types.Position(0, 1)),
                types.CodeActionContext([]),
            )
        )
        assert list(none) == []

    edit(steps, desk)


def test_configurations_are_heeded(desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(COMMENT)
        assert len(await editor.diagnostics()) == 1
        config = 'model = "model.json"\n'
        (desk / "framing.toml").write_text(config + "threshold = 0.99\n")
        editor.save()
        assert await editor.diagnostics() == []
        (desk / "framing.toml").write_text(config + "treshold = 0.99\n")
        editor.save()
        assert await editor.diagnostics() == []
        assert "framing.toml:2: unknown key" in await asyncio.wait_for(editor.shown.get(), 60)
        (desk / "framing.toml").write_text(config + 'exclude = ["*.md"]\n')
        editor.save()
        assert await editor.diagnostics() == []
        (desk / "framing.toml").write_text(config)
        editor.save()
        assert len(await editor.diagnostics()) == 1
        (desk / "a.md.framing.toml").write_text("no TOML")
        editor.save()
        assert await editor.diagnostics() == []
        assert "a.md.framing.toml:1: not TOML" in await asyncio.wait_for(editor.shown.get(), 60)
        (desk / "framing.toml").write_text("treshold = 0.99\n")
        place = types.TextDocumentIdentifier(editor.uri)
        start = types.Position(0, 0)
        assert not await editor.client.text_document_hover_async(types.HoverParams(place, start))
        assert "unknown key" in await asyncio.wait_for(editor.shown.get(), 60)
        context = types.CodeActionContext([])
        assert not await editor.client.text_document_code_action_async(
            types.CodeActionParams(place, types.Range(start, start), context)
        )
        assert editor.shown.empty()

    edit(steps, desk)


def test_the_command_line_is_heeded(desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(COMMENT)
        assert await editor.diagnostics() == []

    edit(steps, desk, None, "--threshold", "0.99", "--stdio")


@pytest.mark.parametrize(("language", "count"), [("markdown", 0), ("plaintext", 1)])
def test_a_text_without_a_file(language: str, count: int, desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(f"    {COMMENT}")  # in Markdown this is code
        assert len(await editor.diagnostics()) == count

    edit(steps, desk, name="", language=language)


def test_what_is_closed_has_no_findings(desk: Path) -> None:
    async def steps(editor: Editor) -> None:
        editor.open(COMMENT)
        assert len(await editor.diagnostics()) == 1
        editor.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri))
        )
        closed = await asyncio.wait_for(editor.published.get(), 60)
        assert (closed.version, list(closed.diagnostics or ())) == (None, [])

    edit(steps, desk)


# What the server stands on


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_positions(newline: str) -> None:
    source = f"a😀\u2028b{newline}{newline}ç😀"
    positions = Positions(source, lambda text: len(text.encode("utf-16-le")) // 2)
    for offset in range(len(source) + 1):
        line, character = positions.of(offset)
        if source[offset - 1 : offset + 1] != "\r\n" and source[offset : offset + 1] not in "\r\n":
            assert positions.offset(line, character) == offset
    assert positions.of(len(source)) == (2, 3)
    assert positions.offset(0, 99) == 4
    assert positions.offset(9, 0) == len(source)


def test_nothing_to_judge_is_no_error() -> None:
    desk = Desk(Given(isolated=True))
    for source in ("", "By Jane Roe", "> A disgraceful plan.", "```\ncode\n```"):
        assert desk.findings("a.md", source) == []


def test_lone_surrogates_do_no_harm() -> None:
    desk = Desk(Given(isolated=True))
    (found,) = desk.findings("a.md", "\ud800 It is a disgraceful plan.")
    assert found.code == "FR001"


@pytest.mark.parametrize("delay", ["-1", "x", "nan", "61"])
def test_delays(delay: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["lsp", f"--delay={delay}"])
    assert stop.value.code == FAILED
    assert "0 to 60 seconds" in capsys.readouterr().err


def test_without_pygls(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delitem(sys.modules, "framing.lsp", raising=False)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    assert main(["lsp"]) == FAILED
    assert 'pip install "framing[lsp]"' in capsys.readouterr().err
