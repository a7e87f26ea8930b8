"""Segments, seen from their leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.edges import to_many
from persistence.segment_leads import segments_by_lead

if TYPE_CHECKING:
    from gql.segments.types import Segment


@strawberry.type
class SegmentsOfLead:
    """The part of `Lead` that leads to segments."""

    segments: list[Annotated[Segment, strawberry.lazy("gql.segments.types")]] = to_many(
        "The segments that it is in now, by name.", batch=segments_by_lead
    )
