"""What leads agreed to: the ledger, and what of it and of past attempts a decision needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from domain.activities import ContactChannel, ContactDirection
from domain.consent import ConsentAction, ConsentEntry
from domain.consent_purposes import ConsentPurpose
from domain.contact_decisions import Attempted, ContactPoints
from domain.contact_rules import MAX_CAP
from persistence.database import Reading
from persistence.lead_conditions import visible
from persistence.lookups import by_id_of_leads, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import consent_entries, contact_attempts, leads
from persistence.writes import adding

_to_entry = mapper(ConsentEntry)
_columns = [consent_entries.c[name] for name in columns_of(ConsentEntry)]
_ids = bindparam("lead_ids", type_=ARRAY(Uuid))

consent_entry_by_id = by_id_of_leads(consent_entries, ConsentEntry)
consent_entries_by_lead: Listing[ConsentEntry, Any] = Listing(
    build=_to_entry,
    columns=_columns,
    source=consent_entries,
    workspace=consent_entries.c.workspace_id,
    id=consent_entries.c.id,
    orderings={"AT": Ordering(consent_entries.c.at, datetime)},
    parent=consent_entries.c.lead_id,
)
consent_entries_by_cause = lists_by(
    consent_entries, ConsentEntry, "cause_id", consent_entries.c.channel, consent_entries.c.purpose, consent_entries.c.id
)
add_consent_entries = adding(consent_entries, ConsentEntry)

# Of all that was ever said, the last word of the lead and the last claim of others decide: see `domain.consent.current_consent`.
_last = (consent_entries.c.lead_id, consent_entries.c.channel, consent_entries.c.purpose, consent_entries.c.claimed)
_LAST_ENTRIES = (
    select(*_columns)
    .where(
        consent_entries.c.workspace_id == bindparam("workspace_id"),
        consent_entries.c.lead_id == any_(_ids),
        consent_entries.c.at <= bindparam("at", type_=DateTime(timezone=True)),
    )
    .order_by(
        *_last,
        consent_entries.c.at.desc(),
        (consent_entries.c.action == ConsentAction.WITHDRAWN.value).desc(),
        consent_entries.c.recorded_at.desc(),
        consent_entries.c.id.desc(),
    )
    .ext(distinct_on(*_last))
)
_EVERY = Constant(_LAST_ENTRIES)
_ON_CHANNEL = Constant(
    _LAST_ENTRIES.where(consent_entries.c.channel == bindparam("channel"), consent_entries.c.purpose == bindparam("purpose"))
)


async def last_entries(
    db: Reading, lead_ids: Sequence[UUID], at: datetime, about: tuple[ContactChannel, ConsentPurpose] | None = None
) -> Mapping[UUID, Sequence[ConsentEntry]]:
    """Read what may decide about leads' consent at an instant, for one channel and purpose or for all."""
    named = {} if about is None else {"channel": about[0].value, "purpose": about[1].value}
    grouped: dict[UUID, list[ConsentEntry]] = {}
    for row in await db.fetch(_EVERY if about is None else _ON_CHANNEL, lead_ids=list(lead_ids), at=at, **named):
        grouped.setdefault(row["lead_id"], []).append(_to_entry(row))
    return grouped


_place = (
    func.row_number()
    .over(partition_by=(contact_attempts.c.lead_id, contact_attempts.c.channel), order_by=contact_attempts.c.occurred_at.desc())
    .label("place")
)
_recent = (
    select(contact_attempts.c.lead_id, contact_attempts.c.channel, contact_attempts.c.occurred_at, _place)
    .where(
        contact_attempts.c.workspace_id == bindparam("workspace_id"),
        contact_attempts.c.lead_id == any_(_ids),
        contact_attempts.c.direction == ContactDirection.OUTBOUND.value,
        contact_attempts.c.occurred_at > bindparam("since", type_=DateTime(timezone=True)),
        contact_attempts.c.occurred_at <= bindparam("at", type_=DateTime(timezone=True)),
    )
    .subquery("recent")
)
# No cap counts further than this on a channel, however often a lead was tried.
_RECENT = Constant(
    select(_recent.c.lead_id, _recent.c.channel, _recent.c.occurred_at)
    .where(_recent.c.place <= MAX_CAP)
    .order_by(_recent.c.lead_id, _recent.c.occurred_at.desc())
)


async def recent_attempts(db: Reading, lead_ids: Sequence[UUID], since: datetime, at: datetime) -> Mapping[UUID, Sequence[Attempted]]:
    """Read the outbound attempts of leads between two instants, the latest first; at most `MAX_CAP` of each lead and channel."""
    grouped: dict[UUID, list[Attempted]] = {}
    for row in await db.fetch(_RECENT, lead_ids=list(lead_ids), since=since, at=at):
        grouped.setdefault(row["lead_id"], []).append(Attempted(ContactChannel(row["channel"]), row["occurred_at"]))
    return grouped


_POINTS = select(
    leads.c.id, leads.c.email, leads.c.phones, leads.c.country, leads.c.time_zone, leads.c.do_not_call, leads.c.do_not_email
).where(leads.c.workspace_id == bindparam("workspace_id"), leads.c.id == any_(_ids), leads.c.deleted_at.is_(None))


async def contact_points_by_lead(db: Reading, lead_ids: Sequence[UUID]) -> Mapping[UUID, ContactPoints]:
    """Read how leads are reached, as far as they are there and the viewer may see them."""
    rows = await db.fetch(_POINTS.where(visible(db.scope)), lead_ids=list(lead_ids))
    return {row["id"]: ContactPoints(*row.values())._replace(phones=tuple(row["phones"])) for row in rows}
