"""Lists of leads: the arguments that all of them take besides Relay's, and their declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.filters import LeadQuery
from domain.leads import Lead
from gql.edges import Key, by_id, to_pages
from gql.leads.filters import LeadFilter, LeadOrder, lead_order, lead_query
from persistence.paging import Listing

LEAD_ARGUMENTS: Mapping[str, Any] = {
    "filter": Annotated[LeadFilter | None, strawberry.argument(description="Only leads that meet these conditions.")],
    "search": Annotated[
        str | None,
        strawberry.argument(
            description=(
                "Only leads that every word finds: by the beginning of a word of name or company, of the e-mail address or its domain, "
                "or by a phone number's digits. At most 200 characters."
            )
        ),
    ],
    "order_by": Annotated[LeadOrder | None, strawberry.argument(description="The order; without it, the newest first.")],
}


def lead_pages(description: str, listing: Listing[Lead, LeadQuery], *, key: Key | None = by_id) -> Any:
    """Declare a connection of leads: filtered, searched and ordered like all others, the newest first."""
    return to_pages(
        description,
        listing=listing,
        order="CREATED_AT",
        key=key,
        arguments=LEAD_ARGUMENTS,
        narrow=lead_query,
        ordered=lead_order,
    )
