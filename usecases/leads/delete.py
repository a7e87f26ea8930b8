"""Delete a lead: it disappears from every read, keeps its histories and its references, and can be restored."""

from __future__ import annotations

from uuid import UUID

from domain.events import EventType
from domain.leads import Lead
from domain.refusals import Refusal, Refused
from usecases.leads.editing import LeadEdits, checked
from usecases.verbs import Work, verb


@verb
async def delete_lead(work: Work, lead_id: UUID, expected_version: int | None) -> Lead:
    """Delete a lead, and return it as it is then. Raises Refused: NotFound, VersionConflict."""
    edits = LeadEdits(work)
    edit = checked(await edits.load([lead_id]), lead_id, expected_version)
    if isinstance(edit, Refusal):
        raise Refused.because(edit)
    edit.change(deleted_at=work.at)
    edit.tell(EventType.LEAD_DELETED, {})
    return (await edits.save())[lead_id]
