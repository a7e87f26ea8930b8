"""Three thousand events reach their receiver, whatever it and the workers do; and what is bad holds nothing else up."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zlib import crc32

import pytest
from sqlalchemy import text

from domain.status import LeadStatus
from domain.webhooks import WebhookEndpoint
from gql.ids import encode_id
from persistence.webhooks import add_webhook_endpoints, endpoints_behind
from tests.conftest import TestDatabase
from tests.faults.delivering_process import Clock, Post, Workers
from tests.faults.faulty_receiver import Arrival, Decide, Fault, FaultyReceiver, failing_now_and_then
from tests.webhook_seeding import SECRET, webhook_endpoint
from tests.worlds import World, blank_lead
from usecases.bulk import Targets
from usecases.leads.change_status import ChangeLeadStatuses, change_lead_statuses
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work
from usecases.webhooks.settle import MOST_AT_ONCE

PATIENCE = 150
LEADS, CHANGES = 301, 10
EVENTS = LEADS * CHANGES
KILLED_AT = (200, 700, 1_200, 1_700, 2_200)
# The workers' clocks: a pause of half a minute passes in some seconds. What they sign is good for five minutes, before and after.
SPEED, BEHIND = 4.0, timedelta(minutes=4)
CHANGED = "LEAD_STATUS_CHANGED"


async def changed(world: World, leads: int, changes: int) -> list[UUID]:
    """Put leads into the workspace and change the status of each again and again."""
    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        ids = [edits.add(replace(blank_lead(world.at), last_name=f"Lima {number}")).lead.id for number in range(leads)]
        await edits.save()
    for number in range(changes):
        status = (LeadStatus.CONTACTED, LeadStatus.NURTURING)[number % 2]
        await change_lead_statuses(world.call(), ChangeLeadStatuses(targets=Targets(ids=tuple(ids)), status=status))
    return ids


async def endpoint(world: World, receiver: FaultyReceiver, path: str) -> WebhookEndpoint:
    made = webhook_endpoint(world, path, url=receiver.url(path), types=(CHANGED,))
    async with world.database.writing(world.scope) as tx:
        await add_webhook_endpoints(tx, [made])
    return made


async def told(world: World, leads: Sequence[UUID]) -> Mapping[str, list[str]]:
    """Read what there is to tell: the messages' ids of each lead, in their order."""
    events: dict[str, list[str]] = {encode_id("Lead", id): [] for id in leads}
    async with world.database.reading(world.scope) as db:
        select = text("SELECT id, lead_id FROM events WHERE workspace_id = :workspace_id AND type = :type ORDER BY lead_id, sequence")
        for row in await db.fetch(select, type=CHANGED):
            events[encode_id("Lead", row["lead_id"])].append(str(row["id"]))
    return events


async def states(world: World, made: WebhookEndpoint) -> Counter[str]:
    """Count an endpoint's deliveries by their state; there are none before the relay has been through."""
    async with world.database.reading(world.scope) as db:
        if made.id in await endpoints_behind(db):
            return Counter()
        select = text(
            "SELECT state, count(*) AS many FROM webhook_deliveries WHERE workspace_id = :workspace_id AND endpoint_id = :endpoint_id"
            " GROUP BY state"
        )
        return Counter({row["state"]: row["many"] for row in await db.fetch(select, endpoint_id=made.id)})


async def until_settled(world: World, made: WebhookEndpoint, pending: int, among: int) -> None:
    """Wait until all of an endpoint's deliveries but so many have arrived, as far as the workers know."""
    while True:
        if await states(world, made) == +Counter(DELIVERED=among - pending, PENDING=pending):
            return
        await asyncio.sleep(0.05)


def overtaken(log: Sequence[Arrival], events: Mapping[str, list[str]]) -> list[str]:
    """List the messages that came although one before them of the same lead had not been taken."""
    place = {id: (lead, number) for lead, ids in events.items() for number, id in enumerate(ids)}
    taken = Counter[str]()
    found: list[str] = []
    for arrival in log:
        lead, number = place[arrival.id]
        if not arrival.taken:
            found += [arrival.id] if number > taken[lead] else []
        elif number == taken[lead]:
            taken[lead] += 1
    return found


