"""Which agents a list is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry
from strawberry import UNSET

from gql.ids import decode_kind
from gql.leads.filters import refuse_nulls
from gql.people.enums import Availability
from persistence import people


@strawberry.input(description="Which agents are meant: everything that is set must hold. A condition that is null is refused.")
class AgentFilter:
    """See `persistence.people.AgentFilter`."""

    availability: list[Availability] | None = strawberry.field(default=UNSET, description="One of these availabilities.")
    team_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="In this team; one that nothing visible has matches nobody."
    )


def agent_filter(given: Mapping[str, Any]) -> people.AgentFilter | None:
    """Make the listing's filter of the argument `filter`. Raises PublicError."""
    filter: AgentFilter | None = given.get("filter")
    if filter is None:
        return None
    refuse_nulls(filter)
    return people.AgentFilter(
        availability=None if filter.availability is UNSET else tuple(dict.fromkeys(filter.availability or ())),
        team_id=None if filter.team_id is UNSET else decode_kind("Team", filter.team_id or ""),
    )
