"""Pin lead priority: a person's judgement over the grade's, until it is taken back or ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.events import EventType
from domain.leads import Lead
from domain.refusals import Refusal, Refused, ValidationFailed
from domain.scoring import Priority
from domain.texts import optional_text
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, verb

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PinLeadPriority:
    """What is asked for one lead. `until` None: the pin holds until it is taken back."""

    lead_id: UUID
    priority: Priority
    reason: str
    until: datetime | None = None
    expected_version: int | None = None


@verb
async def pin_lead_priority(work: Work, request: PinLeadPriority) -> Lead:
    """Pin a lead's priority; the same pin again changes nothing. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    refusals: list[Refusal] = [edit] if isinstance(edit, Refusal) else []
    refusals += problems
    if reason is None and not problems:
        refusals.append(ValidationFailed(message="A pin needs a reason.", path=("reason",)))
    if request.until is not None and request.until <= work.at:
        refusals.append(ValidationFailed(message="A pin ends in the future.", path=("until",)))
    if refusals or isinstance(edit, Refusal):
        raise Refused(refusals)
    await _set_pin(edits, edit, request.priority, reason, request.until)
    return edit.lead


@verb
async def unpin_lead_priority(work: Work, lead_id: UUID, expected_version: int | None) -> Lead:
    """Let a lead's priority follow its grade again; without a pin nothing changes. Raises Refused: NotFound, VersionConflict."""
    edits = LeadEdits(work)
    edit = checked(await edits.load([lead_id]), lead_id, expected_version)
    if isinstance(edit, Refusal):
        raise Refused.because(edit)
    await _set_pin(edits, edit, None, None, None)
    return edit.lead


async def _set_pin(edits: LeadEdits, edit: LeadEdit, priority: Priority | None, reason: str | None, until: datetime | None) -> None:
    before = edit.lead
    if (before.pinned_priority, before.pin_reason, before.pinned_until) != (priority, reason, until):
        edit.change(pinned_priority=priority, pin_reason=reason, pinned_until=until)
        edit.tell(
            EventType.LEAD_PRIORITY_PINNED,
            {
                "pinned_priority": [before.pinned_priority, priority],
                "pin_reason": [before.pin_reason, reason],
                "pinned_until": [before.pinned_until, until],
            },
        )
    await edits.save()
