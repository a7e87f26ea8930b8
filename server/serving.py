"""Run the application under uvicorn: one process, bounded in every direction, stopped in order."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from server.connections import HttpConnection, SocketConnection
from server.settings import Settings

# Below the 15 seconds in which the whole process has to be gone.
DRAIN_SECONDS = 10
# In which open sockets and streams are told to come back elsewhere, a few at a time.
FAREWELL_SECONDS = 2.0
_MESSAGE_BYTES = 64 * 1024

# How bytes are read and written, here and in tests on real sockets.
CONNECTIONS: Mapping[str, Any] = {
    "http": HttpConnection,
    "ws": SocketConnection,
    "ws_max_size": _MESSAGE_BYTES,
    # What is compressed may be a thousand times as large.
    "ws_per_message_deflate": False,
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
}


class CannotListen(Exception):
    """The address is taken or not ours; the text says what helps."""


def listening_socket(settings: Settings) -> socket.socket:
    """Listen before anything slow happens, so that a taken port is known at once. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        raise CannotListen(
            f"Cannot listen on {settings.host}:{settings.port}: {os.strerror(error.errno or 0)}. Choose another: --port or LEADGRAPH_PORT."
        ) from error
    # asyncio does so only for sockets that name their protocol, which this one does not: the end of an answer that is written in two
    # pieces would wait 40 ms for the client's delayed acknowledgement. Connections inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class _Server(uvicorn.Server):
    """Tells when it serves and when it begins to stop, and has what stays open ended before everything else."""

    def __init__(
        self,
        config: uvicorn.Config,
        on_ready: Callable[[], None],
        on_stopping: Callable[[], None],
        end_open: Callable[[float], Awaitable[None]],
    ) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stopping = on_stopping
        self._end_open = end_open

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Take signals as orders. uvicorn's own way raises them once more at the end, which would kill us before PostgreSQL is stopped."""
        earlier = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stopping()
        for server in self.servers:
            server.close()
        await self._end_open(0.0 if self.force_exit else FAREWELL_SECONDS)
        await super().shutdown(sockets)


async def serve(
    app: Starlette,
    settings: Settings,
    listener: socket.socket,
    *,
    on_ready: Callable[[], None],
    on_stopping: Callable[[], None],
    end_open: Callable[[float], Awaitable[None]],
) -> None:
    """Serve until SIGINT or SIGTERM: finish what runs, at most ten seconds; a second signal ends it now. Call it in the main thread.

    `end_open` ends sockets and streams, which would stay open for ever, within the seconds it is given.
    """
    proxies = list(settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        **CONNECTIONS,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_keep_alive=65,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    await _Server(config, on_ready, on_stopping, end_open).serve(sockets=[listener])
