"""Mutations that pause and resume many enrollments of one sequence."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from gql.context import Info
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
from gql.enrollments.types import Enrollment
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.types import Lead
from gql.mutations import MutationInput, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError
from gql.scalars import Cursor
from usecases.sequences import pause_enrollment


@strawberry.input(description="What `pauseEnrollments` takes: either `leadIds` or `filter` says which leads.")
class PauseEnrollmentsInput(MutationInput):
    """See `usecases.sequences.pause_enrollment.pause_enrollments`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence in which they shall stay where they are; it may be archived.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description=f"{LEAD_IDS} What is paused already gets a new end.")
    filter: LeadFilter | None = filtered(
        "The leads that it means and that are on their way through the sequence; paused ones stay as they are"
    )
    until: datetime | None = strawberry.field(default=None, description="Until when, within a year; without it, until they are resumed.")
    after: Cursor | None = after()
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=POLICY)


PauseEnrollmentsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("PauseEnrollmentsError", description="Why enrollments were not paused."),
]


@strawberry.type(description="What became of one lead of `pauseEnrollments`.")
class PauseEnrollmentsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(INDEX)
    enrollment: Enrollment | None = computed(ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[PauseEnrollmentsError] = computed(ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `pauseEnrollments` answers.")
class PauseEnrollmentsPayload(BatchPayload):
    """The rows, or the refusals of the whole."""

    rows: list[PauseEnrollmentsRow] = strawberry.field(default_factory=list["PauseEnrollmentsRow"], description=ROWS)
    errors: list[PauseEnrollmentsError] = strawberry.field(description=ERRORS)


async def pause_enrollments(info: Info, input: PauseEnrollmentsInput) -> PauseEnrollmentsPayload:
    """Pause many enrollments."""
    request = to_request(input)
    verb = answering(lambda call: pause_enrollment.pause_enrollments(call, request, input.until))
    return await run(info, PauseEnrollmentsPayload, input, verb)


@strawberry.input(description="What `resumeEnrollments` takes: either `leadIds` or `filter` says which leads.")
class ResumeEnrollmentsInput(MutationInput):
    """See `usecases.sequences.pause_enrollment.resume_enrollments`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence in which they shall go on; it may be archived.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description=f"{LEAD_IDS} What is not paused is left alone.")
    filter: LeadFilter | None = filtered("The leads that it means and that are paused in the sequence")
    after: Cursor | None = after()
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=POLICY)


ResumeEnrollmentsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("ResumeEnrollmentsError", description="Why enrollments were not resumed."),
]


@strawberry.type(description="What became of one lead of `resumeEnrollments`.")
class ResumeEnrollmentsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(INDEX)
    enrollment: Enrollment | None = computed(ENROLLMENT, lambda row: row.thing and row.thing["enrollment"])
    lead: Lead | None = computed(LEAD, lambda row: row.thing and row.thing["lead"])
    errors: list[ResumeEnrollmentsError] = computed(ROW_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `resumeEnrollments` answers.")
class ResumeEnrollmentsPayload(BatchPayload):
    """The rows, or the refusals of the whole."""

    rows: list[ResumeEnrollmentsRow] = strawberry.field(default_factory=list["ResumeEnrollmentsRow"], description=ROWS)
    errors: list[ResumeEnrollmentsError] = strawberry.field(description=ERRORS)


async def resume_enrollments(info: Info, input: ResumeEnrollmentsInput) -> ResumeEnrollmentsPayload:
    """Resume many enrollments."""
    request = to_request(input)
    verb = answering(lambda call: pause_enrollment.resume_enrollments(call, request))
    return await run(info, ResumeEnrollmentsPayload, input, verb)
