"""A language server: findings in an editor while its user types.

Speaks the Language Server Protocol over standard input and output. What is in the editor is
checked as ``framing check`` would check the file, by the configuration nearest to it.
"""

from __future__ import annotations

import asyncio
import os
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from framing import __version__
from framing.analysis import Analysis
from framing.checking.directives import suppression
from framing.checking.drafts import find
from framing.checking.findings import Finding
from framing.checking.policy import policy
from framing.checking.run import Checker, Draft, Given
from framing.checking.watching import Configurations
from framing.dropping import STOP
from framing.errors import FramingError, ReadError
from framing.readers import format_of, open_document
from framing.reports import text
from framing.reports.characters import one_line
from framing.text import JUDGED, Document
from framing.voice import hear

__all__ = ["Desk", "Positions", "make_server"]

_NEWLINE = re.compile(r"\r\n|[\r\n]")
#: What editors call a language → how the name of a draft in it ends.
_ENDINGS = {"html": ".html", "markdown": ".md", "mdx": ".mdx", "restructuredtext": ".rst"}
#: Rules about suppressions: nobody suppresses those.
_ABOUT_SUPPRESSIONS = "FR9"
_COLUMNS = 72


class Positions:
    r"""Offsets into a text and the positions that the protocol counts.

    Parameters
    ----------
    source : str
        The text.
    units : callable
        How many units a string has in the encoding that the editor counts in: most count
        UTF-16, in which an emoji has two.

    Examples
    --------
    >>> positions = Positions("a\r\n😀b", lambda text: len(text.encode("utf-16-le")) // 2)
    >>> positions.of(4), positions.offset(1, 2)
    ((1, 2), 4)
    """

    def __init__(self, source: str, units: Callable[[str], int]) -> None:
        self._source = source
        self._units = units
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(source))]

    def of(self, offset: int) -> tuple[int, int]:
        """Return line and character of an offset, both from 0."""
        line = bisect_right(self._starts, offset) - 1
        return line, self._units(self._source[self._starts[line] : offset])

    def offset(self, line: int, character: int) -> int:
        """Return the offset of a position; one behind the end of a line is its end."""
        if line >= len(self._starts):
            return len(self._source)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._source)
        while end > start and self._source[end - 1] in "\r\n":
            end -= 1
        at = start
        while at < end and character > 0:
            character -= self._units(self._source[at])
            at += 1
        return at


class Fix(NamedTuple):
    """A suppression that can be inserted for a finding."""

    finding: Finding
    offset: int
    text: str


class Desk:
    """Checks what editors hold, by the configuration nearest to it.

    Parameters
    ----------
    given : Given
        What was said when the server was started.

    Examples
    --------
    >>> desk = Desk(Given(isolated=True))
    >>> [finding.code for finding in desk.findings("a.md", "This is a *disgraceful* plan.")]
    ['FR001']
    """

    def __init__(self, given: Given) -> None:
        # An editor says what fails; what would be left out would be nowhere to be seen.
        self._given = given = given.replace(on_plugin_error=STOP)
        self._checker = Checker(given)
        self._configurations = Configurations(given.config)
        self._folders: set[str] = set()

    def _current(self, name: str) -> Checker:
        """Return the checker; a new one if a configuration has changed."""
        self._folders.add(os.path.dirname(name))
        if self._configurations.changed(self._folders):
            self._checker = Checker(self._given)
        return self._checker

    def findings(self, name: str, source: str) -> list[Finding]:
        """Return the findings in a text; none if its path is excluded.

        Raises
        ------
        FramingError
            If the configuration is wrong, or the text cannot be read.
        """
        checker = self._current(name)
        if not list(find([name], checker.config, named_too=True)):
            return []
        checked = checker.check(Draft(name, _encoded(source)))
        if checked.error and any(
            sentence.kind in JUDGED for sentence in open_document(_encoded(source), name)
        ):
            # Else there is only nothing to judge yet, which is not worth a word here.
            raise ReadError(checked.error)
        return [one for one in checked.findings if one.path == name]

    def explanation(self, name: str, source: str, offset: int) -> tuple[str, int, int] | None:
        """Explain the sentence at an offset.

        Returns
        -------
        tuple of (str, int, int) or None
            Lines of plain text, and where the sentence stands; None where there is none.
        """
        document = open_document(_encoded(source), name)
        number = next((n for n, s in enumerate(document) if s.start <= offset < s.end), None)
        if number is None:
            return None
        document = hear(document)
        sentence = document.sentences[number]
        checker = self._current(name)
        config = checker.config(os.path.dirname(name))
        rules = policy(config, self._given.layer, name, document.front_matter)
        verdict = checker.model(config, rules).judge(sentence, rules.threshold)
        lines = text.explain(Analysis(document, (verdict,)), columns=_COLUMNS).splitlines()
        # The name above and the count below say nothing of one sentence.
        return "\n".join(lines[2:-1]).strip("\n"), sentence.start, sentence.end

    def fixes(self, name: str, source: str, start: int, end: int) -> list[Fix]:
        """Return how the findings that touch a stretch of a text can be suppressed."""
        document = open_document(_encoded(source), name)
        return [
            fix
            for one in self.findings(name, source)
            if one.start <= end
            and start <= one.end
            and not one.code.startswith(_ABOUT_SUPPRESSIONS)
            for fix in _fix(document, one)
        ]


