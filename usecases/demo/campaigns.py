"""The part of a made-up workspace that is campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.campaign_life import CampaignStatusChange
from domain.campaign_members import CampaignMember
from domain.campaigns import Campaign, CampaignBudgetLine, CampaignCost, CampaignVariant
from persistence import campaign_members, campaigns
from persistence.database import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignContents:
    """Campaigns with all that belongs to them; their touches are among the activities."""

    campaigns: Sequence[Campaign]
    variants: Sequence[CampaignVariant]
    lines: Sequence[CampaignBudgetLine]
    costs: Sequence[CampaignCost]
    history: Sequence[CampaignStatusChange]
    members: Sequence[CampaignMember]


async def add_campaigns(tx: Writing, contents: CampaignContents) -> None:
    """Write campaigns down; their leads must be there, and their touches come afterwards."""
    await campaigns.add_campaigns(tx, contents.campaigns)
    await campaigns.add_variants(tx, contents.variants)
    await campaigns.add_budget_lines(tx, contents.lines)
    await campaigns.add_costs(tx, contents.costs)
    await campaigns.add_status_changes(tx, contents.history)
    await campaign_members.add_members(tx, contents.members)
