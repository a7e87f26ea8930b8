"""Recording contact attempts through the API."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest

from domain.access import Role
from domain.activities import OUTCOMES_BY_CHANNEL, ContactChannel, ContactOutcome
from domain.status import LeadStatus
from gql.ids import decode_kind
from persistence import workspaces
from tests.worlds import NOON, World

SELECTION = """
    contactAttempt {
        id channel socialNetwork direction outcome occurredAt recordedAt durationSeconds provider providerId
        recordingUrl transcriptUrl notes agent { name } lead { id }
    }
    lead {
        id version status contact { doNotCall doNotEmail } behaviour { outboundAttempts contactRequestedAt }
        firstContactedAt lastContactedAt score { total }
    }
    created
    errors { __typename ... on UserError { code message path } }
"""
BRIEF = "contactAttempt { id } created errors { __typename ... on UserError { code path } }"


def at(**ago: float) -> str:
    return (NOON - timedelta(**ago)).isoformat()


def call(world: World, lead: Any, **more: Any) -> dict[str, Any]:
    known = {"channel": "PHONE", "direction": "OUTBOUND", "outcome": "CONNECTED", "occurredAt": at(hours=1)}
    return {"leadId": world.id(lead), **known, **more}


async def history(world: World, lead: Any) -> Any:
    query = """query ($id: ID!) { lead(id: $id) {
        statusHistory { nodes { from to reason forced } }
        scoreHistory { nodes { total cause } }
    } }"""
    return (await world.ask(query, {"id": world.id(lead)}))["lead"]


async def test_a_call_is_recorded_and_makes_a_new_lead_contacted(world: World) -> None:
    lead = await world.lead()

    told = {
        "durationSeconds": 125,
        "provider": "dialler",
        "providerId": "c-1",
        "recordingUrl": "https://Recordings.example/c-1?sig=Ab",
        "transcriptUrl": "https://recordings.example/c-1.txt",
        "notes": " Will decide in May. ",
        "agentId": world.id(world.ben),
    }

    payload = await world.tell("recordContactAttempt", call(world, lead, **told), SELECTION)

    assert payload["contactAttempt"].pop("id")
    assert payload == {
        "contactAttempt": {
            "channel": "PHONE",
            "socialNetwork": None,
            "direction": "OUTBOUND",
            "outcome": "CONNECTED",
            "occurredAt": "2026-06-30T11:00:00Z",
            "recordedAt": "2026-06-30T12:00:00Z",
            "durationSeconds": 125,
            "provider": "dialler",
            "providerId": "c-1",
            "recordingUrl": "https://recordings.example/c-1?sig=Ab",
            "transcriptUrl": "https://recordings.example/c-1.txt",
            "notes": "Will decide in May.",
            "agent": {"name": "Ben"},
            "lead": {"id": world.id(lead)},
        },
        "lead": {
            "id": world.id(lead),
            "version": 2,
            "status": "CONTACTED",
            "contact": {"doNotCall": False, "doNotEmail": False},
            "behaviour": {"outboundAttempts": 1, "contactRequestedAt": None},
            "firstContactedAt": "2026-06-30T11:00:00Z",
            "lastContactedAt": "2026-06-30T11:00:00Z",
            "score": {"total": 2},
        },
        "created": True,
        "errors": [],
    }
    assert await history(world, lead) == {
        "statusHistory": {"nodes": [{"from": "NEW", "to": "CONTACTED", "reason": None, "forced": False}]},
        "scoreHistory": {"nodes": [{"total": 2, "cause": "CONTACT_ATTEMPT"}, {"total": 0, "cause": "FIELD_CHANGE"}]},
    }


async def test_first_and_last_contact_follow_the_calls_in_whatever_order_they_arrive(world: World) -> None:
    lead = await world.lead(status=LeadStatus.QUALIFIED)
    for days in (5, 9, 2):
        payload = await world.tell("recordContactAttempt", call(world, lead, occurredAt=at(days=days)), SELECTION)

    assert payload["lead"]["firstContactedAt"] == "2026-06-21T12:00:00Z"
    assert payload["lead"]["lastContactedAt"] == "2026-06-28T12:00:00Z"
    assert payload["lead"]["behaviour"]["outboundAttempts"] == 3
    assert (payload["lead"]["status"], payload["lead"]["version"]) == ("QUALIFIED", 1)


async def test_who_calls_us_asks_for_contact_and_stays_new(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, direction="INBOUND"), SELECTION)

    assert payload["lead"]["behaviour"] == {"outboundAttempts": 0, "contactRequestedAt": "2026-06-30T11:00:00Z"}
    assert payload["lead"]["firstContactedAt"] is None
    assert payload["lead"]["status"] == "NEW"
    assert payload["lead"]["score"]["total"] == 3


async def test_who_calls_us_to_be_left_alone_does_not_ask_for_contact(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, direction="INBOUND", outcome="DO_NOT_CALL"), SELECTION)

    assert payload["lead"]["contact"] == {"doNotCall": True, "doNotEmail": False}
    assert payload["lead"]["behaviour"]["contactRequestedAt"] is None
    assert payload["lead"]["score"]["total"] == 0


async def conversation(world: World, lead: Any, **more: Any) -> int:
    """Record a call and tell what conversations earn the lead now."""
    selection = "lead { score { categories { key points } } } errors { __typename }"
    payload = await world.tell("recordContactAttempt", call(world, lead, direction="INBOUND", occurredAt=at(), **more), selection)
    return {each["key"]: each["points"] for each in payload["lead"]["score"]["categories"]}["conversation"]


async def test_where_the_voice_model_scores_a_conversation_counts_even_if_no_field_of_the_lead_changes(world: World) -> None:
    async with world.database.writing(world.scope) as tx:
        await workspaces.save_workspace(tx, replace(world.workspace, scoring_model="voice"))
    lead = await world.lead()

    assert await conversation(world, lead, outcome="VOICEMAIL", durationSeconds=90) == 0
    assert await conversation(world, lead, outcome="CONNECTED", durationSeconds=59) == 0
    assert await conversation(world, lead, outcome="CONNECTED", durationSeconds=60) == 6
    assert await conversation(world, lead, outcome="INTERESTED", durationSeconds=300) == 22
    assert await conversation(world, lead, outcome="NOT_INTERESTED") == 7
    world.at += timedelta(days=14)
    recalculated = await world.tell("recalculateLeadScore", {"leadId": world.id(lead)}, "lead { score { total } }")
    assert recalculated["lead"]["score"]["total"] == 3 + 4


async def test_unsubscribing_keeps_e_mail_out(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, channel="EMAIL", outcome="UNSUBSCRIBED"), SELECTION)

    assert payload["lead"]["contact"] == {"doNotCall": False, "doNotEmail": True}


@pytest.mark.parametrize("channel", ContactChannel)
async def test_a_channel_knows_its_own_outcomes_alone(world: World, channel: ContactChannel) -> None:
    lead = await world.lead()
    network = {"socialNetwork": "LINKEDIN"} if channel is ContactChannel.SOCIAL else {}

    accepted: set[str] = set()
    for outcome in ContactOutcome:
        payload = await world.tell("recordContactAttempt", call(world, lead, channel=channel, outcome=outcome, **network), BRIEF)
        if payload["created"]:
            accepted.add(outcome)
        else:
            assert payload["errors"] == [{"__typename": "ValidationError", "code": "VALIDATION_FAILED", "path": ["input", "outcome"]}]

    assert accepted == OUTCOMES_BY_CHANNEL[channel]


async def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(world: World) -> None:
    lead = await world.lead()
    wrong = {
        "channel": "EMAIL",
        "outcome": "VOICEMAIL",
        "socialNetwork": "X",
        "durationSeconds": 5,
        "occurredAt": at(days=-1),
        "providerId": "c-1",
        "recordingUrl": "javascript:alert(1)",
        "transcriptUrl": "//example.org/x",
        "notes": "n" * 32_769,
        "agentId": world.id(lead),
    }

    payload = await world.tell("recordContactAttempt", call(world, lead, **wrong), BRIEF)

    assert [error["path"][1] for error in payload["errors"]] == [
        "outcome",
        "socialNetwork",
        "durationSeconds",
        "occurredAt",
        "provider",
        "recordingUrl",
        "transcriptUrl",
        "notes",
        "agentId",
    ]
    assert (await history(world, lead))["statusHistory"]["nodes"] == []


async def test_a_social_contact_names_its_network(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, channel="SOCIAL", outcome="SENT"), BRIEF)

    assert [error["path"] for error in payload["errors"]] == [["input", "socialNetwork"]]


@pytest.mark.parametrize(("seconds", "accepted"), [(-1, False), (0, True), (86_400, True), (86_401, False)])
async def test_a_call_lasts_a_day_at_most(world: World, seconds: int, accepted: bool) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, durationSeconds=seconds), BRIEF)

    assert bool(payload["created"]) is accepted


async def test_twenty_reports_of_one_call_at_once_record_it_once(world: World) -> None:
    lead = await world.lead()
    request = call(world, lead, provider="dialler", providerId="c-1")

    # The pool has ten connections and waits at most a second for one.
    payloads = [
        payload
        for _ in range(2)
        for payload in await asyncio.gather(*(world.tell("recordContactAttempt", request, SELECTION) for _ in range(10)))
    ]

    assert sorted(payload["created"] for payload in payloads) == [False] * 19 + [True]
    assert {payload["lead"]["behaviour"]["outboundAttempts"] for payload in payloads} == {1}
    assert len((await history(world, lead))["statusHistory"]["nodes"]) == 1


async def test_one_call_reported_for_two_leads_at_once_belongs_to_one_of_them(world: World) -> None:
    leads = [await world.lead() for _ in range(8)]

    payloads = await asyncio.gather(
        *(world.tell("recordContactAttempt", call(world, lead, provider="dialler", providerId="c-1"), BRIEF) for lead in leads)
    )

    assert sorted(str(payload["created"]) for payload in payloads) == ["None"] * 7 + ["True"]
    assert [error["code"] for payload in payloads for error in payload["errors"]] == ["ALREADY_EXISTS"] * 7
    statuses = [len((await history(world, lead))["statusHistory"]["nodes"]) for lead in leads]
    assert sorted(statuses) == [0] * 7 + [1]


async def test_what_followed_is_told_in_order(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordContactAttempt", call(world, lead, outcome="DO_NOT_CALL"), SELECTION)

    attempt_id = str(decode_kind("ContactAttempt", payload["contactAttempt"]["id"]))
    recorded = {
        "contact_attempt_id": attempt_id,
        "channel": "PHONE",
        "direction": "OUTBOUND",
        "outcome": "DO_NOT_CALL",
        "occurred_at": "2026-06-30T11:00:00+00:00",
    }
    withdrawn = {"channel": "PHONE", "purposes": ["MARKETING", "SALES", "SERVICE"], "withdrawn_at": "2026-06-30T11:00:00+00:00"}
    scored = {"total": [0, 2], "grade": ["D", "D"], "temperature": ["COLD", "COLD"], "cause": "CONTACT_ATTEMPT", "score_change_id": ANY}
    assert await world.events(lead) == [
        ("CONTACT_ATTEMPT_RECORDED", recorded),
        ("LEAD_UPDATED", {"do_not_call": [False, True]}),
        ("CONSENT_WITHDRAWN", withdrawn),
        ("LEAD_STATUS_CHANGED", {"status": ["NEW", "CONTACTED"], "reason": None, "forced": False}),
        ("LEAD_SCORE_CHANGED", scored),
        ("SUPPRESSION_ADDED", {"channel": "PHONE", "reason": "OPT_OUT"}),
    ]


async def test_the_attempts_of_all_leads_in_sight_are_one_list(world: World) -> None:
    mine, hidden = await world.lead(owner_id=world.ada.id), await world.lead(owner_id=world.cleo.id)
    for lead, channel, outcome in ((mine, "PHONE", "BUSY"), (mine, "SMS", "SENT"), (hidden, "PHONE", "BUSY")):
        await world.tell("recordContactAttempt", call(world, lead, channel=channel, outcome=outcome), BRIEF)
    query = "{ contactAttempts(filter: {channels: [PHONE]}) { totalCount nodes { channel lead { id } } } }"

    seen = await world.ask(query, viewer=world.viewer(Role.AGENT, world.ada))

    assert seen["contactAttempts"] == {"totalCount": 1, "nodes": [{"channel": "PHONE", "lead": {"id": world.id(mine)}}]}


async def test_a_call_of_another_lead_is_refused(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    await world.tell("recordContactAttempt", call(world, lead, provider="dialler", providerId="c-1"), BRIEF)

    payload = await world.tell("recordContactAttempt", call(world, other, provider="dialler", providerId="c-1"), BRIEF)
    elsewhere = await world.tell("recordContactAttempt", call(world, other, provider="other", providerId="c-1"), BRIEF)

    assert payload["errors"] == [{"__typename": "AlreadyExists", "code": "ALREADY_EXISTS", "path": ["input", "providerId"]}]
    assert elsewhere["created"] is True
