"""Deliver: send what is due, each receiver by itself, so that a slow one holds nobody else up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import orjson
import structlog

from domain.access import system_viewer
from domain.events import Event
from domain.webhooks import HEARTBEAT, LEASE, DeliveryKind, WebhookDelivery, WebhookEndpoint, secrets_at, signature_headers
from persistence.database import Database, Scope
from persistence.failures import DatabaseUnavailable, Overloaded, StatementTimedOut
from persistence.webhook_turns import endpoints_with_due_deliveries
from usecases.verbs import Call, new_id
from usecases.webhooks.settle import MOST_AT_ONCE, Outcome, Taken, Turn, take_turn

_log: Any = structlog.get_logger(__name__)

EXCERPT = 1_000
# Whoever waits for an answer needs connections, too: so many receivers are looked after at the same time, however many are served.
TOGETHER = 2
_AGAIN_SECONDS = 0.5
_NOT_NOW = (DatabaseUnavailable, Overloaded, StatementTimedOut)


class Send(Protocol):
    """Makes one request and says how it went; it never raises for what a receiver does."""

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Send a POST."""
        ...


# Builds what is told of an event to an endpoint, as JSON's plain values. Raises CannotTell; DatabaseUnavailable, Overloaded.
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
    """Sends what is due. Each receiver is served by itself, so that nobody waits for another one.

    `heartbeat`: after so many seconds at most a worker says that it is still sending. `sent` counts the requests that were settled.
    """

    def __init__(self, database: Database, courier: Courier, *, heartbeat: float = HEARTBEAT.total_seconds()) -> None:
        self.database = database
        self.courier = courier
        self.heartbeat = heartbeat
        self.room = asyncio.Semaphore(TOGETHER)
        self.sent = 0
        self._running: dict[UUID, asyncio.Task[None]] = {}

    async def deliver_due(self, workspace_id: UUID) -> int:
        """Begin to serve the receivers of a workspace that have something due and are not being served; return how many."""
        async with self.database.reading(Scope(workspace_id)) as db:
            due = await endpoints_with_due_deliveries(db, self.courier.clock(), list(self._running))
        for endpoint_id in due:
            task = self._running[endpoint_id] = asyncio.create_task(_Service(self, workspace_id, endpoint_id).run())
            task.add_done_callback(lambda ended, id=endpoint_id: self._forget(id, ended))
        return len(due)

    def _forget(self, endpoint_id: UUID, ended: asyncio.Task[None]) -> None:
        self._running.pop(endpoint_id, None)
        if not ended.cancelled() and (error := ended.exception()) is not None:
            _log.warning("a receiver was not served", endpoint_id=str(endpoint_id), exc_info=error)

    async def turn(self, workspace_id: UUID, turn: Turn, at: datetime) -> Taken:
        """Take a receiver's turn, when there is room for it."""
        async with self.room:
            return await take_turn(Call(self.database, system_viewer(workspace_id), at), turn)

    async def settled(self, *, but: int = 0) -> None:
        """Wait until nothing more is due to those that are being served, but for so many of them."""
        while len(self._running) > but:
            await asyncio.wait(self._running.values(), return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Stop sending; what was under way is taken up again when its lease is over."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@dataclass(slots=True)
class _Service:
    """One receiver being served: what is being sent to it, and what was sent and is not settled yet."""

    by: Deliverer
    workspace_id: UUID
    endpoint_id: UUID
    lease: UUID = field(default_factory=new_id)
    sending: dict[UUID, asyncio.Task[None]] = field(default_factory=dict[UUID, "asyncio.Task[None]"])
    outcomes: dict[UUID, Outcome] = field(default_factory=dict[UUID, Outcome])
    kept_until: datetime = field(init=False)

    async def run(self) -> None:
        """Take turns: whenever something was sent, what is due next takes its place."""
        self.kept_until = self.by.courier.clock() + LEASE
        try:
            while await self._turn():
                if self.sending:
                    await asyncio.wait(self.sending.values(), timeout=self.by.heartbeat, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in self.sending.values():
                task.cancel()

    async def _turn(self) -> bool:
        """Settle, keep and take; tell whether to go on."""
        at = self.by.courier.clock()
        outcomes, held = dict(self.outcomes), list(self.sending)
        turn = Turn(endpoint_id=self.endpoint_id, lease=self.lease, outcomes=outcomes, held=held, room=MOST_AT_ONCE - len(held))
        try:
            taken = await self.by.turn(self.workspace_id, turn, at)
        except _NOT_NOW:
            if at >= self.kept_until:
                # Others take it up from here; what was sent and not settled is sent again.
                raise
            await asyncio.sleep(_AGAIN_SECONDS)
            return True
        self.kept_until = at + LEASE
        self.by.sent += len(outcomes)
        for id in outcomes:
            del self.outcomes[id]
        for delivery in taken.deliveries:
            self.sending[delivery.id] = asyncio.create_task(self._send(taken, delivery))
        return bool(self.sending or self.outcomes)

    async def _send(self, taken: Taken, delivery: WebhookDelivery) -> None:
        try:
            outcome = await self._sent(taken, delivery)
            if outcome is not None:
                self.outcomes[delivery.id] = outcome
        finally:
            del self.sending[delivery.id]

    async def _sent(self, taken: Taken, delivery: WebhookDelivery) -> Outcome | None:
        """Make the request; None when it was not made, and is left to whoever takes it up next."""
        endpoint, at = taken.endpoint, self.by.courier.clock()
        if endpoint is None:
            return None
        try:
            body = await self._body(endpoint, delivery, taken.events.get(delivery.event_id), at)
        except CannotTell as error:
            return Outcome(None, None, error=str(error))
        except _NOT_NOW as error:
            _log.warning("an event could not be read for a receiver", error=type(error).__name__)
            return None
        if self.by.courier.clock() >= self.kept_until:
            return None
        written = orjson.dumps(body)
        headers = {
            "content-type": "application/json",
            "user-agent": "leadgraph",
            **signature_headers(str(delivery.event_id), at, written, secrets_at(endpoint, at)),
        }
        return await self.by.courier.send(endpoint.url, written, headers)

    async def _body(self, endpoint: WebhookEndpoint, delivery: WebhookDelivery, event: Event | None, at: datetime) -> Mapping[str, object]:
        if delivery.kind is DeliveryKind.TEST:
            return {"type": "WEBHOOK_TEST", "timestamp": _instant(at), "data": {"endpoint": endpoint.name}}
        if event is None:
            raise CannotTell("The event is no longer kept.")
        async with self.by.room:
            data = await self.by.courier.tell(self.workspace_id, endpoint, event)
        return {"type": str(event.type), "timestamp": _instant(event.at), "data": data}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
