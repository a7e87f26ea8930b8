"""Every query among the operations runs on the engine, answers what graphql-core answers, and takes no more statements."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

from gql.context import Context
from gql.engine import QueryEngine
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.permissions import authorize
from gql.schema import SCHEMA
from persistence.database import Database
from tests.gql.test_operations import OPERATIONS, Known, filled_world, variables_of
from tests.worlds import World

ROWS = 30
QUERIES = [path for path in OPERATIONS if not path.read_text().startswith(("mutation", "subscription"))]


@pytest.fixture(scope="module")
async def place(database: Database) -> tuple[World, Known]:
    """A workspace with some rows of everything."""
    return await filled_world(database, ROWS)


async def _answer(executor: GraphQLExecutor, world: World, query: Path, known: Known) -> tuple[bytes, Sequence[str]]:
    """Run a query as an admin; return the whole answer and the statements that it took."""
    viewer = world.viewer(agent=world.ada)
    with world.recorded() as recorded:
        response = await executor.execute(
            GraphQLRequest(query.read_text(), variables_of(query, known)),
            Context(world.database, viewer, world.at, "test"),
            request_id="test",
            authorize=lambda operation, coerced: authorize(viewer, operation, coerced),
        )
    return orjson.dumps(response.body()), list(recorded)


RUNS = 3


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
async def test_a_query_runs_on_the_engine_with_no_more_statements(query: Path, place: tuple[World, Known]) -> None:
    world, known = place
    engine = QueryEngine(SCHEMA)

    # Batches of one level run at once: whether one of them can take another's keys along depends on which is done first. So each runs
    # several times, and the fewest statements count.
    on_engine = [await _answer(GraphQLExecutor(SCHEMA, engine=engine), world, query, known) for _ in range(RUNS)]
    ordinary = [await _answer(GraphQLExecutor(SCHEMA), world, query, known) for _ in range(RUNS)]

    assert len({body for body, _ in (*on_engine, *ordinary)}) == 1
    assert (engine.figures.answered, engine.figures.not_planned, engine.figures.fallen_back) == (RUNS, 0, 0)
    fewest = min((statements for _, statements in on_engine), key=len)
    assert len(fewest) <= max(len(statements) for _, statements in ordinary), "\n".join(fewest)


async def test_the_engine_answers_all_queries_among_the_operations(place: tuple[World, Known], capsys: pytest.CaptureFixture[str]) -> None:
    world, known = place
    engine = QueryEngine(SCHEMA)
    executor = GraphQLExecutor(SCHEMA, engine=engine)

    for query in QUERIES:
        await _answer(executor, world, query, known)

    with capsys.disabled():
        print(f"\nthe engine answered {engine.figures.answered} of {len(QUERIES)} queries")  # noqa: T201 -- the share is meant to be seen
    assert engine.figures.answered == len(QUERIES)


async def test_a_list_reads_no_column_that_nobody_asked_for(place: tuple[World, Known], tmp_path: Path) -> None:
    world, known = place
    query = tmp_path / "names.graphql"
    query.write_text("{ leads(first: 2) { nodes { name company { name } owner { name } bant { complete } } } }")

    _, statements = await _answer(GraphQLExecutor(SCHEMA, engine=QueryEngine(SCHEMA)), world, query, known)

    columns = [statement.partition("SELECT ")[2].partition(" \nFROM")[0] for statement in statements]
    assert columns == [
        (
            "leads.first_name, leads.last_name, leads.company, leads.budget, leads.authority, leads.need, leads.timeline, leads.owner_id, "
            "leads.created_at AS _sort, leads.id AS _id"
        ),
        "agents.id, agents.name",
    ]
