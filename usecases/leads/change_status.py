"""Change lead status: by the rules, or by a manager's force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.access import Permission
from domain.events import EventType
from domain.leads import Lead, StatusChange
from domain.refusals import NotAllowed, Refusal, Refused
from domain.status import CLOSED, LeadStatus, Move, decide_move
from domain.texts import optional_text
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy, settle_rows
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, new_id, verb

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLeadStatus:
    """What is asked for one lead."""

    lead_id: UUID
    status: LeadStatus
    reason: str | None = None
    force: bool = False
    expected_version: int | None = None


@verb
async def change_lead_status(work: Work, request: ChangeLeadStatus) -> Lead:
    """Move a lead to a status. Raises Refused: NotFound, VersionConflict, IllegalStatusChange, StatusRequirementsMissing, NotAllowed."""
    edits = LeadEdits(work)
    refusals = _apply(work, await edits.load([request.lead_id]), request)
    if refusals:
        raise Refused(refusals)
    return (await edits.save())[request.lead_id]


@verb
async def change_lead_statuses(work: Work, requests: Sequence[ChangeLeadStatus], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Move many leads, row by row in the input's order."""
    edits = LeadEdits(work)
    loaded = await edits.load(request.lead_id for request in requests)
    refusals = [_apply(work, loaded, request) for request in requests]
    return await settle_rows(edits, [request.lead_id for request in requests], refusals, policy)


def _apply(work: Work, loaded: Mapping[UUID, LeadEdit], request: ChangeLeadStatus) -> Sequence[Refusal]:
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    refusals: list[Refusal] = list(problems)
    edit = checked(loaded, request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        return [edit, *refusals]
    if request.force and not work.viewer.may(Permission.FORCE_STATUS):
        refusals.append(NotAllowed(message="Only managers and admins may force a status.", path=("force",)))
    if not refusals:
        refused = apply_status(work, edit, request.status, reason, force=request.force)
        refusals += [refused] if refused else []
    return refusals


def apply_status(work: Work, edit: LeadEdit, to: LeadStatus, reason: str | None, *, force: bool = False) -> Refusal | None:
    """Decide the move and make it on the edit; return the refusal if the rules refuse it. The same status again changes nothing."""
    move = decide_move(edit.lead.status_facts, to, reason=reason, is_manager=work.viewer.may(Permission.FORCE_STATUS), force=force)
    if isinstance(move, Refusal):
        return move
    if move is not None:
        make_move(work, edit, move, reason)
    return None


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
