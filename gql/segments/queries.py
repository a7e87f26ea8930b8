"""Segments at the root of the graph."""

from __future__ import annotations

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from gql.segments.types import Segment
from persistence.segments import all_segments


@strawberry.type
class SegmentQueries:
    """The part of `Query` that is about segments."""

    segments: Connection[Segment] = to_pages("The segments, by name.", listing=all_segments, order="NAME", descending=False, key=None)
