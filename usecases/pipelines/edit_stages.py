"""Create and update the stages of a pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.pipelines import MAX_STAGES, Stage, StageFields, edited_stage, new_stage
from domain.refusals import Refused, ValidationFailed
from usecases.pipelines.editing import opened_pipeline, opened_stage
from usecases.verbs import Work, new_id, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateStage:
    """What is asked for; `position` counts from 0, None puts the stage last, `expected_version` is the pipeline's."""

    pipeline_id: UUID
    fields: StageFields
    position: int | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateStage:
    """What is asked for one stage. Leads that are in it already stay as they are."""

    stage_id: UUID
    fields: StageFields
    expected_version: int | None = None


@verb
async def create_stage(work: Work, request: CreateStage) -> Stage:
    """Put a new stage into a pipeline; those from its position on move back.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    edit, refusals = await opened_pipeline(work, request.pipeline_id, request.expected_version)
    stage, problems = edited_stage(new_stage(new_id(), request.pipeline_id, 0, work.at), request.fields)
    refusals += problems
    if edit is None:
        raise Refused(refusals)
    last = len(edit.stages)
    position = last if request.position is None else request.position
    if not 0 <= position <= last:
        refusals.append(ValidationFailed(message=f"Must be 0–{last}: the pipeline has {last} stages.", path=("position",)))
    if last >= MAX_STAGES:
        refusals.append(ValidationFailed(message=f"A pipeline has at most {MAX_STAGES} stages.", path=("pipeline_id",)))
    edit.stages = [*edit.stages[:position], stage, *edit.stages[position:]]
    refusals += edit.name_refusals(stage.id)
    if refusals:
        raise Refused(refusals)
    await edit.save()
    return edit.stages[position]


@verb
async def update_stage(work: Work, request: UpdateStage) -> Stage:
    """Change a stage's settings. Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists."""
    opened, refusals = await opened_stage(work, request.stage_id, request.expected_version)
    if opened is None:
        raise Refused(refusals)
    edit, stage = opened
    changed, problems = edited_stage(stage, request.fields)
    edit.replace_stage(changed)
    refusals += [*problems, *edit.name_refusals(changed.id)]
    if refusals:
        raise Refused(refusals)
    await edit.save()
    return edit.stages[stage.position]
