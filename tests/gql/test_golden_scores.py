"""The golden leads, scored end to end: created, active, contacted, and read through the API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.leads import Lead, LeadSource
from tests.worlds import NOON, World, blank_lead
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "scoring.json").read_text())
COUNTED = {
    "website_visits": "WEBSITE_VISITED",
    "content_downloads": "CONTENT_DOWNLOADED",
    "page_views": "PAGE_VIEWED",
    "email_opens": "EMAIL_OPENED",
    "email_clicks": "EMAIL_CLICKED",
    "social_engagements": "SOCIAL_ENGAGED",
}
SCORES = """
query ($after: Cursor) { leads(first: 100, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) {
    pageInfo { hasNextPage endCursor }
    nodes { id grade temperature priority score { total grade temperature priority categories { key points } } }
} }
"""


def profile(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": facts["title"],
        "company": facts["company"],
        "phones": () if facts["phone"] is None else (facts["phone"],),
        "industry": facts["industry"],
        "employees": facts["employees"],
        "annual_revenue": None if facts["annual_revenue"] is None else Decimal(facts["annual_revenue"]),
        "source": LeadSource(facts["source"] or "OTHER"),
    }


def activities(world: World, lead: Lead, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """List what the lead did, each download of another asset."""
    happened = (NOON - timedelta(days=100)).isoformat()
    for fact, type in COUNTED.items():
        for index in range(facts[fact]):
            asset = f"asset {index}" if type == "CONTENT_DOWNLOADED" else None
            yield {"leadId": world.id(lead), "type": type, "occurredAt": happened, "asset": asset}
    if (days_ago := facts["contact_requested_days_ago"]) is not None:
        occurred_at = NOON - timedelta(days=days_ago)
        yield {"leadId": world.id(lead), "type": "CONTACT_REQUESTED", "occurredAt": occurred_at.isoformat()}


async def create(world: World, profiles: Sequence[Mapping[str, Any]]) -> list[Lead]:
    """Put many leads into the workspace at once, in this order."""
    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        added = [edits.add(replace(blank_lead(world.at), **fields)) for fields in profiles]
        saved = await edits.save()
        return [saved[edit.lead.id] for edit in added]


async def call_out(world: World, leads: Sequence[Lead]) -> None:
    """Call leads, ten in each request: that many mutations fit into one."""
    for first in range(0, len(leads), 10):
        ids = {f"id{index}": world.id(lead) for index, lead in enumerate(leads[first : first + 10])}
        calls = "\n".join(
            f"""{name}: recordContactAttempt(input: {{
                leadId: ${name}, channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, occurredAt: "2026-04-01T09:00:00Z"
            }}) {{ created }}"""
            for name in ids
        )
        parameters = ", ".join(f"${name}: ID!" for name in ids)
        answer = await world.ask(f"mutation ({parameters}) {{ {calls} }}", ids)
        assert {payload["created"] for payload in answer.values()} == {True}


async def scores(world: World) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    page: dict[str, Any] = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = (await world.ask(SCORES, {"after": page["pageInfo"]["endCursor"]}))["leads"]
        found |= {lead["id"]: lead for lead in page["nodes"]}
    return found


async def test_every_golden_lead_scores_as_computed_elsewhere(world: World) -> None:
    assert datetime.fromisoformat(GOLDEN["as_of"]) == world.at
    cases = GOLDEN["cases"]
    leads = await create(world, [profile(case["facts"]) for case in cases])
    rows = [row for lead, case in zip(leads, cases, strict=True) for row in activities(world, lead, case["facts"])]
    for first in range(0, len(rows), 500):
        recorded = await world.tell("recordActivities", {"rows": rows[first : first + 500]}, "rows { created } errors { __typename }")
        assert [row["created"] for row in recorded["rows"]] == [True] * len(rows[first : first + 500])
    await call_out(world, [lead for lead, case in zip(leads, cases, strict=True) for _ in range(case["facts"]["outbound_attempts"])])

    found = await scores(world)

    assert len(cases) == 166
    for lead, case in zip(leads, cases, strict=True):
        shown = found[world.id(lead)]
        score = shown["score"]
        categories = {category["key"]: category["points"] for category in score["categories"]}
        assert {
            **categories,
            **{name: score[name] for name in ("total", "grade", "temperature", "priority")},
        } == case["expected"], case["facts"]
        assert {name: shown[name] for name in ("grade", "temperature", "priority")} == {
            name: case["expected"][name] for name in ("grade", "temperature", "priority")
        }


BANDS = [
    ("employees", {0: 0, 1: 2, 10: 2, 11: 5, 50: 5, 51: 10, 200: 10, 201: 15, 500: 15, 501: 20}),
    (
        "annual_revenue",
        {
            Decimal(-5): 0,
            Decimal(0): 0,
            Decimal("0.001"): 2,
            Decimal("999999.999"): 2,
            Decimal(1_000_000): 5,
            Decimal("9999999.99"): 5,
            Decimal(10_000_000): 10,
            Decimal("49999999.99"): 10,
            Decimal(50_000_000): 15,
            Decimal("99999999.99"): 15,
            Decimal(100_000_000): 20,
        },
    ),
]


@pytest.mark.parametrize(("fact", "points"), BANDS, ids=["employees", "annual_revenue"])
async def test_each_boundary_of_a_band_is_where_the_rules_say(world: World, fact: str, points: Mapping[Any, int]) -> None:
    leads = await create(world, [{fact: value} for value in points])

    found = await scores(world)

    assert {value: found[world.id(lead)]["score"]["total"] for value, lead in zip(points, leads, strict=True)} == points


SENIOR: dict[str, Any] = {"title": "CEO", "company": "Acme", "employees": 501}
WELL_KNOWN: dict[str, Any] = {**SENIOR, "phones": ("+14155552671",), "industry": "retail"}
VISITED = [("WEBSITE_VISITED", 5), ("PAGE_VIEWED", 5)]
THRESHOLDS: list[tuple[dict[str, Any], list[tuple[str, int]], dict[int, tuple[str, str, str]]]] = [
    (SENIOR, [], {39: ("D", "COLD", "LOW"), 40: ("C", "WARM", "MEDIUM")}),
    (WELL_KNOWN, VISITED, {59: ("C", "WARM", "MEDIUM"), 60: ("B", "WARM", "HIGH")}),
    (WELL_KNOWN, [*VISITED, ("CONTENT_DOWNLOADED", 2), ("EMAIL_OPENED", 5)], {79: ("B", "WARM", "HIGH"), 80: ("A", "HOT", "URGENT")}),
]


@pytest.mark.parametrize(("known", "did", "expected"), THRESHOLDS, ids=["C", "B", "A"])
async def test_one_point_lifts_a_lead_over_the_threshold_of_a_grade(
    world: World, known: Mapping[str, Any], did: Sequence[tuple[str, int]], expected: Mapping[int, tuple[str, str, str]]
) -> None:
    (lead,) = await create(world, [known])
    seen: dict[int, tuple[str, str, str]] = {}
    for step in ([*did, ("SOCIAL_ENGAGED", 4)], [("SOCIAL_ENGAGED", 1)]):
        rows = [{"leadId": world.id(lead), "type": type, "occurredAt": NOON.isoformat()} for type, count in step for _ in range(count)]
        await world.tell("recordActivities", {"rows": rows}, "rows { index }")
        shown = (await scores(world))[world.id(lead)]
        seen[shown["score"]["total"]] = (shown["grade"], shown["temperature"], shown["priority"])

    assert seen == expected
