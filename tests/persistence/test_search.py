"""Search over leads: by the beginnings of words and numbers; and lists of leads, read from their indexes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from asyncpg import Record
from sqlalchemy.sql.base import Executable

from domain.filters import LeadFilter, LeadQuery, NumberRange, OneOf
from domain.paging import PageRequest
from persistence.database import Database, Writing
from persistence.lead_lists import all_leads, leads_by_tag
from persistence.statements import Constant
from tests.conftest import TestDatabase
from tests.worlds import World, build_world

FOUND = [
    ("ro", True),
    ("ROSA", True),
    ("rosa marques", True),
    ("marques rosa", True),
    ("marq acme", True),
    ("osa", False),
    ("rosa smith", False),
    ("angela", True),
    ("Ângela", True),
    ("lima", True),
    ("rosa.marques@acme.example", True),
    ("acme.example", True),
    ("rosa.m", True),
    ("+351 912 345 678", True),
    ("912345678", True),
    ("912 345", True),
    ("(912) 345-678", True),
    ("2345678", True),
    ("345678", False),
    ("999999", False),
    ("%", False),
    ("_osa", False),
    ("ros%", False),
    ("'; drop table leads", False),
    ("", False),
    ("   ", False),
    ("a" * 200, False),
]


@pytest.mark.parametrize(("typed", "found"), FOUND)
async def test_a_search_finds_by_the_beginnings_of_words(typed: str, found: bool, world: World) -> None:
    lead = await world.lead(
        first_name="Rosa Ângela",
        last_name="Marques-Lima",
        company="Acme (Portugal)",
        email="rosa.marques@acme.example",
        phones=("+351912345678",),
    )
    await world.lead(first_name="Ben", last_name="Ode", company="Zeta")
    answer = await world.ask("query ($typed: String) { leads(search: $typed) { totalCount nodes { id } } }", {"typed": typed})
    assert answer["leads"] == ({"totalCount": 1, "nodes": [{"id": world.id(lead)}]} if found else {"totalCount": 0, "nodes": []})


async def test_signs_are_searched_as_they_are(world: World) -> None:
    lead = await world.lead(company="100% a_b")
    await world.lead(company="1000 axb")
    for typed in ("100%", "a_b", "100% a_"):
        answer = await world.ask("query ($typed: String) { leads(search: $typed) { nodes { id } } }", {"typed": typed})
        assert answer["leads"]["nodes"] == [{"id": world.id(lead)}], typed


# Indexes, as the application's role and under row security

_FILL = """
    WITH made AS (
        INSERT INTO leads (workspace_id, id, created_at, updated_at, source, first_touch_at, last_source, last_touch_at, status,
                           status_since, score_total, grade, temperature, priority)
        SELECT $1, gen_random_uuid(), at, at, 'OTHER', at, 'OTHER', at, CASE WHEN n % 20 = 0 THEN 'QUALIFIED' ELSE 'NEW' END,
               at, n % 101, CASE WHEN n % 10 = 0 THEN 'A' ELSE 'D' END, 'COLD', 'LOW'
        FROM generate_series(1, 10000) n, LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 minute' AS at) t
        RETURNING id
    )
    INSERT INTO search_terms (workspace_id, term, lead_id) SELECT $1, 'term' || (row_number() OVER ()), id FROM made
"""
_TAG = """
    WITH made AS (
        INSERT INTO tags (workspace_id, id, name, created_at, updated_at)
        SELECT $1, gen_random_uuid(), 'tag ' || n, '2026-01-01', '2026-01-01' FROM generate_series(0, 19) n
        RETURNING id, name
    )
    INSERT INTO lead_tags (workspace_id, lead_id, tag_id, tagged_at)
    SELECT $1, numbered.id, made.id, '2026-01-01'
    FROM (SELECT id, row_number() OVER () AS n FROM leads WHERE workspace_id = $1) numbered
    JOIN made ON made.name = 'tag ' || numbered.n % 20
"""


@pytest.fixture(scope="module")
async def many(database: Database, test_database: TestDatabase) -> World:
    """Ten thousand leads, twenty tags on five hundred of them each, and the planner's statistics."""
    world = await build_world(database)
    superuser = await asyncpg.connect(test_database.dsn("SUPERUSER"))
    await superuser.execute(_FILL, world.workspace.id)
    await superuser.execute(_TAG, world.workspace.id)
    await superuser.execute("ANALYZE leads; ANALYZE search_terms; ANALYZE lead_tags")
    await superuser.close()
    return world


class Explaining(Writing):
    """Asks for the plans of statements instead of running them."""

    plan = ""

    @classmethod
    def instead_of(cls, tx: Writing) -> Explaining:
        return cls(tx._connection, tx.scope, None)

    async def fetch(self, statement: Executable | Constant, **parameters: Any) -> list[Record]:
        sql, arguments = self._prepare(statement, parameters)
        self.plan += "\n".join(row[0] for row in await self._connection.fetch(f"EXPLAIN {sql}", *arguments))
        return []


async def plan_of(world: World, query: LeadQuery | None, order: str) -> str:
    """Explain the first page of a list, as the application's role runs it."""
    async with world.database.writing(world.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await all_leads.page(explaining, PageRequest(order, descending=True, size=20), query)
    return explaining.plan


@pytest.mark.parametrize(
    ("query", "order", "index"),
    [
        (None, "CREATED_AT", "ix_leads_workspace_id_created_at_id"),
        (None, "UPDATED_AT", "ix_leads_workspace_id_updated_at_id"),
        (None, "SCORE", "ix_leads_workspace_id_score_total_id"),
        (LeadQuery(search="term1234"), "CREATED_AT", "pk_search_terms"),
        (
            LeadQuery(LeadFilter(status=OneOf(eq="QUALIFIED"), grade=OneOf(eq="A"))),
            "SCORE",
            "ix_leads_workspace_id_status_grade_score_total_id",
        ),
        (LeadQuery(LeadFilter(score=NumberRange(gte=Decimal(95)))), "SCORE", "ix_leads_workspace_id_score_total_id"),
    ],
    ids=["newest", "last changed", "best", "search", "status and grade by score", "score range"],
)
async def test_a_list_is_read_from_its_index(query: LeadQuery | None, order: str, index: str, many: World) -> None:
    plan = await plan_of(many, query, order)
    assert index in plan, plan
    assert "Seq Scan on leads" not in plan
    assert "Seq Scan on search_terms" not in plan


@pytest.mark.parametrize("order", ["CREATED_AT", "SCORE"])
async def test_the_leads_of_a_tag_are_looked_for_among_its_own(order: str, many: World) -> None:
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await leads_by_tag.pages(explaining, [uuid4()], PageRequest(order, descending=True, size=3))
    assert "ix_lead_tags_workspace_id_tag_id_lead_id" in explaining.plan, explaining.plan
    assert f"ix_leads_workspace_id_{order.lower()}" not in explaining.plan
