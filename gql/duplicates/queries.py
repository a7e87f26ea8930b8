"""The groups of leads that may be one person, from the root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.duplicates import DuplicateSignal
from gql.duplicates.types import DuplicateGroup
from gql.edges import to_pages
from gql.paging import Connection
from persistence.duplicates import all_duplicate_groups


def _signals(given: Mapping[str, Any]) -> tuple[DuplicateSignal, ...] | None:
    signals: list[DuplicateSignal] | None = given.get("signals")
    return None if signals is None else tuple(sorted(set(signals)))


@strawberry.type
class DuplicateQueries:
    """The part of `Query` that finds duplicates."""

    duplicate_leads: Connection[DuplicateGroup] = to_pages(
        "Groups of leads that have something in common and may be one person; a lead may be in several of them.",
        listing=all_duplicate_groups,
        order="SIGNAL",
        descending=False,
        key=None,
        arguments={
            "signals": Annotated[
                list[DuplicateSignal] | None,
                strawberry.argument(description="Only groups with one of these in common; without it, all. An empty list asks for none."),
            ]
        },
        narrow=_signals,
    )
