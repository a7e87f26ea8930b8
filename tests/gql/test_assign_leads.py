"""Giving many leads to agents in one request."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from domain.access import Role
from domain.people import Availability
from tests.worlds import World

SELECTION = """
    rows { index lead { owner { name } } errors { __typename ... on UserError { code path } } }
    errors { __typename ... on UserError { code path } }
"""


def _owners(payload: dict[str, Any]) -> list[str | None]:
    return [row["lead"] and row["lead"]["owner"]["name"] for row in payload["rows"]]


async def test_a_rule_takes_turns_across_the_rows(world: World) -> None:
    leads = [await world.lead() for _ in range(7)]
    request = {"leadIds": [world.id(lead) for lead in leads], "rule": {"strategy": "ROUND_ROBIN"}}

    payload = await world.tell("assignLeads", request, SELECTION)
    next_one = await world.tell("assignLeads", {**request, "leadIds": [world.id(await world.lead())]}, SELECTION)

    assert payload["errors"] == []
    assert _owners(payload) == ["Ada", "Ben", "Cleo", "Ada", "Ben", "Cleo", "Ada"]
    assert _owners(next_one) == ["Ben"]


async def test_weights_hold_exactly_over_sixty_leads(world: World) -> None:
    await world.change(world.ada, weight=3)
    await world.change(world.ben, weight=2)
    leads = [await world.lead() for _ in range(60)]

    payload = await world.tell("assignLeads", {"leadIds": [world.id(lead) for lead in leads], "rule": {"strategy": "WEIGHTED"}}, SELECTION)

    assert Counter(_owners(payload)) == {"Ada": 30, "Ben": 20, "Cleo": 10}


async def test_capacity_is_counted_across_the_rows(world: World) -> None:
    await world.change(world.ada, capacity=2)
    leads = [await world.lead() for _ in range(3)]
    request = {"leadIds": [world.id(lead) for lead in leads], "agentId": world.id(world.ada)}

    all_or_nothing = await world.tell("assignLeads", request, SELECTION)
    skipping = await world.tell("assignLeads", {**request, "errorPolicy": "SKIP_FAILED"}, SELECTION)

    assert all_or_nothing == {
        "rows": [],
        "errors": [{"__typename": "AgentAtCapacity", "code": "AGENT_AT_CAPACITY", "path": ["input", "leadIds", "2"]}],
    }
    assert skipping["errors"] == []
    assert _owners(skipping) == ["Ada", "Ada", None]
    assert [row["index"] for row in skipping["rows"]] == [0, 1, 2]
    assert [[error["code"] for error in row["errors"]] for row in skipping["rows"]] == [[], [], ["AGENT_AT_CAPACITY"]]


async def test_who_gives_a_lead_away_has_room_for_the_next(world: World) -> None:
    ada = await world.change(world.ada, capacity=1)
    ben = await world.change(world.ben, capacity=1)
    await world.change(world.cleo, availability=Availability.AWAY)
    first, second = await world.lead(owner_id=ada.id), await world.lead()
    rule = {"strategy": "ROUND_ROBIN"}
    await world.change(ada, last_assigned_at=world.at)

    payload = await world.tell("assignLeads", {"leadIds": [world.id(first), world.id(second)], "rule": rule}, SELECTION)

    assert payload["errors"] == []
    assert _owners(payload) == [ben.name, ada.name]


async def test_unknown_leads_are_told_row_by_row(world: World) -> None:
    lead = await world.lead()
    request = {"leadIds": ["x", world.id(lead), world.id(world.team)], "agentId": world.id(world.ada), "errorPolicy": "SKIP_FAILED"}

    payload = await world.tell("assignLeads", request, SELECTION)

    assert _owners(payload) == [None, "Ada", None]
    assert [[error["path"] for error in row["errors"]] for row in payload["rows"]] == [
        [["input", "leadIds", "0"]],
        [],
        [["input", "leadIds", "2"]],
    ]


async def test_a_lead_named_twice_is_given_once(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("assignLeads", {"leadIds": [world.id(lead)] * 2, "rule": {"strategy": "ROUND_ROBIN"}}, SELECTION)

    assert _owners(payload) == ["Ada", "Ada"]
    assert len(await world.events(lead)) == 1


async def test_a_filter_says_which_leads(world: World) -> None:
    await world.lead(owner_id=world.cleo.id)
    pool = [await world.lead() for _ in range(3)]

    payload = await world.tell(
        "assignLeads", {"filter": {"owner": {"isNull": True}}, "agentId": world.id(world.ben)}, "rows { lead { id owner { name } } }"
    )

    assert payload["rows"] == [{"lead": {"id": world.id(lead), "owner": {"name": "Ben"}}} for lead in pool]


@pytest.mark.parametrize(
    ("input", "path"),
    [
        ({}, ["input", "leadIds"]),
        ({"leadIds": ["x"], "filter": {}}, ["input", "leadIds"]),
        ({"leadIds": ["x"] * 501}, ["input", "leadIds"]),
    ],
)
async def test_the_leads_are_named_one_way_and_are_not_too_many(world: World, input: dict[str, Any], path: list[str]) -> None:
    payload = await world.tell("assignLeads", {**input, "agentId": world.id(world.ada)}, SELECTION)

    assert payload["rows"] == []
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("VALIDATION_FAILED", path)]


async def test_an_agent_gets_only_what_may_be_taken(world: World) -> None:
    pool, bens = await world.lead(), await world.lead(owner_id=world.ben.id)
    request = {"leadIds": [world.id(pool), world.id(bens)], "agentId": world.id(world.ada), "errorPolicy": "SKIP_FAILED"}

    payload = await world.tell("assignLeads", request, SELECTION, viewer=world.viewer(Role.AGENT, world.ada))

    assert _owners(payload) == ["Ada", None]
    assert payload["rows"][1]["errors"][0]["code"] == "NOT_ALLOWED"


async def test_the_number_of_statements_does_not_depend_on_the_number_of_leads(world: World) -> None:
    async def statements(count: int) -> list[str]:
        leads = [await world.lead() for _ in range(count)]
        request = {"leadIds": [world.id(lead) for lead in leads], "rule": {"strategy": "WEIGHTED"}}
        with world.recorded() as recorded:
            payload = await world.tell("assignLeads", request, "rows { index }")
        assert len(payload["rows"]) == count
        return recorded

    assert await statements(2) == await statements(40)
