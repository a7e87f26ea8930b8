"""Enrollments at the root of the graph."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.context import Info
from gql.enrollments.moves import MoveQueries
from gql.enrollments.types import Enrollment
from gql.ids import decode_kind
from persistence.enrollments import enrollment_by_id


@strawberry.type
class EnrollmentQueries(MoveQueries):
    """The part of `Query` that leads to enrollments."""

    @strawberry.field(description="One enrollment; null when nothing visible has this id.")
    def enrollment(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The enrollment's global id.")]
    ) -> Enrollment | None:
        """Look up one enrollment."""
        return info.context.loaders.load(enrollment_by_id, decode_kind("Enrollment", id))  # pyright: ignore[reportReturnType] -- a future of it
