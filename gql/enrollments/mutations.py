"""Mutations of single enrollments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from gql.context import Info
from gql.enrollments.refusals import (
    AlreadyEnrolled,
    EnrollmentEnded,
    EnrollmentsCapped,
    LeadNotEnrollable,
    LeadSuppressed,
    SequenceClosed,
)
from gql.enrollments.types import Enrollment
from gql.ids import decode_kind
from gql.leads.types import Lead
from gql.mutations import MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.sequences import enroll, pause_enrollment, unenroll
from usecases.verbs import Call

_ENROLLMENT = "The enrollment as it is now; null when the request was refused."
_LEAD = "The enrollment's lead as it is now."
_ERRORS = "Why it was refused; empty when it was not."


def _enrollment_id() -> strawberry.ID:
    return strawberry.field(description="The enrollment. `expectedVersion` is the enrollment's.")


@strawberry.input(description="What `enrollLead` takes. `expectedVersion` is the lead's.")
class EnrollLeadInput(VersionedInput):
    """See `usecases.sequences.enroll.EnrollLead`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    sequence_id: strawberry.ID = strawberry.field(description="The sequence; its published version is entered.")


EnrollLeadError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | SequenceClosed
    | AlreadyEnrolled
    | LeadSuppressed
    | LeadNotEnrollable
    | EnrollmentsCapped
    | IdempotencyKeyReused,
    strawberry.union("EnrollLeadError", description="Why a lead was not enrolled."),
]


@strawberry.type(description="What `enrollLead` answers.")
class EnrollLeadPayload(MutationPayload):
    """The enrollment and its lead, or the refusals."""

    enrollment: Enrollment | None = strawberry.field(default=None, description=_ENROLLMENT)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[EnrollLeadError] = strawberry.field(description=_ERRORS)


async def enroll_lead(info: Info, input: EnrollLeadInput) -> EnrollLeadPayload:
    """Enroll a lead."""
    request = enroll.EnrollLead(
        lead_id=decode_kind("Lead", input.lead_id),
        sequence_id=decode_kind("Sequence", input.sequence_id),
        expected_version=input.expected_version,
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await enroll.enroll_lead(call, request)).parts

    return await run(info, EnrollLeadPayload, input, verb)


@strawberry.input(description="What `unenrollLead` takes.")
class UnenrollLeadInput(VersionedInput):
    """See `usecases.sequences.unenroll.UnenrollLead`."""

    enrollment_id: strawberry.ID = _enrollment_id()
    reason: str | None = strawberry.field(default=None, description="Why; at most 500 characters.")


UnenrollLeadError = Annotated[
    ValidationError | NotFound | VersionConflict | EnrollmentEnded | IdempotencyKeyReused,
    strawberry.union("UnenrollLeadError", description="Why a lead was not taken out of a sequence."),
]


@strawberry.type(description="What `unenrollLead` answers.")
class UnenrollLeadPayload(MutationPayload):
    """The enrollment and its lead, or the refusals."""

    enrollment: Enrollment | None = strawberry.field(default=None, description=_ENROLLMENT)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[UnenrollLeadError] = strawberry.field(description=_ERRORS)


async def unenroll_lead(info: Info, input: UnenrollLeadInput) -> UnenrollLeadPayload:
    """End an enrollment."""
    request = unenroll.UnenrollLead(
        enrollment_id=decode_kind("Enrollment", input.enrollment_id), reason=input.reason, expected_version=input.expected_version
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await unenroll.unenroll_lead(call, request)).parts

    return await run(info, UnenrollLeadPayload, input, verb)


@strawberry.input(description="What `pauseEnrollment` takes.")
class PauseEnrollmentInput(VersionedInput):
    """See `usecases.sequences.pause_enrollment.PauseEnrollment`."""

    enrollment_id: strawberry.ID = _enrollment_id()
    until: datetime | None = strawberry.field(
        default=None, description="Until when, within a year; without it, until it is resumed. What is paused already gets a new end."
    )


PauseEnrollmentError = Annotated[
    ValidationError | NotFound | VersionConflict | EnrollmentEnded | IdempotencyKeyReused,
    strawberry.union("PauseEnrollmentError", description="Why an enrollment was not paused."),
]


@strawberry.type(description="What `pauseEnrollment` answers.")
class PauseEnrollmentPayload(MutationPayload):
    """The enrollment and its lead, or the refusals."""

    enrollment: Enrollment | None = strawberry.field(default=None, description=_ENROLLMENT)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[PauseEnrollmentError] = strawberry.field(description=_ERRORS)


async def pause(info: Info, input: PauseEnrollmentInput) -> PauseEnrollmentPayload:
    """Pause an enrollment."""
    request = pause_enrollment.PauseEnrollment(
        enrollment_id=decode_kind("Enrollment", input.enrollment_id), until=input.until, expected_version=input.expected_version
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await pause_enrollment.pause_enrollment(call, request)).parts

    return await run(info, PauseEnrollmentPayload, input, verb)


@strawberry.input(description="What `resumeEnrollment` takes.")
class ResumeEnrollmentInput(VersionedInput):
    """See `usecases.sequences.pause_enrollment.ResumeEnrollment`."""

    enrollment_id: strawberry.ID = _enrollment_id()


ResumeEnrollmentError = Annotated[
    ValidationError | NotFound | VersionConflict | EnrollmentEnded | IdempotencyKeyReused,
    strawberry.union("ResumeEnrollmentError", description="Why an enrollment was not resumed."),
]


@strawberry.type(description="What `resumeEnrollment` answers.")
class ResumeEnrollmentPayload(MutationPayload):
    """The enrollment and its lead, or the refusals."""

    enrollment: Enrollment | None = strawberry.field(default=None, description=_ENROLLMENT)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[ResumeEnrollmentError] = strawberry.field(description=_ERRORS)


async def resume(info: Info, input: ResumeEnrollmentInput) -> ResumeEnrollmentPayload:
    """Resume an enrollment."""
    request = pause_enrollment.ResumeEnrollment(
        enrollment_id=decode_kind("Enrollment", input.enrollment_id), expected_version=input.expected_version
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await pause_enrollment.resume_enrollment(call, request)).parts

    return await run(info, ResumeEnrollmentPayload, input, verb)
