"""Lists of plain columns are written by PostgreSQL itself, to the byte as they would be in Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import orjson
import pytest
from sqlalchemy import update

from domain.access import Role, Viewer
from domain.activities import ActivityType
from gql.context import Context
from gql.engine import QueryEngine
from gql.errors import PUBLIC_ERRORS
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.schema import SCHEMA
from persistence.database import Database
from persistence.tables import activities
from tests.conftest import APPLICATION, TestDatabase
from tests.gql.test_timeline import ALL_KINDS, eventful_lead
from tests.worlds import EXECUTOR, ORDINARY, World


async def both(world: World, query: str, viewer: Viewer | None = None) -> tuple[bytes, list[str]]:
    """Answer on both executors, which must agree to the byte; return the answer and the engine's SQL."""
    answers: list[bytes] = []
    recorded: list[str] = []
    for executor in (ORDINARY, EXECUTOR):
        with world.recorded() as statements:
            response = await executor.execute(
                GraphQLRequest(query), Context(world.database, viewer or world.viewer(), world.at, "test"), request_id="test"
            )
        answers.append(orjson.dumps(response.body()))
        recorded = list(statements)
    assert answers[0] == answers[1]
    return answers[0], recorded


def written(statements: list[str]) -> list[str]:
    return [statement for statement in statements if "string_agg" in statement]


@pytest.mark.parametrize(
    "text", ['say "hello"', "back\\slash", "line\nbreak\ttab", "\x01\x1f\x7f", "ü 😀 \u2028", "</script>", "'; --", "%s {} $1", ""]
)
async def test_texts_are_escaped_so_that_they_read_the_same(world: World, text: str) -> None:
    lead = await world.lead()
    await world.tell(
        "recordActivity",
        {"leadId": world.id(lead), "type": "NOTE_ADDED", "occurredAt": "2026-06-30T11:00:00Z", "body": "-"},
        "errors { __typename }",
    )
    async with world.database.writing(world.scope) as tx:
        await tx.execute(update(activities).where(activities.c.workspace_id == world.workspace.id).values(subject=text, body=text))
    answer, statements = await both(world, "{ leads { nodes { activities { nodes { kind: __typename subject again: body type } } } } }")
    (node,) = orjson.loads(answer)["data"]["leads"]["nodes"]
    assert node["activities"]["nodes"] == [{"kind": "Activity", "subject": text, "again": text, "type": ActivityType.NOTE_ADDED.value}]
    assert len(written(statements)) == 1


async def test_instants_are_written_alike_where_the_database_writes_dates_in_another_style(
    world: World, test_database: TestDatabase
) -> None:
    await world.lead(created_at=datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC))
    as_superuser = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    database = Database(test_database.dsn(), size=1)
    try:
        await as_superuser.execute(f"ALTER ROLE {APPLICATION} IN DATABASE {test_database.name} SET datestyle = 'German'")
        answer, statements = await both(replace(world, database=database), "{ leads { nodes { createdAt } } }")
    finally:
        await as_superuser.execute(f"ALTER ROLE {APPLICATION} IN DATABASE {test_database.name} RESET datestyle")
        await as_superuser.close()
        await database.close()
    assert orjson.loads(answer)["data"]["leads"]["nodes"] == [{"createdAt": "2026-01-02T03:04:05.6Z"}]
    assert len(written(statements)) == 1


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00Z"),
        (datetime(2026, 6, 30, 11, 59, 59, 999_999, tzinfo=UTC), "2026-06-30T11:59:59.999999Z"),
        (datetime(2026, 6, 30, 11, 0, 0, 120_000, tzinfo=UTC), "2026-06-30T11:00:00.12Z"),
        (datetime(2025, 12, 31, 23, 59, 59, 1, tzinfo=UTC), "2025-12-31T23:59:59.000001Z"),
    ],
)
async def test_instants_are_written_alike_with_and_without_fractions(world: World, at: datetime, shown: str) -> None:
    lead = await world.lead(created_at=at - timedelta(days=1))
    made = await world.tell(
        "recordActivity", {"leadId": world.id(lead), "type": "WEBSITE_VISITED", "occurredAt": at.isoformat()}, "activity { id }"
    )
    answer, statements = await both(world, "{ leads { nodes { activities(first: 3) { nodes { occurredAt recordedAt id } } } } }")
    (node,) = orjson.loads(answer)["data"]["leads"]["nodes"]
    assert node["activities"]["nodes"] == [
        {
            "occurredAt": shown,
            "recordedAt": "2026-06-30T12:00:00Z",
            "id": made["activity"]["id"],
        }
    ]
    assert len(written(statements)) == 1


