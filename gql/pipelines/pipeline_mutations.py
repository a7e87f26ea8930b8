"""Mutations of pipelines: create, update, archive, put stages into another order."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry import UNSET

from domain.pipelines import PipelineFields
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.pipelines.inputs import StageInput, pipeline_fields, stage_fields
from gql.pipelines.types import Pipeline
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.pipelines import create_pipeline as create_verbs
from usecases.pipelines import update_pipeline as update_verbs

_PIPELINE = "The pipeline as it is now; null when the change was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `createPipeline` takes.")
class CreatePipelineInput(MutationInput):
    """See `usecases.pipelines.create_pipeline.CreatePipeline`."""

    name: str = strawberry.field(description="The pipeline's name, unique in the workspace. 1–100 characters.")
    description: str | None = strawberry.field(default=None, description="What it is for. At most 1,000 characters.")
    stages: list[StageInput] = strawberry.field(description="Its stages in their order, 1–30.")


CreatePipelineError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreatePipelineError", description="Why a pipeline was not created."),
]


@strawberry.type(description="What `createPipeline` answers.")
class CreatePipelinePayload(MutationPayload):
    """The new pipeline, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description="The new pipeline; null when it was refused.")
    errors: list[CreatePipelineError] = strawberry.field(description=_ERRORS)


async def create_pipeline(info: Info, input: CreatePipelineInput) -> CreatePipelinePayload:
    """Create a pipeline with its stages."""
    request = create_verbs.CreatePipeline(
        fields=PipelineFields(name=input.name, description=input.description), stages=[stage_fields(stage) for stage in input.stages]
    )
    return await run(info, CreatePipelinePayload, input, lambda call: create_verbs.create_pipeline(call, request), result="pipeline")


@strawberry.input(description="What `updatePipeline` takes. What is absent stays as it is.")
class UpdatePipelineInput(VersionedInput):
    """See `usecases.pipelines.update_pipeline.UpdatePipeline`."""

    pipeline_id: strawberry.ID = strawberry.field(description="The pipeline.")
    name: str | None = strawberry.field(default=UNSET, description="Its new name, unique in the workspace. 1–100 characters.")
    description: str | None = strawberry.field(default=UNSET, description="What it is for; null: nothing. At most 1,000 characters.")


UpdatePipelineError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdatePipelineError", description="Why a pipeline was not changed."),
]


@strawberry.type(description="What `updatePipeline` answers.")
class UpdatePipelinePayload(MutationPayload):
    """The pipeline as it is now, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description=_PIPELINE)
    errors: list[UpdatePipelineError] = strawberry.field(description=_ERRORS)


async def update_pipeline(info: Info, input: UpdatePipelineInput) -> UpdatePipelinePayload:
    """Change a pipeline's name and description."""
    request = update_verbs.UpdatePipeline(
        pipeline_id=decode_kind("Pipeline", input.pipeline_id), fields=pipeline_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdatePipelinePayload, input, lambda call: update_verbs.update_pipeline(call, request), result="pipeline")


@strawberry.input(description="What `archivePipeline` takes.")
class ArchivePipelineInput(VersionedInput):
    """A pipeline, and the version that the caller knows."""

    pipeline_id: strawberry.ID = strawberry.field(description="The pipeline.")


ArchivePipelineError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ArchivePipelineError", description="Why a pipeline was not archived."),
]


@strawberry.type(description="What `archivePipeline` answers.")
class ArchivePipelinePayload(MutationPayload):
    """The pipeline as it is now, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description=_PIPELINE)
    errors: list[ArchivePipelineError] = strawberry.field(description=_ERRORS)


async def archive_pipeline(info: Info, input: ArchivePipelineInput) -> ArchivePipelinePayload:
    """Let a pipeline take no more leads."""
    id, version = decode_kind("Pipeline", input.pipeline_id), input.expected_version
    return await run(info, ArchivePipelinePayload, input, lambda call: update_verbs.archive_pipeline(call, id, version), result="pipeline")


@strawberry.input(description="What `unarchivePipeline` takes.")
class UnarchivePipelineInput(VersionedInput):
    """A pipeline, and the version that the caller knows."""

    pipeline_id: strawberry.ID = strawberry.field(description="The pipeline.")


UnarchivePipelineError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UnarchivePipelineError", description="Why a pipeline was not taken back into use."),
]


@strawberry.type(description="What `unarchivePipeline` answers.")
class UnarchivePipelinePayload(MutationPayload):
    """The pipeline as it is now, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description=_PIPELINE)
    errors: list[UnarchivePipelineError] = strawberry.field(description=_ERRORS)


async def unarchive_pipeline(info: Info, input: UnarchivePipelineInput) -> UnarchivePipelinePayload:
    """Let a pipeline take leads again."""
    id, version = decode_kind("Pipeline", input.pipeline_id), input.expected_version
    return await run(
        info, UnarchivePipelinePayload, input, lambda call: update_verbs.unarchive_pipeline(call, id, version), result="pipeline"
    )


@strawberry.input(description="What `reorderStages` takes.")
class ReorderStagesInput(VersionedInput):
    """A pipeline and its stages in their new order."""

    pipeline_id: strawberry.ID = strawberry.field(description="The pipeline.")
    stage_ids: list[strawberry.ID] = strawberry.field(description="All its stages in their new order, each once.")


ReorderStagesError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ReorderStagesError", description="Why the stages keep their order."),
]


@strawberry.type(description="What `reorderStages` answers.")
class ReorderStagesPayload(MutationPayload):
    """The pipeline as it is now, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description=_PIPELINE)
    errors: list[ReorderStagesError] = strawberry.field(description=_ERRORS)


async def reorder_stages(info: Info, input: ReorderStagesInput) -> ReorderStagesPayload:
    """Put a pipeline's stages into another order."""
    id, version = decode_kind("Pipeline", input.pipeline_id), input.expected_version
    stages = [decode_kind("Stage", stage_id) for stage_id in input.stage_ids]
    return await run(
        info, ReorderStagesPayload, input, lambda call: update_verbs.reorder_stages(call, id, stages, version), result="pipeline"
    )


@strawberry.type
class PipelineMutations:
    """The part of `Mutation` that changes pipelines."""

    create_pipeline = strawberry.mutation(resolver=create_pipeline, description="Create a pipeline with its stages in one go.")
    update_pipeline = strawberry.mutation(resolver=update_pipeline, description="Change a pipeline's name and description.")
    archive_pipeline = strawberry.mutation(
        resolver=archive_pipeline, description="Let a pipeline take no more leads; those in it stay, and may leave."
    )
    unarchive_pipeline = strawberry.mutation(resolver=unarchive_pipeline, description="Let an archived pipeline take leads again.")
    reorder_stages = strawberry.mutation(resolver=reorder_stages, description="Put the stages of a pipeline into another order.")
