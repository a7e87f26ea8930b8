"""Deactivate agent: it gets nothing more, and its open leads go to somebody else or back to the pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.assignment import BY_HAND, AgentAtCapacity, AgentNotAvailable, is_open
from domain.people import Agent, Availability
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from domain.texts import optional_text
from persistence import people
from usecases.assignment.giving import MAX_REASON, hand_over
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DeactivateAgent:
    """What is asked for one agent. `reassign_to` None: the leads go back to the pool."""

    agent_id: UUID
    reassign_to: UUID | None = None
    reason: str | None = None
    expected_version: int | None = None


@verb
async def deactivate_agent(work: Work, request: DeactivateAgent) -> Agent:
    """Deactivate an agent and move all its open leads; closed ones stay with who closed them. The teams that it led lose their manager.

    Raises Refused: ValidationFailed, NotFound, VersionConflict, AgentNotAvailable, AgentAtCapacity.
    """
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    led = await people.lock_teams_led_by(work.tx, request.agent_id)
    ids = [id for id in (request.agent_id, request.reassign_to) if id is not None]
    agents = await people.agent_for_update(work.tx, ids)
    agent = agents.get(request.agent_id)
    lead_ids: Sequence[UUID] = [] if agent is None else await people.open_lead_ids_of(work.tx, agent.id)
    refusals: list[Refusal] = [*_agent_problems(agent, request), *problems]
    refusals += await _receiver_problems(work, agents, request, len(lead_ids))
    if agent is None or refusals:
        raise Refused(refusals)
    edits = LeadEdits(work)
    for edit in (await edits.load(lead_ids)).values():
        # Between listing and locking, a lead may have been closed or given to somebody else: then it is not ours to move.
        if edit.lead.owner_id == agent.id and is_open(edit.lead):
            hand_over(work, edit, request.reassign_to, BY_HAND, reason)
    await edits.save()
    await people.save_teams(work.tx, [replace(team, manager_id=None, version=team.version + 1, updated_at=work.at) for team in led])
    if agent.availability is Availability.DEACTIVATED:
        return agent
    after = replace(agent, availability=Availability.DEACTIVATED, version=agent.version + 1, updated_at=work.at)
    await people.save_agents(work.tx, [after])
    return after


def _agent_problems(agent: Agent | None, request: DeactivateAgent) -> Sequence[Refusal]:
    if agent is None:
        return (not_found("Agent", "agent_id"),)
    return version_problem(agent.version, request.expected_version, "agent")


async def _receiver_problems(work: Work, agents: Mapping[UUID, Agent], request: DeactivateAgent, leads: int) -> Sequence[Refusal]:
    """Look whether the receiver may get all the leads, as any assignment would."""
    if request.reassign_to is None:
        return ()
    path = ("reassign_to",)
    if request.reassign_to == request.agent_id:
        return (ValidationFailed(message="Name another agent.", path=path),)
    receiver = agents.get(request.reassign_to)
    if receiver is None:
        return (not_found("Agent", *path),)
    if receiver.availability is not Availability.AVAILABLE:
        message = f"The agent is {receiver.availability}."
        return (AgentNotAvailable(message=message, path=path, agent_id=receiver.id, availability=receiver.availability),)
    owned = (await people.open_leads_by_owner(work.tx, [receiver.id])).get(receiver.id, 0)
    if receiver.capacity is not None and leads > 0 and owned + leads > receiver.capacity:
        message = f"The agent owns {owned} open leads of at most {receiver.capacity} and cannot take {leads} more."
        return (AgentAtCapacity(message=message, path=path, agent_id=receiver.id, capacity=receiver.capacity, open_leads=owned),)
    return ()
