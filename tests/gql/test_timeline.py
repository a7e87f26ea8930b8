"""A lead's timeline: six kinds of entries in one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.access import ActorKind
from domain.leads import Assignment, Lead
from domain.pipelines import StageStay
from persistence import histories
from tests.worlds import NOON, World

ENTRY = """
fragment Entry on TimelineEntry {
    kind: __typename
    ... on Node { id }
    ... on Activity { occurredAt }
    ... on ContactAttempt { occurredAt }
    ... on StatusChange { at }
    ... on Assignment { at }
    ... on ScoreChange { at }
    ... on StageStay { enteredAt stage { name } }
}
"""
TIMELINE = """
query ($id: ID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $types: [TimelineEntryType!]) {
    lead(id: $id) { timeline(first: $first, after: $after, last: $last, before: $before, types: $types) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { ...Entry }
    } }
}
"""


async def timeline(world: World, lead: Lead, **arguments: Any) -> dict[str, Any]:
    return (await world.ask(TIMELINE + ENTRY, {"id": world.id(lead), **arguments}))["lead"]["timeline"]


def kinds(page: dict[str, Any]) -> list[str]:
    return [node["kind"] for node in page["nodes"]]


async def moved_and_assigned(world: World, lead: Lead, at: datetime) -> None:
    """Write a stay and an assignment into the lead's histories."""
    actor: dict[str, Any] = {"actor_kind": ActorKind.SYSTEM, "actor_id": None}
    nobody: UUID | None = None
    stage = world.stages[0]
    stay = StageStay(uuid7(), lead.id, stage.pipeline_id, stage.id, at, None, ActorKind.SYSTEM, nobody, None, nobody)
    assignment = Assignment(
        id=uuid7(),
        lead_id=lead.id,
        from_agent_id=None,
        agent_id=world.ada.id,
        strategy="MANUAL",
        reason=None,
        at=at + timedelta(minutes=1),
        **actor,
    )
    async with world.database.writing(world.scope) as tx:
        await histories.add_entries(tx, [stay, assignment])


async def eventful_lead(world: World) -> Lead:
    """Make a lead with one entry of each kind, a minute or more apart; the score moved twice."""
    world.at = NOON - timedelta(days=1)
    lead = await world.lead()
    await moved_and_assigned(world, lead, NOON - timedelta(hours=5))
    world.at = NOON
    visited, called = (NOON - timedelta(hours=hours) for hours in (4, 3))
    await world.tell(
        "recordActivity",
        {"leadId": world.id(lead), "type": "NOTE_ADDED", "occurredAt": visited.isoformat(), "body": "-"},
        "activity { id }",
    )
    await world.tell(
        "recordContactAttempt",
        {
            "leadId": world.id(lead),
            "channel": "PHONE",
            "direction": "INBOUND",
            "outcome": "CONNECTED",
            "occurredAt": called.isoformat(),
        },
        "created",
    )
    world.at = NOON + timedelta(hours=1)
    await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CONTACTED"}, "lead { id }")
    return replace(lead)


ALL_KINDS = ["StatusChange", "ScoreChange", "ContactAttempt", "Activity", "Assignment", "StageStay", "ScoreChange"]


async def test_everything_that_happened_is_in_one_order_the_latest_first(world: World) -> None:
    lead = await eventful_lead(world)

    page = await timeline(world, lead)

    assert kinds(page) == ALL_KINDS
    assert page["totalCount"] == 7
    assert [next(node[name] for name in ("at", "occurredAt", "enteredAt") if name in node) for node in page["nodes"]] == [
        "2026-06-30T13:00:00Z",
        "2026-06-30T12:00:00Z",
        "2026-06-30T09:00:00Z",
        "2026-06-30T08:00:00Z",
        "2026-06-30T07:01:00Z",
        "2026-06-30T07:00:00Z",
        "2026-06-29T12:00:00Z",
    ]
    assert page["nodes"][5]["stage"] == {"name": "Discovery"}


async def test_pages_join_without_a_gap_in_both_directions(world: World) -> None:
    lead = await eventful_lead(world)
    whole = [node["id"] for node in (await timeline(world, lead))["nodes"]]

    forward: list[str] = []
    page = await timeline(world, lead, first=2)
    forward += [node["id"] for node in page["nodes"]]
    while page["pageInfo"]["hasNextPage"]:
        page = await timeline(world, lead, first=2, after=page["pageInfo"]["endCursor"])
        forward += [node["id"] for node in page["nodes"]]
    backward: list[str] = []
    page = await timeline(world, lead, last=3)
    backward = [node["id"] for node in page["nodes"]] + backward
    while page["pageInfo"]["hasPreviousPage"]:
        page = await timeline(world, lead, last=3, before=page["pageInfo"]["startCursor"])
        backward = [node["id"] for node in page["nodes"]] + backward

    assert forward == whole
    assert backward == whole


async def test_entries_at_the_same_instant_keep_their_order_across_pages(world: World) -> None:
    lead = await world.lead()
    visit = {"leadId": world.id(lead), "type": "PAGE_VIEWED", "occurredAt": NOON.isoformat()}
    await world.tell("recordActivities", {"rows": [visit] * 9}, "rows { index }")

    first = await timeline(world, lead, first=5)
    second = await timeline(world, lead, first=20, after=first["pageInfo"]["endCursor"])

    assert len({node["id"] for node in first["nodes"] + second["nodes"]}) == first["totalCount"] == 11


async def test_only_the_kinds_that_are_asked_for_are_shown_and_counted(world: World) -> None:
    lead = await eventful_lead(world)

    page = await timeline(world, lead, types=["CONTACT_ATTEMPT", "STATUS_CHANGE"])
    none = await timeline(world, lead, types=[])

    assert kinds(page) == ["StatusChange", "ContactAttempt"]
    assert page["totalCount"] == 2
    assert (kinds(none), none["totalCount"]) == ([], 0)


async def test_timelines_of_many_leads_take_as_many_statements_as_one(world: World) -> None:
    query = "query ($first: Int) { leads(first: $first) { nodes { timeline(first: 20) { totalCount nodes { ...Entry } } } } }" + ENTRY
    await eventful_lead(world)
    with world.recorded() as one:
        await world.ask(query, {"first": 10})
    for _ in range(4):
        await eventful_lead(world)
    with world.recorded() as five:
        answer = await world.ask(query, {"first": 10})

    assert [kinds(lead["timeline"]) for lead in answer["leads"]["nodes"]] == [ALL_KINDS] * 5
    assert len(one) == len(five) == 1 + 1 + 6 + 1 + 1  # leads, places, one of each kind, counts, and the stage
