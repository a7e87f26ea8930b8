"""Recalculate lead scores: count the facts again from what was recorded, then score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from domain.leads import Lead
from domain.refusals import Refusal, Refused
from domain.scoring import ScoreCause
from persistence.counted_facts import CountedFacts, counted_facts_by_lead
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy, Targets, settle_rows, target_ids
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.verbs import Work, verb

_INFORMING = ("first_contacted_at", "last_contacted_at", "last_activity_at")


@verb
async def recalculate_lead_score(work: Work, lead_id: UUID) -> Lead:
    """Recalculate one score; without a changed fact nothing changes (rules §1.3). Raises Refused: NotFound."""
    edits = LeadEdits(work)
    (refusals,) = await _recount(work, edits, [lead_id])
    if refusals:
        raise Refused(refusals)
    return (await edits.save())[lead_id]


@verb
async def recalculate_lead_scores(work: Work, targets: Targets, policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Recalculate the scores of many leads, row by row in the order of the ids. Raises Refused."""
    ids = await target_ids(work, targets)
    edits = LeadEdits(work)
    return await settle_rows(edits, targets, ids, await _recount(work, edits, ids), policy)


async def _recount(work: Work, edits: LeadEdits, ids: Sequence[UUID]) -> Sequence[Sequence[Refusal]]:
    loaded = await edits.load(ids)
    counted = await counted_facts_by_lead(work.tx, sorted(loaded))
    for id, edit in loaded.items():
        _take_facts(edit, counted[id])
    return [_refusals(loaded, id) for id in ids]


def _refusals(loaded: Mapping[UUID, LeadEdit], id: UUID) -> Sequence[Refusal]:
    edit = checked(loaded, id, None)
    return [edit] if isinstance(edit, Refusal) else []


def _take_facts(edit: LeadEdit, counted: CountedFacts) -> None:
    """Put the recount into the lead. Instants that only inform stay where nothing recorded tells better: an import may bring them."""
    lead, facts = edit.lead, asdict(counted)
    for name in _INFORMING:
        facts[name] = facts[name] or getattr(lead, name)
    edit.change(**facts)
    edit.because(ScoreCause.MANUAL)
