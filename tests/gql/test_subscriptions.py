"""Subscriptions: every change once and in order, to whoever may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.access import SYSTEM, Permission, Role
from domain.events import Event, EventType, FeedPosition
from domain.leads import Lead
from gql.events.cursors import encode_feed_cursor
from gql.subscriptions.hub import Hub
from persistence.database import Database
from persistence.histories import add_events
from tests.conftest import TestDatabase
from tests.gql.live_studio import PATIENCE, STATUS, Studio, change_status, studio, swing
from tests.worlds import World, build_world

SCORE = """
subscription ($minDelta: Int, $grades: [Grade!]) {
  leadScoreChanged(minDelta: $minDelta, grades: $grades) {
    fromTotal total delta fromGrade grade fromTemperature temperature cause
    entry { total categories { key points } } event { cause { kind } }
  }
}
"""

__all__ = ["studio"]


async def update(world: World, lead: Lead, company: Mapping[str, Any]) -> None:
    payload = await world.tell("updateLead", {"leadId": world.id(lead), "company": company}, "errors { __typename }")
    assert payload == {"errors": []}


async def test_a_change_of_status_is_told_as_it_was(world: World, studio: Studio) -> None:
    lead = await world.lead()
    async with studio.watching(STATUS) as watching:
        await swing(world, lead, 2)
        first, second = await watching.take(2)

    # The lead is NURTURING by now; the first change is told as it was all the same.
    assert (first["fromStatus"], first["status"], first["event"]) == ("NEW", "CONTACTED", {"sequence": 1})
    assert (second["fromStatus"], second["status"], second["event"]) == ("CONTACTED", "NURTURING", {"sequence": 2})
    assert first["lead"] == {"id": world.id(lead)}


async def test_a_move_of_the_score_is_told_with_all_that_goes_with_it(world: World, studio: Studio) -> None:
    lead = await world.lead()
    async with studio.watching(SCORE) as watching:
        await world.tell(
            "updateLead", {"leadId": world.id(lead), "company": {"name": "Engines", "employees": 600}}, "errors { __typename }"
        )
        moved = await watching.next()

    assert moved == {
        "fromTotal": 0,
        "total": 25,
        "delta": 25,
        "fromGrade": "D",
        "grade": "D",
        "fromTemperature": "COLD",
        "temperature": "COLD",
        "cause": "FIELD_CHANGE",
        "entry": {
            "total": 25,
            "categories": [
                {"key": "demographic", "points": 5},
                {"key": "behavioural", "points": 0},
                {"key": "engagement", "points": 0},
                {"key": "firmographic", "points": 20},
                {"key": "intent", "points": 0},
            ],
        },
        "event": {"cause": {"kind": "REQUEST"}},
    }


async def test_small_moves_and_other_grades_are_left_out(world: World, studio: Studio) -> None:
    lead = await world.lead(email_clicks=4, email_opens=5, social_engagements=5)
    async with studio.watching(SCORE, {"minDelta": 20}) as large, studio.watching(SCORE, {"grades": ["C"]}) as to_c:
        for company in ({"name": "Engines"}, {"employees": 600}):
            await update(world, lead, company)

        assert [(moved["fromTotal"], moved["total"], moved["grade"]) for moved in (await large.next(), await to_c.next())] == [
            (30, 50, "C"),
            (30, 50, "C"),
        ]


async def test_assignments_activities_and_moves_between_stages_are_told(world: World, studio: Studio) -> None:
    lead = await world.lead(owner_id=world.ada.id)
    assigned = "subscription { leadAssigned { fromAgent { name } agent { name } reason } }"
    recorded = "subscription { activityRecorded { activity { type } lead { id } } }"
    moved = "subscription { pipelineChanged { fromStage { name } stage { name } pipeline { name } } }"
    async with studio.watching(assigned) as owners, studio.watching(recorded) as activities, studio.watching(moved) as stages:
        id = world.id(lead)
        await world.tell("assignLead", {"leadId": id, "agentId": world.id(world.ben)}, "errors { __typename }")
        await world.tell(
            "recordActivity", {"leadId": id, "type": "PAGE_VIEWED", "occurredAt": world.at.isoformat()}, "errors { __typename }"
        )
        await world.tell("moveLeadToStage", {"leadId": id, "stageId": world.id(world.stages[1])}, "errors { __typename }")

        assert await owners.next() == {"fromAgent": {"name": "Ada"}, "agent": {"name": "Ben"}, "reason": None}
        assert await activities.next() == {"activity": {"type": "PAGE_VIEWED"}, "lead": {"id": id}}
        assert await stages.next() == {"fromStage": None, "stage": {"name": "Offer"}, "pipeline": {"name": "Sales"}}


async def test_whoever_reconnects_a_hundred_times_sees_every_change_once_and_in_order(world: World, studio: Studio) -> None:
    lead = await world.lead()
    after = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    changing = asyncio.create_task(swing(world, lead, 200))
    seen: list[int] = []
    for _ in range(100):
        async with studio.watching(STATUS, {"after": after}) as watching:
            for change in await watching.take(2):
                seen.append(change["event"]["sequence"])
                after = change["cursor"]
    await changing

    assert seen == list(range(1, 201))


async def test_a_cursor_of_the_feed_goes_on_as_a_subscription_and_back(world: World, studio: Studio) -> None:
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    await swing(world, lead, 2)
    async with studio.watching(STATUS, {"after": start}) as watching:
        first = await watching.next()
    pulled: list[Any] = []
    query = "query ($after: Cursor) { events(after: $after) { events { sequence } } }"
    async with asyncio.timeout(PATIENCE):
        while not pulled:
            pulled = (await world.ask(query, {"after": first["cursor"]}))["events"]["events"]

    assert (first["event"]["sequence"], pulled) == (1, [{"sequence": 2}])


async def test_folding_what_was_told_ends_at_the_present(world: World, studio: Studio) -> None:
    leads = [await world.lead() for _ in range(3)]
    async with studio.watching(STATUS) as watching:
        await asyncio.gather(*(swing(world, lead, 3 + number) for number, lead in enumerate(leads)))
        folded = {change["lead"]["id"]: change["status"] for change in await watching.take(12)}
    now = await world.ask("{ leads { nodes { id status } } }")

    assert folded == {node["id"]: node["status"] for node in now["leads"]["nodes"]}


async def test_a_lead_that_leaves_an_agents_sight_is_not_told_of_any_more(world: World, studio: Studio) -> None:
    mine, other = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.ada.id)
    async with studio.watching(STATUS, viewer=world.viewer(Role.AGENT, world.ada)) as watching:
        await change_status(world, mine, "CONTACTED")
        assert (await watching.next())["lead"]["id"] == world.id(mine)

        await world.tell("assignLead", {"leadId": world.id(mine), "agentId": world.id(world.cleo)}, "errors { __typename }")
        await change_status(world, mine, "NURTURING")
        await change_status(world, other, "CONTACTED")

        assert (await watching.next())["lead"]["id"] == world.id(other)


async def test_a_filter_looks_at_the_lead_as_it_is_when_it_is_told(world: World, studio: Studio) -> None:
    small, large = await world.lead(employees=5), await world.lead(employees=900)
    async with (
        studio.watching(STATUS, {"filter": {"employees": {"gte": 500}}}) as by_size,
        studio.watching(STATUS, {"leadIds": [world.id(large)]}) as by_id,
    ):
        await change_status(world, small, "CONTACTED")
        await change_status(world, large, "CONTACTED")

        for watching in (by_size, by_id):
            assert (await watching.next())["lead"] == {"id": world.id(large)}


async def test_a_deletion_is_told_without_the_lead(world: World, studio: Studio) -> None:
    lead = await world.lead()
    async with studio.watching("subscription { leadChanged { event { type } lead { id } } }") as watching:
        await world.tell("deleteLead", {"leadId": world.id(lead)}, "errors { __typename }")

        assert await watching.next() == {"event": {"type": "LEAD_DELETED"}, "lead": None}


async def test_two_workspaces_never_cross(world: World, database: Database, studio: Studio) -> None:
    stranger = await build_world(database)
    theirs, mine = await stranger.lead(), await world.lead()
    async with studio.watching(STATUS) as watching, studio.watching(STATUS, viewer=stranger.viewer()) as foreign:
        await change_status(stranger, theirs, "CONTACTED")
        await change_status(world, mine, "CONTACTED")

        assert (await watching.next())["lead"] == {"id": world.id(mine)}
        assert (await foreign.next())["lead"] == {"id": world.id(theirs)}


async def test_a_transaction_that_commits_late_is_told_in_its_place(world: World, studio: Studio, database: Database) -> None:
    slow, quick = await world.lead(), await world.lead()
    async with studio.watching("subscription { leadChanged { lead { id } } }") as watching:
        async with database.writing(world.scope) as tx:
            await tx.fetch_value(text("SELECT pg_current_xact_id()::text"))
            await change_status(world, quick, "CONTACTED")
            event = Event(id=uuid7(), lead_id=slow.id, sequence=1, type=EventType.LEAD_UPDATED, at=world.at, actor=SYSTEM)
            await add_events(tx, [event])

        assert [change["lead"]["id"] for change in await watching.take(2)] == [world.id(slow), world.id(quick)]


async def test_hints_of_one_process_reach_another(world: World, test_database: TestDatabase) -> None:
    """Polling is as good as off: only a hint can bring the change in time."""
    elsewhere = Database(test_database.dsn(), size=2)
    hub = Hub(elsewhere, poll_seconds=3600)
    sender = Hub(world.database, poll_seconds=3600)
    lead = await world.lead()
    studio = Studio(world, hub)
    try:
        async with hub.running(), sender.running(), studio.watching(STATUS) as watching:
            await change_status(world, lead, "CONTACTED")
            assert (await watching.next())["status"] == "CONTACTED"
    finally:
        await elsewhere.close()


async def test_without_any_hint_polling_finds_the_change(world: World, studio: Studio) -> None:
    lead = await world.lead()
    assert world.database.on_told is None
    async with studio.watching(STATUS) as watching:
        await change_status(world, lead, "CONTACTED")

        assert (await watching.next())["status"] == "CONTACTED"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { leadChanged { cursor } leadAssigned { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { leadChanged @skip(if: true) { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { ... @include(if: false) { leadChanged { cursor } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { leadChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { leadChanged(", "GRAPHQL_PARSE_FAILED"),
        ("{ viewer { role } }", "BAD_REQUEST"),
        ("subscription { leadScoreChanged(minDelta: 0) { cursor } }", "BAD_USER_INPUT"),
        ('subscription { leadChanged(after: "nowhere") { cursor } }', "CURSOR_INVALID"),
        ('subscription { leadChanged(after: "") { cursor } }', "CURSOR_INVALID"),
        ("subscription { leadChanged { lead { activities(first: 1000) { totalCount } } } }", "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_subscribed_to_is_refused_before_anything_runs(studio: Studio, query: str, code: str) -> None:
    assert await studio.refusal(query) == code


async def test_a_cursor_of_another_workspace_or_database_is_refused(world: World, database: Database, studio: Studio) -> None:
    stranger = await build_world(database)
    foreign = (await stranger.ask("{ events { cursor } }"))["events"]["cursor"]

    assert await studio.refusal(STATUS, {"after": foreign}) == "CURSOR_INVALID"
    assert (
        await studio.refusal(STATUS, {"after": encode_feed_cursor(world.workspace.id, FeedPosition(2**62), world.at)}) == "CURSOR_INVALID"
    )


async def test_a_key_without_the_permission_is_refused(world: World, studio: Studio) -> None:
    keyless = world.viewer(scopes=frozenset({Permission.MANAGE_TAGS}))

    assert await studio.refusal(STATUS, viewer=keyless) == "FORBIDDEN"
