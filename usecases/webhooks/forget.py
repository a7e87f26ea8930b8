"""Forget deliveries that ended long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from persistence import webhooks
from persistence.database import Database
from usecases.rounds import go_round
from usecases.verbs import Work, verb

KEPT = timedelta(days=30)
_AT_ONCE = 1_000


@verb
async def forget_some_deliveries(work: Work) -> int:
    """Delete up to a thousand deliveries that ended thirty days ago."""
    return await webhooks.forget_ended_deliveries(work.tx, work.at - KEPT, _AT_ONCE)


async def forget_old_deliveries(database: Database, at: datetime) -> int:
    """Delete old deliveries of all workspaces; returns how many."""
    return await go_round(database, at, forget_some_deliveries, "old deliveries of some workspaces could not be deleted")
