"""The documentation's mappings, on the public data sets that they are written for; skipped where those are not at hand."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import text

from domain.imports import ImportStatus
from tests.usecases.import_files import REAL_DATA, counts, imported_from, real_file, real_mapping
from tests.worlds import World
from usecases.imports.reading import from_memory

pytestmark = pytest.mark.skipif(not REAL_DATA.is_dir(), reason="the public data sets are not beside the project")


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (REAL_DATA / name).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=delimiter))


def first_rows(name: str, count: int) -> bytes:
    with (REAL_DATA / name).open("rb") as opened:
        return b"".join(islice(opened, count + 1))


async def table(world: World, sql: str) -> dict[Any, Any]:
    async with world.database.reading(world.scope) as db:
        return {row[0]: row[1] for row in await db.fetch(text(sql))}


async def test_x_education(world: World) -> None:
    file = rows("x_education_leads.csv")

    ended = await imported_from(world, real_file("x_education_leads.csv"), real_mapping("x_education"))

    assert ended.status is ImportStatus.FINISHED
    assert counts(ended) == {**counts(ended), "done": 9_240, "created": 9_240, "duplicates": 0, "failed": 0}
    assert await table(world, "SELECT status, count(*) FROM leads GROUP BY 1") == {"CLOSED_WON": 3_561, "NEW": 5_679}
    visits = sum(int(float(row["TotalVisits"] or 0)) for row in file)
    assert await table(world, "SELECT 'visits', sum(website_visits) FROM leads") == {"visits": visits}
    opened = Counter(row["Last Activity"] for row in file)
    assert await table(world, "SELECT 'opens', sum(email_opens) FROM leads") == {"opens": opened["Email Opened"]} == {"opens": 3_437}
    tagged = Counter(" ".join(row["Tags"].split()) for row in file if row["Tags"])
    found = await table(
        world, "SELECT t.name, count(*) FROM lead_tags l JOIN tags t ON t.id = l.tag_id WHERE t.name NOT LIKE 'Quality:%' GROUP BY 1"
    )
    assert {name.lower(): count for name, count in found.items()} == {name.lower(): count for name, count in tagged.items()}
    assert await table(world, "SELECT country, count(*) FROM leads WHERE country IN ('IN', 'US') GROUP BY 1") == {"IN": 6_492, "US": 69}

    again = await imported_from(world, real_file("x_education_leads.csv"), real_mapping("x_education"))
    assert counts(again) == {**counts(again), "created": 0, "updated": 0, "unchanged": 9_240}


async def test_one_lead_of_x_education_in_full(world: World) -> None:
    head = first_rows("x_education_leads.csv", 2)

    await imported_from(world, from_memory(head), real_mapping("x_education"))

    query = """
    { lead(externalReference: {system: "x-education-number", externalId: "660728"}) {
        firstTouch { source detail } status notes behaviour { websiteVisits pageViews emailOpens } tags { name }
        activities { nodes { type subject } } score { total } } }
    """
    assert (await world.ask(query))["lead"] == {
        "firstTouch": {"source": "WEBSITE_FORM", "detail": "Organic Search / API"},
        "status": "NEW",
        "notes": "Occupation: Unemployed. Seconds on the website: 674.0.",
        # 2.5 pages a visit, five visits.
        "behaviour": {"websiteVisits": 5, "pageViews": 13, "emailOpens": 1},
        "tags": [{"name": "Ringing"}],
        "activities": {"nodes": [{"type": "EMAIL_OPENED", "subject": "Email Opened"}]},
        # Visits 10, page views 5, one opened mail 2.
        "score": {"total": 17},
    }


async def test_the_crm_files(world: World) -> None:
    file = rows("crm_sales_pipeline.csv")
    won = sum(Decimal(row["close_value"]) for row in file if row["deal_stage"] == "Won")

    people = await imported_from(world, real_file("crm_sales_teams.csv"), real_mapping("crm_agents"))
    ended = await imported_from(world, real_file("crm_sales_pipeline.csv"), real_mapping("crm_opportunities"))

    assert (people.created, counts(ended)["created"], ended.failed) == (35, 8_800, 0)
    # Six managers came with the 35 whom they lead; three agents and two teams were in the world before.
    answer = await world.ask("{ agents { totalCount } teams { totalCount } }")
    assert answer == {"agents": {"totalCount": 44}, "teams": {"totalCount": 8}}
    stages = "SELECT s.name, count(*) FROM leads l JOIN stages s ON s.id = l.stage_id GROUP BY 1"
    assert await table(world, stages) == {"Prospecting": 500, "Engaging": 1_589, "Won": 4_238, "Lost": 2_473}
    stays = "SELECT s.name, count(*) FROM stage_stays y JOIN stages s ON s.id = y.stage_id GROUP BY 1"
    assert await table(world, stays) == {"Prospecting": 500, "Engaging": 8_300, "Won": 4_238, "Lost": 2_473}
    assert await table(world, "SELECT deal_currency, sum(deal_value) FROM leads WHERE status = 'CLOSED_WON' GROUP BY 1") == {"USD": won}
    owners = "SELECT a.name, count(*) FROM leads l JOIN agents a ON a.id = l.owner_id GROUP BY 1"
    assert await table(world, owners) == Counter(row["sales_agent"] for row in file)
    products = "SELECT t.name, count(*) FROM lead_tags l JOIN tags t ON t.id = l.tag_id GROUP BY 1"
    assert await table(world, products) == Counter(row["product"].replace("GTXPro", "GTX Pro") for row in file)

    query = """
    { lead(externalReference: {system: "crm", externalId: "1C1I7A6R"}) {
        status createdAt closedAt owner { name team { name manager { name } } } company { name industry employees annualRevenue }
        deal { value { amount currency } } stage { name pipeline { name } }
        stageHistory { nodes { stage { name } enteredAt leftAt } } } }
    """
    assert (await world.ask(query))["lead"] == {
        "status": "CLOSED_WON",
        # Midnight in Lisbon, which is an hour ahead in October.
        "createdAt": "2016-10-19T23:00:00Z",
        "closedAt": "2017-03-01T00:00:00Z",
        "owner": {"name": "Moses Frase", "team": {"name": "Team Dustin Brinkmann", "manager": {"name": "Dustin Brinkmann"}}},
        "company": {"name": "Cancity", "industry": "retail", "employees": 2448, "annualRevenue": "718620000"},
        "deal": {"value": {"amount": "1054", "currency": "USD"}},
        "stage": {"name": "Won", "pipeline": {"name": "CRM opportunities"}},
        "stageHistory": {
            "nodes": [
                {"stage": {"name": "Won"}, "enteredAt": "2017-03-01T00:00:00Z", "leftAt": None},
                {"stage": {"name": "Engaging"}, "enteredAt": "2016-10-19T23:00:00Z", "leftAt": "2017-03-01T00:00:00Z"},
            ]
        },
    }


async def test_the_calls_of_a_bank(world: World) -> None:
    some = 3_000
    file = rows("bank_marketing_calls.csv", ";")[:some]
    head = first_rows("bank_marketing_calls.csv", some)

    ended = await imported_from(world, from_memory(head), real_mapping("bank_calls"))

    assert (ended.created, ended.failed) == (some, 0)
    attempts = sum(int(row["campaign"]) + int(row["previous"]) for row in file)
    assert await table(world, "SELECT 'attempts', sum(outbound_attempts) FROM leads") == {"attempts": attempts}
    seconds = sum(int(row["duration"]) for row in file)
    assert await table(world, "SELECT count(*), sum(duration_seconds) FROM contact_attempts") == {some: seconds}
    outcomes = Counter("INTERESTED" if row["y"] == "1" else "CONNECTED" for row in file)
    assert await table(world, "SELECT outcome, count(*) FROM contact_attempts GROUP BY 1") == outcomes
