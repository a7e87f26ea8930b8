"""What a lead shows of its duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.edges import to_many
from persistence.duplicates import duplicates_by_lead

if TYPE_CHECKING:
    from gql.duplicates.types import DuplicateCandidate


@strawberry.type
class DuplicateFields:
    """The part of `Lead` that leads to those that may be the same person."""

    duplicates: list[Annotated[DuplicateCandidate, strawberry.lazy("gql.duplicates.types")]] = to_many(
        "The leads that may be the same person, the likeliest first; at most 50.", batch=duplicates_by_lead
    )
