"""The arguments that every list of leads takes besides Relay's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from gql.leads.filters import LeadFilter, LeadOrder

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
