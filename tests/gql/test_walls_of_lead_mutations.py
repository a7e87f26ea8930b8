"""What lies behind a wall behaves exactly like what is unknown: in mutations of leads and tags, for workspaces and for agents."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from domain.access import Role, Viewer
from gql.ids import encode_id
from persistence.database import Database
from tests.worlds import World, build_world

ROWS = """
    rows { index lead { id } errors { __typename ... on UserError { message code path } } }
    errors { ... on UserError { message code path } }
"""
LEAD = "lead { id } errors { __typename ... on UserError { message code path } }"
TAG = LEAD.replace("lead { id }", "tag { id }")

BY_LEAD: list[tuple[str, dict[str, Any], str]] = [
    ("updateLead", {"notes": "?"}, LEAD),
    ("updateLead", {"notes": "?", "expectedVersion": 1}, LEAD),
    ("deleteLead", {}, LEAD),
    ("restoreLead", {}, LEAD),
    ("changeLeadStatus", {"status": "CONTACTED"}, LEAD),
]
MANY_LEADS: list[tuple[str, dict[str, Any], str]] = [
    (mutation, {**input, "errorPolicy": policy}, ROWS)
    for policy in ("ALL_OR_NOTHING", "SKIP_FAILED")
    for mutation, input in (
        ("changeLeadStatuses", {"status": "CONTACTED"}),
        ("tagLeads", {"tags": ["Gold"]}),
        ("untagLeads", {"tags": ["Gold"]}),
    )
]


async def answers(world: World, mutation: str, input: dict[str, Any], selection: str, viewer: Viewer | None = None) -> dict[str, Any]:
    return await world.tell(mutation, input, selection, viewer=viewer)


@pytest.mark.parametrize(("mutation", "input", "selection"), BY_LEAD)
async def test_a_lead_of_another_workspace_is_like_an_unknown_one(
    world: World, database: Database, mutation: str, input: dict[str, Any], selection: str
) -> None:
    other = await build_world(database)
    foreign = await other.lead(first_name="Rosa")
    before = await other.contents()

    there = await answers(world, mutation, {**input, "leadId": other.id(foreign)}, selection)
    nowhere = await answers(world, mutation, {**input, "leadId": encode_id("Lead", uuid7())}, selection)
    nonsense = await answers(world, mutation, {**input, "leadId": "nonsense"}, selection)

    assert there == nowhere == nonsense
    assert there["lead"] is None
    assert [error["code"] for error in there["errors"]] == ["NOT_FOUND"]
    assert await other.contents() == before


@pytest.mark.parametrize(("mutation", "input", "selection"), MANY_LEADS)
async def test_among_many_leads_one_of_another_workspace_is_like_an_unknown_one(
    world: World, database: Database, mutation: str, input: dict[str, Any], selection: str
) -> None:
    other = await build_world(database)
    foreign, mine = await other.lead(), world.id(await world.lead())
    before = await other.contents()

    there = await answers(world, mutation, {**input, "leadIds": [other.id(foreign), mine]}, selection)
    nowhere = await answers(world, mutation, {**input, "leadIds": [encode_id("Lead", uuid7()), mine]}, selection)

    assert there == nowhere
    assert await other.contents() == before


@pytest.mark.parametrize(("mutation", "input"), [("updateTag", {"name": "Mine"}), ("deleteTag", {})])
async def test_a_tag_of_another_workspace_is_like_an_unknown_one(
    world: World, database: Database, mutation: str, input: dict[str, Any]
) -> None:
    other = await build_world(database)
    tag = (await other.tell("createTag", {"name": "Gold"}, "tag { id }"))["tag"]["id"]
    before = await other.contents()
    selection = TAG if mutation == "updateTag" else "deleted errors { ... on UserError { message code path } }"

    there = await answers(world, mutation, {**input, "tagId": tag}, selection)
    nowhere = await answers(world, mutation, {**input, "tagId": encode_id("Tag", uuid7())}, selection)

    assert there == nowhere
    assert await other.contents() == before


@pytest.mark.parametrize("mutation", ["tagLeads", "untagLeads", "changeLeadStatuses"])
async def test_a_filter_reaches_only_the_own_workspace(world: World, database: Database, mutation: str) -> None:
    other = await build_world(database)
    await other.lead(company="Acme")
    mine = await world.lead(company="Acme")
    before = await other.contents()
    input = {"status": "CONTACTED"} if mutation == "changeLeadStatuses" else {"tags": ["Gold"]}

    payload = await answers(world, mutation, {**input, "filter": {"company": {"eq": "Acme"}}}, ROWS)

    assert [row["lead"] for row in payload["rows"]] == [{"id": world.id(mine)}]
    assert await other.contents() == before


async def test_references_addresses_and_names_are_free_in_every_workspace(world: World, database: Database) -> None:
    other = await build_world(database)
    request = {
        "reference": {"system": "crm", "externalId": "7"},
        "contact": {"email": "rosa@acme.example"},
        "tags": ["Gold"],
        "idempotencyKey": "same",
    }

    payloads = [await each.tell("upsertLead", request, "created lead { id }") for each in (world, other)]

    assert [payload["created"] for payload in payloads] == [True, True]
    assert payloads[0]["lead"] != payloads[1]["lead"]


@pytest.mark.parametrize(("mutation", "input", "selection"), [row for row in BY_LEAD if row[0] not in ("deleteLead", "restoreLead")])
async def test_an_agent_finds_no_lead_of_another_team(world: World, mutation: str, input: dict[str, Any], selection: str) -> None:
    foreign = await world.lead(owner_id=world.cleo.id)
    agent = world.viewer(Role.AGENT, world.ada)
    before = await world.contents()

    there = await answers(world, mutation, {**input, "leadId": world.id(foreign)}, selection, agent)
    nowhere = await answers(world, mutation, {**input, "leadId": encode_id("Lead", uuid7())}, selection, agent)

    assert there == nowhere
    assert [error["code"] for error in there["errors"]] == ["NOT_FOUND"]
    assert await world.contents() == before


@pytest.mark.parametrize(("mutation", "input", "selection"), MANY_LEADS)
async def test_an_agent_reaches_only_leads_in_sight(world: World, mutation: str, input: dict[str, Any], selection: str) -> None:
    foreign, mine = await world.lead(owner_id=world.cleo.id), world.id(await world.lead(owner_id=world.ben.id))
    agent = world.viewer(Role.AGENT, world.ada)

    there = await answers(world, mutation, {**input, "leadIds": [world.id(foreign), mine]}, selection, agent)
    nowhere = await answers(world, mutation, {**input, "leadIds": [encode_id("Lead", uuid7()), mine]}, selection, agent)
    everything = await answers(world, mutation, {**input, "filter": {}}, selection, agent)

    assert there == nowhere
    assert [row["lead"] for row in everything["rows"]] == [{"id": mine}]
    assert await world.events(foreign) == []


WRITING: list[tuple[str, str]] = [
    ("createLead", "{}"),
    ("createLeads", "{rows: []}"),
    ("updateLead", '{leadId: "x"}'),
    ("upsertLead", '{reference: {system: "a", externalId: "b"}}'),
    ("deleteLead", '{leadId: "x"}'),
    ("restoreLead", '{leadId: "x"}'),
    ("changeLeadStatuses", "{status: NEW}"),
    ("createTag", '{name: "a"}'),
    ("updateTag", '{tagId: "x"}'),
    ("deleteTag", '{tagId: "x"}'),
    ("tagLeads", "{tags: []}"),
    ("untagLeads", "{tags: []}"),
]


@pytest.mark.parametrize(("mutation", "input"), WRITING)
async def test_a_key_that_only_reads_runs_none_of_them(world: World, mutation: str, input: str) -> None:
    body = await world.answer(
        f"mutation {{ {mutation}(input: {input}) {{ errors {{ __typename }} }} }}", viewer=world.viewer(Role.READ_ONLY)
    )

    assert body["data"] is None
    assert [(error["path"], error["extensions"]["code"]) for error in body["errors"]] == [([mutation], "FORBIDDEN")]
