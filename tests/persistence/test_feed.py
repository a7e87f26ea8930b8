"""The feed is read in an order in which nothing ever appears behind a reader, with one statement a page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.access import SYSTEM
from domain.events import Event, EventFilter, EventType, FeedPosition
from domain.leads import Lead
from persistence.database import Database, Scope
from persistence.feed import UnknownPosition, feed_end, feed_page, page_statement
from persistence.histories import add_events
from persistence.statements import compiled
from tests.conftest import TestDatabase
from tests.worlds import World

EVERYTHING = EventFilter()
PATIENCE = 120


def event(world: World, lead: Lead, sequence: int, type: EventType = EventType.LEAD_UPDATED) -> Event:
    return Event(id=uuid7(), lead_id=lead.id, sequence=sequence, type=type, at=world.at, actor=SYSTEM)


async def tell(world: World, *events: Event) -> None:
    async with world.database.writing(world.scope) as tx:
        await add_events(tx, events)


async def now(world: World) -> FeedPosition:
    async with world.database.reading(world.scope) as db:
        return await feed_end(db)


async def read(world: World, after: FeedPosition, *, size: int = 100, filter: EventFilter = EVERYTHING) -> tuple[list[UUID], FeedPosition]:
    """Read everything that follows a position, as a reader would: page by page until the end."""
    seen: list[UUID] = []
    more = True
    while more:
        async with world.database.reading(world.scope) as db:
            page = await feed_page(db, after, filter, size)
        seen += [told.id for _, told in page.events]
        after, more = page.position, page.has_more
    return seen, after


async def settled(world: World, after: FeedPosition, count: int) -> list[UUID]:
    """Read until so many events have come: other tests' transactions on the same server may hold them back for a moment."""
    seen: list[UUID] = []
    async with asyncio.timeout(PATIENCE):
        while len(seen) < count:
            more, after = await read(world, after)
            seen += more
    return seen


async def test_events_come_in_the_order_of_their_transactions_and_within_one_in_that_of_the_lead(world: World) -> None:
    lead, start = await world.lead(), await now(world)
    told = [event(world, lead, sequence) for sequence in range(1, 41)]
    for first in range(0, 40, 8):
        await tell(world, *told[first : first + 8])

    assert await settled(world, start, 40) == [each.id for each in told]


@pytest.mark.parametrize("size", [1, 3, 7, 100])
async def test_pages_of_any_size_neither_skip_nor_repeat(world: World, size: int) -> None:
    lead, start = await world.lead(), await now(world)
    told = [event(world, lead, sequence) for sequence in range(1, 22)]
    for each in told:
        await tell(world, each)
    await settled(world, start, 21)

    assert (await read(world, start, size=size))[0] == [each.id for each in told]


Reader: TypeAlias = Callable[[World, FeedPosition], Awaitable[tuple[list[UUID], FeedPosition]]]


async def by_position(world: World, after: FeedPosition) -> tuple[list[UUID], FeedPosition]:
    return await read(world, after)


async def by_id(world: World, after: FeedPosition) -> tuple[list[UUID], FeedPosition]:
    """The planted bug: an ever-growing id as the cursor."""
    async with world.database.reading(world.scope) as db:
        rows = await db.fetch(text("SELECT id FROM events WHERE workspace_id = :workspace_id AND id > :id ORDER BY id"), id=after.id)
    found = [row["id"] for row in rows]
    return found, FeedPosition(0, found[-1]) if found else after


@pytest.mark.parametrize(("reader", "loses"), [(by_position, False), (by_id, True)], ids=["feed", "planted bug"])
async def test_a_transaction_that_commits_late_is_not_skipped(world: World, database: Database, reader: Reader, loses: bool) -> None:
    lead = await world.lead()
    position = await now(world) if not loses else FeedPosition(0)
    slow, quick = event(world, lead, 1), event(world, lead, 2)
    seen: list[UUID] = []

    async with database.writing(world.scope) as tx:
        await add_events(tx, [slow])
        await tell(world, quick)
        found, position = await reader(world, position)
        seen += found
    async with asyncio.timeout(PATIENCE):
        while quick.id not in seen or (not loses and slow.id not in seen):
            found, position = await reader(world, position)
            seen += found

    assert seen == ([quick.id] if loses else [slow.id, quick.id])


