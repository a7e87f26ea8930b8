"""Creating leads through the API."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from domain.access import AgentVisibility, Permission, Role
from persistence.database import Database
from tests.worlds import World, build_world

ERRORS = """
    errors {
        __typename
        ... on UserError { code path }
        ... on DuplicateLead { matchedOn existing { id } }
    }
"""
LEAD = "lead { id }"


def errors(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"][1:]) for error in payload["errors"]]


EVERYTHING: dict[str, Any] = {
    "contact": {
        "firstName": "Rosa",
        "lastName": "Marques",
        "title": "Vice President, EMEA",
        "email": "Rosa@ACME.example",
        "phones": ["912 345 678"],
        "language": "pt-pt",
    },
    "company": {
        "name": "Acme",
        "industry": "Software",
        "employees": 500,
        "annualRevenue": "1000000.00",
        "website": "https://acme.example",
    },
    "address": {"city": "Porto", "timeZone": "Europe/Lisbon"},
    "bant": {"need": "Fewer tools"},
    "notes": "Met at the fair.",
    "touch": {
        "source": "WEBINAR",
        "at": "2026-06-29T10:00:00+02:00",
        "detail": "Growth",
        "utm": {"source": "newsletter", "campaign": "june"},
    },
    "externalReferences": [{"system": "hubspot", "externalId": "42"}],
    "tags": ["Gold", " gold ", "VIP"],
}
SHOWN = """
    lead {
        version name status grade createdAt
        contact { email phones language doNotCall }
        company { name employees annualRevenue }
        bant { need complete }
        notes
        firstTouch { source at detail utm { source medium campaign } }
        lastTouch { source at }
        tags { name }
        externalReferences { system externalId }
        owner { id }
        score { total categories { key points } }
        statusHistory { nodes { from to secondsInPrevious } }
        scoreHistory { totalCount }
    }
    errors { __typename }
