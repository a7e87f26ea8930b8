"""Webhooks under way: which receivers have something due, what a worker takes, keeps and holds back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Integer, Uuid, and_, any_, bindparam, exists, func, not_, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.webhooks import WebhookDelivery, WebhookState
from persistence.database import Reading, Writing
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import webhook_deliveries, webhook_endpoints

_workspace = bindparam("workspace_id", type_=Uuid())
_endpoint = bindparam("endpoint_id", type_=Uuid())
_at = bindparam("at", type_=DateTime(timezone=True))
_until = bindparam("until", type_=DateTime(timezone=True))
_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_theirs = webhook_deliveries.c.workspace_id == _workspace

_mine = webhook_deliveries.alias("mine")
_lane = webhook_deliveries.alias("lane")
# A question for each candidate, which an index answers: as a join it grew with the square of what waits while nobody had counted the table.
_first_of_lane = (
    select(_lane.c.id)
    .where(
        _lane.c.workspace_id == _mine.c.workspace_id,
        _lane.c.endpoint_id == _mine.c.endpoint_id,
        _lane.c.lane == _mine.c.lane,
        _lane.c.ended_at.is_(None),
    )
    .order_by(_lane.c.xid, _lane.c.event_id, _lane.c.id)
    .limit(1)
    .correlate(_mine)
    .scalar_subquery()
)
_takeable = (
    _mine.c.ended_at.is_(None),
    _mine.c.next_attempt_at <= _at,
    or_(_mine.c.leased_until.is_(None), _mine.c.leased_until <= _at),
    _mine.c.id == _first_of_lane,
)
_RECEIVERS = Constant(
    select(webhook_endpoints.c.id).where(
        webhook_endpoints.c.workspace_id == _workspace,
        webhook_endpoints.c.state == WebhookState.ENABLED,
        func.coalesce(webhook_endpoints.c.broken_until, _at) <= _at,
        not_(webhook_endpoints.c.id == any_(bindparam("busy", type_=ARRAY(Uuid)))),
        exists().where(_mine.c.workspace_id == webhook_endpoints.c.workspace_id, _mine.c.endpoint_id == webhook_endpoints.c.id, *_takeable),
    )
)
_DUE = Constant(
    select(_mine.c.id)
    .where(_mine.c.workspace_id == _workspace, _mine.c.endpoint_id == _endpoint, *_takeable)
    .order_by(_mine.c.next_attempt_at, _mine.c.id)
    .limit(bindparam("most", type_=Integer()))
    .with_for_update(skip_locked=True)
)
_TAKE = Constant(
    update(webhook_deliveries)
    .where(_theirs, webhook_deliveries.c.id == _ids)
    .values(lease=bindparam("lease", type_=Uuid()), leased_until=_until)
    .returning(*(webhook_deliveries.c[name] for name in columns_of(WebhookDelivery)))
)
_to_delivery = mapper(WebhookDelivery)


async def endpoints_with_due_deliveries(db: Reading, at: datetime, busy: Sequence[UUID]) -> Sequence[UUID]:
    """List the endpoints to which something may be sent now; `busy` ones are left out."""
    return [row["id"] for row in await db.fetch(_RECEIVERS, at=at, busy=list(busy))]


async def take_due_deliveries(
    tx: Writing, endpoint_id: UUID, at: datetime, lease: UUID, until: datetime, most: int
) -> Sequence[WebhookDelivery]:
    """Take, for an endpoint, what is due and nobody else has: the first of each lane alone, at most `most`."""
    rows = await tx.fetch(_DUE, endpoint_id=endpoint_id, at=at, most=most)
    if not rows:
        return []
    taken = await tx.fetch(_TAKE, ids=[row["id"] for row in rows], lease=lease, until=until)
    return sorted((_to_delivery(row) for row in taken), key=lambda each: (each.xid, each.event_id))


_KEEP = Constant(
    update(webhook_deliveries)
    .where(_theirs, webhook_deliveries.c.id == _ids, webhook_deliveries.c.lease == bindparam("held", type_=Uuid()))
    .values(leased_until=_until)
)


async def keep_deliveries(tx: Writing, ids: Sequence[UUID], lease: UUID, until: datetime) -> None:
    """Prolong the lease on what is still being sent; what somebody else has taken over stays theirs."""
    if ids:
        await tx.execute(_KEEP, ids=list(ids), held=lease, until=until)


_behind = and_(
    _theirs,
    webhook_deliveries.c.endpoint_id == _endpoint,
    webhook_deliveries.c.lane == bindparam("its_lane", type_=Uuid()),
    webhook_deliveries.c.ended_at.is_(None),
    tuple_(webhook_deliveries.c.xid, webhook_deliveries.c.event_id).__gt__(
        tuple_(bindparam("its_xid", type_=webhook_deliveries.c.xid.type), bindparam("its_event_id", type_=Uuid()))
    ),
)
_HOLD_BACK = Constant(
    update(webhook_deliveries).where(_behind, webhook_deliveries.c.next_attempt_at < _until).values(next_attempt_at=_until)
)
_LET_GO = Constant(update(webhook_deliveries).where(_behind, webhook_deliveries.c.next_attempt_at > _at).values(next_attempt_at=_at))


async def hold_lanes_back(tx: Writing, failed: Sequence[WebhookDelivery]) -> None:
    """Let what stands behind a delivery in its lane be looked at no earlier than the delivery itself is tried again."""
    await tx.execute_many(_HOLD_BACK, [{**_place(each), "until": each.next_attempt_at} for each in failed])


async def let_lanes_go(tx: Writing, ended: Sequence[WebhookDelivery], at: datetime) -> None:
    """Let what stood behind a delivery that was held back go on."""
    await tx.execute_many(_LET_GO, [{**_place(each), "at": at} for each in ended])


def _place(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "endpoint_id": delivery.endpoint_id,
        "its_lane": delivery.lane,
        "its_xid": delivery.xid,
        "its_event_id": delivery.event_id,
    }
