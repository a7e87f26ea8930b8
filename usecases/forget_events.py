"""Forget old events: the feed is for catching up, histories are kept elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from domain.access import system_viewer
from persistence import event_partitions
from persistence.database import Database, Scope
from persistence.feed import keep_events_since
from usecases.rounds import go_round
from usecases.verbs import Call, Work, verb

# Cursors expire first: the instants of an event and of a cursor may come from two clocks, and a transaction may last.
CURSOR_SLACK = timedelta(hours=1)
# Partitions belong to no workspace: they hold the events of all.
_NOBODY = UUID(int=0)


@verb
async def make_room_for_events(work: Work, kept: timedelta) -> int:
    """Make the feed's next partitions, each a quarter as long as events are kept; return how many."""
    return await event_partitions.make_event_partitions(work.tx, kept.days // 4)


@verb
async def expire_cursors(work: Work, since: datetime) -> int:
    """Let the workspace's cursors from before an instant expire; return 0, for nothing more is to be done there."""
    await keep_events_since(work.tx, since)
    return 0


@verb
async def drop_events(work: Work, before: datetime) -> int:
    """Drop what was written before an instant, in all workspaces, as far as it can be dropped at once; return how much."""
    return await event_partitions.drop_events(work.tx, before)


async def make_room(database: Database, at: datetime, kept: timedelta) -> int:
    """Make the feed's next partitions; return how many. Raises Overloaded when the feed is busy."""
    return await make_room_for_events(Call(database, system_viewer(_NOBODY), at), kept)


async def forget_old_events(database: Database, at: datetime, kept: timedelta) -> int:
    """Drop events that are older than `kept`, a partition at a time; return how many partitions, and events outside any.

    First every workspace is told, so that no cursor is honoured whose events are gone; whoever could not be told keeps them for all.
    Raises Overloaded when the feed is busy.
    """
    async with database.reading(Scope(_NOBODY)) as db:
        before = await event_partitions.events_to_drop(db, at - kept - CURSOR_SLACK)
    if before is None:
        return 0
    await go_round(
        database, at, lambda call: expire_cursors(call, before + CURSOR_SLACK), "some workspaces could not be told of events that go"
    )
    dropped = 0
    call = Call(database, system_viewer(_NOBODY), at)
    while count := await drop_events(call, before):
        dropped += count
    return dropped
