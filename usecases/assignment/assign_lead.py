"""Assign leads: by hand to an agent who is named, or by a rule that picks one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.leads import Lead
from domain.refusals import Refusal, Refused
from domain.texts import optional_text
from usecases.answers import RowOutcome
from usecases.assignment.giving import MAX_REASON, Giving, Recipient
from usecases.bulk import ErrorPolicy, Targets, settle_rows, target_ids
from usecases.leads.editing import LeadEdits, checked
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignLead:
    """What is asked for one lead."""

    lead_id: UUID
    to: Recipient
    reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignLeads:
    """What is asked for many leads."""

    targets: Targets
    to: Recipient
    reason: str | None = None
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@verb
async def assign_lead(work: Work, request: AssignLead) -> Lead:
    """Give a lead to an agent; who owns it already keeps it.

    Raises Refused: ValidationFailed, NotFound, VersionConflict, NotAllowed, AgentNotAvailable, AgentAtCapacity, NoEligibleAgent.
    """
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    giving, unfit = await Giving.prepare(work, request.to)
    edits = LeadEdits(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    refusals: list[Refusal] = [*problems, *unfit]
    if isinstance(edit, Refusal):
        refusals.insert(0, edit)
    elif not refusals:
        refused = giving.give(edit, reason)
        refusals += [refused] if refused else []
    if refusals:
        raise Refused(refusals)
    await giving.finish()
    return (await edits.save())[request.lead_id]


@verb
async def assign_leads(work: Work, request: AssignLeads) -> Sequence[RowOutcome]:
    """Give many leads to agents, row by row; turns and capacities are counted from row to row. A lead named twice is given once."""
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    giving, unfit = await Giving.prepare(work, request.to)
    if problems or unfit:
        raise Refused([*problems, *unfit])
    ids = await target_ids(work, request.targets)
    edits = LeadEdits(work)
    loaded = await edits.load(ids)
    refused: dict[UUID, tuple[Refusal, ...]] = {}
    for id in dict.fromkeys(ids):
        edit = checked(loaded, id, None)
        refusal = edit if isinstance(edit, Refusal) else giving.give(edit, reason)
        refused[id] = () if refusal is None else (refusal,)
    outcomes = await settle_rows(edits, request.targets, ids, [refused[id] for id in ids], request.policy)
    await giving.finish()
    return outcomes
