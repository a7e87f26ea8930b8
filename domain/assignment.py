"""Who gets a lead: the strategies, and what makes an agent eligible (rules §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.leads import Lead
from domain.people import Agent, Availability
from domain.refusals import NotAllowed, Refusal, RefusalCode
from domain.status import CLOSED

BY_HAND = "MANUAL"
"""What histories call an assignment to an agent who was named, or to the pool."""


class AssignmentStrategy(StrEnum):
    """How a rule picks the agent."""

    ROUND_ROBIN = "ROUND_ROBIN"
    WEIGHTED = "WEIGHTED"
    LEAST_LOADED = "LEAST_LOADED"


class MatchAttribute(StrEnum):
    """An attribute in which lead and agent must agree."""

    TERRITORY = "TERRITORY"
    LANGUAGE = "LANGUAGE"
    SOURCE = "SOURCE"


class Ineligibility(StrEnum):
    """Why an agent can't take a lead."""

    NOT_AVAILABLE = "NOT_AVAILABLE"
    AT_CAPACITY = "AT_CAPACITY"
    TERRITORY_MISMATCH = "TERRITORY_MISMATCH"
    LANGUAGE_MISMATCH = "LANGUAGE_MISMATCH"
    SOURCE_MISMATCH = "SOURCE_MISMATCH"


@dataclass(frozen=True, kw_only=True)
class AgentNotAvailable(Refusal, code=RefusalCode.AGENT_NOT_AVAILABLE):
    """The named agent is away or deactivated."""

    agent_id: UUID
    availability: Availability


@dataclass(frozen=True, kw_only=True)
class AgentAtCapacity(Refusal, code=RefusalCode.AGENT_AT_CAPACITY):
    """The named agent owns as many open leads as the capacity allows."""

    agent_id: UUID
    capacity: int
    open_leads: int


@dataclass(frozen=True, kw_only=True)
class NoEligibleAgent(Refusal, code=RefusalCode.NO_ELIGIBLE_AGENT):
    """The rule found nobody who is available, has room and matches."""

    candidates: int
    at_capacity: int
    not_available: int
    mismatched: int


