"""What stands before the application: who may ask, and what every answer carries.

The server listens on this machine only, but any page in the reader's browser can send requests
to it. A page elsewhere that lets its own name point to 127.0.0.1 is told by the Host header, one
that posts from elsewhere by the Origin header.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "Guard", "is_loopback", "refusal"]

#: Nothing is fetched from elsewhere, framed, guessed, remembered or told to others.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, heard by itself alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def refusal(method: str, headers: Mapping[str, str], port: int) -> str:
    """Say why a request is refused; "" if it is not.

    Parameters
    ----------
    method : str
        ``"GET"``, ``"POST"`` …
    headers : mapping of str to str
        Of the request, by lower-case name.
    port : int
        On which the server listens.

    Examples
    --------
    >>> refusal("GET", {"host": "localhost:8000"}, 8000)
    ''
    >>> refusal("GET", {"host": "evil.example:8000"}, 8000)
    'this server answers to its own address only'
    """
    host = headers.get("host", "").lower()
    name, _, given = host.rpartition(":")
    if not given.isdecimal():
        name, given = host, "80"
    if not is_loopback(name.strip("[]")) or given != str(port):
        return "this server answers to its own address only"
    if method in ("GET", "HEAD"):
        return ""
    # A form sent under "no-referrer" has the origin "null"; then the browser itself must say
    # that it comes from this page. What is no browser (curl) sends neither header.
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    if origin in (None, "null"):
        same = site == "same-origin" or (origin is None and site is None)
    else:
        same = origin == f"http://{host}"
    return "" if same else "this request comes from another page"


class Guard:
    """Middleware that refuses what comes from elsewhere and adds :data:`HEADERS` to answers.

    Parameters
    ----------
    app : ASGI application
        What stands behind it.
    port : int
        On which the server listens.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application do it."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        problem = refusal(scope["method"], Headers(scope=scope), self._port)
        app = PlainTextResponse(f"{problem}\n", 403) if problem else self._app
        await app(scope, receive, guarded)
