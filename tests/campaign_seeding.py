"""Fills a workspace with campaigns: as many as a test asks for, the first of them with long lists of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from uuid_utils.compat import uuid7

from domain.activities import Activity, ActivityType
from domain.campaign_life import CampaignStatusChange
from domain.campaign_members import CampaignMember, new_member, touched
from domain.campaign_members import CampaignTouchType as Touch
from domain.campaigns import Campaign, CampaignBudgetLine, CampaignCost, CampaignStatus, CampaignVariant, new_campaign
from domain.leads import Lead
from persistence import campaign_members, campaigns
from persistence.activities import add_activities
from persistence.database import Writing
from tests.worlds import World

_MOST_LINES = 60


async def seed_campaigns(tx: Writing, world: World, leads: Sequence[Lead], rows: int) -> Mapping[str, Sequence[Any]]:
    """Put campaigns into the world; answer things by the names that operations know them by.

    `campaign` runs and has everybody as a member, `draftCampaign` too, `pausedCampaign` nobody; the first lead is in all others.
    The draft's first `variant` has money of its own.
    """
    running = [_campaign(world, number, CampaignStatus.RUNNING) for number in range(rows)]
    draft, paused = _campaign(world, rows, CampaignStatus.DRAFT), _campaign(world, rows + 1, CampaignStatus.PAUSED)
    variants = {campaign.id: [_variant(world, campaign, name) for name in ("A", "B")] for campaign in (*running, draft, paused)}
    first = running[0]
    members = [_member(world, campaign, lead, variants[campaign.id]) for campaign in (first, draft) for lead in leads]
    members += [_member(world, campaign, leads[0], variants[campaign.id]) for campaign in running[1:]]
    lines = [_line(world, first, number) for number in range(min(rows, _MOST_LINES))]
    costs = [_cost(world, first, number) for number in range(rows)]
    tested = variants[draft.id][0]
    lines += [replace(_line(world, draft, number), variant_id=tested.id) for number in range(min(rows, _MOST_LINES))]
    costs += [replace(_cost(world, draft, number), variant_id=tested.id) for number in range(rows)]
    await campaigns.add_campaigns(tx, [*running, draft, paused])
    await campaigns.add_variants(tx, [variant for each in variants.values() for variant in each])
    await campaign_members.add_members(tx, members)
    await campaigns.add_budget_lines(tx, lines)
    await campaigns.add_costs(tx, costs)
    await campaigns.add_status_changes(tx, [_move(world, first, number) for number in range(rows)])
    await add_activities(tx, [_touch(world, first, lead) for lead in leads])
    return {
        "campaign": running,
        "draftCampaign": [draft],
        "pausedCampaign": [paused],
        "variant": variants[draft.id],
        "member": members,
        "budgetLine": lines,
        "cost": costs,
    }


def _campaign(world: World, number: int, status: CampaignStatus) -> Campaign:
    began = world.at - timedelta(days=30)
    blank = new_campaign(uuid7(), began - timedelta(minutes=number))
    begun = status is not CampaignStatus.DRAFT
    return replace(blank, name=f"Campaign {number}", status=status, starts_at=began, started_at=began if begun else None)


def _variant(world: World, campaign: Campaign, name: str) -> CampaignVariant:
    return CampaignVariant(
        id=uuid7(), campaign_id=campaign.id, version=1, name=name, description=None, weight=1, created_at=world.at, updated_at=world.at
    )


def _member(world: World, campaign: Campaign, lead: Lead, variants: Sequence[CampaignVariant]) -> CampaignMember:
    return touched(new_member(uuid7(), campaign, lead, variants, world.at - timedelta(days=20)), Touch.OPENED, world.at)


def _touch(world: World, campaign: Campaign, lead: Lead) -> Activity:
    return Activity(
        id=uuid7(),
        lead_id=lead.id,
        type=ActivityType.EMAIL_OPENED,
        occurred_at=world.at,
        recorded_at=world.at,
        source=None,
        source_event_id=None,
        asset=None,
        subject=None,
        body=None,
        agent_id=None,
        actor_kind="SYSTEM",
        actor_id=None,
        campaign_id=campaign.id,
    )


def _line(world: World, campaign: Campaign, number: int) -> CampaignBudgetLine:
    return CampaignBudgetLine(
        id=uuid7(),
        campaign_id=campaign.id,
        version=1,
        label=f"Line {number}",
        amount=Decimal(100),
        currency="EUR",
        variant_id=None,
        channel=None,
        created_at=world.at,
        updated_at=world.at,
    )


def _cost(world: World, campaign: Campaign, number: int) -> CampaignCost:
    return CampaignCost(
        id=uuid7(),
        campaign_id=campaign.id,
        incurred_on=date(2026, 6, 1) - timedelta(days=number),
        amount=Decimal(10),
        currency="EUR",
        variant_id=None,
        channel=None,
        note=None,
        recorded_at=world.at,
        actor_kind="AGENT",
        actor_id=world.ada.id,
    )


def _move(world: World, campaign: Campaign, number: int) -> CampaignStatusChange:
    return CampaignStatusChange(
        id=uuid7(),
        campaign_id=campaign.id,
        from_status=CampaignStatus.PAUSED,
        to_status=CampaignStatus.RUNNING,
        reason=None,
        actor_kind="AGENT",
        actor_id=world.ada.id,
        at=world.at - timedelta(hours=number),
    )
