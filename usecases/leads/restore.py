"""Restore a lead that was deleted."""

from __future__ import annotations

from uuid import UUID

from domain.events import EventType
from domain.leads import Lead
from domain.refusals import Refusal, Refused
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, verb


@verb
async def restore_lead(work: Work, lead_id: UUID, expected_version: int | None) -> Lead:
    """Bring a deleted lead back as it was; one that is there is left alone. Raises Refused: NotFound, VersionConflict.

    Its owner may come to own more open leads than the capacity allows: capacity bounds what assignment gives.
    """
    edits = LeadEdits(work)
    edit = checked(await edits.load([lead_id], even_deleted=True), lead_id, expected_version)
    if isinstance(edit, Refusal):
        raise Refused.because(edit)
    bring_back(edit)
    return (await edits.save())[lead_id]


def bring_back(edit: LeadEdit) -> None:
    """Make a lead there again, if it is not."""
    if edit.lead.deleted_at is not None:
        edit.change(deleted_at=None)
        edit.tell(EventType.LEAD_RESTORED, {})
