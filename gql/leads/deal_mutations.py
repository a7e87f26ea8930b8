"""The mutation of a lead's deal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import UNSET

from domain.pipelines import DealFields
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.types import Lead
from gql.mutations import MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.pipelines import set_deal as verbs


@strawberry.input(description="An amount of money.")
class MoneyInput:
    """See `domain.money.Money`."""

    amount: Decimal = strawberry.field(description="The amount: not negative, with at most 15 digits before the point and 3 after it.")
    currency: str = strawberry.field(description="The currency, as ISO 4217.")


@strawberry.input(description="What `setDeal` takes. What is absent stays as it is; null clears.")
class SetDealInput(VersionedInput):
    """See `domain.pipelines.DealFields`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    value: MoneyInput | None = strawberry.field(default=UNSET, description="What the deal is worth. A deal that is won keeps its value.")
    probability: int | None = strawberry.field(
        default=UNSET, description="How likely it is won, 0–100 percent; null: as likely as the stage says."
    )
    expected_close_date: date | None = strawberry.field(
        default=UNSET, description="The day on which it is expected to close; every move of it is kept in `Lead.closeDateSlips`."
    )


SetDealError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("SetDealError", description="Why a deal was not changed."),
]


@strawberry.type(description="What `setDeal` answers.")
class SetDealPayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The lead as it is now; null when the change was refused.")
    errors: list[SetDealError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def set_deal(info: Info, input: SetDealInput) -> SetDealPayload:
    """Set what a deal is worth, how likely it is won and when it is expected to close."""
    fields = DealFields()
    if input.value is not UNSET:
        fields["value"] = None if input.value is None else (input.value.amount, input.value.currency)
    if input.probability is not UNSET:
        fields["probability"] = input.probability
    if input.expected_close_date is not UNSET:
        fields["expected_close_date"] = input.expected_close_date
    request = verbs.SetDeal(lead_id=decode_kind("Lead", input.lead_id), fields=fields, expected_version=input.expected_version)
    return await run(info, SetDealPayload, input, lambda call: verbs.set_deal(call, request), result="lead")


@strawberry.type
class DealMutations:
    """The part of `Mutation` that sets deals."""

    set_deal = strawberry.mutation(
        resolver=set_deal, description="Set what a lead's deal is worth, how likely it is won, and when it is expected to close."
    )
