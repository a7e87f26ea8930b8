"""Mutations of many enrollments, and the part of `Mutation` that all of them make."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.context import Info
from gql.enrollments import mutations as single
from gql.enrollments.refusals import AlreadyEnrolled, EnrollmentsCapped, LeadNotEnrollable, LeadSuppressed, SequenceClosed
from gql.enrollments.types import Enrollment
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.inputs import to_targets
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError
from usecases.sequences import enroll, unenroll

_INDEX = "The row, from 0: its place in `leadIds`, or among the leads that `filter` means."
_ENROLLMENT = "The enrollment as it is now; null when the row was refused."
_LEAD = "The lead as it is now; null when the row was refused."
_ROWS = "What became of each lead; empty when all was refused."
_ERRORS = "Why all was refused; empty when it was not."
_ROW_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `enrollLeads` takes: either `leadIds` or `filter` says which leads.")
class EnrollLeadsInput(MutationInput):
    """See `usecases.sequences.enroll.EnrollLeads`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence; its published version is entered.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


EnrollLeadsError = Annotated[
    ValidationError
    | NotFound
    | SequenceClosed
    | AlreadyEnrolled
    | LeadSuppressed
    | LeadNotEnrollable
    | EnrollmentsCapped
    | IdempotencyKeyReused,
    strawberry.union("EnrollLeadsError", description="Why leads were not enrolled."),
]


@strawberry.type(description="What became of one lead of `enrollLeads`.")
class EnrollLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    enrollment: Enrollment | None = computed(_ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(_LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[EnrollLeadsError] = computed(_ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `enrollLeads` answers.")
class EnrollLeadsPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[EnrollLeadsRow] = strawberry.field(default_factory=list["EnrollLeadsRow"], description=_ROWS)
    errors: list[EnrollLeadsError] = strawberry.field(description=_ERRORS)


async def enroll_leads(info: Info, input: EnrollLeadsInput) -> EnrollLeadsPayload:
    """Enroll many leads."""
    request = enroll.EnrollLeads(
        targets=to_targets(input.lead_ids, input.filter),
        sequence_id=decode_kind("Sequence", input.sequence_id),
        policy=input.error_policy,
    )
    return await run(info, EnrollLeadsPayload, input, lambda call: enroll.enroll_leads(call, request), result="rows")


@strawberry.input(description="What `unenrollLeads` takes: either `leadIds` or `filter` says which leads.")
class UnenrollLeadsInput(MutationInput):
    """See `usecases.sequences.unenroll.UnenrollLeads`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence that they shall leave; it may be archived.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    reason: str | None = strawberry.field(default=None, description="Why; at most 500 characters.")
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


UnenrollLeadsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("UnenrollLeadsError", description="Why leads were not taken out of a sequence."),
]


@strawberry.type(description="What became of one lead of `unenrollLeads`.")
class UnenrollLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    enrollment: Enrollment | None = computed(_ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(_LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[UnenrollLeadsError] = computed(_ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `unenrollLeads` answers.")
class UnenrollLeadsPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[UnenrollLeadsRow] = strawberry.field(default_factory=list["UnenrollLeadsRow"], description=_ROWS)
    errors: list[UnenrollLeadsError] = strawberry.field(description=_ERRORS)


async def unenroll_leads(info: Info, input: UnenrollLeadsInput) -> UnenrollLeadsPayload:
    """Take many leads out of a sequence."""
    request = unenroll.UnenrollLeads(
        targets=to_targets(input.lead_ids, input.filter),
        sequence_id=decode_kind("Sequence", input.sequence_id),
        reason=input.reason,
        policy=input.error_policy,
    )
    return await run(info, UnenrollLeadsPayload, input, lambda call: unenroll.unenroll_leads(call, request), result="rows")


@strawberry.type
class EnrollmentMutations:
    """The part of `Mutation` that enrolls leads."""

    enroll_lead = strawberry.mutation(
        resolver=single.enroll_lead,
        description="Enroll a lead in a sequence, and move it to NURTURING where its status allows that.",
    )
    enroll_leads = strawberry.mutation(resolver=enroll_leads, description="Enroll up to 500 leads in a sequence.")
    unenroll_lead = strawberry.mutation(resolver=single.unenroll_lead, description="Take a lead out of a sequence before its end.")
    unenroll_leads = strawberry.mutation(resolver=unenroll_leads, description="Take up to 500 leads out of a sequence.")
    pause_enrollment = strawberry.mutation(
        resolver=single.pause, description="Stop an enrollment where it is, for a while or until it is resumed."
    )
    resume_enrollment = strawberry.mutation(
        resolver=single.resume, description="Let a paused enrollment go on; what was left of a wait is still to be waited for."
    )
