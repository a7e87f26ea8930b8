"""Fields that a workspace defines: their definitions, what leads hold in them, and finding leads by it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.access import Role
from domain.custom_fields import MAX_FIELDS
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { message path } }"
FIELD = f"customField {{ id version key label type required archivedAt options {{ key label archivedAt }} }} {ERRORS}"
VALUES = "customFields { key text number date boolean options { key label } field { label type } }"
PLANS = [{"key": "free", "label": "Free"}, {"key": "pro", "label": "Pro"}, {"key": "team", "label": "Team"}]


async def define(world: World, key: str, type: str, **more: Any) -> dict[str, Any]:
    payload = await world.tell("createCustomField", {"key": key, "label": key.title(), "type": type, **more}, FIELD)
    assert payload["errors"] == []
    return payload["customField"]


async def define_all(world: World) -> None:
    await define(world, "region", "TEXT")
    await define(world, "seats", "NUMBER")
    await define(world, "renewal", "DATE")
    await define(world, "vip", "BOOLEAN")
    await define(world, "plan", "SELECT", options=PLANS)
    await define(world, "uses", "MULTI_SELECT", options=[{"key": "crm", "label": "CRM"}, {"key": "ads", "label": "Ads"}])


def given(**values: Any) -> list[dict[str, Any]]:
    """Write values as an input does: `region={"text": "North"}`."""
    return [{"key": key, "value": value} for key, value in values.items()]


EVERYTHING = given(
    region={"text": " North  "},
    seats={"number": "12.50"},
    renewal={"date": "2026-09-01"},
    vip={"boolean": False},
    plan={"option": "pro"},
    uses={"options": ["ads", "crm", "ads"]},
)


async def create(world: World, values: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    return await world.tell(
        "createLead", {"customFields": values, **more} if values is not None else more, f"lead {{ id version {VALUES} }} {ERRORS}"
    )


async def update(world: World, lead: str, values: Any, **more: Any) -> dict[str, Any]:
    input = {"leadId": lead, "customFields": values, **more}
    return await world.tell("updateLead", input, f"lead {{ id version {VALUES} }} {ERRORS}")


async def test_a_lead_answers_its_values_with_their_definitions(world: World) -> None:
    await define_all(world)

    lead = (await create(world, EVERYTHING))["lead"]

    assert lead["customFields"] == [
        _value("plan", "SELECT", options=[PLANS[1]]),
        _value("region", "TEXT", text="North"),
        _value("renewal", "DATE", date="2026-09-01"),
        _value("seats", "NUMBER", number="12.5"),
        _value("uses", "MULTI_SELECT", options=[{"key": "crm", "label": "CRM"}, {"key": "ads", "label": "Ads"}]),
        _value("vip", "BOOLEAN", boolean=False),
    ]


def _value(key: str, type: str, **holds: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"text": None, "number": None, "date": None, "boolean": None, "options": []}
    return {"key": key, **empty, **holds, "field": {"label": key.title(), "type": type}}


async def test_a_lead_answers_one_value_by_its_key(world: World) -> None:
    await define_all(world)
    lead = (await create(world, EVERYTHING))["lead"]["id"]

    answer = await world.ask(
        """query ($id: ID!) { lead(id: $id) {
            seats: customField(key: "seats") { number }
            plan: customField(key: "plan") { options { label } }
            none: customField(key: "no") { key }
        } }""",
        {"id": lead},
    )

    assert answer["lead"] == {"seats": {"number": "12.5"}, "plan": {"options": [{"label": "Pro"}]}, "none": None}


async def test_every_wrong_value_is_named_at_once(world: World) -> None:
    await define_all(world)
    await define(world, "needed", "TEXT", required=True)
    wrong = given(
        nowhere={"text": "x"},
        region={"number": "1"},
        seats={"number": "1000000000000000"},
        plan={"option": "gold"},
        uses={"options": ["crm", "nothing"]},
        needed=None,
    )

    payload = await create(world, [*wrong, {"key": "seats", "value": {"number": "1"}}], contact={"email": "not an address"})

    assert payload["lead"] is None
    assert [(error["path"][1:], error["message"]) for error in payload["errors"]] == [
        (["contact", "email"], payload["errors"][0]["message"]),
        (["customFields", "0", "key"], "The workspace has no custom field with this key."),
        (["customFields", "1", "value"], "A field of type TEXT takes `text`."),
        (["customFields", "2", "value"], "A number has at most 15 digits before the point, and 6 after it."),
        (["customFields", "3", "value"], "The field has no option with this key."),
        (["customFields", "4", "value"], "The field has no option with this key."),
        (["customFields", "5", "value"], "The field is required."),
        (["customFields", "6", "key"], "Named twice."),
    ]


async def test_a_new_lead_needs_the_required_fields_and_an_old_one_may_lack_them(world: World) -> None:
    old = (await create(world))["lead"]["id"]
    needed = await define(world, "needed", "TEXT", required=True)

    refused = await create(world)
    blank = await create(world, given(needed={"text": "  "}))
    renamed = await update(world, old, [], contact={"firstName": "Ana"})

    assert refused["errors"] == [{"__typename": "ValidationError", "message": "`needed` is required.", "path": ["input", "customFields"]}]
    assert [error["message"] for error in blank["errors"]] == ["The field is required."]
    assert renamed["errors"] == []

    await world.tell("archiveCustomField", {"customFieldId": needed["id"]}, FIELD)
    assert (await create(world))["errors"] == []


async def test_an_update_leaves_what_is_absent_and_clears_what_is_null(world: World) -> None:
    await define_all(world)
    lead = (await create(world, EVERYTHING))["lead"]

    changed = await update(world, lead["id"], given(region={"text": "South"}, seats=None))
    same = await update(world, lead["id"], given(region={"text": "South"}))
    absent = await world.tell("updateLead", {"leadId": lead["id"], "notes": "x"}, f"lead {{ {VALUES} }} {ERRORS}")

    assert {value["key"]: value["text"] for value in changed["lead"]["customFields"]} == {
        "region": "South", "plan": None, "renewal": None, "uses": None, "vip": None,
    }  # fmt: skip
    assert (lead["version"], changed["lead"]["version"], same["lead"]["version"]) == (1, 2, 2)
    assert absent["lead"]["customFields"] == changed["lead"]["customFields"]
    assert (await update(world, lead["id"], None))["lead"]["customFields"] == []


async def test_the_feed_tells_which_fields_changed(world: World) -> None:
    await define_all(world)
    lead = (await create(world, given(seats={"number": "3"}, uses={"options": ["crm"]})))["lead"]["id"]
    await update(world, lead, given(seats={"number": "4.25"}, uses=None))

    (_, created), (type, changes) = await world.events(lead)

    assert created["custom.seats"] == [None, "3"]
    assert (type, changes) == ("LEAD_UPDATED", {"custom.seats": ["3", "4.25"], "custom.uses": [["crm"], None]})
    shown = await world.ask("query ($id: ID!) { lead(id: $id) { events(first: 1) { nodes { changes { field old new } } } } }", {"id": lead})
    assert {change["field"]: change["new"] for change in shown["lead"]["events"]["nodes"][0]["changes"]} == {
        "custom.seats": "4.25", "custom.uses": None,
    }  # fmt: skip


async def test_an_upsert_gives_values_to_a_new_lead_and_to_a_known_one(world: World) -> None:
    await define_all(world)
    input = {"reference": {"system": "crm", "externalId": "7"}, "customFields": given(region={"text": "North"}, vip={"boolean": True})}
    selection = f"created lead {{ {VALUES} }} {ERRORS}"

    first = await world.tell("upsertLead", input, selection)
    second = await world.tell("upsertLead", {**input, "customFields": given(region=None)}, selection)

    assert [first["created"], second["created"]] == [True, False]
    assert [value["key"] for value in first["lead"]["customFields"]] == ["region", "vip"]
    assert [value["key"] for value in second["lead"]["customFields"]] == ["vip"]


async def test_many_new_leads_are_checked_row_by_row(world: World) -> None:
    await define_all(world)
    rows = [{"customFields": given(seats={"number": "1"})}, {"customFields": given(seats={"text": "one"})}]

    payload = await world.tell(
        "createLeads", {"rows": rows, "errorPolicy": "SKIP_FAILED"}, f"rows {{ lead {{ {VALUES} }} {ERRORS} }} {ERRORS}"
    )

    assert [row["lead"] and [value["number"] for value in row["lead"]["customFields"]] for row in payload["rows"]] == [["1"], None]
    assert [error["path"] for error in payload["rows"][1]["errors"]] == [["input", "rows", "1", "customFields", "0", "value"]]


async def test_an_option_in_use_is_archived_and_one_without_use_is_deleted(world: World) -> None:
    plan = await define(world, "plan", "SELECT", options=PLANS)
    lead = (await create(world, given(plan={"option": "free"})))["lead"]["id"]

    payload = await world.tell(
        "setCustomFieldOptions",
        {"customFieldId": plan["id"], "options": [{"key": "max", "label": "Max"}, {"key": "pro", "label": "Professional"}]},
        FIELD,
    )

    at = "2026-06-30T12:00:00Z"
    assert payload["customField"]["options"] == [
        {"key": "max", "label": "Max", "archivedAt": None},
        {"key": "pro", "label": "Professional", "archivedAt": None},
        {"key": "free", "label": "Free", "archivedAt": at},
    ]
    assert payload["customField"]["version"] == 2
    refused = await create(world, given(plan={"option": "free"}))
    assert [error["message"] for error in refused["errors"]] == ["The option is archived."]
    kept = await update(world, lead, given(plan={"option": "free"}))
    assert kept["errors"] == []


async def test_an_archived_field_keeps_its_values_and_takes_no_more(world: World) -> None:
    region = await define(world, "region", "TEXT")
    lead = (await create(world, given(region={"text": "North"})))["lead"]["id"]

    archived = await world.tell("archiveCustomField", {"customFieldId": region["id"]}, FIELD)

    assert archived["customField"]["archivedAt"] == "2026-06-30T12:00:00Z"
    assert [error["message"] for error in (await create(world, given(region={"text": "South"})))["errors"]] == [
        "The field is archived: it takes no new value."
    ]
    shown = await world.ask(
        'query ($id: ID!) { lead(id: $id) { customFields { key } customField(key: "region") { text } } customFields { nodes { key } } }',
        {"id": lead},
    )
    assert shown == {"lead": {"customFields": [], "customField": {"text": "North"}}, "customFields": {"nodes": []}}
    assert await found(world, {"key": "region", "text": {"eq": "north"}}) == [lead]
    back = await world.tell("unarchiveCustomField", {"customFieldId": region["id"], "expectedVersion": 2}, FIELD)
    assert back["customField"]["archivedAt"] is None


async def test_definitions_are_checked_whole(world: World) -> None:
    await define(world, "region", "TEXT")
    wrong = {"key": "Region!", "label": " ", "type": "SELECT", "options": [{"key": "a", "label": "A"}, {"key": "a", "label": "a"}]}

    payload = await world.tell("createCustomField", wrong, FIELD)
    taken = await world.tell("createCustomField", {"key": "region", "label": "R", "type": "TEXT"}, FIELD)
    pointless = await world.tell("createCustomField", {"key": "x", "label": "X", "type": "TEXT", "options": PLANS}, FIELD)

    assert [error["path"][1:] for error in payload["errors"]] == [["label"], ["key"], ["options", "1", "key"], ["options", "1", "label"]]
    assert [error["__typename"] for error in taken["errors"]] == ["AlreadyExists"]
    assert [error["message"] for error in pointless["errors"]] == ["A field of type TEXT has no options."]


async def test_a_workspace_has_a_bounded_number_of_fields(world: World) -> None:
    for number in range(MAX_FIELDS):
        await define(world, f"field_{number}", "TEXT")

    payload = await world.tell("createCustomField", {"key": "one_more", "label": "One more", "type": "TEXT"}, FIELD)

    assert [error["message"] for error in payload["errors"]] == ["A workspace has at most 50 custom fields in use; archive one."]


async def test_only_those_who_manage_fields_define_them(world: World) -> None:
    body = await world.answer(
        'mutation { createCustomField(input: {key: "x", label: "X", type: TEXT}) { errors { __typename } } }',
        viewer=world.viewer(Role.AGENT, world.ada),
    )
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def found(world: World, *conditions: dict[str, Any]) -> list[str]:
    query = (
        "query ($filter: LeadFilter) { leads(filter: $filter, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { id } totalCount } }"
    )
    leads = (await world.ask(query, {"filter": {"customFields": list(conditions)}}))["leads"]
    assert leads["totalCount"] == len(leads["nodes"])
    return [lead["id"] for lead in leads["nodes"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"key": "region", "text": {"eq": "NORTH"}}, ["full"]),
        ({"key": "region", "text": {"in": ["south", "nörth"]}}, ["other"]),
        ({"key": "region", "text": {"startsWith": "no"}}, ["full"]),
        ({"key": "region", "text": {"contains": "RTH"}}, ["full", "other"]),
        ({"key": "region", "text": {"isNull": True}}, ["empty"]),
        ({"key": "region", "isNull": False}, ["full", "other"]),
        ({"key": "seats", "number": {"gte": "-12.5", "lt": "12.5"}}, ["other"]),
        ({"key": "seats", "number": {"eq": "12.500"}}, ["full"]),
        ({"key": "seats", "number": {"gt": "-12.500001"}}, ["full", "other"]),
        ({"key": "renewal", "date": {"gte": "2026-09-01"}}, ["full"]),
        ({"key": "renewal", "date": {"lte": "2026-08-31"}}, ["other"]),
        ({"key": "vip", "boolean": False}, ["full"]),
        ({"key": "plan", "options": {"anyOf": ["pro", "team"]}}, ["full"]),
        ({"key": "uses", "options": {"allOf": ["crm", "ads"]}}, ["full"]),
        ({"key": "uses", "options": {"noneOf": ["ads"]}}, ["other", "empty"]),
        ({"key": "uses", "options": {"anyOf": []}}, []),
        ({"key": "unknown", "isNull": True}, ["full", "other", "empty"]),
        ({"key": "seats", "text": {"contains": "1"}}, []),
    ],
)
async def test_leads_are_found_by_what_they_hold(world: World, condition: dict[str, Any], expected: list[str]) -> None:
    await define_all(world)
    other = given(
        region={"text": "Nörth"},
        seats={"number": "-12.5"},
        renewal={"date": "2026-08-31"},
        vip={"boolean": True},
        plan={"option": "free"},
        uses={"options": ["crm"]},
    )
    names = {(await create(world, values))["lead"]["id"]: name for name, values in (("full", EVERYTHING), ("other", other), ("empty", []))}

    assert [names[id] for id in await found(world, condition)] == expected


async def test_leads_are_ordered_by_what_they_hold(world: World) -> None:
    await define_all(world)
    ids: list[str] = []
    for plan, seats in (("team", "9"), ("free", "-1"), (None, None), ("pro", "10")):
        values = given(plan=plan and {"option": plan}, seats=seats and {"number": seats})
        ids.append((await create(world, values))["lead"]["id"])

    async def ordered(key: str, direction: str) -> list[int]:
        query = "query ($order: LeadOrder) { leads(orderBy: $order) { nodes { id } } }"
        nodes = (await world.ask(query, {"order": {"customField": key, "direction": direction}}))["leads"]["nodes"]
        return [ids.index(node["id"]) for node in nodes]

    assert await ordered("plan", "ASC") == [1, 3, 0, 2]
    assert await ordered("plan", "DESC") == [0, 3, 1, 2]
    assert await ordered("seats", "ASC") == [1, 0, 3, 2]


@pytest.mark.parametrize("order", [{}, {"field": "NAME", "customField": "plan"}, {"customField": "No Key"}])
async def test_an_order_names_one_thing(world: World, order: dict[str, str]) -> None:
    body = await world.answer("query ($order: LeadOrder) { leads(orderBy: $order) { nodes { id } } }", {"order": order})
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
