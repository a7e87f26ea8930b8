"""Webhooks: receivers, what is on its way to each, and every request that was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.events import Event, EventType, first_id_at
from domain.webhooks import DeliveryKind, DeliveryState, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookState
from persistence.database import Reading, Writing
from persistence.feed import event_by_id
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import Xid8, events, webhook_attempts, webhook_deliveries, webhook_endpoints
from persistence.writes import adding, locking, saving

MOST_MISSED = 100
_workspace = bindparam("workspace_id", type_=Uuid())
_at = bindparam("at", type_=DateTime(timezone=True))
_mine = webhook_endpoints.c.workspace_id == _workspace
_theirs = webhook_deliveries.c.workspace_id == _workspace

webhook_endpoint_by_id = by_id(webhook_endpoints, WebhookEndpoint)
webhook_endpoint_for_update = locking(webhook_endpoints, WebhookEndpoint)
add_webhook_endpoints = adding(webhook_endpoints, WebhookEndpoint)
save_webhook_endpoints = saving(webhook_endpoints, WebhookEndpoint)
webhook_delivery_by_id = by_id(webhook_deliveries, WebhookDelivery)
webhook_delivery_for_update = locking(webhook_deliveries, WebhookDelivery)
save_webhook_deliveries = saving(webhook_deliveries, WebhookDelivery)
add_webhook_attempts = adding(webhook_attempts, WebhookAttempt)
attempts_by_delivery = lists_by(webhook_attempts, WebhookAttempt, "delivery_id", webhook_attempts.c.at, webhook_attempts.c.id)

all_webhook_endpoints: Listing[WebhookEndpoint, Any] = Listing(
    build=mapper(WebhookEndpoint),
    columns=[webhook_endpoints.c[name] for name in columns_of(WebhookEndpoint)],
    source=webhook_endpoints,
    workspace=webhook_endpoints.c.workspace_id,
    id=webhook_endpoints.c.id,
    orderings={"NAME": Ordering(webhook_endpoints.c.name, str)},
)


def _in_state(state: str | None, _scope: Any) -> Sequence[ColumnElement[bool]]:
    return () if state is None else [webhook_deliveries.c.state == bindparam(None, state, type_=Text(), unique=True)]


def _deliveries(parent: ColumnElement[Any]) -> Listing[WebhookDelivery, str]:
    return Listing(
        build=mapper(WebhookDelivery),
        columns=[webhook_deliveries.c[name] for name in columns_of(WebhookDelivery)],
        source=webhook_deliveries,
        workspace=webhook_deliveries.c.workspace_id,
        id=webhook_deliveries.c.id,
        orderings={"CREATED_AT": Ordering(webhook_deliveries.c.created_at, datetime)},
        where=_in_state,
        parent=parent,
    )


deliveries_by_endpoint = _deliveries(webhook_deliveries.c.endpoint_id)
deliveries_by_event = _deliveries(webhook_deliveries.c.event_id)

_NAMED = Constant(
    select(webhook_endpoints.c.id).where(_mine, func.lower(webhook_endpoints.c.name) == func.lower(bindparam("name", type_=Text())))
)
_COUNT = Constant(select(func.count()).select_from(webhook_endpoints).where(_mine))
_DELETE = Constant(delete(webhook_endpoints).where(_mine, webhook_endpoints.c.id == bindparam("endpoint_id", type_=Uuid())))


async def webhook_endpoint_id_by_name(db: Reading, name: str) -> UUID | None:
    """Find the endpoint with a name, without regard to case."""
    return await db.fetch_value(_NAMED, name=name)


async def webhook_endpoint_count(db: Reading) -> int:
    """Count the workspace's endpoints."""
    return await db.fetch_value(_COUNT)


async def delete_webhook_endpoint(tx: Writing, id: UUID) -> None:
    """Delete an endpoint with everything that was on its way to it."""
    await tx.execute(_DELETE, endpoint_id=id)


_place = tuple_(events.c.xid, events.c.id)
_position = tuple_(cast(cast(webhook_endpoints.c.position_xid, Text), Xid8()), webhook_endpoints.c.position_id)
_BEHIND = Constant(
    select(webhook_endpoints.c.id).where(
        _mine,
        webhook_endpoints.c.state == WebhookState.ENABLED,
        exists().where(events.c.workspace_id == webhook_endpoints.c.workspace_id, _place.__gt__(_position)),
    )
)


