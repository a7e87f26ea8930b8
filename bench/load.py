"""The load generator, a process of its own: reads what to send from standard input, keeps N connections busy, prints what it saw."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import sys
import time
from collections.abc import Iterator
from typing import Any, cast

_DRAIN_SECONDS = 10.0


class Client(asyncio.Protocol):
    """One keep-alive connection: the next request goes out when the last answer is complete."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._buffer = bytearray()
        self._expected = -1
        self._began = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        if self._transport is None:
            return
        if self._run.over:
            self._transport.close()
            self._run.closed()
            return
        self._began = time.perf_counter()
        self._transport.write(next(self._run.requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._expected < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            self._expected = end + 4 + int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(self._buffer) >= self._expected:
            self._run.answered(time.perf_counter() - self._began, bytes(self._buffer))
            self._buffer.clear()
            self._expected = -1
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._run.lost += not self._run.over


class Run:
    """What one run sends and saw."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self.requests = requests
        self.latencies: list[float] = []
        self.size = 0
        self.bad: list[str] = []
        self.lost = 0
        self.over = False
        self.open = 0
        self.drained = asyncio.Event()

    def closed(self) -> None:
        """Count a connection that has had its last answer."""
        self.open -= 1
        if self.open == 0:
            self.drained.set()

    def answered(self, seconds: float, answer: bytes) -> None:
        """Note one answer; one with top-level errors, a refusal or no lead is bad."""
        self.latencies.append(seconds)
        self.size = len(answer)
        if not answer.startswith(b"HTTP/1.1 200") or b'{"errors":' in answer or b'"errors":[{' in answer or b'"lead":null' in answer:
            self.bad.append(answer[:2_000].decode(errors="replace"))


def packed(path: str, host: str, headers: dict[str, str], bodies: list[Any]) -> Iterator[bytes]:
    """Write requests out as bytes beforehand, and send them round and round."""
    written: list[bytes] = []
    for body in bodies:
        content = json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json", f"Content-Length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        written.append("\r\n".join([*lines, "", ""]).encode() + content)
    return itertools.cycle(written)


def _milliseconds(latencies: list[float], share: float) -> float | None:
    """Return the latency that this share of the sorted requests stayed below."""
    return round(latencies[min(len(latencies) - 1, int(len(latencies) * share))] * 1_000, 2) if latencies else None


async def main() -> None:
    """Run once: a warm-up that is not counted, then the measured seconds."""
    asked: Any = json.loads(sys.stdin.readline())
    run = Run(packed(asked["path"], f"{asked['host']}:{asked['port']}", asked["headers"], asked["bodies"]))
    loop = asyncio.get_running_loop()
    run.open = asked["connections"]
    for _ in range(asked["connections"]):
        await loop.create_connection(lambda: Client(run), asked["host"], asked["port"])
    await asyncio.sleep(asked["warm_up"])
    run.latencies.clear()
    sys.stdout.write("warm\n")
    sys.stdout.flush()
    began = time.perf_counter()
    await asyncio.sleep(asked["seconds"])
    elapsed, latencies = time.perf_counter() - began, sorted(run.latencies)
    run.over = True
    figures = {
        "requests": len(latencies),
        "rps": len(latencies) / elapsed,
        "p50": _milliseconds(latencies, 0.5),
        "p99": _milliseconds(latencies, 0.99),
        "bytes": run.size,
    }
    sys.stdout.write(json.dumps({**figures, "bad": len(run.bad), "lost": run.lost, "first_bad": run.bad[:1]}) + "\n")
    sys.stdout.flush()
    # What is on its way would burden the next run.
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(run.drained.wait(), _DRAIN_SECONDS)


if __name__ == "__main__":
    asyncio.run(main())