def _fix(document: Document, finding: Finding) -> list[Fix]:
    for sentence in document:
        if sentence.start <= finding.start < sentence.end:
            insertion = suppression(document, sentence, finding.code)
            return [Fix(finding, *insertion)] if insertion else []
    return []


def _encoded(source: str) -> bytes:
    return source.encode("utf-8", "replace")


def make_server(given: Given, delay: float) -> LanguageServer:
    """Return the server, ready to be started.

    Parameters
    ----------
    given : Given
        Rules, model and configuration that were asked for.
    delay : float
        Seconds without a change after which a text is checked.

    Returns
    -------
    pygls.lsp.server.LanguageServer
    """
    server = LanguageServer(
        "framing", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(given)
    waiting: dict[str, asyncio.Task[None]] = {}
    lock = asyncio.Lock()
    said: set[str] = set()

    def positions(source: str) -> Positions:
        return Positions(source, server.workspace.position_codec.client_num_units)

    def within(place: Positions, start: int, end: int) -> types.Range:
        return types.Range(types.Position(*place.of(start)), types.Position(*place.of(end)))

    def say(error: FramingError) -> None:
        """Say what keeps drafts from being checked, once until something else is wrong."""
        if str(error) not in said:
            said.clear()
            said.add(str(error))
            message = types.ShowMessageParams(types.MessageType.Error, f"framing: {error}")
            server.window_show_message(message)

    async def check(uri: str, wait: float) -> None:
        await asyncio.sleep(wait)
        document = server.workspace.get_text_document(uri)
        source, version = document.source, document.version
        found: list[Finding] = []
        try:
            async with lock:
                found = await asyncio.to_thread(desk.findings, _name_of(document), source)
        except FramingError as error:
            say(error)
        place = positions(source)
        diagnostics = [
            types.Diagnostic(
                within(place, one.start, one.end),
                _message(one),
                severity=types.DiagnosticSeverity.Warning
                if one.fails
                else types.DiagnosticSeverity.Information,
                code=one.code,
                source="framing",
            )
            for one in found
        ]
        server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, version)
        )

    def schedule(uri: str, wait: float) -> None:
        if uri in waiting:
            waiting[uri].cancel()
        waiting[uri] = asyncio.get_running_loop().create_task(check(uri, wait))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        schedule(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        schedule(params.text_document.uri, delay)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        # What was saved may be a configuration, which concerns every draft.
        for uri in server.workspace.text_documents:
            schedule(uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if uri in waiting:
            waiting.pop(uri).cancel()
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.workspace.get_text_document(params.text_document.uri)
        place = positions(document.source)
        offset = place.offset(params.position.line, params.position.character)
        try:
            found = desk.explanation(_name_of(document), document.source, offset)
        except FramingError as error:
            say(error)
            return None
        if found is None:
            return None
        shown, start, end = found
        return types.Hover(_content(server, shown), within(place, start, end))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        document = server.workspace.get_text_document(uri)
        place = positions(document.source)
        start, end = (
            place.offset(one.line, one.character) for one in (params.range.start, params.range.end)
        )
        try:
            fixes = desk.fixes(_name_of(document), document.source, start, end)
        except FramingError as error:
            say(error)
            return []
        return [
            types.CodeAction(
                f"framing: let this stand ({one.finding.code})",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[
                    other
                    for other in params.context.diagnostics
                    if other.source == "framing" and other.code == one.finding.code
                ],
                edit=types.WorkspaceEdit(
                    {uri: [types.TextEdit(within(place, one.offset, one.offset), one.text)]}
                ),
            )
            for one in fixes
        ]

    return server


def _name_of(document: TextDocument) -> str:
    """Return the path of a text; one that is not saved yet has its language for an ending."""
    path = to_fs_path(document.uri) if document.uri.startswith("file:") else None
    if path:
        return path
    stem = re.sub(r"[^\w.-]", "_", document.uri.partition(":")[2]) or "untitled"
    ending = _ENDINGS.get(document.language_id or "", ".txt")
    return stem if format_of(stem) != "text" else stem + ending


def _message(finding: Finding) -> str:
    sure = f"{finding.label} {finding.probability:.2f}: " if finding.probability is not None else ""
    return one_line(f"{sure}{finding.reason}")


def _content(server: LanguageServer, shown: str) -> types.MarkupContent:
    """Return plain text for the editor; nothing in it is taken for markup."""
    hover = server.client_capabilities.text_document
    formats = hover.hover.content_format if hover and hover.hover else None
    if types.MarkupKind.Markdown not in (formats or ()):
        return types.MarkupContent(types.MarkupKind.PlainText, shown)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return types.MarkupContent(types.MarkupKind.Markdown, f"{fence}text\n{shown}\n{fence}")
