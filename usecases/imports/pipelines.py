"""The pipeline that an import's deals go into: made with its stages where there is none of its name."""

from __future__ import annotations

from collections.abc import Mapping

from domain.imports import ImportRejection
from domain.imports_mapping import PipelineMapping
from domain.pipelines import Pipeline, Stage
from persistence import pipelines
from persistence.failures import Deadlocked, UniqueViolation
from persistence.imports import pipeline_id_by_name
from usecases.imports.reading import rejected
from usecases.verbs import Work, new_id, verb


@verb
async def prepare_pipeline(work: Work, wanted: PipelineMapping) -> Mapping[str, Stage]:
    """Find or make the pipeline; the answer is its stages by name, in lower case. Raises Refused when one there lacks a stage."""
    id = await pipeline_id_by_name(work.tx, wanted.name)
    if id is not None:
        stages = {stage.name.casefold(): stage for stage in (await pipelines.stages_by_pipeline(work.tx, [id])).get(id, ())}
        lacking = [stage.name for stage in wanted.stages if stage.name.casefold() not in stages]
        if lacking:
            message = f"The pipeline {wanted.name} is there already, without these stages: {', '.join(lacking)}."
            raise rejected(ImportRejection.MAPPING, message)
        return stages
    pipeline = Pipeline(
        id=new_id(), version=1, name=wanted.name, description=None, archived_at=None, created_at=work.at, updated_at=work.at
    )
    made = [
        Stage(
            id=new_id(),
            pipeline_id=pipeline.id,
            version=1,
            name=stage.name,
            position=position,
            kind=stage.kind,
            win_probability=stage.probability,
            mapped_status=stage.status,
            rotting_days=None,
            required_fields=(),
            deleted_at=None,
            created_at=work.at,
            updated_at=work.at,
        )
        for position, stage in enumerate(wanted.stages)
    ]
    try:
        await pipelines.add_pipelines(work.tx, [pipeline])
        await pipelines.add_stages(work.tx, made)
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    return {stage.name.casefold(): stage for stage in made}
