"""Recording activities through the API."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from domain.access import Role
from tests.worlds import NOON, World

SELECTION = """
    activity { id type occurredAt recordedAt source sourceEventId asset subject body agent { name } actor { kind } lead { id } }
    lead { id version behaviour { websiteVisits contentDownloads contactRequestedAt } lastActivityAt score { total } }
    created
    errors { __typename ... on UserError { code message path } }
"""
ERRORS = "created activity { id } errors { __typename ... on UserError { code path } }"


def at(**ago: float) -> str:
    return (NOON - timedelta(**ago)).isoformat()


def visit(world: World, lead: Any, **more: Any) -> dict[str, Any]:
    return {"leadId": world.id(lead), "type": "WEBSITE_VISITED", "occurredAt": at(hours=1), **more}


async def test_an_activity_is_recorded_and_counts_at_once(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell(
        "recordActivity",
        visit(
            world,
            lead,
            source="site",
            sourceEventId="v-1",
            asset="/pricing",
            subject="  Pricing\x07 page ",
            body="Two\r\nlines",
            agentId=world.id(world.ada),
        ),
        SELECTION,
    )

    recorded = payload["activity"]
    assert recorded.pop("id")
    assert payload == {
        "activity": {
            "type": "WEBSITE_VISITED",
            "occurredAt": "2026-06-30T11:00:00Z",
            "recordedAt": "2026-06-30T12:00:00Z",
            "source": "site",
            "sourceEventId": "v-1",
            "asset": "/pricing",
            "subject": "Pricing page",
            "body": "Two\nlines",
            "agent": {"name": "Ada"},
            "actor": {"kind": "API_KEY"},
            "lead": {"id": world.id(lead)},
        },
        "lead": {
            "id": world.id(lead),
            "version": 1,
            "behaviour": {"websiteVisits": 1, "contentDownloads": 0, "contactRequestedAt": None},
            "lastActivityAt": "2026-06-30T11:00:00Z",
            "score": {"total": 2},
        },
        "created": True,
        "errors": [],
    }


async def test_the_score_history_names_the_activity_as_its_cause(world: World) -> None:
    lead = await world.lead()
    world.at += timedelta(hours=1)

    await world.tell("recordActivity", visit(world, lead), "activity { id }")

    history = "query ($id: ID!) { lead(id: $id) { scoreHistory { nodes { fromTotal total delta cause at } } } }"
    entries = (await world.ask(history, {"id": world.id(lead)}))["lead"]["scoreHistory"]["nodes"]
    assert entries[0] == {"fromTotal": 0, "total": 2, "delta": 2, "cause": "ACTIVITY", "at": "2026-06-30T13:00:00Z"}
    assert len(entries) == 2


async def test_the_same_event_is_recorded_once(world: World) -> None:
    lead = await world.lead()
    request = visit(world, lead, source="site", sourceEventId="v-1")

    first = await world.tell("recordActivity", request, SELECTION)
    again = await world.tell("recordActivity", {**request, "type": "PAGE_VIEWED"}, SELECTION)

    assert first["created"] is True
    assert again["created"] is False
    assert again["activity"] == first["activity"]
    assert again["lead"] == first["lead"]


async def test_an_event_of_another_lead_is_refused(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    await world.tell("recordActivity", visit(world, lead, source="site", sourceEventId="v-1"), "created")

    payload = await world.tell("recordActivity", visit(world, other, source="site", sourceEventId="v-1"), ERRORS)

    assert payload == {
        "created": None,
        "activity": None,
        "errors": [{"__typename": "AlreadyExists", "code": "ALREADY_EXISTS", "path": ["input", "sourceEventId"]}],
    }


async def test_twenty_reports_of_one_event_at_once_record_it_once(world: World) -> None:
    lead = await world.lead()
    request = visit(world, lead, source="site", sourceEventId="v-1")

    # The pool has ten connections and waits at most a second for one.
    payloads = [
        payload
        for _ in range(2)
        for payload in await asyncio.gather(*(world.tell("recordActivity", request, SELECTION) for _ in range(10)))
    ]

    assert sorted(payload["created"] for payload in payloads) == [False] * 19 + [True]
    assert len({payload["activity"]["id"] for payload in payloads}) == 1
    assert {payload["lead"]["behaviour"]["websiteVisits"] for payload in payloads} == {1}


async def test_downloads_of_one_asset_count_once_and_nameless_ones_each(world: World) -> None:
    lead = await world.lead()
    for asset in ("guide.pdf", "guide.pdf", "prices.pdf", None, None):
        payload = await world.tell("recordActivity", visit(world, lead, type="CONTENT_DOWNLOADED", asset=asset), SELECTION)

    assert payload["lead"]["behaviour"]["contentDownloads"] == 4


async def test_the_latest_contact_request_counts_in_whatever_order_they_arrive(world: World) -> None:
    lead = await world.lead()
    for days in (40, 3, 20):
        payload = await world.tell("recordActivity", visit(world, lead, type="CONTACT_REQUESTED", occurredAt=at(days=days)), SELECTION)

    assert payload["lead"]["behaviour"]["contactRequestedAt"] == "2026-06-27T12:00:00Z"
    assert payload["lead"]["lastActivityAt"] == "2026-06-27T12:00:00Z"
    assert payload["lead"]["score"]["total"] == 3


async def test_a_clock_that_runs_fast_counts_as_now(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordActivity", visit(world, lead, occurredAt=at(minutes=-5)), SELECTION)

    assert payload["activity"]["occurredAt"] == "2026-06-30T12:00:00Z"


async def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(world: World) -> None:
    lead = await world.lead()
    wrong = {
        "occurredAt": at(minutes=-6),
        "source": "s" * 101,
        "sourceEventId": "e" * 201,
        "asset": "a" * 501,
        "subject": "s" * 501,
        "body": "é" * 16_385,
        "agentId": world.id(lead),
    }

    payload = await world.tell("recordActivity", visit(world, lead, **wrong), ERRORS)
    orphan = await world.tell("recordActivity", visit(world, lead, leadId=world.id(world.ada), sourceEventId="e"), ERRORS)

    invalid = ("occurredAt", "source", "sourceEventId", "asset", "subject", "body")
    assert [(error["code"], error["path"][1]) for error in payload["errors"]] == [
        *(("VALIDATION_FAILED", name) for name in invalid),
        ("NOT_FOUND", "agentId"),
    ]
    assert [(error["code"], error["path"][1]) for error in orphan["errors"]] == [("NOT_FOUND", "leadId"), ("VALIDATION_FAILED", "source")]
    assert (await world.ask("{ activities { totalCount } }"))["activities"]["totalCount"] == 0


async def test_an_instant_before_2000_is_refused(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordActivity", visit(world, lead, occurredAt="1999-12-31T23:59:59Z"), ERRORS)

    assert payload["errors"][0]["path"] == ["input", "occurredAt"]


async def test_an_agent_records_only_for_leads_in_sight(world: World) -> None:
    lead = await world.lead(owner_id=world.cleo.id)

    payload = await world.tell("recordActivity", visit(world, lead), ERRORS, viewer=world.viewer(Role.AGENT, world.ada))

    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]


async def test_a_repeated_key_answers_the_same(world: World) -> None:
    lead = await world.lead()
    request = visit(world, lead, idempotencyKey="once")

    first = await world.tell("recordActivity", request, SELECTION)
    again = await world.tell("recordActivity", request, SELECTION)

    assert again == first
    assert first["created"] is True


ROWS = """
    rows { index created activity { type lead { id } } errors { code: __typename ... on UserError { path } } }
    errors { ... on UserError { code path } }
