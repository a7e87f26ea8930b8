"""The people of the demo workspace, and what they work with: teams, pipelines, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from domain.leads import LeadSource, Tag
from domain.people import Agent, Availability, Team
from domain.pipelines import DealField, Pipeline, Stage, StageKind
from domain.status import LeadStatus
from usecases.verbs import new_id

_TEAMS = ("Americas", "Northern Europe", "Southern Europe")
# Name, team, leads the team, capacity, weight, territories, languages.
_AGENTS = (
    ("Grace Okafor", 0, True, 80, 2, ("US", "CA"), ("en",)),
    ("Diego Ramos", 0, False, 60, 3, ("US",), ("en", "es")),
    ("Camille Gagnon", 0, False, 60, 2, ("CA",), ("fr", "en")),
    ("Ingrid Dahl", 1, True, 80, 2, ("SE", "DE", "GB"), ("sv", "en", "de")),
    ("Jonas Richter", 1, False, 70, 3, ("DE",), ("de", "en")),
    ("Hannah Walsh", 1, False, 70, 3, ("GB",), ("en",)),
    ("Luc Fontaine", 2, True, 80, 2, ("FR",), ("fr", "en")),
    ("Sofia Almeida", 2, False, 60, 2, ("FR", "DE"), ("fr", "pt", "en")),
    ("Tomás Lopes", 2, False, 60, 1, (), ("pt", "en")),
)
# So many leads their capacities are made for.
_LEADS_FOR_THEM = 400
_S = LeadStatus
# Name, kind, win probability, mapped status, days until it rots, what it needs.
_STAGES: dict[str, tuple[tuple[str, StageKind, int, LeadStatus | None, int | None, tuple[DealField, ...]], ...]] = {
    "New business": (
        ("Discovery", StageKind.OPEN, 15, _S.QUALIFIED, 21, (DealField.OWNER,)),
        ("Proposal", StageKind.OPEN, 40, _S.PROPOSAL, 14, (DealField.OWNER, DealField.DEAL_VALUE)),
        ("Negotiation", StageKind.OPEN, 70, _S.NEGOTIATION, 14, (DealField.DEAL_VALUE, DealField.EXPECTED_CLOSE_DATE)),
        ("Won", StageKind.WON, 100, _S.CLOSED_WON, None, (DealField.DEAL_VALUE,)),
        ("Lost", StageKind.LOST, 0, _S.CLOSED_LOST, None, ()),
    ),
    "Partners": (
        ("Introduction", StageKind.OPEN, 25, _S.QUALIFIED, 30, (DealField.OWNER,)),
        ("Pilot", StageKind.OPEN, 50, _S.PROPOSAL, 45, (DealField.OWNER, DealField.DEAL_VALUE)),
        ("Agreement", StageKind.OPEN, 80, _S.NEGOTIATION, 21, (DealField.DEAL_VALUE, DealField.EXPECTED_CLOSE_DATE)),
        ("Signed", StageKind.WON, 100, _S.CLOSED_WON, None, (DealField.DEAL_VALUE,)),
        ("Declined", StageKind.LOST, 0, _S.CLOSED_LOST, None, ()),
    ),
}
_TAGS = (
    ("champion", "#2e7d32"),
    ("competitor in place", "#c62828"),
    ("event 2026", "#6a1b9a"),
    ("expansion", "#1565c0"),
    ("needs legal", "#ef6c00"),
    ("price sensitive", "#ad1457"),
    ("referral", "#00838f"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what every story may use. `stages` are those of each pipeline, in order."""

    teams: Sequence[Team]
    agents: Sequence[Agent]
    pipelines: Sequence[Pipeline]
    stages: Sequence[Sequence[Stage]]
    tags: dict[str, Tag]

    def stages_for(self, source: LeadSource) -> Sequence[Stage]:
        """Return the stages that a deal from this source goes through."""
        return self.stages[1 if source is LeadSource.PARTNER else 0]

    def agent_for(self, random: Random, country: str) -> Agent:
        """Choose who works on a lead from this country."""
        serving = [agent for agent in self.agents if not agent.territories or country in agent.territories]
        return random.choices(serving, [agent.weight for agent in serving])[0]


def cast(at: datetime, leads: int) -> Cast:
    """Make the people and what they work with, as if they had been there for a year; they have room for this many leads."""
    then = at - timedelta(days=365)
    rooms = 1 + leads // _LEADS_FOR_THEM
    teams = [Team(id=new_id(), version=1, name=name, manager_id=None, created_at=then, updated_at=then) for name in _TEAMS]
    agents: list[Agent] = []
    for name, team, manages, capacity, weight, territories, languages in _AGENTS:
        agent = Agent(
            id=new_id(),
            version=1,
            name=name,
            email=f"{name.replace(' ', '.').replace('á', 'a').lower()}@demo.example",
            team_id=teams[team].id,
            availability=Availability.AVAILABLE,
            capacity=capacity * rooms,
            weight=weight,
            territories=territories,
            languages=languages,
            sources=(),
            last_assigned_at=None,
            credit=0,
            created_at=then,
            updated_at=then,
        )
        agents.append(agent)
        if manages:
            teams[team] = replace(teams[team], manager_id=agent.id)
    pipelines = [
        Pipeline(id=new_id(), version=1, name=name, description=None, archived_at=None, created_at=then, updated_at=then)
        for name in _STAGES
    ]
    stages = [_stages(pipeline, then) for pipeline in pipelines]
    tags = {name: Tag(id=new_id(), name=name, color=color, version=1, created_at=then, updated_at=then) for name, color in _TAGS}
    return Cast(teams, agents, pipelines, stages, tags)


def _stages(pipeline: Pipeline, then: datetime) -> Sequence[Stage]:
    return [
        Stage(
            id=new_id(),
            pipeline_id=pipeline.id,
            version=1,
            name=name,
            position=position,
            kind=kind,
            win_probability=probability,
            mapped_status=status,
            rotting_days=days,
            required_fields=required,
            deleted_at=None,
            created_at=then,
            updated_at=then,
        )
        for position, (name, kind, probability, status, days, required) in enumerate(_STAGES[pipeline.name])
    ]
