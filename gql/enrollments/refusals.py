"""Why leads are not enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import enrollments as domain
from gql.activities.enums import ContactChannel
from gql.edges import to_one
from gql.enrollments.enums import CapKind, EnrollmentState, ExitReason
from gql.leads.enums import LeadStatus
from gql.nodes import computed, shows
from gql.refusals import UserError
from persistence.enrollments import enrollment_by_id
from persistence.sequences import sequence_by_id

if TYPE_CHECKING:
    from gql.enrollments.types import Enrollment
    from gql.sequences.types import Sequence


@strawberry.type(description="The lead is in this sequence already, and stays as it is.")
class AlreadyEnrolled(UserError):
    """See `domain.enrollments.AlreadyEnrolled`."""

    enrollment: Annotated[Enrollment, strawberry.lazy("gql.enrollments.types")] | None = to_one(
        "The enrollment that there is.", key=lambda refusal: refusal.enrollment_id, batch=enrollment_by_id
    )
    is_type_of = shows(domain.AlreadyEnrolled)


@strawberry.type(description="Every channel that the sequence would use is closed for the lead.")
class LeadSuppressed(UserError):
    """See `domain.enrollments.LeadSuppressed`."""

    channels: list[ContactChannel] = computed(
        "The channels on which the lead must not be contacted.", lambda refusal: [ContactChannel(channel) for channel in refusal.channels]
    )
    is_type_of = shows(domain.LeadSuppressed)


@strawberry.type(description="The sequence does not take leads that stand where this one stands, or would lose it again at once.")
class LeadNotEnrollable(UserError):
    """See `domain.enrollments.LeadNotEnrollable`."""

    status: LeadStatus = strawberry.field(description="Where the lead stands.")
    allowed_statuses: list[LeadStatus] = computed("Where it would have to stand: one of these.", lambda refusal: refusal.allowed)
    criterion: ExitReason | None = strawberry.field(description="The exit criterion that it meets already, if that is why.")
    is_type_of = shows(domain.LeadNotEnrollable)


@strawberry.type(description="A bound on enrollments was reached.")
class EnrollmentsCapped(UserError):
    """See `domain.enrollments.EnrollmentsCapped`."""

    cap: CapKind = strawberry.field(description="Which bound.")
    limit: int = strawberry.field(description="The bound: enrollments, or days for REENTRY.")
    current: int = computed("What stands against it.", lambda refusal: refusal.current)
    is_type_of = shows(domain.EnrollmentsCapped)


@strawberry.type(description="The sequence is archived, or was never published.")
class SequenceClosed(UserError):
    """See `domain.enrollments.SequenceClosed`."""

    sequence: Annotated[Sequence, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The sequence.", key=lambda refusal: refusal.sequence_id, batch=sequence_by_id
    )
    archived: bool = strawberry.field(description="True: it is archived; false: it was never published.")
    is_type_of = shows(domain.SequenceClosed)


@strawberry.type(description="The enrollment has ended, and nothing can be done to it any more.")
class EnrollmentEnded(UserError):
    """See `domain.enrollments.EnrollmentEnded`."""

    enrollment: Annotated[Enrollment, strawberry.lazy("gql.enrollments.types")] | None = to_one(
        "The enrollment as it is now.", key=lambda refusal: refusal.enrollment_id, batch=enrollment_by_id
    )
    state: EnrollmentState = strawberry.field(description="How it stood when this was asked.")
    is_type_of = shows(domain.EnrollmentEnded)
