"""Fills a workspace with receivers of events and deliveries to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from uuid_utils.compat import uuid7

from domain.access import ActorKind
from domain.events import Event
from domain.webhooks import DeliveryKind, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookState
from persistence.database import Writing
from persistence.feed import event_by_id
from persistence.tables import events
from persistence.webhooks import add_webhook_attempts, add_webhook_deliveries, add_webhook_endpoints
from tests.worlds import World
from usecases.webhooks.relay import new_delivery

SECRET = b"0123456789abcdef0123456789abcdef"


def webhook_endpoint(world: World, name: str, **fields: Any) -> WebhookEndpoint:
    """Make a receiver that gets everything from the beginning."""
    values: dict[str, Any] = {
        "id": uuid7(),
        "version": 1,
        "name": name,
        "url": "https://hooks.acme.com/leads",
        "types": None,
        "selection": None,
        "state": WebhookState.ENABLED,
        "secret": SECRET,
        "previous_secret": None,
        "previous_secret_until": None,
        "permissions": tuple(sorted(world.viewer().permissions)),
        "position_xid": 0,
        "position_id": world.workspace.id,
        "failures": 0,
        "broken_until": None,
        "created_by_kind": ActorKind.API_KEY,
        "created_by_id": None,
        "created_at": world.at,
        "updated_at": world.at,
    }
    return WebhookEndpoint(**{**values, **fields})


async def seed_webhooks(tx: Writing, world: World, rows: int) -> Mapping[str, Sequence[Any]]:
    """Put receivers into the world, fewer than there may be: the first is told of `rows` events, and everybody of the first event."""
    endpoints = [webhook_endpoint(world, f"Endpoint {number:03}") for number in range(min(rows, 40))]
    told = await _events(tx, rows)
    pairs = [(endpoints[0], event) for event in told] + [(endpoint, told[0]) for endpoint in endpoints[1:]]
    deliveries: list[WebhookDelivery] = [
        new_delivery(endpoint.id, DeliveryKind.EVENT, event.id, uuid7(), number, world.at) for number, (endpoint, event) in enumerate(pairs)
    ]
    attempts = [
        WebhookAttempt(id=uuid7(), delivery_id=each.id, at=world.at, status=500, milliseconds=12, error=None, excerpt="no")
        for each in deliveries
    ]
    await add_webhook_endpoints(tx, endpoints)
    await add_webhook_deliveries(tx, deliveries)
    await add_webhook_attempts(tx, attempts)
    return {"webhookEndpoint": endpoints, "webhookDelivery": deliveries, "event": told}


async def _events(tx: Writing, rows: int) -> Sequence[Event]:
    written = await tx.fetch(
        select(events.c.id).where(events.c.workspace_id == bindparam("workspace_id")).order_by(events.c.lead_id, events.c.id).limit(rows)
    )
    return list((await event_by_id(tx, [row["id"] for row in written])).values())
