"""Forget deliveries once their events are gone, and not before: without them an event would count as missed."""

from __future__ import annotations

from datetime import datetime

from persistence import webhooks
from persistence.database import Database
from persistence.feed import events_kept_since
from usecases.forget_events import CURSOR_SLACK
from usecases.rounds import go_round
from usecases.verbs import Work, verb

_AT_ONCE = 1_000


@verb
async def forget_some_deliveries(work: Work) -> int:
    """Delete up to a thousand ended deliveries of events that were dropped; return how many."""
    since = await events_kept_since(work.tx)
    # Cursors expire that much before their events go.
    return 0 if since is None else await webhooks.forget_ended_deliveries(work.tx, since - CURSOR_SLACK, _AT_ONCE)


async def forget_old_deliveries(database: Database, at: datetime) -> int:
    """Delete old deliveries of all workspaces; return how many there were."""
    return await go_round(database, at, forget_some_deliveries, "old deliveries of some workspaces could not be deleted")
