"""Relay events: whatever the feed holds for an endpoint gets its delivery, once, before the endpoint's position moves past it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from domain.events import EventFilter, FeedPosition
from domain.webhooks import NO_LANE, DeliveryKind, DeliveryState, WebhookDelivery, WebhookState
from persistence import webhooks
from persistence.database import Database, Scope
from persistence.feed import feed_page
from usecases.verbs import Call, Work, new_id, verb

PAGE = 500


@verb
async def relay_to_endpoint(work: Work, endpoint_id: UUID) -> tuple[int, bool]:
    """Make deliveries of a page of the feed and move the endpoint's position past it; return how many, and whether more may follow."""
    endpoint = (await webhooks.webhook_endpoint_for_update(work.tx, [endpoint_id])).get(endpoint_id)
    if endpoint is None or endpoint.state is not WebhookState.ENABLED:
        return 0, False
    page = await feed_page(
        work.tx, FeedPosition(endpoint.position_xid, endpoint.position_id), EventFilter(types=endpoint.event_types), PAGE
    )
    made = [
        new_delivery(endpoint.id, DeliveryKind.EVENT, event.id, event.lead_id or NO_LANE, position.xid, work.at)
        for position, event in page.events
    ]
    await webhooks.add_webhook_deliveries(work.tx, made)
    await webhooks.save_webhook_endpoints(work.tx, [replace(endpoint, position_xid=page.position.xid, position_id=page.position.id)])
    return len(made), page.has_more


def new_delivery(endpoint_id: UUID, kind: DeliveryKind, event_id: UUID, lane: UUID, xid: int, at: datetime) -> WebhookDelivery:
    """Make a delivery that is due at once."""
    return WebhookDelivery(
        id=new_id(),
        endpoint_id=endpoint_id,
        kind=kind,
        event_id=event_id,
        lane=lane,
        xid=xid,
        state=DeliveryState.PENDING,
        attempts=0,
        next_attempt_at=at,
        lease=None,
        leased_until=None,
        created_at=at,
        ended_at=None,
    )


async def relay_events(database: Database, workspace_id: UUID, at: datetime) -> int:
    """Relay what is new to every endpoint of a workspace; returns how many deliveries were made."""
    made = 0
    async with database.reading(Scope(workspace_id)) as db:
        behind: Sequence[UUID] = await webhooks.endpoints_behind(db)
    call = Call(database, system_viewer(workspace_id), at)
    for endpoint_id in behind:
        has_more = True
        while has_more:
            count, has_more = await relay_to_endpoint(call, endpoint_id)
            made += count
    return made


async def has_webhooks(database: Database, workspace_id: UUID) -> bool:
    """Tell whether a workspace has any receiver."""
    async with database.reading(Scope(workspace_id)) as db:
        return await webhooks.webhook_endpoint_count(db) > 0
