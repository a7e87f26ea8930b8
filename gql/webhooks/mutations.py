"""Mutations of webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, cast

import strawberry
from graphql import GraphQLSchema
from strawberry import UNSET

from domain.events import EventType
from domain.webhooks import WebhookState
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.inputs import optional
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from gql.webhooks.shaping import selection_problems
from gql.webhooks.types import WebhookDelivery, WebhookEndpoint
from usecases.answers import ToldOnce
from usecases.verbs import Call
from usecases.webhooks import editing, resend

_ENDPOINT = "The endpoint as it is now; null when it was refused."
_ERRORS = "Why it was refused; empty when it was not."
_WHICH = "The endpoint."
_NAME = "The name, 1–100 characters."
_URL = "Where events are sent: https, port 443, a public name or address."
_TYPES = "The types of events that it gets; null: every one."
_SELECTION = "GraphQL over `Event` that shapes what is sent, such as `{ id type lead { id score { total } } }`; null: as shipped."
_TOLD_ONCE = (
    "The secret, `whsec_…`, with which messages are signed. It is told once: an answer to a repeated idempotency key has null here."
)


@strawberry.input(description="What `createWebhookEndpoint` takes.")
class CreateWebhookEndpointInput(MutationInput):
    """See `usecases.webhooks.editing.create_webhook_endpoint`."""

    name: str = strawberry.field(description=_NAME)
    url: str = strawberry.field(description=_URL)
    types: list[EventType] | None = strawberry.field(default=None, description=_TYPES)
    selection: str | None = strawberry.field(default=None, description=_SELECTION)


@strawberry.input(
    description="What `updateWebhookEndpoint` takes: what is absent is left alone, null of `types` and `selection` clears it."
)
class UpdateWebhookEndpointInput(VersionedInput):
    """See `usecases.webhooks.editing.update_webhook_endpoint`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)
    name: str | None = optional(_NAME)
    url: str | None = optional(_URL)
    types: list[EventType] | None = optional(_TYPES)
    selection: str | None = optional(_SELECTION)


@strawberry.input(description="What `pauseWebhookEndpoint` takes.")
class PauseWebhookEndpointInput(VersionedInput):
    """See `usecases.webhooks.editing.set_webhook_state`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)


@strawberry.input(description="What `enableWebhookEndpoint` takes.")
class EnableWebhookEndpointInput(VersionedInput):
    """See `usecases.webhooks.editing.set_webhook_state`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)


@strawberry.input(description="What `deleteWebhookEndpoint` takes.")
class DeleteWebhookEndpointInput(VersionedInput):
    """See `usecases.webhooks.editing.delete_webhook_endpoint`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)


@strawberry.input(description="What `rotateWebhookSecret` takes.")
class RotateWebhookSecretInput(VersionedInput):
    """See `usecases.webhooks.editing.rotate_webhook_secret`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)


