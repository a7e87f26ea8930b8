"""Activities: lists of them, and the statements that add them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, any_, bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.activities import Activity, ActivityType
from domain.filters import ActivityFilter
from persistence.database import Reading, Scope
from persistence.lead_conditions import range_conditions, reference_conditions, visible_lead
from persistence.lookups import by_id_of_leads
from persistence.paging import Listing, Ordering
from persistence.recording import adding_once
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import activities

activity_by_id = by_id_of_leads(activities, Activity)


def _conditions(filter: ActivityFilter | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if filter is None:
        return ()
    parts: list[ColumnElement[bool]] = []
    if filter.types is not None:
        parts.append(activities.c.type == any_(bindparam(None, list(filter.types), type_=ARRAY(Text), unique=True)))
    if filter.campaign is not None:
        parts += reference_conditions(activities.c.campaign_id, filter.campaign)
    if filter.occurred_at is not None:
        parts += range_conditions(activities.c.occurred_at, filter.occurred_at)
    return parts


def _seen(filter: ActivityFilter | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Besides the filter, keep only activities of leads that the viewer may see."""
    return [*_conditions(filter, scope), visible_lead(activities.c.lead_id, activities.c.workspace_id, scope)]


def _list(parent: ColumnElement[Any] | None, where: Any) -> Listing[Activity, ActivityFilter]:
    return Listing(
        build=mapper(Activity),
        columns=[activities.c[name] for name in columns_of(Activity)],
        source=activities,
        workspace=activities.c.workspace_id,
        id=activities.c.id,
        orderings={"OCCURRED_AT": Ordering(activities.c.occurred_at, datetime)},
        where=where,
        parent=parent,
    )


all_activities = _list(None, _seen)
activities_by_lead = _list(activities.c.lead_id, _conditions)
activities_by_agent = _list(activities.c.agent_id, _seen)
activities_by_campaign = _list(activities.c.campaign_id, _seen)

add_activities = adding_once(activities, Activity, "source", "source_event_id")

_lead_ids = any_(bindparam("lead_ids", type_=ARRAY(Uuid)))
_DOWNLOADED = Constant(
    select(activities.c.lead_id, activities.c.asset)
    .distinct()
    .where(
        activities.c.workspace_id == bindparam("workspace_id"),
        # Written out, so that the index of the downloads alone is used.
        activities.c.type == literal_column(f"'{ActivityType.CONTENT_DOWNLOADED}'"),
        activities.c.lead_id == _lead_ids,
        activities.c.asset == any_(bindparam("assets", type_=ARRAY(Text))),
    )
)


async def downloaded_assets(db: Reading, lead_ids: Sequence[UUID], assets: Sequence[str]) -> set[tuple[UUID, str]]:
    """Tell which of the assets the leads downloaded before, as (lead id, asset)."""
    return {(row["lead_id"], row["asset"]) for row in await db.fetch(_DOWNLOADED, lead_ids=list(lead_ids), assets=list(assets))}
