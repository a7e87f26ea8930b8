"""Readers of a server in another process: one that can be killed, and sockets that follow its subscriptions."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from domain.access import Role
from tests.worlds import World
from usecases.keys.create_api_key import CreateApiKey, create_api_key

PATIENCE = 100.0
PROJECT = Path(__file__).parents[2]


class ServerProcess:
    """A server that runs until it is killed. What it says is read all the time, so that it never waits for us."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: list[str] = []
        self._said = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in cast(Any, self.process.stdout):
            with self._said:
                self._lines.append(line)
                self._said.notify_all()

    def wait_until_said(self, text: str, times: int = 1) -> list[str]:
        """Wait until so many lines hold a text, and return them."""

        def found() -> list[str]:
            return [line for line in self._lines if text in line]

        with self._said:
            assert self._said.wait_for(lambda: len(found()) >= times, PATIENCE), self._lines[-20:]
            return found()

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.wait_until_said("serving ")[0].split()[1])

    def kill(self) -> None:
        """End it by SIGKILL."""
        self.process.kill()
        self.process.wait(PATIENCE)


@contextmanager
def server_process(dsn: str, planted: str = "") -> Generator[ServerProcess]:
    """Run a server as long as the block lasts."""
    command = [sys.executable, "-m", "tests.faults.serving_process", dsn, *([planted] if planted else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=os.environ) as process:
        server = ServerProcess(process)
        try:
            yield server
        finally:
            server.kill()


async def listening(server: ServerProcess) -> int:
    """Wait until a server listens, and return its port."""
    return await asyncio.to_thread(lambda: server.port)


async def key_of(world: World) -> str:
    """Make a key of the world's workspace."""
    return (await create_api_key(world.call(), CreateApiKey(name="reader", role=Role.ADMIN)))["secret"].text


@asynccontextmanager
async def following(port: int, token: str, query: str, after: str) -> AsyncGenerator[ClientConnection]:
    """Connect, greet and subscribe from a cursor; the socket is dropped at the end of the block, without a farewell."""
    # websockets leaves the type of what it returns open.
    open_socket = cast("Callable[..., AbstractAsyncContextManager[ClientConnection]]", connect)
    async with open_socket(f"ws://127.0.0.1:{port}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")], max_queue=None) as socket:
        try:
            await socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
            async with asyncio.timeout(PATIENCE):
                assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            payload = {"query": query, "variables": {"after": after}}
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            yield socket
        finally:
            socket.transport.abort()


async def hear(socket: ClientConnection) -> dict[str, Any]:
    """Wait for the next change."""
    async with asyncio.timeout(PATIENCE):
        message = json.loads(await socket.recv())
    assert message["type"] == "next", message
    return message["payload"]["data"]["leadStatusChanged"]
