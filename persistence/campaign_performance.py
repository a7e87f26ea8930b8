"""What campaigns achieved, counted in two statements however many campaigns there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Numeric, Select, Table, Uuid, and_, any_, bindparam, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.functions import coalesce

from domain.access import LeadVisibility
from domain.campaign_performance import MemberCounts, Performance
from persistence.campaign_members import is_converted, is_counted
from persistence.database import Reading, Scope
from persistence.lead_conditions import visible
from persistence.rows import columns_of
from persistence.statements import Constant, Prepared
from persistence.tables import campaign_budget_lines, campaign_costs, campaign_members, campaign_variants, campaigns, leads, workspaces

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))


def _counts(visibility: LeadVisibility | None) -> Select[Any]:
    members = campaign_members.c
    converted = is_converted()
    # Null where there is no value, and where its currency is another one.
    value = (leads.c.deal_currency == workspaces.c.currency, leads.c.deal_value)
    source = (
        campaign_members.join(campaigns, and_(campaigns.c.workspace_id == members.workspace_id, campaigns.c.id == members.campaign_id))
        .join(leads, and_(leads.c.workspace_id == members.workspace_id, leads.c.id == members.lead_id))
        .join(workspaces, workspaces.c.workspace_id == members.workspace_id)
    )
    return (
        select(
            members.campaign_id,
            members.variant_id,
            func.count().label("members"),
            *(
                func.count(members[f"{step}_at"]).label(step)
                for step in ("sent", "delivered", "opened", "clicked", "responded", "opted_out")
            ),
            func.count(members.reported_conversion_at).label("reported"),
            func.count().filter(converted).label("converted"),
            func.count().filter(converted, coalesce(value[0], literal_column("false")).is_(False)).label("unvalued"),
            coalesce(func.sum(value[1]).filter(converted, value[0]), literal_column("0")).label("revenue"),
        )
        .select_from(source)
        .where(
            members.workspace_id == bindparam("workspace_id"),
            members.campaign_id == _ids,
            is_counted(),
            leads.c.deleted_at.is_(None),
            visible(Scope(UUID(int=0), visibility)),
        )
        .group_by(members.campaign_id, members.variant_id)
    )


_COUNTS = Prepared(_counts)
_COUNTED = columns_of(MemberCounts)


def _sum_of(table: Table, campaign: Column[Any], variant: Column[Any] | None) -> ColumnElement[Any]:
    conditions = [
        table.c.workspace_id == campaign.table.c.workspace_id,
        table.c.campaign_id == campaign,
        table.c.currency == workspaces.c.currency,
    ]
    if variant is not None:
        conditions.append(table.c.variant_id == variant)
    total = select(func.sum(table.c.amount)).where(*conditions).correlate(campaign.table, workspaces).scalar_subquery()
    return coalesce(total, literal_column("0", Numeric()))


def _money(campaign: Column[Any], variant: Column[Any] | None) -> Select[*tuple[Any, ...]]:
    holder = campaign.table
    return (
        select(
            campaign.label("campaign_id"),
            (literal_column("NULL::uuid", Uuid()) if variant is None else variant).label("variant_id"),
            workspaces.c.currency,
            _sum_of(campaign_costs, campaign, variant).label("spent"),
            _sum_of(campaign_budget_lines, campaign, variant).label("budgeted"),
            holder.c.created_at,
        )
        .select_from(holder.join(workspaces, workspaces.c.workspace_id == holder.c.workspace_id))
        .where(holder.c.workspace_id == bindparam("workspace_id"), campaign == _ids)
    )


# Every campaign and every variant, also those without members: what is asked for is there, and be it nothing.
_places = union_all(_money(campaigns.c.id, None), _money(campaign_variants.c.campaign_id, campaign_variants.c.id)).subquery("places")
_MONEY = Constant(select(_places).order_by(_places.c.created_at, _places.c.variant_id))


async def performance_by_campaign(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Performance]:
    """Count what campaigns, and each of their variants, achieved with the leads that the viewer may see."""
    counted: dict[tuple[UUID, UUID | None], MemberCounts] = {}
    together: dict[UUID, list[MemberCounts]] = {}
    for row in await db.fetch(_COUNTS(db.scope.visibility), ids=list(ids)):
        counts = MemberCounts(**{name: row[name] for name in _COUNTED})
        counted[row["campaign_id"], row["variant_id"]] = counts
        together.setdefault(row["campaign_id"], []).append(counts)
    wholes: dict[UUID, dict[str, Any]] = {}
    parts: dict[UUID, list[Performance]] = {}
    for row in await db.fetch(_MONEY, ids=list(ids)):
        campaign_id, variant_id = row["campaign_id"], row["variant_id"]
        known: dict[str, Any] = {"campaign_id": campaign_id, "variant_id": variant_id, "partial": db.scope.visibility is not None}
        known |= {name: row[name] for name in ("currency", "spent", "budgeted")}
        if variant_id is None:
            wholes[campaign_id] = known
        else:
            parts.setdefault(campaign_id, []).append(Performance(**known, counts=counted.get((campaign_id, variant_id), MemberCounts())))
    return {
        id: Performance(**known, counts=_added(together.get(id, ())), variants=tuple(parts.get(id, ()))) for id, known in wholes.items()
    }


def _added(parts: Sequence[MemberCounts]) -> MemberCounts:
    totals: dict[str, Any] = {name: sum(getattr(part, name) for part in parts) for name in _COUNTED} if parts else {}
    return MemberCounts(**totals)
