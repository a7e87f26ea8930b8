"""What the service told about a lead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select, text

from domain.leads import Lead
from persistence.feed import feed_ceiling, feed_end
from persistence.tables import events
from tests.worlds import World

PATIENCE = 90


async def settled(world: World) -> None:
    """Wait until readers of the feed may see all that has been committed by now: transactions of other tests hold it back, too."""
    async with asyncio.timeout(PATIENCE):
        async with world.database.reading(world.scope) as db:
            ceiling = await feed_ceiling(db)
            while (await feed_end(db)).xid < ceiling:
                pass


@asynccontextmanager
async def unreadable(world: World) -> AsyncGenerator[None]:
    """Let a transaction run: whatever others commit meanwhile shows in lists at once, and in the feed only after the block."""
    async with world.database.writing(world.scope) as tx:
        await tx.fetch_value(text("SELECT pg_current_xact_id()::text"))
        yield


async def told(world: World, lead: Lead) -> Sequence[tuple[int, str, Any]]:
    """Read the lead's events: sequence, type, changes."""
    query = select(events.c.sequence, events.c.type, events.c.changes).where(events.c.lead_id == lead.id).order_by(events.c.sequence)
    async with world.database.reading(world.scope) as db:
        return [(row["sequence"], row["type"], row["changes"]) for row in await db.fetch(query)]
