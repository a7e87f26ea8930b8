"""Creating, listing and revoking API keys through the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest

from domain.access import Permission, Role
from domain.api_keys import read_token
from domain.people import Availability
from persistence.people import save_agents
from server.auth import Authenticator
from server.http.bearer import Unauthenticated
from tests.conftest import TestDatabase
from tests.worlds import World

CREATED = """
    secret
    apiKey { id name hint role permissions createdAt expiresAt revokedAt lastUsedAt agent { name } }
    errors { __typename ... on UserError { code message path } }
"""
NAMES = "{ apiKeys { nodes { name } totalCount } }"


async def test_a_new_key_works_and_tells_its_secret_once(world: World) -> None:
    payload = await world.tell(
        "createApiKey",
        {"name": " Website ", "role": "INTEGRATION", "scopes": ["WRITE_LEADS", "READ_LEADS"], "expiresAt": "2026-07-01T12:00:00Z"},
        CREATED,
    )

    token = read_token(payload["secret"])
    assert token is not None
    key = payload["apiKey"]
    assert payload == {
        "secret": payload["secret"],
        "apiKey": {
            "id": key["id"],
            "name": "Website",
            "hint": key["hint"],
            "role": "INTEGRATION",
            "permissions": ["READ_LEADS", "WRITE_LEADS"],
            "createdAt": "2026-06-30T12:00:00Z",
            "expiresAt": "2026-07-01T12:00:00Z",
            "revokedAt": None,
            "lastUsedAt": None,
            "agent": None,
        },
        "errors": [],
    }
    assert payload["secret"].startswith("lgk_")
    assert key["hint"].removeprefix("lgk_…") in payload["secret"]
    authenticate = Authenticator(world.database)
    viewer = await authenticate(payload["secret"], world.at)
    await authenticate.close()
    shown = await world.ask("{ viewer { role permissions key { name hint expiresAt } } }", viewer=viewer)
    assert shown["viewer"] == {
        "role": "INTEGRATION",
        "permissions": ["READ_LEADS", "WRITE_LEADS"],
        "key": {"name": "Website", "hint": key["hint"], "expiresAt": "2026-07-01T12:00:00Z"},
    }


async def test_a_repeated_request_makes_no_second_key_and_tells_no_secret(world: World) -> None:
    request = {"name": "Website", "role": "INTEGRATION", "idempotencyKey": "once"}

    first = await world.tell("createApiKey", request, CREATED)
    again = await world.tell("createApiKey", request, CREATED)

    assert first["secret"] is not None
    assert again == {**first, "secret": None}
    assert (await world.ask(NAMES))["apiKeys"] == {"nodes": [{"name": "Website"}], "totalCount": 1}


async def test_no_trace_of_the_secret_is_stored(world: World, test_database: TestDatabase) -> None:
    payload = await world.tell("createApiKey", {"name": "Website", "role": "ADMIN", "idempotencyKey": "once"}, CREATED)
    token = read_token(payload["secret"])
    assert token is not None

    connection = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    rows = await connection.fetch(
        "SELECT k::text FROM api_keys k WHERE workspace_id = $1 UNION ALL SELECT i::text FROM idempotency_keys i WHERE workspace_id = $1",
        world.workspace.id,
    )
    await connection.close()
    stored = "\n".join(row[0] for row in rows)
    assert len(rows) == 2
    assert payload["secret"] not in stored
    assert payload["secret"][-39:-6] not in stored
    assert token.secret.hex() not in stored


async def test_all_problems_of_a_request_are_told_at_once(world: World) -> None:
    async with world.database.writing(world.scope) as tx:
        await save_agents(tx, [replace(world.ben, availability=Availability.DEACTIVATED)])
    creator = world.viewer(scopes=frozenset({Permission.MANAGE_KEYS, Permission.READ_LEADS}))

    payload = await world.tell(
        "createApiKey",
        {
            "name": "\t",
            "role": "AGENT",
            "agentId": world.id(world.ben),
            "scopes": ["MANAGE_KEYS", "WRITE_LEADS"],
            "expiresAt": "2026-06-30T12:00:00Z",
        },
        CREATED,
        viewer=creator,
    )

    assert payload["apiKey"] is None
    assert payload["secret"] is None
    assert [(error["code"], error["path"], error["message"]) for error in payload["errors"]] == [
        ("VALIDATION_FAILED", ["input", "name"], "A name has 1–100 characters."),
        ("VALIDATION_FAILED", ["input", "expiresAt"], "An expiry lies in the future."),
        ("VALIDATION_FAILED", ["input", "scopes"], "The role AGENT does not allow: MANAGE_KEYS."),
        ("NOT_ALLOWED", ["input", "scopes"], "Your own key does not allow: WRITE_LEADS."),
        ("VALIDATION_FAILED", ["input", "agentId"], "The agent is deactivated."),
    ]


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"role": "AGENT"}, "VALIDATION_FAILED", ["input", "agentId"]),
        ({"role": "ADMIN", "scopes": []}, "VALIDATION_FAILED", ["input", "scopes"]),
        ({"role": "ADMIN", "agentId": "nonsense"}, "NOT_FOUND", ["input", "agentId"]),
    ],
)
async def test_what_a_key_needs(world: World, given: dict[str, object], code: str, path: list[str]) -> None:
    payload = await world.tell("createApiKey", {"name": "Website", **given}, CREATED)

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [(code, path)]
    assert (await world.ask(NAMES))["apiKeys"]["totalCount"] == 0


async def test_a_limited_admin_cannot_make_a_full_one(world: World) -> None:
    creator = world.viewer(scopes=frozenset(Permission) - {Permission.IMPORT_LEADS})

    refused = await world.tell("createApiKey", {"name": "Mine", "role": "ADMIN"}, CREATED, viewer=creator)
    smaller = await world.tell("createApiKey", {"name": "Mine", "role": "READ_ONLY"}, CREATED, viewer=creator)

    assert [(error["code"], error["path"], error["message"]) for error in refused["errors"]] == [
        ("NOT_ALLOWED", ["input", "role"], "Your own key does not allow: IMPORT_LEADS.")
    ]
    assert smaller["errors"] == []


async def test_a_revoked_key_is_refused_and_leaves_the_list(world: World) -> None:
    created = await world.tell("createApiKey", {"name": "Website", "role": "INTEGRATION"}, CREATED)
    await world.tell("createApiKey", {"name": "Other", "role": "INTEGRATION"}, CREATED)
    request = {"apiKeyId": created["apiKey"]["id"]}
    selection = "apiKey { revokedAt } errors { __typename ... on UserError { code path } }"

    world.at += timedelta(minutes=1)
    revoked = await world.tell("revokeApiKey", request, selection)
    world.at += timedelta(minutes=1)
    again = await world.tell("revokeApiKey", request, selection)

    assert revoked == again == {"apiKey": {"revokedAt": "2026-06-30T12:01:00Z"}, "errors": []}
    with pytest.raises(Unauthenticated):
        await Authenticator(world.database)(created["secret"], world.at)
    assert (await world.ask(NAMES))["apiKeys"] == {"nodes": [{"name": "Other"}], "totalCount": 1}
    listed = await world.ask("{ apiKeys(includeRevoked: true) { nodes { name revokedAt } } }")
    assert listed["apiKeys"]["nodes"] == [
        {"name": "Other", "revokedAt": None},
        {"name": "Website", "revokedAt": "2026-06-30T12:01:00Z"},
    ]


async def test_an_unknown_key_cannot_be_revoked(world: World) -> None:
    payload = await world.tell("revokeApiKey", {"apiKeyId": world.id(world.ada)}, "apiKey { id } errors { ... on UserError { code path } }")

    assert payload == {"apiKey": None, "errors": [{"code": "NOT_FOUND", "path": ["input", "apiKeyId"]}]}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.INTEGRATION, Role.READ_ONLY])
async def test_only_admins_manage_keys(world: World, role: Role) -> None:
    body = await world.answer(NAMES, viewer=world.viewer(role, world.ada))

    assert body["data"] is None
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN"}