@dataclass(frozen=True, slots=True)
class AssignmentRule:
    """Picks an agent of a team, or of the whole workspace, who matches the lead in every attribute named."""

    strategy: AssignmentStrategy
    team_id: UUID | None = None
    match: tuple[MatchAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent as the strategies see one: with the open leads that are owned right now, the lead in question left out."""

    agent: Agent
    open_leads: int


def is_open(lead: Lead) -> bool:
    """Tell whether the lead counts towards its owner's capacity."""
    return lead.deleted_at is None and lead.status not in CLOSED


def has_room(candidate: Candidate, lead: Lead) -> bool:
    """Tell whether the agent's capacity leaves room for the lead; closed leads take none.

    Capacity bounds what assignment gives. A lead that is reopened or restored comes back to its owner even beyond it.
    """
    capacity = candidate.agent.capacity
    return capacity is None or candidate.open_leads < capacity or not is_open(lead)


def ineligibility(candidate: Candidate, lead: Lead, match: Sequence[MatchAttribute]) -> Ineligibility | None:
    """Tell why the agent can't take the lead, or None."""
    agent = candidate.agent
    if agent.availability is not Availability.AVAILABLE:
        return Ineligibility.NOT_AVAILABLE
    if MatchAttribute.TERRITORY in match and agent.territories:
        places = {place.casefold() for place in (lead.country, lead.region) if place}
        if lead.country and lead.region:
            places.add(f"{lead.country}-{lead.region}".casefold())
        if not places & {territory.casefold() for territory in agent.territories}:
            return Ineligibility.TERRITORY_MISMATCH
    if MatchAttribute.LANGUAGE in match and agent.languages:
        spoken = {language.casefold().split("-")[0] for language in agent.languages}
        if lead.language is None or lead.language.casefold().split("-")[0] not in spoken:
            return Ineligibility.LANGUAGE_MISMATCH
    if MatchAttribute.SOURCE in match and agent.sources and lead.source not in agent.sources:
        return Ineligibility.SOURCE_MISMATCH
    return None if has_room(candidate, lead) else Ineligibility.AT_CAPACITY


def refusal_by_hand(candidate: Candidate, lead: Lead) -> Refusal | None:
    """Tell why the agent, who was named, can't take the lead; what a rule would match does not matter then."""
    agent = candidate.agent
    if agent.availability is not Availability.AVAILABLE:
        message = f"The agent is {agent.availability}."
        return AgentNotAvailable(message=message, path=("agent_id",), agent_id=agent.id, availability=agent.availability)
    if agent.capacity is not None and not has_room(candidate, lead):
        return AgentAtCapacity(
            message=f"The agent owns {candidate.open_leads} open leads of at most {agent.capacity}.",
            path=("agent_id",),
            agent_id=agent.id,
            capacity=agent.capacity,
            open_leads=candidate.open_leads,
        )
    return None


def refusal_of_rule(reasons: Sequence[Ineligibility]) -> NoEligibleAgent:
    """Sum up why none of the candidates can take the lead."""
    at_capacity = reasons.count(Ineligibility.AT_CAPACITY)
    not_available = reasons.count(Ineligibility.NOT_AVAILABLE)
    return NoEligibleAgent(
        message="No agent is available, has room and matches.",
        path=("rule",),
        candidates=len(reasons),
        at_capacity=at_capacity,
        not_available=not_available,
        mismatched=len(reasons) - at_capacity - not_available,
    )


def refusal_of_agents(viewer: Agent, lead: Lead, to: Agent | None) -> NotAllowed | None:
    """Tell why a viewer with the role AGENT may not give the lead to somebody, or back to the pool (`to` None).

    Agents take leads from the pool and pass on their own, to themselves and their team; the rest is for managers.
    """
    if lead.owner_id not in (None, viewer.id):
        return NotAllowed(message="Agents assign only their own leads and those of the pool.", path=("lead_id",))
    if to is None or to.id == viewer.id or (to.team_id is not None and to.team_id == viewer.team_id):
        return None
    return NotAllowed(message="Agents assign leads only within their team.", path=("agent_id",))


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_SHORTLY = timedelta(microseconds=1)


def _turn(agent: Agent) -> datetime:
    return agent.last_assigned_at or _LONG_AGO


def _next_turn(agents: Iterable[Agent], at: datetime) -> datetime:
    """Return an instant later than every turn so far: several leads may be given at one instant, and clocks may differ."""
    return max(at, max(map(_turn, agents)) + _SHORTLY)


def pick(strategy: AssignmentStrategy, eligible: Sequence[Candidate], at: datetime) -> tuple[Candidate, tuple[Agent, ...]]:
    """Pick one of the eligible candidates (at least one) and return the agents whose turn-keeping changed.

    Round robin takes whoever waited longest; least loaded the smallest number of open leads, then whoever waited longest;
    weighted is the smooth weighted round robin: everyone earns the weight, the richest is taken and pays the sum, so that shares
    are exact over any full round and never bunch. Ties fall to the oldest agent.
    """
    ordered = sorted(eligible, key=lambda candidate: candidate.agent.id)
    turn = _next_turn((candidate.agent for candidate in ordered), at)
    if strategy is AssignmentStrategy.WEIGHTED:
        earned = [candidate.agent.credit + candidate.agent.weight for candidate in ordered]
        winner = max(range(len(ordered)), key=lambda index: (earned[index], -index))
        total = sum(candidate.agent.weight for candidate in ordered)
        changed = tuple(
            replace(
                candidate.agent,
                credit=credit - (total if index == winner else 0),
                last_assigned_at=turn if index == winner else candidate.agent.last_assigned_at,
            )
            for index, (candidate, credit) in enumerate(zip(ordered, earned, strict=True))
        )
        return ordered[winner], changed
    if strategy is AssignmentStrategy.LEAST_LOADED:
        chosen = min(ordered, key=lambda candidate: (candidate.open_leads, _turn(candidate.agent)))
    else:
        chosen = min(ordered, key=lambda candidate: _turn(candidate.agent))
    return chosen, (replace(chosen.agent, last_assigned_at=turn),)
