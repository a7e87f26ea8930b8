"""Files with columns for fields that the workspace defined."""

from __future__ import annotations

from typing import Any

import pytest

from domain.imports import RowVerdict
from domain.refusals import Refused
from tests.usecases.import_files import counts, imported, left_out, mapping_of
from tests.worlds import World
from usecases.imports.preview import Shown, preview_file
from usecases.imports.reading import from_memory

HEADER = "Id,Email,Seats,Renewal,VIP,Plan,Uses\n"
MAPPING = """
    file: {dates: "%d.%m.%Y", decimal_comma: true}
    lead:
      references: {system: crm, id: Id}
      email: Email
      custom:
        seats: Seats
        renewal: Renewal
        vip: VIP
        plan: Plan
        uses: {column: Uses, split: ";"}
"""
OPTIONS = [{"key": "free", "label": "Free of charge"}, {"key": "pro", "label": "Pro"}]


async def define(world: World, key: str, type: str, **more: Any) -> None:
    payload = await world.tell("createCustomField", {"key": key, "label": key.title(), "type": type, **more}, "errors { __typename }")
    assert payload["errors"] == []


@pytest.fixture
async def shop(world: World) -> World:
    """A workspace with a field of each kind that a file may hold."""
    await define(world, "seats", "NUMBER")
    await define(world, "renewal", "DATE")
    await define(world, "vip", "BOOLEAN")
    await define(world, "plan", "SELECT", options=OPTIONS)
    await define(world, "uses", "MULTI_SELECT", options=[{"key": "crm", "label": "CRM"}, {"key": "ads", "label": "Ads"}])
    return world


async def held(world: World, id: str) -> dict[str, Any]:
    query = """query ($id: String!) { lead(externalReference: {system: "crm", externalId: $id}) {
        version customFields { key text number date boolean options { key } }
    } }"""
    lead = (await world.ask(query, {"id": id}))["lead"]
    values = {
        each["key"]: [option["key"] for option in each["options"]] or next(
            value for name, value in each.items() if name not in ("key", "options") and value is not None
        )
        for each in lead["customFields"]
    }  # fmt: skip
    return {"version": lead["version"], **values}


async def test_cells_become_values_of_the_fields(shop: World) -> None:
    ended = await imported(shop, HEADER + '1,,"1.250,5",01.09.2026,yes,free of charge,ads;CRM\n2,,,,no,PRO,\n', MAPPING)

    assert counts(ended) == {**counts(ended), "created": 2, "failed": 0}
    assert await held(shop, "1") == {
        "version": 1, "seats": "1250.5", "renewal": "2026-09-01", "vip": True, "plan": ["free"], "uses": ["crm", "ads"],
    }  # fmt: skip
    assert await held(shop, "2") == {"version": 1, "vip": False, "plan": ["pro"]}


async def test_another_file_changes_what_it_holds_and_leaves_blank_cells_alone(shop: World) -> None:
    await imported(shop, HEADER + "1,,10,,yes,pro,crm\n2,,10,,,,\n", MAPPING)

    again = await imported(shop, HEADER + "1,,11,,,,crm;ads\n2,,10,,,,\n", MAPPING)

    assert counts(again) == {**counts(again), "updated": 1, "unchanged": 1}
    assert await held(shop, "1") == {"version": 2, "seats": "11", "vip": True, "plan": ["pro"], "uses": ["crm", "ads"]}
    query = '{ lead(externalReference: {system: "crm", externalId: "1"}) { id } }'
    events = await shop.events((await shop.ask(query))["lead"]["id"])
    assert events[-1] == ("LEAD_UPDATED", {"custom.seats": ["10", "11"], "custom.uses": [["crm"], ["crm", "ads"]]})


async def test_a_cell_that_does_not_fit_leaves_its_row_out(shop: World) -> None:
    ended = await imported(shop, HEADER + "1,,many,2026-09-01,perhaps,gold,crm;tv\n", MAPPING)

    [row] = await left_out(shop, ended)
    assert {problem["column"]: problem["message"] for problem in row.problems} == {
        "Seats": "Must be a number.",
        "Renewal": "Must be a date or time as %d.%m.%Y.",
        "VIP": "Must be yes or no.",
        "Plan": "Must be one of Free of charge, Pro.",
        "Uses": "Must be one of CRM, Ads.",
    }


async def test_a_new_lead_needs_the_required_fields_and_a_known_one_does_not(shop: World) -> None:
    await imported(shop, HEADER + "1,,,,,,\n", MAPPING)
    await define(shop, "region", "TEXT", required=True)

    ended = await imported(shop, HEADER + "1,,5,,,,\n2,,5,,,,\n", MAPPING)

    assert counts(ended) == {**counts(ended), "updated": 1, "failed": 1}
    [row] = await left_out(shop, ended)
    assert [(problem["column"], problem["message"]) for problem in row.problems] == [("custom.region", "A new lead needs region.")]


async def test_a_preview_says_what_would_change(shop: World) -> None:
    await imported(shop, HEADER + "1,,10,,,,\n", MAPPING)

    preview = await preview_file(
        shop.call(),
        from_memory((HEADER + "1,,11,,,,\n2,,x,,,,\n3,,1,,,,\n").encode()),
        "utf-8",
        ",",
        mapping_of(MAPPING),
        shown=Shown(3),
        most=None,
    )

    assert [(row.verdict, row.changes) for row in preview.rows] == [
        (RowVerdict.UPDATE, ("custom.seats",)),
        (RowVerdict.ERROR, ()),
        (RowVerdict.CREATE, ()),
    ]


async def test_a_mapping_names_fields_that_are_in_use(shop: World) -> None:
    with pytest.raises(Refused) as refused:
        await preview_file(
            shop.call(), from_memory(b"Id,Region\n1,x\n"), "utf-8", ",",
            mapping_of("lead: {references: {system: crm, id: Id}, custom: {region: Region}}"), shown=Shown(1), most=None,
        )  # fmt: skip
    assert [refusal.message for refusal in refused.value.refusals] == ["lead.custom: the workspace has no custom field `region` in use."]
