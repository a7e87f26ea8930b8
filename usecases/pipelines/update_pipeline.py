"""Change a pipeline itself: its name and description, whether it takes leads, the order of its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.pipelines import Pipeline, PipelineFields, edited_pipeline
from domain.refusals import Refused, ValidationFailed, not_found
from usecases.pipelines.editing import PipelineEdit, opened_pipeline, pipeline_name_refusals
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePipeline:
    """What is asked for one pipeline."""

    pipeline_id: UUID
    fields: PipelineFields
    expected_version: int | None = None


@verb
async def update_pipeline(work: Work, request: UpdatePipeline) -> Pipeline:
    """Change name and description. Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists."""
    edit, refusals = await opened_pipeline(work, request.pipeline_id, request.expected_version)
    if edit is None:
        raise Refused(refusals)
    edit.pipeline, problems = edited_pipeline(edit.pipeline, request.fields)
    refusals += [*problems, *await pipeline_name_refusals(work, edit.pipeline)]
    if refusals:
        raise Refused(refusals)
    return await edit.save()


@verb
async def archive_pipeline(work: Work, pipeline_id: UUID, expected_version: int | None = None) -> Pipeline:
    """Let a pipeline take no more leads; those in it stay. Again changes nothing. Raises Refused: NotFound, VersionConflict."""
    edit = await _opened(work, pipeline_id, expected_version)
    if edit.pipeline.archived_at is None:
        edit.pipeline = replace(edit.pipeline, archived_at=work.at)
    return await edit.save()


@verb
async def unarchive_pipeline(work: Work, pipeline_id: UUID, expected_version: int | None = None) -> Pipeline:
    """Let a pipeline take leads again. Again changes nothing. Raises Refused: NotFound, VersionConflict."""
    edit = await _opened(work, pipeline_id, expected_version)
    edit.pipeline = replace(edit.pipeline, archived_at=None)
    return await edit.save()


@verb
async def reorder_stages(work: Work, pipeline_id: UUID, stage_ids: Sequence[UUID], expected_version: int | None = None) -> Pipeline:
    """Put a pipeline's stages into a new order, which names each of them once.

    Raises Refused: NotFound, VersionConflict, ValidationFailed.
    """
    edit, refusals = await opened_pipeline(work, pipeline_id, expected_version)
    if edit is None:
        raise Refused(refusals)
    by_id = {stage.id: stage for stage in edit.stages}
    for index, id in enumerate(stage_ids[: len(by_id) + 1]):
        if id not in by_id:
            refusals.append(not_found("Stage", "stage_ids", str(index)))
        elif id in stage_ids[:index]:
            refusals.append(ValidationFailed(message="The stage is named twice.", path=("stage_ids", str(index))))
    forgotten = len(by_id.keys() - set(stage_ids))
    if forgotten:
        refusals.append(ValidationFailed(message=f"Name every stage of the pipeline: {forgotten} missing.", path=("stage_ids",)))
    if refusals:
        raise Refused(refusals)
    edit.stages = [by_id[id] for id in stage_ids]
    return await edit.save()


async def _opened(work: Work, pipeline_id: UUID, expected_version: int | None) -> PipelineEdit:
    edit, refusals = await opened_pipeline(work, pipeline_id, expected_version)
    if edit is None or refusals:
        raise Refused(refusals)
    return edit
