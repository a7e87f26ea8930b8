"""Tell of due follow-ups: time alone makes them due, and the feed is told once for every time at which one is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.events import EventType
from persistence import follow_ups
from persistence.database import Database
from usecases.leads.editing import LeadEdits
from usecases.rounds import go_round
from usecases.verbs import Work, verb

BATCH = 200


@verb
async def tell_due_follow_ups(work: Work, limit: int = BATCH) -> int:
    """Tell of the follow-ups that are due longest, leaving out leads that somebody else has locked; return how many there were.

    What has been told stands in each follow-up and is written together with the event: a process killed at any instant loses nothing
    and tells nothing twice, and several processes share the work.
    """
    edits = LeadEdits(work)
    loaded = await edits.load(await follow_ups.lock_leads_with_due_follow_ups(work.tx, work.at, limit))
    if not loaded:
        return 0
    due = await follow_ups.untold_due_follow_ups(work.tx, sorted(loaded), work.at)
    for follow_up in due:
        edit = loaded[follow_up.lead_id]
        edit.tell(
            EventType.FOLLOW_UP_DUE,
            {
                "follow_up_id": follow_up.id,
                "kind": follow_up.kind,
                "due_at": follow_up.due_at.isoformat(),
                "agent_id": follow_up.agent_id and str(follow_up.agent_id),
            },
        )
        edit.follow_up(replace(follow_up, told_due_at=follow_up.due_at))
    await edits.save()
    return len(due)


async def tell_all_due_follow_ups(database: Database, at: datetime, batch: int = BATCH) -> int:
    """Tell of every due follow-up of every workspace, a transaction a batch; return how many there were.

    One workspace's failure keeps none of the others waiting; it is raised when all have had their turn.
    """
    return await go_round(
        database, at, lambda call: tell_due_follow_ups(call, batch), "due follow-ups of some workspaces could not be told of"
    )
