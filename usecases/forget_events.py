"""Forget old events: the feed is for catching up, histories are kept elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from persistence.database import Database
from persistence.feed import forget_events, keep_events_since
from usecases.rounds import go_round
from usecases.verbs import Work, verb

# Cursors expire first: the instants of an event and of a cursor may come from two clocks, and a transaction may last.
_SLACK = timedelta(hours=1)
_AT_ONCE = 1_000


@verb
async def forget_some_events(work: Work, kept: timedelta, at_once: int = _AT_ONCE) -> int:
    """Delete up to a thousand of the workspace's oldest events; cursors from before `kept` have expired from then on."""
    since = work.at - kept
    await keep_events_since(work.tx, since)
    return await forget_events(work.tx, since - _SLACK, at_once)


async def forget_old_events(database: Database, at: datetime, kept: timedelta) -> int:
    """Delete the old events of all workspaces; return how many there were."""
    return await go_round(database, at, lambda call: forget_some_events(call, kept), "old events of some workspaces could not be deleted")
