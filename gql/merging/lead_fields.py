"""What a lead shows of its merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from persistence.merges import merges_by_lead

if TYPE_CHECKING:
    from gql.merging.types import LeadMerge


@strawberry.type
class MergeFields:
    """The part of `Lead` that leads to what it was merged with."""

    merges: Connection[Annotated[LeadMerge, strawberry.lazy("gql.merging.types")]] = to_pages(
        "The leads that it took in, the latest merge first; undone merges too.", listing=merges_by_lead, order="AT"
    )
