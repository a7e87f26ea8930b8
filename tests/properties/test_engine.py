"""The compiled engine answers exactly as graphql-core does, or leaves the query to it."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from datetime import timedelta

import orjson
import pytest

from domain.access import Role, Viewer
from gql.context import Context
from gql.engine import QueryEngine
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.limits import DocumentLimits
from gql.permissions import authorize
from gql.schema import SCHEMA
from tests.documents import RandomDocuments
from tests.worlds import World

# Random documents give every field a key of its own, which real ones may not.
LIMITS = DocumentLimits(aliases=10_000, repeated_key=10_000, tokens=100_000, fields=100_000, depth=40, fragments=1_000, directives=1_000)
CORE = GraphQLExecutor(SCHEMA, limits=LIMITS)
DOCUMENTS = int(os.environ.get("LEADGRAPH_RANDOM_DOCUMENTS", "200"))


async def _populated(world: World) -> list[str]:
    """Put leads with owners, stages and histories into the world; return ids of all kinds, and ids of nothing."""
    ids = [world.id(thing) for thing in (world.ada, world.ben, world.team, world.pipeline, *world.stages, world.workspace)]
    for number in range(12):
        lead = await world.lead(
            first_name=f"Ada {number}",
            last_name="Lovelace" if number % 2 else None,
            company=None if number % 3 else "Engines",
            email=f"ada{number}@engines.example",
            phones=("+351912345678",) if number % 4 == 0 else (),
            owner_id=(world.ada.id, world.cleo.id, None)[number % 3],
            website_visits=number,
            employees=number * 60,
        )
        ids.append(world.id(lead))
        world.at += timedelta(minutes=1)
        for status in ("CONTACTED", "NURTURING")[: number % 3]:
            await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status}, "lead { id }")
    return [*ids, "bm9uZQ", "TGVhZDoAAAAAAAAAAAAAAAAAAAAAAA"]


async def _body(executor: GraphQLExecutor, world: World, viewer: Viewer, document: str, variables: Mapping[str, object]) -> bytes:
    response = await executor.execute(
        GraphQLRequest(document, variables),
        Context(world.database, viewer, world.at, "test"),
        request_id="test",
        authorize=lambda prepared, coerced: authorize(viewer, prepared, coerced),
    )
    # Bytes: the order of the keys counts too.
    return orjson.dumps(response.body())


@pytest.mark.parametrize("seed", range(4))
async def test_random_queries_read_the_same_on_both_executors(world: World, seed: int) -> None:
    engine = QueryEngine(SCHEMA)
    quick = GraphQLExecutor(SCHEMA, limits=LIMITS, engine=engine)
    documents = RandomDocuments(SCHEMA, await _populated(world), random.Random(seed))
    viewers = [world.viewer(), world.viewer(Role.AGENT, world.ada), world.viewer(Role.READ_ONLY)]

    for _ in range(DOCUMENTS // 4):
        document = documents.document()
        viewer = documents.random.choice(viewers)
        flags = documents.random.choice([{}, {"yes": False}, {"no": True, "few": 1}])
        assert await _body(quick, world, viewer, document, flags) == await _body(CORE, world, viewer, document, flags), document

    assert engine.figures.not_planned == 0
    assert engine.figures.answered >= DOCUMENTS // 4 * 0.5


async def test_an_error_in_the_middle_is_worded_by_the_specification(world: World) -> None:
    await _populated(world)
    engine = QueryEngine(SCHEMA)
    quick = GraphQLExecutor(SCHEMA, limits=LIMITS, engine=engine)
    document = '{ leads(first: 2) { nodes { id activities(after: "nowhere") { totalCount } } } viewer { role } }'

    body = await _body(quick, world, world.viewer(), document, {})

    assert body == await _body(CORE, world, world.viewer(), document, {})
    assert engine.figures.fallen_back == 1
    assert [error["path"] for error in orjson.loads(body)["errors"]] == [["leads", "nodes", 0, "activities"]]
