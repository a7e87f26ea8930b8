"""Sequences at the root of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.shipped_sequences import SHIPPED
from gql.edges import looked_up_by_id, to_pages
from gql.paging import Connection
from gql.sequences.types import Sequence, SequenceTemplate
from persistence.sequences import all_sequences, sequence_by_id


def _archived(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_archived"))


@strawberry.type
class SequenceQueries:
    """The part of `Query` that leads to sequences."""

    sequences: Connection[Sequence] = to_pages(
        "The sequences, by name.",
        listing=all_sequences,
        order="NAME",
        descending=False,
        key=None,
        arguments={"include_archived": Annotated[bool | None, strawberry.argument(description="True: archived sequences too.")]},
        narrow=_archived,
    )

    sequence: Sequence | None = looked_up_by_id(
        "One sequence; null when there is none with this id.", "sequence", "Sequence", sequence_by_id
    )

    @strawberry.field(description="The sequences that come with the service, one for each type.")
    def sequence_templates(self) -> list[SequenceTemplate]:
        """List the shipped sequences."""
        return list(SHIPPED.values())  # pyright: ignore[reportReturnType] -- the type is a view of the domain's noun
