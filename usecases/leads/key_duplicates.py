"""Let leads be found as duplicates that were there before duplicates were looked for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from persistence.database import Database
from persistence.duplicates import add_duplicate_keys, key_rows, lock_leads_without_keys
from persistence.lead_scans import lead_ids_after
from usecases.verbs import Call, Work, verb

BATCH = 1_000
_BEFORE_ALL = UUID(int=0)


@verb
async def key_leads(work: Work, after: UUID, limit: int) -> tuple[int, UUID | None]:
    """Look at leads behind an id, and give keys to those without any; return to how many, and behind which to go on, if more may follow.

    Every lead gets its keys when it is written, so that those without are old, or have nothing to be found by: few among many. Hence the
    limit is on leads that are looked at; to search for the next ones without would be one statement through all of them.
    """
    ids = await lead_ids_after(work.tx, after, limit)
    keyed = [lead for lead in await lock_leads_without_keys(work.tx, ids) if key_rows(work.tx.scope.workspace_id, [lead])]
    await add_duplicate_keys(work.tx, keyed)
    return len(keyed), ids[-1] if len(ids) == limit else None


async def key_old_leads(database: Database, at: datetime, finished: set[UUID], batch: int = BATCH) -> int:
    """Give keys to the old leads of every workspace that is not in `finished` yet; return to how many."""
    total = 0
    for workspace_id in await database.workspace_ids():
        if workspace_id in finished:
            continue
        place: UUID | None = _BEFORE_ALL
        while place is not None:
            done, place = await key_leads(Call(database, system_viewer(workspace_id), at), place, batch)
            total += done
        finished.add(workspace_id)
    return total
