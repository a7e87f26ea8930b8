"""Creating, changing and deactivating agents through the API."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.access import Role
from domain.people import Availability
from domain.status import LeadStatus
from persistence import people
from persistence.people import save_teams, team_by_id
from tests.worlds import World, blank_agent

AGENT = """
    agent { version name email availability capacity weight territories languages sources team { name } updatedAt }
"""
SELECTION = f"{AGENT} errors {{ __typename ... on UserError {{ code message path }} }}"
BRIEF = "agent { name availability version } errors { ... on UserError { code path } }"


def _codes(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def _owners(world: World) -> list[str | None]:
    leads = (await world.ask("{ leads(orderBy: {field: CREATED_AT, direction: ASC}) { nodes { owner { name } } } }"))["leads"]["nodes"]
    return [lead["owner"] and lead["owner"]["name"] for lead in leads]


async def test_an_agent_is_taken_in(world: World) -> None:
    payload = await world.tell(
        "createAgent",
        {
            "name": " Dora Sá ",
            "email": "Dora@Sales.Example",
            "teamId": world.id(world.team),
            "capacity": 20,
            "weight": 3,
            "territories": ["PT", "pt", "Galicia"],
            "languages": ["pt-pt", "ES"],
            "sources": ["WEBINAR", "WEBINAR"],
        },
        SELECTION,
    )

    assert payload == {
        "agent": {
            "version": 1,
            "name": "Dora Sá",
            "email": "Dora@sales.example",
            "availability": "AVAILABLE",
            "capacity": 20,
            "weight": 3,
            "territories": ["PT", "Galicia"],
            "languages": ["pt-PT", "es"],
            "sources": ["WEBINAR"],
            "team": {"name": "North"},
            "updatedAt": "2026-06-30T12:00:00Z",
        },
        "errors": [],
    }


async def test_a_name_and_an_address_are_enough(world: World) -> None:
    payload = await world.tell("createAgent", {"name": "Dora", "email": "dora@sales.example"}, AGENT)

    assert payload["agent"] == {
        "version": 1,
        "name": "Dora",
        "email": "dora@sales.example",
        "availability": "AVAILABLE",
        "capacity": None,
        "weight": 1,
        "territories": [],
        "languages": [],
        "sources": [],
        "team": None,
        "updatedAt": "2026-06-30T12:00:00Z",
    }


async def test_all_problems_of_an_agent_are_told_at_once(world: World) -> None:
    before = await world.contents()

    payload = await world.tell(
        "createAgent",
        {
            "name": "",
            "email": "nobody",
            "teamId": world.id(world.ada),
            "availability": "DEACTIVATED",
            "capacity": -1,
            "weight": 0,
            "territories": ["PT", " "],
            "languages": ["klingon!"],
        },
        SELECTION,
    )

    assert payload["agent"] is None
    assert [(error["path"][1:], error["message"]) for error in payload["errors"]] == [
        (["name"], "A name has 1–100 characters."),
        (["email"], "Must be an e-mail address."),
        (["availability"], "An agent is deactivated by `deactivateAgent`, which says what becomes of the leads."),
        (["capacity"], "A capacity is 0–100000."),
        (["weight"], "A weight is 1–100."),
        (["territories", "1"], "A territory has 1–100 characters."),
        (["languages", "0"], "Must be a language tag of BCP 47, such as pt-PT."),
        (["teamId"], "No such Team."),
    ]
    assert await world.contents() == before


async def test_an_address_belongs_to_one_agent_whatever_its_case(world: World) -> None:
    created = await world.tell("createAgent", {"name": "Dora", "email": "ADA@sales.example"}, BRIEF)
    updated = await world.tell("updateAgent", {"agentId": world.id(world.ben), "email": "Ada@Sales.example"}, BRIEF)
    own = await world.tell("updateAgent", {"agentId": world.id(world.ada), "email": "ADA@sales.example"}, BRIEF)

    assert _codes(created) == _codes(updated) == [("ALREADY_EXISTS", ["input", "email"])]
    assert own == {"agent": {"name": "Ada", "availability": "AVAILABLE", "version": 2}, "errors": []}


async def test_an_address_that_is_taken_meanwhile_is_refused_like_any_other(world: World) -> None:
    request = {"name": "Dora", "email": "dora@sales.example", "idempotencyKey": "once"}

    inserting = asyncio.Event()
    async with world.database.writing(world.scope) as tx, asyncio.timeout(10):
        await people.add_agents(tx, [blank_agent("Dora", email="DORA@sales.example")])
        world.database.listener = lambda sql: inserting.set() if sql.startswith("INSERT INTO agents") else None
        creating = asyncio.create_task(world.tell("createAgent", request, BRIEF))
        await inserting.wait()
        world.database.listener = None
    payload = await creating

    assert _codes(payload) == [("ALREADY_EXISTS", ["input", "email"])]
    assert await world.tell("createAgent", request, BRIEF) == payload


async def test_what_is_absent_stays_and_null_clears(world: World) -> None:
    await world.change(world.ada, capacity=5, languages=("pt",))
    world.at += timedelta(hours=1)

    payload = await world.tell(
        "updateAgent",
        {"agentId": world.id(world.ada), "availability": "AWAY", "capacity": None, "teamId": None, "expectedVersion": 1},
        SELECTION,
    )

    assert payload["agent"] == {
        "version": 2,
        "name": "Ada",
        "email": "ada@sales.example",
        "availability": "AWAY",
        "capacity": None,
        "weight": 1,
        "territories": [],
        "languages": ["pt"],
        "sources": [],
        "team": None,
        "updatedAt": "2026-06-30T13:00:00Z",
    }


async def test_a_change_that_changes_nothing_counts_no_version(world: World) -> None:
    payload = await world.tell("updateAgent", {"agentId": world.id(world.ada), "name": "Ada"}, BRIEF)

    assert payload == {"agent": {"name": "Ada", "availability": "AVAILABLE", "version": 1}, "errors": []}


async def test_all_problems_of_a_change_are_told_at_once(world: World) -> None:
    payload = await world.tell(
        "updateAgent",
        {"agentId": world.id(world.ada), "expectedVersion": 7, "name": None, "availability": None, "teamId": "x"},
        BRIEF,
    )
    unknown = await world.tell("updateAgent", {"agentId": world.id(world.team), "weight": 101}, BRIEF)

    assert _codes(payload) == [
        ("VERSION_CONFLICT", ["input", "expectedVersion"]),
        ("VALIDATION_FAILED", ["input", "name"]),
        ("VALIDATION_FAILED", ["input", "availability"]),
        ("NOT_FOUND", ["input", "teamId"]),
    ]
    assert _codes(unknown) == [("NOT_FOUND", ["input", "agentId"]), ("VALIDATION_FAILED", ["input", "weight"])]


async def test_deactivating_sends_the_open_leads_to_the_pool(world: World) -> None:
    open_lead = await world.lead(owner_id=world.ada.id)
    await world.lead(owner_id=world.ada.id, status=LeadStatus.CLOSED_WON)
    await world.lead(owner_id=world.ben.id)

    payload = await world.tell("deactivateAgent", {"agentId": world.id(world.ada), "reason": "Left"}, BRIEF)

    assert payload == {"agent": {"name": "Ada", "availability": "DEACTIVATED", "version": 2}, "errors": []}
    assert await _owners(world) == [None, "Ada", "Ben"]
    assert await world.events(open_lead) == [
        ("LEAD_ASSIGNED", {"owner_id": [str(world.ada.id), None], "strategy": "MANUAL", "reason": "Left"})
    ]


async def test_deactivating_hands_the_open_leads_to_a_colleague(world: World) -> None:
    await world.change(world.ben, capacity=2)
    leads = [await world.lead(owner_id=world.ada.id) for _ in range(2)]

    payload = await world.tell("deactivateAgent", {"agentId": world.id(world.ada), "reassignTo": world.id(world.ben)}, BRIEF)

    assert payload["errors"] == []
    assert await _owners(world) == ["Ben", "Ben"]
    history = await world.ask(
        "query ($id: ID!) { lead(id: $id) { version assignmentHistory { nodes { from { name } to { name } strategy } } } }",
        {"id": world.id(leads[0])},
    )
    assert history["lead"] == {
        "version": 2,
        "assignmentHistory": {"nodes": [{"from": {"name": "Ada"}, "to": {"name": "Ben"}, "strategy": "MANUAL"}]},
    }


async def test_a_colleague_without_room_keeps_the_agent_from_leaving(world: World) -> None:
    await world.change(world.ben, capacity=2)
    for owner in (world.ada, world.ada, world.ben):
        await world.lead(owner_id=owner.id)
    before = await world.contents()
    ada = {"agentId": world.id(world.ada)}

    full = await world.tell("deactivateAgent", {**ada, "reassignTo": world.id(world.ben)}, BRIEF)
    itself = await world.tell("deactivateAgent", {**ada, "reassignTo": world.id(world.ada), "expectedVersion": 3}, BRIEF)
    unknown = await world.tell("deactivateAgent", {"agentId": "x", "reassignTo": "y", "reason": "x" * 501}, BRIEF)
    assert await world.contents() == before
    await world.change(world.ben, availability=Availability.AWAY)
    away = await world.tell("deactivateAgent", {**ada, "reassignTo": world.id(world.ben)}, BRIEF)

    assert _codes(full) == [("AGENT_AT_CAPACITY", ["input", "reassignTo"])]
    assert _codes(itself) == [("VERSION_CONFLICT", ["input", "expectedVersion"]), ("VALIDATION_FAILED", ["input", "reassignTo"])]
    assert _codes(away) == [("AGENT_NOT_AVAILABLE", ["input", "reassignTo"])]
    assert [path for _, path in _codes(unknown)] == [["input", "agentId"], ["input", "reason"], ["input", "reassignTo"]]
    assert await _owners(world) == ["Ada", "Ada", "Ben"]


async def test_a_team_does_not_keep_a_manager_who_left(world: World) -> None:
    async with world.database.writing(world.scope) as tx:
        await save_teams(tx, [replace(world.other_team, manager_id=world.ada.id)])

    await world.tell("deactivateAgent", {"agentId": world.id(world.ada)}, BRIEF)

    async with world.database.reading(world.scope) as db:
        team = (await team_by_id(db, [world.other_team.id]))[world.other_team.id]
    assert (team.manager_id, team.version, team.updated_at) == (None, 2, world.at)


async def test_who_left_can_come_back(world: World) -> None:
    ada = {"agentId": world.id(world.ada)}
    await world.tell("deactivateAgent", ada, BRIEF)
    again = await world.tell("deactivateAgent", ada, BRIEF)

    back = await world.tell("updateAgent", {**ada, "availability": "AVAILABLE"}, BRIEF)

    assert again == {"agent": {"name": "Ada", "availability": "DEACTIVATED", "version": 2}, "errors": []}
    assert back == {"agent": {"name": "Ada", "availability": "AVAILABLE", "version": 3}, "errors": []}


async def test_the_number_of_statements_does_not_depend_on_the_number_of_leads(world: World) -> None:
    async def statements(agent: str, count: int) -> list[str]:
        leaving = await world.agent(agent)
        for _ in range(count):
            await world.lead(owner_id=leaving.id)
        with world.recorded() as recorded:
            await world.tell("deactivateAgent", {"agentId": world.id(leaving)}, "agent { availability }")
        return recorded

    assert await statements("Dora", 2) == await statements("Emil", 20)


async def test_agents_are_found_by_availability_and_team(world: World) -> None:
    await world.change(world.ada, availability=Availability.AWAY)
    query = "query ($filter: AgentFilter) { agents(filter: $filter) { nodes { name } totalCount } }"

    async def found(filter: dict[str, Any]) -> list[str]:
        agents = (await world.ask(query, {"filter": filter}))["agents"]
        assert agents["totalCount"] == len(agents["nodes"])
        return [agent["name"] for agent in agents["nodes"]]

    assert await found({}) == ["Ada", "Ben", "Cleo"]
    assert await found({"availability": ["AVAILABLE"]}) == ["Ben", "Cleo"]
    assert await found({"availability": []}) == []
    assert await found({"teamId": world.id(world.team)}) == ["Ada", "Ben"]
    assert await found({"teamId": world.id(world.team), "availability": ["AWAY", "DEACTIVATED"]}) == ["Ada"]
    assert await found({"teamId": world.id(world.ada)}) == []


async def test_agents_do_not_manage_people(world: World) -> None:
    body = await world.answer(
        'mutation { createAgent(input: {name: "Dora", email: "dora@sales.example"}) { agent { id } } }',
        viewer=world.viewer(Role.AGENT, world.ada),
    )

    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
