"""Pulling the feed: every event once and in order, for whoever may see the lead, from a cursor that nobody else can use."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from domain.access import SYSTEM, Role, Viewer, system_viewer
from domain.events import Event, EventType, FeedPosition
from domain.leads import Lead
from gql.events.cursors import encode_feed_cursor
from gql.ids import encode_id
from gql.scalars import written_instant
from persistence.database import Database
from persistence.histories import add_events
from tests.feeds import long_running_feed, tomorrow, write
from tests.worlds import World, build_world
from usecases.forget_events import expire_cursors, forget_old_events
from usecases.verbs import Call

PATIENCE = 120
FEED = """
query ($after: Cursor, $filter: EventFilter, $first: Int) {
  events(after: $after, filter: $filter, first: $first) {
    events { id type sequence at changes { field old new } facts { name value } actor { kind agent { name } } lead { id } }
    cursor
    hasMore
  }
}
"""


async def piece(world: World, after: str | None = None, *, viewer: Viewer | None = None, **variables: Any) -> dict[str, Any]:
    return (await world.ask(FEED, {"after": after, **variables}, viewer=viewer))["events"]


async def present(world: World) -> str:
    return (await piece(world))["cursor"]


async def pulled(world: World, after: str, count: int, *, viewer: Viewer | None = None, **variables: Any) -> list[dict[str, Any]]:
    """Pull until so many events have come: transactions of other tests may hold them back for a moment."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while len(found) < count:
            page = await piece(world, after, viewer=viewer, **variables)
            found += page["events"]
            after = page["cursor"]
    return found


async def change_status(world: World, lead: Lead, status: str, **more: Any) -> None:
    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status, **more}, "errors { __typename }")
    assert payload == {"errors": []}


async def refusal(world: World, after: str) -> tuple[str, list[str]]:
    body = await world.answer(FEED, {"after": after})
    return body["errors"][0]["extensions"]["code"], body["errors"][0]["path"]


