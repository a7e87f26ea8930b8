"""Who gets a lead: the strategies, and what makes an agent eligible (rules §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from domain.leads import Lead
from domain.people import Agent, Availability
from domain.refusals import Refusal, RefusalCode


class AssignmentStrategy(StrEnum):
    """How the agent is found: named by hand, or picked by a rule."""

    MANUAL = "MANUAL"
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
class Candidate:
    """An agent as the strategies see one: with the open leads that are owned right now."""

    agent: Agent
    open_leads: int


def ineligibility(candidate: Candidate, lead: Lead, match: Sequence[MatchAttribute]) -> Ineligibility | None:
    """Tell why the agent can't take the lead, or None."""
    agent = candidate.agent
    if agent.availability is not Availability.AVAILABLE:
        return Ineligibility.NOT_AVAILABLE
    if agent.capacity is not None and candidate.open_leads >= agent.capacity:
        return Ineligibility.AT_CAPACITY
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
    return None


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def pick(strategy: AssignmentStrategy, eligible: Sequence[Candidate], at: datetime) -> tuple[Candidate, tuple[Agent, ...]]:
    """Pick one of the eligible candidates (at least one) and return the agents whose turn-keeping changed.

    Round robin takes whoever waited longest; least loaded the smallest number of open leads, then whoever waited longest;
    weighted is the smooth weighted round robin: everyone earns the weight, the richest is taken and pays the sum, so that shares
    are exact over any full round and never bunch. Ties fall to the oldest agent.
    """
    ordered = sorted(eligible, key=lambda candidate: candidate.agent.id)
    if strategy is AssignmentStrategy.WEIGHTED:
        earned = [candidate.agent.credit + candidate.agent.weight for candidate in ordered]
        winner = max(range(len(ordered)), key=lambda index: (earned[index], -index))
        total = sum(candidate.agent.weight for candidate in ordered)
        changed = tuple(
            replace(
                candidate.agent,
                credit=credit - (total if index == winner else 0),
                last_assigned_at=at if index == winner else candidate.agent.last_assigned_at,
            )
            for index, (candidate, credit) in enumerate(zip(ordered, earned, strict=True))
        )
        return ordered[winner], changed
    if strategy is AssignmentStrategy.LEAST_LOADED:
        chosen = min(ordered, key=lambda candidate: (candidate.open_leads, candidate.agent.last_assigned_at or _LONG_AGO))
    else:
        chosen = min(ordered, key=lambda candidate: candidate.agent.last_assigned_at or _LONG_AGO)
    return chosen, (replace(chosen.agent, last_assigned_at=at),)
