"""Lists of leads: their orders, and every list that leads appear in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, and_, bindparam, func, literal_column, select, tuple_
from sqlalchemy.sql.functions import coalesce

from domain.filters import LeadFilter, LeadPlace, LeadQuery
from domain.leads import Lead
from persistence.custom_conditions import CUSTOM_ORDER, custom_ordering
from persistence.database import Reading
from persistence.lead_conditions import lead_conditions
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.segments import resolved_query
from persistence.tables import agents, campaign_members, custom_values, lead_tags, leads

to_lead = mapper(Lead)
_EMPTY = literal_column("''", Text)
# As `domain.leads.Lead` has it.
LEAD_DERIVED: Mapping[str, ColumnElement[Any]] = {
    "name": func.nullif(
        func.concat_ws(literal_column("' '"), func.nullif(leads.c.first_name, _EMPTY), func.nullif(leads.c.last_name, _EMPTY)),
        _EMPTY,
        type_=Text(),
    )
}
LEAD_COLUMNS = tuple(leads.c[name] for name in columns_of(Lead))


class _Orderings(dict[str, Ordering]):
    """The orders of leads; those by custom fields are made when they are asked for."""

    def __missing__(self, order: str) -> Ordering:
        if not order.startswith(CUSTOM_ORDER):
            raise KeyError(order)
        return custom_ordering(order.removeprefix(CUSTOM_ORDER))


ORDERINGS: Mapping[str, Ordering] = _Orderings(
    {
        "CREATED_AT": Ordering(leads.c.created_at, datetime),
        "UPDATED_AT": Ordering(leads.c.updated_at, datetime),
        "SCORE": Ordering(leads.c.score_total, int),
        "NAME": Ordering(func.lower(coalesce(leads.c.last_name, "") + " " + coalesce(leads.c.first_name, "")).collate("C"), str),
        "COMPANY": Ordering(func.lower(leads.c.company).collate("C"), str, nullable=True),
        "LAST_ACTIVITY_AT": Ordering(leads.c.last_activity_at, datetime, nullable=True),
        "LAST_CONTACTED_AT": Ordering(leads.c.last_contacted_at, datetime, nullable=True),
        "DEAL_VALUE": Ordering(leads.c.deal_value, Decimal, nullable=True),
        "EXPECTED_CLOSE_DATE": Ordering(leads.c.expected_close_date, date, nullable=True),
        "STATUS_SINCE": Ordering(leads.c.status_since, datetime),
        "FIRST_RESPONSE_DUE_AT": Ordering(leads.c.first_response_due_at, datetime, nullable=True),
    }
)


class LeadListing(Listing[Lead, LeadQuery]):
    """Leads under any filter, in any order; `parent` is the column that holds the key of what they belong to."""

    def __init__(self, parent: ColumnElement[Any] | None = None, source: FromClause = leads) -> None:
        super().__init__(
            build=to_lead,
            columns=LEAD_COLUMNS,
            source=source,
            workspace=leads.c.workspace_id,
            id=leads.c.id,
            orderings=ORDERINGS,
            where=lead_conditions,
            parent=parent,
            resolve=resolved_query,
            derived=LEAD_DERIVED,
        )


all_leads = LeadListing()
leads_by_owner = LeadListing(leads.c.owner_id)
leads_by_stage = LeadListing(leads.c.stage_id)
leads_by_pipeline = LeadListing(leads.c.pipeline_id)
leads_by_tag = LeadListing(
    lead_tags.c.tag_id,
    leads.join(lead_tags, (lead_tags.c.workspace_id == leads.c.workspace_id) & (lead_tags.c.lead_id == leads.c.id)),
)
leads_by_custom_field = LeadListing(
    custom_values.c.field_id,
    leads.join(
        custom_values,
        # A choice of several options has several rows, and the first of them is always there.
        (custom_values.c.workspace_id == leads.c.workspace_id) & (custom_values.c.lead_id == leads.c.id) & (custom_values.c.place == 0),
    ),
)
leads_by_campaign = LeadListing(
    campaign_members.c.campaign_id,
    leads.join(
        campaign_members,
        (campaign_members.c.workspace_id == leads.c.workspace_id)
        & (campaign_members.c.lead_id == leads.c.id)
        & campaign_members.c.left_at.is_(None),
    ),
)
leads_by_team = LeadListing(
    agents.c.team_id,
    leads.join(agents, (agents.c.workspace_id == leads.c.workspace_id) & (agents.c.id == leads.c.owner_id)),
)


async def lead_ids_matching(db: Reading, query: LeadQuery, at_most: int) -> list[UUID]:
    """List the ids of the leads that a filter means, the oldest first; at most `at_most`. Raises FilterTooLarge."""
    query = await resolved_query(db, query)
    statement = (
        select(leads.c.id)
        .where(leads.c.workspace_id == bindparam("workspace_id"), *lead_conditions(query, db.scope))
        .order_by(leads.c.created_at, leads.c.id)
        .limit(at_most)
    )
    return [row["id"] for row in await db.fetch(statement)]


async def leads_meant(
    db: Reading, filter: LeadFilter, narrowed: ColumnElement[bool], at_most: int, after: LeadPlace | None = None, **parameters: object
) -> tuple[Sequence[LeadPlace], int]:
    """Find the leads that a filter and one more condition mean, the oldest first; and how many there are from `after` on.

    `parameters` are those of the condition. Raises FilterTooLarge.
    """
    query = await resolved_query(db, LeadQuery(filter))
    place = tuple_(leads.c.created_at, leads.c.id)
    later = [] if after is None else [place > tuple_(bindparam("after_at", after.created_at), bindparam("after_id", after.id))]
    statement = (
        select(leads.c.id, leads.c.created_at, func.count().over().label("total"))
        .where(leads.c.workspace_id == bindparam("workspace_id"), *lead_conditions(query, db.scope), and_(narrowed, *later))
        .order_by(leads.c.created_at, leads.c.id)
        .limit(bindparam("at_most"))
    )
    rows = await db.fetch(statement, at_most=at_most, **parameters)
    return [LeadPlace(row["created_at"], row["id"]) for row in rows], rows[0]["total"] if rows else 0
