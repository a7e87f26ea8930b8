"""A worker that is killed at any statement of its work, again and again, has had every effect once when all is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from domain.events import EventFilter, EventType, FeedPosition
from domain.follow_ups import FollowUpKind
from domain.status import LeadStatus
from persistence.feed import feed_page
from persistence.webhooks import add_webhook_endpoints
from tests.conftest import TestDatabase
from tests.faults.killed_process import was_killed
from tests.webhook_seeding import webhook_endpoint
from tests.worlds import NOON, World
from usecases.follow_ups.schedule import ScheduleFollowUp, schedule_follow_up
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status
from usecases.webhooks.relay import relay_events

THINGS = 6
LATER = timedelta(days=31)


async def due_follow_ups(world: World) -> None:
    for number in range(THINGS):
        request = ScheduleFollowUp(lead_id=(await world.lead()).id, kind=FollowUpKind.CALL, title=f"Call {number}", due_at=NOON)
        await schedule_follow_up(world.call(), request)


async def due_campaigns(world: World) -> None:
    for number in range(THINGS):
        made = await world.tell("createCampaign", {"name": f"Spring {number}", "type": "EMAIL"}, "campaign { id } errors { __typename }")
        starts = {"campaignId": made["campaign"]["id"], "startsAt": (NOON + timedelta(hours=1)).isoformat()}
        assert (await world.tell("scheduleCampaign", starts, "errors { __typename }"))["errors"] == []


async def due_leads(world: World) -> None:
    for _ in range(THINGS):
        await world.lead(contact_requested_at=NOON)


async def new_events(world: World, endpoints: int = 2) -> None:
    made = [webhook_endpoint(world, f"Endpoint {number}", types=("LEAD_STATUS_CHANGED",)) for number in range(endpoints)]
    async with world.database.writing(world.scope) as tx:
        await add_webhook_endpoints(tx, made)
    for _ in range(THINGS // endpoints):
        request = ChangeLeadStatus(lead_id=(await world.lead()).id, status=LeadStatus.CONTACTED)
        await change_lead_status(world.call(), request)
    # The feed ends below the oldest transaction that runs, whoever's it is.
    async with asyncio.timeout(30), world.database.reading(world.scope) as db:
        while True:
            page = await feed_page(db, FeedPosition(0), EventFilter(types=(EventType.LEAD_STATUS_CHANGED,)), THINGS)
            if len(page.events) == THINGS // endpoints:
                return
            await asyncio.sleep(0.01)


async def due_deliveries(world: World) -> None:
    await new_events(world, endpoints=1)
    assert await relay_events(world.database, world.workspace.id, world.at) == THINGS


EFFECTS = {
    "tell": "SELECT changes->>'follow_up_id' AS id, count(*) AS times FROM events WHERE type = 'FOLLOW_UP_DUE' GROUP BY 1",
    "advance": "SELECT campaign_id AS id, count(*) AS times FROM campaign_status_changes WHERE to_status = 'RUNNING' GROUP BY 1",
    "rescore": "SELECT lead_id AS id, count(*) AS times FROM score_entries WHERE cause = 'TIME' GROUP BY 1",
    "relay": "SELECT (endpoint_id, event_id)::text AS id, count(*) AS times FROM webhook_deliveries GROUP BY 1",
    # One more attempt written down than counted, or the other way round, is an effect too many.
    "deliver": "SELECT id, 1 + (SELECT count(*) FROM webhook_attempts AS a WHERE a.delivery_id = d.id) - attempts AS times"
    " FROM webhook_deliveries AS d",
}
PREPARED: Mapping[str, Callable[[World], Awaitable[None]]] = {
    "tell": due_follow_ups,
    "advance": due_campaigns,
    "rescore": due_leads,
    "relay": new_events,
    "deliver": due_deliveries,
}


async def killed_again_and_again(world: World, database: TestDatabase, name: str, *, torn: bool = False) -> list[int]:
    """Kill the work at its first statement, then at its second and so on, until it ends; return how often each thing was done."""
    await PREPARED[name](world)
    statement = 0
    while True:
        statement += 1
        at = world.at + LATER + timedelta(minutes=statement)
        if not await asyncio.to_thread(partial(was_killed, torn=torn), name, database.dsn(), world.workspace.id, at, statement):
            break
    # Fewer would not have come through one transaction.
    assert statement > 4
    async with world.database.reading(world.scope) as db:
        rows: list[Any] = await db.fetch(text(EFFECTS[name]))
    return sorted(row["times"] for row in rows)


@pytest.mark.parametrize("name", PREPARED)
async def test_every_effect_is_had_once(world: World, test_database: TestDatabase, name: str) -> None:
    assert await killed_again_and_again(world, test_database, name) == [1] * THINGS


# The relay does no harm even so: an index of its own keeps an event from being delivered twice, and the position is moved last.
@pytest.mark.parametrize("name", ["tell", "advance", "rescore", "deliver"])
async def test_work_that_is_written_piece_by_piece_is_found_out(world: World, test_database: TestDatabase, name: str) -> None:
    assert await killed_again_and_again(world, test_database, name, torn=True) != [1] * THINGS
