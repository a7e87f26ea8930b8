"""Run the application under uvicorn: one process, bounded in every direction, stopped in order."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from server.settings import Settings

# Below the 15 seconds in which the whole process has to be gone.
DRAIN_SECONDS = 10
_HEADER_BYTES = 32 * 1024


class CannotListen(Exception):
    """The address is taken or not ours; the text says what helps."""


def listening_socket(settings: Settings) -> socket.socket:
    """Listen before anything slow happens, so that a taken port is known at once. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        raise CannotListen(
            f"Cannot listen on {settings.host}:{settings.port}: {os.strerror(error.errno or 0)}. Choose another: --port or LEADGRAPH_PORT."
        ) from error


class _Server(uvicorn.Server):
    """Tells when it serves and when it begins to stop."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stopping = on_stopping

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
        await super().shutdown(sockets)


async def serve(
    app: Starlette, settings: Settings, listener: socket.socket, *, on_ready: Callable[[], None], on_stopping: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM: finish what runs, at most ten seconds; a second signal ends it now. Call it in the main thread."""
    proxies = list(settings.trusted_proxies)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_keep_alive=65,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    await _Server(config, on_ready, on_stopping).serve(sockets=[listener])
