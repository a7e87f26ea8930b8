"""Lease due deliveries to whoever sends them, and settle how each request went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

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
from persistence import webhooks
from usecases.answers import Several
from usecases.verbs import Work, new_id, verb

MOST_AT_ONCE = 10
# A receiver that is being tried again gets a single request.
PROBE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request went. `status` None: no answer came, and `error` says why."""

    status: int | None
    milliseconds: int | None
    error: str | None = None
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """Deliveries that this worker alone may send, with their endpoints."""

    lease: UUID
    deliveries: tuple[WebhookDelivery, ...]
    endpoints: dict[UUID, WebhookEndpoint]


@verb
async def lease_deliveries(work: Work, busy: Collection[UUID]) -> Leased:
    """Take due deliveries, the first of each lane, for endpoints that are not busy; of an endpoint that was broken only one."""
    lease = new_id()
    taken: Sequence[WebhookDelivery] = await webhooks.lease_due_deliveries(
        work.tx, work.at, lease, work.at + LEASE, busy=list(busy), most=MOST_AT_ONCE
    )
    endpoints = dict(await webhooks.webhook_endpoint_by_id(work.tx, list({each.endpoint_id for each in taken})))
    probed: set[UUID] = set()
    kept: list[WebhookDelivery] = []
    surplus: list[UUID] = []
    for each in taken:
        endpoint = endpoints[each.endpoint_id]
        if endpoint.failures >= BREAKS_AFTER and endpoint.id in probed:
            surplus.append(each.id)
            continue
        probed.add(endpoint.id)
        kept.append(each)
    await webhooks.give_deliveries_back(work.tx, surplus)
    await _hold_others_off(work, [id for id in probed if endpoints[id].failures >= BREAKS_AFTER])
    return Leased(lease, tuple(kept), endpoints)


async def _hold_others_off(work: Work, ids: Sequence[UUID]) -> None:
    """Keep other workers from probing the same receiver meanwhile."""
    if not ids:
        return
    found = await webhooks.webhook_endpoint_for_update(work.tx, ids)
    await webhooks.save_webhook_endpoints(work.tx, [replace(each, broken_until=work.at + PROBE) for each in found.values()])


@verb
async def settle_delivery(work: Work, delivery_id: UUID, lease: UUID, outcome: Outcome, chance: float) -> Several:
    """Record a request and what follows from it: delivered, tried again later, or given up; answer `settled`.

    A delivery that somebody else has taken over meanwhile is left to them, and only the request is recorded. `chance` (0–1) spreads the
    next attempts.
    """
    delivery = (await webhooks.webhook_delivery_for_update(work.tx, [delivery_id])).get(delivery_id)
    if delivery is None:
        return Several({"settled": False})
    attempt = WebhookAttempt(
        id=new_id(),
        delivery_id=delivery.id,
        at=work.at,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        error=outcome.error,
        excerpt=outcome.excerpt,
    )
    await webhooks.add_webhook_attempts(work.tx, [attempt])
    if delivery.lease != lease or delivery.state is not DeliveryState.PENDING:
        return Several({"settled": False})
    tried = replace(delivery, attempts=delivery.attempts + 1, lease=None, leased_until=None)
    await webhooks.save_webhook_deliveries(work.tx, [_after(tried, attempt, work, chance)])
    await _tell_endpoint(work, delivery.endpoint_id, attempt)
    return Several({"settled": True})


def _after(tried: WebhookDelivery, attempt: WebhookAttempt, work: Work, chance: float) -> WebhookDelivery:
    if attempt.succeeded:
        return replace(tried, state=DeliveryState.DELIVERED, next_attempt_at=None, ended_at=work.at)
    due = None if attempt.status == GONE else next_attempt(tried, work.at, chance)
    if due is None:
        return replace(tried, state=DeliveryState.EXHAUSTED, next_attempt_at=None, ended_at=work.at)
    return replace(tried, next_attempt_at=due)


async def _tell_endpoint(work: Work, id: UUID, attempt: WebhookAttempt) -> None:
    """Count failures in a row; the row of a receiver that does well is not written for each delivery."""
    seen = (await webhooks.webhook_endpoint_by_id(work.tx, [id])).get(id)
    if seen is None or (attempt.succeeded and not seen.failures):
        return
    endpoint = (await webhooks.webhook_endpoint_for_update(work.tx, [id])).get(id)
    if endpoint is None:
        return
    if attempt.succeeded:
        changed = replace(endpoint, failures=0, broken_until=None)
    else:
        failures = endpoint.failures + 1
        pause = break_after(failures)
        state = WebhookState.GONE if attempt.status == GONE else endpoint.state
        changed = replace(endpoint, failures=failures, broken_until=None if pause is None else work.at + pause, state=state)
    await webhooks.save_webhook_endpoints(work.tx, [changed])
