"""Set what a deal is worth, how likely it is won, and when it is expected to close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.events import EventType
from domain.leads import Lead
from domain.pipelines import CloseDateSlip, DealFields, edited_deal
from domain.refusals import Refusal, Refused
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, new_id, verb

_DEAL = ("deal_value", "deal_currency", "deal_probability", "expected_close_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDeal:
    """What is asked for one lead."""

    lead_id: UUID
    fields: DealFields
    expected_version: int | None = None


@verb
async def set_deal(work: Work, request: SetDeal) -> Lead:
    """Change a lead's deal; what is the same already changes nothing. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    edits = LeadEdits(work)
    loaded = await edits.load([request.lead_id])
    edit = checked(loaded, request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        known = loaded.get(request.lead_id)
        raise Refused([edit, *(edited_deal(known.lead, request.fields)[1] if known else ())])
    wanted, refusals = edited_deal(edit.lead, request.fields)
    if refusals:
        raise Refused(refusals)
    write_deal(work, edit, {name: getattr(wanted, name) for name in _DEAL if getattr(wanted, name) != getattr(edit.lead, name)})
    return (await edits.save())[request.lead_id]


def write_deal(work: Work, edit: LeadEdit, changed: dict[str, Any]) -> None:
    """Write the fields that differ into the deal, its slips and its events."""
    if not changed:
        return
    lead = edit.lead
    if "expected_close_date" in changed:
        edit.enter(
            CloseDateSlip(
                id=new_id(),
                lead_id=lead.id,
                from_date=lead.expected_close_date,
                to_date=changed["expected_close_date"],
                at=work.at,
                actor_kind=work.actor.kind,
                actor_id=work.actor.id,
            )
        )
    edit.tell(EventType.LEAD_DEAL_CHANGED, {name: [_told(getattr(lead, name)), _told(value)] for name, value in changed.items()})
    edit.change(**changed)


def _told(value: Decimal | date | str | int | None) -> object:
    """Write a value as an event tells it: amounts exact, as text, and equal ones alike."""
    if isinstance(value, Decimal):
        digits = format(value, "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return value.isoformat() if isinstance(value, date) else value
