"""However writers hold each other's events back and followers come back, to other processes too: folding the stream equals asking anew."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from domain.leads import Lead
from gql.errors import PUBLIC_ERRORS
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from tests.events import unreadable
from tests.worlds import World

PATIENCE = 120
WRITERS, TURNS, CHANGES = 3, 5, 5
FOLLOW = """
subscription ($filter: LeadFilter!, $after: Cursor) { segmentChanged(filter: $filter, after: $after) { change leadId lead { id } cursor } }
"""
TAGS = ["Hot", "Cold"]
# For so many seconds a follower waits for something to be told before it breaks off.
LISTENS = [0.02, 0.5]


class Fold:
    """What a client makes of the stream."""

    def __init__(self) -> None:
        self.leads: set[str] = set()
        self.cursor: str | None = None

    def take(self, message: dict[str, Any]) -> None:
        """Fold one message in."""
        change, lead = message["change"], message["leadId"]
        if change == "RESET":
            self.leads = set()
            self.cursor = None
        elif change == "LEFT":
            self.leads.discard(lead)
        elif change != "SYNCED":
            self.leads.add(lead)
        self.cursor = message["cursor"] or self.cursor


async def follow(
    processes: Sequence[LiveOperations], world: World, filter: dict[str, Any], last: asyncio.Future[str], choices: random.Random
) -> set[str]:
    """Follow until the last lead is told, breaking off now and then and going on from the last cursor."""
    fold = Fold()
    while True:
        variables = {"filter": filter, "after": fold.cursor}
        live = choices.choice(processes)
        stream: Any = await live.subscribe(GraphQLRequest(FOLLOW, variables), world.viewer(), request_id="test")
        assert not isinstance(stream, GraphQLResponse), stream.body()
        if fold.cursor is None:
            fold.leads = set()
        try:
            for _ in range(choices.randint(3, 25)):
                try:
                    message = (await asyncio.wait_for(anext(stream), choices.choice(LISTENS))).body()
                except TimeoutError:
                    break
                fold.take(message["data"]["segmentChanged"])
                # Without a cursor more belongs to it: in the middle of a snapshot the last lead may come before others.
                complete = message["data"]["segmentChanged"]["cursor"] is not None
                if complete and last.done() and last.result() in fold.leads:
                    return fold.leads
        finally:
            await stream.aclose()


async def write(world: World, leads: list[Lead], choices: random.Random) -> None:
    """Change things at random. Of half of it nobody can read in the feed until some more is written."""
    for _ in range(TURNS):
        async with unreadable(world) if choices.random() < 0.5 else nullcontext():
            for _ in range(choices.randint(1, 2 * CHANGES)):
                await change(world, world.id(choices.choice(leads)), choices)


async def change(world: World, lead: str, choices: random.Random) -> None:
    """Change a lead, a tag or a segment."""
    match choices.randrange(7):
        case 0 | 1:
            await world.tell("updateLead", {"leadId": lead, "address": {"country": choices.choice(["PT", "ES"])}}, "lead { id }")
        case 2:
            tags = [choices.choice(TAGS)]
            await world.tell("tagLeads", {"leadIds": [lead], "tags": tags, "errorPolicy": "SKIP_FAILED"}, "rows { index }")
        case 3:
            await world.tell("untagLeads", {"leadIds": [lead], "tags": TAGS, "errorPolicy": "SKIP_FAILED"}, "rows { index }")
        case 4:
            await world.tell(choices.choice(["deleteLead", "restoreLead"]), {"leadId": lead}, "errors { __typename }")
        case 5:
            found = (await world.ask("{ tags { nodes { id } } }"))["tags"]["nodes"]
            if found and choices.random() < 0.5:
                await world.tell("deleteTag", {"tagId": choices.choice(found)["id"]}, "deleted")
        case _:
            segment = (await world.ask("{ segments { nodes { id } } }"))["segments"]["nodes"][0]["id"]
            filter = {"country": {"eq": choices.choice(["PT", "ES", "FR"])}}
            await world.tell("updateSegment", {"segmentId": segment, "filter": filter}, "errors { __typename }")


@pytest.mark.parametrize("seed", range(3))
async def test_folding_the_stream_equals_asking_anew(world: World, seed: int) -> None:
    choices = random.Random(seed)
    leads = [await world.lead(country=choices.choice(["PT", "ES"])) for _ in range(12)]
    created = await world.tell("createSegment", {"name": "Moving", "filter": {"country": {"eq": "FR"}}}, "segment { id }")
    filter = {
        "or": [
            {"country": {"eq": "PT"}, "not": {"tags": {"anyOf": ["cold"]}}},
            {"tags": {"anyOf": ["hot"]}},
            {"segment": {"in": [created["segment"]["id"]]}},
        ]
    }
    hubs = [Hub(world.database, poll_seconds=0.05) for _ in range(2)]
    executor = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS)
    processes = [LiveOperations(executor, world.database, hub, now=lambda: world.at) for hub in hubs]
    last: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with asyncio.timeout(PATIENCE), hubs[0].running(signals=False), hubs[1].running(signals=False):
        followers = [asyncio.create_task(follow(processes, world, filter, last, random.Random(seed * 10 + n))) for n in range(2)]
        await asyncio.gather(*(write(world, leads, random.Random(seed * 100 + n)) for n in range(WRITERS)))
        created = await world.tell("createLead", {"address": {"country": "PT"}}, "lead { id }")
        last.set_result(created["lead"]["id"])
        folded = await asyncio.gather(*followers)

    asked = await world.ask("query ($filter: LeadFilter) { leads(filter: $filter, first: 100) { nodes { id } } }", {"filter": filter})
    now = {lead["id"] for lead in asked["leads"]["nodes"]}
    assert [each == now for each in folded] == [True, True], (folded, now)
