"""Enrollments at the root of the graph."""

from __future__ import annotations

import strawberry

from gql.edges import looked_up_by_id
from gql.enrollments.moves import MoveQueries
from gql.enrollments.types import Enrollment
from persistence.enrollments import enrollment_by_id


@strawberry.type
class EnrollmentQueries(MoveQueries):
    """The part of `Query` that leads to enrollments."""

    enrollment: Enrollment | None = looked_up_by_id(
        "One enrollment; null when nothing visible has this id.", "enrollment", "Enrollment", enrollment_by_id
    )
