"""Fills a workspace with receivers of events and deliveries to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from uuid_utils.compat import uuid7

from domain.access import ActorKind
from domain.webhooks import DeliveryKind, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookState
from persistence.database import Writing
from persistence.webhooks import add_webhook_attempts, add_webhook_deliveries, add_webhook_endpoints
from tests.worlds import World
from usecases.webhooks.relay import new_delivery


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
        "secret": b"0123456789abcdef0123456789abcdef",
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
    """Put receivers into the world, fewer than there may be, the first with many deliveries, the first of them tried once."""
    endpoints = [webhook_endpoint(world, f"Endpoint {number:03}") for number in range(min(rows, 40))]
    deliveries: list[WebhookDelivery] = [
        new_delivery(endpoints[0].id, DeliveryKind.EVENT, uuid7(), uuid7(), number, world.at) for number in range(rows)
    ]
    attempts = [
        WebhookAttempt(id=uuid7(), delivery_id=each.id, at=world.at, status=500, milliseconds=12, error=None, excerpt="no")
        for each in deliveries
    ]
    await add_webhook_endpoints(tx, endpoints)
    await add_webhook_deliveries(tx, deliveries)
    await add_webhook_attempts(tx, attempts)
    return {"webhookEndpoint": endpoints, "webhookDelivery": deliveries}
