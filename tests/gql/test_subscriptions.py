"""Subscriptions: every change once and in order, to whoever may see it, shared by those who ask the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.access import SYSTEM, Permission, Role, Viewer, system_viewer
from domain.events import Event, EventType, FeedPosition
from domain.leads import Lead
from gql.errors import PUBLIC_ERRORS
from gql.events.cursors import encode_feed_cursor
from gql.execution import Admitted, GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from persistence.database import Database
from persistence.histories import add_events
from tests.conftest import TestDatabase
from tests.worlds import World, build_world
from usecases.forget_events import forget_some_events
from usecases.verbs import Call

PATIENCE = 120
STATUS = """
subscription ($after: Cursor, $filter: LeadFilter, $leadIds: [ID!]) {
  leadStatusChanged(after: $after, filter: $filter, leadIds: $leadIds) { cursor fromStatus status event { sequence } lead { id } }
}
"""
SCORE = """
subscription ($minDelta: Int, $grades: [Grade!]) {
  leadScoreChanged(minDelta: $minDelta, grades: $grades) {
    fromTotal total delta fromGrade grade fromTemperature temperature cause
    entry { total categories { key points } } event { cause { kind } }
  }
}
"""


class CountingExecutor(GraphQLExecutor):
    """Counts how often an event is answered."""

    answered = 0

    async def answer_event(
        self, admitted: Admitted, request: GraphQLRequest, event: object, context: object, *, request_id: str
    ) -> GraphQLResponse:
        self.answered += 1
        return await super().answer_event(admitted, request, event, context, request_id=request_id)


class UnreliableExecutor(CountingExecutor):
    """Cannot answer questions that mention `forced`, for the first few times, or as long as `held` is not set."""

    failures = 0
    held: asyncio.Event | None = None

    async def answer_event(
        self, admitted: Admitted, request: GraphQLRequest, event: object, context: object, *, request_id: str
    ) -> GraphQLResponse:
        if "forced" in request.query:
            if self.held is not None:
                await self.held.wait()
            if self.failures:
                self.failures -= 1
                raise ConnectionError("away for a moment")
        return await super().answer_event(admitted, request, event, context, request_id=request_id)


class Studio:
    """One process that serves subscriptions of a world."""

    def __init__(self, world: World, hub: Hub, executor: type[CountingExecutor] = CountingExecutor) -> None:
        self.world = world
        self.hub = hub
        self.executor = executor(SCHEMA, public_errors=PUBLIC_ERRORS)
        self.live = LiveOperations(self.executor, world.database, hub, now=lambda: world.at)

    @asynccontextmanager
    async def watching(
        self, query: str, variables: Mapping[str, Any] | None = None, viewer: Viewer | None = None
    ) -> AsyncGenerator[Watching]:
        answers = await self.live.subscribe(GraphQLRequest(query, variables or {}), viewer or self.world.viewer(), request_id="test")
        assert not isinstance(answers, GraphQLResponse), answers.body()
        try:
            yield Watching(answers)
        finally:
            await answers.aclose()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    async def refusal(self, query: str, variables: Mapping[str, Any] | None = None, viewer: Viewer | None = None) -> str:
        answer = await self.live.subscribe(GraphQLRequest(query, variables or {}), viewer or self.world.viewer(), request_id="test")
        assert isinstance(answer, GraphQLResponse)
        assert not answer.executed
        return answer.errors[0].code


class Watching:
    """A subscriber."""

    def __init__(self, answers: Any) -> None:
        self.answers = answers

    async def response(self) -> GraphQLResponse:
        async with asyncio.timeout(PATIENCE):
            return await anext(self.answers)

    async def next(self) -> Any:
        body = (await self.response()).body()
        assert "errors" not in body, body
        return next(iter(body["data"].values()))

    async def take(self, count: int) -> list[Any]:
        return [await self.next() for _ in range(count)]


@pytest.fixture
async def studio(world: World) -> AsyncGenerator[Studio]:
    # Of the signals' own connection there is a test of its own; here the hints are those of this process.
    hub = Hub(world.database, poll_seconds=0.05)
    yield Studio(world, hub)
    assert hub.figures == {}, "somebody left without closing"


async def change_status(world: World, lead: Lead, status: str, **more: Any) -> None:
    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status, **more}, "errors { __typename }")
    assert payload == {"errors": []}


async def update(world: World, lead: Lead, company: Mapping[str, Any]) -> None:
    payload = await world.tell("updateLead", {"leadId": world.id(lead), "company": company}, "errors { __typename }")
    assert payload == {"errors": []}


async def swing(world: World, lead: Lead, times: int, start: int = 0) -> None:
    """Change a lead's status so many times."""
    for number in range(start, start + times):
        await change_status(world, lead, "NURTURING" if number % 2 else "CONTACTED")


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


