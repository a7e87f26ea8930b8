"""Claim next lead: the best of a queue that may be contacted now and that nobody else works on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.contact_decisions import ContactVerdict, contact_points
from domain.events import EventType
from domain.queues import Claim, ClaimState, Queue, QueueArchived, lease_problems
from domain.refusals import Refusal, Refused, not_found
from persistence import claims, queues
from usecases.answers import Several
from usecases.consent.deciding import contact_decisions
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.queues.filling import fill, is_stale, may_hold_more
from usecases.verbs import Work, new_id, verb

MOST_LOOKED_AT = 25
"""So many leads one claim looks at; those that are in the way for no good reason are out of the next one's way then."""

_ROUNDS = 3


@verb
async def claim_next_lead(work: Work, queue_id: UUID, lease_seconds: int) -> Several:
    """Take the next lead of a queue and hold it until the lease runs out; answer `claim`, `lead` and `next_ready_at`.

    Without a lead that may be contacted now, claim and lead are None and `next_ready_at` tells when the next may be, as far as known.
    Raises Refused: NotFound, QueueArchived, ValidationFailed.
    """
    queue = (await queues.queue_by_id(work.tx, [queue_id])).get(queue_id)
    refusals: list[Refusal] = lease_problems(lease_seconds)
    if queue is None:
        refusals.insert(0, not_found("Queue", "queue_id"))
    elif queue.archived_at is not None:
        refusals.insert(0, QueueArchived(message="The queue is archived.", path=("queue_id",), queue_id=queue_id))
    if refusals or queue is None:
        raise Refused(refusals)
    edits = LeadEdits(work)
    edit = await _next(work, queue, edits)
    if edit is None:
        filling = await queues.filling_of(work.tx, queue.id)
        soonest = filling.next_ready_at if filling is not None else None
        return Several({"claim": None, "lead": None, "next_ready_at": soonest.isoformat() if soonest else None})
    claim = Claim(
        id=new_id(),
        queue_id=queue.id,
        lead_id=edit.lead.id,
        state=ClaimState.ACTIVE,
        claimed_at=work.at,
        leased_until=work.at + timedelta(seconds=lease_seconds),
        ended_at=None,
        contact_attempt_id=None,
        note=None,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )
    edit.tell(EventType.LEAD_CLAIMED, {"queue_id": queue.id, "claim_id": claim.id, "leased_until": claim.leased_until}, claim.id)
    await claims.add_claims(work.tx, [claim])
    saved = await edits.save()
    return Several({"claim": claim, "lead": saved[claim.lead_id], "next_ready_at": None})


async def _next(work: Work, queue: Queue, edits: LeadEdits) -> LeadEdit | None:
    """Find the first lead that holds what its item promised, filling the queue where that may help; the lead is locked then."""
    await _refresh(work, queue)
    for _ in range(MOST_LOOKED_AT):
        lead_id = await queues.next_item(work.tx, queue.id, work.at) or await _after_filling(work, queue)
        if lead_id is None:
            return None
        await queues.take_item(work.tx, queue.id, lead_id)
        edit = (await edits.load([lead_id])).get(lead_id)
        if edit is not None and await _holds(work, queue, edit):
            return edit
        if edit is not None:
            edits.drop(edit)
    return None


async def _refresh(work: Work, queue: Queue) -> None:
    """Fill a queue whose items are old, unless somebody is at it: they are old, but not wrong."""
    filling = await queues.filling_of(work.tx, queue.id)
    if is_stale(filling, work.at) and await queues.begin_to_fill(work.tx, queue.id):
        # Somebody else may have been quicker.
        filling = await queues.filling_of(work.tx, queue.id)
        if is_stale(filling, work.at):
            await fill(work, queue, filling)


async def _after_filling(work: Work, queue: Queue) -> UUID | None:
    """Fill an empty queue, or wait for whoever does, and look for an item again; None when there is nothing more to be had."""
    for _ in range(_ROUNDS):
        if not may_hold_more(await queues.filling_of(work.tx, queue.id), work.at):
            return None
        if await queues.begin_to_fill(work.tx, queue.id):
            filling = await queues.filling_of(work.tx, queue.id)
            if may_hold_more(filling, work.at):
                await fill(work, queue, filling)
        else:
            await queues.wait_for_filling(work.tx, queue.id)
        lead_id = await queues.next_item(work.tx, queue.id, work.at)
        if lead_id is not None:
            return lead_id
    return None


async def _holds(work: Work, queue: Queue, edit: LeadEdit) -> bool:
    """Look again, now that nobody else can change the lead: does it still belong here, is it nobody's, may it be contacted?"""
    if not await queues.still_meant(work.tx, queue, edit.lead.id, work.at):
        return False
    await claims.lapse(work.tx, edit.lead.id, work.at)
    points = contact_points(edit.lead)
    decision = (await contact_decisions(work.tx, [points], queue.channel, queue.purpose, work.at))[edit.lead.id]
    return decision.verdict is ContactVerdict.ALLOW
