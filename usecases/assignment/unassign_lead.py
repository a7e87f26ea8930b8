"""Unassign lead: back to the pool."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.access import Role
from domain.assignment import BY_HAND, refusal_of_agents
from domain.leads import Lead
from domain.refusals import Refusal, Refused
from domain.texts import optional_text
from persistence import people
from usecases.assignment.giving import MAX_REASON, hand_over
from usecases.leads.editing import LeadEdits, checked
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignLead:
    """What is asked for one lead."""

    lead_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@verb
async def unassign_lead(work: Work, request: UnassignLead) -> Lead:
    """Take a lead from its owner; one that is in the pool stays there.

    Raises Refused: ValidationFailed, NotFound, VersionConflict, NotAllowed when an agent names another's lead.
    """
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        raise Refused([edit, *problems])
    refusals: list[Refusal] = [*problems]
    viewer = work.viewer
    if viewer.role is Role.AGENT and viewer.agent_id is not None:
        agent = (await people.agent_by_id(work.tx, [viewer.agent_id]))[viewer.agent_id]
        refused = refusal_of_agents(agent, edit.lead, None)
        refusals += [refused] if refused else []
    if refusals:
        raise Refused(refusals)
    if edit.lead.owner_id is not None:
        hand_over(work, edit, None, BY_HAND, reason)
    return (await edits.save())[request.lead_id]
