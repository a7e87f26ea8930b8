"""Write a decided change of status into a lead that is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.events import EventType
from domain.leads import StatusChange
from domain.status import CLOSED, Move
from usecases.verbs import Work, new_id

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit


def make_move(work: Work, edit: LeadEdit, move: Move, reason: str | None) -> None:
    """Write a decided move into the lead, its history and its events."""
    lead = edit.lead
    edit.enter(
        StatusChange(
            id=new_id(),
            lead_id=lead.id,
            from_status=move.from_status,
            to_status=move.to_status,
            reason=reason,
            forced=move.forced,
            actor_kind=work.actor.kind,
            actor_id=work.actor.id,
            at=work.at,
            seconds_in_previous=max(0, int((work.at - lead.status_since).total_seconds())),
        )
    )
    edit.change(status=move.to_status, status_since=work.at, closed_at=work.at if move.to_status in CLOSED else None)
    edit.tell(
        EventType.LEAD_STATUS_CHANGED,
        {"status": [move.from_status, move.to_status], "reason": reason, "forced": move.forced},
    )