"""
AS_STORED: dict[str, Any] = {
    "lead": {
        "version": 1,
        "name": "Rosa Marques",
        "status": "NEW",
        "grade": "C",
        "createdAt": "2026-06-30T12:00:00Z",
        "contact": {"email": "Rosa@acme.example", "phones": ["+351912345678"], "language": "pt-PT", "doNotCall": False},
        "company": {"name": "Acme", "employees": 500, "annualRevenue": "1000000"},
        "bant": {"need": "Fewer tools", "complete": False},
        "notes": "Met at the fair.",
        "firstTouch": {
            "source": "WEBINAR",
            "at": "2026-06-29T08:00:00Z",
            "detail": "Growth",
            "utm": {"source": "newsletter", "medium": None, "campaign": "june"},
        },
        "lastTouch": {"source": "WEBINAR", "at": "2026-06-29T08:00:00Z"},
        "tags": [{"name": "Gold"}, {"name": "VIP"}],
        "externalReferences": [{"system": "hubspot", "externalId": "42"}],
        "owner": None,
        # 20 of the person and company, 15 for the size and 5 for the revenue within the cap of 20, 5 for the webinar.
        "score": {
            "total": 45,
            "categories": [
                {"key": "demographic", "points": 20},
                {"key": "behavioural", "points": 0},
                {"key": "engagement", "points": 0},
                {"key": "firmographic", "points": 20},
                {"key": "intent", "points": 5},
            ],
        },
        "statusHistory": {"nodes": [{"from": None, "to": "NEW", "secondsInPrevious": None}]},
        "scoreHistory": {"totalCount": 1},
    },
    "errors": [],
}


async def test_a_lead_is_created_with_everything_that_is_known(world: World) -> None:
    assert await world.tell("createLead", EVERYTHING, SHOWN) == AS_STORED


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(world: World) -> None:
    await world.lead(email="taken@acme.example")
    before = await world.contents()

    payload = await world.tell(
        "createLead",
        {
            "contact": {"firstName": "x" * 101, "email": "rosa", "phones": ["911"]},
            "company": {"annualRevenue": "NaN", "employees": -1},
            "address": {"country": "Portugal"},
            "touch": {"source": "EVENT", "at": "2026-07-01T00:00:00Z", "utm": {"term": "y" * 201}},
            "externalReferences": [{"system": "", "externalId": "z" * 201}],
            "tags": ["Fine", "w" * 51],
        },
        ERRORS + LEAD,
    )

    assert payload["lead"] is None
    assert {code for code, _ in errors(payload)} == {"VALIDATION_FAILED"}
    assert sorted(".".join(path) for _, path in errors(payload)) == [
        "address.country",
        "company.annualRevenue",
        "company.employees",
        "contact.email",
        "contact.firstName",
        "contact.phones.0",
        "externalReferences.0.externalId",
        "externalReferences.0.system",
        "tags.1",
        "touch.at",
        "touch.utm.term",
    ]
    assert await world.contents() == before


async def test_an_address_or_a_reference_that_a_lead_has_is_a_duplicate(world: World) -> None:
    first = await world.tell(
        "createLead",
        {"contact": {"email": "Rosa@acme.example"}, "externalReferences": [{"system": "crm", "externalId": "7"}]},
        LEAD,
    )
    again = {"contact": {"email": "ROSA@ACME.example"}}

    payload = await world.tell("createLead", {**again, "externalReferences": [{"system": "crm", "externalId": "7"}]}, ERRORS + LEAD)

    assert payload["lead"] is None
    assert payload["errors"] == [
        {
            "__typename": "DuplicateLead",
            "code": "DUPLICATE_LEAD",
            "path": ["input", "externalReferences", "0"],
            "matchedOn": "reference",
            "existing": first["lead"],
        },
        {
            "__typename": "DuplicateLead",
            "code": "DUPLICATE_LEAD",
            "path": ["input", "contact", "email"],
            "matchedOn": "email",
            "existing": first["lead"],
        },
    ]
    assert (await world.tell("createLead", {**again, "allowDuplicate": True}, ERRORS + LEAD))["errors"] == []


async def test_of_two_leads_with_one_reference_at_once_one_is_created(world: World) -> None:
    async def create(number: int) -> str:
        payload = await world.tell(
            "createLead",
            {"contact": {"firstName": str(number)}, "externalReferences": [{"system": "crm", "externalId": "7"}]},
            ERRORS + LEAD,
        )
        return "created" if payload["lead"] else payload["errors"][0]["code"]

    outcomes = await asyncio.gather(*(create(number) for number in range(12)))

    assert sorted(outcomes) == ["DUPLICATE_LEAD"] * 11 + ["created"]


async def test_of_two_leads_with_one_address_at_once_one_is_created(world: World) -> None:
    async def create(email: str) -> bool:
        return (await world.tell("createLead", {"contact": {"email": email}}, LEAD))["lead"] is not None

    outcomes = await asyncio.gather(*(create(email) for email in ("a@acme.example", "A@acme.example") * 4))

    assert outcomes.count(True) == 1


async def test_the_same_key_creates_once(world: World) -> None:
    request = {"contact": {"email": "rosa@acme.example"}, "tags": ["New"], "idempotencyKey": "form-1"}

    answers = await asyncio.gather(*(world.tell("createLead", request, ERRORS + "lead { id tags { name } }") for _ in range(5)))
    other = await world.tell("createLead", {**request, "notes": "?"}, ERRORS + LEAD)

    assert answers[0]["errors"] == []
    assert all(answer == answers[0] for answer in answers)
    assert errors(other) == [("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])]
    assert (await world.ask("{ leads { totalCount } }"))["leads"]["totalCount"] == 1


async def test_a_key_without_the_right_makes_no_new_tags(world: World) -> None:
    await world.tell("createTag", {"name": "Known"}, "tag { id }")
    viewer = world.viewer(Role.INTEGRATION, scopes=frozenset({Permission.READ_LEADS, Permission.WRITE_LEADS}))

    refused = await world.tell("createLead", {"tags": ["known", "Unknown"]}, ERRORS + LEAD, viewer=viewer)
    created = await world.tell("createLead", {"tags": ["known"]}, ERRORS + "lead { tags { name } }", viewer=viewer)

    assert errors(refused) == [("NOT_ALLOWED", ["tags"])]
    assert created["lead"] == {"tags": [{"name": "Known"}]}


async def test_an_agent_keeps_the_lead_where_agents_do_not_see_the_pool(database: Database) -> None:
    world = await build_world(database, visibility=AgentVisibility.TEAM)
    selection = "lead { id owner { name } assignmentHistory { nodes { to { name } from { name } } } }"

    payload = await world.tell("createLead", {"notes": "Walked in."}, selection, viewer=world.viewer(Role.AGENT, world.ada))

    assert payload["lead"]["owner"] == {"name": "Ada"}
    assert payload["lead"]["assignmentHistory"] == {"nodes": [{"to": {"name": "Ada"}, "from": None}]}


async def test_the_event_tells_what_is_known(world: World) -> None:
    payload = await world.tell(
        "createLead",
        {
            "contact": {"firstName": "Rosa", "doNotCall": False, "doNotEmail": True},
            "company": {"employees": 0, "annualRevenue": "0.50"},
            "externalReferences": [{"system": "crm", "externalId": "7"}],
            "tags": ["b", "A"],
        },
        LEAD,
    )

    assert await world.events(payload["lead"]["id"]) == [
        (
            "LEAD_CREATED",
            {
                "first_name": [None, "Rosa"],
                "do_not_email": [None, True],
                "employees": [None, 0],
                "annual_revenue": [None, "0.50"],
                "status": [None, "NEW"],
                "source": [None, "API"],
                "external_references": [[], [{"system": "crm", "external_id": "7"}]],
                "tags": [[], ["A", "b"]],
            },
        ),
        ("SUPPRESSION_ADDED", {"reason": "OTHER", "channel": "EMAIL"}),
    ]


async def test_a_touch_may_come_from_a_clock_that_runs_a_little_ahead(world: World) -> None:
    def touch(minutes: int) -> dict[str, Any]:
        return {"touch": {"source": "EVENT", "at": (world.at + timedelta(minutes=minutes)).isoformat()}}

    assert errors(await world.tell("createLead", touch(5), ERRORS)) == []
    assert errors(await world.tell("createLead", touch(6), ERRORS)) == [("VALIDATION_FAILED", ["touch", "at"])]


ROWS = """
    rows { index lead { name } errors { code: __typename ... on UserError { path } ... on DuplicateLead { matchedOn existing { name } } } }
    errors { code: __typename ... on UserError { path } }
