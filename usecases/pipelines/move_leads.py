"""Move leads to a stage, or out of their pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.leads import Lead
from domain.pipelines import PipelineArchived, Stage
from domain.refusals import Refusal, Refused, not_found
from domain.texts import optional_text
from persistence import pipelines
from usecases.answers import RowOutcome
from usecases.bulk import ErrorPolicy, Targets, settle_rows, target_ids
from usecases.leads.change_status import MAX_REASON
from usecases.leads.editing import LeadEdits, checked
from usecases.pipelines.moving import StageMoves
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLeadToStage:
    """What is asked for one lead."""

    lead_id: UUID
    stage_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLeadsToStage:
    """What is asked for many leads."""

    targets: Targets
    stage_id: UUID
    reason: str | None = None
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLeadFromPipeline:
    """What is asked for one lead."""

    lead_id: UUID
    reason: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class _Destination:
    """A stage that is there, or the refusal of one that is not; and why nothing may enter it just now."""

    stage: Stage | None
    closed: Refusal | None


@verb
async def move_lead_to_stage(work: Work, request: MoveLeadToStage) -> Lead:
    """Move a lead to a stage of any pipeline that is not archived, and to the status that the stage maps to.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, StageFieldsMissing, PipelineArchived, NotAllowed, IllegalStatusChange,
    StatusRequirementsMissing.
    """
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    refusals: list[Refusal] = list(problems)
    destination = await _destination(work, request.stage_id)
    edits, moves = LeadEdits(work), StageMoves(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        refusals.append(edit)
    if destination.stage is None:
        refusals.append(not_found("Stage", "stage_id"))
    elif not isinstance(edit, Refusal) and edit.lead.stage_id != destination.stage.id:
        if destination.closed:
            refusals.append(destination.closed)
        refusals += moves.enter(edit, destination.stage, reason, "stage_id")
    if refusals:
        raise Refused(refusals)
    await moves.settle()
    return (await edits.save())[request.lead_id]


@verb
async def move_leads_to_stage(work: Work, request: MoveLeadsToStage) -> Sequence[RowOutcome]:
    """Move many leads to one stage, row by row in the input's order. What is wrong with the stage itself refuses the whole request."""
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    wrong: list[Refusal] = list(problems)
    destination = await _destination(work, request.stage_id)
    if destination.stage is None:
        wrong.append(not_found("Stage", "stage_id"))
    elif destination.closed:
        wrong.append(destination.closed)
    if wrong or destination.stage is None:
        raise Refused(wrong)
    ids = await target_ids(work, request.targets)
    edits, moves = LeadEdits(work), StageMoves(work)
    loaded = await edits.load(ids)
    rows: list[Sequence[Refusal]] = []
    for id in ids:
        edit = checked(loaded, id, None)
        rows.append([edit] if isinstance(edit, Refusal) else moves.enter(edit, destination.stage, reason, "stage_id"))
    await moves.settle()
    return await settle_rows(edits, request.targets, ids, rows, request.policy)


@verb
async def remove_lead_from_pipeline(work: Work, request: RemoveLeadFromPipeline) -> Lead:
    """Take a lead out of its pipeline; deal and status stay. Raises Refused: NotFound, VersionConflict, ValidationFailed."""
    reason, problems = optional_text(request.reason, MAX_REASON, "reason")
    edits, moves = LeadEdits(work), StageMoves(work)
    edit = checked(await edits.load([request.lead_id]), request.lead_id, request.expected_version)
    if isinstance(edit, Refusal):
        raise Refused([edit, *problems])
    if problems:
        raise Refused(problems)
    moves.leave(edit, reason)
    await moves.settle()
    return (await edits.save())[request.lead_id]


async def _destination(work: Work, stage_id: UUID) -> _Destination:
    """Find a stage and keep it as it is until the transaction ends."""
    pipeline = await pipelines.pipeline_of_stage_for_share(work.tx, stage_id)
    stage = (await pipelines.stage_by_id(work.tx, [stage_id])).get(stage_id)
    if pipeline is None or stage is None or stage.deleted_at is not None:
        return _Destination(None, None)
    closed = pipeline.archived_at is not None
    refusal = PipelineArchived(message="The pipeline is archived.", path=("stage_id",), pipeline_id=pipeline.id)
    return _Destination(stage, refusal if closed else None)
