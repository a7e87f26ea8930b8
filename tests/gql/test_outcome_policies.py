"""What follows from how contact attempts end: the shipped policy, and one that the workspace published."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from tests.worlds import NOON, World

# Tuesday, noon in Lisbon.
AN_HOUR_AGO = "2026-06-30T11:00:00Z"
OPEN = """
query ($id: ID!) {
  lead(id: $id) {
    followUps(filter: {state: {eq: OPEN}}) {
      nodes { kind title dueAt dueLocal { time zone } origin policyVersion attemptNumber agent { name } causedBy { outcome } }
    }
  }
}
"""


async def attempt(world: World, lead: Lead, outcome: str, **more: Any) -> dict[str, Any]:
    input = {"leadId": world.id(lead), "channel": "PHONE", "direction": "OUTBOUND", "outcome": outcome, "occurredAt": AN_HOUR_AGO, **more}
    return await world.tell("recordContactAttempt", input, "lead { id } errors { ... on UserError { code path message } }")


async def open_ones(world: World, lead: Lead) -> list[dict[str, Any]]:
    return (await world.ask(OPEN, {"id": world.id(lead)}))["lead"]["followUps"]["nodes"]


@pytest.mark.parametrize("outcome", ["NO_ANSWER", "VOICEMAIL", "BUSY"])
async def test_who_was_not_reached_is_called_again_after_four_working_hours(world: World, outcome: str) -> None:
    lead = await world.lead(owner_id=world.ada.id, time_zone="America/New_York")
    await attempt(world, lead, outcome)
    assert await open_ones(world, lead) == [
        {
            "kind": "CALL",
            "title": "Try again",
            "dueAt": "2026-06-30T15:00:00Z",
            "dueLocal": {"time": "2026-06-30T11:00", "zone": "America/New_York"},
            "origin": "POLICY",
            "policyVersion": 0,
            "attemptNumber": 2,
            "agent": {"name": "Ada"},
            "causedBy": {"outcome": outcome},
        }
    ]


async def test_the_next_attempt_replaces_what_the_one_before_made(world: World) -> None:
    lead = await world.lead()
    await attempt(world, lead, "NO_ANSWER", occurredAt="2026-06-30T10:00:00Z")
    await attempt(world, lead, "BUSY")
    (only,) = await open_ones(world, lead)
    assert (only["dueAt"], only["attemptNumber"]) == ("2026-06-30T15:00:00Z", 3)
    told = [(type, changes.get("resolution")) for type, changes in await world.events(lead) if type.startswith("FOLLOW_UP")]
    assert told == [("FOLLOW_UP_SCHEDULED", None), ("FOLLOW_UP_COMPLETED", "CARRIED_OUT"), ("FOLLOW_UP_SCHEDULED", None)]


async def test_after_six_attempts_in_vain_nothing_more_is_scheduled(world: World) -> None:
    lead = await world.lead()
    numbers: list[int | None] = []
    for hour in range(6):
        await attempt(world, lead, "NO_ANSWER", occurredAt=f"2026-06-30T0{hour + 1}:00:00Z")
        numbers.append(next((each["attemptNumber"] for each in await open_ones(world, lead)), None))
    assert numbers == [2, 3, 4, 5, 6, None]


async def test_a_conversation_ends_the_row_and_what_was_scheduled(world: World) -> None:
    lead = await world.lead()
    for hour in range(1, 6):
        await attempt(world, lead, "NO_ANSWER", occurredAt=f"2026-06-30T0{hour}:00:00Z")
    await attempt(world, lead, "CONNECTED", occurredAt="2026-06-30T07:00:00Z")
    assert await open_ones(world, lead) == []
    await attempt(world, lead, "NO_ANSWER", occurredAt="2026-06-30T08:00:00Z")
    assert [each["attemptNumber"] for each in await open_ones(world, lead)] == [2]


async def test_what_people_scheduled_is_left_to_them(world: World) -> None:
    lead = await world.lead()
    await world.tell(
        "scheduleFollowUp",
        {"leadId": world.id(lead), "kind": "CALL", "title": "Mine", "dueAt": "2026-07-01T09:00:00Z"},
        "errors { ... on UserError { code } }",
    )
    await attempt(world, lead, "CONNECTED")
    assert [each["title"] for each in await open_ones(world, lead)] == ["Mine"]
    await attempt(world, lead, "DO_NOT_CALL")
    assert await open_ones(world, lead) == []


async def test_who_asks_to_be_called_back_is_called_when_it_asked(world: World) -> None:
    lead = await world.lead(time_zone="Asia/Tokyo")
    await attempt(world, lead, "CALLBACK_REQUESTED", callbackLocal="2026-07-02T10:00")
    (only,) = await open_ones(world, lead)
    assert (only["title"], only["dueAt"], only["dueLocal"]["time"]) == ("Call back as asked", "2026-07-02T01:00:00Z", "2026-07-02T10:00")
    await attempt(world, lead, "CALLBACK_REQUESTED", callbackAt="2026-07-03T01:00:00Z")
    (only,) = await open_ones(world, lead)
    assert (only["dueAt"], only["dueLocal"]) == ("2026-07-03T01:00:00Z", {"time": "2026-07-03T10:00", "zone": "Asia/Tokyo"})
    await attempt(world, lead, "CALLBACK_REQUESTED")
    assert [each["dueAt"] for each in await open_ones(world, lead)] == ["2026-06-30T15:00:00Z"]


async def test_a_callback_in_the_past_or_after_another_outcome_is_refused(world: World) -> None:
    lead = await world.lead()
    late = await attempt(world, lead, "CALLBACK_REQUESTED", callbackAt="2026-06-30T11:59:00Z")
    assert [(error["code"], error["path"]) for error in late["errors"]] == [("VALIDATION_FAILED", ["input", "callbackAt"])]
    other = await attempt(world, lead, "NO_ANSWER", callbackLocal="2026-07-02T10:00")
    assert [(error["code"], error["path"]) for error in other["errors"]] == [("VALIDATION_FAILED", ["input", "callbackLocal"])]
    assert await open_ones(world, lead) == []


async def test_what_is_recorded_twice_or_out_of_order_or_too_late_makes_nothing(world: World) -> None:
    lead = await world.lead()
    twice = {"provider": "dialler", "providerId": "call-1"}
    await attempt(world, lead, "NO_ANSWER", **twice)
    await attempt(world, lead, "NO_ANSWER", **twice)
    await attempt(world, lead, "CONNECTED", occurredAt="2026-06-30T09:00:00Z")
    (only,) = await open_ones(world, lead)
    assert only["attemptNumber"] == 2
    old = await world.lead()
    await attempt(world, old, "NO_ANSWER", occurredAt="2026-06-23T11:59:59Z")
    assert await open_ones(world, old) == []


async def test_closed_leads_and_those_that_must_not_be_called_are_left_alone(world: World) -> None:
    quiet = await world.lead(do_not_call=True)
    closed = await world.lead()
    await world.tell(
        "changeLeadStatus", {"leadId": world.id(closed), "status": "DISQUALIFIED", "reason": "Spam"}, "errors { ... on UserError { code } }"
    )
    for lead in (quiet, closed):
        await attempt(world, lead, "NO_ANSWER")
        assert await open_ones(world, lead) == []


async def test_a_missed_call_of_the_lead_is_returned_within_the_hour(world: World) -> None:
    lead = await world.lead()
    await attempt(world, lead, "VOICEMAIL", direction="INBOUND")
    (only,) = await open_ones(world, lead)
    assert (only["title"], only["dueAt"], only["attemptNumber"]) == ("Return the missed call", "2026-06-30T12:00:00Z", None)


async def test_the_team_s_hours_and_holidays_count(world: World) -> None:
    await world.tell(
        "setWorkingHours",
        {
            "teamId": world.id(world.team),
            "timeZone": "America/New_York",
            "weekly": [{"day": day, "opens": "08:00", "closes": "12:00"} for day in ("TUESDAY", "THURSDAY", "FRIDAY")],
            "holidays": [{"on": "2026-07-02", "name": "Team day"}],
        },
        "errors { ... on UserError { message } }",
    )
    north, south = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    for lead in (north, south):
        await attempt(world, lead, "NO_ANSWER", occurredAt="2026-06-30T11:30:00Z")
    # From 08:00 in New York four hours of Tuesday are worked; Lisbon goes on after its night.
    assert [each["dueAt"] for each in await open_ones(world, north)] == ["2026-06-30T16:00:00Z"]
    assert [each["dueAt"] for each in await open_ones(world, south)] == ["2026-06-30T15:30:00Z"]
    await attempt(world, north, "NO_ANSWER", occurredAt="2026-06-30T12:00:00Z")
    world.at = NOON + timedelta(hours=3)
    await attempt(world, north, "NO_ANSWER", occurredAt="2026-06-30T15:00:00Z")
    # An hour is left on Tuesday, Thursday is a holiday: the rest is Friday's.
    assert [each["dueAt"] for each in await open_ones(world, north)] == ["2026-07-03T15:00:00Z"]


POLICY = """
outcomePolicy { version rules { outcomes action kind title workingMinutes maxAttempts channels direction } }
errors { ... on UserError { code path message } }
"""


async def publish(world: World, rules: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return await world.tell("publishOutcomePolicy", {"rules": rules, **more}, POLICY)


SOON = {"outcomes": ["NO_ANSWER"], "action": "SCHEDULE", "kind": "SMS", "title": "Write instead", "workingMinutes": 30, "maxAttempts": 2}


async def test_a_workspace_publishes_its_own_policy(world: World) -> None:
    before = await world.ask(
        "{ viewer { workspace { outcomePolicy { version } outcomeRules { outcomes } } } outcomePolicies { totalCount } }"
    )
    assert before["viewer"]["workspace"]["outcomePolicy"] is None
    assert len(before["viewer"]["workspace"]["outcomeRules"]) == 7
    assert before["outcomePolicies"]["totalCount"] == 0

    published = await publish(world, [SOON], expectedVersion=0)
    assert published["errors"] == []
    assert published["outcomePolicy"] == {"version": 1, "rules": [{**SOON, "channels": [], "direction": None}]}
    stale = await publish(world, [SOON], expectedVersion=0)
    assert [error["code"] for error in stale["errors"]] == ["VERSION_CONFLICT"]

    lead = await world.lead()
    await attempt(world, lead, "NO_ANSWER")
    (only,) = await open_ones(world, lead)
    assert (only["kind"], only["title"], only["dueAt"], only["policyVersion"]) == ("SMS", "Write instead", "2026-06-30T11:30:00Z", 1)
    # What the policy does not speak of changes nothing.
    world.at = datetime(2026, 6, 30, 13, 0, tzinfo=UTC)
    await attempt(world, lead, "CONNECTED", occurredAt="2026-06-30T12:30:00Z")
    assert [each["title"] for each in await open_ones(world, lead)] == ["Write instead"]


async def test_who_wants_no_more_calls_is_not_called_whatever_the_policy_leaves_out(world: World) -> None:
    await publish(world, [{**SOON, "kind": "CALL", "title": "Try again"}])
    lead = await world.lead()
    await attempt(world, lead, "NO_ANSWER")
    await world.tell(
        "scheduleFollowUp",
        {"leadId": world.id(lead), "kind": "TASK", "title": "Send the brochure", "dueAt": "2026-07-01T09:00:00Z"},
        "errors { ... on UserError { code } }",
    )
    world.at += timedelta(hours=1)
    await attempt(world, lead, "DO_NOT_CALL")
    assert [each["title"] for each in await open_ones(world, lead)] == ["Send the brochure"]


async def test_everything_wrong_with_a_policy_is_said(world: World) -> None:
    refused = await publish(
        world,
        [
            {"outcomes": [], "action": "SCHEDULE", "workingMinutes": 0, "maxAttempts": 101},
            {"outcomes": ["BUSY"], "action": "CLOSE", "kind": "CALL"},
        ],
    )
    assert [error["path"] for error in refused["errors"]] == [
        ["input", "rules", "0", "outcomes"],
        ["input", "rules", "0", "kind"],
        ["input", "rules", "0", "title"],
        ["input", "rules", "0", "workingMinutes"],
        ["input", "rules", "0", "maxAttempts"],
        ["input", "rules", "1", "kind"],
    ]
    unreachable = await publish(world, [SOON, {"outcomes": ["NO_ANSWER"], "channels": ["PHONE"], "action": "CLOSE"}])
    assert [error["path"] for error in unreachable["errors"]] == [["input", "rules", "1"]]


async def test_agents_do_not_publish_policies(world: World) -> None:
    body = await world.answer(
        "mutation ($input: PublishOutcomePolicyInput!) { publishOutcomePolicy(input: $input) { errors { ... on UserError { code } } } }",
        {"input": {"rules": [SOON]}},
        viewer=world.viewer(Role.AGENT, world.ada),
    )
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_attempts_at_the_same_time_leave_one_follow_up(world: World) -> None:
    lead = await world.lead()
    await asyncio.gather(*(attempt(world, lead, "BUSY") for _ in range(5)))
    assert [each["attemptNumber"] for each in await open_ones(world, lead)] == [6]


async def test_an_attempt_costs_two_statements_more_however_many_follow_ups_there_are(world: World) -> None:
    lead = await world.lead()
    await attempt(world, lead, "NO_ANSWER", occurredAt="2026-06-30T10:00:00Z")
    with world.recorded() as statements:
        await attempt(world, lead, "NO_ANSWER")
    assert len([each for each in statements if "follow_ups" in each]) == 2
