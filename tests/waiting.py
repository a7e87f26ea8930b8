"""What tests of races wait for: that one transaction waits for another."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from tests.worlds import World

PATIENCE = 10


async def somebody_waits(world: World) -> None:
    """Wait until a transaction waits for another."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    async with asyncio.timeout(PATIENCE), world.database.reading(world.scope) as db:
        while True:
            if await db.fetch_value(waiting):
                return
            await asyncio.sleep(0.01)
