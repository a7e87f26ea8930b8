"""Assignments at the same time: nobody over capacity, one winner from one version, exact shares, and no circles of waiting."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.sql.base import Executable

from domain.assignment import AssignmentRule, AssignmentStrategy
from domain.leads import Lead
from domain.people import Agent
from domain.refusals import RefusalCode, Refused
from persistence.database import Database, Scope, Writing
from persistence.leads import lead_by_id
from persistence.people import open_leads_by_owner
from persistence.statements import Constant
from tests.conftest import PATIENT, TestDatabase
from tests.worlds import World, blank_lead
from usecases.assignment.assign_lead import AssignLead, AssignLeads, assign_lead, assign_leads
from usecases.assignment.giving import Recipient
from usecases.bulk import Targets
from usecases.leads.editing import LeadEdits
from usecases.people.deactivate_agent import DeactivateAgent, deactivate_agent
from usecases.verbs import Call, Work

AGENTS_LOCK = "FOR NO KEY UPDATE"


class _Unlocked(Writing):
    """The planted bug: agents are read without their lock."""

    __slots__ = ()

    @classmethod
    def around(cls, tx: Writing) -> Writing:
        return cls(tx._connection, tx.scope, tx._listener)

    def _prepare(self, statement: Executable | Constant, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
        sql, arguments = super()._prepare(statement, parameters)
        return sql.replace(AGENTS_LOCK, ""), arguments


class _CarelessDatabase(Database):
    """A database whose transactions have the planted bug."""

    @asynccontextmanager
    async def writing(self, scope: Scope) -> AsyncGenerator[Writing]:
        async with super().writing(scope) as tx:
            yield _Unlocked.around(tx)


@pytest.fixture
async def careless(test_database: TestDatabase) -> AsyncIterator[Database]:
    """Connect to the same database with the bug planted."""
    database = _CarelessDatabase(test_database.dsn(), size=10, limits=PATIENT)
    yield database
    await database.close()


async def _assign_all(database: Database, world: World, leads: Sequence[Lead], to: Recipient) -> list[RefusalCode | None]:
    """Assign every lead in a request of its own, all at once; return each one's refusal."""

    async def assign(lead: Lead) -> RefusalCode | None:
        try:
            await assign_lead(Call(database, world.viewer(), world.at), AssignLead(lead_id=lead.id, to=to))
        except Refused as refused:
            return refused.refusals[0].code
        return None

    return list(await asyncio.gather(*(assign(lead) for lead in leads)))


async def _open(world: World, agents: Sequence[Agent]) -> dict[str, int]:
    async with world.database.reading(world.scope) as db:
        counts = await open_leads_by_owner(db, [agent.id for agent in agents])
    return {agent.name: counts.get(agent.id, 0) for agent in agents}


async def _three(world: World, **capacities: int) -> list[Agent]:
    agents = [world.ada, world.ben, world.cleo]
    return [await world.change(agent, capacity=capacities[agent.name.lower()]) for agent in agents]


@pytest.mark.parametrize("strategy", list(AssignmentStrategy))
async def test_sixty_at_once_fill_three_agents_exactly(world: World, strategy: AssignmentStrategy) -> None:
    agents = await _three(world, ada=7, ben=11, cleo=5)
    leads = [await world.lead() for _ in range(60)]

    refusals = await _assign_all(world.database, world, leads, Recipient(rule=AssignmentRule(strategy)))

    assert Counter(refusals) == {None: 23, RefusalCode.NO_ELIGIBLE_AGENT: 37}
    assert await _open(world, agents) == {"Ada": 7, "Ben": 11, "Cleo": 5}


async def test_by_hand_nobody_goes_over_the_capacity_either(world: World) -> None:
    (ada, *_) = await _three(world, ada=4, ben=0, cleo=0)
    leads = [await world.lead() for _ in range(20)]

    refusals = await _assign_all(world.database, world, leads, Recipient(agent_id=ada.id))

    assert Counter(refusals) == {None: 4, RefusalCode.AGENT_AT_CAPACITY: 16}
    assert await _open(world, [ada]) == {"Ada": 4}


