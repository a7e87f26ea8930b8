"""Mutations of work queues."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain.filters import LeadFilter as DomainLeadFilter
from domain.queues import CHANCES, DEFAULT_REST_MINUTES, DEFAULT_VALUE
from domain.queues import QueueOrder as DomainOrder
from gql.activities.enums import ContactChannel
from gql.consent.enums import ConsentPurpose
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.filters import LeadFilter, to_filter
from gql.leads.inputs import optional
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.queues.enums import QueueOrder
from gql.queues.types import Queue
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.queues import editing

_QUEUE = "The queue as it is now; null when it was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "The name, 1–100 characters."
_VALUE = "For the expected value: the worth of a lead without a deal in the workspace's currency, at least 0."
_REST = "For how many minutes a lead does not come again after it was dealt with: 0–43,200."


@strawberry.input(description="How likely leads without a deal are won, by grade, in percent.")
class WinChancesInput:
    """See `gql.queues.types.WinChances`."""

    a: int = strawberry.field(default=CHANCES["chance_a"], description="Of grade A, 0–100.")
    b: int = strawberry.field(default=CHANCES["chance_b"], description="Of grade B, 0–100.")
    c: int = strawberry.field(default=CHANCES["chance_c"], description="Of grade C, 0–100.")
    d: int = strawberry.field(default=CHANCES["chance_d"], description="Of grade D, 0–100.")


@strawberry.input(description="What `createQueue` takes.")
class CreateQueueInput(MutationInput):
    """See `usecases.queues.editing.create_queue`."""

    name: str = strawberry.field(description=_NAME)
    filter: LeadFilter | None = strawberry.field(default=None, description="Which leads; without it, all that are open.")
    channel: ContactChannel = strawberry.field(description="The channel on which they are contacted; not MEETING.")
    purpose: ConsentPurpose = strawberry.field(default=ConsentPurpose.SALES, description="What they are contacted for.")
    order: QueueOrder = strawberry.field(default=DomainOrder.EXPECTED_VALUE, description="Which lead comes first.")
    win_chances: WinChancesInput | None = strawberry.field(default=None, description="For the expected value; without it, as shipped.")
    default_value: Decimal = strawberry.field(default=DEFAULT_VALUE, description=_VALUE)
    rest_minutes: int = strawberry.field(default=DEFAULT_REST_MINUTES, description=_REST)


@strawberry.input(description="What `updateQueue` takes: what is absent or null is left alone.")
class UpdateQueueInput(VersionedInput):
    """See `usecases.queues.editing.UpdateQueue`."""

    queue_id: strawberry.ID = strawberry.field(description="The queue.")
    name: str | None = optional(_NAME)
    filter: LeadFilter | None = optional("Which leads; `{}` means all that are open.")
    purpose: ConsentPurpose | None = optional("What they are contacted for.")
    order: QueueOrder | None = optional("Which lead comes first.")
    win_chances: WinChancesInput | None = optional("For the expected value.")
    default_value: Decimal | None = optional(_VALUE)
    rest_minutes: int | None = optional(_REST)


@strawberry.input(description="What `archiveQueue` takes.")
class ArchiveQueueInput(VersionedInput):
    """See `usecases.queues.editing.archive_queue`."""

    queue_id: strawberry.ID = strawberry.field(description="The queue.")


CreateQueueError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateQueueError", description="Why a queue was not created."),
]
UpdateQueueError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateQueueError", description="Why a queue was not updated."),
]
ArchiveQueueError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ArchiveQueueError", description="Why a queue was not archived."),
]


@strawberry.type(description="What `createQueue` answers.")
class CreateQueuePayload(MutationPayload):
    """The queue, or the refusals."""

    queue: Queue | None = strawberry.field(default=None, description=_QUEUE)
    errors: list[CreateQueueError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateQueue` answers.")
class UpdateQueuePayload(MutationPayload):
    """The queue, or the refusals."""

    queue: Queue | None = strawberry.field(default=None, description=_QUEUE)
    errors: list[UpdateQueueError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `archiveQueue` answers.")
class ArchiveQueuePayload(MutationPayload):
    """The queue, or the refusals."""

    queue: Queue | None = strawberry.field(default=None, description=_QUEUE)
    errors: list[ArchiveQueueError] = strawberry.field(description=_ERRORS)


def _fields(input: Any) -> editing.QueueFields:
    given: dict[str, Any] = {
        name: value
        for name in ("name", "channel", "purpose", "order", "default_value", "rest_minutes")
        if (value := getattr(input, name, None)) not in (None, UNSET)
    }
    if input.filter not in (None, UNSET):
        given["filter"] = to_filter(input.filter, DomainLeadFilter)
    if input.win_chances not in (None, UNSET):
        given |= {f"chance_{grade}": getattr(input.win_chances, grade) for grade in "abcd"}
    return editing.QueueFields(**given)


async def create_queue(info: Info, input: CreateQueueInput) -> CreateQueuePayload:
    """Create a queue."""
    fields = _fields(input)
    return await run(info, CreateQueuePayload, input, lambda call: editing.create_queue(call, fields), result="queue")


async def update_queue(info: Info, input: UpdateQueueInput) -> UpdateQueuePayload:
    """Update a queue."""
    request = editing.UpdateQueue(
        queue_id=decode_kind("Queue", input.queue_id), fields=_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdateQueuePayload, input, lambda call: editing.update_queue(call, request), result="queue")


async def archive_queue(info: Info, input: ArchiveQueueInput) -> ArchiveQueuePayload:
    """Archive a queue."""
    queue_id, version = decode_kind("Queue", input.queue_id), input.expected_version
    return await run(info, ArchiveQueuePayload, input, lambda call: editing.archive_queue(call, queue_id, version), result="queue")


@strawberry.type
class QueueMutations:
    """The part of `Mutation` that is about queues themselves."""

    create_queue = strawberry.mutation(resolver=create_queue, description="Save a filter over leads as a work queue.")
    update_queue = strawberry.mutation(resolver=update_queue, description="Change a work queue; it fills anew at once.")
    archive_queue = strawberry.mutation(
        resolver=archive_queue, description="Have a work queue give out no more leads; claims that are running go on."
    )
