"""Which follow-ups a list is about, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain import follow_ups as domain
from gql.edges import Key, by_id, to_pages
from gql.follow_ups.enums import FollowUpKind, FollowUpOrderField, FollowUpOrigin, FollowUpState
from gql.leads.filters import DateTimeFilter, IdFilter, OrderDirection, to_filter
from persistence.paging import Listing


def _optional(description: str, **options: Any) -> Any:
    return strawberry.field(default=UNSET, description=description, **options)


@strawberry.input(description="Conditions on the state of a follow-up.")
class FollowUpStateFilter:
    """See `domain.filters.OneOf`."""

    eq: FollowUpState | None = _optional("Equal to this value.")
    in_: list[FollowUpState] | None = _optional("One of these values.", name="in")


@strawberry.input(description="Conditions on the kind of a follow-up.")
class FollowUpKindFilter:
    """See `domain.filters.OneOf`."""

    eq: FollowUpKind | None = _optional("Equal to this value.")
    in_: list[FollowUpKind] | None = _optional("One of these values.", name="in")


@strawberry.input(description="Conditions on the origin of a follow-up.")
class FollowUpOriginFilter:
    """See `domain.filters.OneOf`."""

    eq: FollowUpOrigin | None = _optional("Equal to this value.")
    in_: list[FollowUpOrigin] | None = _optional("One of these values.", name="in")


@strawberry.input(description="Which follow-ups are meant: everything that is set must hold. A condition that is null is refused.")
class FollowUpFilter:
    """See `domain.follow_ups.FollowUpFilter`."""

    state: FollowUpStateFilter | None = _optional("By state.")
    kind: FollowUpKindFilter | None = _optional("By what is to be done.")
    origin: FollowUpOriginFilter | None = _optional("By who wanted it.")
    due_at: DateTimeFilter | None = _optional("By when it is due.")
    overdue: bool | None = _optional("By whether it is open and should have been done by now.")
    agent: IdFilter | None = _optional("By the agent who is to do it; `isNull: true` finds those of nobody.")
    lead: IdFilter | None = _optional("By the lead.")


@strawberry.input(description="The order of a list of follow-ups.")
class FollowUpOrder:
    """A field and a direction."""

    field: FollowUpOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way; the earliest first by default.")


FOLLOW_UP_ARGUMENTS: Mapping[str, Any] = {
    "filter": Annotated[FollowUpFilter | None, strawberry.argument(description="Only follow-ups that meet these conditions.")],
    "order_by": Annotated[FollowUpOrder | None, strawberry.argument(description="The order; without it, those due first come first.")],
}


def read_filter(filter: FollowUpFilter, at: datetime) -> domain.FollowUpFilter:
    """Make the domain's filter; what is overdue is judged by `at`. Raises PublicError BAD_USER_INPUT."""
    read = to_filter(filter, domain.FollowUpFilter)
    return read if read.overdue is None else replace(read, at=at)


def _narrow(given: Mapping[str, Any]) -> domain.FollowUpFilter | None:
    return read_filter(given["filter"], given["at"]) if "filter" in given else None


def _order(given: Mapping[str, Any]) -> tuple[str, bool] | None:
    order: FollowUpOrder | None = given.get("order_by")
    return None if order is None else (order.field.value, order.direction is OrderDirection.DESC)


def follow_up_pages(description: str, listing: Listing[Any, Any], *, key: Key | None = by_id) -> Any:
    """Declare a connection of follow-ups: filtered and ordered like all others, those due first come first."""
    return to_pages(
        description,
        listing=listing,
        order="DUE_AT",
        descending=False,
        key=key,
        arguments=FOLLOW_UP_ARGUMENTS,
        narrow=_narrow,
        ordered=_order,
        timed=True,
    )
