"""The part of the root that is about work queues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from gql.queues.types import Queue
from persistence.queues import all_queues


def _archived(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_archived"))


@strawberry.type
class QueueQueries:
    """The part of `Query` that is about work queues."""

    queues: Connection[Queue] = to_pages(
        "The work queues, by name.",
        listing=all_queues,
        order="NAME",
        descending=False,
        key=None,
        arguments={"include_archived": Annotated[bool | None, strawberry.argument(description="True: archived queues too.")]},
        narrow=_archived,
    )