async def endpoints_behind(db: Reading) -> Sequence[UUID]:
    """List the endpoints for which the feed holds something new, wanted or not."""
    return [row["id"] for row in await db.fetch(_BEHIND)]


_ADD = Constant(upsert(webhook_deliveries).on_conflict_do_nothing(), ("workspace_id", *columns_of(WebhookDelivery)))


async def add_webhook_deliveries(tx: Writing, deliveries: Sequence[WebhookDelivery]) -> None:
    """Insert deliveries, but for events that have one already."""
    await tx.execute_many(_ADD, [values_of(each) for each in deliveries])


_number = cast(cast(events.c.xid, Text), webhook_deliveries.c.xid.type)
_between = (events.c.workspace_id == _workspace, events.c.at >= bindparam("since"), events.c.at < bindparam("until"))
_IN_RANGE = (
    select(events.c.id, events.c.lead_id, _number.label("xid"))
    .where(*_between)
    .order_by(events.c.xid, events.c.id)
    .limit(bindparam("size"))
)


def _wanted(types: Sequence[EventType] | None) -> Sequence[ColumnElement[bool]]:
    if types is None:
        return ()
    return [events.c.type == any_(bindparam(None, [str(each) for each in types], type_=ARRAY(Text), unique=True))]


async def events_between(
    db: Reading, since: datetime, until: datetime, types: Sequence[EventType] | None, size: int
) -> Sequence[tuple[UUID, UUID | None, int]]:
    """Read (event, lead, transaction) of a range of time, in the feed's order."""
    rows = await db.fetch(_IN_RANGE.where(*_wanted(types)), since=since, until=until, size=size)
    return [(row["id"], row["lead_id"], row["xid"]) for row in rows]


_delivered = exists().where(
    webhook_deliveries.c.workspace_id == events.c.workspace_id,
    webhook_deliveries.c.event_id == events.c.id,
    webhook_deliveries.c.endpoint_id == webhook_endpoints.c.id,
    webhook_deliveries.c.kind != DeliveryKind.TEST,
    or_(webhook_deliveries.c.state == DeliveryState.DELIVERED, webhook_deliveries.c.state == DeliveryState.PENDING),
)
_missed = (
    select(events.c.id, events.c.xid)
    .where(
        events.c.workspace_id == webhook_endpoints.c.workspace_id,
        _place.__le__(_position),
        events.c.at >= webhook_endpoints.c.created_at,
        or_(webhook_endpoints.c.types.is_(None), events.c.type == any_(webhook_endpoints.c.types)),
        not_(_delivered),
    )
    .order_by(events.c.xid, events.c.id)
    .limit(MOST_MISSED)
    .correlate(webhook_endpoints)
    .lateral("missed")
)
_MISSED = Constant(
    select(webhook_endpoints.c.id.label("endpoint_id"), _missed.c.id)
    .select_from(webhook_endpoints.join(_missed, true()))
    .where(_mine, webhook_endpoints.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .order_by(_missed.c.xid, _missed.c.id)
)


async def missed_events_by_endpoint(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Event]]:
    """Read what endpoints missed, oldest first and at most a hundred each.

    That is what happened since the endpoint was made, what it wanted and the relay has passed, and what neither arrived nor is on its way.
    """
    found: dict[UUID, list[UUID]] = {}
    for row in await db.fetch(_MISSED, ids=list(ids)):
        found.setdefault(row["endpoint_id"], []).append(row["id"])
    told = await event_by_id(db, [id for some in found.values() for id in some])
    return {endpoint: [told[id] for id in some if id in told] for endpoint, some in found.items()}


_OLD = (
    select(webhook_deliveries.c.id)
    .where(_theirs, webhook_deliveries.c.event_id < bindparam("first", type_=Uuid), webhook_deliveries.c.ended_at.is_not(None))
    .limit(bindparam("size"))
)
_FORGET = Constant(delete(webhook_deliveries).where(_theirs, webhook_deliveries.c.id.in_(_OLD)))


async def forget_ended_deliveries(tx: Writing, before: datetime, size: int) -> int:
    """Delete deliveries of events that were written before an instant, with their attempts, once they have ended; returns how many."""
    return await tx.execute(_FORGET, first=first_id_at(before), size=size)