async def test_an_empty_list_is_one(world: World) -> None:
    await world.lead()
    answer, _ = await both(world, "{ leads { nodes { activities { nodes { id } } } } }")
    assert orjson.loads(answer)["data"] == {"leads": {"nodes": [{"activities": {"nodes": []}}]}}


@pytest.mark.parametrize(
    "selection",
    [
        "activities { totalCount nodes { id } }",
        "activities { pageInfo { hasNextPage } nodes { id } }",
        "activities { edges { cursor } }",
        "activities { nodes { id lead { id } } }",
        "activities(last: 2) { nodes { id } }",
    ],
)
async def test_what_is_more_than_columns_or_read_backwards_is_written_in_python(world: World, selection: str) -> None:
    lead = await world.lead()
    for hour in (9, 10, 11):
        await world.tell(
            "recordActivity",
            {"leadId": world.id(lead), "type": "WEBSITE_VISITED", "occurredAt": f"2026-06-30T{hour:02}:00:00Z"},
            "errors { __typename }",
        )
    _, statements = await both(world, f"{{ leads {{ nodes {{ {selection} }} }} }}")
    assert written(statements) == []


async def test_two_selections_of_the_same_list_are_written_each(world: World) -> None:
    lead = await world.lead()
    await world.tell(
        "recordActivity",
        {"leadId": world.id(lead), "type": "WEBSITE_VISITED", "occurredAt": "2026-06-30T11:00:00Z"},
        "errors { __typename }",
    )
    answer, _ = await both(world, "{ leads { nodes { activities { a: nodes { type } b: nodes { occurredAt } } } } }")
    (node,) = orjson.loads(answer)["data"]["leads"]["nodes"]
    assert node == {"activities": {"a": [{"type": "WEBSITE_VISITED"}], "b": [{"occurredAt": "2026-06-30T11:00:00Z"}]}}


async def test_the_leads_of_segments_have_a_filter_each_and_are_answered_all_the_same(world: World) -> None:
    await world.lead(first_name="Ada")
    await world.tell("createSegment", {"name": "All", "filter": {}}, "errors { __typename }")
    answer, statements = await both(world, "{ segments { nodes { name leads { nodes { name } } } } }")
    assert orjson.loads(answer)["data"]["segments"]["nodes"] == [{"name": "All", "leads": {"nodes": [{"name": "Ada"}]}}]
    assert written(statements) == []


async def test_what_a_mutation_answers_is_written_by_the_engine(world: World) -> None:
    lead = await world.lead(first_name="Ada")
    engine = QueryEngine(SCHEMA)
    executor = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS, engine=engine)
    mutation = """mutation ($input: ChangeLeadStatusInput!) { changeLeadStatus(input: $input) {
        lead { status version owner { name } activities(first: 2) { nodes { id } } } errors { __typename } } }"""
    response = await executor.execute(
        GraphQLRequest(mutation, {"input": {"leadId": world.id(lead), "status": "CONTACTED"}}),
        Context(world.database, world.viewer(), world.at, "test"),
        request_id="test",
    )
    assert orjson.loads(orjson.dumps(response.body())) == {
        "data": {
            "changeLeadStatus": {
                "lead": {"status": "CONTACTED", "version": lead.version + 1, "owner": None, "activities": {"nodes": []}},
                "errors": [],
            }
        }
    }
    assert (engine.figures.answered, engine.figures.not_planned, engine.figures.fallen_back) == (1, 0, 0)


async def test_a_mutation_whose_answer_the_engine_leaves_to_graphql_core_has_happened_once(world: World) -> None:
    lead = await world.lead(first_name="Ada")
    engine = QueryEngine(SCHEMA)
    executor = GraphQLExecutor(SCHEMA, public_errors=PUBLIC_ERRORS, engine=engine)
    mutation = """mutation ($input: ChangeLeadStatusInput!) { changeLeadStatus(input: $input) {
        lead { version activities(after: "no cursor") { nodes { id } } } } }"""
    response = await executor.execute(
        GraphQLRequest(mutation, {"input": {"leadId": world.id(lead), "status": "CONTACTED"}}),
        Context(world.database, world.viewer(), world.at, "test"),
        request_id="test",
    )
    assert [(error.code, error.path) for error in response.errors] == [("BAD_USER_INPUT", ("changeLeadStatus", "lead", "activities"))]
    assert (engine.figures.answered, engine.figures.fallen_back) == (0, 1)
    history = await world.ask("query ($id: ID!) { lead(id: $id) { version statusHistory { nodes { to } } } }", {"id": world.id(lead)})
    assert history["lead"] == {"version": lead.version + 1, "statusHistory": {"nodes": [{"to": "CONTACTED"}]}}


