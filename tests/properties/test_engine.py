"""The compiled engine answers exactly as graphql-core does, or leaves the query to it; `make soak` asks far more of the same kind."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from gql.context import Context
from gql.schema import SCHEMA
from persistence.database import Database
from tests.both_executors import Asking, BothExecutors, require_agreement
from tests.drawn_documents import Drawn
from tests.drawn_worlds import Stream, places
from tests.failing_graph import Weather, ask_under_weather, asking, both
from tests.worlds import World

DOCUMENTS = int(os.environ.get("LEADGRAPH_DRAWN_DOCUMENTS", "150"))
SEED = 7


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """Keep the tracebacks of failures that are meant from hiding a difference."""
    with capture_logs():
        yield


async def test_drawn_documents_read_the_same_on_both_executors(database: Database) -> None:
    executors = BothExecutors(SCHEMA)
    stream = Stream(executors, await places(database, executors), SEED)

    for number in range(DOCUMENTS):
        await stream.step(number)

    figures = executors.figures
    assert figures.answered > figures.compared * 0.6
    assert figures.with_errors > figures.compared * 0.05
    assert figures.refused > 0


# After an error graphql-core never awaits what it has not begun yet.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
async def test_failures_empty_the_same_parts_of_an_answer_on_both_executors() -> None:
    executors = both()
    choices = random.Random(SEED)

    for number in range(DOCUMENTS):
        await ask_under_weather(executors, choices, f"seed {SEED}, document {number}")

    figures = executors.figures
    assert figures.answered > figures.compared * 0.25
    assert figures.with_errors > figures.compared * 0.25


async def agree(world: World, document: str, *variables: Mapping[str, Any], deadline: float = 60.0) -> BothExecutors:
    """Ask a document with one set of variables after the other, as an admin; also status and cost must be the same."""
    executors = BothExecutors(SCHEMA, deadline=deadline)
    ask = Asking(lambda: Context(world.database, world.viewer(), world.at, "test"))
    await require_agreement(executors, Drawn(document, None, variables or ({},)), ask, "asked")
    return executors


async def test_an_error_in_the_middle_is_worded_by_the_specification(world: World) -> None:
    await world.leads(2)

    executors = await agree(world, '{ leads(first: 2) { nodes { id activities(after: "nowhere") { totalCount } } } viewer { role } }')

    assert executors.figures.left == {"PublicError: BAD_USER_INPUT": 1}


async def test_both_stop_at_the_deadline_with_the_same_words(world: World) -> None:
    executors = await agree(world, "{ leads { nodes { id owner { name } } } }", deadline=0.0)

    assert (executors.figures.answered, executors.figures.with_errors) == (0, 1)


@pytest.mark.parametrize("document", ["{ leads(first: 1000) { totalCount } }", "{ leads(first: 0) { totalCount } }"])
async def test_both_refuse_what_is_too_much_beforehand(world: World, document: str) -> None:
    executors = await agree(world, document)

    assert (executors.figures.refused, executors.figures.with_errors) == (1, 1)


@pytest.mark.parametrize("flags", [({"show": True}, {"show": False}), ({"show": False}, {"show": True})])
async def test_a_plan_is_made_for_its_flags_also_where_they_guard_no_more_than_a_type_name(
    world: World, flags: Sequence[Mapping[str, Any]]
) -> None:
    executors = await agree(world, "query ($show: Boolean!) { viewer { role __typename @include(if: $show) } }", *flags)

    assert executors.figures.answered == 2


async def test_a_flag_that_is_null_is_an_error_of_its_field(world: World) -> None:
    await world.lead()

    executors = await agree(world, "query ($less: Boolean = true) { leads { totalCount @skip(if: $less) } }", {"less": None})

    assert executors.figures.left == {"not planned: BAD_USER_INPUT": 1}


@pytest.mark.parametrize(
    "document",
    [
        "{ followUps { nodes { overdue } } }",
        "{ viewer { workspace { scoringVersion { validation { message } } } } }",
        "{ stages: pipelines { nodes { stages { leads { __typename } } } } }",
        "{ leads { nodes { id stage { id leads { __typename } } } } }",
        "{ leads { nodes { id @skip(if: true) } } }",
        "{ leads { nodes { __typename } edges { node { __typename } } } }",
        "{ leads { nodes { activities { nodes { __typename } } stage { leads { nodes { __typename } } } } } }",
        "{ leads { nodes { owner { __typename } stage { __typename pipeline { __typename } } } } }",
        "{ leads { nodes { id owner { id @skip(if: true) } stage { id @skip(if: true) } } } }",
        "{ leads { edges { node { owner { id @skip(if: true) } } } } }",
        "{ leads { nodes { stage { pipeline { id @skip(if: true) } leads { nodes { id @skip(if: true) } } } } } }",
    ],
)
async def test_what_is_asked_for_alone_is_answered_by_the_engine(world: World, document: str) -> None:
    await world.leads(2, pipeline_id=world.pipeline.id, stage_id=world.stages[0].id, stage_entered_at=world.at)

    executors = await agree(world, document)

    assert executors.figures.answered == 1


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
@pytest.mark.parametrize("seed", range(12))
async def test_a_row_of_failures_is_the_same_whatever_fails(seed: int) -> None:
    document = """{
      people(first: 3) {
        nodes { name years said firm { people { name } staff { age } } boss { late } }
        edges { node { warned reports { mood tags } circle { totalCount nodes { marks } } } }
      }
      things { __typename ... on Named { name } ... on Person { itself { age } } }
    }"""
    executors = both()

    await require_agreement(executors, Drawn(document, None, ({},)), asking(Weather(seed, 0.04)), f"weather {seed}")
