"""Mutations of a lead's status."""

from __future__ import annotations

from typing import Annotated

import strawberry

from domain.status import LeadStatus
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.inputs import to_targets
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.refusals import (
    IdempotencyKeyReused,
    IllegalStatusChange,
    NotAllowed,
    NotFound,
    StatusRequirementsMissing,
    ValidationError,
    VersionConflict,
)
from usecases.leads import change_status as verbs


@strawberry.input(description="What `changeLeadStatus` takes.")
class ChangeLeadStatusInput(VersionedInput):
    """See `usecases.leads.change_status.ChangeLeadStatus`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    status: LeadStatus = strawberry.field(description="The status it shall have.")
    reason: str | None = strawberry.field(default=None, description="Why; some moves need it. At most 500 characters.")
    force: bool = strawberry.field(
        default=False, description="Managers and admins only: make a move that the rules refuse. Needs a reason and is marked as forced."
    )


ChangeLeadStatusError = Annotated[
    ValidationError | NotFound | VersionConflict | NotAllowed | IllegalStatusChange | StatusRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("ChangeLeadStatusError", description="Why a status change was refused."),
]


@strawberry.type(description="What `changeLeadStatus` answers.")
class ChangeLeadStatusPayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when the change was refused.")
    errors: list[ChangeLeadStatusError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def change_lead_status(info: Info, input: ChangeLeadStatusInput) -> ChangeLeadStatusPayload:
    """Move a lead to another status."""
    request = verbs.ChangeLeadStatus(
        lead_id=decode_kind("Lead", input.lead_id),
        status=input.status,
        reason=input.reason,
        force=input.force,
        expected_version=input.expected_version,
    )
    return await run(info, ChangeLeadStatusPayload, input, lambda call: verbs.change_lead_status(call, request), result="lead")


@strawberry.input(description="What `changeLeadStatuses` takes: either `leadIds` or `filter` says which leads.")
class ChangeLeadStatusesInput(MutationInput):
    """See `usecases.leads.change_status.ChangeLeadStatuses`."""

    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    status: LeadStatus = strawberry.field(description="The status that they shall have.")
    reason: str | None = strawberry.field(default=None, description="Why; some moves need it. At most 500 characters.")
    force: bool = strawberry.field(
        default=False,
        description="Managers and admins only: make moves that the rules refuse. Needs a reason; such moves are marked as forced.",
    )
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


ChangeLeadStatusesError = Annotated[
    ValidationError | NotFound | NotAllowed | IllegalStatusChange | StatusRequirementsMissing | IdempotencyKeyReused,
    strawberry.union("ChangeLeadStatusesError", description="Why statuses were not changed."),
]


@strawberry.type(description="What became of one lead of `changeLeadStatuses`.")
class ChangeLeadStatusesRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row, from 0: its place in `leadIds`, or among the leads that `filter` means.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[ChangeLeadStatusesError] = computed("Why it was refused; empty when it was not.", lambda row: row.refusals)


@strawberry.type(description="What `changeLeadStatuses` answers.")
class ChangeLeadStatusesPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[ChangeLeadStatusesRow] = strawberry.field(
        default_factory=list["ChangeLeadStatusesRow"], description="What became of each lead; empty when all was refused."
    )
    errors: list[ChangeLeadStatusesError] = strawberry.field(description="Why all was refused; empty when it was not.")


async def change_lead_statuses(info: Info, input: ChangeLeadStatusesInput) -> ChangeLeadStatusesPayload:
    """Move many leads to one status."""
    request = verbs.ChangeLeadStatuses(
        targets=to_targets(input.lead_ids, input.filter),
        status=input.status,
        reason=input.reason,
        force=input.force,
        policy=input.error_policy,
    )
    return await run(info, ChangeLeadStatusesPayload, input, lambda call: verbs.change_lead_statuses(call, request), result="rows")


@strawberry.type
class StatusMutations:
    """The part of `Mutation` that changes statuses."""

    change_lead_status = strawberry.mutation(
        resolver=change_lead_status,
        description="Move a lead to another status, by the rules or, for managers, by force.",
    )
    change_lead_statuses = strawberry.mutation(
        resolver=change_lead_statuses, description="Move up to 500 leads to one status, each by the rules."
    )
