"""Mutations of many enrollments, and the part of `Mutation` that all of them make."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.context import Info
from gql.enrollments import bulk_pauses
from gql.enrollments import mutations as single
from gql.enrollments.batches import (
    ENROLLMENT,
    ERRORS,
    INDEX,
    LEAD,
    LEAD_IDS,
    POLICY,
    ROW_ERRORS,
    ROWS,
    BatchPayload,
    after,
    answering,
    filtered,
    to_request,
)
from gql.enrollments.refusals import AlreadyEnrolled, EnrollmentsCapped, LeadNotEnrollable, LeadSuppressed, SequenceClosed
from gql.enrollments.types import Enrollment
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.types import Lead
from gql.mutations import MutationInput, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError
from gql.scalars import Cursor
from usecases.sequences import enroll, unenroll


@strawberry.input(description="What `enrollLeads` takes: either `leadIds` or `filter` says which leads.")
class EnrollLeadsInput(MutationInput):
    """See `usecases.sequences.enroll.enroll_leads`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence; its published version is entered.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description=LEAD_IDS)
    filter: LeadFilter | None = filtered("The leads that it means and that are not in the sequence")
    after: Cursor | None = after()
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=POLICY)


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

    index: int = plain(INDEX)
    enrollment: Enrollment | None = computed(ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[EnrollLeadsError] = computed(ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `enrollLeads` answers.")
class EnrollLeadsPayload(BatchPayload):
    """The rows, or the refusals of the whole."""

    rows: list[EnrollLeadsRow] = strawberry.field(default_factory=list["EnrollLeadsRow"], description=ROWS)
    errors: list[EnrollLeadsError] = strawberry.field(description=ERRORS)


async def enroll_leads(info: Info, input: EnrollLeadsInput) -> EnrollLeadsPayload:
    """Enroll many leads."""
    request = to_request(input)
    return await run(info, EnrollLeadsPayload, input, answering(lambda call: enroll.enroll_leads(call, request)))


@strawberry.input(description="What `unenrollLeads` takes: either `leadIds` or `filter` says which leads.")
class UnenrollLeadsInput(MutationInput):
    """See `usecases.sequences.unenroll.unenroll_leads`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence that they shall leave; it may be archived.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description=LEAD_IDS)
    filter: LeadFilter | None = filtered("The leads that it means and that are in the sequence")
    reason: str | None = strawberry.field(default=None, description="Why; at most 500 characters.")
    after: Cursor | None = after()
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=POLICY)


UnenrollLeadsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("UnenrollLeadsError", description="Why leads were not taken out of a sequence."),
]


@strawberry.type(description="What became of one lead of `unenrollLeads`.")
class UnenrollLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(INDEX)
    enrollment: Enrollment | None = computed(ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[UnenrollLeadsError] = computed(ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `unenrollLeads` answers.")
class UnenrollLeadsPayload(BatchPayload):
    """The rows, or the refusals of the whole."""

    rows: list[UnenrollLeadsRow] = strawberry.field(default_factory=list["UnenrollLeadsRow"], description=ROWS)
    errors: list[UnenrollLeadsError] = strawberry.field(description=ERRORS)


async def unenroll_leads(info: Info, input: UnenrollLeadsInput) -> UnenrollLeadsPayload:
    """Take many leads out of a sequence."""
    request = to_request(input)
    verb = answering(lambda call: unenroll.unenroll_leads(call, request, input.reason))
    return await run(info, UnenrollLeadsPayload, input, verb)


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
    pause_enrollments = strawberry.mutation(
        resolver=bulk_pauses.pause_enrollments, description="Stop up to 500 leads where they are in a sequence."
    )
    resume_enrollment = strawberry.mutation(
        resolver=single.resume, description="Let a paused enrollment go on; what was left of a wait is still to be waited for."
    )
    resume_enrollments = strawberry.mutation(
        resolver=bulk_pauses.resume_enrollments, description="Let up to 500 leads go on that are paused in a sequence."
    )
