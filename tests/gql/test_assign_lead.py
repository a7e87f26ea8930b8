"""Giving leads to agents, and back to the pool, through the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from domain.access import AgentVisibility, Role
from domain.leads import Lead, LeadSource
from domain.people import Agent, Availability
from domain.status import LeadStatus
from persistence.database import Database
from persistence.people import agent_by_id
from tests.worlds import World, build_world

LEAD = """
    lead {
        version assignedAt owner { name }
        assignmentHistory { nodes { from { name } to { name } strategy reason actor { kind agent { name } } } }
    }
"""
SELECTION = f"""
    {LEAD}
    errors {{
        __typename
        ... on UserError {{ code message path }}
        ... on AgentAtCapacity {{ capacity openLeads }}
        ... on AgentNotAvailable {{ availability }}
        ... on NoEligibleAgent {{ candidates notAvailable atCapacity mismatched }}
        ... on VersionConflict {{ expected current }}
    }}
"""
BRIEF = "lead { owner { name } } errors { ... on UserError { code path } }"


async def _assign(world: World, lead: Lead, input: Mapping[str, Any], selection: str = BRIEF, **options: Any) -> dict[str, Any]:
    return await world.tell("assignLead", {"leadId": world.id(lead), **input}, selection, **options)


def _codes(payload: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def _turn(world: World, agent: Agent) -> Agent:
    async with world.database.reading(world.scope) as db:
        return (await agent_by_id(db, [agent.id]))[agent.id]


async def test_a_lead_from_the_pool_gets_an_owner(world: World) -> None:
    lead = await world.lead()

    payload = await _assign(world, lead, {"agentId": world.id(world.ada), "reason": "Knows the company"}, SELECTION)

    assert payload == {
        "lead": {
            "version": 2,
            "assignedAt": "2026-06-30T12:00:00Z",
            "owner": {"name": "Ada"},
            "assignmentHistory": {
                "nodes": [
                    {
                        "from": None,
                        "to": {"name": "Ada"},
                        "strategy": "MANUAL",
                        "reason": "Knows the company",
                        "actor": {"kind": "API_KEY", "agent": None},
                    }
                ]
            },
        },
        "errors": [],
    }
    assert await world.events(lead) == [
        ("LEAD_ASSIGNED", {"owner_id": [None, str(world.ada.id)], "strategy": "MANUAL", "reason": "Knows the company"})
    ]


async def test_the_same_owner_again_changes_nothing(world: World) -> None:
    ada = await world.change(world.ada, capacity=1)
    lead = await world.lead(owner_id=ada.id)
    await world.change(ada, availability=Availability.AWAY)

    payload = await _assign(world, lead, {"agentId": world.id(ada)}, SELECTION)

    assert payload["errors"] == []
    assert payload["lead"]["version"] == 1
    assert payload["lead"]["assignmentHistory"] == {"nodes": []}
    assert await world.events(lead) == []


async def test_nobody_is_given_more_than_the_capacity(world: World) -> None:
    ada = await world.change(world.ada, capacity=2)
    for status in (LeadStatus.NEW, LeadStatus.RECYCLED, LeadStatus.CLOSED_WON, LeadStatus.DISQUALIFIED, LeadStatus.CLOSED_LOST):
        await world.lead(owner_id=ada.id, status=status)
    await world.lead(owner_id=ada.id, deleted_at=world.at)
    lead = await world.lead()

    payload = await _assign(world, lead, {"agentId": world.id(ada)}, SELECTION)

    assert payload == {
        "lead": None,
        "errors": [
            {
                "__typename": "AgentAtCapacity",
                "code": "AGENT_AT_CAPACITY",
                "message": "The agent owns 2 open leads of at most 2.",
                "path": ["input", "agentId"],
                "capacity": 2,
                "openLeads": 2,
            }
        ],
    }
    closed = await world.lead(status=LeadStatus.CLOSED_WON)
    assert (await _assign(world, closed, {"agentId": world.id(ada)}))["lead"] == {"owner": {"name": "Ada"}}


async def test_a_reopened_lead_comes_back_to_its_owner_even_beyond_the_capacity(world: World) -> None:
    ada = await world.change(world.ada, capacity=1)
    await world.lead(owner_id=ada.id)
    lost = await world.lead(owner_id=ada.id, status=LeadStatus.CLOSED_LOST)

    payload = await world.tell(
        "changeLeadStatus",
        {"leadId": world.id(lost), "status": "RECYCLED", "reason": "New budget"},
        "lead { status owner { name } } errors { __typename }",
    )

    assert payload == {"lead": {"status": "RECYCLED", "owner": {"name": "Ada"}}, "errors": []}


async def test_who_is_away_gets_nothing(world: World) -> None:
    await world.change(world.ada, availability=Availability.AWAY)
    lead = await world.lead()

    payload = await _assign(world, lead, {"agentId": world.id(world.ada)}, SELECTION)

    assert payload["errors"] == [
        {
            "__typename": "AgentNotAvailable",
            "code": "AGENT_NOT_AVAILABLE",
            "message": "The agent is AWAY.",
            "path": ["input", "agentId"],
            "availability": "AWAY",
        }
    ]


async def test_an_old_version_is_a_conflict(world: World) -> None:
    lead = await world.lead()
    await _assign(world, lead, {"agentId": world.id(world.ada), "expectedVersion": 1})

    payload = await _assign(world, lead, {"agentId": world.id(world.ben), "expectedVersion": 1}, SELECTION)

    assert payload["errors"] == [
        {
            "__typename": "VersionConflict",
            "code": "VERSION_CONFLICT",
            "message": "The lead is at version 2 by now.",
            "path": ["input", "expectedVersion"],
            "expected": 1,
            "current": 2,
        }
    ]


async def test_all_problems_of_a_request_are_told_at_once(world: World) -> None:
    before = await world.contents()
    rule = {"strategy": "ROUND_ROBIN"}

    both = await world.tell(
        "assignLead", {"leadId": world.id(world.ada), "agentId": world.id(world.ben), "rule": rule, "reason": "x" * 501}, BRIEF
    )
    strangers = await world.tell("assignLead", {"leadId": "x", "agentId": world.id(world.team)}, BRIEF)
    no_team = await world.tell("assignLead", {"leadId": "x", "rule": {**rule, "teamId": world.id(world.ada)}}, BRIEF)

    assert _codes(both) == [
        ("NOT_FOUND", ["input", "leadId"]),
        ("VALIDATION_FAILED", ["input", "reason"]),
        ("VALIDATION_FAILED", ["input", "agentId"]),
    ]
    assert _codes(strangers) == [("NOT_FOUND", ["input", "leadId"]), ("NOT_FOUND", ["input", "agentId"])]
    assert _codes(no_team) == [("NOT_FOUND", ["input", "leadId"]), ("NOT_FOUND", ["input", "rule", "teamId"])]
    assert await world.contents() == before


async def test_round_robin_goes_round_the_team(world: World) -> None:
    rule = {"rule": {"strategy": "ROUND_ROBIN", "teamId": world.id(world.team)}}

    owners = [(await _assign(world, await world.lead(), rule))["lead"]["owner"]["name"] for _ in range(5)]

    assert owners == ["Ada", "Ben", "Ada", "Ben", "Ada"]


async def test_a_rule_leaves_out_who_is_away_full_or_does_not_match(world: World) -> None:
    await world.change(world.ada, availability=Availability.AWAY)
    await world.change(world.ben, capacity=0)
    cleo = await world.change(world.cleo, territories=("ES",), sources=(LeadSource.WEBINAR,))
    rule = {"rule": {"strategy": "LEAST_LOADED", "match": ["TERRITORY", "SOURCE"]}}

    portuguese = await _assign(world, await world.lead(country="PT", source=LeadSource.WEBINAR), rule, SELECTION)
    spanish = await _assign(world, await world.lead(country="ES", source=LeadSource.WEBINAR), rule, SELECTION)

    assert portuguese["errors"] == [
        {
            "__typename": "NoEligibleAgent",
            "code": "NO_ELIGIBLE_AGENT",
            "message": "No agent is available, has room and matches.",
            "path": ["input", "rule"],
            "candidates": 3,
            "notAvailable": 1,
            "atCapacity": 1,
            "mismatched": 1,
        }
    ]
    assert spanish["lead"]["owner"] == {"name": cleo.name}
    assert spanish["lead"]["assignmentHistory"]["nodes"][0]["strategy"] == "LEAST_LOADED"


async def test_a_rule_that_picks_the_owner_leaves_lead_and_turn_alone(world: World) -> None:
    await world.change(world.ada, capacity=1)
    lead = await world.lead(owner_id=world.ada.id)

    payload = await _assign(world, lead, {"rule": {"strategy": "ROUND_ROBIN"}}, SELECTION)

    assert (payload["errors"], payload["lead"]["owner"], payload["lead"]["version"]) == ([], {"name": "Ada"}, 1)
    assert (await _turn(world, world.ada)).last_assigned_at is None


async def test_turns_are_no_change_of_the_agent(world: World) -> None:
    await _assign(world, await world.lead(), {"rule": {"strategy": "WEIGHTED"}})

    ada, ben = await _turn(world, world.ada), await _turn(world, world.ben)

    assert (ada.version, ada.updated_at, ada.last_assigned_at, ada.credit) == (1, world.ada.updated_at, world.at, -2)
    assert (ben.version, ben.last_assigned_at, ben.credit) == (1, None, 1)


async def test_the_same_key_assigns_once(world: World) -> None:
    lead = await world.lead()
    request = {"rule": {"strategy": "ROUND_ROBIN"}, "idempotencyKey": "once"}

    first = await _assign(world, lead, request, SELECTION)
    await _assign(world, lead, {"agentId": world.id(world.cleo)})
    again = await _assign(world, lead, request, SELECTION)

    assert first["lead"]["owner"] == {"name": "Ada"}
    assert again == first
    assert (await world.ask("query ($id: ID!) { lead(id: $id) { owner { name } } }", {"id": world.id(lead)}))["lead"] == {
        "owner": {"name": "Cleo"}
    }


async def test_a_lead_goes_back_to_the_pool(world: World) -> None:
    lead = await world.lead(owner_id=world.ada.id, assigned_at=world.at)
    request = {"leadId": world.id(lead), "reason": "On leave", "expectedVersion": 1}

    selection = LEAD + "errors { __typename }"
    payload = await world.tell("unassignLead", request, selection)
    again = await world.tell("unassignLead", {"leadId": world.id(lead)}, selection)
    late = await world.tell("unassignLead", request, "lead { id } errors { ... on UserError { code path } }")

    assert payload["errors"] == []
    assert payload["lead"] == {
        "version": 2,
        "assignedAt": None,
        "owner": None,
        "assignmentHistory": {
            "nodes": [
                {
                    "from": {"name": "Ada"},
                    "to": None,
                    "strategy": "MANUAL",
                    "reason": "On leave",
                    "actor": {"kind": "API_KEY", "agent": None},
                }
            ]
        },
    }
    assert again == payload
    assert _codes(late) == [("VERSION_CONFLICT", ["input", "expectedVersion"])]
    assert await world.events(lead) == [
        ("LEAD_ASSIGNED", {"owner_id": [str(world.ada.id), None], "strategy": "MANUAL", "reason": "On leave"})
    ]


async def test_an_agent_takes_from_the_pool_and_passes_on_within_the_team(world: World) -> None:
    ada = world.viewer(Role.AGENT, world.ada)
    lead = await world.lead()

    taken = await _assign(world, lead, {"agentId": world.id(world.ada)}, SELECTION, viewer=ada)
    passed = await _assign(world, lead, {"agentId": world.id(world.ben)}, viewer=ada)
    back = await _assign(world, lead, {"agentId": world.id(world.ada)}, viewer=ada)

    assert taken["lead"]["owner"] == {"name": "Ada"}
    assert taken["lead"]["assignmentHistory"]["nodes"][0]["actor"] == {"kind": "AGENT", "agent": {"name": "Ada"}}
    assert passed["lead"] == {"owner": {"name": "Ben"}}
    assert _codes(back) == [("NOT_ALLOWED", ["input", "leadId"])]


@pytest.mark.parametrize("visibility", [AgentVisibility.TEAM_AND_POOL, AgentVisibility.ALL])
async def test_an_agent_assigns_nothing_outside_the_team(database: Database, visibility: AgentVisibility) -> None:
    world = await build_world(database, visibility=visibility)
    ada = world.viewer(Role.AGENT, world.ada)
    lead = await world.lead()

    far = await _assign(world, lead, {"agentId": world.id(world.cleo)}, viewer=ada)
    anybody = await _assign(world, lead, {"rule": {"strategy": "ROUND_ROBIN"}}, viewer=ada)
    own_team = await _assign(world, lead, {"rule": {"strategy": "ROUND_ROBIN", "teamId": world.id(world.team)}}, viewer=ada)

    assert _codes(far) == [("NOT_ALLOWED", ["input", "agentId"])]
    assert _codes(anybody) == [("NOT_ALLOWED", ["input", "rule", "teamId"])]
    assert own_team["lead"] == {"owner": {"name": "Ada"}}


async def test_an_agent_cannot_touch_what_is_out_of_sight(database: Database) -> None:
    world = await build_world(database, visibility=AgentVisibility.OWN)
    ada = world.viewer(Role.AGENT, world.ada)
    lead = await world.lead()

    payload = await _assign(world, lead, {"agentId": world.id(world.ada)}, viewer=ada)

    assert _codes(payload) == [("NOT_FOUND", ["input", "leadId"])]


async def test_an_agent_gives_back_only_own_leads(world: World) -> None:
    ada = world.viewer(Role.AGENT, world.ada)
    bens, own = await world.lead(owner_id=world.ben.id), await world.lead(owner_id=world.ada.id)

    refused = await world.tell("unassignLead", {"leadId": world.id(bens)}, BRIEF, viewer=ada)
    given = await world.tell("unassignLead", {"leadId": world.id(own)}, BRIEF, viewer=ada)

    assert _codes(refused) == [("NOT_ALLOWED", ["input", "leadId"])]
    assert given == {"lead": {"owner": None}, "errors": []}
