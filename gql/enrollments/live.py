"""Changes of enrollments, told live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.events import Event as DomainEvent
from domain.events import EventType
from gql.edges import to_one
from gql.enrollments.enums import EnrollmentChangeKind, ExitReason
from gql.enrollments.types import Enrollment
from gql.errors import ErrorCode, PublicError
from gql.events.types import Event
from gql.ids import decode_kind
from gql.leads.filters import MAX_VALUES
from gql.leads.types import Lead
from gql.nodes import computed, plain
from gql.scalars import Cursor
from gql.subscriptions.watches import Accepts, live
from persistence.enrollments import enrollment_by_id
from persistence.leads import lead_by_id

_KINDS = {
    EventType.ENROLLED: EnrollmentChangeKind.ENROLLED,
    EventType.ENROLLMENT_PAUSED: EnrollmentChangeKind.PAUSED,
    EventType.ENROLLMENT_RESUMED: EnrollmentChangeKind.RESUMED,
    EventType.ENROLLMENT_MOVED: EnrollmentChangeKind.MOVED,
    EventType.ENROLLMENT_COMPLETED: EnrollmentChangeKind.COMPLETED,
    EventType.ENROLLMENT_EXITED: EnrollmentChangeKind.EXITED,
}


def _exit_reason(change: Any) -> ExitReason | None:
    reason: str | None = change.event.changes.get("exit_reason")
    return None if reason is None else ExitReason(reason)


@strawberry.type(description="A lead entered a sequence, left it, or something else was done to its enrollment.")
class EnrollmentChanged:
    """Any change of an enrollment but its way from step to step."""

    cursor: Cursor = plain("Where to go on with `after`: everything up to this event has been told.")
    event: Event = plain("The event itself: when it happened, who is behind it, and all that changed.")
    kind: EnrollmentChangeKind = computed("What was done.", lambda change: _KINDS[change.event.type])
    exit_reason: ExitReason | None = computed("Why the enrollment ended before its end.", _exit_reason)
    enrollment: Enrollment | None = to_one(
        "The enrollment as it is now.", key=lambda change: UUID(change.event.changes["enrollment_id"]), batch=enrollment_by_id
    )
    lead: Lead | None = to_one(
        "The lead as it is now; null when it was deleted.", key=lambda change: change.event.lead_id, batch=lead_by_id
    )


def _meant(given: Mapping[str, Any]) -> Accepts | None:
    kinds: list[EnrollmentChangeKind] | None = given.get("kinds")
    ids: list[str] | None = given.get("sequence_ids")
    if ids is not None and len(ids) > MAX_VALUES:
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`sequenceIds` has at most {MAX_VALUES} values.")
    sequences = None if ids is None else {str(decode_kind("Sequence", id)) for id in ids}

    def accepts(event: DomainEvent) -> bool:
        wanted = kinds is None or _KINDS[event.type] in kinds
        return wanted and (sequences is None or event.changes.get("sequence_id") in sequences)

    return accepts


@strawberry.type
class EnrollmentSubscriptions:
    """The part of `Subscription` that tells of enrollments."""

    enrollment_changed = live(
        EnrollmentChanged,
        "What is done to enrollments in sequences.",
        types=tuple(_KINDS),
        arguments={
            "kinds": Annotated[list[EnrollmentChangeKind] | None, strawberry.argument(description="Only changes of these kinds.")],
            "sequence_ids": Annotated[
                list[strawberry.ID] | None, strawberry.argument(description="Only in these sequences, at most 200; without it, in all.")
            ],
        },
        accepts=_meant,
    )
