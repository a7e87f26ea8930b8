"""Mutations that suppress and unsuppress."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from domain.consent import SuppressionReason as DomainReason
from gql.activities.enums import ContactChannel
from gql.consent.enums import SuppressionReason
from gql.consent.types import Suppression
from gql.context import Info
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.inputs import to_targets
from gql.mutations import MutationInput, MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, NotAllowed, NotFound, ValidationError
from usecases.consent import suppressing
from usecases.verbs import Call

_ERRORS = "Why it was refused; empty when it was not."
_INDEX = "The row, from 0: its place in `leadIds` or `addresses`, or among the leads that `filter` means."


@strawberry.input(description="What `suppress` takes: `leadIds`, `filter`, `addresses` or `wholeChannel` says who.")
class SuppressInput(MutationInput):
    """See `usecases.consent.suppressing.Suppressing`."""

    channel: ContactChannel = strawberry.field(description="On which channel.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These leads as a whole, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    addresses: list[str] | None = strawberry.field(
        default=None, description="These phone numbers, or e-mail addresses, whoever has them; at most 500."
    )
    whole_channel: bool = strawberry.field(default=False, description="Everybody: the whole channel stands still. For managers and admins.")
    reason: SuppressionReason = strawberry.field(default=DomainReason.OPT_OUT, description="Why.")
    note: str | None = strawberry.field(default=None, description="What else is to be known about it, at most 500 characters.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


@strawberry.input(description="What `unsuppress` takes: `leadIds`, `filter`, `addresses` or `wholeChannel` says who.")
class UnsuppressInput(MutationInput):
    """See `usecases.consent.suppressing.Suppressing`."""

    channel: ContactChannel = strawberry.field(description="On which channel.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These leads as a whole, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    addresses: list[str] | None = strawberry.field(default=None, description="These phone numbers, or e-mail addresses; at most 500.")
    whole_channel: bool = strawberry.field(default=False, description="The whole channel.")
    note: str | None = strawberry.field(default=None, description="Why, at most 500 characters.")
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused row means for the others.")


SuppressError = Annotated[
    ValidationError | NotFound | NotAllowed | IdempotencyKeyReused,
    strawberry.union("SuppressError", description="Why something was not suppressed."),
]
UnsuppressError = Annotated[
    ValidationError | NotFound | NotAllowed | IdempotencyKeyReused,
    strawberry.union("UnsuppressError", description="Why a suppression was not lifted."),
]


@strawberry.type(description="What became of one row of `suppress`.")
class SuppressRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    suppression: Suppression | None = computed(
        "What holds now; the earlier one, where there was one. Null when it was refused.", lambda row: row.thing
    )
    errors: list[SuppressError] = computed(_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `suppress` answers.")
class SuppressPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[SuppressRow] = strawberry.field(
        default_factory=list["SuppressRow"], description="What became of each target; empty when all was refused."
    )
    errors: list[SuppressError] = strawberry.field(description="Why all was refused; empty when it was not.")


@strawberry.type(description="What became of one row of `unsuppress`.")
class UnsuppressRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    suppression: Suppression | None = computed(
        "What held until now; null when nothing did, and when it was refused.", lambda row: row.thing
    )
    errors: list[UnsuppressError] = computed(_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `unsuppress` answers.")
class UnsuppressPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[UnsuppressRow] = strawberry.field(
        default_factory=list["UnsuppressRow"], description="What became of each target; empty when all was refused."
    )
    errors: list[UnsuppressError] = strawberry.field(description="Why all was refused; empty when it was not.")


def _request(input: Any, reason: DomainReason = DomainReason.OTHER) -> suppressing.Suppressing:
    named = input.lead_ids is not None or input.filter is not None
    return suppressing.Suppressing(
        channel=input.channel,
        leads=to_targets(input.lead_ids, input.filter) if named else None,
        addresses=None if input.addresses is None else tuple(input.addresses),
        whole_channel=input.whole_channel,
        reason=reason,
        note=input.note,
        policy=input.error_policy,
    )


async def suppress(info: Info, input: SuppressInput) -> SuppressPayload:
    """Suppress."""
    request = _request(input, input.reason)

    async def act(call: Call) -> Any:
        return await suppressing.suppress(call, request)

    return await run(info, SuppressPayload, input, act, result="rows")


async def unsuppress(info: Info, input: UnsuppressInput) -> UnsuppressPayload:
    """Lift suppressions."""
    request = _request(input)

    async def act(call: Call) -> Any:
        return await suppressing.unsuppress(call, request)

    return await run(info, UnsuppressPayload, input, act, result="rows")


@strawberry.type
class SuppressionMutations:
    """The part of `Mutation` that is about suppressions."""

    suppress = strawberry.mutation(
        resolver=suppress, description="Have nobody contact leads, addresses, or anybody on a channel. What is suppressed already stays so."
    )
    unsuppress = strawberry.mutation(
        resolver=unsuppress, description="Lift suppressions. Consent that was withdrawn stays withdrawn until it is given anew."
    )
