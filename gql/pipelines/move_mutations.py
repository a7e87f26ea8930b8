"""Mutations that move leads through pipelines."""

from __future__ import annotations

from typing import Annotated

import strawberry

from domain.filters import LeadFilter as DomainLeadFilter
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter, to_filter
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.refusals import (
    IdempotencyKeyReused,
    IllegalStatusChange,
    NotAllowed,
    NotFound,
    PipelineArchived,
    StageFieldsMissing,
    StatusRequirementsMissing,
    ValidationError,
    VersionConflict,
)
from usecases.bulk import Targets
from usecases.pipelines import move_leads as verbs

_ERRORS = "Why it was refused; empty when it was not."
_REASON = "Why; some statuses that a stage maps to need it. At most 500 characters."


@strawberry.input(description="What `moveLeadToStage` takes.")
class MoveLeadToStageInput(VersionedInput):
    """See `usecases.pipelines.move_leads.MoveLeadToStage`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    stage_id: strawberry.ID = strawberry.field(description="The stage that it shall be in, of any pipeline that is not archived.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


MoveLeadToStageError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | NotAllowed
    | StageFieldsMissing
    | PipelineArchived
    | IllegalStatusChange
    | StatusRequirementsMissing
    | IdempotencyKeyReused,
    strawberry.union("MoveLeadToStageError", description="Why a lead was not moved."),
]


@strawberry.type(description="What `moveLeadToStage` answers.")
class MoveLeadToStagePayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when the move was refused.")
    errors: list[MoveLeadToStageError] = strawberry.field(description=_ERRORS)


async def move_lead_to_stage(info: Info, input: MoveLeadToStageInput) -> MoveLeadToStagePayload:
    """Move a lead to a stage."""
    request = verbs.MoveLeadToStage(
        lead_id=decode_kind("Lead", input.lead_id),
        stage_id=decode_kind("Stage", input.stage_id),
        reason=input.reason,
        expected_version=input.expected_version,
    )
    return await run(info, MoveLeadToStagePayload, input, lambda call: verbs.move_lead_to_stage(call, request), result="lead")


@strawberry.input(description="What `moveLeadsToStage` takes: either `leadIds` or `filter` says which leads.")
class MoveLeadsToStageInput(MutationInput):
    """See `usecases.pipelines.move_leads.MoveLeadsToStage`."""

    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    stage_id: strawberry.ID = strawberry.field(description="The stage that they shall be in.")
    reason: str | None = strawberry.field(default=None, description=_REASON)
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


MoveLeadsToStageError = Annotated[
    ValidationError
    | NotFound
    | NotAllowed
    | StageFieldsMissing
    | PipelineArchived
    | IllegalStatusChange
    | StatusRequirementsMissing
    | IdempotencyKeyReused,
    strawberry.union("MoveLeadsToStageError", description="Why leads were not moved."),
]


@strawberry.type(description="What became of one lead of `moveLeadsToStage`.")
class MoveLeadsToStageRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row, from 0: its place in `leadIds`, or among the leads that `filter` means, the oldest first.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[MoveLeadsToStageError] = computed("Why it was refused; empty when it was not.", lambda row: row.refusals)


@strawberry.type(description="What `moveLeadsToStage` answers.")
class MoveLeadsToStagePayload(MutationPayload):
    """The rows, or why nothing was done."""

    rows: list[MoveLeadsToStageRow] = strawberry.field(
        default_factory=list["MoveLeadsToStageRow"], description="What became of each lead; empty when all was refused."
    )
    errors: list[MoveLeadsToStageError] = strawberry.field(description="Why all was refused; empty when it was not.")


async def move_leads_to_stage(info: Info, input: MoveLeadsToStageInput) -> MoveLeadsToStagePayload:
    """Move many leads to one stage."""
    request = verbs.MoveLeadsToStage(
        targets=Targets(
            ids=None if input.lead_ids is None else tuple(decode_kind("Lead", id) for id in input.lead_ids),
            filter=None if input.filter is None else to_filter(input.filter, DomainLeadFilter),
        ),
        stage_id=decode_kind("Stage", input.stage_id),
        reason=input.reason,
        policy=input.error_policy,
    )
    return await run(info, MoveLeadsToStagePayload, input, lambda call: verbs.move_leads_to_stage(call, request), result="rows")


@strawberry.input(description="What `removeLeadFromPipeline` takes.")
class RemoveLeadFromPipelineInput(VersionedInput):
    """See `usecases.pipelines.move_leads.RemoveLeadFromPipeline`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    reason: str | None = strawberry.field(default=None, description="Why. At most 500 characters.")


RemoveLeadFromPipelineError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("RemoveLeadFromPipelineError", description="Why a lead was not taken out of its pipeline."),
]


@strawberry.type(description="What `removeLeadFromPipeline` answers.")
class RemoveLeadFromPipelinePayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when it was refused.")
    errors: list[RemoveLeadFromPipelineError] = strawberry.field(description=_ERRORS)


async def remove_lead_from_pipeline(info: Info, input: RemoveLeadFromPipelineInput) -> RemoveLeadFromPipelinePayload:
    """Take a lead out of its pipeline."""
    request = verbs.RemoveLeadFromPipeline(
        lead_id=decode_kind("Lead", input.lead_id), reason=input.reason, expected_version=input.expected_version
    )
    return await run(info, RemoveLeadFromPipelinePayload, input, lambda call: verbs.remove_lead_from_pipeline(call, request), result="lead")


@strawberry.type
class MoveMutations:
    """The part of `Mutation` that moves leads through pipelines."""

    move_lead_to_stage = strawberry.mutation(
        resolver=move_lead_to_stage,
        description=(
            "Move a lead to a stage. A stage that maps to a status makes that change too, by the status's rules, "
            "or the move fails as a whole. A lead is in one pipeline at a time."
        ),
    )
    move_leads_to_stage = strawberry.mutation(resolver=move_leads_to_stage, description="Move up to 500 leads to one stage.")
    remove_lead_from_pipeline = strawberry.mutation(
        resolver=remove_lead_from_pipeline, description="Take a lead out of its pipeline; its deal and its status stay."
    )
