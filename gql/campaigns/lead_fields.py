"""What a lead shows of campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from persistence.campaign_members import memberships_by_lead
from persistence.campaigns import campaigns_by_lead

if TYPE_CHECKING:
    from gql.campaigns.types import Campaign, CampaignMember


@strawberry.type
class CampaignFields:
    """The part of `Lead` that leads to campaigns."""

    campaigns: Connection[Annotated[Campaign, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "The campaigns that it is a member of, the one that it joined last first.", listing=campaigns_by_lead, order="JOINED_AT"
    )
    campaign_memberships: Connection[Annotated[CampaignMember, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "Its places in those campaigns: variant, and how far it came.", listing=memberships_by_lead, order="JOINED_AT"
    )
