"""Delete a stage; the leads in it move to the stage that receives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.pipelines import Stage, StageHoldsLeads
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from domain.texts import optional_text
from persistence import pipelines
from usecases.answers import Several
from usecases.leads.change_status import MAX_REASON
from usecases.leads.editing import LeadEdits
from usecases.pipelines.editing import opened_stage
from usecases.pipelines.moving import StageMoves
from usecases.verbs import Work, verb

MOST_LEADS = 5_000
"""What one transaction moves in a few seconds; a fuller stage is emptied with `moveLeadsToStage` before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteStage:
    """What is asked for one stage; the reason is given for every lead that moves."""

    stage_id: UUID
    receiving_stage_id: UUID | None = None
    reason: str | None = None
    expected_version: int | None = None


@verb
async def delete_stage(work: Work, request: DeleteStage) -> Several:
    """Delete a stage of a pipeline that has others; answers `pipeline`, `stage` and `moved_leads`.

    Leads move by the same rules as if each were moved, all or none; deleted leads come along without a change of status, or leave the
    pipeline when nobody receives them. Histories go on naming the stage.
    Raises Refused: NotFound, VersionConflict, ValidationFailed, StageHoldsLeads, StageFieldsMissing, NotAllowed, IllegalStatusChange,
    StatusRequirementsMissing.
    """
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    opened, refusals = await opened_stage(work, request.stage_id, request.expected_version)
    refusals += problems
    if opened is None:
        raise Refused(refusals)
    edit, stage = opened
    receiving = None if request.receiving_stage_id is None else edit.stage(request.receiving_stage_id)
    if len(edit.stages) == 1:
        refusals.append(ValidationFailed(message="A pipeline keeps at least one stage.", path=("stage_id",)))
    elif receiving is None and request.receiving_stage_id is not None:
        refusals.append(not_found("Stage", "receiving_stage_id"))
    elif receiving is stage:
        refusals.append(ValidationFailed(message="A stage cannot receive its own leads.", path=("receiving_stage_id",)))
    there, deleted = await pipelines.leads_in_stage(work.tx, stage.id)
    refusals += _holding_refusals(stage, there, deleted, received=request.receiving_stage_id is not None)
    if refusals:
        raise Refused(refusals)
    await _move_out(work, stage, receiving, reason)
    edit.remove(stage)
    pipeline = await edit.save()
    return Several({"pipeline": pipeline, "stage": edit.deleted[0], "moved_leads": there})


def _holding_refusals(stage: Stage, there: int, deleted: int, *, received: bool) -> Sequence[Refusal]:
    if there and not received:
        message = f"The stage holds {there} {'lead' if there == 1 else 'leads'}: name the stage that receives them."
    elif there + deleted > MOST_LEADS:
        message = f"The stage holds {there} leads, and {deleted} deleted ones; at most {MOST_LEADS} move with it: move some of them before."
    else:
        return ()
    return [StageHoldsLeads(message=message, path=("receiving_stage_id",), stage_id=stage.id, leads=there)]


async def _move_out(work: Work, stage: Stage, receiving: Stage | None, reason: str | None) -> None:
    edits, moves = LeadEdits(work), StageMoves(work)
    ids = await pipelines.lead_ids_in_stage(work.tx, stage.id)
    refused: list[Refusal] = []
    for lead in (await edits.load(ids, even_deleted=True)).values():
        if lead.lead.stage_id != stage.id:
            continue
        if receiving is None:
            moves.leave(lead, reason)
        else:
            refused += moves.enter(lead, receiving, reason, "receiving_stage_id")
    if refused:
        counted = Counter(refused)
        raise Refused(replace(refusal, message=f"{times} of the leads: {refusal.message}") for refusal, times in counted.items())
    await moves.settle()
    await edits.save()
