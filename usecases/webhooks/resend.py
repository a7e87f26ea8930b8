"""Send again: a test, a range of the feed, or a single delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from domain.webhooks import MAX_REPLAYED, NO_LANE, DeliveryKind, DeliveryState, WebhookDelivery
from persistence import webhooks
from usecases.answers import Several
from usecases.verbs import Work, new_id, verb
from usecases.webhooks.relay import new_delivery


@verb
async def send_test_webhook(work: Work, endpoint_id: UUID) -> WebhookDelivery:
    """Send a made-up event, once, to see whether it arrives. Raises Refused: NotFound."""
    endpoint = (await webhooks.webhook_endpoint_by_id(work.tx, [endpoint_id])).get(endpoint_id)
    if endpoint is None:
        raise Refused.because(not_found("WebhookEndpoint", "endpoint_id"))
    # A lane of its own: it overtakes whatever is held back.
    test = new_id()
    delivery = new_delivery(endpoint.id, DeliveryKind.TEST, test, test, 0, work.at)
    await webhooks.add_webhook_deliveries(work.tx, [delivery])
    return delivery


@verb
async def replay_webhook_events(work: Work, endpoint_id: UUID, since: datetime, until: datetime) -> Several:
    """Deliver once more what happened in a range of time and the endpoint wants, in the feed's order; answer `count`.

    At most 10,000 events; what is more is refused whole. Raises Refused: NotFound, ValidationFailed.
    """
    problems: list[Refusal] = []
    endpoint = (await webhooks.webhook_endpoint_by_id(work.tx, [endpoint_id])).get(endpoint_id)
    if endpoint is None:
        problems.append(not_found("WebhookEndpoint", "endpoint_id"))
    if since >= until:
        problems.append(ValidationFailed(message="The range begins before it ends.", path=("until",)))
    if problems or endpoint is None:
        raise Refused(problems)
    found = await webhooks.events_between(work.tx, since, until, endpoint.event_types, MAX_REPLAYED + 1)
    if len(found) > MAX_REPLAYED:
        message = f"The range holds more than {MAX_REPLAYED:,} events; ask for a shorter one."
        raise Refused.because(ValidationFailed(message=message, path=("until",)))
    made = [new_delivery(endpoint.id, DeliveryKind.REPLAY, event, lead or NO_LANE, xid, work.at) for event, lead, xid in found]
    await webhooks.add_webhook_deliveries(work.tx, made)
    return Several({"endpoint": endpoint, "count": len(made)})


@verb
async def retry_webhook_delivery(work: Work, delivery_id: UUID) -> WebhookDelivery:
    """Try a delivery again now, also one that was given up. Raises Refused: NotFound, ValidationFailed when it has arrived."""
    delivery = (await webhooks.webhook_delivery_for_update(work.tx, [delivery_id])).get(delivery_id)
    if delivery is None:
        raise Refused.because(not_found("WebhookDelivery", "delivery_id"))
    if delivery.state is DeliveryState.DELIVERED:
        raise Refused.because(ValidationFailed(message="It has arrived; replay a range to send it once more.", path=("delivery_id",)))
    again = replace(delivery, state=DeliveryState.PENDING, next_attempt_at=work.at, ended_at=None)
    await webhooks.save_webhook_deliveries(work.tx, [again])
    return again
