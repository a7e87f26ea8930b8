"""Hints between processes that a feed has grown, by NOTIFY on a connection beside the pool. Nothing depends on their arrival."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import asyncpg
import structlog

CHANNEL = "leadgraph_events"
_CONNECT_SECONDS = 2.0
_AGAIN_SECONDS = 0.5
# So long no hint follows another: what is written a thousand times a second is not told as often, since each takes a commit of its own.
_BETWEEN_SECONDS = 0.01
_log: Any = structlog.get_logger(__name__)


class FeedSignals:
    """Sends and receives hints. `on_hint` is called with the workspace whose feed grew, or with None: it may be any.

    NOTIFY takes a lock on the whole database at its commit, so it is never sent inside a change's transaction. The first hint goes at once;
    while it is on its way, and 10 ms longer, others are gathered, each workspace once.
    """

    def __init__(self, dsn: str, on_hint: Callable[[UUID | None], None]) -> None:
        self._dsn = dsn
        self._on_hint = on_hint
        self._pending: set[UUID] = set()
        self._wanted = asyncio.Event()
        self._away = False

    def send(self, workspace_id: UUID) -> None:
        """Tell all processes, without waiting for it."""
        self._pending.add(workspace_id)
        self._wanted.set()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Listen and send as long as the block lasts, connecting again whenever the connection is lost."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        while True:
            try:
                await self._connected()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                # Once: whoever waits for the database tries twice a second.
                if not self._away:
                    _log.warning("the connection for hints was lost", error=type(error).__name__)
                self._away = True
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _connected(self) -> None:
        settings = {"application_name": "leadgraph hints", "statement_timeout": "5000"}
        connection = await asyncpg.connect(self._dsn, server_settings=settings, timeout=_CONNECT_SECONDS)
        try:
            connection.add_termination_listener(self._lost)
            await connection.add_listener(CHANNEL, self._received)
            if self._away:
                _log.info("the connection for hints is back")
            self._away = False
            # Whatever was told while nobody listened is found by looking.
            self._on_hint(None)
            while not connection.is_closed():
                await self._wanted.wait()
                self._wanted.clear()
                hints, self._pending = self._pending, set()
                if hints:
                    await connection.execute("SELECT pg_notify($1, id::text) FROM unnest($2::uuid[]) AS id", CHANNEL, list(hints))
                    await asyncio.sleep(_BETWEEN_SECONDS)
        finally:
            connection.terminate()

    def _lost(self, _connection: object) -> None:
        self._wanted.set()

    def _received(self, _connection: object, _process: int, _channel: str, payload: object) -> None:
        try:
            self._on_hint(UUID(str(payload)))
        except ValueError:
            # Anybody on the database may notify; what is no hint of ours is none.
            return
