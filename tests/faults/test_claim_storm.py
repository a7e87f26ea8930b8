"""Two hundred claimers on ten thousand leads: nobody ever gets the lead that somebody else has, and the best go first."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.access import Role
from domain.leads import Lead
from gql.ids import decode_kind
from persistence.failures import Overloaded
from persistence.imports import add_imported_leads
from tests.worlds import World, blank_lead
from usecases.queues.claim_next_lead import claim_next_lead
from usecases.verbs import Call

LEADS, CLAIMERS, EACH = 10_000, 200, 3
CLAIMS = CLAIMERS * EACH


async def ten_thousand(world: World) -> Sequence[Lead]:
    """Put leads into the workspace whose expected values all differ, the most valuable first."""
    blank = replace(blank_lead(world.at), time_zone="Europe/Lisbon", deal_currency="EUR", deal_probability=50)
    leads = [
        replace(blank, id=uuid7(), phones=(f"+3519{number:08}",), deal_value=Decimal(LEADS - number), last_name=f"Lima {number}")
        for number in range(LEADS)
    ]
    async with world.database.writing(world.scope) as tx:
        await add_imported_leads(tx, leads, entries=(), events=(), counts={})
    return leads


async def new_queue(world: World) -> UUID:
    answer = await world.tell("createQueue", {"name": "Calls", "channel": "PHONE"}, "queue { id }")
    return decode_kind("Queue", answer["queue"]["id"])


async def storm(claimers: Sequence[Callable[[], Awaitable[UUID | None]]]) -> Counter[UUID]:
    """Let everybody claim at once, again and again; count how often each lead was given out."""
    given = Counter[UUID]()

    async def work(claim: Callable[[], Awaitable[UUID | None]]) -> None:
        for _ in range(EACH):
            while True:
                try:
                    lead_id = await claim()
                except Overloaded:
                    # A busy server says so; a client asks again.
                    continue
                if lead_id is not None:
                    given[lead_id] += 1
                    break

    await asyncio.gather(*(work(claim) for claim in claimers))
    return given


async def test_nobody_gets_a_lead_that_somebody_else_has(world: World) -> None:
    leads = await ten_thousand(world)
    queue_id = await new_queue(world)

    def claimer(number: int) -> Callable[[], Awaitable[UUID | None]]:
        viewer = replace(world.viewer(Role.INTEGRATION), key_id=UUID(int=number + 1))

        async def claim() -> UUID | None:
            claimed = (await claim_next_lead(Call(world.database, viewer, world.at), queue_id, 600))["claim"]
            return None if claimed is None else claimed.lead_id

        return claim

    given = await storm([claimer(number) for number in range(CLAIMERS)])

    assert (len(given), sum(given.values())) == (CLAIMS, CLAIMS)
    # Nothing failed on the way, so nobody was passed over.
    assert given.keys() == {lead.id for lead in leads[:CLAIMS]}
    world.at += timedelta(seconds=600)
    assert await claimer(0)() == leads[0].id
    again = await storm([claimer(number) for number in range(CLAIMERS)])
    assert again.keys() == {lead.id for lead in leads[1 : CLAIMS + 1]}, "leases that ran out give the best leads back"


async def test_claimers_that_forget_the_lock_would_be_noticed(world: World) -> None:
    """The planted bug: look for the best lead, then take it, as if nobody else were there."""
    await ten_thousand(world)
    queue_id = await new_queue(world)
    await claim_next_lead(world.call(), queue_id, 600)
    best = text(
        "SELECT lead_id FROM queue_items WHERE workspace_id = :workspace_id AND queue_id = :queue_id ORDER BY rank DESC, lead_id LIMIT 1"
    )
    take = text("DELETE FROM queue_items WHERE workspace_id = :workspace_id AND queue_id = :queue_id AND lead_id = :lead_id")

    async def careless() -> UUID | None:
        async with world.database.writing(world.scope) as tx:
            lead_id = await tx.fetch_value(best, queue_id=queue_id)
            await tx.execute(take, queue_id=queue_id, lead_id=lead_id)
            return lead_id

    given = await storm([careless] * CLAIMERS)

    assert sum(given.values()) == CLAIMS
    assert len(given) < CLAIMS
