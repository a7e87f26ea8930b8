"""The feed's partitions: made ahead, dropped when old, and reached by nobody but through the feed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from domain.events import EventFilter, FeedPosition, written_at
from persistence.database import Database
from persistence.event_partitions import drop_events, events_to_drop, make_event_partitions
from persistence.failures import Overloaded, UniqueViolation
from persistence.feed import feed_end, feed_page
from persistence.histories import add_events
from tests.conftest import TestDatabase
from tests.feeds import WEEKS, id_of, long_running_feed, tomorrow, write
from tests.own_databases import connected
from tests.worlds import World, build_world
from usecases.forget_events import forget_old_events, make_room

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
# Of the weeks that end tomorrow, three weeks ago … this one, and what was before the oldest, these two are a month old.
OLD = 2
PATIENCE = 10


@pytest.fixture
async def feed() -> AsyncIterator[TestDatabase]:
    async with long_running_feed() as fresh:
        yield fresh


@pytest.fixture
async def world(feed: TestDatabase) -> AsyncIterator[World]:
    database = Database(feed.dsn(), size=4)
    world = await build_world(database)
    world.at = datetime.now(UTC)
    yield world
    await database.close()


async def ends(feed: TestDatabase) -> list[datetime]:
    """List where the partitions end, the earliest first."""
    async with connected(feed, "OWNER") as owner:
        return [row["ends_at"] for row in await owner.fetch("SELECT ends_at FROM feed.partitions() ORDER BY ends_at")]


async def names(feed: TestDatabase) -> list[str]:
    async with connected(feed, "OWNER") as owner:
        rows = await owner.fetch("SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1")
        return [row["name"] for row in rows]


async def outside(feed: TestDatabase) -> list[UUID]:
    """List the events for which there was no partition."""
    async with connected(feed, "OWNER") as owner:
        return [row["id"] for row in await owner.fetch("SELECT id FROM feed.events_default ORDER BY id")]


async def read(world: World, after: FeedPosition, count: int) -> list[UUID]:
    """Read until so many events have come: transactions of other tests may hold them back for a moment."""
    seen: list[UUID] = []
    async with asyncio.timeout(PATIENCE):
        while len(seen) < count:
            async with world.database.reading(world.scope) as db:
                page = await feed_page(db, after, EventFilter(), 3)
            seen += [event.id for _, event in page.events]
            after = page.position
    return seen


async def now(world: World) -> FeedPosition:
    async with world.database.reading(world.scope) as db:
        return await feed_end(db)


# Making room


async def test_partitions_are_made_a_whole_one_ahead_and_once(feed: TestDatabase, world: World) -> None:
    before = await ends(feed)
    made = await asyncio.gather(*(make_room(world.database, world.at, timedelta(days=56)) for _ in range(3)))

    assert sorted(made) == [0, 0, 1]
    assert await ends(feed) == [*before, before[-1] + timedelta(days=14)]
    assert await make_room(world.database, world.at, timedelta(days=56)) == 0


@pytest.mark.parametrize(("days", "wide"), [(-5, 1), (0, 1), (400, 366)])
async def test_a_partition_is_a_day_wide_at_least_and_a_year_at_most(feed: TestDatabase, world: World, days: int, wide: int) -> None:
    async with connected(feed, "OWNER") as owner:
        (later,) = [name for name in await names(feed) if name.startswith("feed.events_2")]
        await owner.execute(f"DROP TABLE {later}")
    async with world.database.writing(world.scope) as tx:
        made = await make_event_partitions(tx, days)

    assert (await ends(feed))[WEEKS + 1 :] == [tomorrow() + timedelta(days=wide) * number for number in range(1, made + 1)]
    assert (await ends(feed))[-1] >= world.at + timedelta(days=wide)


async def test_what_a_clock_that_is_ahead_wrote_gets_its_partition_when_that_is_made(feed: TestDatabase, world: World) -> None:
    lead, start = await world.lead(), await now(world)
    ahead, far, present = await write(world, lead, tomorrow() + 10 * DAY, tomorrow() + 400 * DAY, world.at)
    assert await outside(feed) == [ahead.id, far.id]

    assert await make_room(world.database, world.at, timedelta(days=56)) == 1

    assert await outside(feed) == [far.id]
    assert await read(world, start, 3) == [ahead.id, far.id, present.id]


async def test_nothing_is_refused_when_nobody_made_room_and_the_next_begins_after_it(feed: TestDatabase, world: World) -> None:
    async with connected(feed, "OWNER") as owner:
        for name in await names(feed):
            if name != "feed.events_default":
                await owner.execute(f"DROP TABLE {name}")
    lead, start = await world.lead(), await now(world)
    late = await write(world, lead, world.at - 50 * DAY, world.at - 9 * DAY, world.at)

    assert await make_room(world.database, world.at, timedelta(days=28)) == 1

    assert await ends(feed) == [tomorrow() + timedelta(days=7)]
    assert await outside(feed) == [event.id for event in late]
    assert await read(world, start, 3) == [event.id for event in late]
    # They are as old as others when their time has come.
    assert await forget_old_events(world.database, world.at, MONTH) == 1
    assert await outside(feed) == [event.id for event in late[1:]]


async def test_a_leads_numbers_are_unique_among_what_is_written_together(world: World) -> None:
    (event,) = await write(world, await world.lead(), world.at)
    with pytest.raises(UniqueViolation):
        async with world.database.writing(world.scope) as tx:
            await add_events(tx, [replace(event, id=id_of(world.at))])


# Dropping


async def test_partitions_of_which_all_is_old_are_dropped_and_nothing_younger(feed: TestDatabase, world: World) -> None:
    lead, start, before = await world.lead(), await now(world), await ends(feed)
    edge = tomorrow() - 5 * 7 * DAY
    old, last, first, young = await write(world, lead, edge - 30 * DAY, edge - timedelta(milliseconds=1), edge, world.at)

    assert await forget_old_events(world.database, world.at, 34 * DAY + timedelta(hours=23)) == 1
    assert await read(world, start, 3) == [last.id, first.id, young.id]
    assert await forget_old_events(world.database, world.at, MONTH) == 1
    assert await forget_old_events(world.database, world.at, MONTH) == 0

    assert await ends(feed) == before[OLD:]
    assert await read(world, start, 2) == [first.id, young.id]
    assert written_at(last.id) < edge <= written_at(first.id)
    assert old.id not in await read(world, FeedPosition(0), 2)


async def test_every_workspace_is_told_before_anything_goes(world: World) -> None:
    other = await build_world(world.database)
    await forget_old_events(world.database, world.at, MONTH)

    for each in (world, other):
        async with each.database.reading(each.scope) as db:
            page = await feed_page(db, FeedPosition(0), EventFilter(), 1)
        assert page.since == tomorrow() - 5 * 7 * DAY + timedelta(hours=1)


async def test_events_whose_workspaces_cannot_be_told_stay(feed: TestDatabase, world: World) -> None:
    before = await ends(feed)
    async with connected(feed, "OWNER") as owner:
        await owner.execute("ALTER TABLE workspaces ADD CONSTRAINT untold CHECK (events_since IS NULL)")

    with pytest.raises(ExceptionGroup, match="could not be told"):
        await forget_old_events(world.database, world.at, MONTH)

    assert await ends(feed) == before


async def test_whoever_holds_the_feed_keeps_it_and_nobody_waits_for_long(feed: TestDatabase, world: World) -> None:
    before = await ends(feed)
    async with world.database.writing(world.scope) as tx:
        await feed_page(tx, FeedPosition(0), EventFilter(), 1)
        with pytest.raises(Overloaded):
            await forget_old_events(world.database, world.at, MONTH)
        with pytest.raises(Overloaded):
            await make_room(world.database, world.at, timedelta(days=56))
        assert await ends(feed) == before

    assert await forget_old_events(world.database, world.at, MONTH) == OLD
    assert await make_room(world.database, world.at, timedelta(days=56)) == 1


async def test_a_reader_of_many_pages_misses_and_repeats_nothing_of_what_stays(world: World) -> None:
    lead, start = await world.lead(), await now(world)
    instants = [tomorrow() - timedelta(days=28 - number) for number in range(27)]
    written = await write(world, lead, *instants)
    assert await read(world, start, 27) == [event.id for event in written]

    seen: list[UUID] = []
    after, dropped = start, 0
    while len(seen) < 27:
        async with world.database.reading(world.scope) as db:
            page = await feed_page(db, after, EventFilter(), 4)
        seen += [event.id for _, event in page.events]
        after = page.position
        dropped += await forget_old_events(world.database, world.at, timedelta(days=41 - len(seen) // 2))

    assert seen == [event.id for event in written]
    assert dropped == OLD


# Who may


async def test_the_applications_role_reaches_no_partition_itself(feed: TestDatabase, world: World) -> None:
    everywhere = (world.at, tomorrow() + DAY, tomorrow() - 400 * DAY, tomorrow() + 400 * DAY)
    await write(world, await world.lead(), *everywhere)
    partitions = await names(feed)
    assert len(partitions) == WEEKS + 3
    async with connected(feed) as application, connected(feed, "OWNER") as owner:
        await application.execute(f"SET app.workspace = '{world.workspace.id}'")
        for name in partitions:
            for statement in ("TABLE {}", "DELETE FROM {}", "DROP TABLE {}", "ALTER TABLE events DETACH PARTITION {}"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await application.execute(statement.format(name))
        # Two more walls: no privilege on any, and no policy that would show a row.
        await owner.execute("GRANT USAGE ON SCHEMA feed TO leadgraph_app")
        for name in partitions:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await application.execute(f"SELECT FROM {name}")
        await owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA feed TO leadgraph_app")
        assert [await application.fetchval(f"SELECT count(*) FROM {name}") for name in partitions] == [0] * len(partitions)  # noqa: S608 -- names of ours
        assert await application.fetchval("SELECT count(*) FROM events") == len(everywhere)


async def test_the_applications_role_cannot_drop_what_is_young(feed: TestDatabase, world: World) -> None:
    async with world.database.reading(world.scope) as db:
        assert await events_to_drop(db, world.at + 1_000 * DAY) == (await ends(feed))[WEEKS - 2]
    async with world.database.writing(world.scope) as tx:
        assert await drop_events(tx, world.at + 1_000 * DAY) == WEEKS - 1
    kept = await ends(feed)
    assert kept[0] > datetime.now(UTC) - timedelta(days=8)
    assert kept[:2] == [tomorrow() - timedelta(days=7), tomorrow()]


async def test_nobody_else_may_call_what_makes_and_drops(feed: TestDatabase) -> None:
    async with connected(feed, "SUPERUSER") as superuser:
        await superuser.execute("DROP ROLE IF EXISTS somebody")
        await superuser.execute("CREATE ROLE somebody")
        rows = await superuser.fetch(
            "SELECT proname, has_function_privilege('somebody', oid, 'EXECUTE') AS somebody, "
            "has_function_privilege('leadgraph_app', oid, 'EXECUTE') AS application, prosecdef, proconfig[1] AS path "
            "FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE '%event%' ORDER BY proname"
        )
        await superuser.execute("DROP ROLE somebody")
    path = "search_path=pg_catalog, pg_temp"
    assert [tuple(row) for row in rows] == [
        (name, False, True, True, path) for name in ("drop_events", "events_to_drop", "make_event_partitions")
    ]
