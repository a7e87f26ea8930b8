"""Create a pipeline with its stages in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.pipelines import MAX_STAGES, Pipeline, PipelineFields, Stage, StageFields, edited_pipeline, edited_stage, new_stage, taken_names
from domain.refusals import Refused, ValidationFailed
from usecases.pipelines.editing import PipelineEdit, pipeline_name_refusals, stage_name_taken
from usecases.verbs import Work, new_id, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePipeline:
    """What is asked for; the stages come in their order."""

    fields: PipelineFields
    stages: Sequence[StageFields]


@verb
async def create_pipeline(work: Work, request: CreatePipeline) -> Pipeline:
    """Create a pipeline. Raises Refused: ValidationFailed, AlreadyExists."""
    blank = Pipeline(id=new_id(), version=1, name="", description=None, archived_at=None, created_at=work.at, updated_at=work.at)
    pipeline, refusals = edited_pipeline(blank, request.fields)
    if not 1 <= len(request.stages) <= MAX_STAGES:
        refusals.append(ValidationFailed(message=f"A pipeline has 1–{MAX_STAGES} stages.", path=("stages",)))
    stages: list[Stage] = []
    for position, fields in enumerate(request.stages[:MAX_STAGES]):
        stage, problems = edited_stage(new_stage(new_id(), pipeline.id, position, work.at), fields)
        stages.append(stage)
        refusals += [problem.at("stages", str(position)) for problem in problems]
    refusals += [stage_name_taken("stages", str(index), "name") for index in taken_names(stages)]
    refusals += await pipeline_name_refusals(work, pipeline)
    if refusals:
        raise Refused(refusals)
    edit = PipelineEdit(work, pipeline, (), is_new=True)
    edit.stages = stages
    return await edit.save()
