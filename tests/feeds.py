"""A feed that has been running for weeks: a database of its own, whose partitions reach back as if they had been made in time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.access import SYSTEM
from domain.events import Event, EventType
from domain.leads import Lead
from persistence.histories import add_events
from tests.conftest import TestDatabase
from tests.own_databases import connected, own_database
from tests.worlds import World

WEEKS = 6
_AGE = f"""
DO $$
DECLARE
    tomorrow constant timestamptz := date_trunc('day', now(), 'UTC') + interval '24 hours';
    ends timestamptz := tomorrow - interval '{24 * 7 * WEEKS} hours';
    begins timestamptz;
BEGIN
    ALTER TABLE events DETACH PARTITION feed.events_first;
    EXECUTE format('ALTER TABLE events ATTACH PARTITION feed.events_first FOR VALUES FROM (MINVALUE) TO (%L)', feed.event_id_at(ends));
    FOR week IN 1..{WEEKS} LOOP
        begins := ends;
        ends := begins + interval '168 hours';
        EXECUTE format('CREATE TABLE feed.week_%s (LIKE events INCLUDING DEFAULTS)', week);
        EXECUTE format('ALTER TABLE feed.week_%s ADD UNIQUE (workspace_id, lead_id, sequence)', week);
        EXECUTE format('ALTER TABLE feed.week_%s ENABLE ROW LEVEL SECURITY', week);
        EXECUTE format(
            'ALTER TABLE events ATTACH PARTITION feed.week_%s FOR VALUES FROM (%L) TO (%L)',
            week, feed.event_id_at(begins), feed.event_id_at(ends)
        );
    END LOOP;
END $$
"""


@asynccontextmanager
async def long_running_feed(*, aged: bool = True) -> AsyncGenerator[TestDatabase]:
    """Make a database in which there is a partition for each of the last six weeks, and one for all that was before; drop it in the end."""
    async with own_database("feed") as fresh:
        if aged:
            async with connected(fresh, "OWNER") as owner:
                await owner.execute(_AGE)
        yield fresh


def tomorrow() -> datetime:
    """Return the midnight that follows, where this week's partition ends."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def id_of(instant: datetime) -> UUID:
    """Make the id of an event that was written at an instant."""
    return uuid7(nanoseconds=round(instant.timestamp() * 1_000) * 1_000_000)


async def write(world: World, lead: Lead, *instants: datetime) -> Sequence[Event]:
    """Write one event of the lead for each instant, as if it had been written then, in one transaction each."""
    written: list[Event] = []
    for instant in instants:
        event = Event(
            id=id_of(instant),
            lead_id=lead.id,
            sequence=len(written) + 1,
            type=EventType.LEAD_UPDATED,
            at=instant,
            actor=SYSTEM,
        )
        async with world.database.writing(world.scope) as tx:
            await add_events(tx, [event])
        written.append(event)
    return written
