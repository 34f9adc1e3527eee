"""The application: a draft comes in, its marks go out, nothing is kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from framing.errors import FramingError, ReadError
from framing.readers import open_document
from framing.readers.encoding import decode
from framing.registry import DESCRIBED
from framing.reports.characters import visible
from framing.reports.html.article import asset, card
from framing.reports.html.markup import Element, markup
from framing.reports.layout import skipped
from framing.web.downloads import DOWNLOADS
from framing.web.guard import Guard
from framing.web.screen import screen

if TYPE_CHECKING:
    from framing.analysis import Analysis

__all__ = ["LARGEST", "LONGEST", "Judge", "application"]

#: Most bytes of a request: room for the longest draft, escaped as forms are.
LARGEST = 2_000_000
#: Most characters of a draft, some 35,000 words.
LONGEST = 200_000

#: What a draft holds, and its name → its analysis; raises FramingError.
Judge = Callable[[bytes, str], "Analysis"]


#: Most seconds that a request may take to arrive; on one machine it takes milliseconds.
PATIENCE = 30.0


class _NotTakenError(ReadError):
    """A request that is not read to its end."""

    status = 400


class _TooLargeError(_NotTakenError):
    """More than is taken."""

    status = 413


class _TooSlowError(_NotTakenError):
    """Not all there in time."""

    status = 408


def application(judge: Judge, port: int) -> Starlette:
    """Return the application.

    Parameters
    ----------
    judge : callable
        What a draft holds, and its name → Analysis.
    port : int
        On which it will listen.
    """
    # One draft at a time is judged, beside the loop, so that the page stays alive meanwhile.
    turn = asyncio.Lock()

    async def aside(what: Callable[..., Any], *given: Any) -> Any:
        async with turn:
            return await run_in_threadpool(what, *given)

    def judged(draft: str, name: str) -> Analysis:
        analysis = judge(draft.encode("utf-8", "replace"), name)
        if all(verdict.label is None for verdict in analysis):
            raise ReadError(
                f"{name}: nothing to judge, there is no English prose in it; {skipped(analysis)}"
            )
        return analysis

    def marked(draft: str, name: str) -> Element:
        return card(judged(draft, name), DESCRIBED)

    async def show(request: Request) -> Response:
        return HTMLResponse(screen())

    async def show_marked(request: Request) -> Response:
        draft, name = await _form(request)
        return HTMLResponse(screen(draft, name, marked=await aside(marked, draft, name)))

    async def mark(request: Request) -> Response:
        return HTMLResponse(markup(await aside(marked, *await _form(request))))

    async def read(request: Request) -> Response:
        name = _name(request.query_params.get("name", ""))
        return JSONResponse(await aside(_opened, await _body(request), name))

    async def download(request: Request) -> Response:
        kind: str = request.path_params["kind"]
        if kind not in DOWNLOADS:
            raise HTTPException(404)
        draft, name = await _form(request)
        media_type, make = DOWNLOADS[kind]
        content = await aside(lambda: make(judged(draft, name)))
        return Response(
            content.encode("utf-8", "backslashreplace"),
            media_type=media_type,
            headers={"Content-Disposition": f'attachment; filename="framing-report.{kind}"'},
        )

    async def style(request: Request) -> Response:
        sheets = asset("article.css"), asset("screen.css", __package__)
        return Response("".join(sheets), media_type="text/css")

    async def script(request: Request) -> Response:
        return Response(asset("screen.js", __package__), media_type="text/javascript")

    return Starlette(
        routes=[
            Route("/", show),
            Route("/", show_marked, methods=["POST"]),
            Route("/mark", mark, methods=["POST"]),
            Route("/open", read, methods=["POST"]),
            Route("/download/{kind}", download, methods=["POST"]),
            Route("/screen.css", style),
            Route("/screen.js", script),
        ],
        middleware=[Middleware(Guard, port=port)],
        exception_handlers={FramingError: _refuse, ClientDisconnect: _forget},
    )


async def _forget(request: Request, error: Exception) -> Response:
    """Answer who has gone away before the request was whole: nobody hears it."""
    return Response(status_code=400)


async def _refuse(request: Request, error: Exception) -> Response:
    """Say what is wrong: to a script in a line, to a reader on the screen with their draft."""
    status = error.status if isinstance(error, _NotTakenError) else 422
    problem = visible(str(error))
    if request.url.path in ("/mark", "/open"):
        return PlainTextResponse(problem, status)
    draft, name = getattr(request.state, "form", ("", ""))
    return HTMLResponse(screen(draft, name, problem=problem), status)


async def _body(request: Request) -> bytes:
    """Return what a request holds, as far as it is not too large or too slow."""
    data = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                data += chunk
                if len(data) > LARGEST:
                    raise _TooLargeError(f"the draft is too large; {_MOST}")
    except TimeoutError as error:
        raise _TooSlowError(f"the draft did not arrive within {PATIENCE:g} seconds") from error
    return bytes(data)


_MOST = f"at most {LONGEST:,} characters are marked here, use framing report for more"


async def _form(request: Request) -> tuple[str, str]:
    """Return the draft and its name."""
    body = (await _body(request)).decode("ascii", "replace")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=4)
    except ValueError as error:
        raise ReadError("the request is no form with a draft") from error
    draft = fields.get("draft", [""])[0]
    name = _name(fields.get("name", [""])[0])
    request.state.form = draft, name
    if len(draft) > LONGEST:
        raise _TooLargeError(f"{name}: {len(draft):,} characters are too many; {_MOST}")
    if not draft.strip():
        raise ReadError("there is no draft; paste one into the field")
    return draft, name


def _name(given: str) -> str:
    """Return the name of a file without its folder, which is nobody's business."""
    return re.split(r"[/\\]", given)[-1][:200] or "draft.txt"


def _opened(data: bytes, name: str) -> dict[str, str]:
    """Return the text of a file, and what to call it when the text comes back."""
    source = open_document(data, name).source
    if len(source) > LONGEST:
        raise _TooLargeError(f"{name}: {len(source):,} characters are too many; {_MOST}")
    try:
        as_it_is = decode(data, name) == source
    except ReadError:
        as_it_is = False
    return {"text": source, "name": name if as_it_is else f"{name}.txt"}
