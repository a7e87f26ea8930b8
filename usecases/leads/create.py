"""Create leads, one or many."""

from __future__ import annotations

from collections.abc import Sequence

from domain.leads import Lead
from domain.refusals import Refused, ValidationFailed
from persistence.workspaces import own_workspace_for_key_share
from usecases.answers import RowOutcome
from usecases.bulk import MAX_ROWS, ErrorPolicy, placed_in_rows, refuse_all
from usecases.leads.creating import NewLead, drafted, write
from usecases.verbs import Work, verb


@verb
async def create_lead(work: Work, request: NewLead) -> Lead:
    """Create a lead. Raises Refused: ValidationFailed, DuplicateLead, NotAllowed."""
    workspace = await own_workspace_for_key_share(work.tx)
    [draft] = await drafted(work, workspace, [request])
    if draft.refusals:
        raise Refused(draft.refusals)
    return (await write(work, workspace, [draft]))[draft.lead.id]


@verb
async def create_leads(work: Work, requests: Sequence[NewLead], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Create many leads, row by row in the input's order; a row that repeats an earlier one is its duplicate."""
    if len(requests) > MAX_ROWS:
        raise Refused.because(ValidationFailed(message=f"At most {MAX_ROWS} rows.", path=("rows",)))
    workspace = await own_workspace_for_key_share(work.tx)
    drafts = await drafted(work, workspace, requests)
    placed = placed_in_rows([draft.refusals for draft in drafts])
    refuse_all(placed, policy)
    saved = await write(work, workspace, [draft for draft in drafts if not draft.refusals])
    return [
        RowOutcome(index, saved.get(draft.lead.id), refusals) for index, (draft, refusals) in enumerate(zip(drafts, placed, strict=True))
    ]
