"""Working hours of the workspace and of its teams, and how long new leads wait for their first answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.leads import Lead
from tests.worlds import NOON, World

HOURS = "{ version timeZone weekly { day opens closes } holidays { on name } firstResponseMinutes firstResponseStart }"
SET = f"workspace {{ workingHours {HOURS} }} team {{ workingHours {HOURS} }} errors {{ ... on UserError {{ code path message }} }}"
WAITING = """
query ($id: ID!) {
  lead(id: $id) { firstResponse { state startedAt dueAt targetMinutes respondedAt businessMinutes } }
}
"""


async def set_hours(world: World, **fields: Any) -> dict[str, Any]:
    return await world.tell("setWorkingHours", fields, SET)


async def create(world: World) -> str:
    input = {"touch": {"source": "REFERRAL"}, "contact": {"lastName": "Lima"}}
    payload = await world.tell("createLead", input, "lead { id } errors { ... on UserError { message } }")
    return payload["lead"]["id"]


async def waits(world: World, lead: str | Lead) -> dict[str, Any] | None:
    id = lead if isinstance(lead, str) else world.id(lead)
    return (await world.ask(WAITING, {"id": id}))["lead"]["firstResponse"]


async def call(world: World, lead: str | Lead) -> None:
    id = lead if isinstance(lead, str) else world.id(lead)
    input = {"leadId": id, "channel": "PHONE", "direction": "OUTBOUND", "outcome": "CONNECTED", "occurredAt": world.at.isoformat()}
    assert (await world.tell("recordContactAttempt", input, "errors { __typename }"))["errors"] == []


async def test_a_team_inherits_what_it_does_not_set(world: World) -> None:
    shipped = await world.ask(f"{{ viewer {{ workspace {{ workingHours {HOURS} }} }} }}")
    assert shipped["viewer"]["workspace"]["workingHours"] == {
        "version": 0,
        "timeZone": "Europe/Lisbon",
        "weekly": [{"day": day, "opens": "09:00", "closes": "17:00"} for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")],
        "holidays": [],
        "firstResponseMinutes": 30,
        "firstResponseStart": "CREATED",
    }
    await set_hours(world, holidays=[{"on": "2026-12-25", "name": "Christmas"}], firstResponseMinutes=60)
    nights = [{"day": "SATURDAY", "opens": "22:00", "closes": "06:00"}]
    team = world.id(world.team)
    payload = await set_hours(world, teamId=team, weekly=nights, holidays=[{"on": "2026-06-10"}], timeZone="europe/madrid")
    assert payload["errors"] == []
    assert payload["team"]["workingHours"] == {
        "version": 1,
        "timeZone": "Europe/Madrid",
        "weekly": nights,
        "holidays": [{"on": "2026-06-10", "name": None}, {"on": "2026-12-25", "name": "Christmas"}],
        "firstResponseMinutes": 60,
        "firstResponseStart": "CREATED",
    }
    back = await set_hours(world, teamId=team, weekly=None, timeZone=None, expectedVersion=1)
    assert back["team"]["workingHours"]["timeZone"] == "Europe/Lisbon"
    assert len(back["team"]["workingHours"]["weekly"]) == 5
    stale = await set_hours(world, teamId=team, firstResponseMinutes=5, expectedVersion=1)
    assert [error["code"] for error in stale["errors"]] == ["VERSION_CONFLICT"]


async def test_hours_that_make_no_sense_are_refused_with_the_place(world: World) -> None:
    refused = await set_hours(
        world,
        teamId=world.id(world.ada),
        timeZone="Mars/Olympus",
        weekly=[{"day": "MONDAY", "opens": "9", "closes": "24:00"}],
        holidays=[{"on": "2026-12-25", "name": "x" * 101}],
        firstResponseMinutes=-1,
    )
    assert [(error["code"], ".".join(error["path"])) for error in refused["errors"]] == [
        ("NOT_FOUND", "input.teamId"),
        ("VALIDATION_FAILED", "input.timeZone"),
        ("VALIDATION_FAILED", "input.weekly.0.opens"),
        ("VALIDATION_FAILED", "input.weekly.0.closes"),
        ("VALIDATION_FAILED", "input.holidays.0.name"),
        ("VALIDATION_FAILED", "input.firstResponseMinutes"),
    ]
    overlapping = [
        {"day": "SUNDAY", "opens": "22:00", "closes": "06:00"},
        {"day": "MONDAY", "opens": "05:00", "closes": "09:00"},
    ]
    assert [error["path"] for error in (await set_hours(world, weekly=overlapping))["errors"]] == [["input", "weekly", "0"]]
    next_to_nothing = [{"day": "MONDAY", "opens": "09:00", "closes": "09:59"}]
    assert [error["path"] for error in (await set_hours(world, weekly=next_to_nothing))["errors"]] == [["input", "weekly"]]


async def test_the_clock_runs_in_working_time_and_stops_with_the_first_attempt(world: World) -> None:
    world.at = datetime(2026, 6, 30, 15, 50, tzinfo=UTC)  # Ten minutes before work ends in Lisbon.
    lead = await create(world)
    assert await waits(world, lead) == {
        "state": "RUNNING",
        "startedAt": "2026-06-30T15:50:00Z",
        "dueAt": "2026-07-01T08:20:00Z",
        "targetMinutes": 30,
        "respondedAt": None,
        "businessMinutes": 0,
    }
    world.at = datetime(2026, 6, 30, 20, 0, tzinfo=UTC)
    paused = await waits(world, lead)
    assert paused is not None
    assert (paused["state"], paused["businessMinutes"]) == ("PAUSED", 10)
    world.at = datetime(2026, 7, 1, 8, 15, tzinfo=UTC)
    await call(world, lead)
    world.at += timedelta(days=3)
    met = await waits(world, lead)
    assert met is not None
    assert (met["state"], met["respondedAt"], met["businessMinutes"]) == ("MET", "2026-07-01T08:15:00Z", 25)


async def test_who_answers_late_or_never_has_missed_it(world: World) -> None:
    late, never, closed, in_time = [await create(world) for _ in range(4)]
    world.at = NOON + timedelta(minutes=20)
    disqualify = {"status": "DISQUALIFIED", "reason": "Spam"}
    await world.tell("changeLeadStatus", {"leadId": in_time, **disqualify}, "errors { __typename }")
    world.at = NOON + timedelta(minutes=31)
    await call(world, late)
    await world.tell("changeLeadStatus", {"leadId": closed, **disqualify}, "errors { __typename }")
    states = [(await waits(world, lead) or {})["state"] for lead in (late, never, closed, in_time)]
    assert states == ["MISSED", "MISSED", "MISSED", "STOPPED"]


async def test_from_the_assignment_on_the_owner_s_team_counts(world: World) -> None:
    await set_hours(world, firstResponseStart="ASSIGNED")
    team = world.id(world.team)
    await set_hours(world, teamId=team, firstResponseMinutes=10)
    lead = await create(world)
    assert await waits(world, lead) is None
    for agent, due in ((world.ada, "2026-06-30T13:10:00Z"), (world.cleo, "2026-06-30T14:30:00Z")):
        world.at += timedelta(hours=1)
        await world.tell("assignLead", {"leadId": lead, "agentId": world.id(agent)}, "errors { __typename }")
        waiting = await waits(world, lead)
        assert waiting is not None
        assert waiting["dueAt"] == due
    await world.tell("unassignLead", {"leadId": lead}, "errors { __typename }")
    assert await waits(world, lead) is None


async def test_promises_stay_as_they_were_made(world: World) -> None:
    lead = await create(world)
    await set_hours(world, firstResponseMinutes=0)
    waiting = await waits(world, lead)
    assert waiting is not None
    assert (waiting["dueAt"], waiting["targetMinutes"]) == ("2026-06-30T12:30:00Z", 30)
    assert await waits(world, await create(world)) is None


async def test_whose_clock_runs_out_is_found_first(world: World) -> None:
    first = await create(world)
    world.at += timedelta(minutes=10)
    second = await create(world)
    await call(world, await create(world))
    world.at += timedelta(hours=4)
    await create(world)
    found = await world.ask(
        """
        query ($filter: LeadFilter) {
          leads(filter: $filter, orderBy: {field: FIRST_RESPONSE_DUE_AT, direction: ASC}, first: 2) { totalCount nodes { id } }
        }
        """,
        {"filter": {"firstResponse": {"responded": False, "dueAt": {"lt": "2026-06-30T13:00:00Z"}}}},
    )
    assert found["leads"] == {"totalCount": 2, "nodes": [{"id": first}, {"id": second}]}