"""


async def test_many_activities_of_several_leads_are_recorded_with_as_many_statements_as_two(world: World) -> None:
    one, two = await world.lead(), await world.lead()

    def rows(count: int, first: int) -> list[dict[str, Any]]:
        return [
            visit(
                world,
                (one, two)[index % 2],
                type="CONTENT_DOWNLOADED",
                asset=f"{first + index}",
                source="site",
                sourceEventId=f"{first + index}",
            )
            for index in range(count)
        ]

    with world.recorded() as few:
        await world.tell("recordActivities", {"rows": rows(2, 0)}, ROWS)
    with world.recorded() as many:
        payload = await world.tell("recordActivities", {"rows": rows(60, 100)}, ROWS)

    assert len(few) == len(many)
    assert [row["index"] for row in payload["rows"]] == list(range(60))
    assert {row["created"] for row in payload["rows"]} == {True}
    lead = await world.ask("query ($id: ID!) { lead(id: $id) { behaviour { contentDownloads } } }", {"id": world.id(one)})
    assert lead["lead"]["behaviour"]["contentDownloads"] == 31


async def test_one_event_twice_in_a_batch_is_recorded_once(world: World) -> None:
    lead = await world.lead()
    row = visit(world, lead, source="site", sourceEventId="v-1")

    payload = await world.tell("recordActivities", {"rows": [row, {**row, "type": "PAGE_VIEWED"}]}, ROWS)

    assert [(row["created"], row["activity"]["type"]) for row in payload["rows"]] == [(True, "WEBSITE_VISITED"), (False, "WEBSITE_VISITED")]


async def test_one_refused_row_undoes_all_unless_it_may_be_skipped(world: World) -> None:
    lead, other = await world.lead(), await world.lead()
    rows = [
        visit(world, lead, source="site", sourceEventId="v-1"),
        visit(world, other, source="site", sourceEventId="v-1"),
        visit(world, lead, occurredAt="1999-01-01T00:00:00Z"),
    ]

    undone = await world.tell("recordActivities", {"rows": rows}, ROWS)
    skipped = await world.tell("recordActivities", {"rows": rows, "errorPolicy": "SKIP_FAILED"}, ROWS)

    assert undone == {
        "rows": [],
        "errors": [
            {"code": "ALREADY_EXISTS", "path": ["input", "rows", "1", "sourceEventId"]},
            {"code": "VALIDATION_FAILED", "path": ["input", "rows", "2", "occurredAt"]},
        ],
    }
    assert [row["created"] for row in skipped["rows"]] == [True, None, None]
    assert [[error["path"][2:] for error in row["errors"]] for row in skipped["rows"]] == [
        [],
        [["1", "sourceEventId"]],
        [["2", "occurredAt"]],
    ]


async def test_more_than_500_rows_are_refused(world: World) -> None:
    lead = await world.lead()

    payload = await world.tell("recordActivities", {"rows": [visit(world, lead)] * 501}, ROWS)

    assert payload["errors"] == [{"code": "VALIDATION_FAILED", "path": ["input", "rows"]}]


async def test_what_says_nothing_is_no_activity(world: World) -> None:
    lead = await world.lead()
    untold = {"leadId": world.id(lead), "occurredAt": at(hours=1)}
    told = [
        {**untold, "type": "CUSTOM", "body": "Long story", "asset": "a"},
        {**untold, "type": "CUSTOM", "subject": "  "},
        {**untold, "type": "NOTE_ADDED", "subject": " ", "body": "\n"},
    ]

    refused = await world.tell("recordActivities", {"rows": told}, "rows { index } errors { __typename ... on UserError { path message } }")

    custom, note = "Needed: a CUSTOM activity is told by its subject.", "Needed, or a subject: a note says something."
    assert refused == {
        "rows": [],
        "errors": [
            {"__typename": "ValidationError", "path": ["input", "rows", "0", "subject"], "message": custom},
            {"__typename": "ValidationError", "path": ["input", "rows", "1", "subject"], "message": custom},
            {"__typename": "ValidationError", "path": ["input", "rows", "2", "body"], "message": note},
        ],
    }
    for text in (
        {"type": "CUSTOM", "subject": "Moved"},
        {"type": "NOTE_ADDED", "subject": "Moved"},
        {"type": "NOTE_ADDED", "body": "Moved"},
    ):
        assert (await world.tell("recordActivity", {**untold, **text}, ERRORS))["errors"] == []
