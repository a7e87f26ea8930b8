"""Custom fields at the root of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from gql.custom_fields.types import CustomField
from gql.edges import to_pages
from gql.paging import Connection
from persistence.custom_fields import all_custom_fields


def _archived(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_archived"))


@strawberry.type
class CustomFieldQueries:
    """The part of `Query` that is about custom fields."""

    custom_fields: Connection[CustomField] = to_pages(
        "The fields that the workspace defined for its leads, by label.",
        listing=all_custom_fields,
        order="LABEL",
        descending=False,
        key=None,
        arguments={"include_archived": Annotated[bool | None, strawberry.argument(description="True: archived custom fields too.")]},
        narrow=_archived,
    )