@asynccontextmanager
async def delivering(
    world: World, database: TestDatabase, decide: Decide, planted: str = "", *, speed: float = SPEED, seconds: float = 10
) -> AsyncGenerator[tuple[FaultyReceiver, Workers]]:
    """Let two workers deliver as long as the block lasts."""
    async with failing_now_and_then(decide, SECRET) as receiver:
        clock = Clock(time.time(), datetime.now(UTC) - BEHIND, speed)
        workers = Workers(Post(database.dsn(), world.workspace.id, receiver.port, seconds, clock), planted)
        try:
            await asyncio.to_thread(workers.start, 2)
            async with asyncio.timeout(PATIENCE):
                yield receiver, workers
        finally:
            await asyncio.to_thread(workers.kill_all)


def bad_lead_and_now_and_then(bad: list[str]) -> Decide:
    """Fail for one lead always, at one address always, and for every twenty-fifth message when it comes first."""

    def decide(arrival: Arrival, before: int) -> Fault:
        if arrival.path == "/down":
            return Fault.DROPPED
        if arrival.data["lead"]["id"] in bad:
            return Fault.REFUSED
        chance = crc32(arrival.id.encode()) % 100
        return (Fault.REFUSED, Fault.REFUSED, Fault.DROPPED, Fault.SILENT)[chance] if chance < 4 and not before else Fault.NONE

    return decide


async def test_three_thousand_events_arrive_in_order_through_faults_and_kills(world: World, test_database: TestDatabase) -> None:
    bad: list[str] = []
    async with delivering(world, test_database, bad_lead_and_now_and_then(bad), seconds=2) as (receiver, workers):
        leads = await changed(world, LEADS, CHANGES)
        bad.append(encode_id("Lead", leads[0]))
        events = await told(world, leads)
        made, down = [await endpoint(world, receiver, path) for path in ("/hooks", "/down")]
        for count in KILLED_AT:
            await receiver.until_taken("/hooks", count)
            await asyncio.to_thread(workers.kill)
            await asyncio.to_thread(workers.start)
        # All the others are through while these still wait.
        await until_settled(world, made, pending=CHANGES, among=EVENTS)
        assert await states(world, down) == Counter(PENDING=EVENTS)

    good = [arrival for arrival in receiver.log if arrival.path == "/hooks"]
    assert receiver.messages("/hooks") == {id for lead, ids in events.items() if lead not in bad for id in ids}
    assert overtaken(good, events) == []
    assert receiver.forged == []
    assert {arrival.id for arrival in good if arrival.data["lead"]["id"] in bad} == {events[bad[0]][0]}
    assert not receiver.messages("/down")


def refused_at_first(_arrival: Arrival, before: int) -> Fault:
    return Fault.NONE if before else Fault.REFUSED


async def test_workers_that_do_not_keep_the_order_are_found_out(world: World, test_database: TestDatabase) -> None:
    async with delivering(world, test_database, refused_at_first, "order") as (receiver, _):
        leads = await changed(world, 3, 4)
        await endpoint(world, receiver, "/hooks")
        await receiver.until_taken("/hooks", 12)
    assert overtaken(receiver.log, await told(world, leads)) != []


async def test_workers_that_settle_before_they_send_are_found_out(world: World, test_database: TestDatabase) -> None:
    async with delivering(world, test_database, refused_at_first, "early") as (receiver, _):
        await changed(world, 3, 4)
        await until_settled(world, await endpoint(world, receiver, "/hooks"), pending=0, among=12)
    assert len(receiver.messages("/hooks")) < 12


@pytest.mark.parametrize(("planted", "repeats"), [("", False), ("lease", True)])
async def test_what_one_worker_sends_no_other_sends(world: World, test_database: TestDatabase, planted: str, repeats: bool) -> None:
    async with delivering(world, test_database, lambda _arrival, _before: Fault.NONE, planted, speed=1, seconds=PATIENCE) as (receiver, _):
        # No answer before both workers send at the same time: more than one alone sends at once, or what the other sends already.
        receiver.keeps_waiting = lambda: max(receiver.times.values()) == 1 if repeats else len(receiver.times) <= MOST_AT_ONCE
        await changed(world, MOST_AT_ONCE + 5, 10)
        await until_settled(world, await endpoint(world, receiver, "/hooks"), pending=0, among=(MOST_AT_ONCE + 5) * 10)
    assert len(receiver.messages("/hooks")) == (MOST_AT_ONCE + 5) * 10
    assert (max(receiver.times.values()) > 1) is repeats
