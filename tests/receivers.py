"""A receiver of webhooks: a real HTTP server on this machine that answers as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import h11
import orjson


@dataclass(frozen=True, slots=True)
class Received:
    """One request that came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Return the event's data."""
        return orjson.loads(self.body)["data"]


@dataclass(slots=True)
class Receiver:
    """What came in, and how it is answered. Requests to the `held` path, or with `held_body` inside, wait until they are let go."""

    port: int = 0
    status: int = 200
    answer: bytes = b"thanks"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    received: list[Received] = field(default_factory=list[Received])
    held: str | None = None
    held_body: bytes | None = None
    _paths: asyncio.Queue[str] = field(default_factory=asyncio.Queue[str])
    _free: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Return where it listens, without a path."""
        return f"http://127.0.0.1:{self.port}"

    async def next_path(self) -> str:
        """Wait for the next request and return its path."""
        async with asyncio.timeout(20):
            return await self._paths.get()

    def let_go(self) -> None:
        """Answer what is held."""
        self._free.set()

    async def take(self, request: Received) -> None:
        """Note a request, and wait as long as its answer is held."""
        self.received.append(request)
        self._paths.put_nowait(request.path)
        if request.path == self.held or (self.held_body is not None and self.held_body in request.body):
            await self._free.wait()


@asynccontextmanager
async def receiving() -> AsyncGenerator[Receiver]:
    """Listen until the block ends."""
    receiver = Receiver()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        head: h11.Request | None = None
        body = b""
        try:
            while True:
                event = connection.next_event()
                if event is h11.NEED_DATA:
                    connection.receive_data(await reader.read(65_536))
                elif isinstance(event, h11.Request):
                    head = event
                elif isinstance(event, h11.Data):
                    body += bytes(event.data)
                else:
                    break
            if head is not None:
                await receiver.take(Received(head.target.decode(), {name.decode(): value.decode() for name, value in head.headers}, body))
                answered = [*receiver.headers.items(), ("content-length", str(len(receiver.answer))), ("connection", "close")]
                writer.write(connection.send(h11.Response(status_code=receiver.status, headers=answered)) or b"")
                writer.write(connection.send(h11.Data(data=receiver.answer)) or b"")
                writer.write(connection.send(h11.EndOfMessage()) or b"")
                await writer.drain()
        except (ConnectionError, h11.RemoteProtocolError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.let_go()
        server.close()