async def test_without_the_lock_an_agent_goes_over_the_capacity(world: World, careless: Database) -> None:
    for capacity in range(1, 21):
        agents = await _three(world, ada=capacity, ben=capacity, cleo=capacity)
        leads = [await world.lead() for _ in range(10)]
        await _assign_all(careless, world, leads, Recipient(rule=AssignmentRule(AssignmentStrategy.ROUND_ROBIN)))
        if max((await _open(world, agents)).values()) > capacity:
            return

    pytest.fail("the planted bug went unnoticed")


async def test_shares_are_exact_when_everybody_asks_at_once(world: World) -> None:
    agents = [await world.change(world.ada, weight=3), await world.change(world.ben, weight=2), world.cleo]
    leads = [await world.lead() for _ in range(60)]

    await _assign_all(world.database, world, leads, Recipient(rule=AssignmentRule(AssignmentStrategy.WEIGHTED)))

    assert await _open(world, agents) == {"Ada": 30, "Ben": 20, "Cleo": 10}


async def test_round_robin_stays_fair_when_everybody_asks_at_once(world: World) -> None:
    leads = [await world.lead() for _ in range(31)]

    await _assign_all(world.database, world, leads, Recipient(rule=AssignmentRule(AssignmentStrategy.ROUND_ROBIN)))

    assert await _open(world, [world.ada, world.ben, world.cleo]) == {"Ada": 11, "Ben": 10, "Cleo": 10}


async def test_of_two_assignments_from_one_version_one_wins(world: World) -> None:
    lead = await world.lead()

    async def assign(agent: Agent) -> str:
        request = AssignLead(lead_id=lead.id, to=Recipient(agent_id=agent.id), expected_version=1)
        try:
            return str((await assign_lead(world.call(), request)).owner_id)
        except Refused as refused:
            return refused.refusals[0].code

    outcomes = await asyncio.gather(assign(world.ada), assign(world.ben))

    assert RefusalCode.VERSION_CONFLICT in outcomes
    (winner,) = set(outcomes) - {RefusalCode.VERSION_CONFLICT}
    async with world.database.reading(world.scope) as db:
        now = (await lead_by_id(db, [lead.id]))[lead.id]
    assert (str(now.owner_id), now.version) == (winner, 2)


async def test_bulk_requests_over_the_same_leads_do_not_wait_in_a_circle(world: World) -> None:
    agents = [world.ada, world.ben, world.cleo]
    ids = tuple([(await world.lead()).id for _ in range(20)])

    async def give(order: tuple[UUID, ...], to: Recipient) -> None:
        await assign_leads(world.call(), AssignLeads(targets=Targets(ids=order), to=to))

    everybody = Recipient(rule=AssignmentRule(AssignmentStrategy.LEAST_LOADED))
    with world.recorded() as statements:
        await asyncio.gather(*(give(order, to) for order in (ids, ids[::-1]) for to in (everybody, Recipient(agent_id=world.ben.id))))

    # A transaction that was the victim of a deadlock would have run again.
    assert len([statement for statement in statements if AGENTS_LOCK in statement]) == 4
    assert sum((await _open(world, agents)).values()) == 20


async def test_who_leaves_meanwhile_is_left_with_nothing(world: World) -> None:
    leads = [await world.lead() for _ in range(20)]

    refusals, _ = await asyncio.gather(
        _assign_all(world.database, world, leads, Recipient(agent_id=world.ada.id)),
        deactivate_agent(world.call(), DeactivateAgent(agent_id=world.ada.id, reassign_to=world.ben.id)),
    )

    assert set(refusals) <= {None, RefusalCode.AGENT_NOT_AVAILABLE}
    assert await _open(world, [world.ada, world.ben]) == {"Ada": 0, "Ben": refusals.count(None)}


async def test_rows_that_refer_to_an_agent_do_not_hold_up_an_assignment(world: World) -> None:
    lead = await world.lead()

    async with world.database.writing(world.scope) as tx:
        edits = LeadEdits(Work(tx, world.viewer(), world.at))
        edits.add(replace(blank_lead(world.at), owner_id=world.ada.id))
        await edits.save()
        assigned = await assign_lead(world.call(), AssignLead(lead_id=lead.id, to=Recipient(agent_id=world.ada.id)))

    assert assigned.owner_id == world.ada.id
