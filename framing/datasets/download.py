"""Download one file: checked, resumed where it broke off, there as a whole or not at all.

The standard library suffices, see "Dependencies" in ``docs/design.md``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from framing import __version__
from framing.errors import DataError

__all__ = ["download", "sha256_of"]

_CHUNK = 1 << 16
#: Answers after which asking again may help.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_PART = ".part"


class _Redirects(HTTPRedirectHandler):
    """Follow a redirect, but not from a protected connection to an open one."""

    def redirect_request(self, req: Request, *arguments: object) -> Request | None:
        target = str(arguments[-1])
        if urlsplit(req.full_url).scheme == "https" and urlsplit(target).scheme != "https":
            raise DataError(f"{req.full_url}: refused a redirect to {target}: it is not https")
        return super().redirect_request(req, *arguments)  # type: ignore[arg-type]


def _opener() -> OpenerDirector:
    """Return an opener that knows HTTP and HTTPS only: no redirect may lead to a local file."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(
    url: str,
    target: Path,
    *,
    sha256: str | None = None,
    limit: int,
    timeout: float = 30.0,
    tries: int = 4,
    pause: Callable[[float], object] = time.sleep,
) -> str:
    """Download a file.

    What arrived before a transfer broke off lies beside `target` as ``….part`` and is
    continued, in this call and in the next, if the server can do so.

    Parameters
    ----------
    url : str
        ``https://…``; ``http://…`` only where the caller's user asked for it.
    target : Path
        Where the file is to lie.
    sha256 : str, optional
        What its bytes must hash to.
    limit : int
        Bytes after which an answer is refused.
    timeout : float
        Seconds without a byte after which a transfer counts as broken.
    tries : int
        How often it is begun or continued.
    pause : callable
        Waits so many seconds between two tries: 1, 2, 4, …

    Returns
    -------
    str
        The SHA-256 of the file.

    Raises
    ------
    DataError
        If the file cannot be had, is too long, or is another than was asked for. Then there is
        nothing new at `target`.
    """
    if urlsplit(url).scheme not in ("https", "http"):
        raise DataError(f"{url}: only https can be fetched")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _PART)
    reason = ""
    for attempt in range(tries):
        if attempt:
            pause(2.0 ** (attempt - 1))
        try:
            resumed = _receive(url, part, limit, timeout)
        except HTTPError as error:
            error.close()
            if error.code not in _PASSING:
                raise DataError(f"{url}: {error.code} {error.reason}") from error
            reason = f"{error.code} {error.reason}"
        except (OSError, HTTPException, ValueError) as error:  # ValueError: headers that lie
            reason = str(error) or type(error).__name__
        else:
            found = sha256_of(part)
            if sha256 in (None, found):
                part.replace(target)
                return found
            part.unlink()
            reason = f"its sha256 is {found}, not {sha256}: another file than the pinned one"
            if not resumed:
                break
    raise DataError(f"{url}: {reason}; try again later, or see datasets/README.md")


def _receive(url: str, part: Path, limit: int, timeout: float) -> bool:
    """Receive a file, or the rest of it; return whether a rest was continued."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": f"framing/{__version__}", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        answer = _opener().open(Request(url, headers=headers), timeout=timeout)
    except HTTPError as error:
        if error.code == 416:  # what is here is no beginning of what is there
            part.unlink(missing_ok=True)
        raise
    with answer:
        continued = have > 0 and _continues(answer, have)
        size = have if continued else 0
        expected = answer.headers.get("Content-Length")
        with part.open("ab" if continued else "wb") as file:
            while chunk := answer.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    file.truncate(0)
                    raise DataError(f"{url}: longer than {limit:,} bytes, which it cannot be")
                file.write(chunk)
        wanted = int(expected) + (have if continued else 0) if expected else size
        if size != wanted:
            raise OSError(f"the transfer ended after {size:,} of {wanted:,} bytes")
    return continued


def _continues(answer: HTTPResponse, have: int) -> bool:
    place = answer.headers.get("Content-Range", "")
    return answer.status == 206 and place.startswith(f"bytes {have}-")
