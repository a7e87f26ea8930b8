"""The application as it is put together: what it answers besides GraphQL, and when something is wrong."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
import pytest
import structlog
from starlette.types import Receive, Scope, Send

from domain.access import Permission, Role
from persistence.database import Database
from persistence.revisions import head
from server.access_log import AccessLog
from server.app import create_app
from server.http.console import ConsoleSettings
from server.logs import configure_logging
from server.settings import LogFormat, Mode, Settings
from tests.worlds import NOON, World
from usecases.keys.create_api_key import CreateApiKey, create_api_key

SETTINGS = Settings(mode=Mode.PRODUCTION, database_url="postgresql://nobody@/nothing", log_format=LogFormat.JSON)
UNFORESEEN = "duplicate key\nDETAIL:  Key (email)=(ondine@acme.example) already exists."


def at_noon() -> datetime:
    return NOON


def client_of(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://leads.example")


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(SETTINGS, database, schema_head=head(), now=at_noon)) as opened:
        yield opened


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Catch what is logged, and leave logging as it was."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    stream = io.StringIO()
    # The client of these tests logs what it asks.
    monkeypatch.setattr(logging.getLogger("httpx"), "disabled", True)
    configure_logging(SETTINGS, stream)
    yield stream
    root.handlers, root.level = before, level
    structlog.reset_defaults()


async def token(world: World, role: Role = Role.ADMIN, scopes: frozenset[Permission] | None = None) -> str:
    made = await create_api_key(world.call(), CreateApiKey(name="test", role=role, scopes=scopes))
    return made["secret"].text


async def test_ready_when_the_database_is_there_and_up_to_date(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "alive\n"
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


async def test_not_ready_at_another_revision(database: Database) -> None:
    async with client_of(create_app(SETTINGS, database, schema_head="m9999")) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json() == {
        "ready": False,
        "reason": f"The database's schema is at {head()}, this version needs m9999: run `leads migrate`.",
    }


async def test_not_ready_while_stopping(database: Database) -> None:
    app = create_app(SETTINGS, database, schema_head=head())
    app.state.readiness.stopping = True
    async with client_of(app) as client:
        assert (await client.get("/readyz")).json() == {"ready": False, "reason": "The server is stopping."}


async def test_without_a_database_it_lives_but_is_not_ready_and_says_when_to_come_back() -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    bearer = {"authorization": "Bearer lgk_" + "0" * 83}
    async with client_of(create_app(SETTINGS, gone, schema_head=head())) as client:
        assert (await client.get("/healthz")).status_code == 200
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"ready": False, "reason": "The database cannot be reached."})
        malformed = await client.post("/graphql", json={"query": "{ __typename }"}, headers=bearer)
        assert malformed.status_code == 401


async def test_without_a_database_it_says_what_helps_if_it_knows() -> None:
    app = create_app(SETTINGS, Database("postgresql://nobody@127.0.0.1:1/nothing"), schema_head=head())
    app.state.readiness.advice = lambda: "It is started again by itself."
    async with client_of(app) as client:
        answer = await client.get("/readyz")
    assert answer.json()["reason"] == "The database cannot be reached. It is started again by itself."


async def test_a_good_key_without_a_database_is_told_to_come_back(world: World) -> None:
    bearer = {"authorization": f"Bearer {await token(world)}"}
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    async with client_of(create_app(SETTINGS, gone, schema_head=head(), now=at_noon)) as client:
        answer = await client.post("/graphql", json={"query": "{ leads { totalCount } }"}, headers=bearer)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"


@pytest.mark.parametrize(
    ("path", "method", "status", "code"),
    [("/nothing/here", "GET", 404, "NOT_FOUND"), ("/healthz", "DELETE", 405, "METHOD_NOT_ALLOWED"), ("/graphiql", "GET", 404, "NOT_FOUND")],
)
async def test_what_is_not_there_is_refused_in_one_shape(client: httpx.AsyncClient, path: str, method: str, status: int, code: str) -> None:
    answer = await client.request(method, path, headers={"x-request-id": "lost-1"})
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"] == {"code": code, "requestId": "lost-1"}
    assert answer.headers["x-request-id"] == "lost-1"


async def test_the_console_is_for_development_only(database: Database) -> None:
    console = ConsoleSettings(key="lgk_secret")
    async with client_of(create_app(SETTINGS, database, schema_head=head(), console=console)) as client:
        assert (await client.get("/graphiql")).status_code == 404


async def test_the_schema_is_read_by_those_who_may(world: World) -> None:
    query = {"query": "{ __schema { queryType { name } } }"}
    admin, agent_like = await token(world), await token(world, Role.INTEGRATION, frozenset({Permission.READ_LEADS}))
    closed = replace(SETTINGS, introspection=False)
    for settings, key, allowed in ((SETTINGS, admin, True), (SETTINGS, agent_like, False), (closed, admin, False)):
        async with client_of(create_app(settings, world.database, schema_head=head(), now=at_noon)) as client:
            answer = (await client.post("/graphql", json=query, headers={"authorization": f"Bearer {key}"})).json()
        assert ("data" in answer) is allowed, answer


async def test_a_request_is_one_line_in_the_log(client: httpx.AsyncClient, world: World, log: io.StringIO) -> None:
    key = await token(world)
    lead = await world.lead(first_name="Ondine", email="ondine@acme.example")
    asked = {"query": "query Find($s: String) { leads(search: $s) { nodes { id } } }", "variables": {"s": "ondine"}}
    answer = await client.post("/graphql", json=asked, headers={"authorization": f"Bearer {key}", "x-request-id": "find-1"})
    assert answer.json()["data"]["leads"]["nodes"] == [{"id": world.id(lead)}]
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (line,) = [entry for entry in lines if entry["event"] == "request"]
    assert {name: line[name] for name in ("method", "path", "status", "operation", "kind", "request_id", "workspace", "level")} == {
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Find",
        "kind": "query",
        "request_id": "find-1",
        "workspace": str(world.workspace.id),
        "level": "info",
    }
    assert line["ms"] > 0
    assert key not in log.getvalue()
    assert "ondine" not in log.getvalue().lower()


async def test_secrets_in_paths_are_not_logged(client: httpx.AsyncClient, log: io.StringIO) -> None:
    await client.get("/imports/one/content/very-secret?token=also-secret")
    (line,) = [entry for each in log.getvalue().splitlines() if (entry := json.loads(each))["event"] == "request"]
    assert line["path"] == "/imports"
    assert "secret" not in log.getvalue()


async def test_what_nobody_foresaw_is_masked_and_logged_without_rows(log: io.StringIO) -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError(UNFORESEEN)

    async with client_of(AccessLog(broken)) as client:
        answer = await client.get("/anything", headers={"x-request-id": "broken-1"})
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] == "broken-1"
    assert answer.json() == {
        "errors": [{"message": "Something went wrong on our side.", "extensions": {"code": "INTERNAL", "requestId": "broken-1"}}]
    }
    failed, request = (json.loads(line) for line in log.getvalue().splitlines())
    assert (failed["event"], failed["level"], failed["request_id"]) == ("request failed", "error", "broken-1")
    assert "duplicate key" in failed["exception"]
    assert "ondine" not in log.getvalue()
    assert request["status"] == 500