TIMELINES = [
    # The kind alone, or nothing of some kinds.
    "timeline { nodes { __typename } }",
    "timeline { nodes { ... on Activity { id type } } }",
    "timeline { kind: __typename nodes { __typename ... on Node { id } } again: nodes { ... on StatusChange { from to } } }",
    # Things that entries refer to.
    "timeline(first: 3) { nodes { ... on Activity { occurredAt } ... on ContactAttempt { channel agent { name team { name } } } } }",
    "timeline(types: [ASSIGNMENT, STAGE_STAY]) { nodes { ... on StageStay { enteredAt leftAt stage { name } } ... on Assignment { at } } }",
    "timeline(types: []) { nodes { __typename } }",
]


@pytest.mark.parametrize("selection", TIMELINES)
async def test_what_is_of_several_kinds_is_written_each_in_its_own_way(world: World, selection: str) -> None:
    await eventful_lead(world)
    await world.lead(first_name="Nobody")

    # Beside what PostgreSQL cannot write, and as a part of what it writes.
    for beside in ("displayName: name score { categories { points } }", "id"):
        answer, statements = await both(world, f"{{ leads {{ nodes {{ {beside} {selection} }} }} }}")
        assert b"errors" not in answer
        assert written(statements)


async def test_all_that_happened_is_written_in_one_order(world: World) -> None:
    await eventful_lead(world)

    answer, _ = await both(world, "{ leads { nodes { timeline { nodes { __typename } } } } }")

    (lead,) = orjson.loads(answer)["data"]["leads"]["nodes"]
    assert [entry["__typename"] for entry in lead["timeline"]["nodes"]] == ALL_KINDS


async def test_agents_read_the_timelines_of_leads_in_sight(world: World) -> None:
    seen = await eventful_lead(world)
    await world.tell("assignLead", {"leadId": world.id(seen), "agentId": world.id(world.ada)}, "errors { __typename }")
    await world.lead(owner_id=world.cleo.id)

    answer, statements = await both(
        world, "{ leads { nodes { timeline { nodes { __typename ... on Node { id } } } } } }", world.viewer(Role.AGENT, world.ada)
    )

    (lead,) = orjson.loads(answer)["data"]["leads"]["nodes"]
    assert [entry["__typename"] for entry in lead["timeline"]["nodes"]] == ["Assignment", *ALL_KINDS]
    assert len(written(statements)) == 1


@pytest.mark.parametrize(
    "selection",
    [
        "timeline { pageInfo { hasNextPage } nodes { __typename } }",
        "timeline(last: 2) { nodes { __typename } }",
        "timeline { nodes { ... on Activity { lead { id } } } }",
        "timeline { nodes { ... on ScoreChange { categories { points } } } }",
    ],
)
async def test_kinds_of_which_more_than_columns_is_asked_for_are_written_in_python(world: World, selection: str) -> None:
    await eventful_lead(world)

    _, statements = await both(world, f"{{ leads {{ nodes {{ {selection} }} }} }}")

    assert written(statements) == []


def change(on: str = "") -> str:
    asked = "input: {leadId: $id, status: CONTACTED, dryRun: true}"
    return f"changeLeadStatus({asked}) {on} {{ lead {{ status }} errors {{ __typename }} dryRun {{ __typename }} }}"


@pytest.mark.parametrize(
    "selection",
    [
        change(),
        f"again: {change()}",
        change("@include(if: true)"),
        f"... on Mutation {{ {change()} }}",
        f"__typename {change()}",
        f"first: {change()} second: {change()}",
    ],
)
async def test_mutations_of_one_field_answer_as_all_others_do(world: World, selection: str) -> None:
    lead = await world.lead()
    request = GraphQLRequest(f"mutation ($id: ID!) {{ {selection} }}", {"id": world.id(lead)})

    bodies = [
        (await executor.execute(request, Context(world.database, world.viewer(), world.at, "test"), request_id="test")).body()
        for executor in (ORDINARY, EXECUTOR)
    ]

    assert orjson.dumps(bodies[0]) == orjson.dumps(bodies[1])
    assert b'"status":"CONTACTED"' in orjson.dumps(bodies[1])
