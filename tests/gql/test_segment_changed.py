"""Following a set of leads: the snapshot, what enters, changes and leaves, and how to go on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import AsyncExitStack
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from gql.subscriptions import segments
from gql.subscriptions.hub import Hub
from tests.events import settled, unreadable
from tests.gql.live_studio import Studio, Watching
from tests.worlds import World

FOLLOW = """
subscription ($filter: LeadFilter!, $after: Cursor) {
  segmentChanged(filter: $filter, after: $after) { change leadId lead { name } cursor }
}
"""
PORTUGAL: Mapping[str, Any] = {"filter": {"country": {"eq": "PT"}}}


@pytest.fixture
async def studio(world: World) -> AsyncGenerator[Studio]:
    hub = Hub(world.database, poll_seconds=0.05)
    yield Studio(world, hub)
    assert hub.figures == {}, "somebody left without closing"


async def told(watching: Watching, count: int) -> list[tuple[str, str | None]]:
    return [(each["change"], each["leadId"]) for each in await watching.take(count)]


async def folded(watching: Watching, leads: Collection[str]) -> set[str]:
    """Fold what is told next into a set of leads, up to the next cursor: how much is told at once is not promised, what it comes to is."""
    now, cursor = set(leads), None
    while cursor is None:
        each = await watching.next()
        change, lead, cursor = each["change"], each["leadId"], each["cursor"]
        now = set[str]() if change == "RESET" else now - {lead} if change == "LEFT" else now | ({lead} - {None})
    return now


async def move(world: World, lead: Lead, country: str) -> None:
    payload = await world.tell("updateLead", {"leadId": world.id(lead), "address": {"country": country}}, "errors { __typename }")
    assert payload == {"errors": []}


async def test_a_snapshot_comes_first_and_then_what_enters_changes_and_leaves(studio: Studio) -> None:
    world = studio.world
    first, second = await world.lead(country="PT", first_name="Rui"), await world.lead(country="ES")

    async with studio.watching(FOLLOW, PORTUGAL) as watching:
        reset, snapshot, synced = await watching.take(3)
        assert (reset["change"], reset["leadId"], reset["cursor"]) == ("RESET", None, None)
        assert snapshot == {"change": "SNAPSHOT", "leadId": world.id(first), "lead": {"name": "Rui"}, "cursor": None}
        assert (synced["change"], synced["cursor"] is not None) == ("SYNCED", True)

        await move(world, second, "PT")
        assert await told(watching, 1) == [("ENTERED", world.id(second))]
        await world.tell("updateLead", {"leadId": world.id(first), "notes": "x"}, "errors { __typename }")
        assert await told(watching, 1) == [("CHANGED", world.id(first))]
        await move(world, await world.lead(country="FR"), "ES")
        await move(world, first, "ES")
        assert await told(watching, 1) == [("LEFT", world.id(first))]
        await world.tell("deleteLead", {"leadId": world.id(second)}, "errors { __typename }")
        assert await told(watching, 1) == [("LEFT", world.id(second))]


async def test_what_moves_leads_without_an_event_of_their_own_is_told_too(studio: Studio) -> None:
    world = studio.world
    lead = await world.lead(country="PT")
    await world.tell("tagLeads", {"leadIds": [world.id(lead)], "tags": ["Hot"]}, "errors { __typename }")
    created = await world.tell("createSegment", {"name": "Home", "filter": {"country": {"eq": "PT"}}}, "segment { id }")
    segment = created["segment"]["id"]
    tag = (await world.ask("{ tags { nodes { id } } }"))["tags"]["nodes"][0]["id"]
    filter = {"or": [{"tags": {"anyOf": ["hot"]}}, {"segment": {"in": [segment]}}]}
    await settled(world)

    async with studio.watching(FOLLOW, {"filter": filter}) as watching:
        assert await told(watching, 3) == [("RESET", None), ("SNAPSHOT", world.id(lead)), ("SYNCED", None)]

        await world.tell("updateSegment", {"segmentId": segment, "filter": {"country": {"eq": "ES"}}}, "errors { __typename }")
        assert await told(watching, 1) == [("SYNCED", None)]
        await world.tell("updateTag", {"tagId": tag, "name": "Cold"}, "errors { __typename }")
        assert await told(watching, 2) == [("LEFT", world.id(lead)), ("SYNCED", None)]
        await world.tell("deleteSegment", {"segmentId": segment}, "deleted")
        assert await told(watching, 1) == [("SYNCED", None)]


async def test_who_comes_back_is_told_what_became_of_those_that_changed(studio: Studio) -> None:
    world = studio.world
    stays, leaves, comes = [await world.lead(country=country) for country in ("PT", "PT", "ES")]
    async with studio.watching(FOLLOW, PORTUGAL) as watching:
        cursor = (await watching.take(4))[-1]["cursor"]
    await move(world, leaves, "ES")
    await move(world, comes, "PT")
    await settled(world)

    async with studio.watching(FOLLOW, {**PORTUGAL, "after": cursor}) as watching:
        assert await told(watching, 3) == [("LEFT", world.id(leaves)), ("ENTERED", world.id(comes)), ("SYNCED", None)]
        await move(world, stays, "ES")
        assert await told(watching, 1) == [("LEFT", world.id(stays))]


async def test_who_comes_back_after_more_than_leads_changed_begins_anew(studio: Studio) -> None:
    world = studio.world
    lead = await world.lead(country="PT")
    async with studio.watching(FOLLOW, PORTUGAL) as watching:
        cursor = (await watching.take(3))[-1]["cursor"]
    created = await world.tell("createTag", {"name": "Hot"}, "tag { id }")
    await world.tell("deleteTag", {"tagId": created["tag"]["id"]}, "deleted")
    await settled(world)

    async with studio.watching(FOLLOW, {**PORTUGAL, "after": cursor}) as watching:
        assert await told(watching, 3) == [("RESET", None), ("SNAPSHOT", world.id(lead)), ("SYNCED", None)]


async def test_a_lead_that_left_before_its_event_could_be_read_is_told_however_often_it_changes(studio: Studio) -> None:
    world = studio.world
    leaves, comes, follows = [await world.lead(country=country) for country in ("PT", "ES", "ES")]
    async with studio.watching(FOLLOW, PORTUGAL) as watching:
        cursor = (await watching.take(3))[-1]["cursor"]

    async with AsyncExitStack() as stack:
        async with unreadable(world):
            await move(world, leaves, "ES")
            watching = await stack.enter_async_context(studio.watching(FOLLOW, {**PORTUGAL, "after": cursor}))
            assert await told(watching, 1) == [("SYNCED", None)]
            await move(world, leaves, "FR")
        await move(world, comes, "PT")
        await move(world, follows, "PT")
        assert await told(watching, 2) == [("LEFT", world.id(leaves)), ("ENTERED", world.id(comes))]


async def test_a_lead_that_left_before_its_event_could_be_read_is_told_when_a_tag_is_deleted_after_it(studio: Studio) -> None:
    world = studio.world
    stays, leaves = [await world.lead(country="PT") for _ in range(2)]
    tag = (await world.tell("createTag", {"name": "Hot"}, "tag { id }"))["tag"]["id"]
    await settled(world)
    async with studio.watching(FOLLOW, PORTUGAL) as watching:
        cursor = (await watching.take(4))[-1]["cursor"]

    async with AsyncExitStack() as stack:
        async with unreadable(world):
            await move(world, leaves, "ES")
            watching = await stack.enter_async_context(studio.watching(FOLLOW, {**PORTUGAL, "after": cursor}))
            assert await told(watching, 1) == [("SYNCED", None)]
            await world.tell("deleteTag", {"tagId": tag}, "deleted")
        assert await folded(watching, {world.id(stays), world.id(leaves)}) == {world.id(stays)}


async def test_an_agent_is_told_that_a_lead_left_its_sight_and_never_of_others(studio: Studio) -> None:
    world = studio.world
    mine = await world.lead(country="PT", owner_id=world.ada.id, first_name="Rui")
    other = await world.lead(country="PT", owner_id=world.cleo.id)
    agent = world.viewer(Role.AGENT, world.ada)

    async with studio.watching(FOLLOW, PORTUGAL, viewer=agent) as watching:
        assert await told(watching, 3) == [("RESET", None), ("SNAPSHOT", world.id(mine)), ("SYNCED", None)]
        await world.tell("updateLead", {"leadId": world.id(other), "notes": "x"}, "errors { __typename }")
        await world.tell("assignLead", {"leadId": world.id(mine), "agentId": world.id(world.cleo)}, "errors { __typename }")
        left = await watching.next()
        assert (left["change"], left["leadId"], left["lead"]) == ("LEFT", world.id(mine), None)
        cursor = left["cursor"]

    async with studio.watching(FOLLOW, {**PORTUGAL, "after": cursor}, viewer=agent) as watching:
        assert await told(watching, 2) == [("RESET", None), ("SYNCED", None)]


async def test_an_agent_who_goes_to_another_team_sees_other_leads(studio: Studio) -> None:
    world = studio.world
    bens = await world.lead(country="PT", owner_id=world.ben.id)

    async with studio.watching(FOLLOW, PORTUGAL, viewer=world.viewer(Role.AGENT, world.ada)) as watching:
        assert await told(watching, 3) == [("RESET", None), ("SNAPSHOT", world.id(bens)), ("SYNCED", None)]
        input = {"agentId": world.id(world.ben), "teamId": world.id(world.other_team)}
        await world.tell("updateAgent", input, "errors { __typename }")
        assert await told(watching, 2) == [("LEFT", world.id(bens)), ("SYNCED", None)]


async def test_what_cannot_be_followed_is_refused(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await studio.refusal(FOLLOW, {**PORTUGAL, "after": "nonsense"}) == "CURSOR_INVALID"
    assert await studio.refusal(FOLLOW, {"filter": {"deleted": True}}) == "BAD_USER_INPUT"
    for _ in range(3):
        await studio.world.lead(country="PT")
    monkeypatch.setattr(segments, "MAX_MEMBERS", 2)
    assert await studio.refusal(FOLLOW, PORTUGAL) == "BAD_USER_INPUT"
