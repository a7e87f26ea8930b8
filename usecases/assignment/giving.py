"""Giving leads to agents inside one transaction: the agents stay locked, so that nobody is given more than the capacity allows.

Agents are locked before leads, everywhere, and each in the order of their ids: so no two assignments wait in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.access import Role
from domain.assignment import (
    BY_HAND,
    AssignmentRule,
    Candidate,
    Ineligibility,
    ineligibility,
    is_open,
    pick,
    refusal_by_hand,
    refusal_of_agents,
    refusal_of_rule,
)
from domain.events import EventType
from domain.leads import Assignment, Lead
from domain.people import Agent
from domain.refusals import NotAllowed, Refusal, ValidationFailed, not_found
from persistence import people
from usecases.leads.editing import LeadEdit
from usecases.verbs import Work, new_id

MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who shall get the leads: an agent who is named, or whomever a rule picks. Exactly one of both."""

    agent_id: UUID | None = None
    rule: AssignmentRule | None = None


class Giving:
    """Gives leads to one recipient, one after the other: turns and open leads are counted on from row to row."""

    def __init__(self, work: Work, recipient: Recipient, agents: Mapping[UUID, Agent], open_leads: Mapping[UUID, int]) -> None:
        self._work = work
        self._recipient = recipient
        self._agents = dict(agents)
        self._open_leads = {id: open_leads.get(id, 0) for id in agents}
        self._turned: set[UUID] = set()

    @classmethod
    async def prepare(cls, work: Work, recipient: Recipient) -> tuple[Giving, Sequence[Refusal]]:
        """Lock everybody who may get a lead, before any lead is locked; name what is wrong with the recipient."""
        rule = recipient.rule
        ids = [id for id in (recipient.agent_id, _own_agent_id(work)) if id is not None]
        agents = await people.lock_candidates(
            work.tx, ids, team_id=rule.team_id if rule else None, everybody=rule is not None and rule.team_id is None
        )
        giving = cls(work, recipient, agents, await people.open_leads_by_owner(work.tx, list(agents)))
        return giving, await giving._problems()

    async def _problems(self) -> Sequence[Refusal]:
        agent_id, rule = self._recipient.agent_id, self._recipient.rule
        if (agent_id is None) == (rule is None):
            return (ValidationFailed(message="Name either `agentId` or `rule`.", path=("agent_id",)),)
        refusals: list[Refusal] = []
        if agent_id is not None and agent_id not in self._agents:
            refusals.append(not_found("Agent", "agent_id"))
        if rule is not None and rule.team_id is not None:
            refusals += [] if await people.team_by_id(self._work.tx, [rule.team_id]) else [not_found("Team", "rule", "team_id")]
        own = self._own_agent()
        if rule is not None and own is not None and (rule.team_id is None or rule.team_id != own.team_id):
            refusals.append(NotAllowed(message="Agents assign leads only within their team.", path=("rule", "team_id")))
        return refusals

    def _own_agent(self) -> Agent | None:
        id = _own_agent_id(self._work)
        return None if id is None else self._agents[id]

    def give(self, edit: LeadEdit, reason: str | None) -> Refusal | None:
        """Give one lead to its new owner, or say why not. Who owns it already keeps it, and nothing is written."""
        named = self._recipient.agent_id
        own = self._own_agent()
        if own is not None:
            refused = refusal_of_agents(own, edit.lead, None if named is None else self._agents[named])
            if refused is not None:
                return refused
        if named is not None:
            return self._by_hand(edit, self._agents[named], reason)
        if self._recipient.rule is None:
            raise TypeError("a recipient without agent and rule was refused before")
        return self._by_rule(edit, self._recipient.rule, reason)

    def _candidate(self, agent: Agent, lead: Lead) -> Candidate:
        counted = lead.owner_id == agent.id and is_open(lead)
        return Candidate(agent, self._open_leads[agent.id] - counted)

    def _by_hand(self, edit: LeadEdit, agent: Agent, reason: str | None) -> Refusal | None:
        if edit.lead.owner_id == agent.id:
            return None
        refused = refusal_by_hand(self._candidate(agent, edit.lead), edit.lead)
        if refused is None:
            self._hand_over(edit, agent.id, BY_HAND, reason)
        return refused

    def _by_rule(self, edit: LeadEdit, rule: AssignmentRule, reason: str | None) -> Refusal | None:
        eligible: list[Candidate] = []
        reasons: list[Ineligibility] = []
        for agent in self._agents.values():
            if rule.team_id is not None and agent.team_id != rule.team_id:
                continue
            candidate = self._candidate(agent, edit.lead)
            problem = ineligibility(candidate, edit.lead, rule.match)
            if problem is None:
                eligible.append(candidate)
            else:
                reasons.append(problem)
        if not eligible:
            return refusal_of_rule(reasons)
        chosen, changed = pick(rule.strategy, eligible, self._work.at)
        if edit.lead.owner_id == chosen.agent.id:
            return None
        for agent in changed:
            self._agents[agent.id] = agent
            self._turned.add(agent.id)
        self._hand_over(edit, chosen.agent.id, rule.strategy, reason)
        return None

    def _hand_over(self, edit: LeadEdit, agent_id: UUID, strategy: str, reason: str | None) -> None:
        if is_open(edit.lead):
            self._open_leads[agent_id] += 1
            before = edit.lead.owner_id
            if before is not None and before in self._open_leads:
                self._open_leads[before] -= 1
        hand_over(self._work, edit, agent_id, strategy, reason)

    async def finish(self) -> None:
        """Write whose turn it is next."""
        await people.save_turns(self._work.tx, [self._agents[id] for id in sorted(self._turned)])


def _own_agent_id(work: Work) -> UUID | None:
    """Return the agent behind a viewer with the role AGENT; for other roles there are no bounds to look up."""
    return work.viewer.agent_id if work.viewer.role is Role.AGENT else None


def hand_over(work: Work, edit: LeadEdit, agent_id: UUID | None, strategy: str, reason: str | None) -> None:
    """Write a decided owner, or the pool, into the lead, its history and its events."""
    before = edit.lead.owner_id
    entry = Assignment(
        id=new_id(),
        lead_id=edit.lead.id,
        from_agent_id=before,
        agent_id=agent_id,
        strategy=strategy,
        reason=reason,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        at=work.at,
    )
    edit.enter(entry)
    edit.change(owner_id=agent_id, assigned_at=None if agent_id is None else work.at)
    owners = [None if id is None else str(id) for id in (before, agent_id)]
    edit.tell(EventType.LEAD_ASSIGNED, {"owner_id": owners, "strategy": strategy, "reason": reason}, entry.id)
