"""``framing serve``: a page on this machine where a draft is marked while one types."""

from __future__ import annotations

import argparse
import socket
import sys

from framing.commands import CLEAN
from framing.commands.policing import add_policy, analyze, given
from framing.errors import ConfigError, MissingExtraError

__all__ = ["add_arguments", "run"]

_PORT = 8765


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--port", type=_port, default=_PORT, metavar="N", help=f"default: {_PORT}; 0: any free one"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="an address of this machine that others cannot reach (default: 127.0.0.1)",
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    add_policy(parser)
    parser.epilog = "Nothing is stored, and nobody but this machine is answered. Ctrl+C ends it."


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 65535, not {text!r}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted; return the exit code."""
    try:
        import uvicorn

        from framing.web.app import application
        from framing.web.guard import is_loopback
        from framing.web.patience import Patient
    except ModuleNotFoundError as error:
        if error.name not in ("uvicorn", "starlette"):
            raise
        raise MissingExtraError(
            f'framing serve needs {error.name}; install it with: pip install "framing[web]"'
        ) from error
    from framing.checking.run import Checker, Draft

    if not is_loopback(arguments.host):
        raise ConfigError(
            f"--host {arguments.host}: drafts are served to this machine alone; give 127.0.0.1,"
            " ::1 or localhost"
        )
    checker = Checker(given(arguments))
    listener = _listen(arguments.host, arguments.port)
    port = listener.getsockname()[1]
    app = application(lambda data, name: analyze(checker, Draft(name, data))[0], port)
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    url = f"http://{host}:{port}/"
    print(f"framing: {url} (Ctrl+C ends it)", file=sys.stderr, flush=True)
    if arguments.open:
        import webbrowser

        webbrowser.open(url)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=64,
            http=Patient,
        )
    )
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # this is how it is meant to end
    finally:
        listener.close()
    return CLEAN


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that the page is there as soon as it is announced."""
    address = "127.0.0.1" if host == "localhost" else host
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; give another --port"
        ) from error
    return listener
