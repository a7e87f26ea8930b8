"""Recalculating scores, pinning priorities and asking what comes next, through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.leads import Lead, LeadSource
from domain.scoring import Grade
from tests.worlds import NOON, World

LEAD = """
    lead {
        id version updatedAt priority grade priorityPin { priority reason until }
        behaviour { websiteVisits contentDownloads outboundAttempts contactRequestedAt }
        score { total computedAt priority }
        scoreHistory { totalCount nodes { fromTotal total delta cause } }
    }
    errors { __typename ... on UserError { code path } }
"""


def visits(world: World, lead: Lead, *, count: int, **more: Any) -> dict[str, Any]:
    row = {"leadId": world.id(lead), "type": "WEBSITE_VISITED", "occurredAt": (NOON - timedelta(hours=1)).isoformat(), **more}
    return {"rows": [row] * count}


async def spoil(world: World, lead: Lead) -> None:
    """Let the lead's counters go wrong, as a bug might."""
    from usecases.leads.editing import LeadEdits  # noqa: PLC0415 -- only this test reaches behind the API
    from usecases.verbs import Work  # noqa: PLC0415

    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        edit = (await edits.load([lead.id]))[lead.id]
        edit.change(website_visits=5, contact_requested_at=world.at, outbound_attempts=3)
        await edits.save()


async def test_without_a_changed_fact_nothing_changes(world: World) -> None:
    lead = await world.lead(title="CEO", employees=70)
    await world.tell("recordActivities", visits(world, lead, count=2), "rows { index }")
    before = (await world.ask("query ($id: ID!) { lead(id: $id) { updatedAt } }", {"id": world.id(lead)}))["lead"]
    world.at += timedelta(hours=3)

    with world.recorded() as statements:
        payload = await world.tell("recalculateLeadScore", {"leadId": world.id(lead)}, LEAD)

    assert payload["lead"]["version"] == 1
    assert payload["lead"]["updatedAt"] == before["updatedAt"]
    assert payload["lead"]["score"] == {"total": 24, "computedAt": "2026-06-30T12:00:00Z", "priority": "LOW"}
    assert payload["lead"]["scoreHistory"]["totalCount"] == 2
    assert not [sql for sql in statements if sql.startswith(("UPDATE", "INSERT"))]


async def test_wrong_counters_are_counted_again_from_what_was_recorded(world: World) -> None:
    lead = await world.lead()
    await world.tell("recordActivities", visits(world, lead, count=2), "rows { index }")
    await world.tell("recordActivities", visits(world, lead, count=3, type="CONTENT_DOWNLOADED", asset="guide"), "rows { index }")
    await spoil(world, lead)

    payload = await world.tell("recalculateLeadScore", {"leadId": world.id(lead)}, LEAD)

    assert payload["lead"]["behaviour"] == {
        "websiteVisits": 2,
        "contentDownloads": 1,
        "outboundAttempts": 0,
        "contactRequestedAt": None,
    }
    assert payload["lead"]["score"]["total"] == 9
    assert payload["lead"]["scoreHistory"]["nodes"][0] == {"fromTotal": 20, "total": 9, "delta": -11, "cause": "MANUAL"}


async def test_a_deleted_or_unknown_lead_is_not_found(world: World) -> None:
    payload = await world.tell("recalculateLeadScore", {"leadId": world.id(world.ada)}, LEAD)

    assert payload == {"lead": None, "errors": [{"__typename": "NotFound", "code": "NOT_FOUND", "path": ["input", "leadId"]}]}


async def test_many_scores_are_recalculated_by_ids_or_by_a_filter(world: World) -> None:
    leads = [await world.lead(company="Acme") for _ in range(3)]
    for lead in leads:
        await spoil(world, lead)
    rows = "rows { index lead { score { total } } errors { ... on UserError { code path } } } errors { ... on UserError { code path } }"

    with world.recorded() as named:
        await world.tell("recalculateLeadScores", {"leadIds": [world.id(leads[0]), world.id(leads[1])]}, "rows { index }")
    for lead in leads:
        await spoil(world, lead)
    with world.recorded() as filtered:
        await world.tell("recalculateLeadScores", {"filter": {"company": {"eq": "acme"}}}, "rows { index }")
    ids = [world.id(leads[2]), world.id(world.ben), world.id(leads[0])]
    refused = await world.tell("recalculateLeadScores", {"leadIds": ids}, rows)
    skipped = await world.tell("recalculateLeadScores", {"leadIds": ids, "errorPolicy": "SKIP_FAILED"}, rows)
    both = await world.tell("recalculateLeadScores", {"leadIds": ids, "filter": {}}, rows)

    assert len(filtered) == len(named) + 1
    assert refused == {"rows": [], "errors": [{"code": "NOT_FOUND", "path": ["input", "leadIds", "1"]}]}
    assert [row["lead"] and row["lead"]["score"]["total"] for row in skipped["rows"]] == [5, None, 5]
    assert [error["code"] for error in both["errors"]] == ["VALIDATION_FAILED"]


