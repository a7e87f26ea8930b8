"""The workspace's settings, and how a workspace begins."""

from __future__ import annotations

import pytest

from domain.access import AgentVisibility, Role, system_viewer
from domain.refusals import Refused
from persistence.database import Database, Scope
from persistence.workspaces import own_workspace
from tests.worlds import NOON, World
from usecases.verbs import Call, new_id
from usecases.workspaces.create_workspace import CreateWorkspace, create_workspace

SELECTION = """
    workspace { version name currency timeZone country agentVisibility scoringModel { key } }
    errors { __typename ... on UserError { code message path } }
"""


async def test_settings_change_and_what_is_absent_stays(world: World) -> None:
    payload = await world.tell(
        "updateWorkspace",
        {"name": " Acme  Iberia", "currency": "usd", "country": None, "agentVisibility": "OWN"},
        SELECTION,
    )

    assert payload == {
        "workspace": {
            "version": 2,
            "name": "Acme  Iberia",
            "currency": "USD",
            "timeZone": "Europe/Lisbon",
            "country": None,
            "agentVisibility": "OWN",
            "scoringModel": {"key": "standard"},
        },
        "errors": [],
    }
    assert (await world.ask("{ viewer { workspace { name currency } } }"))["viewer"]["workspace"] == {
        "name": "Acme  Iberia",
        "currency": "USD",
    }


async def test_all_problems_of_the_settings_are_told_at_once(world: World) -> None:
    payload = await world.tell(
        "updateWorkspace",
        {"name": None, "currency": "XXX", "timeZone": "Mars/Olympus", "country": "ZZ", "agentVisibility": None},
        SELECTION,
    )

    assert payload["workspace"] is None
    assert [(error["path"][1], error["message"]) for error in payload["errors"]] == [
        ("name", "A name has 1–100 characters."),
        ("currency", "Must be an active currency code of ISO 4217, such as EUR."),
        ("timeZone", "Must be an IANA time zone, such as Europe/Lisbon."),
        ("country", "Must be a country code of ISO 3166-1, such as PT."),
        ("agentVisibility", "Must have a value."),
    ]
    async with world.database.reading(world.scope) as db:
        assert await own_workspace(db) == world.workspace


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Acme  Lda.\r\n\r\n\tRua da\u0007 Prova 7 \n\n1000-111  Lisboa\n", "Acme Lda.\nRua da Prova 7\n1000-111 Lisboa"),
        ("x" * 300, "x" * 300),
        ("\n\n".join("12345678"), "\n".join("12345678")),
        (" \n ", None),
        (None, None),
    ],
)
async def test_a_postal_address_is_a_few_lines_or_none(world: World, given: str | None, kept: str | None) -> None:
    payload = await world.tell("updateWorkspace", {"postalAddress": given}, "workspace { postalAddress } errors { __typename }")
    assert payload == {"workspace": {"postalAddress": kept}, "errors": []}
    await world.tell("updateWorkspace", {"name": "Other"}, "errors { __typename }")
    assert (await world.ask("{ viewer { workspace { postalAddress } } }"))["viewer"]["workspace"] == {"postalAddress": kept}


@pytest.mark.parametrize("given", ["x" * 301, "\n".join("123456789")])
async def test_a_longer_postal_address_is_refused(world: World, given: str) -> None:
    payload = await world.tell("updateWorkspace", {"postalAddress": given}, SELECTION)
    assert [(error["path"], error["message"]) for error in payload["errors"]] == [
        (["input", "postalAddress"], "At most 300 characters in 8 lines.")
    ]


async def test_settings_that_somebody_else_changed_are_a_conflict(world: World) -> None:
    await world.tell("updateWorkspace", {"name": "Initech", "expectedVersion": 1}, SELECTION)

    payload = await world.tell("updateWorkspace", {"name": "Acme", "timeZone": "", "expectedVersion": 1}, SELECTION)

    assert [(error["code"], error["path"]) for error in payload["errors"]] == [
        ("VERSION_CONFLICT", ["input", "expectedVersion"]),
        ("VALIDATION_FAILED", ["input", "timeZone"]),
    ]


async def test_only_admins_change_the_settings(world: World) -> None:
    body = await world.answer('mutation { updateWorkspace(input: {name: "Mine"}) { workspace { id } } }', viewer=world.viewer(Role.MANAGER))

    assert body["data"] is None
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_workspace_begins_with_its_settings(database: Database) -> None:
    id = new_id()
    request = CreateWorkspace(name="Initech", currency="eur", time_zone="europe/lisbon", country="pt")

    workspace = await create_workspace(Call(database, system_viewer(id), NOON), request)

    assert (workspace.id, workspace.name, workspace.currency, workspace.time_zone, workspace.country) == (
        id,
        "Initech",
        "EUR",
        "Europe/Lisbon",
        "PT",
    )
    assert (workspace.agent_visibility, workspace.scoring_model) == (AgentVisibility.TEAM_AND_POOL, "standard")
    async with database.reading(Scope(id)) as db:
        assert await own_workspace(db) == workspace


async def test_a_workspace_does_not_begin_with_wrong_settings(database: Database) -> None:
    request = CreateWorkspace(name="", currency="EUR", time_zone="Europe/Lisbon", scoring_model="oracle")

    with pytest.raises(Refused) as refused:
        await create_workspace(Call(database, system_viewer(new_id()), NOON), request)

    assert [refusal.path for refusal in refused.value.refusals] == [("name",), ("scoring_model",)]
