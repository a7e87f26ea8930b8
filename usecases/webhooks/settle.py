"""Settle how requests went, and take what is due next: one transaction for a receiver's turn."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.events import Event
from domain.webhooks import (
    BREAKS_AFTER,
    GONE,
    LEASE,
    DeliveryState,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookState,
    break_after,
    next_attempt,
)
from persistence import webhook_turns, webhooks
from persistence.feed import event_by_id
from usecases.verbs import Work, new_id, verb

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request went. `status` None: no answer came, and `error` says why."""

    status: int | None
    milliseconds: int | None
    error: str | None = None
    excerpt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a worker says of one receiver: which requests were made, which are still under way, and how many more it has room for."""

    endpoint_id: UUID
    lease: UUID
    outcomes: Mapping[UUID, Outcome] = field(default_factory=dict[UUID, Outcome])
    held: Sequence[UUID] = ()
    room: int = MOST_AT_ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the worker alone may send now, with the events. `settled` names the deliveries that were still the worker's to settle."""

    endpoint: WebhookEndpoint | None
    deliveries: Sequence[WebhookDelivery]
    events: Mapping[UUID, Event]
    settled: Sequence[UUID]


@verb
async def take_turn(work: Work, turn: Turn, chance: Callable[[], float] = random.random) -> Taken:
    """Settle what was sent, keep the lease on what is being sent, and take what is due: the first of each lane alone.

    A receiver that was broken gets a single request. `chance` (0–1) spreads the next attempts.
    """
    settled = await _settle(work, turn, chance) if turn.outcomes else ()
    await webhook_turns.keep_deliveries(work.tx, turn.held, turn.lease, work.at + LEASE)
    endpoint = (await webhooks.webhook_endpoint_by_id(work.tx, [turn.endpoint_id])).get(turn.endpoint_id)
    room = 0 if endpoint is None else await _room(work, endpoint, turn)
    deliveries: Sequence[WebhookDelivery] = ()
    if room > 0:
        until = work.at + LEASE
        deliveries = await webhook_turns.take_due_deliveries(work.tx, turn.endpoint_id, work.at, turn.lease, until, room)
    events: Mapping[UUID, Event] = await event_by_id(work.tx, [each.event_id for each in deliveries]) if deliveries else {}
    return Taken(endpoint=endpoint, deliveries=deliveries, events=events, settled=settled)


async def _room(work: Work, endpoint: WebhookEndpoint, turn: Turn) -> int:
    if endpoint.state is not WebhookState.ENABLED or (endpoint.broken_until is not None and endpoint.broken_until > work.at):
        return 0
    if endpoint.failures < BREAKS_AFTER:
        return turn.room
    if turn.held:
        return 0
    # Whoever comes first asks, and keeps the others from asking meanwhile. It counts as a failure until it is none.
    (locked,) = (await webhooks.webhook_endpoint_for_update(work.tx, [endpoint.id])).values()
    if locked.broken_until is not None and locked.broken_until > work.at:
        return 0
    await webhooks.save_webhook_endpoints(work.tx, [replace(locked, failures=locked.failures + 1, broken_until=work.at + LEASE)])
    return 1


async def _settle(work: Work, turn: Turn, chance: Callable[[], float]) -> Sequence[UUID]:
    """Record the requests and what follows: delivered, tried again later, or given up.

    A delivery that somebody else has taken over meanwhile is left to them, and only the request is recorded.
    """
    found = await webhooks.webhook_delivery_for_update(work.tx, list(turn.outcomes))
    attempts = {id: _attempt(work, id, outcome) for id, outcome in turn.outcomes.items() if id in found}
    await webhooks.add_webhook_attempts(work.tx, list(attempts.values()))
    mine = [id for id in attempts if found[id].lease == turn.lease and found[id].state is DeliveryState.PENDING]
    after = [_after(found[id], attempts[id], work, chance()) for id in mine]
    await webhooks.save_webhook_deliveries(work.tx, after)
    await webhook_turns.hold_lanes_back(work.tx, [each for each in after if each.ended_at is None])
    await webhook_turns.let_lanes_go(work.tx, [each for each in after if each.ended_at is not None and each.attempts > 1], work.at)
    await _tell_endpoint(work, turn.endpoint_id, [attempts[id] for id in mine])
    return mine


def _attempt(work: Work, delivery_id: UUID, outcome: Outcome) -> WebhookAttempt:
    return WebhookAttempt(
        id=new_id(),
        delivery_id=delivery_id,
        at=work.at,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        error=outcome.error,
        excerpt=outcome.excerpt,
    )


def _after(delivery: WebhookDelivery, attempt: WebhookAttempt, work: Work, chance: float) -> WebhookDelivery:
    tried = replace(delivery, attempts=delivery.attempts + 1, lease=None, leased_until=None)
    if attempt.succeeded:
        return replace(tried, state=DeliveryState.DELIVERED, next_attempt_at=None, ended_at=work.at)
    due = None if attempt.status == GONE else next_attempt(tried, work.at, chance)
    if due is None:
        return replace(tried, state=DeliveryState.EXHAUSTED, next_attempt_at=None, ended_at=work.at)
    return replace(tried, next_attempt_at=due)


async def _tell_endpoint(work: Work, id: UUID, attempts: Sequence[WebhookAttempt]) -> None:
    """Count failures in a row; the row of a receiver that does well is not written for each turn."""
    if all(attempt.succeeded for attempt in attempts):
        seen = (await webhooks.webhook_endpoint_by_id(work.tx, [id])).get(id)
        if seen is None or not seen.failures:
            return
    endpoint = (await webhooks.webhook_endpoint_for_update(work.tx, [id])).get(id)
    if endpoint is None:
        return
    changed = endpoint
    for attempt in attempts:
        if attempt.succeeded:
            changed = replace(changed, failures=0, broken_until=None)
            continue
        # Requests that were under way when the receiver broke do not make the pause longer.
        failures = max(changed.failures, min(changed.failures + 1, BREAKS_AFTER))
        pause = break_after(failures)
        state = WebhookState.GONE if attempt.status == GONE else changed.state
        changed = replace(changed, failures=failures, broken_until=None if pause is None else work.at + pause, state=state)
    if changed != endpoint:
        await webhooks.save_webhook_endpoints(work.tx, [changed])
