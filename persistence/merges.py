"""Merges of leads, and the leads that former ids lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, any_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from domain.leads import Lead
from domain.merging import LeadMerge
from persistence.database import Reading, Writing
from persistence.lead_conditions import visible
from persistence.lead_lists import LEAD_COLUMNS, to_lead
from persistence.lookups import Wanted, by_id_of_leads
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import lead_merges, leads
from persistence.writes import adding, locking, saving

lead_merge_by_id = by_id_of_leads(lead_merges, LeadMerge)
lead_merge_for_update = locking(lead_merges, LeadMerge)
add_lead_merges = adding(lead_merges, LeadMerge)
save_lead_merges = saving(lead_merges, LeadMerge)

merges_by_lead: Listing[LeadMerge, Any] = Listing(
    build=mapper(LeadMerge),
    columns=[lead_merges.c[name] for name in columns_of(LeadMerge)],
    source=lead_merges,
    workspace=lead_merges.c.workspace_id,
    id=lead_merges.c.id,
    orderings={"AT": Ordering(lead_merges.c.at, datetime)},
    parent=lead_merges.c.lead_id,
)

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_BY_ID = select(*LEAD_COLUMNS).where(leads.c.workspace_id == bindparam("workspace_id"), leads.c.id == _ids)


async def merged_lead_by_id(db: Reading, ids: Sequence[UUID], wanted: Wanted | None = None) -> Mapping[UUID, Lead]:
    """Read leads as they were when they were merged, under their former ids; the viewer must have been able to see them."""
    del wanted
    return {row["id"]: to_lead(row) for row in await db.fetch(_BY_ID.where(visible(db.scope)), ids=list(ids))}


_LOCK = Constant(_BY_ID.order_by(leads.c.id).with_for_update())


async def lock_both(tx: Writing, ids: Sequence[UUID]) -> Mapping[UUID, Lead]:
    """Lock the leads of a merge in the order of their ids, the merged one too, whoever may see them."""
    return {row["id"]: to_lead(row) for row in await tx.fetch(_LOCK, ids=list(ids))}


_LATER = Constant(
    select(lead_merges.c.id, lead_merges.c.loser_id)
    .where(
        lead_merges.c.workspace_id == bindparam("workspace_id"),
        lead_merges.c.unmerged_at.is_(None),
        or_(
            lead_merges.c.loser_id == bindparam("survivor_id"),
            and_(lead_merges.c.survivor_id == bindparam("survivor_id"), lead_merges.c.id > bindparam("merge_id")),
        ),
    )
    .order_by(lead_merges.c.id.desc())
    .limit(1)
)


async def merge_in_the_way(tx: Writing, merge: LeadMerge) -> tuple[UUID, bool] | None:
    """Find the latest standing merge that was built upon this one: its id, and whether the survivor itself was merged by it."""
    row = await tx.fetch_one(_LATER, survivor_id=merge.survivor_id, merge_id=merge.id)
    return None if row is None else (row["id"], row["loser_id"] == merge.survivor_id)
