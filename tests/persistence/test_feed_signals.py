"""Hints travel between processes, survive a lost connection, and hold up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs
from uuid_utils.compat import uuid7

from persistence.feed_signals import CHANNEL, FeedSignals
from tests.conftest import TestDatabase

PATIENCE = 120


@pytest.fixture
async def superuser(test_database: TestDatabase) -> AsyncGenerator[asyncpg.Connection[asyncpg.Record]]:
    connection = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    yield connection
    await connection.close()


class Ear:
    """What one process is hinted at."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[UUID | None] = asyncio.Queue()

    async def until(self, wanted: UUID | None) -> list[UUID | None]:
        """Wait for a hint, and return all up to it."""
        hints: list[UUID | None] = []
        async with asyncio.timeout(PATIENCE):
            while wanted not in hints:
                hints.append(await self.heard.get())
        return hints


async def test_a_hint_reaches_every_process_and_nonsense_none(
    test_database: TestDatabase, superuser: asyncpg.Connection[asyncpg.Record]
) -> None:
    one, other, workspace = Ear(), Ear(), uuid7()
    sender = FeedSignals(test_database.dsn(), one.heard.put_nowait)
    listener = FeedSignals(test_database.dsn(), other.heard.put_nowait)
    async with sender.running(), listener.running():
        await one.until(None)
        await other.until(None)
        await superuser.execute(f"NOTIFY {CHANNEL}, 'nonsense'")
        sender.send(workspace)

        assert await other.until(workspace) == [workspace]
        assert await one.until(workspace) == [workspace]


async def test_a_lost_connection_comes_back_and_has_everybody_look(
    test_database: TestDatabase, superuser: asyncpg.Connection[asyncpg.Record]
) -> None:
    ear, workspace = Ear(), uuid7()
    signals = FeedSignals(test_database.dsn(), ear.heard.put_nowait)
    async with signals.running():
        await ear.until(None)
        await superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'leadgraph hints' AND datname = current_database()"
        )
        assert await ear.until(None) == [None]
        signals.send(workspace)

        assert await ear.until(workspace) == [workspace]


async def test_a_database_that_stays_away_is_told_of_once() -> None:
    knocks = asyncio.Semaphore(0)

    async def turn_away(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        knocks.release()

    server = await asyncio.start_server(turn_away, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    signals = FeedSignals(f"postgresql://nobody@127.0.0.1:{port}/nothing?sslmode=disable", Ear().heard.put_nowait)
    with capture_logs() as logs:
        async with asyncio.timeout(PATIENCE), server, signals.running():
            for _ in range(3):
                await knocks.acquire()

    assert [log["event"] for log in logs] == ["the connection for hints was lost"]
