"""A server on this machine that stands for the network and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

__all__ = ["Loopback", "serving"]


class Loopback:
    """What the server serves, and how it fails.

    Attributes
    ----------
    url : str
        Its address.
    files : dict
        Path → content.
    redirects : dict
        Path → where it went.
    faults : dict
        Path → what goes wrong, one after the other, until none is left: ``"cut"`` (half of what
        was asked for arrives), ``"hang"`` (half arrives and then nothing), a status code.
    ranges : bool
        Whether it can send the rest of a file.
    length : str or None
        What it says for a length, in place of the truth.
    asked : list
        Path and range of every request.
    """

    def __init__(self) -> None:
        self.url = ""
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.faults: dict[str, list[str | int]] = {}
        self.ranges = True
        self.length: str | None = None
        self.asked: list[tuple[str, str | None]] = []
        self.over = Event()


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return None

        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            loopback.asked.append((self.path, asked))
            faults = loopback.faults.get(self.path)
            fault = faults.pop(0) if faults else None
            if isinstance(fault, int):
                self.send_error(fault)
            elif self.path in loopback.redirects:
                self.send_response(302)
                self.send_header("Location", loopback.redirects[self.path])
                self.end_headers()
            elif self.path in loopback.files:
                self._send(loopback.files[self.path], asked, fault)
            else:
                self.send_error(404)

        def _send(self, content: bytes, asked: str | None, fault: str | None) -> None:
            start = int(asked[6:-1]) if asked and loopback.ranges else 0
            if start > len(content):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/x")
            body = content[start:]
            self.send_header("Content-Length", loopback.length or str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if fault else body)
            self.wfile.flush()
            if fault == "hang":
                loopback.over.wait(30)

    return Handler


@contextmanager
def serving() -> Iterator[Loopback]:
    """Serve until the block ends."""
    loopback = Loopback()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(loopback))
    server.daemon_threads = True
    loopback.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield loopback
    finally:
        loopback.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
