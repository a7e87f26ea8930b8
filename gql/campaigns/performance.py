"""What a campaign achieved, as the graph shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import campaign_performance as domain
from gql.campaigns.enums import MetricGap
from gql.edges import to_one
from gql.money import Money
from gql.nodes import computed, plain, shows
from persistence.campaigns import campaign_variant_by_id

if TYPE_CHECKING:
    from gql.campaigns.types import CampaignVariant


@strawberry.type(description="How many of how many.")
class CampaignRate:
    """See `domain.campaign_performance.Rate`."""

    count: int = plain("How many.")
    denominator: int = plain("Of how many.")
    rate: float | None = plain("The share, 0–1; null of nobody.")
    low: float | None = plain("The lower end of Wilson's 95 % interval of the share.")
    high: float | None = plain("The upper end of Wilson's 95 % interval of the share.")
    is_type_of = shows(domain.Rate)


@strawberry.type(description="What members did, what that cost and what it brought.")
class CampaignFigures:
    """What the whole and its variants have in common; see `domain.campaign_performance.Performance`."""

    members: int = plain("Who is a member, and who left after having been touched; `members(filter: {counted: true})` lists them.")
    sent: CampaignRate = plain("Members who were sent something, of all members.")
    delivered: CampaignRate = plain("Members whom it reached, of those who were sent something.")
    opened: CampaignRate = plain("Members who opened something, of those whom it reached.")
    clicked: CampaignRate = plain("Members who clicked something, of those whom it reached.")
    responded: CampaignRate = plain("Members who answered, of those whom it reached.")
    opted_out: CampaignRate = plain("Members who opted out, of those whom it reached.")
    converted: CampaignRate = plain("Members who stand CLOSED_WON, won within the attribution window after they joined, of all members.")
    reported_conversions: int = computed(
        "Members of whom another system reported a conversion; beside `converted`, which follows from the leads' status alone.",
        lambda figures: figures.counts.reported,
    )
    budget: Money = plain("What may be spent, as far as the lines are in the workspace's currency.")
    cost: Money = plain("What was spent, as far as it is in the workspace's currency.")
    attributed_revenue: Money = plain("What the deals of converted members are worth; a lead in several campaigns counts whole in each.")
    unvalued_conversions: int = computed(
        "Converted members whose deal has no value in the workspace's currency: they bring no revenue here.",
        lambda figures: figures.counts.unvalued,
    )
    roi: float | None = plain("(Revenue − cost) ÷ cost.")
    roi_gap: MetricGap | None = plain("Why `roi` is null.")
    cost_per_lead: Money | None = plain("Cost ÷ members.")
    cost_per_lead_gap: MetricGap | None = plain("Why `costPerLead` is null.")
    cost_per_conversion: Money | None = plain("Cost ÷ conversions.")
    cost_per_conversion_gap: MetricGap | None = plain("Why `costPerConversion` is null.")


@strawberry.type(description="What one variant achieved. Its cost is what was written down for it alone.")
class CampaignVariantPerformance(CampaignFigures):
    """The figures of one variant."""

    variant: Annotated[CampaignVariant, strawberry.lazy("gql.campaigns.types")] | None = to_one(
        "The variant.", key=lambda figures: figures.variant_id, batch=campaign_variant_by_id
    )


@strawberry.type(description="What a campaign achieved with the leads that the viewer may see; deleted ones count nowhere.")
class CampaignPerformance(CampaignFigures):
    """The figures of the whole."""

    variants: list[CampaignVariantPerformance] = plain("The same for each variant, in the order of their creation.")
