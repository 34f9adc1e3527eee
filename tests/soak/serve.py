"""``framing serve`` under load: ``python tests/soak/serve.py --seconds 600`` says what came of it.

Some clients mark drafts, attacks among them, open files and take reports away, one request after
another. Meanwhile one sends a paragraph of 5 MB slowly, again and again, and some never finish
what they begin. What is wrong ends up in ``Soak.wrong``; times are for reading, not for testing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import monotonic
from urllib.parse import urlencode

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "fuzz")]

from attacks import ATTACKS  # noqa: E402 they lie beside this folder
from targets import notebook, word_file  # noqa: E402

DRAFTS = sorted((TESTS.parent / "examples" / "drafts").glob("*.txt"))
LARGE = 5_000_000


def form(draft: str) -> bytes:
    return urlencode({"draft": draft, "name": "draft.txt"}, errors="replace").encode()


@dataclass
class Soak:
    """What is asked, and what came of it.

    Attributes
    ----------
    port : int
    until : float
        When to stop, by the monotonic clock.
    rounds : int or None
        How many requests each client makes at most.
    times : dict
        Kind of request → seconds that the answers took.
    statuses : Counter
        Kind of request and status → how many.
    wrong : list of str
        What should not have been.
    """

    port: int
    until: float
    rounds: int | None = None
    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def goes_on(self, done: int) -> bool:
        return monotonic() < self.until and (self.rounds is None or done < self.rounds)

    def head(self, line: str, length: int | None = None, host: str = "") -> bytes:
        said = "" if length is None else f"Content-Length: {length}\r\n"
        host = host or f"127.0.0.1:{self.port}"
        return f"{line} HTTP/1.1\r\nHost: {host}\r\n{said}Connection: close\r\n\r\n".encode()

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)

    async def ask(self, kind: str, request: bytes, wanted: tuple[int, ...]) -> None:
        """Send a request, take the answer, note what is wrong with it."""
        began = monotonic()
        reader, writer = await self.opened()
        try:
            writer.write(request)
            with suppress(ConnectionError):  # who is refused early need not be heard to the end
                await writer.drain()
            answer = await asyncio.wait_for(reader.read(), 60)
        except (ConnectionError, TimeoutError) as error:
            self.wrong.append(f"{kind}: {error!r}")
            return
        finally:
            writer.close()
        self.times.setdefault(kind, []).append(monotonic() - began)
        found = re.match(rb"HTTP/1\.1 (\d+)", answer)
        status = int(found[1]) if found else 0
        self.statuses[f"{kind} {status}"] += 1
        if status not in wanted:
            self.wrong.append(f"{kind}: {answer[:200]!r}")

    async def one(self, chance: random.Random) -> None:
        """Make one request of some kind."""
        draft = chance.choice(DRAFTS).read_text(encoding="utf-8")
        body = form(draft)
        kind = chance.choice(
            ["screen", *["mark"] * 4, "attack", "download", "open", "large", "host"]
        )
        if kind == "screen":
            await self.ask(kind, self.head("GET /"), (200,))
        elif kind == "mark":
            await self.ask(kind, self.head("POST /mark", len(body)) + body, (200,))
        elif kind == "attack":
            body = form(chance.choice(list(ATTACKS.values())))
            await self.ask(kind, self.head("POST /", len(body)) + body, (200, 422))
        elif kind == "download":
            what = chance.choice(["html", "json", "csv"])
            await self.ask(kind, self.head(f"POST /download/{what}", len(body)) + body, (200,))
        elif kind == "open":
            file, name = chance.choice(
                [
                    (word_file(b"<w:p><w:r><w:t>It rained.</w:t></w:r></w:p>"), "a.docx"),
                    (notebook(b"It rained.\n"), "a.ipynb"),
                    (draft.encode("utf-16"), "a.txt"),
                ]
            )
            head = self.head(f"POST /open?name={name}", len(file))
            await self.ask(kind, head + file, (200,))
        elif kind == "large":
            body = form("word " * 50_000)
            await self.ask(kind, self.head("POST /mark", len(body)) + body, (413,))
        else:
            await self.ask(kind, self.head("GET /", host="elsewhere.invalid"), (403,))

    async def client(self, seed: int) -> None:
        chance = random.Random(seed)
        done = 0
        while self.goes_on(done):
            await self.one(chance)
            done += 1

    async def slow(self, pause: float, piece: int) -> None:
        """Send one paragraph of 5 MB piece by piece, until it is refused; then again."""
        done = 0
        while self.goes_on(done):
            reader, writer = await self.opened()
            writer.write(self.head("POST /mark", LARGE + 6) + b"draft=")
            refused = asyncio.ensure_future(reader.read(1 << 16))
            for _ in range(LARGE // piece):
                writer.write(b"word+" * (piece // 5))
                with suppress(ConnectionError):
                    await writer.drain()
                await asyncio.sleep(pause)
                if refused.done() or monotonic() > self.until:
                    break
            status = b""
            if refused.done():
                with suppress(ConnectionError):
                    status = refused.result()[:12]
            else:
                refused.cancel()
            self.statuses[f"slow {status[9:].decode() or 'cut'}"] += 1
            writer.close()
            done += 1

    async def unfinished(self, count: int, over: asyncio.Event) -> None:
        """Begin requests and never finish them: half a head, a head alone, half a body."""
        begun = [
            b"",
            b"GET / HT",
            self.head("POST /mark", 9)[:-2],
            self.head("POST /mark", 9) + b"d",
        ]
        held = [await self.opened() for _ in range(count)]
        for number, (_, writer) in enumerate(held):
            writer.write(begun[number % len(begun)])
        await over.wait()
        for _, writer in held:
            writer.close()

    async def run(self, clients: int, unfinished: int, pause: float, piece: int) -> None:
        over = asyncio.Event()
        held = asyncio.create_task(self.unfinished(unfinished, over))
        slow = asyncio.create_task(self.slow(pause, piece))
        await asyncio.gather(*(self.client(seed) for seed in range(clients)))
        over.set()
        await asyncio.gather(held, slow)


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Start the command; yield its port and the number of its process."""
    command = [sys.executable, "-m", "framing", "serve", "--port", "0", "--isolated"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stderr
        found = re.search(r"http://127.0.0.1:(\d+)/", server.stderr.readline())
        assert found
        try:
            yield int(found[1]), server.pid
            assert server.poll() is None
        finally:
            server.terminate()
            said = server.stderr.read()
        assert said == "", said


def resident(process: int) -> int:
    """Return the memory of a process in MB."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0]) // 1024


async def _watched(soak: Soak, arguments: argparse.Namespace, process: int) -> list[int]:
    sampled: list[int] = []
    running = asyncio.create_task(
        soak.run(arguments.clients, arguments.unfinished, arguments.pause, arguments.piece)
    )
    while not running.done():
        await asyncio.wait([running], timeout=arguments.seconds / 20)
        sampled.append(resident(process))
    running.result()
    return sampled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--unfinished", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between slow pieces")
    parser.add_argument("--piece", type=int, default=1_000, help="bytes of a slow piece")
    arguments = parser.parse_args()
    with served() as (port, process):
        soak = Soak(port, monotonic() + arguments.seconds)
        sampled = asyncio.run(_watched(soak, arguments, process))
    print("memory, MB, from beginning to end:", *sampled)
    for kind, times in sorted(soak.times.items()):
        last = quantiles(times, n=100)[-1] if len(times) > 1 else times[0]
        print(f"{kind}: {len(times)} answers, median {median(times):.3f} s, p99 {last:.3f} s")
    print(*(f"{what}: {count}" for what, count in sorted(soak.statuses.items())), sep="; ")
    print(f"{len(soak.wrong)} wrong", *soak.wrong[:10], sep="\n")
    sys.exit(bool(soak.wrong))


if __name__ == "__main__":
    main()