async def test_a_narrow_filter_moves_on_past_what_it_leaves_out(world: World) -> None:
    lead, start = await world.lead(), await now(world)
    common = [event(world, lead, sequence) for sequence in range(1, 31)]
    rare = event(world, lead, 31, EventType.LEAD_DELETED)
    await tell(world, *common, rare)
    await settled(world, start, 31)
    wanted = EventFilter(types=(EventType.LEAD_DELETED,))

    sizes: list[int] = []
    async with world.database.reading(world.scope) as db:
        page = await feed_page(db, start, wanted, 10, looked_at=10)
        while page.has_more:
            sizes.append(len(page.events))
            page = await feed_page(db, page.position, wanted, 10, looked_at=10)

    assert sizes == [0, 0, 0]
    assert [told.id for _, told in page.events] == [rare.id]


async def test_a_page_is_one_statement_and_reads_the_index_in_its_order(world: World) -> None:
    lead, start = await world.lead(), await now(world)
    await tell(world, *(event(world, lead, sequence) for sequence in range(1, 2_001)))
    await settled(world, start, 2_000)

    narrow = EventFilter(lead_ids=(lead.id,))
    with world.recorded() as statements:
        async with world.database.reading(world.scope) as db:
            page = await feed_page(db, start, narrow, 10)
    # One lead's events may be read by the lead's own index, if PostgreSQL finds that cheaper; all of them are read in the feed's order.
    statement = compiled(page_statement(EVERYTHING, world.scope))
    given = {"workspace_id": world.workspace.id, "xid": start.xid, "id": start.id, "size": 11, "looked_at": 4_999}
    async with world.database.writing(world.scope) as db:
        # A young table has no statistics, and a small one is cheaply sorted; here it counts what the index can do under row security.
        planner = "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
        await db._connection.execute(planner)  # pyright: ignore[reportPrivateUsage]
        partitions = await db._connection.fetchval(  # pyright: ignore[reportPrivateUsage]
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass"
        )
        explained = f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {statement.sql}"
        plan = await db._connection.fetch(  # pyright: ignore[reportPrivateUsage]  # EXPLAIN has no statement of ours
            explained, *statement.arguments(given)
        )
    lines = "\n".join(row[0] for row in plan)

    assert (len(statements), len(page.events), page.has_more) == (1, 10, True)
    # Each partition by its index, in the feed's order and merged; and the events from where to where the page may look, and no others.
    conditions = [line for line in lines.splitlines() if "Index Cond: ((workspace_id = " in line and "(ROW(xid, id) > ROW(" in line]
    assert len(conditions) == 2 * partitions, lines
    assert sum("(ROW(xid, id) <= ROW(" in line for line in conditions) == partitions, lines
    assert (lines.count("Merge Append"), lines.count("Index Only Scan using")) == (2, partitions), lines


async def test_a_position_of_another_database_is_told_apart(world: World) -> None:
    beyond = FeedPosition((await now(world)).xid + 2**40)
    async with world.database.reading(world.scope) as db:
        with pytest.raises(UnknownPosition):
            await feed_page(db, beyond, EVERYTHING, 10)


async def test_the_feeds_of_two_workspaces_never_cross(world: World, database: Database, test_database: TestDatabase) -> None:
    lead, start = await world.lead(), await now(world)
    mine = event(world, lead, 1)
    await tell(world, mine)
    await settled(world, start, 1)

    async with database.reading(Scope(uuid7())) as db:
        assert (await feed_page(db, start, EVERYTHING, 10)).events == ()
    direct = await asyncpg.connect(test_database.dsn())
    try:
        await direct.execute("SELECT set_config('app.workspace', $1, false)", str(uuid7()))
        assert await direct.fetchval("SELECT count(*) FROM events WHERE id = $1", mine.id) == 0
    finally:
        await direct.close()
