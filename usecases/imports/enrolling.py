"""Enroll leads that an import brought, where a sequence waits for leads from their source."""

from __future__ import annotations

from collections.abc import Sequence

from domain.leads import Lead
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work


async def enroll_arrivals(work: Work, leads: Sequence[Lead]) -> None:
    """Enroll new leads by source, with one statement for all where no sequence waits for them.

    A lead of which the file says that it is older than the import is history, and history sets nothing off.
    """
    edits = LeadEdits(work)
    sources = await edits.enrollments.triggering_sources()
    arrived = [lead.id for lead in leads if lead.source in sources and lead.created_at == work.at]
    if not arrived:
        return
    for edit in (await edits.load(arrived)).values():
        edit.arrived = True
    await edits.save()
