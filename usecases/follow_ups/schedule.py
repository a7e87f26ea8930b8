"""Schedule follow-up: something is to be done about a lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.follow_ups import MAX_NOTE, MAX_TITLE, Due, FollowUp, FollowUpKind, wanted_due
from domain.refusals import Refusal, Refused, ValidationFailed
from domain.texts import optional_text
from usecases.follow_ups.loading import agent_problem, workspace_zone
from usecases.follow_ups.settling import begin, new_follow_up
from usecases.leads.editing import LeadEdits, checked
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFollowUp:
    """What is asked for. Due at an instant or at a local time of the lead; without `named_agent` it is the owner's."""

    lead_id: UUID
    kind: FollowUpKind
    title: str
    note: str | None = None
    due_at: datetime | None = None
    due_local: str | None = None
    agent_id: UUID | None = None
    named_agent: bool = False


@verb
async def schedule_follow_up(work: Work, request: ScheduleFollowUp) -> FollowUp:
    """Schedule a follow-up. Raises Refused: NotFound, ValidationFailed."""
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, None)
    title, refusals = checked_title(request.title)
    note, problems = optional_text(request.note, MAX_NOTE, "note")
    refusals += [*problems, *await agent_problem(work, request.agent_id)]
    lead_zone = None if isinstance(edit, Refusal) else edit.lead.time_zone
    due = wanted_due(request.due_at, request.due_local, (lead_zone, await workspace_zone(work)), work.at)
    if isinstance(edit, Refusal):
        refusals.insert(0, edit)
    if not isinstance(due, Due):
        raise Refused([*refusals, *due])
    if refusals or isinstance(edit, Refusal):
        raise Refused(refusals)
    agent_id = request.agent_id if request.named_agent else edit.lead.owner_id
    follow_up = new_follow_up(work, request.lead_id, kind=request.kind, title=title, note=note, due=due, agent_id=agent_id)
    begin(edit, follow_up)
    await edits.save()
    return follow_up


def checked_title(title: str | None) -> tuple[str, list[Refusal]]:
    """Clean a title; there must be one."""
    clean, problems = optional_text(title, MAX_TITLE, "title")
    if clean is None and not problems:
        return "", [ValidationFailed(message=f"A title has 1–{MAX_TITLE} characters.", path=("title",))]
    return clean or "", list(problems)
