"""Servers that never hear each other's hints tell of each other's changes all the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator
from contextlib import contextmanager
from uuid import UUID

import httpx
from websockets.asyncio.client import ClientConnection

from gql.subscriptions.hub import Hub
from persistence.database import Database
from persistence.revisions import head
from server.app import create_app
from server.settings import Mode, Settings
from tests.conftest import TestDatabase
from tests.faults.live_readers import PATIENCE, following, hear, key_of
from tests.server.live_server import live_server
from tests.worlds import NOON, World

WATCH = "subscription ($after: Cursor) { leadStatusChanged(after: $after) { status } }"
CHANGE = "mutation ($id: ID!, $to: LeadStatus!) { changeLeadStatus(input: { leadId: $id, status: $to }) { errors { __typename } } }"


class Believing(Hub):
    """Planted: takes hints for the truth, and never looks by itself."""

    def __init__(self, database: Database, *, listen_dsn: str | None = None) -> None:
        super().__init__(database, poll_seconds=3_600, soon_seconds=3_600, listen_dsn=listen_dsn)

    def wake(self, workspace_id: UUID | None) -> None:
        """Look only where something was told."""
        if workspace_id is not None:
            super().wake(workspace_id)


@contextmanager
def server(test_database: TestDatabase, kind: type[Hub] = Hub, hints: str | None = None) -> Generator[int]:
    """Run a server; `hints` names another database to which its hints go and from which it takes them."""
    database = Database(test_database.dsn(), size=4)
    hub = kind(database, listen_dsn=(TestDatabase(hints) if hints else test_database).dsn())
    settings = Settings(mode=Mode.PRODUCTION, database_url="postgresql://nobody@/nothing", worker=False)
    with live_server(create_app(settings, database, schema_head=head(), now=lambda: NOON, hub=hub), lifespan="on") as port:
        yield port


async def pulled(world: World, after: str) -> None:
    """Wait until the feed tells something after a cursor."""
    async with asyncio.timeout(PATIENCE):
        while not (await world.ask("query ($after: Cursor) { events(after: $after) { events { id } } }", {"after": after}))["events"][
            "events"
        ]:
            pass


async def heard_before_a_pong(socket: ClientConnection) -> list[str]:
    """Return the statuses that come before the answer to a ping."""
    await socket.send(json.dumps({"type": "ping"}))
    heard: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while (message := json.loads(await socket.recv()))["type"] != "pong":
            heard.append(message["payload"]["data"]["leadStatusChanged"]["status"])
    return heard


async def test_a_change_on_one_server_reaches_readers_of_another_when_every_hint_is_lost(world: World, test_database: TestDatabase) -> None:
    token, lead = await key_of(world), await world.lead()
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    # Nobody listens where the first one tells.
    with server(test_database, hints="postgres") as one, server(test_database) as two, server(test_database, Believing) as planted:
        bearer = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(headers=bearer, timeout=30, base_url=f"http://127.0.0.1:{one}") as client:

            async def change(status: str) -> None:
                answer = await client.post("/graphql", json={"query": CHANGE, "variables": {"id": world.id(lead), "to": status}})
                assert answer.json() == {"data": {"changeLeadStatus": {"errors": []}}}

            await change("CONTACTED")
            # Once it can be pulled, it lies before the place from which new readers look: all read it from the table as they come.
            await pulled(world, start)
            async with following(two, token, WATCH, start) as polling, following(planted, token, WATCH, start) as believing:
                assert [await hear(each) for each in (polling, believing)] == [{"status": "CONTACTED"}] * 2
                for status in ("NURTURING", "CONTACTED", "NURTURING"):
                    await change(status)
                    assert await hear(polling) == {"status": status}
                # Who takes hints for the truth was told nothing of it, but perhaps of the first, if it had not looked around yet.
                assert await heard_before_a_pong(believing) in ([], ["NURTURING"])
