"""Deleting leads through the API, and bringing them back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from domain.access import Role
from domain.status import LeadStatus
from tests.worlds import World

SELECTION = "lead { id version deletedAt status } errors { __typename ... on UserError { code path } }"


def errors(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"][1:]) for error in payload["errors"]]


async def seen(world: World, id: str) -> tuple[bool, bool, int]:
    data = await world.ask(
        'query ($id: ID!) { lead(id: $id) { id } node(id: $id) { id } leads(search: "rosa") { totalCount } }',
        {"id": id},
    )
    return data["lead"] is not None, data["node"] is not None, data["leads"]["totalCount"]


async def test_a_deleted_lead_disappears_and_comes_back_as_it_was(world: World) -> None:
    lead = await world.lead(first_name="Rosa", status=LeadStatus.CONTACTED, owner_id=world.ada.id)
    id = world.id(lead)
    assert await seen(world, id) == (True, True, 1)

    deleted = await world.tell("deleteLead", {"leadId": id}, SELECTION)
    assert deleted == {"lead": {"id": id, "version": 2, "deletedAt": "2026-06-30T12:00:00Z", "status": "CONTACTED"}, "errors": []}
    assert await seen(world, id) == (False, False, 0)

    world.at += timedelta(days=1)
    restored = await world.tell("restoreLead", {"leadId": id}, SELECTION)
    assert restored == {"lead": {"id": id, "version": 3, "deletedAt": None, "status": "CONTACTED"}, "errors": []}
    assert await seen(world, id) == (True, True, 1)
    assert await world.events(lead) == [("LEAD_DELETED", {}), ("LEAD_RESTORED", {})]


async def test_a_deleted_lead_is_not_found_by_any_change(world: World) -> None:
    lead = await world.lead()
    await world.tell("deleteLead", {"leadId": world.id(lead)}, SELECTION)
    before = await world.contents()

    assert errors(await world.tell("deleteLead", {"leadId": world.id(lead)}, SELECTION)) == [("NOT_FOUND", ["leadId"])]
    assert errors(await world.tell("updateLead", {"leadId": world.id(lead), "notes": "?"}, SELECTION)) == [("NOT_FOUND", ["leadId"])]
    assert await world.contents() == before


async def test_restoring_a_lead_that_is_there_changes_nothing(world: World) -> None:
    lead = await world.lead()
    before = await world.contents()

    payload = await world.tell("restoreLead", {"leadId": world.id(lead)}, SELECTION)

    assert (payload["errors"], payload["lead"]["version"]) == ([], 1)
    assert await world.contents() == before


async def test_the_references_of_a_deleted_lead_stay_taken(world: World) -> None:
    request = {"externalReferences": [{"system": "crm", "externalId": "7"}], "contact": {"email": "rosa@acme.example"}}
    created = await world.tell("createLead", request, SELECTION)
    await world.tell("deleteLead", {"leadId": created["lead"]["id"]}, SELECTION)

    again = await world.tell("createLead", request, SELECTION)
    without = await world.tell("createLead", {"contact": request["contact"]}, SELECTION)

    assert errors(again) == [("DUPLICATE_LEAD", ["externalReferences", "0"])]
    assert errors(without) == []


async def test_of_two_deletions_of_one_version_one_wins(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "expectedVersion": 1}

    payloads = await asyncio.gather(*(world.tell("deleteLead", request, SELECTION) for _ in range(3)))
    stale = await world.tell("restoreLead", request, SELECTION)

    assert sorted(len(payload["errors"]) for payload in payloads) == [0, 1, 1]
    assert errors(stale) == [("VERSION_CONFLICT", ["expectedVersion"])]


async def test_the_same_key_deletes_once(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "idempotencyKey": "d"}

    first = await world.tell("deleteLead", request, SELECTION)
    await world.tell("restoreLead", {"leadId": world.id(lead), "idempotencyKey": "r"}, SELECTION)
    again = await world.tell("deleteLead", request, SELECTION)

    assert again == first
    assert await seen(world, world.id(lead)) == (True, True, 0)


async def test_agents_do_not_delete(world: World) -> None:
    lead = await world.lead()
    for mutation in ("deleteLead", "restoreLead"):
        query = f'mutation {{ {mutation}(input: {{leadId: "{world.id(lead)}"}}) {{ lead {{ id }} }} }}'
        body = await world.answer(query, viewer=world.viewer(Role.AGENT, world.ada))
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
