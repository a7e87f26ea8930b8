"""Members of campaigns: lists of them, whom a filter means, and the statements that write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, exists, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.campaign_members import FIRST_AT, CampaignMember, MemberFilter
from domain.filters import LeadFilter
from domain.status import LeadStatus
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import visible_lead
from persistence.lead_lists import leads_meant
from persistence.lookups import by_id_of_leads
from persistence.paging import Listing, Ordering, Where
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import campaign_members, campaigns, leads
from persistence.writes import adding, saving

_members = campaign_members.c
_to_member = mapper(CampaignMember)
_COLUMNS = [_members[name] for name in columns_of(CampaignMember)]

campaign_member_by_id = by_id_of_leads(campaign_members, CampaignMember)
add_members = adding(campaign_members, CampaignMember)
save_members = saving(campaign_members, CampaignMember)


def is_counted() -> ColumnElement[bool]:
    """Build the condition for those whom the performance counts: who is a member, and who left after having been touched."""
    return or_(_members.left_at.is_(None), _members.touches > 0)


def is_converted() -> ColumnElement[bool]:
    """Build the condition on member, its campaign and its lead: it stands won, closed within the window after it joined."""
    window = func.make_interval(0, 0, 0, campaigns.c.attribution_days)
    return and_(
        leads.c.status == LeadStatus.CLOSED_WON.value,
        leads.c.closed_at >= _members.joined_at,
        leads.c.closed_at <= _members.joined_at + window,
    )


def _seen(filter: MemberFilter | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    return [visible_lead(_members.lead_id, _members.workspace_id, scope), *_meant(filter or MemberFilter())]


def _meant(filter: MemberFilter) -> Sequence[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [is_counted() if filter.counted else _members.left_at.is_(None)]
    if filter.variant_id is not None:
        parts.append(_members.variant_id == filter.variant_id)
    if filter.reached is not None:
        parts.append(_members[FIRST_AT[filter.reached]].is_not(None))
    if filter.converted is not None:
        won = (
            exists()
            .where(
                leads.c.workspace_id == _members.workspace_id,
                leads.c.id == _members.lead_id,
                campaigns.c.workspace_id == _members.workspace_id,
                campaigns.c.id == _members.campaign_id,
                is_converted(),
            )
            .correlate(campaign_members)
        )
        parts.append(won if filter.converted else not_(won))
    return parts


def _list(parent: ColumnElement[Any], where: Where[MemberFilter]) -> Listing[CampaignMember, MemberFilter]:
    return Listing(
        build=_to_member,
        columns=_COLUMNS,
        source=campaign_members,
        workspace=_members.workspace_id,
        id=_members.id,
        orderings={"JOINED_AT": Ordering(_members.joined_at, datetime)},
        where=where,
        parent=parent,
    )


members_by_campaign = _list(_members.campaign_id, _seen)
members_by_variant = _list(_members.variant_id, _seen)
memberships_by_lead = _list(_members.lead_id, lambda filter, _scope: _meant(filter or MemberFilter()))

_asked = (
    func.unnest(bindparam("campaign_ids", type_=ARRAY(Uuid)), bindparam("lead_ids", type_=ARRAY(Uuid)))
    .table_valued("campaign_id", "lead_id", name="asked")
    .render_derived()
)
_OF_PAIRS = Constant(
    select(*_COLUMNS)
    .select_from(_asked.join(campaign_members, (_members.campaign_id == _asked.c.campaign_id) & (_members.lead_id == _asked.c.lead_id)))
    .where(_members.workspace_id == bindparam("workspace_id"))
)


async def members_of(db: Reading, pairs: Sequence[tuple[UUID, UUID]]) -> Mapping[tuple[UUID, UUID], CampaignMember]:
    """Read who is a member, or was one, by (campaign, lead). Whoever changes a membership holds its lead's lock."""
    rows = await db.fetch(_OF_PAIRS, campaign_ids=[campaign for campaign, _ in pairs], lead_ids=[lead for _, lead in pairs])
    return {(row["campaign_id"], row["lead_id"]): _to_member(row) for row in rows}


def _membership(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            _members.workspace_id == leads.c.workspace_id,
            _members.lead_id == leads.c.id,
            _members.campaign_id == bindparam("campaign_id", type_=Uuid()),
            *conditions,
        )
        .correlate(leads)
    )


async def leads_to_add(db: Reading, campaign_id: UUID, filter: LeadFilter, at_most: int) -> tuple[Sequence[UUID], int]:
    """Find the leads that a filter means, neither in the campaign nor opted out of it, the oldest first; and how many there are."""
    settled = _membership(or_(_members.left_at.is_(None), _members.opted_out_at.is_not(None)))
    places, total = await leads_meant(db, filter, not_(settled), at_most, campaign_id=campaign_id)
    return [place.id for place in places], total


async def leads_to_remove(db: Reading, campaign_id: UUID, filter: LeadFilter, at_most: int) -> tuple[Sequence[UUID], int]:
    """Find the leads that a filter means and that are in the campaign, the oldest first; and how many there are."""
    places, total = await leads_meant(db, filter, _membership(_members.left_at.is_(None)), at_most, campaign_id=campaign_id)
    return [place.id for place in places], total


_SPREAD = Constant(
    select(_members.id, _members.lead_id, _members.variant_id).where(
        _members.workspace_id == bindparam("workspace_id"), _members.campaign_id == bindparam("campaign_id")
    )
)
_moved = (
    func.unnest(bindparam("member_ids", type_=ARRAY(Uuid)), bindparam("variant_ids", type_=ARRAY(Uuid)))
    .table_valued("member_id", "variant_id", name="moved")
    .render_derived()
)
_MOVE = Constant(
    update(campaign_members)
    .where(_members.workspace_id == bindparam("workspace_id"), _members.id == _moved.c.member_id)
    .values(variant_id=_moved.c.variant_id)
)


async def spread_of(db: Reading, campaign_id: UUID) -> Sequence[tuple[UUID, UUID, UUID | None]]:
    """List everybody who is or was a member, whoever may see it, as (member, lead, variant)."""
    rows = await db.fetch(_SPREAD, campaign_id=campaign_id)
    return [(row["id"], row["lead_id"], row["variant_id"]) for row in rows]


async def move_members(tx: Writing, moves: Sequence[tuple[UUID, UUID | None]]) -> None:
    """Give members other variants, as (member, variant)."""
    if moves:
        await tx.execute(_MOVE, member_ids=[member for member, _ in moves], variant_ids=[variant for _, variant in moves])
