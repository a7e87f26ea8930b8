"""Apply rows of an import of agents: people, the teams they are in, and who leads those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.imports import RowProblem, RowVerdict
from domain.imports_agents import AgentRow
from domain.imports_facts import LeadRow
from domain.people import Agent, Availability, Team
from persistence import people
from persistence.failures import Deadlocked, UniqueViolation
from persistence.imports import agents_by_label, teams_by_label
from usecases.imports.apply import advance, held
from usecases.imports.matching import Decision
from usecases.imports.plans import AgentPlan
from usecases.imports.rows import ReadRow
from usecases.verbs import Work, new_id, verb


@dataclass(slots=True)
class _People:
    at: datetime
    agents: dict[str, UUID | None]
    teams: dict[str, UUID]
    new_agents: list[Agent] = field(default_factory=list[Agent])
    new_teams: list[Team] = field(default_factory=list[Team])
    led: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])

    def team(self, name: str) -> UUID:
        """Find or make a team."""
        if name.casefold() not in self.teams:
            team = Team(id=new_id(), version=1, name=name, manager_id=None, created_at=self.at, updated_at=self.at)
            self.new_teams.append(team)
            self.teams[name.casefold()] = team.id
        return self.teams[name.casefold()]

    def agent(self, name: str, email: str, team_id: UUID | None, territories: tuple[str, ...]) -> tuple[UUID, bool]:
        """Find an agent by address or make one; the second part says whether it is new."""
        known = self.agents.get(email.casefold())
        if known is not None:
            return known, False
        agent = Agent(
            id=new_id(),
            version=1,
            name=name,
            email=email,
            team_id=team_id,
            availability=Availability.AVAILABLE,
            capacity=None,
            weight=1,
            territories=territories,
            languages=(),
            sources=(),
            last_assigned_at=None,
            credit=0,
            created_at=self.at,
            updated_at=self.at,
        )
        self.new_agents.append(agent)
        self.agents[email.casefold()] = agent.id
        return agent.id, True


@verb
async def apply_agents(work: Work, plan: AgentPlan, done: int, rows: Sequence[tuple[list[str], AgentRow]], now: datetime) -> None:
    """Apply the rows that follow the first `done`; who is known by address stays as is. Raises LeaseLost."""
    before = await held(work, plan, done)
    found = _People(work.at, dict(await agents_by_label(work.tx)), dict(await teams_by_label(work.tx)))
    decisions = [_take_in(found, cells, row) for cells, row in rows]
    try:
        # Teams first, without who leads them: teams and agents name each other.
        await people.add_teams(work.tx, found.new_teams)
        await people.add_agents(work.tx, found.new_agents)
        led = [replace(team, manager_id=found.led[team.id]) for team in found.new_teams if team.id in found.led]
        await people.save_teams(work.tx, led)
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    await advance(work, plan, before, decisions, now)


def _take_in(found: _People, cells: list[str], row: AgentRow) -> Decision:
    decision = Decision(ReadRow(cells, LeadRow(row.number), repeats=False), RowVerdict.UNCHANGED)
    if row.problems:
        decision.verdict, decision.problems = RowVerdict.ERROR, list[RowProblem](row.problems)
        return decision
    team_id: Any = found.team(row.team) if row.team else None
    if row.manager is not None:
        manager, _ = found.agent(*row.manager, team_id, row.territories)
        if team_id is not None:
            found.led.setdefault(team_id, manager)
    _, made = found.agent(row.name, row.email, team_id, row.territories)
    decision.verdict = RowVerdict.CREATE if made else RowVerdict.UNCHANGED
    return decision
