"""Live updates through the server as it is put together: a change made by POST reaches whoever watches, by either door."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from domain.access import Role
from domain.api_keys import ApiKey
from domain.people import Agent
from persistence.database import Database
from persistence.revisions import head
from server.app import BELIEVED_SECONDS, LOOK_SECONDS, create_app
from server.settings import Mode, Settings
from tests.conftest import TestDatabase
from tests.server.live_server import live_server
from tests.worlds import NOON, World
from usecases.keys.create_api_key import CreateApiKey, create_api_key
from usecases.keys.revoke_api_key import revoke_api_key

PATIENCE = 60.0
WATCH = "subscription ($after: Cursor) { leadStatusChanged(after: $after) { fromStatus status lead { id } } }"
CHANGE = "mutation ($id: ID!) { changeLeadStatus(input: { leadId: $id, status: CONTACTED }) { errors { __typename } } }"


@contextmanager
def serving(test_database: TestDatabase, now: Callable[[], datetime] = lambda: NOON) -> Generator[int]:
    """Run a server with a pool of its own."""
    settings = Settings(mode=Mode.PRODUCTION, database_url="postgresql://nobody@/nothing", worker=False)
    app = create_app(settings, Database(test_database.dsn(), size=4), schema_head=head(), now=now)
    with live_server(app, lifespan="on") as port:
        yield port


@asynccontextmanager
async def watching(port: int, token: str, after: str | None = None) -> AsyncGenerator[ClientConnection]:
    """Connect, greet and watch the statuses of leads."""
    # websockets leaves the type of what it returns open.
    open_socket = cast("Callable[..., AbstractAsyncContextManager[ClientConnection]]", connect)
    async with open_socket(f"ws://127.0.0.1:{port}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
        assert await hear(socket) == {"type": "connection_ack"}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": WATCH, "variables": {"after": after}}}))
        yield socket


async def hear(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        return json.loads(await socket.recv())


async def ended(socket: ClientConnection) -> tuple[int, str]:
    """Wait until the server ends a socket, without telling anything more; return code and reason."""
    with pytest.raises(ConnectionClosed) as closed:
        await hear(socket)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


async def key_of(world: World, role: Role = Role.ADMIN, agent: Agent | None = None, **more: Any) -> tuple[str, ApiKey]:
    asked = CreateApiKey(name="test", role=role, agent_id=agent.id if agent else None, **more)
    made = await create_api_key(world.call(), asked)
    return made["secret"].text, made["api_key"]


async def test_a_change_reaches_a_socket_and_a_stream_of_another_server(world: World, test_database: TestDatabase) -> None:
    token, _ = await key_of(world)
    lead = await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    bearer = {"authorization": f"Bearer {token}"}
    expected = {"data": {"leadStatusChanged": {"fromStatus": "NEW", "status": "CONTACTED", "lead": {"id": world.id(lead)}}}}
    with serving(test_database) as one, serving(test_database) as two:
        async with httpx.AsyncClient(headers=bearer, timeout=PATIENCE) as client:
            streaming = client.stream(
                "POST", f"http://127.0.0.1:{two}/graphql", json={"query": WATCH}, headers={"accept": "text/event-stream"}
            )
            async with watching(two, token, start) as socket, streaming as stream:
                lines = stream.aiter_lines()
                assert await anext(lines) == ":"
                changed = await client.post(f"http://127.0.0.1:{one}/graphql", json={"query": CHANGE, "variables": {"id": world.id(lead)}})
                assert changed.json() == {"data": {"changeLeadStatus": {"errors": []}}}
                assert await hear(socket) == {"id": "1", "type": "next", "payload": expected}
                data = [line async for line in _until(lines, "data: ")]
                assert json.loads(data[-1].removeprefix("data: ")) == expected


async def _until(lines: Any, start: str) -> AsyncGenerator[str]:
    async for line in lines:
        yield line
        if line.startswith(start):
            return


async def test_a_key_revoked_by_another_process_closes_its_sockets(world: World, test_database: TestDatabase) -> None:
    token, made = await key_of(world)
    with serving(test_database) as port:
        async with watching(port, token) as socket:
            await revoke_api_key(world.call(), made.id)
            assert await ended(socket) == (4403, "Forbidden")


async def test_a_key_that_expires_closes_its_sockets(world: World, test_database: TestDatabase) -> None:
    token, _ = await key_of(world, expires_at=NOON + timedelta(hours=1))
    clock = [NOON]
    with serving(test_database, lambda: clock[-1]) as port:
        async with watching(port, token) as socket:
            clock.append(NOON + timedelta(hours=1))
            assert await ended(socket) == (4403, "Forbidden")


async def test_an_agent_who_goes_to_another_team_comes_back_and_sees_what_that_team_sees(world: World, test_database: TestDatabase) -> None:
    colleague, newcomer = await world.agent("Noor", world.other_team), await world.agent("Sam", world.team)
    token, _ = await key_of(world, Role.AGENT, newcomer)
    theirs, ours = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=colleague.id)
    change = {"status": "CONTACTED"}
    with serving(test_database) as port:
        async with watching(port, token) as socket:
            team = {"agentId": world.id(newcomer), "teamId": world.id(world.other_team)}
            assert await world.tell("updateAgent", team, "errors { __typename }") == {"errors": []}
            assert await ended(socket) == (1012, "Connect again: what the key allows has changed")
        start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
        async with watching(port, token, start) as socket:
            for lead in (theirs, ours):
                await world.tell("changeLeadStatus", {"leadId": world.id(lead), **change}, "errors { __typename }")
            assert (await hear(socket))["payload"]["data"]["leadStatusChanged"]["lead"] == {"id": world.id(ours)}


def test_a_socket_outlives_its_key_by_less_than_a_second() -> None:
    assert BELIEVED_SECONDS + LOOK_SECONDS <= 0.9


@pytest.mark.parametrize("query", ["{ leads { totalCount } }", "mutation { a: __typename }"])
async def test_queries_and_mutations_are_not_answered_over_a_socket(world: World, test_database: TestDatabase, query: str) -> None:
    token, _ = await key_of(world)
    with serving(test_database) as port:
        async with watching(port, token) as socket:
            await socket.send(json.dumps({"id": "2", "type": "subscribe", "payload": {"query": query}}))
            refused = await hear(socket)
    assert (refused["id"], refused["type"], refused["payload"][0]["extensions"]["code"]) == ("2", "error", "BAD_REQUEST")
