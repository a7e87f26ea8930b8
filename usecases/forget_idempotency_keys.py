"""Forget idempotency keys: those that were used more than 72 hours ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.access import system_viewer
from persistence.database import Database
from persistence.idempotency import forget_before
from usecases.verbs import Call, Work, verb

KEPT = timedelta(hours=72)


@verb
async def forget_idempotency_keys(work: Work) -> int:
    """Drop the workspace's old keys; return how many there were."""
    return await forget_before(work.tx, work.at - KEPT)


async def forget_old_idempotency_keys(database: Database, at: datetime) -> int:
    """Drop the old keys of every workspace; return how many there were."""
    return sum([await forget_idempotency_keys(Call(database, system_viewer(id), at)) for id in await database.workspace_ids()])