async def test_an_event_is_answered_once_for_all_who_ask_the_same(world: World, studio: Studio) -> None:
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    async with (
        studio.watching(STATUS) as one,
        studio.watching(STATUS) as same,
        studio.watching(STATUS, {"leadIds": [world.id(lead)]}) as narrower,
        studio.watching(STATUS, viewer=world.viewer(Role.READ_ONLY)) as lesser,
        studio.watching(STATUS, {"after": start}) as later,
    ):
        assert studio.hub.figures == {world.workspace.id: 3}
        everybody = (one, same, narrower, lesser, later)
        # Whoever begins with a cursor first reads on in the table, alone; with the first event all are up to date.
        await swing(world, lead, 1)
        for each in everybody:
            await each.response()
        before = studio.executor.answered
        await swing(world, lead, 1, start=1)
        responses = [await each.response() for each in everybody]

    assert studio.executor.answered - before == 3, "three questions among five subscribers"
    assert responses[0] is responses[1]
    assert len({response.body()["data"]["leadStatusChanged"]["event"]["sequence"] for response in responses}) == 1


async def test_those_who_come_back_to_one_place_share_what_they_missed(world: World, studio: Studio) -> None:
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    await swing(world, lead, 4)
    async with AsyncExitStack() as stack:
        back = [await stack.enter_async_context(studio.watching(STATUS, {"after": start})) for _ in range(20)]
        told = await asyncio.gather(*(each.take(4) for each in back))

    assert [[change["event"]["sequence"] for change in each] for each in told] == [[1, 2, 3, 4]] * 20
    assert studio.executor.answered == 4


async def test_a_question_that_is_dear_to_answer_holds_no_other_back(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05), UnreliableExecutor)
    held = UnreliableExecutor.held = asyncio.Event()
    lead = await world.lead()
    try:
        async with studio.watching("subscription { leadStatusChanged { forced status } }") as dear, studio.watching(STATUS) as cheap:
            # More pages than a group finds in memory when it comes to them.
            for number in range(12):
                await swing(world, lead, 1, start=number)
                assert (await cheap.next())["event"] == {"sequence": number + 1}
            held.set()
            assert [change["status"] for change in await dear.take(12)] == ["CONTACTED", "NURTURING"] * 6
    finally:
        UnreliableExecutor.held = None


async def test_what_cannot_be_answered_just_now_is_answered_later_and_once_for_all(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05), UnreliableExecutor)
    assert isinstance(studio.executor, UnreliableExecutor)
    studio.executor.failures = 2
    lead, query = await world.lead(), "subscription { leadStatusChanged { forced status } }"
    async with studio.watching(query) as one, studio.watching(query) as other:
        await swing(world, lead, 2)
        assert [await each.take(2) for each in (one, other)] == [
            [{"forced": False, "status": "CONTACTED"}, {"forced": False, "status": "NURTURING"}]
        ] * 2
    assert studio.executor.failures == 0


async def test_a_set_is_looked_after_once_for_all_who_follow_it(world: World, studio: Studio) -> None:
    lead = await world.lead(country="PT")
    query = 'subscription { segmentChanged(filter: {country: {eq: "PT"}}) { change lead { id } } }'
    async with AsyncExitStack() as stack:
        followers = [await stack.enter_async_context(studio.watching(query)) for _ in range(5)]
        for each in followers:
            assert [message["change"] for message in await each.take(3)] == ["RESET", "SNAPSHOT", "SYNCED"]
        before = studio.executor.answered
        await change_status(world, lead, "CONTACTED")
        assert [await each.next() for each in followers] == [{"change": "CHANGED", "lead": {"id": world.id(lead)}}] * 5

    assert studio.executor.answered - before == 1


async def test_a_subscriber_that_stalls_costs_a_position_and_loses_nothing(world: World) -> None:
    studio = Studio(world, Hub(world.database, poll_seconds=0.05, keeps=8))
    lead = await world.lead()
    async with studio.watching(STATUS) as stalled, studio.watching(STATUS) as quick:
        await swing(world, lead, 40)
        assert [change["event"]["sequence"] for change in await quick.take(40)] == list(range(1, 41))
        (group,) = next(iter(studio.hub._feeds.values())).groups.values()  # pyright: ignore[reportPrivateUsage]
        kept = group.end - group.first

        assert [change["event"]["sequence"] for change in await stalled.take(40)] == list(range(1, 41))
    assert kept == 8


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


async def test_a_cursor_of_events_that_are_gone_is_refused(world: World, studio: Studio) -> None:
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    await forget_some_events(Call(world.database, system_viewer(world.workspace.id), world.at + timedelta(days=31)), timedelta(days=30))

    assert await studio.refusal(STATUS, {"after": start}) == "CURSOR_EXPIRED"


async def test_a_key_without_the_permission_is_refused(world: World, studio: Studio) -> None:
    keyless = world.viewer(scopes=frozenset({Permission.MANAGE_TAGS}))

    assert await studio.refusal(STATUS, viewer=keyless) == "FORBIDDEN"
