"""Rescore due leads: what time alone changes, such as a contact request that is 31 days old or a pin that runs out."""

from __future__ import annotations

from datetime import datetime

from persistence.database import Database
from persistence.rescoring import lock_due_leads
from usecases.leads.editing import LeadEdits
from usecases.rounds import go_round
from usecases.verbs import Work, verb

BATCH = 200


@verb
async def rescore_due_leads(work: Work, limit: int = BATCH) -> int:
    """Rescore the leads that are due longest, leaving out those that somebody else has locked; return how many there were.

    What is due stands in each lead's `rescore_at` alone, written together with the score: a process killed at any instant loses nothing
    and repeats nothing, and several processes share the work.
    """
    edits = LeadEdits(work)
    await edits.load(await lock_due_leads(work.tx, work.at, limit))
    return len(await edits.save())


async def rescore_due(database: Database, at: datetime, batch: int = BATCH) -> int:
    """Rescore every due lead of every workspace, a transaction a batch; return how many there were.

    One workspace's failure keeps none of the others waiting; it is raised when all have had their turn.
    """
    return await go_round(database, at, lambda call: rescore_due_leads(call, batch), "leads of some workspaces could not be rescored")
