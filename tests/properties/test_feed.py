"""However writers overlap and readers come and go, each reader sees each event once, and those of a lead in their order."""

from __future__ import annotations

import asyncio
import random
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from domain.access import SYSTEM, LeadVisibility
from domain.events import Event, EventFilter, EventType, FeedPosition
from domain.leads import Lead
from gql.errors import PUBLIC_ERRORS
from gql.events.cursors import encode_feed_cursor
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from persistence.database import Scope
from persistence.feed import feed_end, feed_page
from persistence.histories import add_events
from tests.worlds import World

WRITERS, TRANSACTIONS, MOST_EVENTS = 4, 12, 5
TYPES = (EventType.LEAD_UPDATED, EventType.LEAD_TAGGED, EventType.LEAD_DEAL_CHANGED)
CHANGES = "subscription ($after: Cursor) { leadChanged(after: $after) { cursor event { sequence } lead { id } } }"
PATIENCE = 90


async def write(world: World, lead: Lead, choices: random.Random) -> list[Event]:
    """Be one writer with a lead of its own: transactions of random size, of which some stay open while others begin and end."""
    written: list[Event] = []
    for _ in range(TRANSACTIONS):
        async with world.database.writing(world.scope) as tx:
            for _ in range(choices.randint(1, MOST_EVENTS)):
                event = Event(
                    id=uuid7(),
                    lead_id=lead.id,
                    sequence=len(written) + 1,
                    type=choices.choice(TYPES),
                    at=world.at,
                    actor=SYSTEM,
                )
                await add_events(tx, [event])
                written.append(event)
                for _ in range(choices.randint(0, 4)):
                    await asyncio.sleep(0)
    return written


async def pull(
    world: World, after: FeedPosition, scope: Scope, filter: EventFilter, wanted: set[UUID], choices: random.Random
) -> list[UUID]:
    """Be one reader: pages of random size over windows of random width, until everything that is wanted has come."""
    seen: list[UUID] = []
    async with asyncio.timeout(PATIENCE):
        while not wanted or not wanted <= set(seen):
            async with world.database.reading(scope) as db:
                page = await feed_page(db, after, filter, choices.randint(1, 7), looked_at=choices.randint(1, 20))
            seen += [event.id for _, event in page.events]
            after = page.position
            await asyncio.sleep(0)
    return seen


@pytest.mark.parametrize("seed", range(3))
async def test_overlapping_writers_are_pulled_completely_by_every_kind_of_reader(world: World, seed: int) -> None:
    choices = random.Random(seed)
    leads = [await world.lead(owner_id=owner) for owner in (world.ada.id, world.cleo.id, world.ada.id, None)]
    async with world.database.reading(world.scope) as db:
        start = await feed_end(db)
    events: set[UUID] = set()
    watching = asyncio.create_task(pull_while(world, start, events, random.Random(seed)))

    written = await asyncio.gather(*(write(world, lead, random.Random(choices.random())) for lead in leads))
    everything = {event.id: event for each in written for event in each}
    events.update(everything)

    mine = Scope(world.workspace.id, LeadVisibility(world.ada.id, None, pool=False))
    tagged = EventFilter(types=(EventType.LEAD_TAGGED,))
    of_ada = {event.id for each in (written[0], written[2]) for event in each}
    of_tags = {id for id, event in everything.items() if event.type is EventType.LEAD_TAGGED}
    seen_by = [
        (await watching, set(everything)),
        (await pull(world, start, mine, EventFilter(), of_ada, choices), of_ada),
        (await pull(world, start, world.scope, tagged, of_tags, choices), of_tags),
    ]

    for seen, wanted in seen_by:
        assert set(seen) == wanted
        assert len(seen) == len(wanted)
        for lead in leads:
            sequences = [everything[id].sequence or 0 for id in seen if everything[id].lead_id == lead.id]
            assert sequences == sorted(sequences)


async def pull_while(world: World, start: FeedPosition, events: set[UUID], choices: random.Random) -> list[UUID]:
    """Read while others write; `events` is filled when they are done."""
    return await pull(world, start, world.scope, EventFilter(), events, choices)


@pytest.mark.parametrize("seed", range(2))
async def test_a_subscriber_that_breaks_off_at_random_misses_and_repeats_nothing(world: World, seed: int) -> None:
    choices = random.Random(seed)
    leads = [await world.lead() for _ in range(WRITERS)]
    executor = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS)
    # Few answers are kept, so that the way from the table back to the others is taken often.
    live = LiveOperations(executor, world.database, Hub(world.database, poll_seconds=0.02, keeps=4), now=lambda: world.at)
    async with world.database.reading(world.scope) as db:
        after: str = encode_feed_cursor(world.workspace.id, await feed_end(db), world.at)
    writing = asyncio.gather(*(write(world, lead, random.Random(choices.random())) for lead in leads))
    steady: Any = await live.subscribe(GraphQLRequest(CHANGES, {"after": after}), world.viewer(), request_id="steady")

    told: dict[str, list[int]] = {}
    count = connections = 0
    async with asyncio.timeout(PATIENCE):
        while not writing.done() or count < sum(map(len, writing.result())):
            answers: Any = await live.subscribe(GraphQLRequest(CHANGES, {"after": after}), world.viewer(), request_id="test")
            assert not isinstance(answers, GraphQLResponse), answers.body()
            connections += 1
            for _ in range(choices.randint(0, 6)):
                if writing.done() and count == sum(map(len, writing.result())):
                    break
                change = (await anext(answers)).data["leadChanged"]
                told.setdefault(change["lead"]["id"], []).append(change["event"]["sequence"])
                after = change["cursor"]
                count += 1
            await answers.aclose()
        everything = [(await anext(steady)).data["leadChanged"]["event"]["sequence"] for _ in range(count)]
    await steady.aclose()

    assert connections > 10
    assert told == {world.id(lead): list(range(1, len(events) + 1)) for lead, events in zip(leads, writing.result(), strict=True)}
    assert sorted(everything) == sorted(sequence for sequences in told.values() for sequence in sequences)
