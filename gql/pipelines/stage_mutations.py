"""Mutations of stages: create, update, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import LeadStatus
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.pipelines.enums import DealField, StageKind
from gql.pipelines.inputs import StageInput, stage_fields
from gql.pipelines.types import Pipeline, Stage
from gql.refusals import (
    AlreadyExists,
    IdempotencyKeyReused,
    IllegalStatusChange,
    NotAllowed,
    NotFound,
    StageFieldsMissing,
    StageHoldsLeads,
    StatusRequirementsMissing,
    ValidationError,
    VersionConflict,
)
from usecases.pipelines import delete_stage as delete_verbs
from usecases.pipelines import edit_stages as verbs
from usecases.verbs import Call

_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `createStage` takes.")
class CreateStageInput(StageInput, MutationInput):
    """See `usecases.pipelines.edit_stages.CreateStage`."""

    pipeline_id: strawberry.ID = strawberry.field(description="The pipeline.")
    position: int | None = strawberry.field(default=None, description="Its place in the pipeline, from 0; without one it comes last.")
    expected_version: int | None = strawberry.field(
        default=None, description="Create only if the pipeline is still at this version; otherwise `VersionConflict` is answered."
    )


CreateStageError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateStageError", description="Why a stage was not created."),
]


@strawberry.type(description="What `createStage` answers.")
class CreateStagePayload(MutationPayload):
    """The new stage, or the refusals."""

    stage: Stage | None = strawberry.field(default=None, description="The new stage; null when it was refused.")
    errors: list[CreateStageError] = strawberry.field(description=_ERRORS)


async def create_stage(info: Info, input: CreateStageInput) -> CreateStagePayload:
    """Put a new stage into a pipeline."""
    request = verbs.CreateStage(
        pipeline_id=decode_kind("Pipeline", input.pipeline_id),
        fields=stage_fields(input),
        position=input.position,
        expected_version=input.expected_version,
    )
    return await run(info, CreateStagePayload, input, lambda call: verbs.create_stage(call, request), result="stage")


@strawberry.input(description="What `updateStage` takes. What is absent stays as it is.")
class UpdateStageInput(VersionedInput):
    """See `usecases.pipelines.edit_stages.UpdateStage`."""

    stage_id: strawberry.ID = strawberry.field(description="The stage.")
    name: str | None = strawberry.field(default=UNSET, description="Its new name, unique in the pipeline. 1–100 characters.")
    kind: StageKind | None = strawberry.field(default=UNSET, description="What it says about the deals in it.")
    win_probability: int | None = strawberry.field(
        default=UNSET, description="How likely a deal in it is won, in percent. A WON stage has 100 and a LOST one 0 by itself."
    )
    mapped_status: LeadStatus | None = strawberry.field(
        default=UNSET, description="The status that leads get which enter from now on; null: none. Must agree with the kind."
    )
    rotting_days: int | None = strawberry.field(
        default=UNSET, description="After how many days without a move a deal in it counts as rotting, 1–3,650; null: never."
    )
    required_fields: list[DealField] | None = strawberry.field(
        default=UNSET, description="What leads must have to enter from now on; null: nothing."
    )


UpdateStageError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateStageError", description="Why a stage was not changed."),
]


@strawberry.type(description="What `updateStage` answers.")
class UpdateStagePayload(MutationPayload):
    """The stage as it is now, or the refusals."""

    stage: Stage | None = strawberry.field(default=None, description="The stage as it is now; null when the change was refused.")
    errors: list[UpdateStageError] = strawberry.field(description=_ERRORS)


async def update_stage(info: Info, input: UpdateStageInput) -> UpdateStagePayload:
    """Change a stage's settings."""
    request = verbs.UpdateStage(
        stage_id=decode_kind("Stage", input.stage_id), fields=stage_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdateStagePayload, input, lambda call: verbs.update_stage(call, request), result="stage")


@strawberry.input(description="What `deleteStage` takes.")
class DeleteStageInput(VersionedInput):
    """See `usecases.pipelines.delete_stage.DeleteStage`."""

    stage_id: strawberry.ID = strawberry.field(description="The stage.")
    receiving_stage_id: strawberry.ID | None = strawberry.field(
        default=None, description="The stage of the same pipeline that its leads move to; needed when it holds any."
    )
    reason: str | None = strawberry.field(
        default=None, description="Why the leads move; some statuses that a stage maps to need it. At most 500 characters."
    )


DeleteStageError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | NotAllowed
    | StageHoldsLeads
    | StageFieldsMissing
    | IllegalStatusChange
    | StatusRequirementsMissing
    | IdempotencyKeyReused,
    strawberry.union("DeleteStageError", description="Why a stage was not deleted."),
]


@strawberry.type(description="What `deleteStage` answers.")
class DeleteStagePayload(MutationPayload):
    """The pipeline without the stage, or the refusals."""

    pipeline: Pipeline | None = strawberry.field(default=None, description="The pipeline as it is now; null when it was refused.")
    stage: Stage | None = strawberry.field(default=None, description="The deleted stage, which histories go on naming.")
    moved_leads: int | None = strawberry.field(default=None, description="How many leads moved to the receiving stage.")
    errors: list[DeleteStageError] = strawberry.field(description=_ERRORS)


async def delete_stage(info: Info, input: DeleteStageInput) -> DeleteStagePayload:
    """Delete a stage, its leads to another one."""
    request = delete_verbs.DeleteStage(
        stage_id=decode_kind("Stage", input.stage_id),
        receiving_stage_id=None if input.receiving_stage_id is None else decode_kind("Stage", input.receiving_stage_id),
        reason=input.reason,
        expected_version=input.expected_version,
    )

    async def delete(call: Call) -> Mapping[str, Any]:
        return (await delete_verbs.delete_stage(call, request)).parts

    return await run(info, DeleteStagePayload, input, delete)


@strawberry.type
class StageMutations:
    """The part of `Mutation` that changes stages."""

    create_stage = strawberry.mutation(resolver=create_stage, description="Put a new stage into a pipeline.")
    update_stage = strawberry.mutation(
        resolver=update_stage, description="Change a stage's settings; leads that are in it already stay as they are."
    )
    delete_stage = strawberry.mutation(
        resolver=delete_stage,
        description=(
            "Delete a stage; the leads in it move to the receiving stage, all by the rules of `moveLeadToStage` or none. "
            "At most 5,000 leads move along."
        ),
    )
