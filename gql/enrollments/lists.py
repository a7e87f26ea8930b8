"""Lists of enrollments: the argument that all of them take besides Relay's, and the fields of leads, sequences and versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.enrollments import Enrollment as DomainEnrollment
from gql.edges import by_id, to_many, to_one, to_pages
from gql.enrollments.enums import EnrollmentState
from gql.enrollments.moves import EnrollmentRun
from gql.enrollments.types import Enrollment, EnrollmentChange, SequenceVersionPerformance
from gql.nodes import plain
from gql.paging import Connection
from persistence.enrollment_performance import performance_by_sequence, performance_by_version
from persistence.enrollment_runs import enrollment_run_by_version, last_enrollment_run_by_sequence
from persistence.enrollments import StatesFilter, changes_by_sequence, enrollments_by_lead, enrollments_by_sequence, enrollments_by_version
from persistence.paging import Listing

_STATES = Annotated[
    list[EnrollmentState] | None, strawberry.argument(description="Only those in one of these states; an empty list asks for none.")
]


def _states(given: Mapping[str, Any]) -> StatesFilter:
    states: list[EnrollmentState] | None = given.get("states")
    return None if states is None else tuple(sorted(set(states)))


def _enrollment_pages(description: str, listing: Listing[DomainEnrollment, StatesFilter]) -> Any:
    return to_pages(description, listing=listing, order="ENROLLED_AT", arguments={"states": _STATES}, narrow=_states)


@strawberry.type
class EnrollmentFields:
    """The part of `Lead` that leads to sequences."""

    enrollments: Connection[Enrollment] = _enrollment_pages(
        "What it is and was enrolled in, the latest enrollment first.", enrollments_by_lead
    )
    live_enrollments: int = plain("In how many sequences it is now, paused ones included; ten at most.")


@strawberry.type
class SequenceEnrollmentFields:
    """The part of `Sequence` that leads to enrollments."""

    enrollments: Connection[Enrollment] = _enrollment_pages(
        "The leads that are and were in it, as far as the viewer may see them, the latest enrollment first.", enrollments_by_sequence
    )
    enrollment_history: Connection[EnrollmentChange] = to_pages(
        "What was done to its enrollments, as far as the viewer may see the leads, the latest first.",
        listing=changes_by_sequence,
        order="AT",
    )
    performance: list[SequenceVersionPerformance] = to_many(
        "What became of its enrollments, per version and step: the latest 20 versions, the latest first.", batch=performance_by_sequence
    )
    enrollment_run: EnrollmentRun | None = to_one(
        "The latest run that moves leads to one of its versions; null when there never was one. While it is not finished, "
        "`sequencePublishPreview` counts leads where they are by now.",
        key=by_id,
        batch=last_enrollment_run_by_sequence,
    )


@strawberry.type
class VersionEnrollmentFields:
    """The part of `SequenceVersion` that leads to enrollments."""

    enrollments: Connection[Enrollment] = _enrollment_pages(
        "The enrollments that are on it, or ended on it, as far as the viewer may see the leads, the latest first.", enrollments_by_version
    )
    performance: SequenceVersionPerformance | None = to_one(
        "What became of the enrollments that were ever on it.", key=by_id, batch=performance_by_version
    )
    enrollment_run: EnrollmentRun | None = to_one(
        "The run that moves leads to it which were on their way when it was published; null when none were to move.",
        key=by_id,
        batch=enrollment_run_by_version,
    )
