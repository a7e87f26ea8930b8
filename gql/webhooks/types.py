"""Receivers of events, deliveries on their way to them, and the requests that were made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from domain import webhooks as domain
from domain.events import EventType
from gql.actors import Actor, SignedBy
from gql.edges import to_many, to_one, to_pages
from gql.events.types import Event
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.scalars import URL
from gql.webhooks.enums import DeliveryKind, DeliveryState, WebhookState
from persistence.feed import event_by_id
from persistence.webhooks import (
    attempts_by_delivery,
    deliveries_by_endpoint,
    missed_events_by_endpoint,
    webhook_delivery_by_id,
    webhook_endpoint_by_id,
)


@strawberry.type(description="One request to a receiver.")
class WebhookAttempt:
    """See `domain.webhooks.WebhookAttempt`."""

    at: datetime = plain("When it was made.")
    status: int | None = plain("The HTTP status of the answer; null when none came.")
    milliseconds: int | None = plain("How long the answer took.")
    error: str | None = plain("Why no answer came.")
    excerpt: str | None = plain("The beginning of the answer, at most a thousand characters.")
    succeeded: bool = plain("Whether the receiver took it: a status of 200–299.")
    is_type_of = shows(domain.WebhookAttempt)


@strawberry.type(description="One event on its way to one endpoint.")
class WebhookDelivery(Node):
    """See `domain.webhooks.WebhookDelivery`."""

    id: strawberry.ID = node_id("WebhookDelivery")
    kind: DeliveryKind = plain("Why it is delivered.")
    state: DeliveryState = plain("How far it is.")
    attempt_count: int = computed("How often it was tried.", lambda delivery: delivery.attempts)
    attempts: list[WebhookAttempt] = to_many("The requests that were made, the first one first.", batch=attempts_by_delivery)
    next_attempt_at: datetime | None = plain(
        "When it is tried next, once those before it of the same lead have arrived; null when it ended."
    )
    created_at: datetime = plain("When it came up.")
    ended_at: datetime | None = plain("When it arrived or was given up.")
    event: Event | None = to_one(
        "The event; null for a test, and when the feed no longer keeps it.", key=lambda delivery: delivery.event_id, batch=event_by_id
    )
    endpoint: Annotated[WebhookEndpoint, strawberry.lazy("gql.webhooks.types")] | None = to_one(
        "The endpoint.", key=lambda delivery: delivery.endpoint_id, batch=webhook_endpoint_by_id
    )
    is_type_of = shows(domain.WebhookDelivery)


def _state(given: Mapping[str, Any]) -> str | None:
    state = given.get("state")
    return None if state is None else str(state)


@strawberry.type(description="A receiver of events by HTTP, as Standard Webhooks has it.")
class WebhookEndpoint(Node):
    """See `domain.webhooks.WebhookEndpoint`."""

    id: strawberry.ID = node_id("WebhookEndpoint")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("Its name, unique in the workspace.")
    url: URL = plain("Where events are sent by POST.")
    types: list[EventType] = computed("The types of events that it wants; none: every one.", lambda endpoint: endpoint.event_types or ())
    selection: str | None = plain("GraphQL over `Event` that shapes what is sent; null: as shipped.")
    state: WebhookState = plain("Whether it gets anything.")
    failures: int = plain("How many requests have failed in a row.")
    broken_until: datetime | None = plain("After ten failures in a row: when it is tried again, with a single request.")
    previous_secret_until: datetime | None = plain("Until when the secret before the last rotation signs too.")
    created_at: datetime = plain("When it was set up; it gets what happened from then on.")
    updated_at: datetime = plain("When it was last changed.")
    created_by: Actor = computed("Who set it up.", lambda endpoint: SignedBy(endpoint.created_by_kind, endpoint.created_by_id))
    deliveries: Connection[WebhookDelivery] = to_pages(
        "What was and is on its way to it, the latest first. What ended is kept for 30 days.",
        listing=deliveries_by_endpoint,
        order="CREATED_AT",
        arguments={"state": Annotated[DeliveryState | None, strawberry.argument(description="Only those in this state.")]},
        narrow=_state,
    )
    missed_events: list[Event] = to_many(
        "The gap report: what it wanted since it was set up and what neither arrived nor is on its way, the oldest first, at most 100.",
        batch=missed_events_by_endpoint,
    )
    is_type_of = shows(domain.WebhookEndpoint)


NODE_BATCHES["WebhookEndpoint"] = webhook_endpoint_by_id
NODE_BATCHES["WebhookDelivery"] = webhook_delivery_by_id