"""


def three_rows() -> list[dict[str, Any]]:
    return [
        {"contact": {"firstName": "Ann", "email": "ann@acme.example"}, "tags": ["Batch"]},
        {"contact": {"firstName": "Bob", "email": "nonsense"}},
        {"contact": {"firstName": "Cid", "email": "ANN@acme.example"}},
    ]


async def test_one_refused_row_undoes_all(world: World) -> None:
    before = await world.contents()

    payload = await world.tell("createLeads", {"rows": three_rows()}, ROWS)

    assert payload == {
        "rows": [],
        "errors": [
            {"code": "ValidationError", "path": ["input", "rows", "1", "contact", "email"]},
            {"code": "DuplicateLead", "path": ["input", "rows", "2", "contact", "email"]},
        ],
    }
    assert await world.contents() == before


async def test_refused_rows_are_left_out(world: World) -> None:
    payload = await world.tell("createLeads", {"rows": three_rows(), "errorPolicy": "SKIP_FAILED"}, ROWS)

    assert payload["errors"] == []
    assert payload["rows"] == [
        {"index": 0, "lead": {"name": "Ann"}, "errors": []},
        {"index": 1, "lead": None, "errors": [{"code": "ValidationError", "path": ["input", "rows", "1", "contact", "email"]}]},
        {
            "index": 2,
            "lead": None,
            "errors": [
                {
                    "code": "DuplicateLead",
                    "path": ["input", "rows", "2", "contact", "email"],
                    "matchedOn": "email",
                    "existing": {"name": "Ann"},
                }
            ],
        },
    ]


async def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(world: World) -> None:
    async def statements(rows: int, batch: str) -> int:
        request = [
            {
                "contact": {"email": f"{batch}{row}@acme.example"},
                "externalReferences": [{"system": batch, "externalId": str(row)}],
                "tags": [batch, f"{batch}{row % 7}"],
            }
            for row in range(rows)
        ]
        with world.recorded() as recorded:
            payload = await world.tell("createLeads", {"rows": request}, "rows { lead { id } errors { __typename } } errors { __typename }")
        assert payload["errors"] == []
        assert len(payload["rows"]) == rows
        return len(recorded)

    assert await statements(3, "few") == await statements(200, "many")


async def test_there_are_at_most_500_rows(world: World) -> None:
    payload = await world.tell("createLeads", {"rows": [{}] * 501}, ROWS)

    assert payload == {"rows": [], "errors": [{"code": "ValidationError", "path": ["input", "rows"]}]}
