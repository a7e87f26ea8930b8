"""Campaigns through the API: made, planned, moved through their life."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from domain.access import Role
from domain.events import FeedPosition
from gql.events.cursors import encode_feed_cursor
from tests.worlds import NOON, World
from usecases.campaigns.change_status import advance_campaigns

CAMPAIGN = "campaign { id name type status version startsAt endsAt startedAt endedAt attributionDays variants { name weight } }"
ERRORS = "__typename ... on UserError { message path }"
MOVE = f"""{CAMPAIGN} errors {{ {ERRORS}
    ... on IllegalCampaignChange {{ from to allowed }}
    ... on CampaignRequirementsMissing {{ missing }} }}"""
HISTORY = "query ($id: ID!) { campaign(id: $id) { status statusHistory { nodes { from to reason at actor { kind } } } } }"


async def created(world: World, **input: Any) -> dict[str, Any]:
    payload = await world.tell("createCampaign", {"name": "Spring", "type": "EMAIL", **input}, f"{CAMPAIGN} errors {{ {ERRORS} }}")
    assert payload["errors"] == []
    return payload["campaign"]


async def moved(world: World, verb: str, campaign: dict[str, Any], **input: Any) -> dict[str, Any]:
    return await world.tell(f"{verb}Campaign", {"campaignId": campaign["id"], **input}, MOVE)


def refusals(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["__typename"], error["path"]) for error in payload["errors"]]


async def test_a_campaign_begins_as_a_draft_with_its_variants(world: World) -> None:
    campaign = await created(
        world,
        description="First mailing of the year",
        startsAt="2026-07-01T09:00:00+02:00",
        endsAt="2026-07-31T12:00:00Z",
        variants=[{"name": "Short"}, {"name": "Long", "weight": 3}],
    )

    assert campaign == {
        "id": campaign["id"],
        "name": "Spring",
        "type": "EMAIL",
        "status": "DRAFT",
        "version": 1,
        "startsAt": "2026-07-01T07:00:00Z",
        "endsAt": "2026-07-31T12:00:00Z",
        "startedAt": None,
        "endedAt": None,
        "attributionDays": 90,
        "variants": [{"name": "Short", "weight": 1}, {"name": "Long", "weight": 3}],
    }


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(world: World) -> None:
    await created(world)
    before = await world.contents()

    payload = await world.tell(
        "createCampaign",
        {
            "name": "SPRING",
            "type": "CALLING",
            "startsAt": "2026-07-31T12:00:00Z",
            "endsAt": "2026-07-01T12:00:00Z",
            "attributionDays": 0,
            "variants": [{"name": "A", "weight": 0}, {"name": "a"}],
        },
        "campaign { id } errors { __typename ... on UserError { path } }",
    )

    assert payload["campaign"] is None
    assert refusals(payload) == [
        ("ValidationError", ["input", "attributionDays"]),
        ("ValidationError", ["input", "endsAt"]),
        ("ValidationError", ["input", "variants", "0", "weight"]),
        ("AlreadyExists", ["input", "variants", "1", "name"]),
        ("AlreadyExists", ["input", "name"]),
    ]
    assert await world.contents() == before


async def test_a_campaign_goes_through_its_whole_life(world: World) -> None:
    campaign = await created(world)

    for verb, input, status in (
        ("schedule", {"startsAt": "2026-07-01T12:00:00Z"}, "SCHEDULED"),
        ("start", {}, "RUNNING"),
        ("pause", {"reason": "The page is down"}, "PAUSED"),
        ("resume", {}, "RUNNING"),
        ("complete", {}, "COMPLETED"),
    ):
        world.at += timedelta(hours=1)
        payload = await moved(world, verb, campaign, **input)
        assert (payload["campaign"]["status"], payload["errors"]) == (status, [])

    history = (await world.ask(HISTORY, {"id": campaign["id"]}))["campaign"]["statusHistory"]["nodes"]
    assert [(entry["from"], entry["to"], entry["reason"], entry["at"]) for entry in reversed(history)] == [
        (None, "DRAFT", None, "2026-06-30T12:00:00Z"),
        ("DRAFT", "SCHEDULED", None, "2026-06-30T13:00:00Z"),
        ("SCHEDULED", "RUNNING", None, "2026-06-30T14:00:00Z"),
        ("RUNNING", "PAUSED", "The page is down", "2026-06-30T15:00:00Z"),
        ("PAUSED", "RUNNING", None, "2026-06-30T16:00:00Z"),
        ("RUNNING", "COMPLETED", None, "2026-06-30T17:00:00Z"),
    ]


async def test_a_draft_that_is_started_is_scheduled_for_now_on_the_way(world: World) -> None:
    campaign = await created(world)

    payload = await moved(world, "start", campaign)

    assert payload["campaign"] | {"variants": []} == campaign | {
        "status": "RUNNING",
        "version": 2,
        "startsAt": "2026-06-30T12:00:00Z",
        "startedAt": "2026-06-30T12:00:00Z",
    }
    history = (await world.ask(HISTORY, {"id": campaign["id"]}))["campaign"]["statusHistory"]["nodes"]
    assert sorted(entry["to"] for entry in history) == ["DRAFT", "RUNNING", "SCHEDULED"]


async def test_moves_that_need_something_say_what(world: World) -> None:
    campaign = await created(world)

    unplanned = await moved(world, "schedule", campaign)
    passed = await moved(world, "schedule", campaign, startsAt="2026-06-30T11:00:00Z")
    unexplained = await moved(world, "cancel", campaign)

    assert [error["missing"] for error in [*unplanned["errors"], *unexplained["errors"]]] == [["START"], ["REASON"]]
    assert refusals(passed) == [("ValidationError", ["input", "startsAt"])]


async def test_an_end_that_has_passed_keeps_a_campaign_from_running_on(world: World) -> None:
    campaign = await created(world, endsAt="2026-06-30T13:00:00Z")
    await moved(world, "start", campaign)
    await moved(world, "pause", campaign)
    world.at += timedelta(hours=1)

    payload = await moved(world, "resume", campaign)

    assert [error["missing"] for error in payload["errors"]] == [["END_AHEAD"]]


async def test_every_move_that_the_life_does_not_know_is_refused_with_those_that_it_does(world: World) -> None:
    over = await created(world)
    await moved(world, "start", over)
    await moved(world, "complete", over)
    paused = await created(world, name="Autumn")
    await moved(world, "start", paused)
    await moved(world, "pause", paused)

    refused = [
        (await moved(world, verb, campaign, **input))["errors"][0]
        for verb, campaign, input in (
            ("start", over, {}),
            ("pause", over, {}),
            ("cancel", over, {"reason": "Too late"}),
            ("start", paused, {}),
            ("schedule", paused, {}),
            ("resume", await created(world, name="Winter"), {}),
        )
    ]

    assert [(error["__typename"], error["from"], error["to"], error["allowed"]) for error in refused] == [
        ("IllegalCampaignChange", "COMPLETED", "RUNNING", []),
        ("IllegalCampaignChange", "COMPLETED", "PAUSED", []),
        ("IllegalCampaignChange", "COMPLETED", "CANCELLED", []),
        ("IllegalCampaignChange", "PAUSED", "RUNNING", ["COMPLETED", "CANCELLED"]),
        ("IllegalCampaignChange", "PAUSED", "SCHEDULED", ["RUNNING", "COMPLETED", "CANCELLED"]),
        ("IllegalCampaignChange", "DRAFT", "RUNNING", ["SCHEDULED", "CANCELLED"]),
    ]


async def test_the_same_status_again_changes_nothing(world: World) -> None:
    campaign = await created(world)
    first = await moved(world, "start", campaign)
    before = await world.contents()

    again = await moved(world, "start", campaign)

    assert again == first
    assert await world.contents() == before


async def test_the_clock_starts_and_completes_campaigns(world: World) -> None:
    campaign = await created(world, startsAt="2026-07-01T12:00:00Z", endsAt="2026-07-03T12:00:00Z")
    await moved(world, "schedule", campaign)
    statuses: list[str] = []

    for hours in (23, 24, 71, 72, 96):
        await advance_campaigns(world.database, NOON + timedelta(hours=hours))
        statuses.append((await world.ask(HISTORY, {"id": campaign["id"]}))["campaign"]["status"])

    assert statuses == ["SCHEDULED", "RUNNING", "RUNNING", "COMPLETED", "COMPLETED"]
    newest = (await world.ask(HISTORY, {"id": campaign["id"]}))["campaign"]["statusHistory"]["nodes"][0]
    assert newest == {"from": "RUNNING", "to": "COMPLETED", "reason": None, "at": "2026-07-03T12:00:00Z", "actor": {"kind": "SYSTEM"}}


async def test_a_campaign_whose_time_passed_while_nobody_was_there_did_not_run(world: World) -> None:
    campaign = await created(world, startsAt="2026-07-01T12:00:00Z", endsAt="2026-07-03T12:00:00Z")
    await moved(world, "schedule", campaign)

    await advance_campaigns(world.database, NOON + timedelta(days=9))

    answer = await world.ask("query ($id: ID!) { campaign(id: $id) { status startedAt statusHistory { nodes { reason } } } }", campaign)
    assert (answer["campaign"]["status"], answer["campaign"]["startedAt"]) == ("CANCELLED", None)
    assert answer["campaign"]["statusHistory"]["nodes"][0]["reason"] == "Its end passed before it could begin."


async def test_what_has_begun_keeps_its_type_and_its_start(world: World) -> None:
    campaign = await created(world)
    await moved(world, "start", campaign)
    request = {"campaignId": campaign["id"], "type": "CALLING", "startsAt": None, "name": "Early spring", "endsAt": "2026-06-30T11:00:00Z"}

    payload = await world.tell(
        "updateCampaign", request, f"{CAMPAIGN} errors {{ {ERRORS} ... on WrongCampaignStatus {{ status needed }} }}"
    )

    assert refusals(payload) == [
        ("WrongCampaignStatus", ["input", "type"]),
        ("WrongCampaignStatus", ["input", "startsAt"]),
        ("ValidationError", ["input", "endsAt"]),
    ]
    assert payload["errors"][0]["needed"] == ["DRAFT", "SCHEDULED"]


async def test_two_changes_from_one_version_never_both_win(world: World) -> None:
    campaign = await created(world)

    request = {"campaignId": campaign["id"], "expectedVersion": 1}

    await world.tell("updateCampaign", {**request, "name": "Early spring"}, "errors { __typename }")
    second = await world.tell("updateCampaign", {**request, "name": "Late spring"}, f"errors {{ {ERRORS} }}")

    assert refusals(second) == [("VersionConflict", ["input", "expectedVersion"])]


async def test_campaigns_are_listed_by_status_type_and_name(world: World) -> None:
    for name, type in (("Spring mailing", "EMAIL"), ("Spring calls", "CALLING"), ("Autumn mailing", "EMAIL")):
        world.at += timedelta(hours=1)
        await created(world, name=name, type=type)
    query = "query ($filter: CampaignFilter, $by: CampaignOrder) { campaigns(filter: $filter, orderBy: $by) { totalCount nodes { name } } }"

    async def names(filter: dict[str, Any] | None, by: dict[str, Any] | None = None) -> list[str]:
        found = (await world.ask(query, {"filter": filter, "by": by}))["campaigns"]
        assert found["totalCount"] == len(found["nodes"])
        return [campaign["name"] for campaign in found["nodes"]]

    assert await names(None) == ["Autumn mailing", "Spring calls", "Spring mailing"]
    assert await names(None, {"field": "NAME", "direction": "ASC"}) == ["Autumn mailing", "Spring calls", "Spring mailing"]
    assert await names({"types": ["EMAIL"], "name": "SPRING"}) == ["Spring mailing"]
    assert await names({"statuses": ["RUNNING"]}) == []


async def test_an_agent_reads_campaigns_and_changes_none(world: World) -> None:
    campaign = await created(world)
    agent = world.viewer(Role.AGENT, world.ada)

    answer = await world.ask("query ($id: ID!) { campaign(id: $id) { name } node(id: $id) { id } }", campaign, viewer=agent)
    body = await world.answer(
        f'mutation {{ startCampaign(input: {{campaignId: "{campaign["id"]}"}}) {{ campaign {{ id }} }} }}', viewer=agent
    )

    assert answer == {"campaign": {"name": "Spring"}, "node": {"id": campaign["id"]}}
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]


async def test_the_workspace_hears_of_every_move(world: World) -> None:
    campaign = await created(world)
    await moved(world, "start", campaign)
    query = """query ($after: Cursor) { events(after: $after, filter: {types: [CAMPAIGN_STATUS_CHANGED]}) {
        events { lead { id } changes { field old new } facts { name value } } } }"""

    told: list[dict[str, Any]] = []
    async with asyncio.timeout(10):
        # Transactions of other tests may hold events back for a moment.
        while len(told) < 3:
            answer = await world.ask(query, {"after": encode_feed_cursor(world.workspace.id, FeedPosition(0), world.at)})
            told = answer["events"]["events"]

    assert [(event["lead"], event["changes"], event["facts"]) for event in told] == [
        (
            None,
            [{"field": "status", "old": old, "new": new}],
            [{"name": "reason", "value": None}, {"name": "campaign", "value": campaign["id"]}],
        )
        for old, new in ((None, "DRAFT"), ("DRAFT", "SCHEDULED"), ("SCHEDULED", "RUNNING"))
    ]
