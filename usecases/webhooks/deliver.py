"""Deliver: send what is due, each receiver by itself, so that a slow one holds nobody else up."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import orjson

from domain.access import system_viewer
from domain.events import Event
from domain.webhooks import DeliveryKind, WebhookDelivery, WebhookEndpoint, secrets_at, signature_headers
from persistence.database import Database, Scope
from persistence.feed import event_by_id
from usecases.verbs import Call
from usecases.webhooks.settle import Leased, Outcome, lease_deliveries, settle_delivery

EXCERPT = 1_000


class Send(Protocol):
    """Makes one request and says how it went; it never raises for what a receiver does."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send a POST."""
        ...


# Builds what is told of an event to an endpoint, as JSON's plain values. Raises CannotTell.
Tell = Callable[[UUID, WebhookEndpoint, Event], Awaitable[Mapping[str, object]]]


class CannotTell(Exception):
    """The endpoint's selection could not be answered; the text says why."""


@dataclass(frozen=True, slots=True)
class Courier:
    """What delivering takes: the outside world, the wording, and a clock."""

    send: Send
    tell: Tell
    clock: Callable[[], datetime]


class Deliverer:
    """Sends what is due. Requests of one endpoint run together, and nobody waits for another endpoint's."""

    def __init__(self, database: Database, courier: Courier) -> None:
        self._database = database
        self._courier = courier
        self._running: dict[UUID, asyncio.Task[None]] = {}

    async def deliver_due(self, workspace_id: UUID) -> int:
        """Begin to send what is due in a workspace; returns how many deliveries were taken."""
        busy = [id for id, task in self._running.items() if not task.done()]
        leased = await lease_deliveries(Call(self._database, system_viewer(workspace_id), self._courier.clock()), busy)
        for endpoint_id in leased.endpoints:
            some = [each for each in leased.deliveries if each.endpoint_id == endpoint_id]
            task = asyncio.create_task(self._to_endpoint(workspace_id, leased, leased.endpoints[endpoint_id], some))
            self._running[endpoint_id] = task
            task.add_done_callback(lambda _, id=endpoint_id: self._running.pop(id, None))
        return len(leased.deliveries)

    async def settled(self, *, but: int = 0) -> None:
        """Wait until what was taken is settled, for all endpoints but so many."""
        while len(self._running) > but:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Stop sending; what was under way is taken up again when its lease is over."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _to_endpoint(
        self, workspace_id: UUID, leased: Leased, endpoint: WebhookEndpoint, deliveries: Sequence[WebhookDelivery]
    ) -> None:
        async with self._database.reading(Scope(workspace_id)) as db:
            events = await event_by_id(db, [each.event_id for each in deliveries])
        await asyncio.gather(*(self._one(workspace_id, leased.lease, endpoint, each, events.get(each.event_id)) for each in deliveries))

    async def _one(
        self, workspace_id: UUID, lease: UUID, endpoint: WebhookEndpoint, delivery: WebhookDelivery, event: Event | None
    ) -> None:
        at = self._courier.clock()
        outcome = await self._sent(workspace_id, endpoint, delivery, event, at)
        call = Call(self._database, system_viewer(workspace_id), self._courier.clock())
        await settle_delivery(call, delivery.id, lease, outcome, random.random())

    async def _sent(
        self, workspace_id: UUID, endpoint: WebhookEndpoint, delivery: WebhookDelivery, event: Event | None, at: datetime
    ) -> Outcome:
        if delivery.kind is DeliveryKind.TEST:
            body: Mapping[str, object] = {"type": "WEBHOOK_TEST", "timestamp": _instant(at), "data": {"endpoint": endpoint.name}}
        elif event is None:
            return Outcome(None, None, error="The event is no longer kept.")
        else:
            try:
                data = await self._courier.tell(workspace_id, endpoint, event)
            except CannotTell as error:
                return Outcome(None, None, error=str(error))
            body = {"type": str(event.type), "timestamp": _instant(event.at), "data": data}
        written = orjson.dumps(body)
        headers = {
            "content-type": "application/json",
            "user-agent": "leadgraph",
            **signature_headers(str(delivery.event_id), at, written, secrets_at(endpoint, at)),
        }
        return await self._courier.send(endpoint.url, written, headers)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
