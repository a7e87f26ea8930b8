"""Founding, changing and deleting teams through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.people import Availability
from tests.worlds import World

SELECTION = "team { name version manager { name } } errors { __typename ... on UserError { code message path } }"
DELETED = "deletedTeamId errors { ... on UserError { code path } }"


def _codes(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in payload["errors"]]


async def test_a_team_is_founded(world: World) -> None:
    payload = await world.tell("createTeam", {"name": " East ", "managerId": world.id(world.cleo)}, SELECTION)

    assert payload == {"team": {"name": "East", "version": 1, "manager": {"name": "Cleo"}}, "errors": []}


async def test_a_name_belongs_to_one_team_whatever_its_case(world: World) -> None:
    created = await world.tell("createTeam", {"name": "NORTH"}, SELECTION)
    renamed = await world.tell("updateTeam", {"teamId": world.id(world.other_team), "name": "north"}, SELECTION)
    own = await world.tell("updateTeam", {"teamId": world.id(world.team), "name": "NORTH"}, SELECTION)

    assert _codes(created) == _codes(renamed) == [("ALREADY_EXISTS", ["input", "name"])]
    assert own["team"] == {"name": "NORTH", "version": 2, "manager": None}


async def test_all_problems_of_a_team_are_told_at_once(world: World) -> None:
    await world.change(world.ben, availability=Availability.DEACTIVATED)
    before = await world.contents()

    created = await world.tell("createTeam", {"name": "\n", "managerId": world.id(world.team)}, SELECTION)
    updated = await world.tell(
        "updateTeam", {"teamId": world.id(world.team), "name": None, "managerId": world.id(world.ben), "expectedVersion": 2}, SELECTION
    )
    unknown = await world.tell("updateTeam", {"teamId": world.id(world.ada), "name": "x" * 101}, SELECTION)

    assert _codes(created) == [("VALIDATION_FAILED", ["input", "name"]), ("NOT_FOUND", ["input", "managerId"])]
    assert _codes(updated) == [
        ("VERSION_CONFLICT", ["input", "expectedVersion"]),
        ("VALIDATION_FAILED", ["input", "name"]),
        ("VALIDATION_FAILED", ["input", "managerId"]),
    ]
    assert _codes(unknown) == [("NOT_FOUND", ["input", "teamId"]), ("VALIDATION_FAILED", ["input", "name"])]
    assert await world.contents() == before


async def test_null_clears_the_manager_and_absence_keeps_it(world: World) -> None:
    team = {"teamId": world.id(world.team)}
    await world.tell("updateTeam", {**team, "managerId": world.id(world.ada)}, SELECTION)

    renamed = await world.tell("updateTeam", {**team, "name": "Far North"}, SELECTION)
    cleared = await world.tell("updateTeam", {**team, "managerId": None}, SELECTION)
    same = await world.tell("updateTeam", team, SELECTION)

    assert renamed["team"] == {"name": "Far North", "version": 3, "manager": {"name": "Ada"}}
    assert cleared["team"] == same["team"] == {"name": "Far North", "version": 4, "manager": None}


async def test_the_members_of_a_deleted_team_stay(world: World) -> None:
    world.at += timedelta(hours=1)
    request = {"teamId": world.id(world.team), "idempotencyKey": "once"}

    stale = await world.tell("deleteTeam", {"teamId": world.id(world.team), "expectedVersion": 2}, DELETED)
    deleted = await world.tell("deleteTeam", request, DELETED)
    again = await world.tell("deleteTeam", request, DELETED)
    gone = await world.tell("deleteTeam", {"teamId": world.id(world.team)}, DELETED)

    assert _codes(stale) == [("VERSION_CONFLICT", ["input", "expectedVersion"])]
    assert deleted == again == {"deletedTeamId": world.id(world.team), "errors": []}
    assert _codes(gone) == [("NOT_FOUND", ["input", "teamId"])]
    people = await world.ask("{ teams { nodes { name } } agents { nodes { name version updatedAt team { name } } } }")
    assert people == {
        "teams": {"nodes": [{"name": "South"}]},
        "agents": {
            "nodes": [
                {"name": "Ada", "version": 2, "updatedAt": "2026-06-30T13:00:00Z", "team": None},
                {"name": "Ben", "version": 2, "updatedAt": "2026-06-30T13:00:00Z", "team": None},
                {"name": "Cleo", "version": 1, "updatedAt": "2026-06-30T12:00:00Z", "team": {"name": "South"}},
            ]
        },
    }
