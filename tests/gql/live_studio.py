"""One process that serves subscriptions of a world, and its subscribers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from graphql import print_ast

from domain.access import Viewer
from domain.leads import Lead
from gql.engine import QueryEngine
from gql.errors import PUBLIC_ERRORS
from gql.execution import Admitted, GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.schema import SCHEMA
from gql.subscriptions.hub import Hub
from gql.subscriptions.live_operations import LiveOperations
from tests.worlds import World

PATIENCE = 120
STATUS = """
subscription ($after: Cursor, $filter: LeadFilter, $leadIds: [ID!]) {
  leadStatusChanged(after: $after, filter: $filter, leadIds: $leadIds) { cursor fromStatus status event { sequence } lead { id } }
}
"""


class CountingExecutor(GraphQLExecutor):
    """Counts how often an event is answered."""

    answered = 0

    async def answer_event(self, admitted: Admitted, event: object, context: object, *, request_id: str) -> GraphQLResponse:
        self.answered += 1
        return await super().answer_event(admitted, event, context, request_id=request_id)


class UnreliableExecutor(CountingExecutor):
    """Cannot answer questions that mention `forced`, for the first few times, or as long as `held` is not set."""

    failures = 0
    held: asyncio.Event | None = None

    async def answer_event(self, admitted: Admitted, event: object, context: object, *, request_id: str) -> GraphQLResponse:
        if "forced" in print_ast(admitted.operation.node):
            if self.held is not None:
                await self.held.wait()
            if self.failures:
                self.failures -= 1
                raise ConnectionError("away for a moment")
        return await super().answer_event(admitted, event, context, request_id=request_id)


class Studio:
    """One process that serves subscriptions of a world."""

    def __init__(self, world: World, hub: Hub, executor: type[CountingExecutor] = CountingExecutor) -> None:
        self.world = world
        self.hub = hub
        self.engine = QueryEngine(SCHEMA)
        self.executor = executor(SCHEMA, public_errors=PUBLIC_ERRORS, engine=self.engine)
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
        body = orjson.loads(orjson.dumps((await self.response()).body()))
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
    """Change a lead's status."""
    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status, **more}, "errors { __typename }")
    assert payload == {"errors": []}


async def swing(world: World, lead: Lead, times: int, start: int = 0) -> None:
    """Change a lead's status so many times."""
    for number in range(start, start + times):
        await change_status(world, lead, "NURTURING" if number % 2 else "CONTACTED")
