"""Campaigns, their variants, money and histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Text, Uuid, any_, bindparam, delete, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.campaign_life import CampaignStatusChange
from domain.campaigns import Campaign, CampaignBudgetLine, CampaignCost, CampaignFilter, CampaignStatus, CampaignVariant
from persistence.database import Reading, Scope, Writing
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import (
    campaign_budget_lines,
    campaign_costs,
    campaign_members,
    campaign_status_changes,
    campaign_variants,
    campaigns,
)
from persistence.writes import adding, locking, saving

_to_campaign = mapper(Campaign)
_CAMPAIGN_COLUMNS = [campaigns.c[name] for name in columns_of(Campaign)]
_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))

campaign_by_id = by_id(campaigns, Campaign)
campaign_variant_by_id = by_id(campaign_variants, CampaignVariant)
campaign_budget_line_by_id = by_id(campaign_budget_lines, CampaignBudgetLine)
campaign_cost_by_id = by_id(campaign_costs, CampaignCost)
variants_by_campaign = lists_by(campaign_variants, CampaignVariant, "campaign_id", campaign_variants.c.created_at, campaign_variants.c.id)
budget_lines_by_campaign, budget_lines_by_variant = (
    lists_by(campaign_budget_lines, CampaignBudgetLine, parent, campaign_budget_lines.c.created_at, campaign_budget_lines.c.id)
    for parent in ("campaign_id", "variant_id")
)


def _conditions(filter: CampaignFilter | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if filter is None:
        return ()
    parts: list[ColumnElement[bool]] = []
    for column, values in ((campaigns.c.status, filter.statuses), (campaigns.c.type, filter.types)):
        if values is not None:
            parts.append(column == any_(bindparam(None, [str(value) for value in values], type_=ARRAY(Text), unique=True)))
    if filter.name is not None:
        parts.append(func.strpos(func.lower(campaigns.c.name), func.lower(bindparam(None, filter.name, type_=Text(), unique=True))) > 0)
    return parts


all_campaigns: Listing[Campaign, CampaignFilter] = Listing(
    build=_to_campaign,
    columns=_CAMPAIGN_COLUMNS,
    source=campaigns,
    workspace=campaigns.c.workspace_id,
    id=campaigns.c.id,
    orderings={
        "CREATED_AT": Ordering(campaigns.c.created_at, datetime),
        "NAME": Ordering(func.lower(campaigns.c.name).collate("C"), str),
        "STARTS_AT": Ordering(campaigns.c.starts_at, datetime, nullable=True),
    },
    where=_conditions,
)
campaigns_by_lead: Listing[Campaign, Any] = Listing(
    build=_to_campaign,
    columns=_CAMPAIGN_COLUMNS,
    source=campaigns.join(
        campaign_members,
        (campaign_members.c.workspace_id == campaigns.c.workspace_id)
        & (campaign_members.c.campaign_id == campaigns.c.id)
        & campaign_members.c.left_at.is_(None),
    ),
    workspace=campaigns.c.workspace_id,
    id=campaigns.c.id,
    orderings={"JOINED_AT": Ordering(campaign_members.c.joined_at, datetime)},
    parent=campaign_members.c.lead_id,
)


def _list(table: Table, noun: type[Any], order: str, at: str, kind: type, parent: str = "campaign_id") -> Listing[Any, Any]:
    return Listing(
        build=mapper(noun),
        columns=[table.c[name] for name in columns_of(noun)],
        source=table,
        workspace=table.c.workspace_id,
        id=table.c.id,
        orderings={order: Ordering(table.c[at], kind)},
        parent=table.c[parent],
    )


status_changes_by_campaign = _list(campaign_status_changes, CampaignStatusChange, "AT", "at", datetime)
costs_by_campaign, costs_by_variant = (
    _list(campaign_costs, CampaignCost, "INCURRED_ON", "incurred_on", date, parent) for parent in ("campaign_id", "variant_id")
)

add_campaigns = adding(campaigns, Campaign)
save_campaigns = saving(campaigns, Campaign)
campaign_for_update = locking(campaigns, Campaign, key_share=True)
add_variants = adding(campaign_variants, CampaignVariant)
save_variants = saving(campaign_variants, CampaignVariant)
add_budget_lines = adding(campaign_budget_lines, CampaignBudgetLine)
save_budget_lines = saving(campaign_budget_lines, CampaignBudgetLine)
budget_line_for_update = locking(campaign_budget_lines, CampaignBudgetLine)
add_costs = adding(campaign_costs, CampaignCost)
add_status_changes = adding(campaign_status_changes, CampaignStatusChange)

_FOR_SHARE = Constant(
    select(*_CAMPAIGN_COLUMNS)
    .where(campaigns.c.workspace_id == bindparam("workspace_id"), campaigns.c.id == _ids)
    .order_by(campaigns.c.id)
    .with_for_update(read=True)
)


async def campaign_for_share(tx: Writing, ids: Sequence[UUID]) -> Mapping[UUID, Campaign]:
    """Read campaigns and keep them, with their variants, from changing until the transaction ends.

    Campaigns are locked before leads, always, so that no two wait in a circle.
    """
    return {row["id"]: _to_campaign(row) for row in await tx.fetch(_FOR_SHARE, ids=sorted(set(ids)))}


def _written(status: CampaignStatus) -> ColumnElement[str]:
    # Written out, so that the small indexes of what is still to come are used.
    return literal_column(f"'{status}'", Text())


_DUE = Constant(
    select(*_CAMPAIGN_COLUMNS)
    .where(
        campaigns.c.workspace_id == bindparam("workspace_id"),
        or_(
            (campaigns.c.status == _written(CampaignStatus.SCHEDULED)) & (campaigns.c.starts_at <= bindparam("at")),
            campaigns.c.status.in_((_written(CampaignStatus.RUNNING), _written(CampaignStatus.PAUSED)))
            & (campaigns.c.ends_at <= bindparam("at")),
        ),
    )
    .order_by(campaigns.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, key_share=True)
)


async def lock_due_campaigns(tx: Writing, at: datetime, limit: int) -> Sequence[Campaign]:
    """Lock campaigns whose start or end has come and that nobody else works on."""
    return [_to_campaign(row) for row in await tx.fetch(_DUE, at=at, limit=limit)]


_BY_NAME = Constant(
    select(campaigns.c.id).where(
        campaigns.c.workspace_id == bindparam("workspace_id"),
        func.lower(campaigns.c.name) == func.lower(bindparam("name", type_=Text())),
    )
)


async def campaign_ids_by_name(db: Reading, name: str) -> Sequence[UUID]:
    """Find the campaigns of a name, without regard to case."""
    return [row["id"] for row in await db.fetch(_BY_NAME, name=name)]


def _deleting(table: Table) -> Constant:
    return Constant(delete(table).where(table.c.workspace_id == bindparam("workspace_id"), table.c.id == bindparam("thing_id")))


_DELETE_VARIANT, _DELETE_BUDGET_LINE, _DELETE_COST = (
    _deleting(campaign_variants),
    _deleting(campaign_budget_lines),
    _deleting(campaign_costs),
)


def _releasing(table: Table) -> Constant:
    return Constant(
        update(table)
        .where(table.c.workspace_id == bindparam("workspace_id"), table.c.variant_id == bindparam("of_variant"))
        .values(variant_id=None)
    )


_RELEASE_BUDGET_LINES, _RELEASE_COSTS = _releasing(campaign_budget_lines), _releasing(campaign_costs)


async def delete_variant(tx: Writing, id: UUID) -> None:
    """Delete a variant that no member has; money for it stays with the campaign."""
    # The foreign keys would see to it, but silently: a dry run shows what statements do.
    await tx.execute(_RELEASE_BUDGET_LINES, of_variant=id)
    await tx.execute(_RELEASE_COSTS, of_variant=id)
    await tx.execute(_DELETE_VARIANT, thing_id=id)


async def delete_budget_line(tx: Writing, id: UUID) -> None:
    """Delete a budget line."""
    await tx.execute(_DELETE_BUDGET_LINE, thing_id=id)


async def delete_cost(tx: Writing, id: UUID) -> None:
    """Delete a cost."""
    await tx.execute(_DELETE_COST, thing_id=id)