@strawberry.input(description="What `sendTestWebhook` takes.")
class SendTestWebhookInput(MutationInput):
    """See `usecases.webhooks.resend.send_test_webhook`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)


@strawberry.input(description="What `replayWebhookEvents` takes.")
class ReplayWebhookEventsInput(MutationInput):
    """See `usecases.webhooks.resend.replay_webhook_events`."""

    endpoint_id: strawberry.ID = strawberry.field(description=_WHICH)
    since: datetime = strawberry.field(description="Where the range begins.")
    until: datetime = strawberry.field(description="Before which it ends.")


@strawberry.input(description="What `retryWebhookDelivery` takes.")
class RetryWebhookDeliveryInput(MutationInput):
    """See `usecases.webhooks.resend.retry_webhook_delivery`."""

    delivery_id: strawberry.ID = strawberry.field(description="The delivery.")


CreateWebhookEndpointError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateWebhookEndpointError", description="Why no endpoint was created."),
]
UpdateWebhookEndpointError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateWebhookEndpointError", description="Why the endpoint was not updated."),
]
PauseWebhookEndpointError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("PauseWebhookEndpointError", description="Why the endpoint was not paused."),
]
EnableWebhookEndpointError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("EnableWebhookEndpointError", description="Why the endpoint was not enabled."),
]
DeleteWebhookEndpointError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("DeleteWebhookEndpointError", description="Why the endpoint was not deleted."),
]
RotateWebhookSecretError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("RotateWebhookSecretError", description="Why no new secret was made."),
]
SendTestWebhookError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("SendTestWebhookError", description="Why no test was sent."),
]
ReplayWebhookEventsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("ReplayWebhookEventsError", description="Why nothing is replayed."),
]
RetryWebhookDeliveryError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("RetryWebhookDeliveryError", description="Why the delivery is not tried again."),
]


@strawberry.type(description="What `createWebhookEndpoint` answers.")
class CreateWebhookEndpointPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    secret: str | None = strawberry.field(default=None, description=_TOLD_ONCE)
    errors: list[CreateWebhookEndpointError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateWebhookEndpoint` answers.")
class UpdateWebhookEndpointPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    errors: list[UpdateWebhookEndpointError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `pauseWebhookEndpoint` answers.")
class PauseWebhookEndpointPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    errors: list[PauseWebhookEndpointError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `enableWebhookEndpoint` answers.")
class EnableWebhookEndpointPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    errors: list[EnableWebhookEndpointError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `deleteWebhookEndpoint` answers.")
class DeleteWebhookEndpointPayload(MutationPayload):
    """What became of it, or the refusals."""

    deleted_id: strawberry.ID | None = strawberry.field(default=None, description="The id that the endpoint had; null when it was refused.")
    errors: list[DeleteWebhookEndpointError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `rotateWebhookSecret` answers.")
class RotateWebhookSecretPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    secret: str | None = strawberry.field(default=None, description=_TOLD_ONCE)
    errors: list[RotateWebhookSecretError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `sendTestWebhook` answers.")
class SendTestWebhookPayload(MutationPayload):
    """What became of it, or the refusals."""

    delivery: WebhookDelivery | None = strawberry.field(default=None, description="The test on its way; null when it was refused.")
    errors: list[SendTestWebhookError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `replayWebhookEvents` answers.")
class ReplayWebhookEventsPayload(MutationPayload):
    """What became of it, or the refusals."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description=_ENDPOINT)
    count: int | None = strawberry.field(default=None, description="How many events are delivered once more; null when it was refused.")
    errors: list[ReplayWebhookEventsError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `retryWebhookDelivery` answers.")
class RetryWebhookDeliveryPayload(MutationPayload):
    """What became of it, or the refusals."""

    delivery: WebhookDelivery | None = strawberry.field(default=None, description="The delivery as it is now; null when it was refused.")
    errors: list[RetryWebhookDeliveryError] = strawberry.field(description=_ERRORS)


def _request(info: Info, input: Any, **which: Any) -> editing.EndpointRequest:
    fields: dict[str, Any] = {}
    for name in ("name", "url", "types", "selection"):
        value = getattr(input, name)
        # Neither a name nor an address can be cleared.
        if value is not UNSET and not (value is None and name in ("name", "url")):
            fields[name] = value
    selection = fields.get("selection")
    schema = cast(GraphQLSchema, cast(Any, info)._raw_info.schema)  # noqa: SLF001 -- the schema is nowhere else
    problems = selection_problems(schema, info.context.viewer, selection) if selection is not None else ()
    return editing.EndpointRequest(fields=editing.EndpointFields(**fields), policy=info.context.web, selection_problems=problems, **which)


def _with_secret(outcome: Any) -> Mapping[str, Any]:
    secret = outcome["secret"]
    return {"endpoint": outcome["endpoint"], "secret": secret.text if isinstance(secret, ToldOnce) else None}


async def create_webhook_endpoint(info: Info, input: CreateWebhookEndpointInput) -> CreateWebhookEndpointPayload:
    """Set up a receiver."""
    request = _request(info, input)

    async def create(call: Call) -> Mapping[str, Any]:
        return _with_secret(await editing.create_webhook_endpoint(call, request))

    return await run(info, CreateWebhookEndpointPayload, input, create, keep_answer=False)


async def update_webhook_endpoint(info: Info, input: UpdateWebhookEndpointInput) -> UpdateWebhookEndpointPayload:
    """Change a receiver."""
    id = decode_kind("WebhookEndpoint", input.endpoint_id)
    request = _request(info, input, endpoint_id=id, expected_version=input.expected_version)
    return await run(
        info, UpdateWebhookEndpointPayload, input, lambda call: editing.update_webhook_endpoint(call, request), result="endpoint"
    )


async def pause_webhook_endpoint(info: Info, input: PauseWebhookEndpointInput) -> PauseWebhookEndpointPayload:
    """Let events wait."""
    id, version = decode_kind("WebhookEndpoint", input.endpoint_id), input.expected_version
    return await run(
        info,
        PauseWebhookEndpointPayload,
        input,
        lambda call: editing.set_webhook_state(call, id, WebhookState.PAUSED, version),
        result="endpoint",
    )


async def enable_webhook_endpoint(info: Info, input: EnableWebhookEndpointInput) -> EnableWebhookEndpointPayload:
    """Send again, at once."""
    id, version = decode_kind("WebhookEndpoint", input.endpoint_id), input.expected_version
    return await run(
        info,
        EnableWebhookEndpointPayload,
        input,
        lambda call: editing.set_webhook_state(call, id, WebhookState.ENABLED, version),
        result="endpoint",
    )


async def delete_webhook_endpoint(info: Info, input: DeleteWebhookEndpointInput) -> DeleteWebhookEndpointPayload:
    """Delete a receiver."""
    id, version = decode_kind("WebhookEndpoint", input.endpoint_id), input.expected_version

    async def delete(call: Call) -> Mapping[str, Any]:
        await editing.delete_webhook_endpoint(call, id, version)
        return {"deleted_id": input.endpoint_id}

    return await run(info, DeleteWebhookEndpointPayload, input, delete)


async def rotate_webhook_secret(info: Info, input: RotateWebhookSecretInput) -> RotateWebhookSecretPayload:
    """Make a new secret."""
    id, version = decode_kind("WebhookEndpoint", input.endpoint_id), input.expected_version

    async def rotate(call: Call) -> Mapping[str, Any]:
        return _with_secret(await editing.rotate_webhook_secret(call, id, version))

    return await run(info, RotateWebhookSecretPayload, input, rotate, keep_answer=False)


async def send_test_webhook(info: Info, input: SendTestWebhookInput) -> SendTestWebhookPayload:
    """Send a test."""
    id = decode_kind("WebhookEndpoint", input.endpoint_id)
    return await run(info, SendTestWebhookPayload, input, lambda call: resend.send_test_webhook(call, id), result="delivery")


async def replay_webhook_events(info: Info, input: ReplayWebhookEventsInput) -> ReplayWebhookEventsPayload:
    """Deliver a range once more."""
    id = decode_kind("WebhookEndpoint", input.endpoint_id)

    async def replay(call: Call) -> Mapping[str, Any]:
        done = await resend.replay_webhook_events(call, id, input.since, input.until)
        return {"endpoint": done["endpoint"], "count": done["count"]}

    return await run(info, ReplayWebhookEventsPayload, input, replay)


async def retry_webhook_delivery(info: Info, input: RetryWebhookDeliveryInput) -> RetryWebhookDeliveryPayload:
    """Try a delivery again."""
    id = decode_kind("WebhookDelivery", input.delivery_id)
    return await run(info, RetryWebhookDeliveryPayload, input, lambda call: resend.retry_webhook_delivery(call, id), result="delivery")


@strawberry.type
class WebhookMutations:
    """The part of `Mutation` that is about webhooks."""

    create_webhook_endpoint: CreateWebhookEndpointPayload = strawberry.mutation(
        resolver=create_webhook_endpoint,
        description="Set up a receiver of everything that happens from now on. Messages are signed as Standard Webhooks says.",
    )
    update_webhook_endpoint: UpdateWebhookEndpointPayload = strawberry.mutation(
        resolver=update_webhook_endpoint, description="Change where events are sent, which, or how they are shaped."
    )
    pause_webhook_endpoint: PauseWebhookEndpointPayload = strawberry.mutation(
        resolver=pause_webhook_endpoint, description="Send nothing for now: events wait."
    )
    enable_webhook_endpoint: EnableWebhookEndpointPayload = strawberry.mutation(
        resolver=enable_webhook_endpoint, description="Send what waits, and what comes; failures are forgotten."
    )
    delete_webhook_endpoint: DeleteWebhookEndpointPayload = strawberry.mutation(
        resolver=delete_webhook_endpoint, description="Delete a receiver with everything that was on its way to it."
    )
    rotate_webhook_secret: RotateWebhookSecretPayload = strawberry.mutation(
        resolver=rotate_webhook_secret, description="Make a new secret; for 24 hours messages carry a signature of both."
    )
    send_test_webhook: SendTestWebhookPayload = strawberry.mutation(
        resolver=send_test_webhook, description="Send a made-up event once, to see whether it arrives."
    )
    replay_webhook_events: ReplayWebhookEventsPayload = strawberry.mutation(
        resolver=replay_webhook_events, description="Deliver once more what happened in a range of time: at most 10,000 events."
    )
    retry_webhook_delivery: RetryWebhookDeliveryPayload = strawberry.mutation(
        resolver=retry_webhook_delivery, description="Try a delivery again at once, also one that was given up."
    )
