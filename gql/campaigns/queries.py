"""Campaigns at the root of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain import campaigns as domain
from gql.campaigns.enums import CampaignOrderField, CampaignStatus, CampaignType
from gql.campaigns.types import Campaign
from gql.edges import looked_up_by_id, to_pages
from gql.errors import ErrorCode, PublicError
from gql.leads.filters import OrderDirection, refuse_nulls
from gql.paging import Connection
from persistence.campaigns import all_campaigns, campaign_by_id

_LONGEST_NAME = 200


@strawberry.input(description="Which campaigns are meant: everything that is set must hold. A condition that is null is refused.")
class CampaignFilter:
    """See `domain.campaigns.CampaignFilter`."""

    statuses: list[CampaignStatus] | None = strawberry.field(default=UNSET, description="With one of these statuses.")
    types: list[CampaignType] | None = strawberry.field(default=UNSET, description="Of one of these types.")
    name: str | None = strawberry.field(
        default=UNSET, description="Whose name contains this, without regard to case; at most 200 characters."
    )


@strawberry.input(description="The order of a list of campaigns.")
class CampaignOrder:
    """A field and a direction."""

    field: CampaignOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which way; the largest first by default.")


CAMPAIGN_ARGUMENTS: Mapping[str, Any] = {
    "filter": Annotated[CampaignFilter | None, strawberry.argument(description="Only campaigns that meet these conditions.")],
    "order_by": Annotated[CampaignOrder | None, strawberry.argument(description="The order; without it, the newest first.")],
}


def campaign_filter(given: Mapping[str, Any]) -> domain.CampaignFilter | None:
    """Make the listing's filter of the argument `filter`."""
    filter: CampaignFilter | None = given.get("filter")
    if filter is None:
        return None
    refuse_nulls(filter)
    name = filter.name or None
    if name is not None and (len(name) > _LONGEST_NAME or "\0" in name):
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`name` has at most {_LONGEST_NAME} characters.")
    return domain.CampaignFilter(
        statuses=None if filter.statuses is UNSET else tuple(sorted(set(filter.statuses or ()))),
        types=None if filter.types is UNSET else tuple(sorted(set(filter.types or ()))),
        name=name,
    )


def campaign_order(given: Mapping[str, Any]) -> tuple[str, bool] | None:
    """Make the listing's order of the argument `orderBy`."""
    order: CampaignOrder | None = given.get("order_by")
    return None if order is None else (order.field.value, order.direction is OrderDirection.DESC)


@strawberry.type
class CampaignQueries:
    """The part of `Query` that leads to campaigns."""

    campaigns: Connection[Campaign] = to_pages(
        "The campaigns, the newest first.",
        listing=all_campaigns,
        order="CREATED_AT",
        key=None,
        arguments=CAMPAIGN_ARGUMENTS,
        narrow=campaign_filter,
        ordered=campaign_order,
    )

    campaign: Campaign | None = looked_up_by_id(
        "One campaign; null when there is none with this id.", "campaign", "Campaign", campaign_by_id
    )
