"""All mutations of campaigns together."""

from __future__ import annotations

import strawberry

from gql.campaigns.campaign_mutations import CampaignMutations
from gql.campaigns.member_mutations import CampaignMemberMutations
from gql.campaigns.money_mutations import CampaignMoneyMutations
from gql.campaigns.status_mutations import CampaignStatusMutations
from gql.campaigns.touch_mutations import CampaignTouchMutations
from gql.campaigns.variant_mutations import CampaignVariantMutations


@strawberry.type
class AllCampaignMutations(
    CampaignMutations,
    CampaignStatusMutations,
    CampaignVariantMutations,
    CampaignMoneyMutations,
    CampaignMemberMutations,
    CampaignTouchMutations,
):
    """The part of `Mutation` that is about campaigns."""