async def test_a_pin_overrules_the_grade_and_ends_by_itself(world: World) -> None:
    lead = await world.lead()
    until = NOON + timedelta(days=1)
    pin = {"leadId": world.id(lead), "priority": "URGENT", "reason": " Asked by the board ", "until": until.isoformat()}

    pinned = await world.tell("pinLeadPriority", pin, LEAD)
    again = await world.tell("pinLeadPriority", pin, LEAD)
    world.at = until
    ended = await world.tell("recalculateLeadScore", {"leadId": world.id(lead)}, LEAD)

    assert await world.events(lead) == [
        (
            "LEAD_PRIORITY_PINNED",
            {
                "pinned_priority": [None, "URGENT"],
                "pin_reason": [None, "Asked by the board"],
                "pinned_until": [None, "2026-07-01T12:00:00+00:00"],
            },
        ),
        ("LEAD_PRIORITY_PINNED", {"pinned_priority": ["URGENT", None], "priority": ["URGENT", "LOW"]}),
    ]
    assert pinned["lead"]["priority"] == "URGENT"
    assert pinned["lead"]["priorityPin"] == {"priority": "URGENT", "reason": "Asked by the board", "until": "2026-07-01T12:00:00Z"}
    assert pinned["lead"]["score"]["priority"] == "LOW"
    assert pinned["lead"]["version"] == again["lead"]["version"] == 2
    assert (ended["lead"]["priority"], ended["lead"]["priorityPin"]) == ("LOW", None)
    assert ended["lead"]["scoreHistory"]["totalCount"] == 1


async def test_a_pin_holds_while_the_score_moves_until_it_is_taken_away(world: World) -> None:
    lead = await world.lead()
    await world.tell("pinLeadPriority", {"leadId": world.id(lead), "priority": "HIGH", "reason": "Old friend"}, "lead { id }")

    await world.tell("recordActivities", visits(world, lead, count=5), "rows { index }")
    moved = await world.tell("recalculateLeadScore", {"leadId": world.id(lead)}, LEAD)
    stale = await world.tell("unpinLeadPriority", {"leadId": world.id(lead), "expectedVersion": 1}, LEAD)
    unpinned = await world.tell("unpinLeadPriority", {"leadId": world.id(lead), "expectedVersion": 2}, LEAD)
    again = await world.tell("unpinLeadPriority", {"leadId": world.id(lead)}, LEAD)

    assert (moved["lead"]["score"]["total"], moved["lead"]["priority"]) == (10, "HIGH")
    assert [error["code"] for error in stale["errors"]] == ["VERSION_CONFLICT"]
    assert (unpinned["lead"]["priority"], unpinned["lead"]["priorityPin"], unpinned["lead"]["version"]) == ("LOW", None, 3)
    assert again["lead"]["version"] == 3


async def test_a_pin_needs_a_reason_and_an_end_in_the_future(world: World) -> None:
    lead = await world.lead()
    pin = {"leadId": world.id(lead), "priority": "HIGH", "reason": " ", "until": NOON.isoformat()}

    payload = await world.tell("pinLeadPriority", pin, LEAD)

    assert payload["errors"] == [
        {"__typename": "ValidationError", "code": "VALIDATION_FAILED", "path": ["input", "reason"]},
        {"__typename": "ValidationError", "code": "VALIDATION_FAILED", "path": ["input", "until"]},
    ]


STEPS = "fragment Steps on NextSteps { toGrade pointsNeeded reachable reachableTotal steps { fact have want points text } }"


async def test_the_next_steps_lead_to_the_next_grade(world: World) -> None:
    lead = await world.lead(title="CEO", company="Acme", industry="retail", employees=600, source=LeadSource.REFERRAL)
    query = "query ($id: ID!) { lead(id: $id) { grade nextSteps { ...Steps } score { total nextSteps { ...Steps } } } }" + STEPS

    answer = (await world.ask(query, {"id": world.id(lead)}))["lead"]

    assert (answer["grade"], answer["score"]["total"]) == (Grade.D, 37)
    assert answer["nextSteps"] == answer["score"]["nextSteps"]
    assert answer["nextSteps"] == {
        "toGrade": "C",
        "pointsNeeded": 3,
        "reachable": True,
        "reachableTotal": 95,
        "steps": [{"fact": "content_downloads", "have": 0, "want": 1, "points": 5, "text": "1 more content download"}],
    }


async def test_the_next_steps_of_many_leads_take_as_many_statements_as_of_one(world: World) -> None:
    query = "{ leads(first: 50) { nodes { nextSteps { toGrade } score { nextSteps { toGrade } } } } }"
    await world.lead()
    with world.recorded() as one:
        await world.ask(query)
    for _ in range(5):
        await world.lead()
    with world.recorded() as six:
        await world.ask(query)

    assert len(one) == len(six)
