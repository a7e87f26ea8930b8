"""Which agents a list is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry
from strawberry import UNSET

from gql.ids import decode_kind
from gql.people.enums import Availability
from persistence import people


@strawberry.input(description="Which agents are meant: everything that is set must hold.")
class AgentFilter:
    """See `persistence.people.AgentFilter`."""

    availability: list[Availability] | None = strawberry.field(default=UNSET, description="One of these availabilities.")
    team_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="In this team; one that nothing visible has matches nobody."
    )


def _unset(value: object) -> bool:
    return value is None or value is UNSET


def agent_filter(given: Mapping[str, Any]) -> people.AgentFilter | None:
    """Make the listing's filter of the argument `filter`."""
    filter: AgentFilter | None = given.get("filter")
    if filter is None:
        return None
    return people.AgentFilter(
        availability=None if _unset(filter.availability) else tuple(dict.fromkeys(filter.availability or ())),
        team_id=None if _unset(filter.team_id) else decode_kind("Team", filter.team_id or ""),
    )
