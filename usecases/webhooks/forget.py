"""Forget deliveries that ended long ago, and not before their events are forgotten: without them an event would count as missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from persistence import webhooks
from persistence.database import Database
from usecases.rounds import go_round
from usecases.verbs import Work, verb

# Events go some time after their last day, and batch by batch.
_LONGER = timedelta(days=1)
_AT_ONCE = 1_000


@verb
async def forget_some_deliveries(work: Work, kept: timedelta) -> int:
    """Delete up to a thousand deliveries that ended a day longer ago than events are kept."""
    return await webhooks.forget_ended_deliveries(work.tx, work.at - kept - _LONGER, _AT_ONCE)


async def forget_old_deliveries(database: Database, at: datetime, kept: timedelta) -> int:
    """Delete old deliveries of all workspaces; `kept` is for how long events are. Return how many there were."""
    return await go_round(
        database, at, lambda call: forget_some_deliveries(call, kept), "old deliveries of some workspaces could not be deleted"
    )
