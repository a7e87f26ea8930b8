"""Change lead status: by the rules, or by a manager's force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.access import Permission
from domain.leads import Lead
from domain.refusals import NotAllowed, Refusal, Refused
from domain.status import LeadStatus, decide_move
from domain.texts import optional_text
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy, Targets, settle_rows, target_ids
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.leads.status_moves import make_move
from usecases.verbs import Work, verb, verb_of_one_lead

MAX_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLeadStatus:
    """What is asked for one lead."""

    lead_id: UUID
    status: LeadStatus
    reason: str | None = None
    force: bool = False
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLeadStatuses:
    """What is asked for many leads."""

    targets: Targets
    status: LeadStatus
    reason: str | None = None
    force: bool = False
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@verb_of_one_lead
async def change_lead_status(work: Work, request: ChangeLeadStatus) -> Lead:
    """Move a lead to a status. Raises Refused: NotFound, VersionConflict, IllegalStatusChange, StatusRequirementsMissing, NotAllowed."""
    reason, refusals = _checked(work, request.reason, force=request.force)
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id], triggering=True), request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        raise Refused([edit, *refusals])
    refused = None if refusals else apply_status(work, edit, request.status, reason, force=request.force)
    if refused or refusals:
        raise Refused([refused] if refused else refusals)
    return (await edits.save())[request.lead_id]


@verb
async def change_lead_statuses(work: Work, request: ChangeLeadStatuses) -> Sequence[RowOutcome]:
    """Move many leads to one status, row by row. Raises Refused like `change_lead_status`, each lead's refusals where it was named."""
    reason, problems = _checked(work, request.reason, force=request.force)
    ids = await target_ids(work, request.targets, problems)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    refusals: dict[UUID, Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        refused = edit if isinstance(edit, Refusal) else apply_status(work, edit, request.status, reason, force=request.force)
        refusals[id] = [refused] if refused else ()
    return await settle_rows(edits, request.targets, ids, [refusals[id] for id in ids], request.policy)


def _checked(work: Work, reason: str | None, *, force: bool) -> tuple[str | None, list[Refusal]]:
    clean, problems = optional_text(reason, MAX_REASON, "reason")
    refusals: list[Refusal] = list(problems)
    if force and not work.viewer.may(Permission.FORCE_STATUS):
        refusals.append(NotAllowed(message="Only managers and admins may force a status.", path=("force",)))
    return clean, refusals


def apply_status(work: Work, edit: LeadEdit, to: LeadStatus, reason: str | None, *, force: bool = False) -> Refusal | None:
    """Decide the move and make it on the edit; return the refusal if the rules refuse it. The same status again changes nothing."""
    move = decide_move(edit.lead.status_facts, to, reason=reason, is_manager=work.viewer.may(Permission.FORCE_STATUS), force=force)
    if isinstance(move, Refusal):
        return move
    if move is not None:
        make_move(work, edit, move, reason)
    return None
