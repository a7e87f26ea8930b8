"""Creating or updating leads by the reference under which another system knows them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from domain.access import Permission, Role
from domain.leads import ExternalReference
from persistence.leads import add_references
from tests.worlds import World

SELECTION = """
    created
    lead {
        id version name notes tags { name } externalReferences { system externalId } firstTouch { source } lastTouch { source }
    }
    errors { __typename ... on UserError { code path } ... on DuplicateLead { matchedOn existing { id } } }
"""
REFERENCE = {"system": "crm", "externalId": "7"}


def errors(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"][1:]) for error in payload["errors"]]


async def test_the_first_time_creates_and_the_second_updates(world: World) -> None:
    first = await world.tell(
        "upsertLead",
        {"reference": REFERENCE, "contact": {"firstName": "Rosa"}, "notes": "Old.", "tags": ["crm"], "touch": {"source": "EVENT"}},
        SELECTION,
    )
    second = await world.tell(
        "upsertLead",
        {
            "reference": REFERENCE,
            "contact": {"lastName": "Silva"},
            "notes": None,
            "tags": ["CRM", "Gold"],
            "externalReferences": [{"system": "erp", "externalId": "9"}, REFERENCE],
            "touch": {"source": "WEBINAR"},
        },
        SELECTION,
    )

    assert (first["created"], second["created"]) == (True, False)
    assert first["errors"] == second["errors"] == []
    assert first["lead"]["externalReferences"] == [REFERENCE]
    assert first["lead"]["firstTouch"] == {"source": "EVENT"}
    assert second["lead"] == {
        "id": first["lead"]["id"],
        "version": 2,
        "name": "Rosa Silva",
        "notes": None,
        "tags": [{"name": "crm"}, {"name": "Gold"}],
        "externalReferences": [REFERENCE, {"system": "erp", "externalId": "9"}],
        "firstTouch": {"source": "EVENT"},
        "lastTouch": {"source": "WEBINAR"},
    }


async def test_the_same_again_changes_nothing(world: World) -> None:
    request = {"reference": REFERENCE, "contact": {"email": "rosa@acme.example"}, "tags": ["crm"]}
    await world.tell("upsertLead", request, SELECTION)
    before = await world.contents()

    payload = await world.tell("upsertLead", request, SELECTION)

    assert (payload["created"], payload["lead"]["version"]) == (False, 1)
    assert await world.contents() == before


async def test_twenty_at_once_make_one_lead(world: World) -> None:
    async def upsert(number: int) -> dict[str, Any]:
        request = {"reference": REFERENCE, "contact": {"firstName": str(number), "email": "rosa@acme.example"}, "tags": [f"t{number % 3}"]}
        return await world.tell("upsertLead", request, SELECTION)

    payloads = await asyncio.gather(*(upsert(number) for number in range(20)))

    assert [payload["errors"] for payload in payloads] == [[]] * 20
    assert [payload["created"] for payload in payloads].count(True) == 1
    assert len({payload["lead"]["id"] for payload in payloads}) == 1
    assert sorted(payload["lead"]["version"] for payload in payloads) == list(range(1, 21))


async def test_a_reference_of_another_lead_and_an_address_of_another_lead_are_refused(world: World) -> None:
    other = await world.tell(
        "upsertLead",
        {"reference": {"system": "erp", "externalId": "1"}, "contact": {"email": "other@acme.example"}},
        SELECTION,
    )
    mine = await world.tell("upsertLead", {"reference": REFERENCE}, SELECTION)
    before = await world.contents()

    taken = await world.tell(
        "upsertLead", {"reference": REFERENCE, "externalReferences": [{"system": "erp", "externalId": "1"}]}, SELECTION
    )
    double = await world.tell(
        "upsertLead", {"reference": {"system": "new", "externalId": "1"}, "contact": {"email": "OTHER@acme.example"}}, SELECTION
    )

    known = await world.tell("upsertLead", {"reference": REFERENCE, "contact": {"email": "other@acme.example"}}, SELECTION)

    assert errors(taken) == [("DUPLICATE_LEAD", ["externalReferences", "0"])]
    assert errors(double) == errors(known) == [("DUPLICATE_LEAD", ["contact", "email"])]
    assert taken["errors"][0]["existing"] == double["errors"][0]["existing"] == {"id": other["lead"]["id"]}
    assert mine["created"] is True
    assert await world.contents() == before


async def test_everything_that_is_wrong_is_said_at_once(world: World) -> None:
    await world.tell("upsertLead", {"reference": REFERENCE}, SELECTION)
    wrong = {"contact": {"email": "rosa"}, "tags": [""], "externalReferences": [{"system": "", "externalId": "1"}]}
    before = await world.contents()

    updating = await world.tell("upsertLead", {"reference": REFERENCE, **wrong}, SELECTION)
    creating = await world.tell("upsertLead", {"reference": {"system": "x" * 51, "externalId": "8"}, **wrong}, SELECTION)

    expected = [["contact", "email"], ["externalReferences", "0", "system"], ["tags", "0"]]
    assert sorted(path for _, path in errors(updating)) == expected
    assert sorted(path for _, path in errors(creating)) == [*expected[:2], ["reference", "system"], expected[2]]
    assert await world.contents() == before


async def test_a_deleted_lead_comes_back_only_when_asked_for(world: World) -> None:
    created = await world.tell("upsertLead", {"reference": REFERENCE, "notes": "Old."}, SELECTION)
    await world.tell("deleteLead", {"leadId": created["lead"]["id"]}, "errors { __typename }")
    agent = world.viewer(Role.AGENT, world.ada)
    request = {"reference": REFERENCE, "notes": "New.", "restoreDeleted": True}

    refused = await world.tell("upsertLead", {"reference": REFERENCE, "notes": "New."}, SELECTION)
    not_allowed = await world.tell("upsertLead", request, SELECTION, viewer=agent)
    restored = await world.tell("upsertLead", request, SELECTION)

    assert errors(refused) == [("DUPLICATE_LEAD", ["reference"])]
    assert refused["errors"][0]["existing"] is None
    assert errors(not_allowed) == [("NOT_ALLOWED", ["restoreDeleted"])]
    assert (restored["created"], restored["lead"]["id"], restored["lead"]["notes"]) == (False, created["lead"]["id"], "New.")
    assert restored["lead"]["version"] == 3


async def test_a_lead_out_of_sight_is_a_duplicate_without_a_name(world: World) -> None:
    lead = await world.lead(owner_id=world.cleo.id)
    async with world.database.writing(world.scope) as tx:
        await add_references(tx, [ExternalReference(lead.id, "crm", "7", world.at)])

    payload = await world.tell("upsertLead", {"reference": REFERENCE, "notes": "?"}, SELECTION, viewer=world.viewer(Role.AGENT, world.ada))

    assert errors(payload) == [("DUPLICATE_LEAD", ["reference"])]
    assert payload["errors"][0]["existing"] is None


async def test_the_same_key_upserts_once_and_remembers_that_it_created(world: World) -> None:
    request = {"reference": REFERENCE, "notes": "Once.", "idempotencyKey": "k"}

    first = await world.tell("upsertLead", request, SELECTION)
    again = await world.tell("upsertLead", request, SELECTION)
    elsewhere = await world.tell("upsertLead", request, "created lead { notes }")

    assert first == again
    assert elsewhere == {"created": True, "lead": {"notes": "Once."}}


async def test_a_key_without_the_right_makes_no_new_tags(world: World) -> None:
    viewer = world.viewer(Role.INTEGRATION, scopes=frozenset({Permission.READ_LEADS, Permission.WRITE_LEADS}))
    await world.tell("upsertLead", {"reference": REFERENCE}, SELECTION)

    payload = await world.tell("upsertLead", {"reference": REFERENCE, "tags": ["New"]}, SELECTION, viewer=viewer)

    assert errors(payload) == [("NOT_ALLOWED", ["tags"])]


async def waiting_for_a_row(world: World) -> None:
    """Return once a transaction of this database waits for another one to end."""
    query = text(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND locktype = 'transactionid' "
        "AND pg_stat_activity.datname = current_database()"
    )
    async with asyncio.timeout(5), world.database.reading(world.scope) as db:
        while not await db.fetch_value(query):
            pass


@pytest.mark.parametrize(
    ("mutation", "input"),
    [
        ("createLead", {"externalReferences": [REFERENCE]}),
        ("upsertLead", {"reference": {"system": "erp", "externalId": "1"}, "externalReferences": [REFERENCE]}),
    ],
)
async def test_a_reference_that_is_taken_without_the_lock_is_a_duplicate_too(world: World, mutation: str, input: dict[str, Any]) -> None:
    await world.tell("upsertLead", {"reference": {"system": "erp", "externalId": "1"}}, SELECTION)
    lead = await world.lead()
    async with world.database.writing(world.scope) as tx:
        await add_references(tx, [ExternalReference(lead.id, "crm", "7", world.at)])
        selection = "lead { id } errors { ... on UserError { code path } ... on DuplicateLead { existing { id } } }"
        asked = asyncio.create_task(world.tell(mutation, input, selection))
        await waiting_for_a_row(world)

    payload = await asked
    assert errors(payload) == [("DUPLICATE_LEAD", ["externalReferences", "0"])]
    assert payload["errors"][0]["existing"] == {"id": world.id(lead)}
