"""What the service told about a lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from domain.leads import Lead
from persistence.tables import events
from tests.worlds import World


async def told(world: World, lead: Lead) -> Sequence[tuple[int, str, Any]]:
    """Read the lead's events: sequence, type, changes."""
    query = select(events.c.sequence, events.c.type, events.c.changes).where(events.c.lead_id == lead.id).order_by(events.c.sequence)
    async with world.database.reading(world.scope) as db:
        return [(row["sequence"], row["type"], row["changes"]) for row in await db.fetch(query)]
