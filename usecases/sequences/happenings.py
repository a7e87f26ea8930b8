"""What happened to a lead that is being edited, in the words of triggers and exit criteria."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from domain.activities import REFUSES_CONTACT, ActivityType, ContactDirection, ContactOutcome
from domain.enrollment_rules import Happenings
from domain.events import EventType
from domain.leads import StatusChange
from domain.status import LeadStatus

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit


def happenings(edit: LeadEdit) -> Happenings:
    """Read off an edit what happened: its histories and events say it, whoever wrote them."""
    before, lead = edit.before, edit.lead
    first_score = edit.is_new or before.scored_at is None
    activities = tuple(ActivityType(changes["type"]) for changes in _told(edit, EventType.ACTIVITY_RECORDED))
    attempts = list(_told(edit, EventType.CONTACT_ATTEMPT_RECORDED))
    outcomes = {ContactOutcome(changes["outcome"]) for changes in attempts}
    inbound = any(ContactDirection(changes["direction"]) is ContactDirection.INBOUND for changes in attempts)
    return Happenings(
        source=lead.source if edit.is_new or edit.arrived else None,
        statuses=_statuses(edit),
        score=(None if first_score else before.score_total, lead.score_total)
        if first_score or before.score_total != lead.score_total
        else None,
        grade=(None if first_score else before.grade, lead.grade) if first_score or before.grade is not lead.grade else None,
        activities=activities,
        replied=inbound or ContactOutcome.REPLIED in outcomes or ActivityType.EMAIL_REPLIED in activities,
        unsubscribed=not outcomes.isdisjoint(REFUSES_CONTACT)
        or (lead.do_not_call and not before.do_not_call)
        or (lead.do_not_email and not before.do_not_email),
        deleted=lead.deleted_at is not None,
    )


def _told(edit: LeadEdit, type: EventType) -> Iterator[Any]:
    return (changes for told, changes, _ in edit.told if told is type)


def _statuses(edit: LeadEdit) -> tuple[LeadStatus, ...]:
    entered = tuple(entry.to_status for entry in edit.entries if isinstance(entry, StatusChange))
    if not entered and edit.lead.status is not edit.before.status:
        return (edit.lead.status,)
    return entered
