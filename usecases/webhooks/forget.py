"""Forget deliveries that ended long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.access import system_viewer
from persistence import webhooks
from persistence.database import Database
from usecases.verbs import Call, Work, verb

KEPT = timedelta(days=30)
_AT_ONCE = 1_000


@verb
async def forget_some_deliveries(work: Work) -> int:
    """Delete up to a thousand deliveries that ended thirty days ago."""
    return await webhooks.forget_ended_deliveries(work.tx, work.at - KEPT, _AT_ONCE)


async def forget_old_deliveries(database: Database, at: datetime) -> int:
    """Delete old deliveries of all workspaces; returns how many."""
    forgotten = 0
    for workspace_id in await database.workspace_ids():
        while count := await forget_some_deliveries(Call(database, system_viewer(workspace_id), at)):
            forgotten += count
    return forgotten
