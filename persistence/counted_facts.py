"""The facts that leads carry as counts and instants, counted again from what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, Text, Uuid, all_, and_, any_, bindparam, distinct, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.functions import coalesce

from domain.activities import COUNTED_BY_TYPE, DONE_TO_LEAD, REFUSES_CONTACT, ActivityType, ContactDirection
from domain.leads import CountedFact
from persistence.database import Reading
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import activities, contact_attempts, initial_counts, leads


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFacts:
    """What activities and contact attempts say about a lead, on top of the counts that it came with."""

    website_visits: int
    content_downloads: int
    page_views: int
    email_opens: int
    email_clicks: int
    social_engagements: int
    contact_requested_at: datetime | None
    outbound_attempts: int
    first_contacted_at: datetime | None
    last_contacted_at: datetime | None
    last_activity_at: datetime | None


_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))


def _of_activities() -> Subquery:
    counts: dict[str, ColumnElement[int]] = {
        fact.lower(): func.count().filter(activities.c.type == type.value)
        for type, fact in COUNTED_BY_TYPE.items()
        if fact is not CountedFact.CONTENT_DOWNLOADS
    }
    downloaded = activities.c.type == ActivityType.CONTENT_DOWNLOADED.value
    # Downloads of one asset count once, those that name none count each.
    counts["content_downloads"] = func.count(distinct(activities.c.asset)).filter(downloaded) + func.count().filter(
        and_(downloaded, activities.c.asset.is_(None))
    )
    return (
        select(
            activities.c.lead_id,
            *(count.label(name) for name, count in counts.items()),
            func.max(activities.c.occurred_at).filter(activities.c.type == ActivityType.CONTACT_REQUESTED.value).label("requested_at"),
            func.max(activities.c.occurred_at)
            .filter(activities.c.type != all_(bindparam("done_to_lead", sorted(type.value for type in DONE_TO_LEAD), type_=ARRAY(Text))))
            .label("last_activity_at"),
        )
        .where(activities.c.workspace_id == bindparam("workspace_id"), activities.c.lead_id == _ids)
        .group_by(activities.c.lead_id)
        .subquery("recorded")
    )


def _of_attempts() -> Subquery:
    outbound = contact_attempts.c.direction == ContactDirection.OUTBOUND.value
    asking = and_(
        contact_attempts.c.direction == ContactDirection.INBOUND.value,
        contact_attempts.c.outcome != all_(bindparam("refusing", sorted(outcome.value for outcome in REFUSES_CONTACT), type_=ARRAY(Text))),
    )
    return (
        select(
            contact_attempts.c.lead_id,
            func.count().filter(outbound).label("outbound_attempts"),
            func.min(contact_attempts.c.occurred_at).filter(outbound).label("first_contacted_at"),
            func.max(contact_attempts.c.occurred_at).filter(outbound).label("last_contacted_at"),
            func.max(contact_attempts.c.occurred_at).filter(asking).label("requested_at"),
        )
        .where(contact_attempts.c.workspace_id == bindparam("workspace_id"), contact_attempts.c.lead_id == _ids)
        .group_by(contact_attempts.c.lead_id)
        .subquery("attempted")
    )


def _statement() -> Constant:
    recorded, attempted = _of_activities(), _of_attempts()
    initial = initial_counts
    columns = [
        *((coalesce(initial.c[fact.lower()], 0) + coalesce(recorded.c[fact.lower()], 0)).label(fact.lower()) for fact in CountedFact),
        func.greatest(recorded.c.requested_at, attempted.c.requested_at).label("contact_requested_at"),
        coalesce(attempted.c.outbound_attempts, 0).label("outbound_attempts"),
        attempted.c.first_contacted_at,
        attempted.c.last_contacted_at,
        recorded.c.last_activity_at,
    ]
    source = (
        leads.outerjoin(initial, and_(initial.c.workspace_id == leads.c.workspace_id, initial.c.lead_id == leads.c.id))
        .outerjoin(recorded, recorded.c.lead_id == leads.c.id)
        .outerjoin(attempted, attempted.c.lead_id == leads.c.id)
    )
    return Constant(
        select(leads.c.id, *columns).select_from(source).where(leads.c.workspace_id == bindparam("workspace_id"), leads.c.id == _ids)
    )


_COUNT = _statement()
_build = mapper(CountedFacts)
FACT_FIELDS = columns_of(CountedFacts)


async def counted_facts_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, CountedFacts]:
    """Count leads' facts again, with one statement; they should be locked, so that none arrives meanwhile."""
    return {row["id"]: _build(row) for row in await db.fetch(_COUNT, ids=list(ids))}
