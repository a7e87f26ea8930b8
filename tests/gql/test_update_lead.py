"""Updating leads through the API."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import ANY

from domain.access import Role
from domain.leads import LeadSource
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { code path } ... on VersionConflict { expected current } }"


def errors(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"][1:]) for error in payload["errors"]]


async def test_absent_leaves_null_clears_and_a_value_sets(world: World) -> None:
    lead = await world.lead(
        first_name="Rosa", last_name="Marques", title="CEO", company="Acme", employees=600, city="Porto", phones=("+351912345678",)
    )

    payload = await world.tell(
        "updateLead",
        {
            "leadId": world.id(lead),
            "contact": {"lastName": "Silva", "title": None},
            "company": {"employees": 20},
            "address": None,
            "notes": "Moved.",
        },
        ERRORS
        + """
        lead {
            version contact { firstName lastName title phones } company { name employees } address { city } notes
            score { total } scoreHistory { nodes { delta cause } }
        }
        """,
    )

    assert payload == {
        "lead": {
            "version": 2,
            "contact": {"firstName": "Rosa", "lastName": "Silva", "title": None, "phones": ["+351912345678"]},
            "company": {"name": "Acme", "employees": 20},
            "address": {"city": None},
            "notes": "Moved.",
            # 5 for the company and 3 for the phone stay, 10 for the title go, 20 for the size become 5.
            "score": {"total": 13},
            "scoreHistory": {"nodes": [{"delta": -25, "cause": "FIELD_CHANGE"}, {"delta": None, "cause": "FIELD_CHANGE"}]},
        },
        "errors": [],
    }


async def test_an_update_tells_what_was_and_what_is(world: World) -> None:
    lead = await world.lead(last_name="Marques", title="CEO", company="Acme", employees=600, city="Porto", phones=("+351912345678",))
    changes = {"contact": {"lastName": "Silva", "title": None}, "company": {"employees": 20}, "address": None, "notes": "Moved."}

    await world.tell("updateLead", {"leadId": world.id(lead), **changes}, ERRORS)

    assert await world.events(lead) == [
        (
            "LEAD_UPDATED",
            {
                "last_name": ["Marques", "Silva"],
                "title": ["CEO", None],
                "employees": [600, 20],
                "city": ["Porto", None],
                "notes": [None, "Moved."],
            },
        ),
        (
            "LEAD_SCORE_CHANGED",
            {"total": [38, 13], "grade": ["D", "D"], "temperature": ["COLD", "COLD"], "cause": "FIELD_CHANGE", "score_change_id": ANY},
        ),
    ]


async def test_what_is_the_same_already_changes_nothing(world: World) -> None:
    lead = await world.lead(first_name="Rosa", email="rosa@acme.example", annual_revenue=Decimal("1.5"))
    before = await world.contents()

    payload = await world.tell(
        "updateLead",
        {
            "leadId": world.id(lead),
            "contact": {"firstName": " Rosa ", "email": "rosa@ACME.example", "doNotCall": None},
            "company": {"annualRevenue": "1.500"},
        },
        ERRORS + "lead { version }",
    )

    assert payload == {"lead": {"version": 1}, "errors": []}
    assert await world.contents() == before


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(world: World) -> None:
    lead = await world.lead(first_name="Rosa")
    before = await world.contents()

    payload = await world.tell(
        "updateLead",
        {
            "leadId": world.id(lead),
            "contact": {"firstName": "Rosalia", "phones": ["1"] * 11},
            "company": {"website": "javascript:alert(1)"},
            "bant": {"need": "x" * 1_001},
            "notes": "é" * 16_385,
            "touch": {"source": "EVENT", "at": "1999-12-31T23:59:59Z"},
        },
        ERRORS + "lead { id }",
    )

    assert payload["lead"] is None
    assert sorted(errors(payload)) == [
        ("VALIDATION_FAILED", ["bant", "need"]),
        ("VALIDATION_FAILED", ["company", "website"]),
        ("VALIDATION_FAILED", ["contact", "phones"]),
        ("VALIDATION_FAILED", ["notes"]),
        ("VALIDATION_FAILED", ["touch", "at"]),
    ]
    assert await world.contents() == before


async def test_an_unknown_lead_does_not_hide_what_else_is_wrong(world: World) -> None:
    payload = await world.tell("updateLead", {"leadId": "nonsense", "contact": {"email": "rosa"}}, ERRORS)

    assert errors(payload) == [("NOT_FOUND", ["leadId"]), ("VALIDATION_FAILED", ["contact", "email"])]


async def test_a_touch_becomes_the_last_one_unless_a_later_one_is_known(world: World) -> None:
    lead = await world.lead(source=LeadSource.REFERRAL, last_source=LeadSource.REFERRAL)
    world.at += timedelta(days=2)
    selection = ERRORS + "lead { version firstTouch { source } lastTouch { source at utm { medium } } }"

    async def touched(source: str, days: int) -> dict[str, Any]:
        touch = {"source": source, "at": (world.at - timedelta(days=days)).isoformat(), "utm": {"medium": "mail"}}
        return (await world.tell("updateLead", {"leadId": world.id(lead), "touch": touch}, selection))["lead"]

    assert await touched("WEBINAR", 1) == {
        "version": 2,
        "firstTouch": {"source": "REFERRAL"},
        "lastTouch": {"source": "WEBINAR", "at": "2026-07-01T12:00:00Z", "utm": {"medium": "mail"}},
    }
    late = await touched("TRADE_SHOW", 3)
    assert (late["version"], late["lastTouch"]["source"]) == (2, "WEBINAR")


async def test_of_two_updates_of_one_version_one_wins(world: World) -> None:
    lead = await world.lead()

    async def update(name: str) -> dict[str, Any]:
        request = {"leadId": world.id(lead), "contact": {"firstName": name}, "expectedVersion": 1}
        return await world.tell("updateLead", request, ERRORS + "lead { version }")

    payloads = await asyncio.gather(*(update(name) for name in ("Ann", "Bob", "Cid", "Dee")))

    assert [payload["lead"] for payload in payloads if payload["lead"]] == [{"version": 2}]
    refused = [payload["errors"] for payload in payloads if not payload["lead"]]
    conflict = {
        "__typename": "VersionConflict",
        "code": "VERSION_CONFLICT",
        "path": ["input", "expectedVersion"],
        "expected": 1,
        "current": 2,
    }
    assert refused == [[conflict]] * 3


async def test_the_same_key_updates_once(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "contact": {"firstName": "Ann"}, "idempotencyKey": "u"}

    first = await world.tell("updateLead", request, ERRORS + "lead { version contact { firstName } }")
    await world.tell("updateLead", {"leadId": world.id(lead), "contact": {"firstName": "Bob"}}, ERRORS)
    again = await world.tell("updateLead", request, ERRORS + "lead { version contact { firstName } }")

    assert again == first == {"lead": {"version": 2, "contact": {"firstName": "Ann"}}, "errors": []}


async def test_an_agent_updates_only_leads_in_sight(world: World) -> None:
    own, pool, foreign = await world.lead(owner_id=world.ada.id), await world.lead(), await world.lead(owner_id=world.cleo.id)

    async def update(lead: Any) -> list[str]:
        request = {"leadId": world.id(lead), "notes": "Called."}
        payload = await world.tell("updateLead", request, ERRORS, viewer=world.viewer(Role.AGENT, world.ben))
        return [error["code"] for error in payload["errors"]]

    assert [await update(lead) for lead in (own, pool, foreign)] == [[], [], ["NOT_FOUND"]]


async def test_an_address_that_another_lead_has_is_refused_unless_the_caller_allows_it(world: World) -> None:
    ana, bo = await world.lead(first_name="Ana", email="ana@lima.example"), await world.lead(first_name="Bo", email="bo@lima.example")
    update = {"leadId": world.id(bo), "contact": {"email": "ANA@lima.example", "title": "Buyer"}}
    selection = (
        "lead { contact { email title } } errors { ... on UserError { code path } ... on DuplicateLead { matchedOn existing { id } } }"
    )

    refused = await world.tell("updateLead", update, selection)
    allowed = await world.tell("updateLead", {**update, "allowDuplicate": True}, selection)
    again = await world.tell("updateLead", {"leadId": world.id(bo), "contact": {"email": "Ana@lima.example"}}, selection)

    assert refused == {
        "lead": None,
        "errors": [
            {"code": "DUPLICATE_LEAD", "path": ["input", "contact", "email"], "matchedOn": "email", "existing": {"id": world.id(ana)}}
        ],
    }
    assert allowed == {"lead": {"contact": {"email": "ANA@lima.example", "title": "Buyer"}}, "errors": []}
    # It has the address by now; writing it in another way takes nothing from anybody.
    assert again == {"lead": {"contact": {"email": "Ana@lima.example", "title": "Buyer"}}, "errors": []}


async def test_another_system_may_know_a_lead_later(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    crm, erp = {"system": "crm", "externalId": "7"}, {"system": "erp", "externalId": "A-1"}
    selection = ERRORS + " lead { version externalReferences { system externalId } }"

    linked = await world.tell("updateLead", {"leadId": world.id(lead), "externalReferences": [crm]}, selection)
    more = await world.tell("updateLead", {"leadId": world.id(lead), "externalReferences": [crm, erp]}, selection)
    again = await world.tell("updateLead", {"leadId": world.id(lead), "externalReferences": [erp]}, selection)
    taken = await world.tell(
        "updateLead", {"leadId": world.id(other), "notes": "?", "externalReferences": [erp, {**crm, "system": ""}]}, selection
    )
    upserted = await world.tell("upsertLead", {"reference": erp, "notes": "By the ERP."}, "created lead { id } errors { __typename }")

    assert linked == {"lead": {"version": 2, "externalReferences": [crm]}, "errors": []}
    assert more == {"lead": {"version": 3, "externalReferences": [crm, erp]}, "errors": []}
    assert again == more
    assert taken["lead"] is None
    assert sorted(errors(taken)) == [
        ("DUPLICATE_LEAD", ["externalReferences", "0"]),
        ("VALIDATION_FAILED", ["externalReferences", "1", "system"]),
    ]
    assert upserted == {"created": False, "lead": {"id": world.id(lead)}, "errors": []}
    told = [changes["external_references"] for _, changes in await world.events(lead) if "external_references" in changes]
    names = [{"system": "crm", "external_id": "7"}, {"system": "erp", "external_id": "A-1"}]
    assert told == [[[], names[:1]], [names[:1], names]]