async def test_an_event_tells_what_changed_who_did_it_and_why(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    start = await present(world)

    await world.tell(
        "changeLeadStatus",
        {"leadId": world.id(lead), "status": "DISQUALIFIED", "reason": "A student"},
        "errors { __typename }",
        viewer=world.viewer(Role.AGENT, world.ada),
    )
    await world.tell("assignLead", {"leadId": world.id(lead), "agentId": world.id(world.ben)}, "errors { __typename }")

    status, assigned = await pulled(world, start, 2)
    assert {name: status[name] for name in ("type", "sequence", "at", "changes", "facts", "actor", "lead")} == {
        "type": "LEAD_STATUS_CHANGED",
        "sequence": 1,
        "at": "2026-06-30T12:00:00Z",
        "changes": [{"field": "status", "old": "NEW", "new": "DISQUALIFIED"}],
        "facts": [{"name": "forced", "value": "false"}, {"name": "reason", "value": "A student"}],
        "actor": {"kind": "AGENT", "agent": {"name": "Ada"}},
        "lead": {"id": world.id(lead)},
    }
    assert (assigned["sequence"], assigned["changes"]) == (
        2,
        [{"field": "owner", "old": world.id(world.ada), "new": world.id(world.ben)}],
    )


async def test_an_event_is_a_node(world: World) -> None:
    lead, start = await world.lead(), await present(world)
    await change_status(world, lead, "CONTACTED")
    (event,) = await pulled(world, start, 1)

    again = await world.ask("query ($id: ID!) { node(id: $id) { ... on Event { id type } } }", {"id": event["id"]})

    assert again == {"node": {"id": event["id"], "type": "LEAD_STATUS_CHANGED"}}


async def test_without_a_cursor_the_answer_is_the_present(world: World) -> None:
    lead = await world.lead()
    await change_status(world, lead, "CONTACTED")

    page = await piece(world)

    assert (page["events"], page["hasMore"]) == ([], False)


async def test_the_events_of_a_hundred_changes_come_once_and_in_order_whatever_the_page(world: World) -> None:
    lead, start = await world.lead(), await present(world)
    for number in range(100):
        await change_status(world, lead, "NURTURING" if number % 2 else "CONTACTED")

    for first in (1, 9, 100):
        found = await pulled(world, start, 100, first=first)
        assert [event["sequence"] for event in found] == list(range(1, 101))


async def test_a_filter_keeps_the_types_and_leads_that_it_names(world: World) -> None:
    one, other = await world.lead(), await world.lead()
    start = await present(world)
    for lead in (one, other):
        await change_status(world, lead, "CONTACTED")
        await world.tell("deleteLead", {"leadId": world.id(lead)}, "errors { __typename }")
    await pulled(world, start, 4)

    deleted = await pulled(world, start, 2, filter={"types": ["LEAD_DELETED"]})
    of_one = await pulled(world, start, 2, filter={"leadIds": [world.id(one)]})
    both = await pulled(world, start, 1, filter={"types": ["LEAD_DELETED"], "leadIds": [world.id(one)]})

    assert [event["type"] for event in deleted] == ["LEAD_DELETED", "LEAD_DELETED"]
    assert [event["type"] for event in of_one] == ["LEAD_STATUS_CHANGED", "LEAD_DELETED"]
    assert [event["id"] for event in both] == [of_one[1]["id"]]
    assert both[0]["lead"] is None


async def test_an_agent_sees_the_events_of_leads_in_its_sight_and_no_more_when_they_leave_it(world: World) -> None:
    mine, foreign = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    ada = world.viewer(Role.AGENT, world.ada)
    start = await present(world)
    for lead in (foreign, mine):
        await change_status(world, lead, "CONTACTED")
    before = await pulled(world, start, 1, viewer=ada)

    await world.tell("assignLead", {"leadId": world.id(mine), "agentId": world.id(world.cleo)}, "errors { __typename }")
    await pulled(world, start, 3)

    assert [event["lead"]["id"] for event in before] == [world.id(mine)]
    assert (await piece(world, start, viewer=ada))["events"] == []


async def test_folding_the_events_of_status_ends_at_the_present(world: World) -> None:
    leads = [await world.lead() for _ in range(3)]
    start = await present(world)
    for round, status in enumerate(("CONTACTED", "NURTURING", "CONTACTED")):
        for lead in leads[round:]:
            await change_status(world, lead, status)

    folded: dict[str, str] = {}
    for event in await pulled(world, start, 6, filter={"types": ["LEAD_STATUS_CHANGED"]}):
        (change,) = event["changes"]
        assert change["old"] == folded.get(event["lead"]["id"], "NEW")
        folded[event["lead"]["id"]] = change["new"]
    now = await world.ask("{ leads { nodes { id status } } }")

    assert folded == {node["id"]: node["status"] for node in now["leads"]["nodes"]}


async def test_a_cursor_of_another_workspace_is_invalid(world: World, database: Database) -> None:
    stranger = await build_world(database)

    assert await refusal(world, await present(stranger)) == ("CURSOR_INVALID", ["events"])


def flipped(cursor: str, index: int) -> str:
    raw = bytearray(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[index] ^= 1
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("index", [0, 16, 23, 24, 39, 40, 47, 48, 55])
async def test_a_cursor_that_was_changed_anywhere_is_invalid(world: World, index: int) -> None:
    assert await refusal(world, flipped(await present(world), index)) == ("CURSOR_INVALID", ["events"])


@pytest.mark.parametrize("text", ["", "x", "bm9uZQ", "ä", "=" * 90, "A" * 75, "A" * 20_000, " "])
async def test_what_never_was_a_cursor_is_invalid(world: World, text: str) -> None:
    assert await refusal(world, text) == ("CURSOR_INVALID", ["events"])


async def test_a_cursor_of_another_database_is_invalid_and_never_silent(world: World) -> None:
    cursor = encode_feed_cursor(world.workspace.id, FeedPosition(2**62), world.at)

    assert await refusal(world, cursor) == ("CURSOR_INVALID", ["events"])


@pytest.fixture
async def old_world() -> AsyncIterator[World]:
    """A workspace whose feed has been running for weeks, now."""
    async with long_running_feed() as fresh:
        database = Database(fresh.dsn(), size=4)
        world = await build_world(database)
        world.at = datetime.now(UTC)
        yield world
        await database.close()


async def forget(world: World, days: int = 30) -> int:
    """Do as the timed task does; return how many partitions went."""
    return await forget_old_events(world.database, world.at, timedelta(days=days))


async def test_a_cursor_lives_as_long_as_what_follows_it(old_world: World) -> None:
    world, lead = old_world, await old_world.lead()
    now, edge = world.at, tomorrow() - timedelta(days=35)
    world.at = edge - timedelta(days=2)
    start = await present(world)
    world.at = edge + timedelta(hours=1)
    later = await present(world)
    world.at = now
    old, young = await write(world, lead, edge - timedelta(days=1), edge + timedelta(days=1))
    assert [event["at"] for event in await pulled(world, start, 2)] == [written_instant(old.at), written_instant(young.at)]
    assert await forget(world, days=60) == 0

    assert await forget(world) == 2

    assert await refusal(world, start) == ("CURSOR_EXPIRED", ["events"])
    body = await world.answer(FEED, {"after": start})
    assert body["errors"][0]["extensions"]["since"] == written_instant(edge + timedelta(hours=1))
    assert [event["sequence"] for event in await pulled(world, later, 1)] == [2]
    # The numbers of a lead's events go on, whatever was forgotten.
    numbers = await world.ask("query ($id: ID!) { lead(id: $id) { events(first: 9) { nodes { sequence } } } }", {"id": world.id(lead)})
    assert numbers["lead"]["events"]["nodes"] == [{"sequence": 2}]


async def test_a_cursor_expires_between_two_pages_when_what_follows_goes(old_world: World) -> None:
    world, lead = old_world, await old_world.lead()
    now, edge = world.at, tomorrow() - timedelta(days=35)
    world.at = edge - timedelta(days=20)
    start = await present(world)
    world.at = now
    await write(world, lead, *(edge + timedelta(days=day) for day in (-9, -8, -2, -1, 1)))
    async with asyncio.timeout(PATIENCE):
        while len((await piece(world, start))["events"]) < 5:
            pass
    first = await piece(world, start, first=2)
    second = await piece(world, first["cursor"], first=2)
    assert [event["sequence"] for event in (*first["events"], *second["events"])] == [1, 2, 3, 4]

    # The first cursor is followed by events that are gone; the second was given out before an instant of which all may be gone.
    assert await forget(world) == 2

    assert await refusal(world, first["cursor"]) == ("CURSOR_EXPIRED", ["events"])
    assert await refusal(world, second["cursor"]) == ("CURSOR_EXPIRED", ["events"])


async def test_a_page_of_histories_that_were_filled_in_ends_with_a_cursor_that_is_young(world: World) -> None:
    lead, start = await world.lead(), await present(world)
    happened = world.at - timedelta(days=300)
    async with world.database.writing(world.scope) as tx:
        await add_events(
            tx, [Event(id=uuid7(), lead_id=lead.id, sequence=n, type=EventType.LEAD_UPDATED, at=happened, actor=SYSTEM) for n in (1, 2)]
        )
    await pulled(world, start, 2)
    page = await piece(world, start, first=1)

    await expire_cursors(Call(world.database, system_viewer(world.workspace.id), world.at), datetime.now(UTC) - timedelta(days=1))

    assert [event["sequence"] for event in (await piece(world, page["cursor"]))["events"]] == [2]


async def test_to_keep_more_from_now_on_brings_no_cursor_back(old_world: World) -> None:
    now = old_world.at
    old_world.at = now - timedelta(days=20)
    start = await present(old_world)
    old_world.at = now
    assert await forget(old_world, days=10) == 5
    assert await forget(old_world, days=90) == 0

    assert await refusal(old_world, start) == ("CURSOR_EXPIRED", ["events"])


async def test_whoever_reads_on_at_the_end_keeps_a_cursor_that_stays_young(old_world: World) -> None:
    world, now = old_world, old_world.at
    page = await piece(world)
    for days in (60, 40, 20):
        world.at = now - timedelta(days=days)
        page = await piece(world, page["cursor"])
    world.at = now
    await forget(world)

    page = await piece(world, page["cursor"])
    assert (page["events"], page["hasMore"]) == ([], False)


@pytest.mark.parametrize("first", [0, 101, -1])
async def test_a_page_has_one_to_a_hundred_events(world: World, first: int) -> None:
    body = await world.answer(FEED, {"first": first})

    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_an_event_of_a_lead_out_of_sight_is_no_node(world: World) -> None:
    foreign, start = await world.lead(owner_id=world.cleo.id), await present(world)
    await change_status(world, foreign, "CONTACTED")
    (event,) = await pulled(world, start, 1)
    node = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    seen = await world.ask(node, {"ids": [event["id"], encode_id("Lead", foreign.id)]}, viewer=world.viewer(Role.AGENT, world.ada))

    assert seen == {"nodes": [None, None]}


async def test_a_leads_own_events_are_listed_from_the_lead(world: World) -> None:
    lead = await world.lead(first_name="Rosa")
    for status in ("CONTACTED", "NURTURING"):
        await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status}, "lead { id }")

    data = await world.ask(
        f'{{ lead(id: "{world.id(lead)}") {{ events(first: 2) {{ totalCount nodes {{ sequence type lead {{ name }} }} }} }} }}'
    )

    assert data["lead"]["events"] == {
        "totalCount": 2,
        "nodes": [
            {"sequence": 2, "type": "LEAD_STATUS_CHANGED", "lead": {"name": "Rosa"}},
            {"sequence": 1, "type": "LEAD_STATUS_CHANGED", "lead": {"name": "Rosa"}},
        ],
    }
