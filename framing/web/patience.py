"""How long a connection may last: who never finishes a request does not hold a place for ever."""

from __future__ import annotations

from asyncio import Transport
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["LONGEST", "Patient"]

#: Seconds. A browser opens a new connection without a word; a draft is judged in one or two.
LONGEST = 60.0


class Patient(H11Protocol):
    """The protocol of a connection that ends after a while.

    One that is being answered then has the same time once more, for example to take the answer.
    """

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to count."""
        super().connection_made(transport)
        self._end = self.loop.call_later(LONGEST, self._over)

    def connection_lost(self, exc: Exception | None) -> None:
        """End to count."""
        self._end.cancel()
        super().connection_lost(exc)

    def _over(self) -> None:
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._end = self.loop.call_later(LONGEST, self.transport.abort)
        else:
            self.transport.abort()
