"""A receiver of webhooks that fails as receivers do, and writes down what came and what it took, in that order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import orjson
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from domain.webhooks import shown_secret


class Fault(Enum):
    """How a request is treated."""

    NONE = 200
    REFUSED = 500
    # The connection is dropped without an answer.
    DROPPED = 0
    # Nothing is answered for as long as the sender waits.
    SILENT = -1


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request. `taken`: whether it was answered with 200; noted when the answer is written, and so a second time."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    taken: bool

    @property
    def id(self) -> str:
        """Return the message's id."""
        return self.headers["webhook-id"]

    @property
    def data(self) -> Any:
        """Return the event's data."""
        return orjson.loads(self.body)["data"]


Decide = Callable[[Arrival, int], Fault]


@dataclass(slots=True)
class FaultyReceiver:
    """Decides by path, data and the number of times that the message came before; `log` has arrivals and takings as they happened.

    `forged` are those whose signature is not good, or whose id stood for another event before.
    While `keeps_waiting` holds, nothing is answered; once it was false, that is over: so a test makes senders meet.
    """

    decide: Decide
    secret: bytes
    port: int = 0
    log: list[Arrival] = field(default_factory=list[Arrival])
    forged: list[Arrival] = field(default_factory=list[Arrival])
    bodies: dict[str, bytes] = field(default_factory=dict[str, bytes])
    times: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    taken: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    keeps_waiting: Callable[[], bool] | None = None
    _grown: asyncio.Event = field(default_factory=asyncio.Event)
    _answering: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str) -> str:
        """Return an address at which it listens."""
        return f"http://127.0.0.1:{self.port}{path}"

    def messages(self, path: str) -> set[str]:
        """Return the ids of the messages that were taken at a path."""
        return {id for where, id in self.taken if where == path}

    async def until_taken(self, path: str, count: int) -> None:
        """Wait until so many different messages were taken at a path."""
        while len(self.messages(path)) < count:
            self._grown.clear()
            await self._grown.wait()

    async def treat(self, arrival: Arrival, writer: asyncio.StreamWriter) -> None:
        """Note a request and answer it, or not."""
        self.log.append(arrival)
        self._verify(arrival)
        message = arrival.path, arrival.id
        before = self.times.get(message, 0)
        self.times[message] = before + 1
        if self.keeps_waiting is None or not self.keeps_waiting():
            self._answering.set()
        await self._answering.wait()
        fault = self.decide(arrival, before)
        if fault is Fault.SILENT:
            # The sender loses patience and goes.
            await asyncio.Event().wait()
        if fault is Fault.DROPPED:
            return
        writer.write(b"HTTP/1.1 %d Told\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % fault.value)
        if fault is Fault.NONE:
            self.log.append(Arrival(arrival.path, arrival.headers, arrival.body, taken=True))
            self.taken.add(message)
            self._grown.set()

    def _verify(self, arrival: Arrival) -> None:
        try:
            Webhook(shown_secret(self.secret)).verify(arrival.body, dict(arrival.headers))
        except WebhookVerificationError:
            self.forged.append(arrival)
        if self.bodies.setdefault(arrival.id, arrival.body) != arrival.body:
            self.forged.append(arrival)


async def _arrival(reader: asyncio.StreamReader) -> Arrival:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
    return Arrival(first.split()[1], headers, await reader.readexactly(int(headers["content-length"])), taken=False)


@asynccontextmanager
async def failing_now_and_then(decide: Decide, secret: bytes) -> AsyncGenerator[FaultyReceiver]:
    """Listen until the block ends."""
    receiver = FaultyReceiver(decide, secret)
    open_requests: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def answer() -> None:
            await receiver.treat(await _arrival(reader), writer)

        task = asyncio.ensure_future(answer())
        open_requests.add(task)
        try:
            await task
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            # Whoever sent it was killed meanwhile, or the test is over.
            pass
        finally:
            open_requests.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=512)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in open_requests:
            task.cancel()
