"""What is still to be done, and who still waits, is found by an index however much was done before."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest
from asyncpg import Record
from sqlalchemy.sql.base import Executable

from domain.filters import FirstResponseMatch, InstantRange, LeadFilter, LeadQuery, OneOf
from domain.follow_ups import FollowUpFilter
from domain.paging import PageRequest
from persistence.database import Database, Writing
from persistence.follow_ups import all_follow_ups, follow_ups_by_agent, lock_leads_with_due_follow_ups
from persistence.lead_lists import all_leads
from persistence.statements import Constant
from tests.conftest import PATIENT
from tests.own_databases import connected, own_database
from tests.worlds import NOON, World, build_world

# Ten thousand leads with a follow-up each, of which one in a hundred is open; one in a hundred leads waits for its first answer.
# Of the open ones the feed was told already, but for one in ten.
_FILL = """
    WITH made AS (
        INSERT INTO leads (workspace_id, id, created_at, updated_at, source, first_touch_at, last_source, last_touch_at, status,
                           status_since, grade, temperature, priority, first_response_due_at, first_contacted_at)
        SELECT $1, gen_random_uuid(), at, at, 'OTHER', at, 'OTHER', at, 'NEW', at, 'D', 'COLD', 'LOW', at + interval '30 minutes',
               CASE WHEN n % 100 = 0 THEN NULL ELSE at END
        FROM generate_series(1, 10000) n, LATERAL (SELECT timestamptz '2026-01-01' + n * interval '1 minute' AS at) t
        RETURNING id, created_at, first_contacted_at IS NULL AS waits
    )
    INSERT INTO follow_ups (workspace_id, id, lead_id, agent_id, kind, title, due_at, due_local, due_zone, state, snoozes, told_due_at,
                            origin, actor_kind, created_at, updated_at)
    SELECT $1, gen_random_uuid(), id, $2, 'CALL', 'Call', created_at, created_at AT TIME ZONE 'UTC', 'UTC',
           CASE WHEN waits THEN 'OPEN' ELSE 'DONE' END, '[]',
           CASE WHEN row_number() OVER () % 1000 = 0 THEN NULL ELSE created_at END, 'MANUAL', 'SYSTEM', created_at, created_at
    FROM made
"""


@pytest.fixture(scope="module")
async def many() -> AsyncGenerator[World]:
    """Put them there, with the planner's statistics, which are about all that a table holds: so other tests' rows are none of theirs."""
    async with own_database("follow_ups") as own:
        database = Database(own.dsn(), size=2, limits=PATIENT)
        world = await build_world(database)
        async with connected(own, "SUPERUSER") as superuser:
            await superuser.execute(_FILL, world.workspace.id, world.ada.id)
            await superuser.execute("ANALYZE leads; ANALYZE follow_ups")
        yield world
        await database.close()


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


OPEN = FollowUpFilter(state=OneOf(eq="OPEN"))
FIRST = PageRequest("DUE_AT", descending=False, size=20)


async def test_open_follow_ups_are_read_from_their_own_index(many: World) -> None:
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await all_follow_ups.page(explaining, FIRST, OPEN)
    assert "ix_follow_ups_open" in explaining.plan, explaining.plan


async def test_an_agent_s_own_list_is_read_from_an_index(many: World) -> None:
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await follow_ups_by_agent.pages(explaining, [many.ada.id], FIRST, OPEN)
    assert "ix_follow_ups_open_of_agent" in explaining.plan, explaining.plan


async def test_what_is_overdue_is_read_from_the_index_of_open_ones(many: World) -> None:
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await all_follow_ups.page(explaining, FIRST, FollowUpFilter(overdue=True, at=NOON))
    assert "ix_follow_ups_open" in explaining.plan, explaining.plan


async def test_looking_for_due_ones_reads_those_that_nobody_was_told_of(many: World) -> None:
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        await lock_leads_with_due_follow_ups(explaining, NOON, 200)
    assert "ix_follow_ups_untold" in explaining.plan, explaining.plan
    assert "Seq Scan" not in explaining.plan


async def test_leads_whose_clock_runs_out_are_read_from_the_index_of_running_clocks(many: World) -> None:
    soon = FirstResponseMatch(due_at=InstantRange(lt=NOON + timedelta(hours=1)), responded=False)
    async with many.database.writing(many.scope) as tx:
        explaining = Explaining.instead_of(tx)
        request = PageRequest("FIRST_RESPONSE_DUE_AT", descending=False, size=20)
        await all_leads.page(explaining, request, LeadQuery(LeadFilter(first_response=soon)))
    assert "ix_leads_waiting" in explaining.plan, explaining.plan
    assert "Seq Scan on leads" not in explaining.plan
