"""Setting what a deal is worth, how likely it is won, and when it is expected to close."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from domain.status import LeadStatus
from persistence.database import Database
from tests.contents import contents
from tests.events import told
from tests.worlds import World, build_world

DEAL = "lead { version deal { value { amount currency } probability manualProbability expectedCloseDate } }"
ERRORS = "errors { __typename ... on UserError { code path message } }"


async def _set(world: World, lead: Lead, **fields: Any) -> dict[str, Any]:
    viewer = fields.pop("viewer", None)
    return await world.tell("setDeal", {"leadId": world.id(lead), **fields}, f"{DEAL} {ERRORS}", viewer=viewer)


async def test_a_deal_is_set_in_one_go(world: World) -> None:
    lead = await world.lead()

    payload = await _set(world, lead, value={"amount": "12500.50", "currency": "eur"}, probability=35, expectedCloseDate="2026-09-30")

    assert payload == {
        "lead": {
            "version": 2,
            "deal": {
                "value": {"amount": "12500.5", "currency": "EUR"},
                "probability": 35,
                "manualProbability": 35,
                "expectedCloseDate": "2026-09-30",
            },
        },
        "errors": [],
    }
    assert await told(world, lead) == [
        (
            1,
            "LEAD_DEAL_CHANGED",
            {
                "deal_value": [None, "12500.5"],
                "deal_currency": [None, "EUR"],
                "deal_probability": [None, 35],
                "expected_close_date": [None, "2026-09-30"],
            },
        )
    ]


async def test_absent_leaves_and_null_clears(world: World) -> None:
    lead = await world.lead(
        deal_value=Decimal(900), deal_currency="EUR", deal_probability=20, expected_close_date=date(2026, 7, 1), owner_id=world.ada.id
    )

    payload = await _set(world, lead, value=None, probability=None)

    assert payload["lead"] == {
        "version": 2,
        "deal": {"value": None, "probability": None, "manualProbability": None, "expectedCloseDate": "2026-07-01"},
    }
    assert await told(world, lead) == [
        (1, "LEAD_DEAL_CHANGED", {"deal_value": ["900", None], "deal_currency": ["EUR", None], "deal_probability": [20, None]})
    ]


async def test_what_is_the_same_already_changes_nothing(world: World) -> None:
    lead = await world.lead(deal_value=Decimal("900.100"), deal_currency="EUR", expected_close_date=date(2026, 7, 1))
    before = await contents(world)
    world.at += timedelta(days=1)

    same = await _set(world, lead, value={"amount": "900.1", "currency": "EUR"}, expectedCloseDate="2026-07-01")
    nothing = await _set(world, lead)

    assert (same["lead"]["version"], nothing["lead"]["version"]) == (1, 1)
    assert await contents(world) == before


async def test_every_move_of_the_close_date_is_kept(world: World) -> None:
    lead = await world.lead()
    await _set(world, lead, expectedCloseDate="2026-09-30")
    world.at += timedelta(days=1)
    await _set(world, lead, expectedCloseDate="2026-12-31", viewer=world.viewer(Role.MANAGER, world.ada))
    await _set(world, lead, probability=10)
    world.at += timedelta(days=1)
    await _set(world, lead, expectedCloseDate=None)

    data = await world.ask(
        "query ($id: ID!) { lead(id: $id) { closeDateSlips { nodes { at fromDate toDate actor { kind } } } } }", {"id": world.id(lead)}
    )

    assert data["lead"]["closeDateSlips"]["nodes"] == [
        {"at": "2026-07-02T12:00:00Z", "fromDate": "2026-12-31", "toDate": None, "actor": {"kind": "API_KEY"}},
        {"at": "2026-07-01T12:00:00Z", "fromDate": "2026-09-30", "toDate": "2026-12-31", "actor": {"kind": "AGENT"}},
        {"at": "2026-06-30T12:00:00Z", "fromDate": None, "toDate": "2026-09-30", "actor": {"kind": "API_KEY"}},
    ]


async def test_without_one_set_by_hand_the_stage_says_how_likely_a_deal_is(world: World) -> None:
    leads = [await world.lead(first_name=str(index)) for index in range(3)]
    for lead, stage in zip(leads, world.stages, strict=False):
        await world.tell("moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(stage)}, "errors { __typename }")
    await _set(world, leads[1], probability=0)
    await world.lead(first_name="3")
    query = "{ leads(orderBy: {field: NAME, direction: ASC}) { nodes { deal { probability manualProbability } } } }"

    with world.recorded() as statements:
        data = await world.ask(query)

    deals = [(node["deal"]["probability"], node["deal"]["manualProbability"]) for node in data["leads"]["nodes"]]
    assert deals == [(10, None), (0, 0), (100, None), (None, None)]
    assert len(statements) == 2


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({"value": {"amount": "-1", "currency": "EUR"}}, [["input", "value", "amount"]]),
        ({"value": {"amount": "NaN", "currency": "XXX"}}, [["input", "value", "amount"], ["input", "value", "currency"]]),
        ({"value": {"amount": "1E30", "currency": "EUR"}}, [["input", "value", "amount"]]),
        ({"value": {"amount": "1.0001", "currency": "EUR"}}, [["input", "value", "amount"]]),
        (
            {"value": {"amount": "Infinity", "currency": "euros"}, "probability": 101, "expectedCloseDate": "2200-01-01"},
            [["input", "value", "amount"], ["input", "value", "currency"], ["input", "probability"], ["input", "expectedCloseDate"]],
        ),
        ({"probability": -1, "expectedCloseDate": "0001-01-01"}, [["input", "probability"], ["input", "expectedCloseDate"]]),
    ],
)
async def test_everything_wrong_is_said_at_once_and_nothing_is_written(
    world: World, fields: dict[str, Any], paths: list[list[str]]
) -> None:
    lead = await world.lead()
    before = await contents(world)

    payload = await _set(world, lead, **fields)

    assert payload["lead"] is None
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", path) for path in paths]
    assert await contents(world) == before


async def test_a_deal_that_is_won_keeps_its_value(world: World) -> None:
    lead = await world.lead(status=LeadStatus.CLOSED_WON, deal_value=Decimal(5), deal_currency="EUR")

    cleared = await _set(world, lead, value=None)
    corrected = await _set(world, lead, value={"amount": "6", "currency": "EUR"})

    assert [(error["path"], error["message"]) for error in cleared["errors"]] == [
        (["input", "value"], "A deal that is won keeps its value.")
    ]
    assert corrected["lead"]["deal"]["value"] == {"amount": "6", "currency": "EUR"}


async def test_of_two_deals_set_from_one_version_one_wins(world: World) -> None:
    lead = await world.lead()

    payloads = await asyncio.gather(*(_set(world, lead, probability=value, expectedVersion=1) for value in (10, 20)))

    assert sorted([error["code"] for error in payload["errors"]] for payload in payloads) == [[], ["VERSION_CONFLICT"]]
    late = await _set(world, lead, probability=101, expectedVersion=1)
    assert [error["code"] for error in late["errors"]] == ["VERSION_CONFLICT", "VALIDATION_FAILED"]


async def test_only_who_sees_a_lead_sets_its_deal(world: World, database: Database) -> None:
    foreign = await (await build_world(database)).lead()
    lead = await world.lead(owner_id=world.cleo.id)

    unseen = await _set(world, lead, probability=10, viewer=world.viewer(Role.AGENT, world.ada))
    theirs = await _set(world, foreign, probability=10)

    assert [error["code"] for error in unseen["errors"]] == ["NOT_FOUND"]
    assert theirs == unseen
    body = await world.answer(
        f'mutation {{ setDeal(input: {{leadId: "{world.id(lead)}"}}) {{ lead {{ id }} }} }}', viewer=world.viewer(Role.READ_ONLY)
    )
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]


async def test_the_same_key_sets_once(world: World) -> None:
    lead = await world.lead()
    first = await _set(world, lead, probability=10, idempotencyKey="once")
    await _set(world, lead, probability=20)

    assert await _set(world, lead, probability=10, idempotencyKey="once") == first
    # Null is not absent: it is another input.
    other = await _set(world, lead, probability=None, idempotencyKey="once")
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]
