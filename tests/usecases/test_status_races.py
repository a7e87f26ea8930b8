"""Changes of status at the same time as others: none is lost, and the events of a lead stay numbered without a gap."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from domain.access import Role
from domain.events import EventType
from domain.leads import Lead
from domain.status import LeadStatus
from persistence.leads import lead_for_update
from tests.sequences import published
from tests.waiting import somebody_waits
from tests.worlds import World
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status
from usecases.leads.editing import LeadEdits
from usecases.sequences.enroll import EnrollLead, enroll_lead
from usecases.verbs import Work


async def change(world: World, lead: Lead, status: LeadStatus = LeadStatus.CONTACTED) -> Lead:
    return await change_lead_status(world.call(), ChangeLeadStatus(lead_id=lead.id, status=status, reason="Told on the phone", force=True))


_NUMBERS = text("SELECT sequence FROM events WHERE workspace_id = :workspace_id AND lead_id = :of_lead ORDER BY sequence")
_CHANGES = text("SELECT count(*) FROM status_changes WHERE workspace_id = :workspace_id AND lead_id = :of_lead")


async def test_a_lead_that_nobody_else_touches_is_not_locked(world: World) -> None:
    lead = await world.lead()

    with world.recorded() as statements:
        await change(world, lead)

    assert ["FOR UPDATE" in sql for sql in statements] == [False, False]


async def test_a_lead_in_a_sequence_is_changed_in_a_transaction(world: World) -> None:
    sequence, _ = await published(world)
    lead = await world.lead()
    await enroll_lead(world.call(), EnrollLead(lead_id=lead.id, sequence_id=sequence.id))

    with world.recorded() as statements:
        after = await change(world, lead, LeadStatus.CLOSED_LOST)

    assert [sql for sql in statements if "FOR UPDATE" in sql]
    assert (after.status, after.live_enrollments) == (LeadStatus.CLOSED_LOST, 0)


async def test_who_meets_another_change_does_it_again_upon_that(world: World) -> None:
    lead = await world.lead()

    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(Role.MANAGER), world.at))
        (edit,) = (await edits.load([lead.id])).values()
        edit.change(company="Acme")
        edit.tell(EventType.LEAD_UPDATED, {"company": [None, "Acme"]})
        await edits.save()
        changing = asyncio.create_task(change(world, lead))
        await somebody_waits(world)
    after = await changing

    assert (after.status, after.company, after.version) == (LeadStatus.CONTACTED, "Acme", lead.version + 2)
    async with world.database.writing(world.scope) as tx:
        assert (await lead_for_update(tx, [lead.id]))[lead.id] == after


async def test_of_many_at_once_each_is_kept(world: World) -> None:
    lead = await world.lead()
    there_and_back = [LeadStatus.CONTACTED, LeadStatus.QUALIFIED] * 8

    await asyncio.gather(*(change(world, lead, status) for status in there_and_back))

    async with world.database.writing(world.scope) as tx:
        numbers = [row["sequence"] for row in await tx.fetch(_NUMBERS, of_lead=lead.id)]
        changes = await tx.fetch_value(_CHANGES, of_lead=lead.id)
        stored = (await lead_for_update(tx, [lead.id]))[lead.id]
    assert numbers == list(range(1, stored.event_sequence + 1))
    assert changes == stored.version - lead.version > 0
