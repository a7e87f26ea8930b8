"""Unmerge leads: both are again as they were, but for what happened since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from domain.assignment import is_open
from domain.events import EventType
from domain.leads import Lead
from domain.merging import LeadMerge, MergeNotUndoable, UnmergeObstacle, unmerged
from domain.people import Agent, Availability
from domain.pipelines import Stage
from domain.refusals import Refused, not_found
from domain.scoring import ScoreCause
from persistence import merges, people, pipelines, unmerging
from persistence.counted_facts import counted_facts_by_lead
from persistence.enrollments import live_enrollments_by_lead
from usecases.answers import Several
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.leads.merge import told_changes
from usecases.verbs import Work, verb

_INFORMING = ("first_contacted_at", "last_contacted_at", "last_activity_at")
_UNTOLD = frozenset({"scored_at", "rescore_at"})


@verb
async def unmerge_leads(work: Work, merge_id: UUID) -> Several:
    """Undo a merge; answers `survivor`, `lead` and `merge`. Raises Refused: NotFound, MergeNotUndoable.

    The last merge of a lead is undone first. What was changed or recorded since stays with the survivor.
    """
    merge, both = await _locked(work, merge_id)
    now, loser = both[merge.survivor_id], both[merge.loser_id]
    before, after = await unmerging.survivor_before_and_after(work.tx, merge.id)
    changes, counted = unmerged(now, before, after)
    await unmerging.undo(work.tx, merge.id, merge.survivor_id, merge.loser_id)
    if not counted:
        changes |= await _recounted(work, now, before)
    edits = LeadEdits(work)
    survivor, former = edits.take(now), edits.take(loser)
    survivor.change(**changes)
    former.change(deleted_at=None, merged_into_id=None)
    await _leave_what_is_gone(work, [survivor, former])
    live = await live_enrollments_by_lead(work.tx, sorted((now.id, loser.id)))
    for edit in (survivor, former):
        edit.change(live_enrollments=len(live.get(edit.lead.id, ())))
    for edit, other in ((survivor, {"loser_id": str(loser.id)}), (former, {"survivor_id": str(now.id)})):
        edit.because(ScoreCause.MERGE, merge.id)
        told = {name: value for name, value in changes.items() if name not in _UNTOLD} if edit is survivor else {}
        edit.tell(EventType.LEAD_UNMERGED, {"merge_id": str(merge.id), **other, **told_changes(now, told)}, merge.id)
    _tell_of_score(survivor, merge.id)
    undone = replace(merge, unmerged_at=work.at, unmerged_by_kind=work.actor.kind, unmerged_by_id=work.actor.id)
    await merges.save_lead_merges(work.tx, [undone])
    saved = await edits.save(restoring=True)
    return Several({"survivor": saved[now.id], "lead": saved[loser.id], "merge": undone})


async def _locked(work: Work, merge_id: UUID) -> tuple[LeadMerge, Mapping[UUID, Lead]]:
    """Lock both leads before the merge itself, as a merge does, and refuse what cannot be undone now."""
    found = (await merges.lead_merge_by_id(work.tx, [merge_id])).get(merge_id)
    if found is None:
        raise Refused.because(not_found("LeadMerge", "merge_id"))
    both = await merges.lock_both(work.tx, [found.survivor_id, found.loser_id])
    merge = (await merges.lead_merge_for_update(work.tx, [merge_id]))[merge_id]
    obstacle: tuple[UnmergeObstacle, str, UUID | None] | None = None
    if merge.unmerged_at is not None:
        obstacle = UnmergeObstacle.ALREADY_UNDONE, "The merge was undone before.", None
    elif (later := await merges.merge_in_the_way(work.tx, merge)) is not None:
        id, swallowed = later
        obstacle = (
            (UnmergeObstacle.SURVIVOR_MERGED, "The lead was itself merged into another one: undo that first.", id)
            if swallowed
            else (UnmergeObstacle.LATER_MERGE, "The lead took in another one later: undo that first.", id)
        )
    elif both[merge.survivor_id].deleted_at is not None:
        obstacle = UnmergeObstacle.SURVIVOR_DELETED, "The lead was deleted: restore it first.", None
    if obstacle is not None:
        reason, message, in_the_way = obstacle
        raise Refused.because(MergeNotUndoable(message=message, path=("merge_id",), reason=reason, merge_id=in_the_way))
    return merge, both


async def _recounted(work: Work, now: Lead, before: Lead) -> dict[str, Any]:
    """Count the survivor's facts again: some arrived since the merge, and they stay."""
    facts = asdict((await counted_facts_by_lead(work.tx, [now.id]))[now.id])
    for name in _INFORMING:
        facts[name] = facts[name] or getattr(before, name)
    return {name: value for name, value in facts.items() if getattr(now, name) != value}


async def _leave_what_is_gone(work: Work, edits: list[LeadEdit]) -> None:
    """Take leads out of stages that were deleted since, and from agents who were deactivated, as it happened to all others."""
    stages: Mapping[UUID, Stage] = await pipelines.stage_by_id(work.tx, sorted({e.lead.stage_id for e in edits if e.lead.stage_id}))
    agents: Mapping[UUID, Agent] = await people.agent_by_id(work.tx, sorted({e.lead.owner_id for e in edits if e.lead.owner_id}))
    for edit in edits:
        stage = stages.get(edit.lead.stage_id) if edit.lead.stage_id else None
        if stage is not None and stage.deleted_at is not None:
            await pipelines.close_stays(work.tx, [edit.lead.id], work.at, work.actor)
            edit.change(pipeline_id=None, stage_id=None, stage_entered_at=None)
        owner = agents.get(edit.lead.owner_id) if edit.lead.owner_id else None
        if owner is not None and owner.availability is Availability.DEACTIVATED and is_open(edit.lead):
            edit.change(owner_id=None, assigned_at=None)


def _tell_of_score(edit: LeadEdit, merge_id: UUID) -> None:
    """Tell that the score is the former one again: nothing was computed, so that nobody else does."""
    old, new = edit.before, edit.lead
    if old.score_total != new.score_total:
        changes = {
            name: [getattr(old, column), getattr(new, column)]
            for name, column in (("total", "score_total"), ("grade", "grade"), ("temperature", "temperature"))
        }
        edit.tell(EventType.LEAD_SCORE_CHANGED, {**changes, "cause": ScoreCause.MERGE}, merge_id)
