"""The readers of the live benchmark, a process of its own: many WebSockets that subscribe, then count what they are sent."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time
from typing import Any, cast

_TEXT, _PING, _PONG = 0x1, 0x9, 0xA
_MASK = b"\x00\x00\x00\x00"
# Connections are opened in groups of so many: a server's queue of handshakes is bounded.
_AT_ONCE = 50
_PATIENCE_SECONDS = 120.0


class Reader(asyncio.Protocol):
    """One socket with one subscription. It reads frames no further than is needed to tell them apart, so that it costs the server little."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._buffer = bytearray()
        self._upgraded = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            f"GET {self._readers.path} HTTP/1.1",
            f"Host: {self._readers.host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: graphql-transport-ws",
            f"Sec-WebSocket-Key: {key}",
        )
        self._transport.write("\r\n".join((*lines, "", "")).encode())

    def _send(self, message: object) -> None:
        self._write(_TEXT, json.dumps(message).encode())

    def _write(self, kind: int, content: bytes) -> None:
        length = len(content)
        head = bytes((0x80 | kind, 0x80 | length)) if length < 126 else bytes((0x80 | kind, 0x80 | 126)) + length.to_bytes(2, "big")
        if self._transport is not None:
            # A mask of zeros leaves the content as it is.
            self._transport.write(head + _MASK + content)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self._buffer.startswith(b"HTTP/1.1 101"):
                self._readers.fail(bytes(self._buffer[:200]).decode(errors="replace"))
                return
            del self._buffer[: end + 4]
            self._upgraded = True
            self._send({"type": "connection_init", "payload": {"authorization": self._readers.authorization}})
        self._take_frames()

    def _take_frames(self) -> None:
        buffer, start, seen = self._buffer, 0, len(self._buffer)
        messages = 0
        while seen - start >= 2:
            length, head = buffer[start + 1] & 0x7F, 2
            if length == 126:
                length, head = int.from_bytes(buffer[start + 2 : start + 4], "big"), 4
            end = start + head + length
            if end > seen:
                break
            if buffer.find(b'"type":"next"', start, end) >= 0:
                messages += 1
            else:
                self._other(bytes(buffer[start + head : end]), buffer[start] & 0x0F)
            start = end
        del buffer[:start]
        if messages:
            self._readers.told(messages)

    def _other(self, content: bytes, kind: int) -> None:
        if b"connection_ack" in content:
            payload = {"query": self._readers.document}
            self._send({"id": "1", "type": "subscribe", "payload": payload})
            # The answer to a ping comes after the operation was taken on.
            self._send({"type": "ping"})
        elif b'"pong"' in content:
            self._readers.subscribed()
        elif kind == _PING:
            self._write(_PONG, content)
        else:
            self._readers.fail(content[:200].decode(errors="replace"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._readers.fail("a connection was closed")

    def close(self) -> None:
        """Leave."""
        if self._transport is not None:
            self._transport.abort()


class Readers:
    """All readers, and what they were told so far. Times are on the monotonic clock, which all processes share."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.host, self.path = f"{asked['host']}:{asked['port']}", asked["path"]
        self.authorization, self.document = asked["authorization"], asked["document"]
        self._ready = 0
        self._count = 0
        self._expected = 0
        self._failure: str | None = None
        self._changed = asyncio.Event()
        self.arrivals: list[float] = []

    def subscribed(self) -> None:
        """Count a reader that listens."""
        self._ready += 1
        self._changed.set()

    def told(self, messages: int) -> None:
        """Count messages."""
        self._count += messages
        self.arrivals.extend([time.monotonic()] * messages)
        if self._count >= self._expected:
            self._changed.set()

    def fail(self, what: str) -> None:
        """Note what must not happen, and wake whoever waits."""
        self._failure = self._failure or what
        self._changed.set()

    async def until_subscribed(self, readers: int) -> None:
        """Wait until so many listen."""
        await self._until(lambda: self._ready >= readers)

    async def until_told(self, messages: int) -> list[float]:
        """Wait until so many messages have come, and return when each did."""
        self._expected = messages
        await self._until(lambda: self._count >= messages)
        self._count = 0
        arrivals, self.arrivals = self.arrivals, []
        return arrivals

    async def _until(self, done: Any) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not done():
                if self._failure is not None:
                    raise RuntimeError(self._failure)
                self._changed.clear()
                await self._changed.wait()


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def main() -> None:
    """Open the sockets, say so, then answer each line `N` with the arrivals of the next N messages, until standard input ends."""
    lines = await _lines()
    asked: dict[str, Any] = json.loads(await lines.readline())
    readers, loop, wanted = Readers(asked), asyncio.get_running_loop(), int(asked["readers"])
    opened: list[Reader] = []
    for first in range(0, wanted, _AT_ONCE):
        for _ in range(first, min(wanted, first + _AT_ONCE)):
            _, reader = await loop.create_connection(lambda: Reader(readers), asked["host"], asked["port"])
            opened.append(reader)
        await readers.until_subscribed(len(opened))
    _say({"subscribed": len(opened)})
    while line := await lines.readline():
        arrivals = await readers.until_told(int(line))
        _say({"first": arrivals[0], "last": arrivals[-1]})
    for reader in opened:
        reader.close()


if __name__ == "__main__":
    asyncio.run(main())
